import type { Config } from './config.ts';
import type { Scan } from './core/posture/finding.ts';
import { accountNames } from './core/report/said.ts';
import type { ReplyTo } from './core/request.ts';
import type { Telling } from './core/telling.ts';
import { postureRules } from './policies.ts';

/**
 * What people want to know of a fix beside the fix: why it matters, as the rule says, what the account is
 * called, and that nothing of it is real where the organization is simulated.
 */
export async function explained(
  telling: Telling,
  world: { simulated: boolean; lastScans(count: number): Promise<Scan[]> },
): Promise<Telling> {
  if (telling.kind !== 'fix' && telling.kind !== 'decision') return telling;
  const { finding, fix } = telling;
  const rule = finding && postureRules().find(({ id }) => id === finding.check);
  const [scan] = await world.lastScans(1);
  const account = accountNames(scan?.accounts ?? [])(fix.plan.account);
  return {
    ...telling,
    ...(rule && { means: rule.why }),
    account,
    ...(telling.kind === 'fix' && world.simulated && { simulated: true }),
  };
}

/**
 * Where a request is shown for the first time: where it was asked for, unless that is a direct message,
 * which no approver can see.
 */
export function shownIn(telling: Telling, to: ReplyTo, { fixes }: Pick<Config, 'fixes'>): ReplyTo {
  const unseen = telling.kind === 'fix' && !telling.fix.message && to.channel.startsWith('D');
  if (!unseen || !fixes.channel) return to;
  const { threadTs: _, messageTs: __, responseUrl: ___, ...rest } = to;
  return { ...rest, channel: fixes.channel };
}
