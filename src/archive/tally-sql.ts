import type { CloudTrailEvent } from '../core/evidence/event.ts';
import { clockIn, slotOf } from '../core/evidence/groups.ts';
import type { Plan } from '../core/questions/plan.ts';
import type { Columns } from './columns-in-duckdb.ts';
import { eventOfCall, NO_CALL } from './row.ts';
import { addTo, type Counted, type Key, nothing } from './tally-figures.ts';
import { ANY, type KnownCalls, type Wanted } from './tally-filter.ts';

const CALL_SLOTS = ['account', 'region', 'event', 'source', 'error'] as const;
const CALLER_SLOTS = ['actor', 'address', 'via'] as const;
/** Zones differ from each other by quarters of an hour. */
const QUARTER = 900;

/**
 * Counts what is wanted, by its call and by its actor, which every answer tells, and by the plan's own groups
 * as far as they are others; the copies of a call (`copies`, a table of them, where there are any) count
 * as no call of their own. Each statement reads only the columns that it groups by, and where `span` tells
 * when the first and the last of them were (seconds since 1970), their times are not read.
 */
export async function count(
  plan: Plan,
  wanted: Wanted,
  columns: Columns,
  { files, time, span, copies }: Near & { copies: string | null },
): Promise<Counted> {
  const { calls, values } = wanted;
  const counted = nothing();
  const groups = groupNames(plan, calls);
  const conditions = [time, wanted.call, wanted.caller];
  const events = await sums(plan, (list) => {
    const times = list.join() === 'call' && span === null ? TIMES : '';
    return columns.ask(statement(list, EVENTS, conditions, times), files, values);
  });
  if (span) Object.assign(counted, span);
  for (const row of events.byCall) {
    addPlaces(counted, row, calls);
    addCall(counted, row, calls, 1);
  }
  for (const { actor, many } of events.byActor) addTo(counted.actors, actor as string, many);
  for (const row of events.own) groups.add(counted.groups, row, row.many);
  if (copies === null) return counted;
  const again = await sums(plan, (list) => columns.ask(statement(list, copies, []), []));
  for (const row of again.byCall) addCall(counted, row, calls, -1);
  for (const { actor, many } of again.byActor) addTo(counted.actors, actor as string, -many);
  for (const row of again.own) groups.add(counted.groups, row, -row.many);
  return counted;
}

/** The segments that may hold what is wanted: their files, and what their rows must fulfil of the time asked for. */
export type Near = {
  files: string[];
  time: string;
  /** The first and the last second of all their rows, where every row is wanted and has a time; else null. */
  span: { first: number; last: number } | null;
};

const EVENTS = 'read_parquet($files)';

type Row = { [column: string]: unknown; many: number };

/** The same rows counted by call, by actor, and by the plan's own groups, which may be one of the two. */
async function sums(
  plan: Plan,
  ask: (list: string[]) => Promise<{ [column: string]: unknown }[]>,
): Promise<{ byCall: Row[]; byActor: Row[]; own: Row[] }> {
  const by = async (list: string[]) => (await ask(list)) as Row[];
  const byCall = await by(['call']);
  const byActor = await by(['actor']);
  const list = columnsFor(plan);
  const known: { [list: string]: Row[] } = { '': [], call: byCall, actor: byActor };
  return { byCall, byActor, own: known[list.join()] ?? (await by(list)) };
}

function columnsFor({ groupBy }: Plan): string[] {
  return [
    ...(CALL_SLOTS.some((slot) => groupBy.includes(slot)) ? ['call'] : []),
    ...CALLER_SLOTS.filter((slot) => groupBy.includes(slot)),
    ...(groupBy.includes('day') || groupBy.includes('hour') ? ['quarter'] : []),
  ];
}

const TIMES =
  ', min(time)::DOUBLE AS first, max(time)::DOUBLE AS last, (count(*) - count(time))::DOUBLE AS undated';

function statement(list: string[], source: string, conditions: string[], times = ''): string {
  const from = list.includes('quarter')
    ? `(SELECT *, time // ${QUARTER}::UINTEGER AS quarter FROM ${source})`
    : source;
  const where = [ANY, ...conditions.filter((one) => one !== ANY)].join(' AND ');
  return `SELECT ${list.join(', ')}, count(*)::DOUBLE AS many${times} FROM ${from} WHERE ${where} GROUP BY ALL`;
}

/** When and where events were, whether they are copies of others or not. */
function addPlaces(counted: Counted, row: Row, calls: KnownCalls): void {
  const { account, region } = calls.get(row.call as number) as CloudTrailEvent;
  counted.total += row.many;
  counted.undated += Number(row.undated ?? 0);
  if (typeof row.first === 'number') {
    counted.first = Math.min(counted.first ?? Number.POSITIVE_INFINITY, Number(row.first));
    counted.last = Math.max(counted.last ?? 0, Number(row.last));
  }
  if (account) counted.accounts.add(account);
  if (region) counted.regions.add(region);
}

function addCall(counted: Counted, row: Row, calls: KnownCalls, sign: 1 | -1): void {
  const { eventName, outcome } = calls.get(row.call as number) as CloudTrailEvent;
  const many = sign * row.many;
  counted.calls += many;
  addTo(counted.names, eventName, many);
  if (outcome !== 'ok') counted.failed += many;
}

/** The names of the plan's groups, of which several rows may be one. */
function groupNames(plan: Plan, calls: KnownCalls) {
  const clock = clockIn(plan.time.zone);
  const known = new Map<string, string>();
  const once = (name: string, make: () => string) => {
    const text = known.get(name) ?? make();
    known.set(name, text);
    return text;
  };
  const value = (slot: Plan['groupBy'][number], row: Row): string => {
    if (slot === 'actor' || slot === 'via') return row[slot] as string;
    if (slot === 'address') return (row.address as string | null) ?? '';
    if (slot === 'day' || slot === 'hour')
      return once(`${slot} ${row.quarter}`, () => {
        const eventTime =
          row.quarter === null
            ? null
            : new Date(Number(row.quarter) * QUARTER * 1000).toISOString();
        return slotOf(slot, { ...eventOfCall(NO_CALL), eventTime }, plan, clock);
      });
    return once(`${slot} ${row.call}`, () =>
      slotOf(slot, calls.get(row.call as number) as CloudTrailEvent, plan, clock),
    );
  };
  return {
    add(groups: Map<string, Key>, row: Row, many: number) {
      const key = Object.fromEntries(plan.groupBy.map((slot) => [slot, value(slot, row)]));
      const name = JSON.stringify(key);
      const group = groups.get(name) ?? { key, count: 0 };
      group.count += many;
      groups.set(name, group);
    },
  };
}
