import { closeSync, fsyncSync, openSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { SetAside } from './archive.ts';
import { type Batch, type TakenFile, UNDATED } from './batch.ts';
import type { Cell, KnownSegment, Manifest } from './manifest.ts';
import { callRow } from './row.ts';
import { createSeen } from './seen.ts';
import { type Segment, writeSegment } from './segment.ts';
import { createDraft, type Draft, spanOf } from './segment-draft.ts';
import type { Shelf } from './shelf.ts';
import { type IndexShape, partsWith } from './token-index.ts';

export type Committed = { files: number; known: number; events: number; duplicates: number };

/**
 * Makes one segment of what was read, and records it with its files: all of it counts at once, or none.
 * Events that the archive has already, from whatever file, are left out.
 */
export function commit(
  directory: string,
  manifest: Manifest,
  shelf: Shelf,
  batches: Batch[],
  fileName: string,
  at: string,
): Committed {
  return manifest.exclusively(() => {
    const done: Committed = { files: 0, known: 0, events: 0, duplicates: 0 };
    const draft = createDraft();
    const seen = createSeen();
    const cells = createCells();
    const taken: TakenFile[] = [];
    for (const batch of batches) {
      // Another process may have taken some of these in, while this one was reading.
      const known = manifest.knows(batch.files);
      const late = batch.files.map(({ name }) => known.has(name));
      done.known += late.filter(Boolean).length;
      taken.push(...batch.files.filter((_, file) => !late[file]));
      const held = heldAlready(batch, shelf);
      draft.add(batch, (row) => {
        const file = (batch.pieces[batch.piece[row] as number] as Batch['pieces'][number]).file;
        if (late[file]) return false;
        const [id, id2, time] = [batch.id[row], batch.id2[row], batch.time[row]] as [
          number,
          number,
          number,
        ];
        if (!seen.add(id, id2, time) || held(id, id2, time)) {
          done.duplicates += 1;
          return false;
        }
        cells.add(batch, row, file);
        return true;
      });
      cells.addEmpty(batch.files.filter(({ rows }, file) => rows === 0 && !late[file]));
    }
    const whole = draft.draft();
    done.events = whole.rows;
    done.files = taken.filter(({ again }) => !again).length;
    if (whole.rows > 0) manifest.addSegment(written(directory, fileName, whole));
    const { first, last } = spanOf(whole);
    manifest.addFiles(
      taken.filter(({ again }) => !again),
      taken.flatMap(({ name, troubles }) =>
        troubles ? [{ name, reason: troubles } satisfies SetAside] : [],
      ),
      at,
    );
    manifest.addCells(cells.all(), last === 0 ? null : first, last === 0 ? null : last);
    return done;
  });
}

/** Writes a draft as a segment, and what the manifest is to know of it. */
export function written(directory: string, file: string, draft: Draft): Omit<KnownSegment, 'id'> {
  const calls = draft.calls.map(callRow);
  const bytes = writeSegment(join(directory, file), draft);
  syncFolder(directory);
  return {
    file,
    rows: draft.rows,
    bytes,
    parts: draft.partEnds.length,
    ...spanOf(draft),
    accounts: [...new Set(calls.map(({ account }) => account))],
    regions: [...new Set(calls.map(({ region }) => region))],
  };
}

/** The name of a file is on disk only when its folder is. */
function syncFolder(directory: string): void {
  const folder = openSync(directory, 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}

export function removed(directory: string, file: string): void {
  try {
    unlinkSync(join(directory, file));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}

/**
 * Does the archive hold an event already? Only segments with the same accounts, regions and times are
 * asked: the copies that trails deliver of one event agree in all three.
 */
function heldAlready(
  batch: Batch,
  shelf: Shelf,
): (id: number, id2: number, time: number) => boolean {
  const calls = batch.calls.map(callRow);
  const accounts = new Set(calls.map(({ account }) => account));
  const regions = new Set(calls.map(({ region }) => region));
  let [first, last, undated] = [UNDATED, 0, false];
  for (const time of batch.time) {
    if (time === UNDATED) undated = true;
    else [first, last] = [Math.min(first, time), Math.max(last, time)];
  }
  const asked = shelf
    .all()
    .filter(
      (one) =>
        ((one.first <= last && one.last >= first) || (undated && one.undated)) &&
        one.accounts.some((account) => accounts.has(account)) &&
        one.regions.some((region) => regions.has(region)),
    )
    .map((one) => holder(shelf.open(one)));
  return (id, id2, time) => asked.some((holds) => holds(id, id2, time));
}

const indexes = new WeakMap<Segment, { shape: IndexShape; bytes: Uint8Array }>();

function holder(segment: Segment): (id: number, id2: number, time: number) => boolean {
  const index = indexes.get(segment) ?? segment.index();
  indexes.set(segment, index);
  const read = (at: number, length: number) => index.bytes.subarray(at, at + length);
  return (id, id2, time) =>
    partsWith(id >>> 0, index.shape, read).some((part) => {
      const [ids, times] = [segment.column('id2'), segment.column('time')];
      const end = segment.partEnds[part] as number;
      for (let row = part === 0 ? 0 : (segment.partEnds[part - 1] as number); row < end; row += 1)
        if (ids[row] === id2 && times[row] === time) return true;
      return false;
    });
}

/** Counts of events and files by account, region, day and category. */
function createCells() {
  const events = new Map<string, Cell>();
  const counted = new Set<string>();
  const placed = new WeakMap<Batch, { account: string; region: string; category: string }[]>();
  const count = (cell: Omit<Cell, 'files' | 'events'>, file: string, more: number) => {
    const place = `${cell.account}/${cell.region}/${cell.day}`;
    const key = `${place}/${cell.category}`;
    const known = events.get(key) ?? { ...cell, files: 0, events: 0 };
    known.events += more;
    if (!counted.has(`${place} ${file}`)) {
      counted.add(`${place} ${file}`);
      known.files += 1;
    }
    events.set(key, known);
    return known;
  };
  let last: { batch: Batch; call: number; day: number; file: number; cell: Cell } | null = null;
  return {
    add(batch: Batch, row: number, file: number) {
      const call = batch.call[row] as number;
      const time = batch.time[row] as number;
      const day = time === UNDATED ? -1 : Math.floor(time / 86_400);
      if (
        last &&
        last.batch === batch &&
        last.call === call &&
        last.day === day &&
        last.file === file
      ) {
        last.cell.events += 1;
        return;
      }
      let places = placed.get(batch);
      if (!places) {
        places = batch.calls.map(callRow);
        placed.set(batch, places);
      }
      const { account, region, category } = places[call] as (typeof places)[number];
      const { name } = batch.files[file] as TakenFile;
      const cell = count({ account, region, day: dayOf(day), category }, name, 1);
      last = { batch, call, day, file, cell };
    },
    /** A file without events says all the same that its trail delivered. */
    addEmpty(files: TakenFile[]) {
      for (const { name, troubles } of files) {
        const parts = NAME.exec(name);
        if (!parts || troubles) continue;
        const [, account = '', kind, region = '', year, month, date] = parts;
        const category = kind === '-Insight' ? 'insight' : 'management';
        count({ account, region, day: `${year}-${month}-${date}`, category }, name, 0);
      }
    },
    all: () => [...events.values()],
  };
}

/** `…/111122223333_CloudTrail_us-east-1_20261120T0535Z_Abc.json.gz` */
const NAME = /(\d{12})_CloudTrail(-Insight)?_([a-z0-9-]+)_(\d{4})(\d\d)(\d\d)T\d{4}Z_[^/]*$/;

function dayOf(day: number): string {
  return day < 0 ? '' : new Date(day * 86_400_000).toISOString().slice(0, 10);
}
