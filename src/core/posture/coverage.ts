import type { Unseen } from '../reading.ts';
import { wasSeen } from '../reading.ts';
import type {
  AccountFacts,
  AdvancedSelector,
  FieldSelector,
  Selectors,
  TrailFacts,
} from './facts.ts';

/**
 * What is recorded, as a union: several trails, and several selectors of one trail, may each record a
 * part. A trail that could not be read leaves open only what the others do not already prove.
 */
export type Recorded = true | false | { unseen: Unseen };

/** Management events by kind; a set of event sources each, because selectors may leave some out. */
export type ManagementEvents = { read: Sources; write: Sources };
/** All sources but these, or only these. */
export type Sources = { except: string[] } | { only: string[] };

/** By ARN: an organization may have as many trails as accounts. */
export type Trails = ReadonlyMap<string, TrailFacts>;

const NOTHING: Sources = { only: [] };

/** The trails that can record in this account and region at all, by what the account sees. */
export function trailsOver(account: AccountFacts, region: string, trails: Trails) {
  const over: { trail: TrailFacts; open: Unseen | null }[] = [];
  if (!wasSeen(account.trails)) return over;
  for (const sighting of account.trails.seen) {
    const trail = trails.get(sighting.arn);
    if (!trail) continue;
    // A trail records its home region whatever else it does; the rest needs the settings.
    const near = trail.homeRegion === region;
    const reaches = near || (wasSeen(trail.settings) ? trail.settings.seen.multiRegion : undefined);
    if (reaches === false) continue;
    const logging = both(
      reaches ?? unseenOf(trail.settings),
      wasSeen(trail.logging) ? trail.logging.seen : unseenOf(trail.logging),
    );
    if (logging !== false) over.push({ trail, open: logging === true ? null : logging.unseen });
  }
  return over;
}

/** Which management events are recorded in one account and region, by the union of its trails. */
export function managementIn(account: AccountFacts, region: string, trails: Trails) {
  const known: ManagementEvents = { read: NOTHING, write: NOTHING };
  const open: Unseen[] = [];
  const by: string[] = [];
  for (const { trail, open: doubt } of trailsOver(account, region, trails)) {
    if (doubt) open.push(doubt);
    else if (!wasSeen(trail.selectors)) open.push(trail.selectors.unseen);
    else {
      const events = managementEvents(trail.selectors.seen);
      known.read = union(known.read, events.read);
      known.write = union(known.write, events.write);
      if (!isNothing(events.read) || !isNothing(events.write)) by.push(trail.arn);
    }
  }
  return { known, open: open[0] ?? null, by };
}

/** The management events that one trail's selectors record. No selectors at all record them all. */
export function managementEvents(selectors: Selectors): ManagementEvents {
  const events: ManagementEvents = { read: NOTHING, write: NOTHING };
  if ('basic' in selectors) {
    if (selectors.basic.length === 0) return { read: { except: [] }, write: { except: [] } };
    for (const selector of selectors.basic) {
      if (!selector.managementEvents) continue;
      const sources: Sources = { except: selector.excludedSources };
      if (selector.readWriteType !== 'WriteOnly') events.read = union(events.read, sources);
      if (selector.readWriteType !== 'ReadOnly') events.write = union(events.write, sources);
    }
    return events;
  }
  for (const selector of selectors.advanced) {
    if (!names(selector, 'eventCategory', 'Management')) continue;
    // Any other field narrows it to some events of a source: that is not "the source is recorded".
    if (selector.some(({ field }) => !MANAGEMENT_FIELDS.has(field))) continue;
    const sources = sourcesOf(selector);
    if (admits(selector, 'readOnly', 'true')) events.read = union(events.read, sources);
    if (admits(selector, 'readOnly', 'false')) events.write = union(events.write, sources);
  }
  return events;
}

const MANAGEMENT_FIELDS = new Set(['eventCategory', 'readOnly', 'eventSource']);

function sourcesOf(selector: AdvancedSelector): Sources {
  let sources: Sources = { except: [] };
  for (const {
    field,
    equals,
    notEquals,
    startsWith,
    endsWith,
    notStartsWith,
    notEndsWith,
  } of selector) {
    if (field !== 'eventSource') continue;
    if (equals.length > 0) sources = intersection(sources, { only: equals });
    if (notEquals.length > 0) sources = intersection(sources, { except: notEquals });
    // CloudTrail allows no other operator here; should it ever, we do not claim what we cannot compute.
    if ([startsWith, endsWith, notStartsWith, notEndsWith].some(({ length }) => length > 0))
      return NOTHING;
  }
  return sources;
}

/** Whether the conditions that a selector sets on one field hold for a value. */
export function admits(selector: AdvancedSelector, field: string, value: string): boolean {
  return selector.every((condition) => condition.field !== field || holds(condition, value));
}

/** As `admits`, where the selector must speak of the field at all. */
export function names(selector: AdvancedSelector, field: string, value: string): boolean {
  return selector.some((condition) => condition.field === field) && admits(selector, field, value);
}

/** Positive operators are alternatives; every negative one must hold (CloudTrail API reference). */
function holds(condition: FieldSelector, value: string): boolean {
  const { equals, startsWith, endsWith, notEquals, notStartsWith, notEndsWith } = condition;
  const positive =
    equals.length + startsWith.length + endsWith.length === 0 ||
    equals.includes(value) ||
    startsWith.some((start) => value.startsWith(start)) ||
    endsWith.some((end) => value.endsWith(end));
  const negative =
    notEquals.includes(value) ||
    notStartsWith.some((start) => value.startsWith(start)) ||
    notEndsWith.some((end) => value.endsWith(end));
  return positive && !negative;
}

export function union(a: Sources, b: Sources): Sources {
  if ('except' in a && 'except' in b)
    return { except: a.except.filter((source) => b.except.includes(source)) };
  if ('except' in a && 'only' in b)
    return { except: a.except.filter((source) => !b.only.includes(source)) };
  if ('only' in a && 'except' in b) return union(b, a);
  return { only: [...new Set([...onlyOf(a), ...onlyOf(b)])] };
}

function intersection(a: Sources, b: Sources): Sources {
  return inverse(union(inverse(a), inverse(b)));
}

function inverse(sources: Sources): Sources {
  return 'except' in sources ? { only: sources.except } : { except: sources.only };
}

function onlyOf(sources: Sources): string[] {
  return 'only' in sources ? sources.only : [];
}

export function isNothing(sources: Sources): boolean {
  return 'only' in sources && sources.only.length === 0;
}

function both(a: Recorded, b: Recorded): Recorded {
  if (a === false || b === false) return false;
  return a === true ? b : a;
}

function unseenOf<T>(reading: { seen: T } | { unseen: Unseen }): Recorded {
  return wasSeen(reading) ? true : { unseen: reading.unseen };
}
