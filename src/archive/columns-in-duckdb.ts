import { resolve } from 'node:path';
import {
  bitValue,
  type DuckDBConnection,
  type DuckDBInstance,
  type DuckDBValue,
  listValue,
} from '@duckdb/node-api';
import { openSealedDuckDB } from './sealed-duckdb.ts';

/**
 * The columns of an archive, one Parquet file a segment, joined and asked through a DuckDB that may open
 * nothing but the archive's folder. DuckDB is loaded when it is first needed.
 */
export type Columns = {
  /** Writes one file of what is in several; it is not on disk before it was synced. */
  join(file: string, parts: string[]): Promise<void>;
  /** `$files` of the statement stands for these files; every other value that it names is bound. */
  ask(sql: string, files: string[], values?: Values): Promise<{ [column: string]: unknown }[]>;
  close(): Promise<void>;
};

/** What statements may be asked with: numbers, lists of texts, and a bit for each of many. */
export type Values = { [name: string]: number | string[] | boolean[] };

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
