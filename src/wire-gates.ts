import type { Config } from './config.ts';
import { type ApproverRules, approversOfPlan, NOBODY } from './core/fixes/approvers.ts';
import type { Member } from './core/fixes/fix.ts';
import { frozenAt } from './core/fixes/freeze.ts';
import type { Organization } from './core/posture/facts.ts';
import type { FixWorld } from './jobs/fix-world.ts';
import { stoppedBy } from './jobs/kill-switch.ts';
import type { Store } from './store/store.ts';

/** Everything that can hold a fix back but for the people themselves. */
export type Gates = Pick<
  FixWorld,
  'approversFor' | 'expireAfterMinutes' | 'perHour' | 'freeze' | 'stopped'
>;

/** The gates of a configuration: who approves, when nothing is changed, how many an hour, the kill switch. */
export function gatesOf(
  config: Pick<Config, 'fixes' | 'slack'>,
  store: Pick<Store, 'setting'>,
  organization: () => Promise<Organization>,
  now: () => Date,
): Gates {
  const { enabled, expireAfterMinutes, perHour, freezes } = config.fixes;
  const rules = approverRules(config);
  const since = now().toISOString();
  return {
    expireAfterMinutes,
    perHour,
    approversFor: (plan) => approversOfPlan(plan, rules, organization),
    freeze: (plan) => frozenAt(freezes, plan, now()),
    stopped: async () =>
      enabled ? stoppedBy(store) : { by: THE_FILE, at: since, reason: 'fixes.enabled is false' },
  };
}

/** `slack.approvers` approves whatever `fixes.approvers` leaves open. */
export function approverRules({ fixes, slack }: Pick<Config, 'fixes' | 'slack'>): ApproverRules {
  const everywhere = slack.approvers?.replace(/^@/, '');
  const { A = everywhere, B = everywhere, C = everywhere } = fixes.approvers;
  return { everywhere: { A, B, C }, units: fixes.units };
}

/** Who may stop all fixes and start them again: the approvers of class C, as they are called in sentences. */
export function stoppersOf(config: Pick<Config, 'fixes' | 'slack'>): string {
  const { C } = approverRules(config).everywhere;
  return C ? `@${C}` : NOBODY;
}

const THE_FILE: Member = { slackId: '', name: 'the configuration', email: null };
