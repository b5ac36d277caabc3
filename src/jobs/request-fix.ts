import { EXPIRES_AFTER_MINUTES, minutesAfter } from '../core/fixes/approval.ts';
import type { FixPlan, Member } from '../core/fixes/fix.ts';
import { planBack } from '../core/fixes/plan.ts';
import { hashOf } from '../core/hash.ts';
import { isAccepted } from '../core/posture/exceptions.ts';
import { wasSeen } from '../core/reading.ts';
import type { ReplyTo } from '../core/request.ts';
import type { Refusal, Telling } from '../core/telling.ts';
import { type FixWorld, move, refuse, tellFix } from './fix-world.ts';

/** finding -> plan from the state as it is now -> proposal with its buttons. Answers what it told. */
export async function requestFix(
  request: { finding: string; by: Member; replyTo: ReplyTo | null },
  world: FixWorld,
): Promise<Telling> {
  const asked = { ...request, what: 'fix-request', about: request.finding };
  const planned = await planFix(request.finding, world);
  return 'plan' in planned
    ? propose(planned.plan, asked, world)
    : refuse(planned.why, asked, world);
}

/** What a fix of this finding of the last scan would do now; nothing is asked for and nothing is kept. */
export async function planFix(
  id: string,
  world: Pick<FixWorld, 'lastScans' | 'plan'>,
): Promise<{ plan: FixPlan } | { why: Refusal }> {
  const [scan] = await world.lastScans(1);
  const finding = scan?.findings.find((one) => one.id === id);
  if (!finding) return { why: { kind: 'no-such-finding', finding: id } };

  const { check, status } = finding;
  if (status !== 'FAIL') return { why: { kind: 'finding-not-open', finding: id, status } };

  if (finding.exception && isAccepted(finding)) {
    const { owner, reason, expires } = finding.exception;
    return { why: { kind: 'finding-accepted', finding: id, owner, reason, expires } };
  }
  const plan = finding.fix ? await world.plan(finding.fix.id, finding) : 'no-fix';
  if (plan === 'no-fix') return { why: { kind: 'no-fix-for-this', finding: id, check } };
  if (!wasSeen(plan)) return { why: { kind: 'could-not-read', reason: plan.unseen.reason } };
  if (plan.seen === 'already-sound') {
    return { why: { kind: 'finding-not-open', finding: id, status: 'PASS' } };
  }
  if ('cannot' in plan.seen)
    return { why: { kind: 'cannot-fix', finding: id, obstacle: plan.seen.cannot } };
  return { plan: plan.seen.plan };
}

/** applied fix -> plan of its way back -> proposal, through the same approval. */
export async function requestWayBack(
  request: { fix: string; by: Member; replyTo: ReplyTo | null },
  world: FixWorld,
): Promise<Telling> {
  const asked = { ...request, what: 'way-back-request', about: request.fix };
  const applied = await world.fix(request.fix);
  if (!applied) return refuse({ kind: 'no-such-fix', fix: request.fix }, asked, world);
  if (applied.state !== 'applied' || applied.plan.direction === 'back') {
    return refuse({ kind: 'cannot-undo', state: applied.state }, asked, world);
  }
  const now = await world.read(applied.plan);
  if (!wasSeen(now)) {
    return refuse({ kind: 'could-not-read', reason: now.unseen.reason }, asked, world);
  }
  const plan = planBack(applied.plan, now.seen);
  if (!plan) return refuse({ kind: 'plan-changed' }, asked, world);
  return propose(plan, { ...asked, undoes: applied.id }, world);
}

type Asked = { what: string; about: string; by: Member; replyTo: ReplyTo | null; undoes?: string };

async function propose(plan: FixPlan, asked: Asked, world: FixWorld): Promise<Telling> {
  const at = world.now();
  const id = world.newId();
  const planHash = hashOf(plan);
  const proposal = {
    id,
    plan,
    planHash,
    state: 'proposed' as const,
    requestedBy: asked.by,
    requestedAt: at.toISOString(),
    expiresAt: minutesAfter(at, EXPIRES_AFTER_MINUTES),
    approvedBy: null,
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
    const edge = { from: 'proposed', to: 'expired' } as const;
    const expired = await move(already, edge, world, { change: { finishedAt: at.toISOString() } });
    if (expired) await tellFix(expired, world, null);
    // Whoever moved it, the resource is free now or has a newer proposal to point at.
    return propose(plan, asked, world);
  }
  const why = { kind: 'already-requested', fix: already.id, by: already.requestedBy } as const;
  return refuse(why, asked, world);
}
