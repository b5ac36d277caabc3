import { resolve } from 'node:path';
import {
  bitValue,
  type DuckDBConnection,
  DuckDBDataChunk,
  type DuckDBInstance,
  type DuckDBType,
  type DuckDBUBigIntVector,
  type DuckDBUIntegerVector,
  type DuckDBValue,
  listValue,
  UBIGINT,
  UINTEGER,
  VARCHAR,
} from '@duckdb/node-api';
import type { CallerRow, CallRow } from './row.ts';
import { openSealedDuckDB } from './sealed-duckdb.ts';

/** What becomes a Parquet file: a row an event, with codes that count into `calls` and `callers`. */
export type EventColumns = {
  rows: number;
  /** Seconds since 1970; `UNDATED` where a record has none. */
  time: Uint32Array;
  call: Uint32Array;
  caller: Uint32Array;
  /** What joins copies of a call, as 64 bits; 0 where nothing does. */
  shared: BigUint64Array;
  /** `id`: what the manifest knows the call by, the same in all files. */
  calls: (CallRow & { id: number })[];
  callers: CallerRow[];
};

/**
 * The columns of an archive, one Parquet file a segment, written and asked through a DuckDB that may open
 * nothing but the archive's folder. DuckDB is loaded when it is first needed.
 */
export type Columns = {
  /** Writes one file; it is not on disk before it was synced. */
  write(file: string, events: EventColumns): Promise<void>;
  /** Writes one file of what is in several. */
  join(file: string, parts: string[]): Promise<void>;
  /** `$files` of the statement stands for these files; every other value that it names is bound. */
  ask(sql: string, files: string[], values?: Values): Promise<{ [column: string]: unknown }[]>;
  close(): Promise<void>;
};

/** What statements may be asked with: numbers, lists of texts, and a bit for each of many. */
export type Values = { [name: string]: number | string[] | boolean[] };

/** Rows that DuckDB takes at a time. */
const CHUNK = 2048;

type Opened = { instance: DuckDBInstance; writing: DuckDBConnection; asking: DuckDBConnection };

export function columnsInDuckDB(directory: string): Columns {
  const folder = resolve(directory);
  let opened: Promise<Opened> | null = null;
  const open = async () => {
    const instance = await openSealedDuckDB(folder);
    // One beside the other: what is asked does not wait for what is written.
    return { instance, writing: await instance.connect(), asking: await instance.connect() };
  };
  const connected = async () => {
    opened ??= open();
    return opened;
  };
  const quoted = (file: string) => `'${`${folder}/${file}`.replaceAll("'", "''")}'`;

  return {
    async write(file, events) {
      const { writing } = await connected();
      await writing.run(TABLES);
      await appendCalls(writing, events);
      await appendCallers(writing, events);
      await appendEvents(writing, events);
      await writing.run(`COPY (${EVENTS}) TO ${quoted(file)} ${FORMAT}`);
      await writing.run(NO_TABLES);
    },
    async join(file, parts) {
      const { writing } = await connected();
      await writing.run(
        `COPY (SELECT * FROM read_parquet([${parts.map(quoted).join(', ')}])) TO ${quoted(file)} ${FORMAT}`,
      );
    },
    async ask(sql, files, values = {}) {
      const { asking } = await connected();
      // Files are named by ourselves; a list of them cannot be bound everywhere.
      const list = `[${files.map(quoted).join(', ')}]`;
      const read = await asking.runAndReadAll(sql.replaceAll('$files', list), boundIn(sql, values));
      return read.getRowObjects();
    },
    async close() {
      if (!opened) return;
      const { instance, writing, asking } = await opened;
      opened = null;
      writing.closeSync();
      asking.closeSync();
      instance.closeSync();
    },
  };
}

/** DuckDB refuses a value that its statement does not name. */
function boundIn(sql: string, values: Values): { [name: string]: DuckDBValue } {
  return Object.fromEntries(
    Object.entries(values)
      .filter(([name]) => sql.includes(`$${name}`))
      .map(([name, value]) => [name, bound(value)]),
  );
}

