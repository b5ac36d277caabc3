import { callsOf } from '../core/evidence/calls.ts';
import type { CloudTrailEvent } from '../core/evidence/event.ts';
import type { Plan } from '../core/questions/plan.ts';
import type { Columns } from './columns-in-duckdb.ts';
import { type CallerRow, withCaller } from './row.ts';
import { instant } from './tally-figures.ts';
import type { KnownCalls, Wanted } from './tally-filter.ts';

/** An event that is a copy of a call which another account recorded as well, as far as columns know it. */
export type Copy = { event: CloudTrailEvent; caller: Omit<CallerRow, 'knows'> };

/**
 * Calls that several accounts recorded. Which ids occur more than once is found once for each state of the
 * archive, and kept in DuckDB; only the rows that bear one become events, which the core joins.
 */
export function createDoubles(columns: Columns) {
  let known = { version: -1, many: 0 };
  return {
    /** The copies that do not count, of every call that is wanted all but the one that knows most. */
    async of(
      { order }: Plan,
      { where, values }: Wanted,
      calls: KnownCalls,
      files: string[],
      archive: { all: string[]; version: number },
    ): Promise<Copy[]> {
      if (known.version !== archive.version) {
        await columns.ask(KEEP, archive.all);
        const [row] = await columns.ask('SELECT count(*)::DOUBLE AS many FROM doubles', []);
        known = { version: archive.version, many: Number(row?.many) };
      }
      if (known.many === 0) return [];
      const rows = await columns.ask(
        `SELECT call, time::DOUBLE AS time, actor, via, address, knows, shared, file_index, file_row_number
         FROM read_parquet($files, file_row_number = true, filename = false)
         WHERE shared IN (SELECT shared FROM doubles) AND ${where}`,
        files,
        values,
      );
      const callerOf = new Map<CloudTrailEvent, Copy['caller']>();
      const events = rows.toSorted(byPlace).map((row) => {
        const event = withCaller(
          calls.get(Number(row.call)) as CloudTrailEvent,
          Number(row.knows),
          instant(row.time as number | null),
          idOf(row.shared as bigint),
        );
        const { actor, via, address } = row as Copy['caller'] & typeof row;
        callerOf.set(event, { actor, via, address });
        return event;
      });
      const newestFirst = events.toSorted((a, b) =>
        (b.eventTime ?? '').localeCompare(a.eventTime ?? ''),
      );
      const ordered = order === 'oldest' ? newestFirst.toReversed() : newestFirst;
      return callsOf(ordered).flatMap(({ copies }) =>
        copies.map((event) => ({ event, caller: callerOf.get(event) as Copy['caller'] })),
      );
    },
  };
}

const KEEP = `
  CREATE OR REPLACE TEMP TABLE doubles AS
  SELECT shared FROM read_parquet($files) WHERE shared IS NOT NULL GROUP BY shared HAVING count(*) > 1`;

type Row = { [column: string]: unknown };

/** In the order in which the archive hands events over. */
function byPlace(one: Row, other: Row): number {
  return (
    Number(one.file_index) - Number(other.file_index) ||
    Number(one.file_row_number) - Number(other.file_row_number)
  );
}

/** An id that joins what the 64 bits join; the core asks for its form. */
function idOf(shared: bigint): string {
  const hex = shared.toString(16).padStart(16, '0');
  return `${hex.slice(0, 8)}-0000-4000-8000-0000${hex.slice(8)}`;
}
