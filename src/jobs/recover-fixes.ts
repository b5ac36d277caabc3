import { IN_FLIGHT_MINUTES, LEASE_MINUTES, minutesAfter } from '../core/fixes/approval.ts';
import { agree, changedFields } from '../core/fixes/plan.ts';
import type { KeptFix } from '../core/fixes/state.ts';
import { wasSeen } from '../core/reading.ts';
import type { Telling } from '../core/telling.ts';
import { carryOut, close } from './carry-out-fix.ts';
import { type FixWorld, move, tellFix } from './fix-world.ts';

/** A live worker goes from approved to claimed at once; after this long it is not coming. */
const APPROVED_BUT_UNCLAIMED_MINUTES = 1;

/** How long the world is asked again and again what became of a call, before "unknown" is the answer. */
const UNREADABLE_MINUTES = 60;

/**
 * What was left half done is brought to a truthful end: at the start of a process and every minute.
 * Nothing that may have been sent is ever sent again. Answers what was told.
 */
export async function recoverFixes(world: FixWorld): Promise<Telling[]> {
  const told: Telling[] = [];
  for (const fix of await world.openFixes()) {
    try {
      const telling = await recovered(fix, world);
      if (telling) told.push(telling);
    } catch (error) {
      // One that cannot be resolved now must not keep the others waiting; the next round tries again.
      world.report(new Error(`recovering fix ${fix.id}`, { cause: error }));
    }
  }
  return told;
}

async function recovered(fix: KeptFix, world: FixWorld): Promise<Telling | undefined> {
  const expired = fix.expiresAt <= world.now().toISOString();
  switch (fix.state) {
    case 'proposed':
      return expired ? expire(fix, world) : undefined;
    case 'approved':
      if (expired)
        return failUnsent(fix, 'approved', 'nobody took the approved fix up in time', world);
      return past(fix.decidedAt, APPROVED_BUT_UNCLAIMED_MINUTES, world)
        ? carryOut(fix, world, null)
        : undefined;
    case 'claimed':
      return abandoned(fix, world)
        ? failUnsent(fix, 'claimed', 'the worker stopped before anything was sent', world)
        : undefined;
    case 'applying':
      return abandoned(fix, world) ? askTheWorld(fix, world) : undefined;
    default:
      return undefined;
  }
}

/** The claim's worker is gone, or had more time than it can need. */
function abandoned({ claim }: KeptFix, world: FixWorld): boolean {
  return !claim || world.isGone(claim.worker) || claim.until <= world.now().toISOString();
}

async function expire(fix: KeptFix, world: FixWorld) {
  const change = { finishedAt: world.now().toISOString() };
  const expired = await move(fix, { from: 'proposed', to: 'expired' }, world, { change });
  return expired && tellFix(expired, world, null);
}

async function failUnsent(
  fix: KeptFix,
  from: 'approved' | 'claimed',
  reason: string,
  world: FixWorld,
) {
  const outcome = { kind: 'failed', reason, changed: 'nothing' } as const;
  const failed = await move(fix, { from, to: 'failed' }, world, {
    change: { outcome, claim: null, finishedAt: world.now().toISOString() },
    details: { outcome, recovered: true },
  });
  return failed && tellFix(failed, world, null);
}

async function askTheWorld(fix: KeptFix, world: FixWorld) {
  const now = await world.read(fix.plan);
  const leaseEnd = fix.claim?.until ?? null;
  if (!wasSeen(now)) {
    return past(leaseEnd, UNREADABLE_MINUTES, world)
      ? close(fix, null, now, world, null)
      : undefined;
  }
  const changed = agree(now.seen, fix.plan.after, changedFields(fix.plan));
  // The lease began when the call was about to be sent, and the last request of a worker that died
  // may still arrive: only after this does "unchanged" mean so.
  const settled = past(leaseEnd, IN_FLIGHT_MINUTES - LEASE_MINUTES, world);
  return changed || settled ? close(fix, null, now, world, null) : undefined;
}

/** True when so many minutes have gone by since a moment; a moment that is not known is long gone. */
function past(moment: string | null, minutes: number, world: FixWorld): boolean {
  return moment === null || minutesAfter(new Date(moment), minutes) <= world.now().toISOString();
}
