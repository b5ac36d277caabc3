import { isAddressOf, NEEDED, valid } from '../core/fixes/approval.ts';
import type { Approval, FixPlan, FixRecord, Member } from '../core/fixes/fix.ts';
import { partsOf } from '../core/fixes/group.ts';
import { makesUnboundedRole } from '../core/fixes/own-role.ts';
import { unread } from '../core/fixes/unread.ts';
import type { Why } from '../core/fixes/why.ts';
import { hashOf } from '../core/hash.ts';
import { type Reading, wasSeen } from '../core/reading.ts';
import type { Refusal } from '../core/telling.ts';
import type { FixWorld } from './fix-world.ts';

/**
 * What holds every fix back now: the kill switch, a change freeze. Undefined for what changes nothing in
 * AWS; accepting a risk does not wait for Monday.
 */
export async function heldBack(
  plan: FixPlan,
  world: FixWorld,
): Promise<Extract<Refusal, { kind: 'fixes-stopped' | 'frozen' }> | undefined> {
  if (plan.calls.length === 0) return undefined;
  const stopped = await world.stopped();
  if (stopped) return { kind: 'fixes-stopped', ...stopped };
  const freeze = world.freeze(plan);
  return freeze ? { kind: 'frozen', ...freeze } : undefined;
}

/** The same for a worker, which writes down why it stopped. */
export async function whyHeld(plan: FixPlan, world: FixWorld): Promise<Why | undefined> {
  const why = await heldBack(plan, world);
  return why?.kind === 'fixes-stopped' ? { ...why, by: why.by.name } : why;
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
      const groups = `${found.group}, ${group}`;
      const [reason, ko] = plan.parts
        ? [
            `${found.group} and ${group} both have to approve parts of this: ask for them one by one`,
            `승인 그룹이 둘 이상입니다(${groups}). 하나씩 요청해 주세요`,
          ]
        : [
            `${found.group} and ${group} both have to approve this, since it changes something in accounts of both, and one plan has one group (fixes.units)`,
            `두 그룹의 계정을 함께 바꾸므로 두 그룹(${groups})이 모두 승인해야 하지만, 한 계획의 승인 그룹은 하나입니다(fixes.units)`,
          ];
      return { unseen: { kind: 'failed', reason, ko: { reason: ko } } };
    }
    found = { group, needed: Math.max(found?.needed ?? NEEDED[riskClass], needed) };
  }
  return { seen: found ?? { group: '', needed: NEEDED[riskClass] } };
}

const accountsOf = ({ account, calls }: FixPlan) => [
  ...new Set([account, ...calls.map(({ at }) => at?.account ?? account)]),
];

/** Why a record is not carried out whatever the world says: it does not hold the plan that was approved. */
export function exchanged({ plan, planHash }: FixRecord): Why | undefined {
  return hashOf(plan) === planHash ? undefined : { kind: 'plan-exchanged' };
}

/** The same for what an earlier version planned and this one does not send. */
export function outdated({ plan }: FixRecord): Why | undefined {
  return makesUnboundedRole(plan) ? { kind: 'plan-outdated' } : undefined;
}

/**
 * Whether an approved fix still has the word of enough people who may give it, asked at this moment; the
 * reason where it has not.
 */
export async function unauthorized(fix: FixRecord, world: FixWorld): Promise<Why | undefined> {
  const { plan } = fix;
  const other = exchanged(fix);
  if (other) return other;
  const now = await approversOf(plan, world);
  if (!wasSeen(now)) return { kind: 'approvers-unread', ...unread(now.unseen) };
  const { group, needed } = now.seen;
  const approvals = valid(fix);
  const most = Math.max(needed, fix.needed);
  if (approvals.length < most)
    return { kind: 'too-few-approvals', valid: approvals.length, needed: most };
  for (const { by, confirmed } of approvals) {
    const still = await world.isApprover(by, group);
    if (!wasSeen(still)) return { kind: 'approver-unread', ...unread(still.unseen) };
    if (!still.seen) return { kind: 'approver-left', name: by.name };
    if (world.confirmation?.demanded(plan) && !isOf(confirmed, by))
      return { kind: 'unconfirmed', name: by.name };
  }
  return undefined;
}

/** The organization's own sign-in saw this very person. */
function isOf(confirmed: Approval['confirmed'], by: Member): boolean {
  return confirmed !== undefined && isAddressOf(confirmed.email, by);
}
