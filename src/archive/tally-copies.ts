import type { Plan } from '../core/questions/plan.ts';
import type { Columns } from './columns-in-duckdb.ts';
import { columnsFile } from './commit.ts';
import type { KnownSegment } from './manifest.ts';
import { UNDATED } from './record-fields.ts';
import type { Wanted } from './tally-filter.ts';

/**
 * Calls that several accounts recorded. The rows whose shared id occurs more than once are found once for
 * each state of the archive, and kept in DuckDB, so that a figure reads no more than these.
 */
export function createCopies(columns: Columns) {
  let known: { segments: KnownSegment[]; many: number } = { segments: [], many: 0 };
  /** What `copies` was filled for: who asks on about the same rows need not wait for it again. */
  let filled = '';
  return {
    /**
     * A table of the copies that do not count: of every call that is wanted all but the row that knows most of
     * who called. Null where there is none. `segments`: all of the archive, the same list for the same state.
     */
    async of(
      { order }: Plan,
      { time, call, caller, values }: Wanted,
      segments: KnownSegment[],
    ): Promise<string | null> {
      if (known.segments !== segments) {
        const files = segments.map(({ file }) => columnsFile(file));
        await columns.ask(IDS, files);
        const [row] = await columns.ask('SELECT count(*)::DOUBLE AS many FROM doubled', []);
        const many = Number(row?.many);
        if (many > 0) for (const sql of [ROWS, JOINED]) await columns.ask(sql, files);
        known = { segments, many };
        filled = '';
      }
      if (known.many === 0) return null;
      const sql = copies([time, call, caller].join(' AND '), order);
      const asked = JSON.stringify([sql, values]);
      if (asked !== filled) {
        filled = '';
        await columns.ask(EMPTY, []);
        await columns.ask(sql, [], values);
        filled = asked;
      }
      return 'copies';
    },
  };
}

const IDS = `
  CREATE OR REPLACE TEMP TABLE doubled AS
  SELECT shared FROM read_parquet($files) WHERE shared IS NOT NULL GROUP BY shared HAVING count(*) > 1`;

/** In the order in which the archive hands events over: by file, and by row. */
const ROWS = `
  CREATE OR REPLACE TEMP TABLE doubles AS
  SELECT shared, event, time, outcome, account, call, actor, via, address, knows,
    file_index::BIGINT * 4294967296 + file_row_number::BIGINT AS place
  FROM read_parquet($files, file_row_number = true, filename = false)
  WHERE shared IN (SELECT shared FROM doubled)`;

/**
 * What the core joins to one call (`callsOf`) agrees in more than the shared id; `made` is the number of
 * such rows. Seldom are two of them of one account, `twice`.
 */
const JOINED = `
  CREATE OR REPLACE TEMP TABLE doubles AS
  SELECT doubles.*, made, twice FROM doubles JOIN (
    SELECT shared, event, coalesce(time, ${UNDATED}) AS at, outcome, min(place) AS made,
      count(*) > count(DISTINCT account) AS twice
    FROM doubles GROUP BY ALL HAVING count(*) > 1
  ) AS calls ON doubles.shared = calls.shared AND doubles.event = calls.event
    AND coalesce(doubles.time, ${UNDATED}) = calls.at AND doubles.outcome = calls.outcome`;

const EMPTY = `
  CREATE OR REPLACE TEMP TABLE copies (call UINTEGER, actor VARCHAR, via VARCHAR, address VARCHAR, time UINTEGER)`;

/**
 * The core joins one event of each account, the first with the first and the second with the second
 * (`nth`). The one that knows most is the call, and of several the first: that with the least `rank`.
 */
function copies(where: string, order: Plan['order']): string {
  const place = order === 'oldest' ? '-place' : 'place';
  return `
    INSERT INTO copies
    WITH wanted AS (
      SELECT *, 1 AS nth FROM doubles WHERE NOT twice AND ${where}
      UNION ALL
      SELECT *, row_number() OVER (PARTITION BY made, account ORDER BY ${place}) AS nth
      FROM doubles WHERE twice AND ${where}
    ), ranked AS (SELECT *, (3 - knows) * ${FURTHEST} + ${place} AS rank FROM wanted)
    SELECT call, actor, via, address, time
    FROM ranked JOIN (SELECT made, nth, min(rank) AS first FROM ranked GROUP BY ALL) USING (made, nth)
    WHERE rank > first`;
}

/** More than twice any place, so that it weighs more than all of them. */
const FURTHEST = '(1::BIGINT << 60)';
