import { closeSync, fsyncSync, openSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { SetAside } from './archive.ts';
import type { Batch, TakenFile } from './batch.ts';
import { createCells } from './cells.ts';
import type { Columns, EventColumns } from './columns-in-duckdb.ts';
import { HELD, heldAlready } from './held-already.ts';
import { keptRows } from './kept-rows.ts';
import type { KnownSegment, Manifest } from './manifest.ts';
import { type CallRow, callerRow, callRow, FACTS_VERSION } from './row.ts';
import { createSeen, type Seen } from './seen.ts';
import { writeSegment } from './segment.ts';
import { createDraft, type Draft, spanOf } from './segment-draft.ts';
import type { Shelf } from './shelf.ts';

/** Where an archive is, and what knows and reads it. */
export type Place = { directory: string; manifest: Manifest; shelf: Shelf; columns: Columns };

export type Committed = { files: number; known: number; events: number; duplicates: number };

/**
 * Makes one segment of what was read, and records it with its files: all of it counts at once, or none.
 * Events that the archive has already, from whatever file, are left out. `asked`: what `writtenByOthers`
 * was before the manifest was asked for the files.
 */
export function commit(
  place: Place,
  batches: Batch[],
  fileName: string,
  at: string,
  asked: number,
): Promise<Committed> {
  const { manifest, shelf } = place;
  return manifest.exclusively(async () => {
    const othersWrote = manifest.writtenByOthers() !== asked;
    const done: Committed = { files: 0, known: 0, events: 0, duplicates: 0 };
    const rows = batches.reduce((sum, batch) => sum + batch.rows, 0);
    const draft = createDraft(rows);
    const seen = createSeen(batches);
    const cells = createCells();
    const held = heldAlready(batches, shelf.all(), place.directory);
    const taken: TakenFile[] = [];
    let retimed = false;
    for (const [index, batch] of batches.entries()) {
      // Another process may have taken some of these in, while this one was reading.
      const known = othersWrote ? manifest.knows(batch.files) : new Set();
      const late = batch.files.map((file) => known.has(file));
      done.known += late.filter(Boolean).length;
      taken.push(...batch.files.filter((_, file) => !late[file]));
      const judged = judge(batch, late, held[index] as Uint8Array, seen);
      done.duplicates += judged.duplicates;
      retimed ||= judged.retimed;
      const kept = keptRows(batch, judged.dropped);
      cells.add(kept);
      draft.add(kept);
      cells.addEmpty(batch.files.filter(({ rows }, file) => rows === 0 && !late[file]));
    }
    const whole = draft.draft();
    done.events = whole.rows;
    done.files = taken.filter(({ again }) => !again).length;
    const segment = whole.rows > 0 ? await written(place, fileName, whole) : null;
    // From here on nothing waits: others in this process see all of it, or nothing.
    if (segment) manifest.addSegment(segment);
    if (retimed || seen.hasRetimed()) manifest.addRetimed();
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

/** Which rows of a batch are left out (a byte each): those of late files, and those that are held already. */
function judge(batch: Batch, late: boolean[], held: Uint8Array, seen: Seen) {
  const dropped = new Uint8Array(batch.rows);
  if (late.includes(true)) {
    const isLate = Uint8Array.from(batch.pieces, ({ file }) => (late[file] ? 1 : 0));
    for (let row = 0; row < batch.rows; row += 1)
      dropped[row] = isLate[batch.piece[row] as number] as number;
  }
  let duplicates = seen.add(batch, dropped);
  let retimed = false;
  for (let row = 0; row < batch.rows; row += 1) {
    if (held[row] === HELD.no || dropped[row] === 1) continue;
    if (held[row] === HELD.atAnotherTime) retimed = true;
    else {
      dropped[row] = 1;
      duplicates += 1;
    }
  }
  return { dropped, duplicates, retimed };
}

/**
 * Writes a draft as a segment with its columns, and what the manifest is to know of it. The columns of
 * segments that are merged are those that they had, one behind the other.
 */
export async function written(
  { directory, manifest, columns }: Place,
  file: string,
  draft: Draft,
  merged: string[] = [],
): Promise<Omit<KnownSegment, 'id'>> {
  const calls = draft.calls.map(callRow);
  const bytes = writeSegment(join(directory, file), draft);
  const path = join(directory, columnsFile(file));
  if (merged.length > 0) await columns.join(columnsFile(file), merged.map(columnsFile));
  else await columns.write(columnsFile(file), eventColumns(draft, calls, manifest));
  syncFile(path);
  syncFolder(directory);
  return {
    file,
    rows: draft.rows,
    bytes,
    parts: draft.partEnds.length,
    ...spanOf(draft),
    accounts: [...new Set(calls.map(({ account }) => account))],
    regions: [...new Set(calls.map(({ region }) => region))],
    facts: FACTS_VERSION,
  };
}

function eventColumns(draft: Draft, calls: CallRow[], manifest: Manifest): EventColumns {
  const ids = manifest.numberCalls(draft.calls);
  const shared = new BigUint64Array(draft.rows);
  const halves = new Uint32Array(shared.buffer);
  for (let at = 0; at < draft.shared.length; at += 3) {
    const row = draft.shared[at] as number;
    halves[2 * row] = draft.shared[at + 2] as number;
    halves[2 * row + 1] = draft.shared[at + 1] as number;
  }
  return {
    rows: draft.rows,
    time: draft.columns.time,
    call: draft.columns.call,
    caller: draft.columns.caller,
    shared,
    calls: calls.map((call, index) => ({ ...call, id: ids[index] as number })),
    callers: draft.callers.map(callerRow),
  };
}

/** The columns of a segment lie beside it. */
export function columnsFile(segment: string): string {
  return segment.replace(/\.segment$/, '.parquet');
}

function syncFile(path: string): void {
  const file = openSync(path, 'r+');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
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
