import { isAddressOf, NEEDED, valid } from '../core/fixes/approval.ts';
import type { Approval, FixPlan, FixRecord, Member } from '../core/fixes/fix.ts';
import { partsOf } from '../core/fixes/group.ts';
import { hashOf } from '../core/hash.ts';
import { type Reading, wasSeen } from '../core/reading.ts';
import type { Refusal } from '../core/telling.ts';
import type { FixWorld } from './fix-world.ts';

/**
 * What holds every fix back now: the kill switch, a change freeze. Undefined for what changes nothing in
 * AWS; accepting a risk does not wait for Monday.
 */
export async function heldBack(plan: FixPlan, world: FixWorld): Promise<Refusal | undefined> {
  if (plan.calls.length === 0) return undefined;
  const stopped = await world.stopped();
  if (stopped) return { kind: 'fixes-stopped', ...stopped };
  const freeze = world.freeze(plan);
  return freeze ? { kind: 'frozen', ...freeze } : undefined;
}

/** The same for a worker, which writes down why it stopped. */
export async function heldBackReason(plan: FixPlan, world: FixWorld): Promise<string | undefined> {
  const why = await heldBack(plan, world);
  if (why?.kind === 'fixes-stopped')
    return `all fixes were stopped${why.reason === null ? '' : `: ${why.reason}`}`;
  return why?.kind === 'frozen'
    ? `a change freeze holds until ${why.until}: ${why.reason}`
    : undefined;
}

/**
 * Who may approve a plan, and how many must. What belongs to several groups cannot be decided by one of
 * them: it has to be asked for one by one.
 */
export async function approversOf(
  plan: FixPlan,
  world: FixWorld,
): Promise<Reading<{ group: string; needed: number }>> {
  // Each thing by where it is and by every account in which it changes something, and all of them by the
  // gravest class among them.
  const { riskClass } = plan;
  const asked = await Promise.all(
    partsOf(plan).flatMap((part) =>
      accountsOf(part).map((account) => world.approversFor({ ...part, account, riskClass })),
    ),
  );
  let found: { group: string; needed: number } | undefined;
  for (const one of asked) {
    if (!wasSeen(one)) return one;
    const { group, needed } = one.seen;
    if (found && found.group !== group) {
      const reason = plan.parts
        ? `${found.group} and ${group} both have to approve parts of this: ask for them one by one`
        : `${found.group} and ${group} both have to approve this, since it changes something in accounts of both, and one plan has one group (fixes.units)`;
      return { unseen: { kind: 'failed', reason } };
    }
    found = { group, needed: Math.max(found?.needed ?? NEEDED[riskClass], needed) };
  }
  return { seen: found ?? { group: '', needed: NEEDED[riskClass] } };
}

const accountsOf = ({ account, calls }: FixPlan) => [
  ...new Set([account, ...calls.map(({ at }) => at?.account ?? account)]),
];

/** Why a record is not carried out whatever the world says: it does not hold the plan that was approved. */
export function exchanged({ plan, planHash }: FixRecord): string | undefined {
  return hashOf(plan) === planHash ? undefined : 'the plan is not the one that was approved';
}

/**
 * Whether an approved fix still has the word of enough people who may give it, asked at this moment; the
 * reason where it has not.
 */
export async function unauthorized(fix: FixRecord, world: FixWorld): Promise<string | undefined> {
  const { plan } = fix;
  const other = exchanged(fix);
  if (other) return other;
  const now = await approversOf(plan, world);
  if (!wasSeen(now)) return `it could not be asked who may approve: ${now.unseen.reason}`;
  const { group, needed } = now.seen;
  const approvals = valid(fix);
  if (approvals.length < Math.max(needed, fix.needed))
    return `${approvals.length} of ${Math.max(needed, fix.needed)} approvals are valid`;
  for (const { by, confirmed } of approvals) {
    const still = await world.isApprover(by, group);
    if (!wasSeen(still))
      return `it could not be asked whether the approver still is one: ${still.unseen.reason}`;
    if (!still.seen) return `the approver ${by.name} is no longer in the group of approvers`;
    if (world.confirmation?.demanded(plan) && !isOf(confirmed, by))
      return `the approval of ${by.name} was not confirmed outside Slack`;
  }
  return undefined;
}

/** The organization's own sign-in saw this very person. */
function isOf(confirmed: Approval['confirmed'], by: Member): boolean {
  return confirmed !== undefined && isAddressOf(confirmed.email, by);
}
