import { addressIn } from '../core/evidence/address.ts';
import { callsOf } from '../core/evidence/calls.ts';
import type { CloudTrailEvent } from '../core/evidence/event.ts';
import { clockIn, slotOf } from '../core/evidence/groups.ts';
import { matches } from '../core/evidence/match.ts';
import type { Tally } from '../core/evidence/source.ts';
import { nothingExcepted, type Plan } from '../core/questions/plan.ts';
import type { KnownSegment } from './manifest.ts';
import { UNDATED } from './record-fields.ts';
import { type CallRow, callRow, eventOfRow, NO_CALL } from './row.ts';
import type { FactColumns, Segment } from './segment.ts';
import type { Shelf } from './shelf.ts';

/**
 * Exact figures from the columns alone. The core itself is asked, once for each kind of call and each
 * caller that a segment holds, whether the plan means it; the rows are then only counted. Null where
 * the plan asks for what columns do not hold, or where the core would know more than the record.
 */
export function tallyOf(shelf: Shelf, plan: Plan): Tally | null {
  if (!isOfColumns(plan)) return null;
  const count = createCount(plan);
  for (const known of shelf.all())
    if (isNear(known, plan) && !count.add(shelf.open(known))) return null;
  return count.tally();
}

function isOfColumns({ shape, resources, alsoResources, actor, content, measure, ...plan }: Plan) {
  return (
    (shape === 'search' || shape === 'count') &&
    resources.length + alsoResources.length + plan.except.resources.length === 0 &&
    actor === null &&
    plan.atLeast === null &&
    plan.except.actors.length === 0 &&
    content === null &&
    measure === 'calls' &&
    !plan.groupBy.includes('resource')
  );
}

function isNear({ first, last, undated }: KnownSegment, { time }: Plan): boolean {
  return undated || (last * 1000 >= Date.parse(time.from) && first * 1000 < Date.parse(time.to));
}

/** What of a plan speaks of the call, and what of the caller: they are asked one without the other. */
function halvesOf(plan: Plan): { ofCall: Plan; ofCaller: Plan } {
  const always = { from: '1970-01-01T00:00:00Z', to: '2200-01-01T00:00:00Z' };
  const time = { ...plan.time, ...always, assumed: true };
  const { except } = plan;
  return {
    ofCall: {
      ...plan,
      time,
      addresses: [],
      via: [],
      except: { ...except, via: [], addresses: [] },
    },
    ofCaller: {
      ...plan,
      time,
      verbs: [],
      eventNames: [],
      eventSources: [],
      accounts: 'all',
      regions: 'all',
      outcome: 'any',
      readOnly: null,
      except: { ...nothingExcepted(), via: except.via, addresses: except.addresses },
    },
  };
}

const CALL_SLOTS = ['account', 'region', 'event', 'source', 'error'] as const;
const CALLER_SLOTS = ['actor', 'address', 'via'] as const;
const TIME_SLOTS = ['day', 'hour'] as const;
type Slot = Plan['groupBy'][number];
/** Zones differ from each other by quarters of an hour. */
const QUARTER = 900;
/** Groups that are counted in a list; more of them in a map. */
const LISTED = 1 << 20;

