import type { Batch, TakenFile } from './batch.ts';
import { numbering } from './numbering.ts';
import { UNDATED } from './record-fields.ts';
import { MOST_PARTS } from './token-index.ts';

/** A part takes in the next one as long as it stays below this. */
const PART_ROWS = 1200;

export const ROW_COLUMNS = ['time', 'call', 'caller', 'piece', 'start', 'length', 'id2'] as const;
export type RowColumn = (typeof ROW_COLUMNS)[number];

/** A segment before it is written: rows with their pieces of evidence, in the order of the files. */
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
  add(batch: Batch): void;
  /** Takes all rows of a segment. */
  append(rows: SegmentRows): void;
  draft(): Draft;
};

/** All that a segment holds. */
export type SegmentRows = Pick<Draft, 'rows' | 'calls' | 'callers' | 'names' | 'partEnds'> & {
  columns: Record<RowColumn, Uint32Array>;
  pieces: [name: number, bytes: number][];
  evidence: Uint8Array;
  tokens: Uint32Array[];
};

/** `room`: for so many rows, and for more where they come. */
export function createDraft(room: number): DraftBuilder {
  const columns = Object.fromEntries(
    ROW_COLUMNS.map((name) => [name, new Uint32Array(room)]),
  ) as Draft['columns'];
  let rows = 0;
  // Two parts in a row have more rows than this, so that those of one large file can be numbered, too.
  const partRows = Math.max(PART_ROWS, Math.ceil((2 * room) / (MOST_PARTS - 1)));
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
    const needed = rows + more;
    if (needed <= columns.time.length) return;
    for (const name of ROW_COLUMNS) {
      const wider = new Uint32Array(Math.max(2 * rows, needed));
      wider.set(columns[name].subarray(0, rows));
      columns[name] = wider;
    }
  }

  /** Numbers of the segment for those that a batch has. */
  function putNames(name: RowColumn, from: Uint32Array, numbers: Uint32Array): void {
    const to = columns[name];
    for (let row = 0; row < from.length; row += 1)
      to[rows + row] = numbers[from[row] as number] as number;
  }

  return {
    add(batch) {
      makeRoom(batch.rows);
      for (const name of ['time', 'start', 'length'] as const) columns[name].set(batch[name], rows);
      for (let row = 0; row < batch.rows; row += 1)
        columns.id2[rows + row] = keptOf(batch.id2[row] as number);
      putNames('call', batch.call, Uint32Array.from(batch.calls, calls.numberOf));
      putNames('caller', batch.caller, Uint32Array.from(batch.callers, callers.numberOf));
      putNames('piece', batch.piece, takePieces(batch, draft));
      for (let at = 0; at < batch.shared.length; at += 3)
        draft.shared.push(
          rows + (batch.shared[at] as number),
          batch.shared[at + 1] as number,
          batch.shared[at + 2] as number,
        );
      let before = 0;
      for (const part of batch.parts) {
        if (part.rows > before) endPart(draft, rows + part.rows, part.tokens, partRows);
        before = part.rows;
      }
      rows += batch.rows;
    },
    append(segment) {
      makeRoom(segment.rows);
      const [firstRow, firstPiece, firstName] = [rows, draft.pieces.length, draft.names.length];
      const from = segment.columns;
      for (const name of ['time', 'start', 'length', 'id2'] as const)
        columns[name].set(from[name], rows);
      putNames('call', from.call, Uint32Array.from(segment.calls, calls.numberOf));
      putNames('caller', from.caller, Uint32Array.from(segment.callers, callers.numberOf));
      putNames(
        'piece',
        from.piece,
        Uint32Array.from(segment.pieces, (_, piece) => firstPiece + piece),
      );
      for (const name of segment.names) draft.names.push(name);
      for (const [name, size] of segment.pieces)
        draft.pieces.push({ name: firstName + name, bytes: size });
      draft.evidence.push(segment.evidence);
      rows += segment.rows;
      for (const [part, end] of segment.partEnds.entries())
        endPart(draft, firstRow + end, segment.tokens[part] as Uint32Array, PART_ROWS);
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

/** Takes the pieces of a batch that rows are in, with the names of their files; answers their numbers. */
function takePieces(
  batch: Batch,
  draft: Pick<Draft, 'pieces' | 'names' | 'evidence'>,
): Uint32Array {
  const holdsRows = new Uint8Array(batch.pieces.length);
  for (let row = 0; row < batch.rows; row += 1) holdsRows[batch.piece[row] as number] = 1;
  const numbers = new Uint32Array(batch.pieces.length);
  let lastFile = -1;
  let at = 0;
  for (const [piece, { file, bytes }] of batch.pieces.entries()) {
    if (holdsRows[piece] === 1) {
      if (file !== lastFile) draft.names.push((batch.files[file] as TakenFile).name);
      lastFile = file;
      numbers[piece] = draft.pieces.length;
      draft.pieces.push({ name: draft.names.length - 1, bytes });
      append(draft.evidence, batch.evidence, at, bytes);
    }
    at += bytes;
  }
  return numbers;
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
  most: number,
): void {
  const { partEnds } = draft;
  const start = partEnds.at(-2) ?? 0;
  if (partEnds.length > 0 && rows - start <= most) partEnds[partEnds.length - 1] = rows;
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
