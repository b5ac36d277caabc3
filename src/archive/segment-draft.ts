import type { Batch } from './batch.ts';
import { numbering } from './numbering.ts';
import { UNDATED } from './record-fields.ts';
import { MOST_PARTS } from './token-index.ts';

/** A part takes in the next one as long as it stays below this. */
const PART_ROWS = 1200;

export const ROW_COLUMNS = [
  'time',
  'call',
  'caller',
  'piece',
  'start',
  'length',
  'id',
  'id2',
] as const;
export type RowColumn = (typeof ROW_COLUMNS)[number];

/**
 * A segment before it is written: rows with their pieces of evidence, in the order of the files. `id`
 * serves only to find what the archive has already; the index keeps it.
 */
export type Draft = {
  rows: number;
  columns: Record<RowColumn, Uint32Array>;
  calls: string[];
  callers: string[];
  /** Of each row that may have copies in other accounts its number, and two hashes of what joins them. */
  shared: number[];
  pieces: { name: number; bytes: number }[];
  names: string[];
  evidence: Uint8Array[];
  /** Rows before which each part ends. */
  partEnds: number[];
  tokens: { part: number; tokens: ArrayLike<number> }[];
};

export type DraftBuilder = {
  rows(): number;
  /** Bytes of evidence. */
  bytes(): number;
  /** Whether a batch with so many parts still fits in. */
  hasRoomFor(parts: number): boolean;
  /** Takes the rows of a batch, but for those whose byte in `dropped` is set. */
  add(batch: Batch, dropped: Uint8Array): void;
  /** Takes all rows of a segment. */
  append(rows: SegmentRows): void;
  draft(): Draft;
};

/** All that a segment holds. */
export type SegmentRows = Pick<Draft, 'rows' | 'calls' | 'callers' | 'names' | 'partEnds'> & {
  columns: Record<Exclude<RowColumn, 'id'>, Uint32Array>;
  pieces: [name: number, bytes: number][];
  evidence: Uint8Array;
  tokens: Uint32Array[];
};

export function createDraft(): DraftBuilder {
  let room = 1 << 14;
  const columns = Object.fromEntries(
    ROW_COLUMNS.map((name) => [name, new Uint32Array(room)]),
  ) as Draft['columns'];
  let rows = 0;
  let bytes = 0;
  const calls = numbering();
  const callers = numbering();
  const draft: Omit<Draft, 'rows' | 'columns' | 'calls' | 'callers'> = {
    shared: [],
    pieces: [],
    names: [],
    evidence: [],
    partEnds: [],
    tokens: [],
  };

  function makeRoom(more: number): void {
    if (rows + more <= room) return;
    room = Math.max(room * 2, rows + more);
    for (const name of ROW_COLUMNS) {
      const wider = new Uint32Array(room);
      wider.set(columns[name].subarray(0, rows));
      columns[name] = wider;
    }
  }

  return {
    rows: () => rows,
    bytes: () => bytes,
    hasRoomFor: (parts) => draft.partEnds.length + parts <= MOST_PARTS,
    add(batch, dropped) {
      makeRoom(batch.rows);
      const call = Uint32Array.from(batch.calls, calls.numberOf);
      const caller = Uint32Array.from(batch.callers, callers.numberOf);
      const pieces = piecesOf(batch, draft);
      let row = 0;
      let shared = 0;
      for (const part of batch.parts) {
        const before = rows;
        for (; row < part.rows; row += 1) {
          const isShared = batch.shared[shared] === row;
          if (isShared) shared += 3;
          if (dropped[row] === 1) continue;
          columns.time[rows] = batch.time[row] as number;
          columns.call[rows] = call[batch.call[row] as number] as number;
          columns.caller[rows] = caller[batch.caller[row] as number] as number;
          columns.piece[rows] = pieces.numberOf(batch.piece[row] as number);
          columns.start[rows] = batch.start[row] as number;
          columns.length[rows] = batch.length[row] as number;
          columns.id[rows] = batch.id[row] as number;
          columns.id2[rows] = keptOf(batch.id2[row] as number);
          if (isShared)
            draft.shared.push(
              rows,
              batch.shared[shared - 2] as number,
              batch.shared[shared - 1] as number,
            );
          rows += 1;
        }
        if (rows > before) endPart(draft, rows, part.tokens);
      }
      bytes += pieces.bytes();
    },
    append(segment) {
      makeRoom(segment.rows);
      const call = segment.calls.map(calls.numberOf);
      const caller = segment.callers.map(callers.numberOf);
      const [firstRow, firstPiece, firstName] = [rows, draft.pieces.length, draft.names.length];
      const from = segment.columns;
      for (const name of ['time', 'start', 'length', 'id2'] as const)
        columns[name].set(from[name], rows);
      for (let row = 0; row < segment.rows; row += 1) {
        columns.call[rows + row] = call[from.call[row] as number] as number;
        columns.caller[rows + row] = caller[from.caller[row] as number] as number;
        columns.piece[rows + row] = firstPiece + (from.piece[row] as number);
      }
      for (const name of segment.names) draft.names.push(name);
      for (const [name, size] of segment.pieces)
        draft.pieces.push({ name: firstName + name, bytes: size });
      draft.evidence.push(segment.evidence);
      bytes += segment.evidence.length;
      rows += segment.rows;
      for (const [part, end] of segment.partEnds.entries())
        endPart(draft, firstRow + end, segment.tokens[part] as Uint32Array);
    },
    draft: () => ({ ...draft, rows, columns, calls: calls.texts, callers: callers.texts }),
  };
}

