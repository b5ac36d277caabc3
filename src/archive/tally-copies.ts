import type { Plan } from '../core/questions/plan.ts';
import type { Columns } from './columns-in-duckdb.ts';
import { columnsFile } from './commit.ts';
import type { KnownSegment } from './manifest.ts';
import type { Wanted } from './tally-filter.ts';

/**
 * Calls that several accounts recorded. The rows whose shared id occurs more than once are found once for
 * each state of the archive, and kept in DuckDB, so that a figure reads no more than these.
 */
export function createCopies(columns: Columns) {
  let known: { segments: KnownSegment[]; many: number } = { segments: [], many: 0 };
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
        if (many > 0) await columns.ask(DOUBLES, files);
        known = { segments, many };
      }
      if (known.many === 0) return null;
      await columns.ask(EMPTY, []);
      await columns.ask(copies([time, call, caller].join(' AND '), order), [], values);
      return 'copies';
    },
  };
}

const IDS = `
  CREATE OR REPLACE TEMP TABLE doubled AS
  SELECT shared FROM read_parquet($files) WHERE shared IS NOT NULL GROUP BY shared HAVING count(*) > 1`;

/** In the order in which the archive hands events over: by file, and by row. */
const DOUBLES = `
  CREATE OR REPLACE TEMP TABLE doubles AS
  SELECT shared, event, time, outcome, account, call, actor, via, address, knows,
    file_index AS file, file_row_number AS row
  FROM read_parquet($files, file_row_number = true, filename = false)
  WHERE shared IN (SELECT shared FROM doubled)`;

const EMPTY = `
  CREATE OR REPLACE TEMP TABLE copies (call UINTEGER, actor VARCHAR, via VARCHAR, address VARCHAR, time UINTEGER)`;

/**
 * As the core joins the events of a call (`callsOf`): one of each account, the first with the first and the
 * second with the second. The one that knows most is the call, and of several the first.
 */
function copies(where: string, order: Plan['order']): string {
  const call = 'shared, event, time, outcome';
  const place = order === 'oldest' ? 'file DESC, row DESC' : 'file, row';
  return `
    INSERT INTO copies SELECT call, actor, via, address, time FROM (
      SELECT *, row_number() OVER (PARTITION BY ${call}, nth ORDER BY knows DESC, ${place}) AS place FROM (
        SELECT *, row_number() OVER (PARTITION BY ${call}, account ORDER BY ${place}) AS nth
        FROM doubles WHERE ${where}))
    WHERE place > 1`;
}
