import { ACCEPT_RISK } from '../core/fixes/accept-risk.ts';
import { IN_FLIGHT_MINUTES, LEASE_MINUTES, minutesAfter } from '../core/fixes/approval.ts';
import type { FixOutcome, FixPlan } from '../core/fixes/fix.ts';
import { partsOf } from '../core/fixes/group.ts';
import {
  type Ending,
  endingOf,
  type Sent,
  staleness,
  unsent,
  type WhyNot,
} from '../core/fixes/outcome.ts';
import { agree, changedFields, type State } from '../core/fixes/plan.ts';
import type { KeptFix } from '../core/fixes/state.ts';
import { unread } from '../core/fixes/unread.ts';
import { type Reading, wasSeen } from '../core/reading.ts';
import type { ReplyTo } from '../core/request.ts';
import type { Telling } from '../core/telling.ts';
import { close, tellStanding } from './close-fix.ts';
import { exchanged, outdated, unauthorized, whyHeld } from './fix-gates.ts';
import { readState } from './fix-parts.ts';
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
  // Grows with every move of the record, so that no two claims ever have the same number.
  const fence = approved.version + 1;
  const claimed = await move(approved, { from: 'approved', to: 'claimed' }, world, {
    change: { claim: claimOf(world, fence), fence },
    details: { worker: world.worker, fence },
  });
  if (!claimed) return tellStanding(approved, world, to);
  await tellFix(claimed, world, to);

  const obstacle = await obstacleTo(claimed, claimed.plan, world);
  if (obstacle) {
    const stopped = await move(claimed, { from: 'claimed', to: obstacle.to }, world, {
      change: { outcome: obstacle.outcome, claim: null, finishedAt: world.now().toISOString() },
      details: { outcome: obstacle.outcome },
    });
    return stopped ? tellFix(stopped, world, to) : tellStanding(claimed, world, to);
  }

  const applying = await move(claimed, { from: 'claimed', to: 'applying' }, world, {
    change: { claim: claimOf(world, fence), begun: 1 },
    details: { calls: claimed.plan.calls },
  });
  if (!applying) return tellStanding(claimed, world, to);
  // Not waited for: a slow Slack must not push the call behind the end of the claim.
  const told = tellFix(applying, world, to);
  const carried = await carryOutParts(applying, world);
  if (!carried) {
    await told;
    return tellStanding(applying, world, to);
  }
  return close(carried.fix, carried.ends, world, to, told);
}

/**
 * One part after the other, each behind its own re-check, and the next one only where the one before is
 * applied and verified. Undefined when another worker took the record over.
 */
async function carryOutParts(
  applying: KeptFix,
  world: FixWorld,
): Promise<{ fix: KeptFix; ends: Ending[] } | undefined> {
  let fix = applying;
  const ends: Ending[] = [];
  for (const [index, part] of partsOf(fix.plan).entries()) {
    if (index > 0) {
      const obstacle = await obstacleTo(fix, part, world);
      if (obstacle) return { fix, ends: [...ends, { to: 'failed', outcome: obstacle.outcome }] };
      const fence = fix.fence ?? fix.version;
      const next = await move(fix, { from: 'applying', to: 'applying' }, world, {
        change: { claim: claimOf(world, fence), begun: index + 1 },
        details: { part: index + 1, calls: part.calls },
      });
      if (!next) return undefined;
      fix = next;
    }
    const sent = await send(fix, part, world);
    const ending = endingOf(part, sent, await readAfterwards(part, sent, world));
    ends.push(ending);
    if (ending.to !== 'applied') break;
  }
  return { fix, ends };
}

/**
 * Sends the calls of one part under the claim of its record: none when the claim is about to end, and
 * none once the kill switch or a freeze holds them back, be it between two of them.
 */
async function send(fix: KeptFix, part: FixPlan, world: FixWorld): Promise<Sent> {
  // Nothing to send: it is done when the record says so.
  if (part.fix === ACCEPT_RISK) return { requestIds: [] };
  const { id, planHash, requestedBy, claim } = fix;
  // A machine that slept, or an AssumeRole that took minutes: once others may have closed the claim as
  // "nothing was sent", nothing is.
  const sendUntil = minutesAfter(new Date(claim?.until ?? 0), -IN_FLIGHT_MINUTES);
  const whyNot: WhyNot = async () => {
    const held = await whyHeld(fix.plan, world);
    // The clock is asked last: a store that was slow to answer has used up of the claim.
    if (held || world.now().toISOString() < sendUntil) return held ?? null;
    return { kind: 'claim-ending' };
  };
  const approvedBy = fix.approvals.map(({ by }) => by);
  const fence = fix.fence ?? fix.version;
  return world.apply(part, { fix: id, planHash, requestedBy, approvedBy, fence }, whyNot);
}

/** What stands in the way of sending anything of a plan, or of one part; undefined when nothing does. */
async function obstacleTo(
  fix: KeptFix,
  part: FixPlan,
  world: FixWorld,
): Promise<{ to: 'failed' | 'stale'; outcome: FixOutcome } | undefined> {
  // What nobody approved is not even read: it may name anything.
  const other = exchanged(fix) ?? outdated(fix);
  if (other) return { to: 'failed', outcome: unsent(other) };
  const now = await readState(part, world);
  if (!wasSeen(now)) {
    return { to: 'failed', outcome: { kind: 'not-visible', ...unread(now.unseen) } };
  }
  const stale = staleness(part, now.seen);
  if (stale) return { to: 'stale', outcome: stale };
  const why = (await unauthorized(fix, world)) ?? (await whyHeld(fix.plan, world));
  return why && { to: 'failed', outcome: unsent(why) };
}

/** CloudTrail answers reads of its own writes at once as a rule; a late one is given two more looks. */
async function readAfterwards(part: FixPlan, sent: Sent, world: FixWorld): Promise<Reading<State>> {
  // It takes effect with the record that is about to be written, in the same transaction.
  if (part.fix === ACCEPT_RISK) return { seen: part.after };
  if ('refused' in sent || 'held' in sent) {
    // What the calls before left is written down, and compared with when it is to be taken back.
    if (sent.accepted) await world.pause(2000);
    return readState(part, world);
  }
  let now = await readState(part, world);
  for (const wait of [500, 2000]) {
    if (wasSeen(now) && agree(now.seen, part.after, changedFields(part))) break;
    await world.pause(wait);
    now = await readState(part, world);
  }
  return now;
}

function claimOf(world: FixWorld, fence: number) {
  return { worker: world.worker, until: minutesAfter(world.now(), LEASE_MINUTES), fence };
}
