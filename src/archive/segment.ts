import { closeSync, fstatSync, fsyncSync, openSync, readSync, writeSync } from 'node:fs';
import { deflateRawSync, gunzipSync, inflateRawSync } from 'node:zlib';
import { packed, type Stored, unpacked } from './columns.ts';
import { type Draft, ROW_COLUMNS, type RowColumn } from './segment-draft.ts';
import { type IndexShape, indexOf, partsWith } from './token-index.ts';

type Block = { at: number; bytes: number };
/** The last bytes of a segment say what is in it and where. */
type Footer = {
  version: 1;
  rows: number;
  partEnds: number[];
  /** `start` as what lies between a record and the one before it. */
  columns: Record<RowColumn, Stored>;
  index: Block & { shape: IndexShape };
  calls: Block;
  callers: Block;
  pieces: Block;
  evidence: Block;
};

const MAGIC = Buffer.from('TWARCH03');

/** Writes a segment and answers its size; what is written is on disk when it returns. */
export function writeSegment(path: string, draft: Draft): number {
  const file = openSync(path, 'wx');
  let at = 0;
  const write = (bytes: Uint8Array): Block => {
    for (let done = 0; done < bytes.length; ) done += writeSync(file, bytes, done);
    at += bytes.length;
    return { at: at - bytes.length, bytes: bytes.length };
  };
  try {
    for (const piece of gathered(draft.evidence)) write(piece);
    const evidence = { at: 0, bytes: at };
    const { rows, partEnds } = draft;
    const store = (column: Uint32Array, delta: boolean, isRandom: boolean): Stored => {
      const { bytes, width } = packed(column, delta, isRandom);
      return { ...write(bytes), rows: column.length, width, delta };
    };
    const columns = {} as Footer['columns'];
    for (const name of ROW_COLUMNS) {
      const column = name === 'start' ? gaps(draft) : draft.columns[name].subarray(0, rows);
      columns[name] = store(column, name === 'time' || name === 'piece', name === 'id2');
    }
    const { bytes, shape } = indexOf(draft.tokens);
    const footer: Footer = {
      version: 1,
      rows,
      partEnds,
      columns,
      index: { ...write(bytes), shape },
      calls: write(squeezed(draft.calls)),
      callers: write(squeezed(draft.callers)),
      pieces: write(
        squeezed({
          names: draft.names,
          pieces: draft.pieces.map(({ name, bytes: size }) => [name, size]),
        }),
      ),
      evidence,
    };
    const end = squeezed(footer);
    write(end);
    const tail = Buffer.alloc(4 + MAGIC.length);
    tail.writeUInt32LE(end.length);
    MAGIC.copy(tail, 4);
    write(tail);
    fsyncSync(file);
    return at;
  } finally {
    closeSync(file);
  }
}

/** Many small pieces as a few large ones. */
function* gathered(pieces: Uint8Array[]): Generator<Uint8Array> {
  let waiting: Uint8Array[] = [];
  let size = 0;
  for (const piece of pieces) {
    if (piece.length < LARGE) {
      waiting.push(piece);
      size += piece.length;
      if (size < 2 * LARGE) continue;
    }
    yield Buffer.concat(waiting);
    waiting = [];
    size = 0;
    if (piece.length >= LARGE) yield piece;
  }
  yield Buffer.concat(waiting);
}

/** So many bytes are written as they are. */
const LARGE = 256 * 1024;

function squeezed(value: unknown): Uint8Array {
  return deflateRawSync(JSON.stringify(value), { level: 3 });
}

/** How far each record begins behind the end of the one before it in its piece. */
function gaps({ rows, columns: { piece, start, length } }: Draft): Uint32Array {
  const between = new Uint32Array(rows);
  for (let row = 0; row < rows; row += 1) {
    const follows = row > 0 && piece[row] === piece[row - 1];
    const end = follows ? (start[row - 1] as number) + (length[row - 1] as number) : 0;
    between[row] = (start[row] as number) - end;
  }
  return between;
}

