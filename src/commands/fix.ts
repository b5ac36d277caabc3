import { emailOfCaller } from '../core/fixes/caller.ts';
import type { Member } from '../core/fixes/fix.ts';
import { plain } from '../core/prose.ts';
import { wasSeen } from '../core/reading.ts';
import type { Telling } from '../core/telling.ts';
import { explained } from '../fix-tellings.ts';
import { approversOf as askApprovers } from '../jobs/fix-gates.ts';
import { planFix } from '../jobs/plan-fix.ts';
import { requestFix } from '../jobs/request-fix.ts';
import { openLog } from '../log.ts';
import type { Bot } from '../slack/bot.ts';
import { messageOf } from '../slack/message.ts';
import { approversOf, slackBot } from '../slack-bot.ts';
import { type Approvers, fixPlanProse, noPlanProse } from '../terminal/fix.ts';
import { progressBar } from '../terminal/progress.ts';
import { runbookText } from '../terminal/runbook.ts';
import type { Trailwarden } from '../wire.ts';
import { carriedOut } from './fix-in-sandbox.ts';
import { inTrailwarden, print } from './stage.ts';
import { type ExitCode, UsageError } from './usage.ts';

export type FixOptions = {
  plan?: boolean;
  /** For a fix that needs no finding: the thing that it is for. */
  subject?: string;
  /** In the sandbox the name of one of its people; elsewhere AWS says who asks. */
  request?: string | true;
  approve?: string[];
  json?: boolean;
  sandbox?: boolean;
};

/**
 * Prints what a fix would do, or asks for it in Slack, where others approve it. In the sandbox, whose
 * people are invented, it also goes all the way; elsewhere a terminal approves nothing.
 */
export function fix(finding: string, options: FixOptions): Promise<ExitCode> {
  const { request, approve, sandbox = false } = options;
  if (approve && !sandbox) throw new UsageError(IN_SLACK);
  if (request === true && sandbox) throw new UsageError(WHO);
  if (typeof request === 'string' && !sandbox) throw new UsageError(NO_NAMES);
  const acts = request !== undefined || approve !== undefined;
  return inTrailwarden(
    { sandbox, slack: acts ? 'terminal' : 'none' },
    async (trailwarden, stage) => {
      await scanOnce(trailwarden);
      if (trailwarden.config.simulated && !options.json)
        print('Simulated organization: none of this is real.');
      if (!acts) return planned(finding, options, trailwarden);
      return stage
        ? carriedOut(finding, options, trailwarden, stage)
        : requested(finding, options, trailwarden);
    },
  );
}

const IN_SLACK =
  'A fix is approved in Slack, by another person than the one who asks for it: a terminal approves nothing. In the sandbox, whose people are invented: --sandbox --request alice --approve mina';
const WHO = 'In the sandbox somebody has to ask: --request alice (or bob, mina, jun)';
const NO_NAMES =
  'Who asks for a fix is whoever AWS says is calling, so --request takes no name outside the sandbox.';

/** A fresh store knows no finding yet; the id is stable, so a scan brings it. */
async function scanOnce(trailwarden: Trailwarden): Promise<void> {
  if ((await trailwarden.store.lastScans(1)).length > 0) return;
  const bar = progressBar('accounts');
  await trailwarden.scan({}, bar.show).finally(bar.stop);
}

async function planned(
  finding: string,
  { subject, json }: FixOptions,
  trailwarden: Trailwarden,
): Promise<ExitCode> {
  const { language } = trailwarden.config;
  const result = await planFix({ finding, ...(subject && { subject }) }, trailwarden.planning);
  if ('plan' in result) {
    const { plan } = result;
    const code = trailwarden.planning.asCode(plan);
    const who = await askApprovers(plan, silent(trailwarden));
    const approvers: Approvers | null = wasSeen(who) ? who.seen : null;
    print(
      json
        ? JSON.stringify({ ...plan, asCode: code })
        : fixPlanProse(plan, approvers, code, language),
    );
    return 0;
  }
  if ('runbook' in result) {
    const { runbook } = result;
    print(json ? JSON.stringify(runbook) : runbookText(runbook, trailwarden.config.language));
    return 1;
  }
  process.stderr.write(`${plain(noPlanProse(result.why, language))}\n`);
  return result.why.kind === 'could-not-read' ? 3 : 1;
}

/** Files the request: it appears in Slack with its buttons, in the name of whom AWS says is calling. */
async function requested(
  finding: string,
  { subject }: FixOptions,
  trailwarden: Trailwarden,
): Promise<ExitCode> {
  const { config, lastScans } = trailwarden;
  const { tokens } = config.slack;
  if (!tokens)
    throw new UsageError('SLACK_BOT_TOKEN and SLACK_APP_TOKEN are missing: ask in Slack.');
  const channel = config.fixes.channel ?? config.digests[0]?.channel;
  if (channel === undefined)
    throw new UsageError('trailwarden.yml names no channel for requests: fixes.channel');
  const log = openLog(config.logLevel);
  const bot = slackBot(tokens, config, log);
  const by = await callerIn(bot, (await trailwarden.aws.identity()).arn);
  const { language, timeZone } = config;
  const to = { channel, user: '', language, timeZone };
  const world = trailwarden.fixWorld({
    ...approversOf(bot),
    report: (trouble) => log('error', trouble.message),
    async tell(telling) {
      if (telling.kind !== 'fix') return null;
      const told = await explained(telling, { simulated: config.simulated, lastScans });
      return (await bot.tell(to, told)) ?? null;
    },
  });
  const wanted = { finding, ...(subject && { subject }) };
  const told: Telling = await requestFix({ ...wanted, by, replyTo: null }, world);
  print(messageOf(told, config).text);
  return told.kind === 'fix' ? 0 : 1;
}

/** The full member of the workspace whose address stands in the session of Identity Center. */
async function callerIn({ members }: Bot, arn: string): Promise<Member> {
  const email = emailOfCaller(arn);
  if (email === null)
    throw new UsageError(
      `AWS says that ${arn} is calling, which is no session of IAM Identity Center with an e-mail address as its name. Sign in with \`aws sso login\`, or ask in Slack: /trail fix`,
    );
  const member = await members.memberByEmail(email);
  if (member) return member;
  throw new UsageError(
    `AWS says that ${email} is calling, and no full member of the Slack workspace has that confirmed address. Ask in Slack: /trail fix`,
  );
}

/** Of a world in which nobody is asked anything. */
function silent(trailwarden: Trailwarden) {
  const reason = 'nobody was asked';
  return trailwarden.fixWorld({
    isApprover: async () => ({ unseen: { kind: 'failed', reason } }),
    tell: async () => null,
    report: () => {},
  });
}