function createCount(plan: Plan) {
  const { ofCall, ofCaller } = halvesOf(plan);
  const from = Math.ceil(Date.parse(plan.time.from) / 1000);
  const to = Math.ceil(Date.parse(plan.time.to) / 1000);
  const slots = <S extends Slot>(mine: readonly S[]) =>
    mine.filter((slot) => plan.groupBy.includes(slot));
  const [callSlots, callerSlots, timeSlots] = [
    slots(CALL_SLOTS),
    slots(CALLER_SLOTS),
    slots(TIME_SLOTS),
  ];
  const callerMatters =
    plan.addresses.length +
      plan.via.length +
      plan.except.via.length +
      plan.except.addresses.length >
    0;
  const clock = clockIn(plan.time.zone);
  const moments = new Map<number, string>();
  const groups = new Map<string, number>();
  const actors = new Map<string, number>();
  const names = new Map<string, number>();
  const accounts = new Set<string>();
  const regions = new Set<string>();
  const copies = createCopies();
  let [total, failed, first, last] = [0, 0, UNDATED, 0];

  const callPart = (call: CallRow) =>
    keyOf(callSlots, (slot) => slotOf(slot, eventOfCall(call), plan, clock));
  const callerPart = ({ actors: all, addresses, vias, ...facts }: FactColumns, caller: number) =>
    keyOf(callerSlots, (slot) =>
      slot === 'actor'
        ? (all[facts.actor[caller] as number] as string)
        : slot === 'address'
          ? (addresses[facts.address[caller] as number] ?? '')
          : (vias[facts.via[caller] as number] as string),
    );
  const timePart = (time: number) => {
    const quarter = time === UNDATED ? -1 : Math.floor(time / QUARTER);
    let part = moments.get(quarter);
    if (part === undefined) {
      const instant = quarter < 0 ? null : new Date(quarter * QUARTER * 1000).toISOString();
      const event = { ...eventOfCall(NO_CALL), eventTime: instant };
      part = keyOf(timeSlots, (slot) => slotOf(slot, event, plan, clock));
      moments.set(quarter, part);
    }
    return part;
  };

  /** False where a record without a time would have to be told apart. */
  function add(segment: Segment): boolean {
    const calls = callsIn(segment);
    const callFits = Uint8Array.from(calls, (call) =>
      matches(ofCall, eventOfCall(call)) === 'yes' ? 1 : 0,
    );
    if (!callFits.includes(1)) return true;
    const facts = segment.facts();
    const callerFits = callerMatters ? fittingCallers(segment, ofCaller) : null;
    const callParts = numbered(calls, callPart);
    const callerParts = numbered(facts.actor, (_, caller) => callerPart(facts, caller));
    const grouped = plan.groupBy.length > 0;
    const timed = timeSlots.length > 0;
    const inGroup = counts(timed ? LISTED + 1 : callParts.keys.length * callerParts.keys.length);
    const [times, callOf, callerOf] = [
      segment.column('time'),
      segment.column('call'),
      segment.column('caller'),
    ];
    const byCall = new Uint32Array(calls.length);
    const byCaller = new Uint32Array(facts.actor.length);
    const counted = (row: number) => {
      const time = times[row] as number;
      return (
        callFits[callOf[row] as number] === 1 &&
        (callerFits === null || callerFits[callerOf[row] as number] === 1) &&
        (time === UNDATED || (time >= from && time < to))
      );
    };
    const momentOf = new Map<string, number>();
    let [quarter, moment] = [-2, 0];
    for (let row = 0; row < segment.rows; row += 1) {
      const call = callOf[row] as number;
      if (callFits[call] === 0) continue;
      const caller = callerOf[row] as number;
      if (callerFits !== null && callerFits[caller] === 0) continue;
      const time = times[row] as number;
      if (time === UNDATED) {
        if (!plan.time.assumed) return false;
      } else if (time < from || time >= to) continue;
      else {
        if (time < first) first = time;
        if (time > last) last = time;
      }
      total += 1;
      (byCall[call] as number) += 1;
      (byCaller[caller] as number) += 1;
      if (!grouped) continue;
      let group =
        (callParts.of[call] as number) * callerParts.keys.length +
        (callerParts.of[caller] as number);
      if (timed) {
        const now = time === UNDATED ? -1 : Math.floor(time / QUARTER);
        if (now !== quarter) {
          quarter = now;
          const part = timePart(time);
          moment = momentOf.get(part) ?? momentOf.size;
          momentOf.set(part, moment);
        }
        group += moment * callParts.keys.length * callerParts.keys.length;
      }
      inGroup.add(group);
    }
    const momentKeys = [...momentOf.keys()];
    for (const [group, count] of inGroup.all()) {
      const caller = group % callerParts.keys.length;
      const rest = Math.floor(group / callerParts.keys.length);
      const call = rest % callParts.keys.length;
      const parts = [callParts.keys[call], callerParts.keys[caller]];
      more(groups, whole([...parts, momentKeys[Math.floor(rest / callParts.keys.length)]]), count);
    }
    for (const [call, count] of byCall.entries()) {
      if (count === 0) continue;
      const { account, region, eventName, outcome } = calls[call] as CallRow;
      if (account) accounts.add(account);
      if (region) regions.add(region);
      more(names, eventName, count);
      if (outcome !== 'ok') failed += count;
    }
    for (const [caller, count] of byCaller.entries())
      if (count > 0) more(actors, facts.actors[facts.actor[caller] as number] as string, count);
    copies.add(segment, counted);
    return true;
  }

  return {
    add,
    tally(): Tally {
      const doubles = copies.found(plan.order);
      for (const event of doubles) {
        more(names, event.eventName, -1);
        more(actors, slotOf('actor', event, plan, clock), -1);
        if (event.outcome !== 'ok') failed -= 1;
        const key = (mine: readonly Slot[]) =>
          keyOf(mine, (slot) => slotOf(slot, event, plan, clock));
        if (plan.groupBy.length > 0)
          more(groups, whole([key(callSlots), key(callerSlots), key(timeSlots)]), -1);
      }
      return {
        total,
        calls: total - doubles.length,
        groups: [...groups]
          .filter(([, count]) => count > 0)
          .map(([name, count]) => ({ key: inOrder(plan, name), count }))
          .map((group) => ({ ...group, name: JSON.stringify(group.key) }))
          .toSorted((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1))
          .slice(0, plan.limit)
          .map(({ key, count }) => ({ key, count })),
        spread:
          total === 0
            ? null
            : {
                first: instant(first === UNDATED ? null : first),
                last: instant(last === 0 ? null : last),
                accounts: [...accounts].toSorted(),
                regions: [...regions].toSorted(),
                actors: ranked(actors),
                eventNames: ranked(names),
                failed,
              },
      };
    },
  };
}

