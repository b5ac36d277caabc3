import { alreadyDecided, type Decision, minutesAfter, refusalOf } from '../core/fixes/approval.ts';
import type { Approval, FixPlan } from '../core/fixes/fix.ts';
import { usedBy } from '../core/fixes/group.ts';
import type { KeptFix } from '../core/fixes/state.ts';
import { unread } from '../core/fixes/unread.ts';
import { wasSeen } from '../core/reading.ts';
import type { ReplyTo } from '../core/request.ts';
import type { Refusal, Telling } from '../core/telling.ts';
import { carryOut } from './carry-out-fix.ts';
import { approversOf, exchanged, heldBack } from './fix-gates.ts';
import { type FixWorld, move, refuse, tellFix } from './fix-world.ts';

/**
 * decision -> may they, and now? -> one of k approvals -> with the last of them carried out. Answers what
 * it told last. `confirmed` is given by the organization's own sign-in alone, never by Slack.
 */
export async function approveFix(
  approval: Decision & { fix: string; replyTo: ReplyTo | null },
  world: FixWorld,
): Promise<Telling> {
  const { by, planHash, reason, confirmed, replyTo } = approval;
  const asked = { what: 'approval', about: approval.fix, by, replyTo };
  const fix = await world.fix(approval.fix);
  if (!fix) return refuse({ kind: 'no-such-fix', fix: approval.fix }, asked, world);
  if (fix.state !== 'proposed') return refuse(alreadyDecided(fix), asked, world);
  if (exchanged(fix)) return refuse({ kind: 'plan-changed' }, asked, world);

  const who = await approversOf(fix.plan, world);
  if (!wasSeen(who)) return refuse({ kind: 'could-not-read', ...unread(who.unseen) }, asked, world);
  const { group } = who.seen;
  const member = await world.isApprover(by, group);
  if (!wasSeen(member))
    return refuse({ kind: 'could-not-read', ...unread(member.unseen) }, asked, world);
  const at = world.now();
  const why =
    refusalOf(fix, { ...approval, approver: member.seen, group, at }) ??
    (await heldBack(fix.plan, world));
  if (why) {
    if (why.kind === 'expired') await expire(fix, world, replyTo);
    return refuse(why, asked, world);
  }
  if (!confirmed && world.confirmation?.demanded(fix.plan)) {
    const link = await world.confirmation.link({ fix: fix.id, planHash, by, reason, replyTo });
    return refuse({ kind: 'confirm-outside', ...link }, asked, world);
  }

  const needed = Math.max(fix.needed, who.seen.needed);
  const given: Approval = {
    by,
    at: at.toISOString(),
    planHash,
    reason: reason?.trim() || null,
    group,
    ...(confirmed && { confirmed }),
  };
  const approvals = [...fix.approvals, given];
  const last = approvals.length >= needed;
  const since = minutesAfter(at, -60);
  const counted = last && usedBy(fix.plan) > 0;
  const moved = await move(fix, { from: 'proposed', to: last ? 'approved' : 'proposed' }, world, {
    actor: by,
    change: { needed, approvers: group, approvals, ...(last && { decidedAt: given.at }) },
    details: { approval: given, given: approvals.length, needed },
    ...(counted && { limit: { perHour: world.perHour, since } }),
  });
  if (!moved) {
    const now = (await world.fix(fix.id)) ?? fix;
    if (now.state !== 'proposed') return refuse(alreadyDecided(now), asked, world);
    // Another approver's yes was written in between: this one is judged anew, beside it.
    if (now.version !== fix.version) return approveFix(approval, world);
    return refuse(await tooMany(fix.plan, at, world), asked, world);
  }
  return last ? carryOut(moved, world, replyTo) : tellFix(moved, world, replyTo);
}

/** Why a plan has to wait: an hour after enough of those that use the limit up, there is room for it. */
export async function tooMany(plan: FixPlan, at: Date, world: FixWorld): Promise<Refusal> {
  const { perHour } = world;
  const asked = usedBy(plan);
  const used = await world.approvalsSince(minutesAfter(at, -60));
  const inTheWay = used.length + asked - perHour;
  // Where room was made in between, it may go at once.
  const frees = inTheWay > 0 ? used[inTheWay - 1] : minutesAfter(at, -60);
  return {
    kind: 'too-many-fixes',
    perHour,
    asked,
    left: Math.max(0, perHour - used.length),
    next: asked > perHour || frees === undefined ? null : minutesAfter(new Date(frees), 60),
  };
}

/** A proposal that nobody approved in time is closed, in its message too. */
export async function expire(
  fix: KeptFix,
  world: FixWorld,
  to: ReplyTo | null,
): Promise<Telling | undefined> {
  const change = { finishedAt: world.now().toISOString() };
  const expired = await move(fix, { from: 'proposed', to: 'expired' }, world, { change });
  return expired && tellFix(expired, world, to);
}
