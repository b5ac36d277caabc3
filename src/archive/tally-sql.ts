import type { CloudTrailEvent } from '../core/evidence/event.ts';
import { clockIn, slotOf } from '../core/evidence/groups.ts';
import type { Plan } from '../core/questions/plan.ts';
import type { Columns } from './columns-in-duckdb.ts';
import { eventOfCall, NO_CALL } from './row.ts';
import { addTo, type Counted, type Key, nothing } from './tally-figures.ts';
import type { KnownCalls, Wanted } from './tally-filter.ts';

const CALL_SLOTS = ['account', 'region', 'event', 'source', 'error'] as const;
const CALLER_SLOTS = ['actor', 'address', 'via'] as const;
/** Zones differ from each other by quarters of an hour. */
const QUARTER = 900;

/**
 * Counts what is wanted by call and by actor, which every answer tells, and by the plan's own groups as
 * far as they are others. Each reads only the columns that it groups by.
 */
export async function count(
  plan: Plan,
  { where, values }: Wanted,
  calls: KnownCalls,
  columns: Columns,
  files: string[],
): Promise<Counted> {
  const counted = nothing();
  const groups = groupNames(plan, calls);
  const own = columnsFor(plan);
  for (const list of [['call'], ['actor'], own]) {
    const isOwn = list.join() === own.join();
    // The plan's groups may be those that were counted before.
    if (list.length === 0 || (list === own && ['call', 'actor'].includes(own.join()))) continue;
    for (const row of await columns.ask(statement(list, where), files, values)) {
      const many = row.many as number;
      if (list[0] === 'call' && list !== own) addCall(counted, row, many, calls);
      if (list[0] === 'actor' && list !== own) addTo(counted.actors, row.actor as string, many);
      if (isOwn) groups.add(counted.groups, row, many);
    }
  }
  return counted;
}

type Row = { [column: string]: unknown };

function columnsFor({ groupBy }: Plan): string[] {
  return [
    ...(CALL_SLOTS.some((slot) => groupBy.includes(slot)) ? ['call'] : []),
    ...CALLER_SLOTS.filter((slot) => groupBy.includes(slot)),
    ...(groupBy.includes('day') || groupBy.includes('hour') ? ['quarter'] : []),
  ];
}

function statement(list: string[], where: string): string {
  const source = list.includes('quarter')
    ? `(SELECT *, time // ${QUARTER} AS quarter FROM read_parquet($files))`
    : 'read_parquet($files)';
  const times =
    list.join() === 'call'
      ? ', min(time)::DOUBLE AS first, max(time)::DOUBLE AS last, (count(*) - count(time))::DOUBLE AS undated'
      : '';
  return `SELECT ${list.join(', ')}, count(*)::DOUBLE AS many${times} FROM ${source} WHERE ${where} GROUP BY ALL`;
}

function addCall(counted: Counted, row: Row, many: number, calls: KnownCalls): void {
  const call = calls.get(row.call as number) as CloudTrailEvent;
  counted.total += many;
  counted.calls += many;
  counted.undated += Number(row.undated);
  if (row.first !== null) {
    counted.first = Math.min(counted.first ?? Number.POSITIVE_INFINITY, Number(row.first));
    counted.last = Math.max(counted.last ?? 0, Number(row.last));
  }
  if (call.account) counted.accounts.add(call.account);
  if (call.region) counted.regions.add(call.region);
  addTo(counted.names, call.eventName, many);
  if (call.outcome !== 'ok') counted.failed += many;
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
