import { randomUUID } from 'node:crypto';
import { type Config, ConfigError } from './config.ts';
import type { Member } from './core/fixes/fix.ts';
import { harmless } from './core/prose.ts';
import type { Vocabulary } from './core/questions/plan.ts';
import { reasonOf } from './core/reason.ts';
import type { JobRequest, ReplyTo } from './core/request.ts';
import type { Telling } from './core/telling.ts';
import { explained, shownIn } from './fix-tellings.ts';
import { handOverInProcess } from './hand-over.ts';
import type { LogsTaken } from './ingest-logs.ts';
import { followFixes } from './jobs/follow-fixes.ts';
import { type JobsWorld, runJob } from './jobs/index.ts';
import { postCheckpoint } from './jobs/post-checkpoint.ts';
import { recoverFixes } from './jobs/recover-fixes.ts';
import { currentDigest, type DigestChannel, sendDigest } from './jobs/send-digest.ts';
import type { Log } from './log.ts';
import { frameworks } from './policies.ts';
import { keepAppointments, type ScheduledJob, timetable } from './schedule.ts';
import type { Bot } from './slack/bot.ts';
import { approversOf, slackBot } from './slack-bot.ts';
import { openTrailwarden, type Trailwarden } from './wire.ts';
import { openConfirmFor } from './wire-confirm.ts';
import { stoppersOf } from './wire-gates.ts';

/** How long a delivery from Slack is remembered, so that a repeated one is not done again. */
const REMEMBER_DELIVERIES_SECONDS = 24 * 60 * 60;

export type RunningBot = { trailwarden: Trailwarden; stop(): Promise<void> };

/**
 * The long-lived process: Slack by Socket Mode, the schedule by node-cron, one store. What a process
 * before this one left half done is brought to its end first.
 */
export async function startBot(config: Config, log: Log): Promise<RunningBot> {
  const { tokens } = config.slack;
  if (!tokens) {
    throw new ConfigError(
      'environment: SLACK_BOT_TOKEN and SLACK_APP_TOKEN are missing: the bot lives in Slack. In the terminal: `trailwarden posture`; to try it without an account: `trailwarden sandbox`',
    );
  }
  const trailwarden = await openTrailwarden(config);
  const { store } = trailwarden;
  const report = (trouble: Error) =>
    log('error', 'Something failed', { reason: reasonOf(trouble) });

  const { handOver, drained } = handOverInProcess((request) => runJob(request, world));
  const bot = slackBot(tokens, config, log, {
    handOver,
    firstTime: (key) => store.firstTime(key, REMEMBER_DELIVERIES_SECONDS),
  });

  const confirm = await openConfirmFor(config, {
    now: trailwarden.now,
    fix: store.fix,
    appendAudit: store.appendAudit,
    handOver,
    report,
  });
  const fixes = trailwarden.fixWorld({
    ...approversOf(bot),
    ...(confirm && { confirmation: confirm.confirmation }),
    tell: async (telling, to) => (await tell(to ?? placeOf(telling, config), telling)) ?? null,
    report,
  });
  const world: JobsWorld = {
    find: trailwarden.find,
    frameworks: frameworks(),
    scan: trailwarden.scan,
    ask: async (words, reader, about) =>
      trailwarden.ask(words, reader, { ...about, mentioned: await mentionedIn(words, bot) }),
    answer: trailwarden.answer,
    record: trailwarden.record,
    reach: async () => (await trailwarden.archived())?.first ?? null,
    vocabulary: trailwarden.vocabulary,
    now: trailwarden.now,
    keepAnswer: store.keepAnswer,
    keptAnswer: store.keptAnswer,
    lastAnswer: store.lastAnswer,
    digest: () => currentDigest(trailwarden),
    fixes,
    killSwitch: {
      ...fixes,
      setting: store.setting,
      putSetting: store.putSetting,
      stoppers: stoppersOf(config),
    },
    asker: (slackId) => askerIn(bot, slackId),
    tell,
    report,
    remember: (surprise, request) => remembered(surprise, request, log),
  };

  async function keep(job: ScheduledJob): Promise<void> {
    if (job.job === 'recover-fixes') await recoverFixes(fixes);
    else if (job.job === 'follow-fixes') await followFixes(fixes);
    else if (job.job === 'post-checkpoint') await postCheckpoint(job.to, checkpointWorld(job.to));
    else if (job.job === 'follow-logs') toldOfLogs(await trailwarden.followLogs(), log);
    else await sendDigest(job.to, digestWorld);
  }
  const checkpointWorld = (to: { channel: string; timeZone: string }) => ({
    ...store,
    now: trailwarden.now,
    post: async (telling: Telling) => {
      const { language } = config;
      await bot.tell({ ...to, user: '', language }, telling);
    },
  });
  const digestWorld = {
    ...store,
    lastScans: trailwarden.lastScans,
    now: trailwarden.now,
    scan: () => trailwarden.scan(),
    post: async (telling: Telling, to: DigestChannel) => {
      await bot.tell(
        { channel: to.channel, user: '', language: to.language, timeZone: to.timeZone },
        telling,
      );
    },
  };

  async function tell(to: ReplyTo, telling: Telling) {
    const where = shownIn(telling, to, config);
    const { lastScans } = trailwarden;
    const told = await explained(telling, { simulated: config.simulated, lastScans });
    const posted = await bot.tell(where, told);
    // Whoever asked in a direct message hears that the request waits elsewhere, in front of its approvers.
    if (where !== to && telling.kind === 'fix')
      await bot.tell(to, { kind: 'fixes', waiting: [], asked: [telling.fix], done: [] });
    return posted;
  }

  await recoverFixes(fixes);
  await bot.start();
  const followed = config.archive.from.length > 0 ? config.archive.every : null;
  const schedule = keepAppointments(
    timetable(config.digests, followed, checkpointPlace(config)),
    keep,
    report,
  );
  // The first digest and the first fix need a scan to speak of.
  const firstScan = store.lastScans(1).then(async (scans) => {
    if (scans.length === 0) await trailwarden.scan();
  });
  const settled = firstScan.catch((error) => report(new Error('the first scan', { cause: error })));

  return {
    trailwarden,
    async stop() {
      await schedule.stop();
      await bot.stop();
      await confirm?.close();
      await drained();
      await settled;
      await trailwarden.close();
    },
  };
}

