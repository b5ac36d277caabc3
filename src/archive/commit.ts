import { closeSync, fsyncSync, openSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { SetAside } from './archive.ts';
import type { Batch, TakenFile } from './batch.ts';
import type { Cell, KnownSegment, Manifest } from './manifest.ts';
import { UNDATED } from './record-fields.ts';
import { callRow } from './row.ts';
import { createSeen } from './seen.ts';
import { type Segment, writeSegment } from './segment.ts';
import { createDraft, type Draft, keptOf, spanOf } from './segment-draft.ts';
import type { Shelf } from './shelf.ts';
import { partsWith } from './token-index.ts';

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
    const indexes: Indexes = new Map();
    const taken: TakenFile[] = [];
    for (const batch of batches) {
      // Another process may have taken some of these in, while this one was reading.
      const known = manifest.knows(batch.files);
      const late = batch.files.map(({ name }) => known.has(name));
      done.known += late.filter(Boolean).length;
      taken.push(...batch.files.filter((_, file) => !late[file]));
      const held = heldAlready(batch, shelf, indexes);
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
  indexes: Indexes,
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
    .map((one) => holder(shelf.open(one), indexes));
  return (id, id2, time) => asked.some((holds) => holds(id, id2, time));
}

/** Indexes that are kept in memory while a segment is made. */
const INDEXES = 16;
type Indexes = Map<Segment, ReturnType<Segment['index']>>;

function holder(
  segment: Segment,
  indexes: Indexes,
): (id: number, id2: number, time: number) => boolean {
  const index = indexes.get(segment) ?? segment.index();
  const [oldest] = indexes.keys();
  if (oldest && indexes.size >= INDEXES) indexes.delete(oldest);
  indexes.set(segment, index);
  const read = (at: number, length: number) => index.bytes.subarray(at, at + length);
  return (id, id2, time) =>
    partsWith(id >>> 0, index.shape, read).some((part) => {
      const [ids, times] = [segment.column('id2'), segment.column('time')];
      const end = segment.partEnds[part] as number;
      for (let row = part === 0 ? 0 : (segment.partEnds[part - 1] as number); row < end; row += 1)
        if (ids[row] === keptOf(id2) && times[row] === time) return true;
      return false;
    });
}

/** Counts of events and files by account, region, day and category. */
function createCells() {
  const cells = new Map<string, Cell>();
  /** The file that was counted last of an account, region and day: files come one after the other. */
  const countedIn = new Map<string, string>();
  const cellOf = (place: Place, day: number, file: string): Cell => {
    const { account, region, category } = place;
    const where = `${account}/${region}/${day}`;
    const known = cells.get(`${where}/${category}`);
    const cell = known ?? { account, region, day: dayOf(day), category, files: 0, events: 0 };
    if (!known) cells.set(`${where}/${category}`, cell);
    if (countedIn.get(where) !== file) cell.files += 1;
    countedIn.set(where, file);
    return cell;
  };
  const placed = new WeakMap<Batch, { numbers: number[]; places: Place[] }>();
  let last = { batch: null as Batch | null, file: -1, day: -2, cells: [] as (Cell | undefined)[] };
  return {
    add(batch: Batch, row: number, file: number) {
      const time = batch.time[row] as number;
      const day = time === UNDATED ? -1 : Math.floor(time / 86_400);
      if (last.batch !== batch || last.file !== file || last.day !== day)
        last = { batch, file, day, cells: [] };
      const { numbers, places } = placed.get(batch) ?? placesOf(batch);
      if (!placed.has(batch)) placed.set(batch, { numbers, places });
      const place = numbers[batch.call[row] as number] as number;
      last.cells[place] ??= cellOf(
        places[place] as Place,
        day,
        (batch.files[file] as TakenFile).name,
      );
      last.cells[place].events += 1;
    },
    /** A file without events says all the same that its trail delivered. */
    addEmpty(files: TakenFile[]) {
      for (const { name, troubles } of files) {
        const parts = NAME.exec(name);
        if (!parts || troubles) continue;
        const [, account = '', kind, region = '', year, month, date] = parts;
        const category = kind === '-Insight' ? 'insight' : 'management';
        const day = Date.UTC(Number(year), Number(month) - 1, Number(date)) / 86_400_000;
        cellOf({ account, region, category }, day, name);
      }
    },
    all: () => [...cells.values()],
  };
}

type Place = Pick<Cell, 'account' | 'region' | 'category'>;

/** Where a batch's calls were recorded, each place once, and which of them each call belongs to. */
function placesOf(batch: Batch): { numbers: number[]; places: Place[] } {
  const known = new Map<string, number>();
  const places: Place[] = [];
  const numbers = batch.calls.map((key) => {
    const { account, region, category } = callRow(key);
    const name = `${account}/${region}/${category}`;
    const number = known.get(name) ?? places.length;
    if (number === places.length) places.push({ account, region, category });
    known.set(name, number);
    return number;
  });
  return { numbers, places };
}

/** `…/111122223333_CloudTrail_us-east-1_20261120T0535Z_Abc.json.gz` */
const NAME = /(\d{12})_CloudTrail(-Insight)?_([a-z0-9-]+)_(\d{4})(\d\d)(\d\d)T\d{4}Z_[^/]*$/;

function dayOf(day: number): string {
  return day < 0 ? '' : new Date(day * 86_400_000).toISOString().slice(0, 10);
}
