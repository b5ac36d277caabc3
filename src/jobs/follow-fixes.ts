import { minutesAfter } from '../core/fixes/approval.ts';
import type { Aftermath } from '../core/fixes/fix.ts';
import { partsOf } from '../core/fixes/group.ts';
import type { KeptFix } from '../core/fixes/state.ts';
import { canonicalJson } from '../core/json.ts';
import { wasSeen } from '../core/reading.ts';
import { type FixWorld, tellFix } from './fix-world.ts';

/** CloudTrail tells of a call after some minutes; what it has not told within a day it will not tell. */
const FOLLOWED_HOURS = 24;
/** Among so many of the newest fixes those that are followed are found: far more than a day has. */
const LOOKED_AT = 200;

/**
 * What was done is looked at again, every few minutes of a day: the events that our session caused, and
 * what only time shows. Answers the fixes of which there was news.
 */
export async function followFixes(world: FixWorld): Promise<KeptFix[]> {
  const oldest = minutesAfter(world.now(), -FOLLOWED_HOURS * 60);
  const news: KeptFix[] = [];
  for (const fix of await world.lastFixes(LOOKED_AT)) {
    if (!mayHaveCalled(fix) || (fix.finishedAt ?? '') < oldest) continue;
    try {
      const aftermath = await lookAgain(fix, world);
      if (canonicalJson(aftermath) === canonicalJson(fix.aftermath ?? UNKNOWN)) continue;
      await world.noteAftermath(fix.id, aftermath);
      const followed = { ...fix, aftermath };
      // What was never told in Slack has no message that could tell more of it.
      if (fix.message) await tellFix(followed, world, null);
      news.push(followed);
    } catch (error) {
      // One that cannot be followed now must not keep the others waiting; the next round tries again.
      world.report(new Error(`following fix ${fix.id}`, { cause: error }));
    }
  }
  return news;
}

const UNKNOWN: Aftermath = { events: null };

/** Something was sent, as far as anybody knows. */
function mayHaveCalled({ plan, state, outcome }: KeptFix): boolean {
  if (plan.calls.length === 0) return false;
  if (state === 'applied' || state === 'rolled-back') return true;
  return state === 'failed' && outcome?.kind === 'failed' && outcome.changed !== 'nothing';
}

async function lookAgain(fix: KeptFix, world: FixWorld): Promise<Aftermath> {
  const before = fix.aftermath ?? UNKNOWN;
  const later = before.later ?? (await laterOf(fix, world));
  return { events: await eventsNow(fix, before, world), ...(later && { later }) };
}

/** The events once they are all there; until then those that are, and null while there is none. */
async function eventsNow(
  fix: KeptFix,
  { events }: Aftermath,
  world: FixWorld,
): Promise<Aftermath['events']> {
  if (events && events.length >= fix.plan.calls.length) return events;
  const found = await world.eventsOf(fix);
  // What could not be looked at is looked at in the next round; it is not "there was no event".
  if (!wasSeen(found) || found.seen.length === 0) return events;
  return found.seen;
}

/** Of several parts it holds when it holds of all; the first of which it does not is told. */
async function laterOf(fix: KeptFix, world: FixWorld): Promise<Aftermath['later']> {
  const { finishedAt, plan, state } = fix;
  if (state !== 'applied' || finishedAt === null) return undefined;
  const now = world.now().toISOString();
  let seen: Aftermath['later'];
  for (const part of partsOf(plan)) {
    const told = await world.later(part, { at: finishedAt, now });
    if (told === null) continue;
    if (!wasSeen(told) || told.seen === undefined) return undefined;
    seen = { at: now, ...told.seen };
    if (!told.seen.holds) return seen;
  }
  return seen;
}
