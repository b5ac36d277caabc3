import { IN_FLIGHT_MINUTES, LEASE_MINUTES, minutesAfter } from '../core/fixes/approval.ts';
import type { FixOutcome, Member } from '../core/fixes/fix.ts';
import { endingOf, type Sent, staleness } from '../core/fixes/outcome.ts';
import { agree, changedFields, type State } from '../core/fixes/plan.ts';
import type { KeptFix, Move } from '../core/fixes/state.ts';
import { type Reading, wasSeen } from '../core/reading.ts';
import type { ReplyTo } from '../core/request.ts';
import type { Telling } from '../core/telling.ts';
import { type FixWorld, move, tellFix } from './fix-world.ts';

/**
 * claim -> re-check -> still allowed? -> record that it begins -> apply -> verify -> record. Every step
 * is written before the next one is taken, and told in the fix's message. When another worker has moved
 * the record meanwhile, this one stops and tells what stands.
 */
export async function carryOut(
  approved: KeptFix,
  world: FixWorld,
  to: ReplyTo | null,
): Promise<Telling> {
  const { approvedBy } = approved;
  if (!approvedBy) throw new Error(`fix ${approved.id} is approved by nobody`);

  const claimed = await move(approved, { from: 'approved', to: 'claimed' }, world, {
    change: { claim: claimOf(world) },
    details: { worker: world.worker },
  });
  if (!claimed) return tellStanding(approved, world, to);
  await tellFix(claimed, world, to);

  const obstacle = await obstacleTo(claimed, approvedBy, world);
  if (obstacle) {
    const stopped = await move(claimed, { from: 'claimed', to: obstacle.to }, world, {
      change: { outcome: obstacle.outcome, claim: null, finishedAt: world.now().toISOString() },
      details: { outcome: obstacle.outcome },
    });
    return stopped ? tellFix(stopped, world, to) : tellStanding(claimed, world, to);
  }

  const claim = claimOf(world);
  const applying = await move(claimed, { from: 'claimed', to: 'applying' }, world, {
    change: { claim },
    details: { calls: claimed.plan.calls },
  });
  if (!applying) return tellStanding(claimed, world, to);
  // Not waited for: a slow Slack must not push the call behind the end of the claim.
  const told = tellFix(applying, world, to);

  const { id: fix, planHash, requestedBy, plan } = applying;
  // A machine that slept, or an AssumeRole that took minutes: once others may have closed the claim as
  // "nothing was sent", nothing is.
  const sendUntil = minutesAfter(new Date(claim.until), -IN_FLIGHT_MINUTES);
  const maySend = () => world.now().toISOString() < sendUntil;
  const names = { fix, planHash, requestedBy, approvedBy: [approvedBy], fence: applying.version };
  const sent = await world.apply(plan, names, maySend);
  const now = await readAfterwards(applying, sent, world);
  return close(applying, sent, now, world, to, told);
}

/** Writes down how an application ended, with the first fix of a way back, and tells both. */
export async function close(
  applying: KeptFix,
  sent: Sent | null,
  now: Reading<State>,
  world: FixWorld,
  to: ReplyTo | null,
  toldBefore?: Promise<unknown>,
): Promise<Telling> {
  const ending = endingOf(applying.plan, sent, now);
  const finishedAt = world.now().toISOString();
  const undone =
    ending.to === 'applied' ? await takenBackBy(applying, finishedAt, world) : undefined;
  const closed = await move(applying, { from: 'applying', to: ending.to }, world, {
    change: { outcome: ending.outcome, claim: null, finishedAt },
    details: { outcome: ending.outcome },
    ...(undone && { along: undone }),
  });
  // The end is recorded whatever Slack does, and told behind what was told before it.
  await toldBefore;
  if (!closed) return tellStanding(applying, world, to);
  if (undone) await tellStanding(undone.fix, world, null);
  return tellFix(closed, world, to);
}

/** What stands in the way of sending anything; undefined when nothing does. */
async function obstacleTo(
  { plan }: KeptFix,
  approver: Member,
  world: FixWorld,
): Promise<{ to: 'failed' | 'stale'; outcome: FixOutcome } | undefined> {
  const now = await world.read(plan);
  if (!wasSeen(now)) {
    return { to: 'failed', outcome: { kind: 'not-visible', reason: now.unseen.reason } };
  }
  const stale = staleness(plan, now.seen);
  if (stale) return { to: 'stale', outcome: stale };

  const still = await world.isApprover(approver);
  const why = !wasSeen(still)
    ? `it could not be asked whether the approver still is one: ${still.unseen.reason}`
    : 'the approver is no longer in the group of approvers';
  return wasSeen(still) && still.seen
    ? undefined
    : { to: 'failed', outcome: { kind: 'failed', reason: why, changed: 'nothing' } };
}

/** CloudTrail answers reads of its own writes at once as a rule; a late one is given two more looks. */
async function readAfterwards(
  { plan }: KeptFix,
  sent: Sent,
  world: FixWorld,
): Promise<Reading<State>> {
  let now = await world.read(plan);
  if ('refused' in sent) return now;
  for (const wait of [500, 2000]) {
    if (wasSeen(now) && agree(now.seen, plan.after, changedFields(plan))) break;
    await world.pause(wait);
    now = await world.read(plan);
  }
  return now;
}

/** A way back that was applied turns the fix that it took back into a rolled-back one. */
async function takenBackBy(
  wayBack: KeptFix,
  finishedAt: string,
  world: FixWorld,
): Promise<Move | undefined> {
  const first = wayBack.undoes ? await world.fix(wayBack.undoes) : undefined;
  if (first?.state !== 'applied') return undefined;
  return {
    fix: first,
    edge: { from: 'applied', to: 'rolled-back' },
    change: {},
    step: {
      at: finishedAt,
      actor: 'trailwarden',
      action: 'fix-rolled-back',
      details: { fix: first.id, planHash: first.planHash, by: wayBack.id },
    },
  };
}

function claimOf(world: FixWorld) {
  return { worker: world.worker, until: minutesAfter(world.now(), LEASE_MINUTES) };
}

async function tellStanding(fix: KeptFix, world: FixWorld, to: ReplyTo | null): Promise<Telling> {
  return tellFix((await world.fix(fix.id)) ?? fix, world, to);
}
