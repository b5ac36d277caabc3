import type { CloudTrailEvent } from '../../core/evidence/event.ts';
import type { Look, Lookup } from './lookup.ts';
import type { Clock } from './pace.ts';

/** A look, and when it began: later events are not in it. */
export type LookAt = Look & { at: number };

/**
 * For so long a look is as good as a new one: CloudTrail itself is minutes late. Two questions of one
 * conversation, and the steps of one question, ask much the same.
 */
const FRESH = 60_000;
/** What was so long past when it was read has arrived by then, and never changes … */
const SETTLED = 60 * 60_000;
/** … and is kept for so long, as far as memory allows. */
const KEPT = 30 * 60_000;
/** Looks that are kept, most of them empty, and the events in all of them together. */
const LOOKS = 10_000;
const EVENTS = 5_000;

type Kept = { from: number; to: number; at: number; events: number; look: Promise<Look> };

/**
 * Makes the same lookup once, for whoever asks meanwhile or soon after, and answers narrower windows from
 * wider ones: Event history takes two requests a second, so a lookup that need not be made is half a
 * second. What failed is not kept; what was cut answers only for its own window.
 */
export function remembering(
  look: (lookup: Lookup) => Promise<Look>,
  clock: Pick<Clock, 'now'>,
): (lookup: Lookup) => Promise<LookAt> {
  const known = new Map<string, Kept[]>();
  let looks = 0;
  let events = 0;

  /** What was looked at that has all of this window, as far as it is still good. */
  function covering(key: string, from: number, to: number): Kept[] {
    const now = clock.now();
    return (known.get(key) ?? []).filter((one) => {
      const age = now - one.at;
      const good = age <= FRESH || (age <= KEPT && to <= one.at - SETTLED);
      // "Until now" of a moment ago was the same: what came since is no more settled than it was.
      const wasNow = age <= FRESH && one.to >= one.at - FRESH;
      return good && one.from <= from && (to <= one.to || wasNow);
    });
  }

  function forget(key: string, gone: Kept): void {
    const rest = (known.get(key) ?? []).filter((one) => one !== gone);
    if (rest.length > 0) known.set(key, rest);
    else known.delete(key);
    looks -= 1;
    events -= gone.events;
  }

  function makeRoom(): void {
    for (const [key, all] of known) {
      for (const one of all) {
        if (looks <= LOOKS && events <= EVENTS) return;
        forget(key, one);
      }
    }
  }

  return async (lookup) => {
    const { where, attribute, scan, pages = null, from, to } = lookup;
    const key = JSON.stringify([where.account, where.region, attribute, scan, pages]);
    const [since, until] = [Date.parse(from), Date.parse(to)];
    for (const one of covering(key, since, until)) {
      const found = await one.look;
      if (since === one.from && until === one.to) return { ...found, at: one.at };
      if (found.complete)
        return { ...found, events: within(found.events, since, until), at: one.at };
    }
    const kept: Kept = {
      from: since,
      to: until,
      at: clock.now(),
      events: 0,
      look: look(lookup),
    };
    for (const one of known.get(key) ?? []) if (kept.at - one.at > KEPT) forget(key, one);
    const others = known.get(key) ?? [];
    // What was asked for last is forgotten last.
    known.delete(key);
    known.set(key, [kept, ...others]);
    looks += 1;
    kept.look.then(
      (found) => {
        if (!known.get(key)?.includes(kept)) return;
        if (!found.complete && !found.cut) return forget(key, kept);
        kept.events = found.events.length;
        events += kept.events;
        makeRoom();
      },
      () => known.get(key)?.includes(kept) && forget(key, kept),
    );
    return { ...(await kept.look), at: kept.at };
  };
}

/** Events without a time stay: who asked compares exactly. */
function within(events: CloudTrailEvent[], from: number, to: number): CloudTrailEvent[] {
  return events.filter(({ eventTime }) => {
    const at = Date.parse(eventTime ?? '');
    return Number.isNaN(at) || (from <= at && at < to);
  });
}