const NOBODY = eventOfRow(NO_CALL, '{}', null, null);

function eventOfCall({ category, issuing, ...known }: CallRow): CloudTrailEvent {
  return { ...NOBODY, ...known };
}

const rows = new WeakMap<string[], CallRow[]>();

/** The calls of a segment; kept for as long as the segment keeps their texts. */
function callsIn(segment: Segment): CallRow[] {
  const texts = segment.calls();
  const calls = rows.get(texts) ?? texts.map(callRow);
  rows.set(texts, calls);
  return calls;
}

function fittingCallers(segment: Segment, ofCaller: Plan): Uint8Array {
  // Addresses alone need no record of the caller.
  if (ofCaller.via.length + ofCaller.except.via.length === 0) {
    const { addresses, address } = segment.facts();
    const inAny = (ranges: string[], one: string | null) =>
      ranges.some((range) => addressIn(one, range));
    const fits = addresses.map(
      (one) =>
        (ofCaller.addresses.length === 0 || inAny(ofCaller.addresses, one)) &&
        !inAny(ofCaller.except.addresses, one),
    );
    return Uint8Array.from(address, (number) => (fits[number] ? 1 : 0));
  }
  return Uint8Array.from(segment.callers(), (caller) =>
    matches(ofCaller, eventOfRow(NO_CALL, caller, null, null)) === 'yes' ? 1 : 0,
  );
}

function keyOf<S extends Slot>(slots: readonly S[], of: (slot: S) => string): string {
  return JSON.stringify(slots.map((slot) => [slot, of(slot)]));
}

/** Slots of the call, the caller and the time as one name. */
function whole(parts: (string | undefined)[]): string {
  return JSON.stringify(parts.flatMap((part) => JSON.parse(part ?? '[]') as unknown[]));
}

function inOrder({ groupBy }: Plan, name: string): { [slot: string]: string } {
  const values = Object.fromEntries(JSON.parse(name) as [string, string][]);
  return Object.fromEntries(groupBy.map((slot) => [slot, values[slot] as string]));
}