/**
 * So much of a second hash is kept as tells, with the tokens of a part, which records are worth a look when
 * an event comes again.
 */
export function keptOf(hash: number): number {
  return hash & 0xfff;
}

/** The pieces of a batch, which come into the draft when the first row of theirs does. */
function piecesOf(batch: Batch, draft: Pick<Draft, 'pieces' | 'names' | 'evidence'>) {
  const numbers = new Int32Array(batch.pieces.length).fill(-1);
  const names = new Int32Array(batch.files.length).fill(-1);
  const offsets = [0];
  for (const piece of batch.pieces) offsets.push((offsets.at(-1) as number) + piece.bytes);
  let bytes = 0;
  return {
    bytes: () => bytes,
    numberOf(piece: number): number {
      if (numbers[piece] === -1) {
        const { file, bytes: size } = batch.pieces[piece] as Batch['pieces'][number];
        if (names[file] === -1) {
          names[file] = draft.names.length;
          draft.names.push((batch.files[file] as Batch['files'][number]).name);
        }
        numbers[piece] = draft.pieces.length;
        draft.pieces.push({ name: names[file] as number, bytes: size });
        append(draft.evidence, batch.evidence, offsets[piece] as number, size);
        bytes += size;
      }
      return numbers[piece] as number;
    },
  };
}

/** More of some bytes; what lies behind what came last is one with it. */
function append(all: Uint8Array[], bytes: Uint8Array, at: number, size: number): void {
  const last = all.at(-1);
  const from = bytes.byteOffset + at;
  if (last?.buffer === bytes.buffer && last.byteOffset + last.length === from)
    all[all.length - 1] = new Uint8Array(last.buffer, last.byteOffset, last.length + size);
  else all.push(bytes.subarray(at, at + size));
}

/** A part of a few rows only is one with the part before it. */
function endPart(
  draft: Pick<Draft, 'partEnds' | 'tokens'>,
  rows: number,
  tokens: ArrayLike<number>,
): void {
  const { partEnds } = draft;
  const start = partEnds.at(-2) ?? 0;
  if (partEnds.length > 0 && rows - start <= PART_ROWS) partEnds[partEnds.length - 1] = rows;
  else partEnds.push(rows);
  draft.tokens.push({ part: partEnds.length - 1, tokens });
}

/** First and last second of what has a time, and whether something has none. */
export function spanOf({ rows, columns: { time } }: Draft) {
  let first = UNDATED;
  let last = 0;
  let undated = false;
  for (let row = 0; row < rows; row += 1) {
    const at = time[row] as number;
    if (at === UNDATED) undated = true;
    else {
      first = Math.min(first, at);
      last = Math.max(last, at);
    }
  }
  return { first, last, undated };
}
