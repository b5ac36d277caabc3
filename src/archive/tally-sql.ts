import { clockIn, slotOf } from '../core/evidence/groups.ts';
import type { Plan } from '../core/questions/plan.ts';
import type { Columns } from './columns-in-duckdb.ts';
import { type CallRow, eventOfCall, NO_CALL } from './row.ts';
import { addTo, type Counted, type Key, nothing } from './tally-figures.ts';
import type { Wanted } from './tally-filter.ts';

const CALL_SLOTS = ['account', 'region', 'event', 'source', 'error'] as const;
const CALLER_SLOTS = ['actor', 'address', 'via'] as const;
/** Zones differ from each other by quarters of an hour. */
const QUARTER = 900;

/**
 * Counts what is wanted in one reading of the columns: by call and by actor, which every answer tells,
 * and by the plan's own groups as far as they are others.
 */
export async function count(
  plan: Plan,
  { where, values }: Wanted,
  calls: Map<number, CallRow>,
  columns: Columns,
  files: string[],
): Promise<Counted> {
  const counted = nothing();
  const sets = setsFor(plan);
  const rows = await columns.ask(statement(sets, where), files, values);
  const groups = groupNames(plan, calls);
  for (const row of rows) {
    const many = Number(row.many);
    const set = Number(row.which);
    if (set === sets.call) addCall(counted, row, many, calls.get(Number(row.call)) as CallRow);
    if (set === sets.actor) addTo(counted.actors, row.actor as string, many);
    if (set === sets.group) groups.add(counted.groups, row, many);
  }
  return counted;
}

type Row = { [column: string]: unknown };
/** Which columns are grouped by, and the numbers by which DuckDB tells the groupings apart. */
type Sets = { columns: string[]; lists: string[][]; call: number; actor: number; group: number };

function setsFor({ groupBy }: Plan): Sets {
  const own = [
    ...(CALL_SLOTS.some((slot) => groupBy.includes(slot)) ? ['call'] : []),
    ...CALLER_SLOTS.filter((slot) => groupBy.includes(slot)),
    ...(groupBy.includes('day') || groupBy.includes('hour') ? ['quarter'] : []),
  ];
  const columns = [...new Set(['call', 'actor', ...own])];
  const lists = [['call'], ['actor']];
  if (own.length > 0 && !lists.some((list) => list.join() === own.join())) lists.push(own);
  // GROUPING has a bit for each column, the first one highest, set where the column is left out.
  const mark = (list: string[]) =>
    columns.reduce((bits, column) => bits * 2 + (list.includes(column) ? 0 : 1), 0);
  return {
    columns,
    lists,
    call: mark(['call']),
    actor: mark(['actor']),
    group: own.length > 0 ? mark(own) : -1,
  };
}

function statement({ columns, lists }: Sets, where: string): string {
  const source = columns.includes('quarter')
    ? `(SELECT *, time // ${QUARTER} AS quarter FROM read_parquet($files))`
    : 'read_parquet($files)';
  return `
    SELECT ${columns.join(', ')}, GROUPING(${columns.join(', ')})::INTEGER AS which, count(*)::DOUBLE AS many,
      min(time)::DOUBLE AS first, max(time)::DOUBLE AS last, (count(*) - count(time))::DOUBLE AS undated
    FROM ${source} WHERE ${where}
    GROUP BY GROUPING SETS (${lists.map((list) => `(${list.join(', ')})`).join(', ')})`;
}

function addCall(counted: Counted, row: Row, many: number, call: CallRow): void {
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
function groupNames(plan: Plan, calls: Map<number, CallRow>) {
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
      slotOf(slot, eventOfCall(calls.get(Number(row.call)) as CallRow), plan, clock),
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
