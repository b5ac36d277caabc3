import type { Member } from '../core/fixes/fix.ts';
import { plain } from '../core/prose.ts';
import type { Telling } from '../core/telling.ts';
import { approveFix } from '../jobs/approve-fix.ts';
import type { FixWorld } from '../jobs/fix-world.ts';
import { planFix } from '../jobs/plan-fix.ts';
import { requestFix } from '../jobs/request-fix.ts';
import { openLog } from '../log.ts';

import { messageOf } from '../slack/message.ts';
import { approversOf, slackBot } from '../slack-bot.ts';
import { fixPlanProse, noPlanProse } from '../terminal/fix.ts';
import { progressBar } from '../terminal/progress.ts';
import type { Trailwarden } from '../wire.ts';
import { inTrailwarden, print, type Sandbox } from './stage.ts';
import { type ExitCode, UsageError } from './usage.ts';

export type FixOptions = {
  plan?: boolean;
  request?: string;
  approve?: string;
  json?: boolean;
  sandbox?: boolean;
};

/**
 * Prints what a fix would do. In the sandbox it also goes all the way, through the same state machine as
 * in Slack; elsewhere asking and approving happen in Slack, because a terminal does not know people.
 */
export function fix(finding: string, options: FixOptions): Promise<ExitCode> {
  const acts = options.request !== undefined || options.approve !== undefined;
  if (acts && !options.sandbox) throw new UsageError(IN_SLACK(finding));
  return inTrailwarden(
    { sandbox: options.sandbox ?? false, slack: acts ? 'terminal' : 'none' },
    async (trailwarden, stage) => {
      await scanOnce(trailwarden);
      if (trailwarden.config.simulated && !options.json)
        print('Simulated organization: none of this is real.');
      return acts
        ? carriedOut(finding, options, trailwarden, stage)
        : planned(finding, options, trailwarden);
    },
  );
}

const IN_SLACK = (finding: string) =>
  `A fix is approved by another person than the one who asks for it, and a terminal does not know people. In Slack: /trail fix ${finding}. In the sandbox, whose people are invented: --sandbox --request alice --approve mina`;

/** A fresh store knows no finding yet; the id is stable, so a scan brings it. */
async function scanOnce(trailwarden: Trailwarden): Promise<void> {
  if ((await trailwarden.store.lastScans(1)).length > 0) return;
  const bar = progressBar('accounts');
  await trailwarden.scan({}, bar.show).finally(bar.stop);
}

async function planned(
  finding: string,
  options: FixOptions,
  trailwarden: Trailwarden,
): Promise<ExitCode> {
  const result = await planFix({ finding }, trailwarden.planning);
  if ('plan' in result) {
    print(options.json ? JSON.stringify(result.plan) : fixPlanProse(result.plan));
    return 0;
  }
  if ('runbook' in result) {
    print(messageOf({ kind: 'runbook', ...result }, trailwarden.config).text);
    return 1;
  }
  process.stderr.write(`${plain(noPlanProse(result.why))}\n`);
  return result.why.kind === 'could-not-read' ? 3 : 1;
}

/** Asks and approves in the names of the sandbox's people, and prints every step as Slack would say it. */
async function carriedOut(
  finding: string,
  { request, approve }: FixOptions,
  trailwarden: Trailwarden,
  stage: Sandbox | null,
): Promise<ExitCode> {
  const slack = stage?.slack;
  if (!slack) throw new Error('the sandbox was started without its Slack');
  const { config } = trailwarden;
  const log = openLog('warn');
  const bot = slackBot({ ...slack.tokens, apiUrl: slack.apiUrl }, config, log);
  const fixes: FixWorld = trailwarden.fixWorld({
    ...approversOf(bot),
    report: (trouble) => log('error', trouble.message),
    async tell(telling) {
      print(messageOf(telling, config).text);
      return null;
    },
  });
  const called = async (who: string): Promise<Member> => {
    const person = slack.seed.people.find(({ name, email }) => name === who || email === who);
    if (!person) {
      const names = slack.seed.people.map(({ name }) => name).join(', ');
      throw new UsageError(
        `Nobody in the sandbox is called ${JSON.stringify(who)}; there are ${names}.`,
      );
    }
    return bot.members.member(person.id);
  };

  let told: Telling | undefined;
  if (request)
    told = await requestFix({ finding, by: await called(request), replyTo: null }, fixes);
  if (approve) {
    const open = (await trailwarden.store.openFixes()).find(({ plan }) => plan.finding === finding);
    if (!open)
      throw new UsageError(`Nobody has asked for a fix of ${finding}: add --request alice`);
    const { id, planHash } = open;
    const reason = 'approved in the sandbox';
    const by = await called(approve);
    told = await approveFix({ fix: id, planHash, reason, by, replyTo: null }, fixes);
  }
  return told?.kind === 'fix' && ['proposed', 'applied'].includes(told.fix.state) ? 0 : 1;
}
