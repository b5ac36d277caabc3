import { hash } from 'node:crypto';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ArchiveContents, SetAside } from './archive.ts';

/** A segment as the manifest knows it; `first` and `last` in seconds since 1970. */
export type KnownSegment = {
  id: number;
  file: string;
  rows: number;
  bytes: number;
  parts: number;
  first: number;
  last: number;
  undated: boolean;
  accounts: string[];
  regions: string[];
  /** The version of what its columns say of callers. */
  facts: number;
};

export type Cell = ArchiveContents['cells'][number] & { category: string };

/** What the archive holds: the one truth about which segments count and which files were taken in. */
export type Manifest = {
  segments(): KnownSegment[];
  /** Changes with every commit, also of other processes. */
  version(): number;
  /** Which of these files were taken in; with `size` only where the size is the same too. */
  knows<File extends { name: string; size?: number }>(files: File[]): Set<File>;
  /** Changes whenever somebody else has written: another process, or whoever opened it beside us. */
  writtenByOthers(): number;
  /** One process at a time; what `work` records counts from the moment that it is done, or never did. */
  exclusively<T>(work: () => Promise<T>): Promise<T>;
  /** The numbers of calls, the same for good; what is new gets one. For whoever works exclusively. */
  numberCalls(keys: string[]): number[];
  /** Every call with its number. */
  calls(): { id: number; key: string }[];
  /** One event id was met at several times: the core counts it once, the columns cannot. */
  addRetimed(): void;
  hasRetimed(): boolean;
  addSegment(segment: Omit<KnownSegment, 'id'>): void;
  dropSegments(ids: number[]): void;
  addFiles(files: { name: string; size: number }[], setAside: SetAside[], at: string): void;
  addCells(cells: Cell[], first: number | null, last: number | null): void;
  contents(): Omit<ArchiveContents, 'gaps'>;
  close(): void;
};

/** How long a process waits for another one's commit, and how long it sleeps before it tries again. */
const BUSY_MS = 120_000;
const AGAIN_MS = 20;
/**
 * Raised when an older archive could not be read any more, or cannot be trusted: those of form 3 may name the wrong
 * file of a record, and may not find what is in a file of more than 256 parts.
 */
const FORM = 4;

/**
 * The manifest is an SQLite file: it costs a batch what the batch is long, however large the archive is;
 * the system gives up a dead process's lock; and a commit is there after a power cut, or not at all.
 */
