import { minutesAfter } from '../core/fixes/approval.ts';
import type { FixPlan, FixRecord, Member } from '../core/fixes/fix.ts';
import { usedBy, wayBackOf } from '../core/fixes/group.ts';
import { unread } from '../core/fixes/unread.ts';
import { endedPartly, wayBackOfSome } from '../core/fixes/way-back-of-some.ts';
import { hashOf } from '../core/hash.ts';
import { wasSeen } from '../core/reading.ts';
import type { ReplyTo } from '../core/request.ts';
import type { Telling } from '../core/telling.ts';
import { expire, tooMany } from './approve-fix.ts';
import { approversOf, heldBack } from './fix-gates.ts';
import { readState } from './fix-parts.ts';
import { type FixWorld, refuse, tellFix } from './fix-world.ts';
import { planFix, type Wanted } from './plan-fix.ts';

/** finding -> plan from the state as it is now -> proposal with its buttons. Answers what it told. */
export async function requestFix(
  request: Wanted & { by: Member; replyTo: ReplyTo | null },
  world: FixWorld,
): Promise<Telling> {
  const { finding, subject, by, replyTo } = request;
  const about = subject === undefined ? finding : `${finding} ${subject}`;
  const asked = { what: 'fix-request', about, by, replyTo };
  const planned = await planFix(request, world);
  if ('plan' in planned) return propose(planned.plan, asked, world);
  if ('why' in planned) return refuse(planned.why, asked, world);
  const { runbook } = planned;
  await world.appendAudit({
    at: world.now().toISOString(),
    actor: by,
    action: 'runbook-shown',
    details: { finding, runbook: runbook.id },
  });
  const telling: Telling = { kind: 'runbook', ...planned };
  await world.tell(telling, replyTo);
  return telling;
}

/** applied fix, or one that ended partly -> plan of its way back -> proposal, through the same approval. */
export async function requestWayBack(
  request: { fix: string; by: Member; replyTo: ReplyTo | null },
  world: FixWorld,
): Promise<Telling> {
  const asked = { ...request, what: 'way-back-request', about: request.fix };
  const applied = await world.fix(request.fix);
  if (!applied) return refuse({ kind: 'no-such-fix', fix: request.fix }, asked, world);
  const some = endedPartly(applied);
  if (!(applied.state === 'applied' || some) || applied.plan.direction === 'back') {
    return refuse({ kind: 'cannot-undo', state: applied.state }, asked, world);
  }
  const { plan: forward } = applied;
  if (forward.calls.length > 0 && forward.wayBack.length === 0) {
    return refuse({ kind: 'no-way-back', why: forward.blast.irreversible ?? NONE }, asked, world);
  }
  const now = await readState(forward, world);
  if (!wasSeen(now)) {
    return refuse({ kind: 'could-not-read', ...unread(now.unseen) }, asked, world);
  }
  if (some) {
    const back = wayBackOfSome(applied, now.seen);
    if ('none' in back) return refuse({ kind: 'no-way-back', why: back.none }, asked, world);
    return propose(back.plan, { ...asked, undoes: applied.id }, world);
  }
  const plan = wayBackOf(forward, now.seen);
  if (!plan) return refuse({ kind: 'plan-changed' }, asked, world);
  return propose(plan, { ...asked, undoes: applied.id }, world);
}

const NONE = {
  en: 'The plan that was approved has no calls that take it back.',
  ko: '승인된 계획에는 되돌리는 호출이 없습니다.',
};

type Asked = { what: string; about: string; by: Member; replyTo: ReplyTo | null; undoes?: string };

/** Puts a plan before those who may approve it; refused while nothing may be changed. */
export async function propose(plan: FixPlan, asked: Asked, world: FixWorld): Promise<Telling> {
  const held = await heldBack(plan, world);
  if (held) return refuse(held, asked, world);
  // What no hour has room for could never be approved: said now, and not to whoever approves.
  if (usedBy(plan) > world.perHour)
    return refuse(await tooMany(plan, world.now(), world), asked, world);
  const who = await approversOf(plan, world);
  if (!wasSeen(who)) {
    return refuse({ kind: 'could-not-read', ...unread(who.unseen) }, asked, world);
  }
  const at = world.now();
  const id = world.newId();
  const planHash = hashOf(plan);
  const proposal: FixRecord = {
    id,
    plan,
    planHash,
    state: 'proposed',
    requestedBy: asked.by,
    requestedAt: at.toISOString(),
    expiresAt: minutesAfter(at, world.expireAfterMinutes),
    approvers: who.seen.group,
    needed: who.seen.needed,
    approvals: [],
    decidedAt: null,
    claim: null,
    finishedAt: null,
    outcome: null,
    message: null,
    ...(asked.undoes && { undoes: asked.undoes }),
  };
  const put = await world.putFix(proposal, {
    at: at.toISOString(),
    actor: asked.by,
    action: 'fix-proposed',
    details: { fix: id, planHash, plan },
  });
  if ('kept' in put) return tellFix(put.kept, world, asked.replyTo);

  const { already } = put;
  if (already.state === 'proposed' && already.expiresAt <= at.toISOString()) {
    await expire(already, world, null);
    // Whoever moved it, the resource is free now or has a newer proposal to point at.
    return propose(plan, asked, world);
  }
  const why = { kind: 'already-requested', fix: already.id, by: already.requestedBy } as const;
  return refuse(why, asked, world);
}
