import { DatabaseSync } from 'node:sqlite';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { SegmentVolumes } from './segment-volumes.ts';

/** What was counted of segments, beside them: to read every record again would take seconds a million. */
export type KeptVolumes = {
  of(segment: string): SegmentVolumes | null;
  /** Keeps these, and of others only what is still among `segments`. */
  keep(counted: Map<string, SegmentVolumes>, segments: string[]): void;
  close(): void;
};

/** Raised whenever a segment would be counted otherwise: then what is kept is forgotten. */
const FORM = 1;

/**
 * A file of its own, which may be deleted at any time: it holds nothing that the segments do not. A
 * segment never changes, so what was counted of it stays true.
 */
export function openKeptVolumes(path: string): KeptVolumes {
  const db = new DatabaseSync(path);
  try {
    prepare(db);
  } catch (error) {
    db.close();
    throw new Error(`reading ${path}, which may be deleted if it is damaged`, { cause: error });
  }
  const find = db.prepare('SELECT counts FROM volumes WHERE segment = ?');
  return {
    of(segment) {
      const row = find.get(segment);
      if (!row) return null;
      return JSON.parse(inflateRawSync(row.counts as Uint8Array).toString()) as SegmentVolumes;
    },
    keep(counted, segments) {
      const add = db.prepare('INSERT OR REPLACE INTO volumes VALUES (?, ?)');
      const remove = db.prepare('DELETE FROM volumes WHERE segment = ?');
      const there = new Set(segments);
      db.exec('BEGIN IMMEDIATE');
      try {
        for (const { segment } of db.prepare('SELECT segment FROM volumes').all())
          if (!there.has(String(segment))) remove.run(segment as string);
        for (const [segment, volumes] of counted)
          add.run(segment, deflateRawSync(JSON.stringify(volumes)));
        db.exec('COMMIT');
      } catch (error) {
        db.exec('ROLLBACK');
        throw error;
      }
    },
    close: () => db.close(),
  };
}

function prepare(db: DatabaseSync): void {
  // Two scans at once write one after the other, each for a moment.
  db.exec('PRAGMA busy_timeout = 10000');
  db.exec('PRAGMA journal_mode = WAL');
  if (Number(db.prepare('PRAGMA user_version').get()?.user_version) !== FORM)
    db.exec(
      `BEGIN IMMEDIATE; DROP TABLE IF EXISTS volumes; PRAGMA user_version = ${FORM}; ${TABLE}; COMMIT`,
    );
}

const TABLE = 'CREATE TABLE volumes (segment TEXT PRIMARY KEY, counts BLOB NOT NULL) WITHOUT ROWID';
