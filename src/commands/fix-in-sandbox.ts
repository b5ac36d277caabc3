import type { Member } from '../core/fixes/fix.ts';
import type { Telling } from '../core/telling.ts';
import { approveFix } from '../jobs/approve-fix.ts';
import type { FixWorld } from '../jobs/fix-world.ts';
import { requestFix } from '../jobs/request-fix.ts';
import { openLog } from '../log.ts';
import { messageOf } from '../slack/message.ts';
import { approversOf, slackBot } from '../slack-bot.ts';
import type { Trailwarden } from '../wire.ts';
import type { FixOptions } from './fix.ts';
import { print, type Sandbox } from './stage.ts';
import { type ExitCode, UsageError } from './usage.ts';

/**
 * Asks and approves in the names of the sandbox's people, through the same state machine as in Slack, and
 * prints every step as Slack would say it.
 */
export async function carriedOut(
  finding: string,
  { subject, request, approve = [] }: FixOptions,
  trailwarden: Trailwarden,
  stage: Sandbox,
): Promise<ExitCode> {
  const { slack } = stage;
  if (!slack) throw new Error('the sandbox was started without its Slack');
  const { config } = trailwarden;
  const log = openLog('warn');
  const bot = slackBot({ ...slack.tokens, apiUrl: slack.apiUrl }, config, log);
  const world: FixWorld = trailwarden.fixWorld({
    ...approversOf(bot),
    report: (trouble) => log('error', trouble.message),
    async tell(telling) {
      print(messageOf(telling, config).text);
      return null;
    },
  });
  const called = async (who: string): Promise<Member> => {
    const person = slack.seed.people.find(({ name, email }) => name === who || email === who);
    if (person) return bot.members.member(person.id);
    const names = slack.seed.people.map(({ name }) => name).join(', ');
    throw new UsageError(
      `Nobody in the sandbox is called ${JSON.stringify(who)}; there are ${names}.`,
    );
  };

  let told: Telling | undefined;
  if (typeof request === 'string') {
    const wanted = { finding, ...(subject && { subject }) };
    told = await requestFix({ ...wanted, by: await called(request), replyTo: null }, world);
  }
  for (const who of approve) {
    const open = (await trailwarden.store.openFixes()).find(
      ({ plan }) => plan.finding === finding || plan.resource === subject,
    );
    if (!open)
      throw new UsageError(`Nobody has asked for a fix of ${finding}: add --request alice`);
    const { id, planHash } = open;
    const by = await called(who);
    told = await approveFix({ fix: id, planHash, reason: REASON, by, replyTo: null }, world);
  }
  return told?.kind === 'fix' && ['proposed', 'applied'].includes(told.fix.state) ? 0 : 1;
}

const REASON = 'approved in the sandbox';