export function openManifest(path: string): Manifest {
  const db = new DatabaseSync(path);
  db.exec(`PRAGMA busy_timeout = ${BUSY_MS}`);
  db.exec('PRAGMA journal_mode = WAL');
  db.exec('PRAGMA synchronous = FULL');
  prepare(db, path);
  const prepared = new Map<string, ReturnType<DatabaseSync['prepare']>>();
  const sql = (words: string) => {
    const known = prepared.get(words) ?? db.prepare(words);
    prepared.set(words, known);
    return known;
  };

  return {
    segments: () =>
      sql('SELECT * FROM segments ORDER BY first, id')
        .all()
        .map((row) => ({
          ...(row as unknown as KnownSegment),
          undated: row.undated === 1,
          accounts: JSON.parse(String(row.accounts)) as string[],
          regions: JSON.parse(String(row.regions)) as string[],
        })),
    version: () => Number(sql('SELECT version FROM state').get()?.version ?? 0),
    knows(files) {
      const found = sql(KNOWN).all(JSON.stringify(files.map(({ name }) => keyOf(name))));
      return new Set(
        found.flatMap(({ at, size }) => {
          const file = files[Number(at)];
          return file && (file.size === undefined || file.size === size) ? [file] : [];
        }),
      );
    },
    writtenByOthers: () => Number(sql('PRAGMA data_version').get()?.data_version),
    async exclusively(work) {
      await begin(db);
      try {
        const result = await work();
        db.exec('UPDATE state SET version = version + 1');
        db.exec('COMMIT');
        return result;
      } catch (error) {
        db.exec('ROLLBACK');
        throw error;
      }
    },
    numberCalls(keys) {
      const add = sql('INSERT INTO calls (hash, key) VALUES (unhex(?), ?)');
      const find = sql('SELECT id FROM calls WHERE hash = unhex(?)');
      return keys.map((key) => {
        const known = find.get(keyOf(key));
        return Number(known ? known.id : add.run(keyOf(key), key).lastInsertRowid);
      });
    },
    calls: () =>
      sql('SELECT id, key FROM calls')
        .all()
        .map(({ id, key }) => ({ id: Number(id), key: String(key) })),
    addRetimed() {
      sql('UPDATE state SET retimed = 1').run();
    },
    hasRetimed: () => sql('SELECT retimed FROM state').get()?.retimed === 1,
    addSegment({ file, rows, bytes, parts, first, last, undated, ...places }) {
      sql(
        `INSERT INTO segments (file, rows, bytes, parts, first, last, undated, accounts, regions, facts)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      ).run(
        file,
        rows,
        bytes,
        parts,
        first,
        last,
        undated ? 1 : 0,
        JSON.stringify(places.accounts),
        JSON.stringify(places.regions),
        places.facts,
      );
    },
    dropSegments(ids) {
      for (const id of ids) sql('DELETE FROM segments WHERE id = ?').run(id);
    },
    addFiles(files, setAside, at) {
      const keys = files.map(({ name, size }) => [keyOf(name), size]);
      sql(ADD_FILES).run(JSON.stringify(keys));
      // Whatever was the matter with a file before, this time it was read.
      if (sql('SELECT 1 FROM set_aside').get())
        sql(READ_NOW).run(JSON.stringify(files.map(({ name }) => name)));
      const leave = sql('INSERT OR REPLACE INTO set_aside VALUES (?, ?)');
      for (const { name, reason } of setAside) leave.run(name, reason);
      sql('UPDATE state SET ingested_at = ?').run(at);
    },
    addCells(cells, first, last) {
      const add = sql(
        `INSERT INTO cells VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET
         files = files + excluded.files, events = events + excluded.events`,
      );
      for (const { account, region, day, category, files, events } of cells)
        add.run(account, region, day, category, files, events);
      if (first === null || last === null) return;
      sql(
        'UPDATE state SET first = min(coalesce(first, ?), ?), last = max(coalesce(last, ?), ?)',
      ).run(first, first, last, last);
    },
    contents() {
      const cells = sql(
        `SELECT account, region, day, sum(files) AS files, sum(events) AS events FROM cells
         GROUP BY account, region, day ORDER BY account, region, day`,
      ).all() as unknown as ArchiveContents['cells'];
      const categories = sql('SELECT DISTINCT category FROM cells ORDER BY category').all();
      const state = sql('SELECT * FROM state').get() ?? {};
      return {
        cells: cells.map((cell) => ({ ...cell })),
        categories: categories.map(({ category }) => category) as ArchiveContents['categories'],
        events: cells.reduce((sum, { events }) => sum + events, 0),
        first: instantOf(state.first),
        last: instantOf(state.last),
        ingestedAt: state.ingested_at === null ? null : String(state.ingested_at),
        setAside: sql('SELECT name, reason FROM set_aside ORDER BY name')
          .all()
          .map((row) => ({
            name: String(row.name),
            reason: String(row.reason),
          })),
      };
    },
    close: () => db.close(),
  };
}

/** Of a list of keys those that were taken in, by their places in the list. */
const KNOWN = `
  SELECT asked.key AS at, size FROM json_each(?) AS asked CROSS JOIN files
  ON files.name = unhex(asked.value)`;
const ADD_FILES = `
  INSERT OR IGNORE INTO files SELECT unhex(value ->> 0), value ->> 1 FROM json_each(?)`;
const READ_NOW = 'DELETE FROM set_aside WHERE name IN (SELECT value FROM json_each(?))';

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS segments (
    id INTEGER PRIMARY KEY, file TEXT NOT NULL UNIQUE, rows INTEGER NOT NULL, bytes INTEGER NOT NULL,
    parts INTEGER NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL, undated INTEGER NOT NULL,
    accounts TEXT NOT NULL, regions TEXT NOT NULL, facts INTEGER NOT NULL);
  CREATE TABLE IF NOT EXISTS files (name BLOB NOT NULL, size INTEGER NOT NULL, PRIMARY KEY (name, size))
    WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS set_aside (name TEXT PRIMARY KEY, reason TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS cells (
    account TEXT, region TEXT, day TEXT, category TEXT, files INTEGER NOT NULL, events INTEGER NOT NULL,
    PRIMARY KEY (account, region, day, category)) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS state (
    one INTEGER PRIMARY KEY CHECK (one = 1), version INTEGER NOT NULL, ingested_at TEXT,
    first INTEGER, last INTEGER, retimed INTEGER);
  CREATE TABLE IF NOT EXISTS calls (id INTEGER PRIMARY KEY, hash BLOB NOT NULL UNIQUE, key TEXT NOT NULL);
  INSERT OR IGNORE INTO state VALUES (1, 0, NULL, NULL, NULL, 0);`;

/** Makes the tables where there are none; who finds them there need not wait for anybody. */
function prepare(db: DatabaseSync, path: string): void {
  const form = () => Number(db.prepare('PRAGMA user_version').get()?.user_version);
  if (form() === FORM) return;
  db.exec('BEGIN IMMEDIATE');
  try {
    const made = db.prepare("SELECT 1 FROM sqlite_master WHERE name = 'segments'").get();
    if (made && form() !== FORM)
      throw new Error(
        `${path} is an archive of form ${form()}, and this version reads form ${FORM}: ingest the log files anew, into another folder`,
      );
    db.exec(SCHEMA);
    db.exec(`PRAGMA user_version = ${FORM}`);
    db.exec('COMMIT');
  } catch (error) {
    db.exec('ROLLBACK');
    throw error;
  }
}

/** Waits without holding up this process, which may be the one that is waited for. */
async function begin(db: DatabaseSync): Promise<void> {
  db.exec('PRAGMA busy_timeout = 0');
  try {
    for (const until = Date.now() + BUSY_MS; ; await sleep(AGAIN_MS))
      try {
        db.exec('BEGIN IMMEDIATE');
        return;
      } catch (error) {
        const isBusy = (error as { errcode?: number }).errcode === SQLITE_BUSY;
        if (!isBusy || Date.now() > until) throw error;
      }
  } finally {
    db.exec(`PRAGMA busy_timeout = ${BUSY_MS}`);
  }
}

const SQLITE_BUSY = 5;

/** Names are long and many: sixteen bytes stand for one. Each is asked for a few times in a row. */
function keyOf(name: string): string {
  const known = keys.get(name);
  if (known) return known;
  if (keys.size === KEYS) keys.clear();
  const key = hash('sha256', name).slice(0, 32);
  keys.set(name, key);
  return key;
}

const keys = new Map<string, string>();
/** So many are remembered: those of the files that are under way. */
const KEYS = 8192;

function instantOf(seconds: unknown): string | null {
  return typeof seconds === 'number'
    ? new Date(seconds * 1000).toISOString().replace('.000Z', 'Z')
    : null;
}
