import { minutesAfter } from '../core/fixes/approval.ts';
import { partsOf } from '../core/fixes/group.ts';
import { type Ending, endingOf, failedBecause, unsent } from '../core/fixes/outcome.ts';
import type { KeptFix } from '../core/fixes/state.ts';
import type { Why } from '../core/fixes/why.ts';
import { wasSeen } from '../core/reading.ts';
import type { Telling } from '../core/telling.ts';
import { expire } from './approve-fix.ts';
import { carryOut } from './carry-out-fix.ts';
import { close } from './close-fix.ts';
import { readState } from './fix-parts.ts';
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
      return expired ? expire(fix, world, null) : undefined;
    case 'approved':
      if (expired) return failUnsent(fix, 'approved', { kind: 'not-taken-up' }, world);
      return past(fix.decidedAt, APPROVED_BUT_UNCLAIMED_MINUTES, world)
        ? carryOut(fix, world, null)
        : undefined;
    case 'claimed':
      return abandoned(fix, world)
        ? failUnsent(fix, 'claimed', { kind: 'gone-before-sending' }, world)
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

async function failUnsent(fix: KeptFix, from: 'approved' | 'claimed', why: Why, world: FixWorld) {
  const outcome = unsent(why);
  const failed = await move(fix, { from, to: 'failed' }, world, {
    change: { outcome, claim: null, finishedAt: world.now().toISOString() },
    details: { outcome, recovered: true },
  });
  return failed && tellFix(failed, world, null);
}

/**
 * Ends an application whose worker is gone as the world says, part by part. What was not begun is not
 * begun any more: nobody is there who saw how the parts before it went.
 */
async function askTheWorld(fix: KeptFix, world: FixWorld) {
  const leaseEnd = fix.claim?.until ?? null;
  const begun = partsOf(fix.plan).slice(0, fix.begun ?? 1);
  const ends: Ending[] = [];
  for (const [index, part] of begun.entries()) {
    const now = await readState(part, world);
    if (!wasSeen(now) && !past(leaseEnd, UNREADABLE_MINUTES, world)) return undefined;
    const ending = endingOf(part, null, now);
    ends.push(index < begun.length - 1 ? seenToEnd(ending) : ending);
  }
  // A worker may send until shortly before its claim ends, and what it sent last may still arrive:
  // only when the claim is over does "unchanged" mean so, even where the worker is gone already.
  const settled = past(leaseEnd, 0, world);
  return ends.at(-1)?.to === 'applied' || settled ? close(fix, ends, world, null) : undefined;
}

/** The next part was begun, so this one was applied: where it is not any more, somebody undid it. */
function seenToEnd(ending: Ending): Ending {
  if (ending.outcome.kind !== 'failed' || ending.outcome.changed !== 'nothing') return ending;
  const why = failedBecause({ kind: 'undone-by-others' });
  return { to: 'failed', outcome: { ...why, changed: 'unknown' } };
}

/** True when so many minutes have gone by since a moment; a moment that is not known is long gone. */
function past(moment: string | null, minutes: number, world: FixWorld): boolean {
  return moment === null || minutesAfter(new Date(moment), minutes) <= world.now().toISOString();
}