/** Each of a list's keys once, and for each of the list which one is its. */
function numbered<T>(list: T[], keyFor: (one: T, index: number) => string) {
  const numbers = new Map<string, number>();
  const of = list.map((one, index) => {
    const key = keyFor(one, index);
    const number = numbers.get(key) ?? numbers.size;
    numbers.set(key, number);
    return number;
  });
  return { of, keys: [...numbers.keys()] };
}

function counts(size: number) {
  const list = size <= LISTED ? new Uint32Array(size) : null;
  const map = new Map<number, number>();
  return {
    add(group: number) {
      if (list) (list[group] as number) += 1;
      else map.set(group, (map.get(group) ?? 0) + 1);
    },
    all: (): Iterable<[number, number]> =>
      list ? [...list.entries()].filter(([, count]) => count > 0) : map,
  };
}

function more(all: Map<string, number>, key: string, count: number): void {
  all.set(key, (all.get(key) ?? 0) + count);
}

function ranked(all: Map<string, number>): { name: string; count: number }[] {
  return [...all]
    .filter(([, count]) => count > 0)
    .map(([name, count]) => ({ name, count }))
    .toSorted((a, b) => b.count - a.count || a.name.localeCompare(b.name));
}

function instant(seconds: number | null): string | null {
  return seconds === null ? null : new Date(seconds * 1000).toISOString().replace('.000Z', 'Z');
}

/** 2^27 bits in words of 32. */
const WORDS = 2 ** 22 - 1;
const BITS = 2 ** 27 - 1;

/**
 * Calls that several accounts recorded. Nearly all ids that could join copies occur once: a field of bits
 * finds the few that may occur twice, and only their rows become events, which the core joins.
 */
function createCopies() {
  const once = new Int32Array(WORDS + 1);
  const twice = new Set<number>();
  const kept: { segment: Segment; counted: (row: number) => boolean }[] = [];
  return {
    add(segment: Segment, counted: (row: number) => boolean) {
      const { row: rows, id: ids } = segment.shared();
      for (let index = 0; index < rows.length; index += 1) {
        const id = ids[index] as number;
        const word = (id >>> 5) & WORDS;
        const bit = 1 << (id & 31);
        const before = once[word] as number;
        if (!counted(rows[index] as number)) continue;
        if ((before & bit) !== 0) twice.add(id & BITS);
        else once[word] = before | bit;
      }
      kept.push({ segment, counted });
    },
    /** The copies that do not count, of every call the one that knows most. */
    found(order: Plan['order']): CloudTrailEvent[] {
      if (twice.size === 0) return [];
      const events: CloudTrailEvent[] = [];
      for (const { segment, counted } of kept) {
        const { row: rows, id: ids, id2: ids2 } = segment.shared();
        for (let index = 0; index < rows.length; index += 1) {
          const [id, row] = [ids[index] as number, rows[index] as number];
          if (twice.has(id & BITS) && counted(row))
            events.push(eventAt(segment, row, idOf(id, ids2[index] as number)));
        }
      }
      const newestFirst = events.toSorted((a, b) =>
        (b.eventTime ?? '').localeCompare(a.eventTime ?? ''),
      );
      const ordered = order === 'oldest' ? newestFirst.toReversed() : newestFirst;
      return callsOf(ordered).flatMap(({ copies }) => copies);
    },
  };
}

/** An id that joins what the two hashes join; the core asks for its form. */
function idOf(id: number, id2: number): string {
  const hex = (number: number, digits: number) => number.toString(16).padStart(digits, '0');
  return `${hex(id, 8)}-0000-4000-8000-${hex(id2, 12)}`;
}

function eventAt(segment: Segment, row: number, sharedEventID: string): CloudTrailEvent {
  const call = callRow(segment.calls()[segment.column('call')[row] as number] as string);
  const caller = segment.callers()[segment.column('caller')[row] as number] as string;
  const time = segment.column('time')[row] as number;
  return eventOfRow(call, caller, time === UNDATED ? null : instant(time), sharedEventID);
}
