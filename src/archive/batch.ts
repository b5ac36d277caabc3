import { gzipSync } from 'node:zlib';
import { emptyColumns, renumbered, wider } from './batch-columns.ts';
import type { RecordCodes } from './record-codes.ts';

/** Records of some files on their way into a segment. Codes count into `calls` and `callers`. */
export type Batch = {
  rows: number;
  time: Uint32Array;
  call: Uint32Array;
  caller: Uint32Array;
  piece: Uint32Array;
  start: Uint32Array;
  length: Uint32Array;
  /** Two hashes of what tells this event from all others; the first of them is among the tokens. */
  id: Uint32Array;
  id2: Uint32Array;
  calls: string[];
  callers: string[];
  /** Rows that may have copies in other accounts, each with two hashes of what joins them: three numbers. */
  shared: Uint32Array;
  pieces: { file: number; bytes: number }[];
  evidence: Uint8Array;
  /** `rows`: where the part ends. */
  parts: { rows: number; tokens: Int32Array }[];
  files: TakenFile[];
};

/**
 * What became of one file; `troubles` is null where all of it was read. `again`: it could not be opened,
 * which may be otherwise another time.
 */
export type TakenFile = {
  name: string;
  size: number;
  rows: number;
  troubles: string | null;
  again: boolean;
};

/** A batch while it is put together. */
export type BatchRows = {
  /** Rows so far. */
  count(): number;
  /** `call` and `caller` as `RecordCodes` has them, `start` and `end` within the piece to come. */
  add(
    time: number,
    call: number,
    caller: number,
    start: number,
    end: number,
    id: number,
    id2: number,
  ): void;
  /** The row that comes next may have copies in other accounts. */
  share(id: number, id2: number): void;
  /** The rows from here to the last one are in this piece of evidence, a gzip file of its own. */
  addPiece(gzip: Uint8Array, from: number, to?: number): void;
  /** The same for a text that is too long to be inflated for one record of it. */
  addPieces(text: Buffer, from: number): void;
  /** Forgets all rows behind this many, whose pieces have not been told. */
  cut(count: number): void;
  endFile(file: Omit<TakenFile, 'rows'>): void;
  finish(): Batch;
};

/** Rows of a part share their index entries: so many records are looked through for one that is wanted. */
export const PART_ROWS = 1024;
/** Characters of records that are inflated together when one of them is wanted. */
export const PIECE = 256 * 1024;

/** `endTokens` answers the tokens since the last part. */
export function createBatchRows(endTokens: () => Int32Array, codes: RecordCodes): BatchRows {
  let columns = emptyColumns();
  let rows = 0;
  let partStart = 0;
  let fileStart = 0;
  /** The pieces one behind the other, in a buffer that serves for the next batch, too. */
  let evidence = new Uint8Array(1024 * 1024);
  let evidenceBytes = 0;
  let out = emptyOutput();

  function endPart(): void {
    if (rows === partStart) return;
    out.parts.push({ rows, tokens: endTokens() });
    partStart = rows;
  }

  function addPiece(gzip: Uint8Array, from: number, to = rows): void {
    columns.piece.fill(out.pieces.length, from, to);
    out.pieces.push({ file: out.files.length, bytes: gzip.length });
    if (evidenceBytes + gzip.length > evidence.length) {
      const wider = new Uint8Array(2 * evidence.length + gzip.length);
      wider.set(evidence);
      evidence = wider;
    }
    evidence.set(gzip, evidenceBytes);
    evidenceBytes += gzip.length;
    if (rows - partStart >= PART_ROWS) endPart();
  }

  return {
    count: () => rows,
    add(time, call, caller, start, end, id, id2) {
      if (rows === columns.time.length) columns = wider(columns);
      columns.time[rows] = time;
      columns.call[rows] = call;
      columns.caller[rows] = caller;
      columns.start[rows] = start;
      columns.length[rows] = end - start;
      columns.id[rows] = id;
      columns.id2[rows] = id2;
      rows += 1;
    },
    share(id, id2) {
      out.shared.push(rows, id, id2);
    },
    addPiece,
    addPieces(text, from) {
      const { start, length } = columns;
      for (let row = from; row < rows; ) {
        const begin = start[row] as number;
        let end = begin;
        let next = row;
        for (; next < rows; next += 1) {
          const behind = (start[next] as number) + (length[next] as number);
          if (next > row && behind - begin > PIECE) break;
          end = behind;
          start[next] = (start[next] as number) - begin;
        }
        addPiece(gzipSync(text.subarray(begin, end)), row, next);
        row = next;
      }
    },
    cut(count) {
      rows = count;
      while ((out.shared.at(-3) ?? -1) >= count) out.shared.length -= 3;
    },
    endFile(file) {
      out.files.push({ ...file, rows: rows - fileStart });
      fileStart = rows;
    },
    finish() {
      endPart();
      const call = renumbered(columns.call, rows, codes.calls.texts);
      const caller = renumbered(columns.caller, rows, codes.callers.texts);
      const { shared, pieces, parts, files } = out;
      const batch: Batch = {
        rows,
        time: columns.time.slice(0, rows),
        call: call.codes,
        caller: caller.codes,
        piece: columns.piece.slice(0, rows),
        start: columns.start.slice(0, rows),
        length: columns.length.slice(0, rows),
        id: columns.id.slice(0, rows),
        id2: columns.id2.slice(0, rows),
        calls: call.texts,
        callers: caller.texts,
        shared: new Uint32Array(shared),
        pieces,
        evidence: evidence.slice(0, evidenceBytes),
        parts,
        files,
      };
      out = emptyOutput();
      evidenceBytes = 0;
      rows = 0;
      partStart = 0;
      fileStart = 0;
      return batch;
    },
  };
}

const emptyOutput = () => ({
  shared: [] as number[],
  pieces: [] as Batch['pieces'],
  parts: [] as Batch['parts'],
  files: [] as TakenFile[],
});
