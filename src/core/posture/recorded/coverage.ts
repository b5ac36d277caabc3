import type { Unseen } from '../../reading.ts';
import { wasSeen } from '../../reading.ts';
import type { AccountFacts, Selectors, TrailFacts } from '../facts.ts';
import type { Known } from '../known.ts';
import { type EventSet, type HowMuch, howMuch } from './event-sets.ts';

/**
 * What can record in one account and region, as a union: several trails, and several selectors of one
 * trail, may each record a part. Places with the same trails are one and the same value, so whatever is
 * concluded from it is concluded once.
 */
export type Place = {
  /** Trails that reach the place and are logging. */
  certain: TrailFacts[];
  /** Trails of which that could not be seen, and why. */
  doubtful: { trail: TrailFacts; because: Unseen }[];
  /** One value for all places whose trails select the same, whosever trails they are. */
  selectors: SelectorsOver;
};

/** The selectors over a place: those that certainly count, those that may, and why not all are known. */
export type SelectorsOver = {
  certain: Selectors[];
  /** With those of the trails of which nobody knows whether they are logging here. */
  possible: Selectors[];
  /** Set where a trail's selectors are unseen: it may record anything. */
  unread: Unseen | null;
  /** The first reason for any doubt. */
  open: Unseen | null;
};

/** Where no trail is. */
export const NOWHERE: Place = {
  certain: [],
  doubtful: [],
  selectors: { certain: [], possible: [], unread: null, open: null },
};

/** Stands for the regions of an account whose regions could not be read: nobody's home. */
export const ANY_REGION = '*';

/** Who records in an account and a region, by what the account sees. An account that is unseen has no places. */
export type Coverage = (account: AccountFacts, region: string) => Place;

/** One per scan: places are compared by identity. */
export const coverageOf: (facts: Known) => Coverage = once(({ trailBy }) => {
  const places = new Map<string, Place>();
  const selectors = selectorsOnce();
  return ({ trails }, region) => {
    const over: (readonly [TrailFacts, true | Unseen])[] = [];
    for (const { arn } of wasSeen(trails) ? trails.seen : []) {
      const trail = trailBy.get(arn);
      if (!trail) throw new Error(`the trail ${arn} is seen by an account and was not read`);
      const records = reaches(trail, region);
      if (records !== false) over.push([trail, records]);
    }
    const key = over
      .map(([{ arn }, records]) => (records === true ? arn : `${arn} ${records.reason}`))
      .sort()
      .join(' ');
    const known = places.get(key);
    if (known) return known;
    const certain = over.flatMap(([trail, records]) => (records === true ? [trail] : []));
    const doubtful = over.flatMap(([trail, because]) =>
      because === true ? [] : [{ trail, because }],
    );
    const place = { certain, doubtful, selectors: selectors(certain, doubtful) };
    places.set(key, place);
    return place;
  };
});

/** Whether a trail is logging in a region, for the accounts that see it; or why nobody knows. */
export function reaches(trail: TrailFacts, region: string): boolean | Unseen {
  const { logging, settings, homeRegion } = trail;
  if (wasSeen(logging) && !logging.seen) return false;
  // A trail records its home region whatever else it does; the rest needs the settings.
  if (homeRegion !== region) {
    if (!wasSeen(settings)) return settings.unseen;
    if (!settings.seen.multiRegion) return false;
  }
  return wasSeen(logging) ? true : logging.unseen;
}

/** Ten thousand trails with the same few selectors have the same few unions. */
function selectorsOnce() {
  const unions = new Map<string, SelectorsOver>();
  const asText = once(({ selectors }: TrailFacts) =>
    JSON.stringify(wasSeen(selectors) ? selectors.seen : selectors.unseen),
  );
  return (certain: Place['certain'], doubtful: Place['doubtful']): SelectorsOver => {
    const key = [
      ...new Set(certain.map(asText)),
      ...doubtful.map(({ trail, because }) => `? ${asText(trail)} ${JSON.stringify(because)}`),
    ]
      .sort()
      .join(' ');
    const union = unions.get(key) ?? selectorsOver(certain, doubtful);
    unions.set(key, union);
    return union;
  };
}

function selectorsOver(certain: Place['certain'], doubtful: Place['doubtful']): SelectorsOver {
  const perhaps = doubtful.map(({ trail }) => trail);
  const unread = [...certain, ...perhaps].flatMap(({ selectors }) =>
    wasSeen(selectors) ? [] : [selectors.unseen],
  );
  return {
    certain: seenSelectors(certain),
    possible: seenSelectors([...certain, ...perhaps]),
    unread: unread[0] ?? null,
    open: doubtful[0]?.because ?? unread[0] ?? null,
  };
}

function seenSelectors(trails: TrailFacts[]): Selectors[] {
  return trails.flatMap(({ selectors }) => (wasSeen(selectors) ? [selectors.seen] : []));
}

/**
 * How much of a set of events is recorded in a place. What could not be seen leaves the answer open
 * only if it could make it `all`: what is missing even at best is certainly missing.
 */
export function recordedIn({ selectors }: Place, set: EventSet): Recorded {
  const answers = answersFrom(selectors);
  const known = answers.get(set) ?? recordedBy(selectors, set);
  answers.set(set, known);
  return known;
}

export type Recorded = { seen: HowMuch } | { unseen: Unseen };

/** By the very set that was asked for: whoever asks often keeps it. */
const answersFrom = once((_: SelectorsOver) => new WeakMap<EventSet, Recorded>());

function recordedBy({ certain, possible, unread, open }: SelectorsOver, set: EventSet): Recorded {
  const seen = howMuch(certain, set);
  if (seen === 'all' || !open) return { seen };
  return unread || howMuch(possible, set) === 'all' ? { unseen: open } : { seen };
}

/** Remembers what was concluded from a value, as long as the value lives. */
export function once<Key extends object, Value>(conclude: (key: Key) => Value) {
  const known = new WeakMap<Key, Value>();
  return (key: Key): Value => {
    const before = known.get(key);
    if (before !== undefined) return before;
    const value = conclude(key);
    known.set(key, value);
    return value;
  };
}