export type Segment = {
  rows: number;
  /** Rows before which each part ends. */
  partEnds: number[];
  column(name: RowColumn): Uint32Array;
  calls(): string[];
  callers(): string[];
  pieces(): { names: string[]; pieces: [name: number, bytes: number][] };
  /** The text that a piece was made of. */
  textOf(piece: number): Buffer;
  /** The bytes of all pieces, one behind the other. */
  evidence(): Buffer;
  partsWith(token: number): number[];
  index(): { shape: IndexShape; bytes: Uint8Array };
  close(): void;
};

/** Opens a segment; its contents are read when they are asked for, and kept as long as it is open. */
export function openSegment(path: string): Segment {
  const file = openSync(path, 'r');
  const read = (at: number, length: number): Buffer => {
    const bytes = Buffer.allocUnsafe(length);
    for (let done = 0; done < length; ) {
      const more = readSync(file, bytes, done, length - done, at + done);
      if (more === 0) throw new Error(`${path} ends before byte ${at + length}`);
      done += more;
    }
    return bytes;
  };
  const footer = readFooter(path, read, file);
  const json = <T>({ at, bytes }: Block) =>
    JSON.parse(inflateRawSync(read(at, bytes)).toString()) as T;
  const kept = new Map<string, unknown>();
  const once = <T>(name: string, make: () => T): T => {
    if (!kept.has(name)) kept.set(name, make());
    return kept.get(name) as T;
  };
  const stored = (one: Stored) => unpacked(read(one.at, one.bytes), one);
  const column = (name: RowColumn): Uint32Array =>
    once(name, () => {
      const numbers = stored(footer.columns[name]);
      return name === 'start' ? startsFrom(numbers, column('piece'), column('length')) : numbers;
    });
  const pieces = () => once('pieces', () => json<ReturnType<Segment['pieces']>>(footer.pieces));
  const offsets = () =>
    once('offsets', () => {
      const starts = new Float64Array(pieces().pieces.length);
      let at = footer.evidence.at;
      for (const [piece, [, bytes]] of pieces().pieces.entries()) {
        starts[piece] = at;
        at += bytes;
      }
      return starts;
    });
  return {
    rows: footer.rows,
    partEnds: footer.partEnds,
    column,
    calls: () => once('calls', () => json<string[]>(footer.calls)),
    callers: () => once('callers', () => json<string[]>(footer.callers)),
    pieces,
    textOf(piece) {
      const [, bytes] = pieces().pieces[piece] as [number, number];
      return gunzipSync(read(offsets()[piece] as number, bytes));
    },
    evidence: () => read(footer.evidence.at, footer.evidence.bytes),
    partsWith: (token) =>
      partsWith(token >>> 0, footer.index.shape, (at, length) =>
        read(footer.index.at + at, length),
      ),
    index: () => ({ shape: footer.index.shape, bytes: read(footer.index.at, footer.index.bytes) }),
    close: () => closeSync(file),
  };
}

function readFooter(
  path: string,
  read: (at: number, length: number) => Buffer,
  file: number,
): Footer {
  const { size } = fstatSync(file);
  const tail = read(size - 12, 12);
  if (!tail.subarray(4).equals(MAGIC)) throw new Error(`${path} is no segment of an archive`);
  const length = tail.readUInt32LE(0);
  return JSON.parse(inflateRawSync(read(size - 12 - length, length)).toString()) as Footer;
}

function startsFrom(between: Uint32Array, piece: Uint32Array, length: Uint32Array): Uint32Array {
  const starts = between.slice();
  for (let row = 1; row < starts.length; row += 1)
    if (piece[row] === piece[row - 1])
      starts[row] =
        (starts[row] as number) + (starts[row - 1] as number) + (length[row - 1] as number);
  return starts;
}