/** Files that could not be taken into the archive are named, since nobody watches while they are. */
function toldOfLogs(taken: LogsTaken | null, log: Log): void {
  for (const { name, reason } of [...(taken?.unlisted ?? []), ...(taken?.setAside ?? [])])
    log('warn', 'Log files that are not in the archive', {
      name: harmless(name, 300),
      reason: harmless(reason, 300),
    });
}

/** Who is mentioned is looked up: a question about `<@U01ALICE>` is one about her name and address. */
async function mentionedIn(words: string, { members }: Bot): Promise<Vocabulary['people']> {
  const ids = [...new Set([...words.matchAll(/<@([UW][A-Z0-9]{2,30})/g)].map(([, id]) => id))];
  const known = await Promise.all(
    ids.slice(0, MENTIONED).map((id) => (id ? members.user(id) : null)),
  );
  return known.flatMap((user) => {
    const email = user?.profile?.email ?? null;
    const name = email ?? user?.name;
    return user && name ? [{ name, email, slackId: user.id }] : [];
  });
}

/** Who asks, for the audit log: by the id alone where Slack does not say more. */
async function askerIn({ members }: Bot, slackId: string): Promise<Member> {
  const user = await members.user(slackId).catch(() => null);
  const name = user?.profile?.display_name || user?.real_name || user?.name || slackId;
  return { slackId, name, email: user?.profile?.email ?? null };
}

/** A question is about one person, or a few. */
const MENTIONED = 5;

/** Where a fix is told when nobody asked: its own message, else the channel of fixes or of the first digest. */
function placeOf(telling: Telling, { fixes, digests, language, timeZone }: Config): ReplyTo {
  const message = telling.kind === 'fix' ? telling.fix.message : null;
  const channel = message?.channel ?? fixes.channel ?? digests[0]?.channel ?? '';
  return { channel, user: '', language, timeZone };
}

/** Where the checkpoints of the audit log are posted; null where no channel is configured at all. */
function checkpointPlace({ fixes, digests, timeZone }: Config) {
  const channel = fixes.auditChannel ?? fixes.channel ?? digests[0]?.channel;
  return channel ? { channel, timeZone } : null;
}

/** Writes a surprise down once, with its causes, and answers the id that the person was told. */
function remembered(surprise: unknown, request: JobRequest, log: Log): string {
  const correlation = randomUUID().slice(0, 8);
  log('error', 'A job failed', { job: request.job, correlation, reason: reasonOf(surprise) });
  return correlation;
}