function bound(value: Values[string]): DuckDBValue {
  if (typeof value === 'number') return value;
  return isBits(value) ? bitValue(value) : listValue(value);
}

function isBits(value: string[] | boolean[]): value is boolean[] {
  return typeof value[0] === 'boolean';
}

/** A file is seldom larger than this, so that it is one group, whose dictionaries are written once. */
const ROW_GROUP = 160_000;
/** The second version of Parquet keeps times as differences: a quarter less in all. */
const FORMAT = `(FORMAT parquet, PARQUET_VERSION v2, COMPRESSION zstd, ROW_GROUP_SIZE ${ROW_GROUP})`;
const TABLES = `
  CREATE OR REPLACE TEMP TABLE calls (call UINTEGER, id UINTEGER, event VARCHAR, source VARCHAR,
    account VARCHAR, region VARCHAR, outcome VARCHAR, category VARCHAR);
  CREATE OR REPLACE TEMP TABLE callers (caller UINTEGER, actor VARCHAR, via VARCHAR, address VARCHAR,
    knows UINTEGER);
  CREATE OR REPLACE TEMP TABLE rows (time UINTEGER, call UINTEGER, caller UINTEGER, shared UBIGINT)`;
const NO_TABLES = 'DROP TABLE rows; DROP TABLE callers; DROP TABLE calls';
const EVENTS = `
  SELECT nullif(time, 4294967295)::UINTEGER AS time, id AS call, event, source, account, region,
    outcome, category, actor, via, address, knows::UTINYINT AS knows, nullif(shared, 0)::UBIGINT AS shared
  FROM rows JOIN calls USING (call) JOIN callers USING (caller)`;

async function appendCalls(connection: DuckDBConnection, { calls }: EventColumns): Promise<void> {
  await appendRows(
    connection,
    'calls',
    [UINTEGER, UINTEGER, VARCHAR, VARCHAR, VARCHAR, VARCHAR, VARCHAR, VARCHAR],
    calls.map(({ id, eventName, eventSource, account, region, outcome, category }, call) => [
      call,
      id,
      eventName,
      eventSource,
      account,
      region,
      outcome,
      category,
    ]),
  );
}

async function appendCallers(
  connection: DuckDBConnection,
  { callers }: EventColumns,
): Promise<void> {
  await appendRows(
    connection,
    'callers',
    [UINTEGER, VARCHAR, VARCHAR, VARCHAR, UINTEGER],
    callers.map(({ actor, via, address, knows }, caller) => [caller, actor, via, address, knows]),
  );
}

async function appendRows(
  connection: DuckDBConnection,
  table: string,
  types: DuckDBType[],
  rows: DuckDBValue[][],
): Promise<void> {
  const appender = await connection.createAppender(table);
  for (let from = 0; from < rows.length; from += CHUNK) {
    const some = rows.slice(from, from + CHUNK);
    const chunk = DuckDBDataChunk.create(types, some.length);
    chunk.setRows(some);
    appender.appendDataChunk(chunk);
  }
  appender.closeSync();
}

/** Numbers go over by columns, thousands at a time. */
async function appendEvents(connection: DuckDBConnection, events: EventColumns): Promise<void> {
  const appender = await connection.createAppender('rows');
  const types = [UINTEGER, UINTEGER, UINTEGER, UBIGINT];
  const { time, call, caller, shared } = events;
  for (let from = 0; from < events.rows; from += CHUNK) {
    const to = Math.min(events.rows, from + CHUNK);
    const chunk = DuckDBDataChunk.create(types, to - from);
    for (const [index, column] of [time, call, caller].entries()) {
      const vector = chunk.getColumnVector(index) as DuckDBUIntegerVector;
      for (let row = from; row < to; row += 1) vector.setItem(row - from, column[row] as number);
      vector.flush();
    }
    const vector = chunk.getColumnVector(3) as DuckDBUBigIntVector;
    for (let row = from; row < to; row += 1) vector.setItem(row - from, shared[row] as bigint);
    vector.flush();
    appender.appendDataChunk(chunk);
  }
  appender.closeSync();
}
