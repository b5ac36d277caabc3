import { differences } from './differences.ts';
import { writeVarint } from './thrift.ts';

/** A column on its way into a Parquet file. Any of its rows may hold nothing. */
export type ParquetColumn = { name: string } & (
  | ({ type: 'text'; values: string[] } & Coded)
  | ({ type: 'uint8' | 'uint32'; values: number[] } & Coded)
  /** Numbers of which neighbours are alike; `NOTHING` stands for none. */
  | { type: 'uint32'; numbers: Uint32Array }
  /** `places`: the few rows that have any, in their order; eight bytes of each, the lowest first. */
  | { type: 'uint64'; places: Uint32Array; bytes: Uint8Array }
);

/** Each row has a key, each key a code (or `NOTHING`), and each code its value. */
type Coded = { keys: Uint32Array; codes: Uint32Array };

/** Stands where there is nothing. */
export const NOTHING = 0xffffffff;

/** A page before it is compressed. `values` counts those of a dictionary, or rows, with those that hold nothing. */
export type Page = {
  isDictionary: boolean;
  values: number;
  nulls: number;
  encoding: number;
  bytes: Uint8Array;
};

/** Parquet's numbers for how the values of a page are written. */
const ENCODING = { plain: 0, differences: 5, codes: 8 };
/** So many rows are a page at the most. */
const PAGE = 1 << 17;

export function pagesOf(column: ParquetColumn, rows: number): Page[] {
  const pages: Page[] = [];
  if ('codes' in column)
    pages.push({
      isDictionary: true,
      values: column.values.length,
      nulls: 0,
      encoding: ENCODING.plain,
      bytes: column.type === 'text' ? plainTexts(column.values) : plainNumbers(column.values),
    });
  for (let from = 0; from < rows; from += PAGE)
    pages.push(pageOf(column, from, Math.min(rows, from + PAGE)));
  return pages;
}

function pageOf(column: ParquetColumn, from: number, to: number): Page {
  if ('codes' in column) {
    const { codes, values } = column;
    return codedPage(column.keys.subarray(from, to), codes, values.length);
  }
  if ('numbers' in column) return differencesPage(column.numbers.subarray(from, to));
  return sparsePage(column, from, to);
}

/**
 * A code takes whole bytes (in Parquet's words it is packed into 8, 16 or 32 bits): what repeats itself
 * is then seen as such by what compresses the page.
 */
function codedPage(keys: Uint32Array, codes: Uint32Array, different: number): Page {
  const rows = keys.length;
  const width = different <= 1 << 8 ? 1 : different <= 1 << 16 ? 2 : 4;
  const room = new ArrayBuffer(width * 8 * eights(rows));
  const packed =
    width === 1
      ? new Uint8Array(room)
      : width === 2
        ? new Uint16Array(room)
        : new Uint32Array(room);
  let there = 0;
  let levels: Uint8Array | null = null;
  if (codes.includes(NOTHING)) {
    levels = new Uint8Array(eights(rows));
    for (let row = 0; row < rows; row += 1) {
      const code = codes[keys[row] as number] as number;
      if (code === NOTHING) continue;
      mark(levels, row);
      packed[there] = code;
      there += 1;
    }
  } else {
    for (; there < rows; there += 1) packed[there] = codes[keys[there] as number] as number;
  }
  const head = [8 * width];
  writeVarint(head, 2 * eights(there) + 1);
  const bytes = new Uint8Array(room, 0, width * 8 * eights(there));
  return rowsPage(rows, rows - there, ENCODING.codes, levels, Uint8Array.from(head), bytes);
}

function differencesPage(numbers: Uint32Array): Page {
  const rows = numbers.length;
  if (!numbers.includes(NOTHING))
    return rowsPage(rows, 0, ENCODING.differences, null, differences(numbers));
  const levels = new Uint8Array(eights(rows));
  const there = numbers.filter((number) => number !== NOTHING);
  for (let row = 0; row < rows; row += 1) if (numbers[row] !== NOTHING) mark(levels, row);
  return rowsPage(rows, rows - there.length, ENCODING.differences, levels, differences(there));
}

function sparsePage(
  { places, bytes }: { places: Uint32Array; bytes: Uint8Array },
  from: number,
  to: number,
): Page {
  const rows = to - from;
  const levels = new Uint8Array(eights(rows));
  let [first, there] = [0, 0];
  for (const place of places) {
    if (place < from) first += 1;
    else if (place < to) {
      mark(levels, place - from);
      there += 1;
    }
  }
  const some = bytes.subarray(8 * first, 8 * (first + there));
  return rowsPage(rows, rows - there, ENCODING.plain, levels, some);
}

const eights = (many: number) => Math.ceil(many / 8);

function mark(levels: Uint8Array, row: number): void {
  levels[row >>> 3] = (levels[row >>> 3] as number) | (1 << (row & 7));
}

/** `levels`: a bit for each row, whether it holds something; null where each does. */
function rowsPage(
  rows: number,
  nulls: number,
  encoding: number,
  levels: Uint8Array | null,
  ...values: Uint8Array[]
): Page {
  const head: number[] = [];
  if (levels) writeVarint(head, 2 * levels.length + 1);
  else {
    writeVarint(head, 2 * rows);
    head.push(1);
  }
  const size = Buffer.alloc(4);
  size.writeUInt32LE(head.length + (levels?.length ?? 0));
  const bytes = Buffer.concat([size, Uint8Array.from(head), levels ?? NONE, ...values]);
  return { isDictionary: false, values: rows, nulls, encoding, bytes };
}

const NONE = new Uint8Array(0);

function plainNumbers(numbers: number[]): Uint8Array {
  const bytes = Buffer.alloc(4 * numbers.length);
  for (const [index, number] of numbers.entries()) bytes.writeUInt32LE(number, 4 * index);
  return bytes;
}

/** Each with its length before it. */
function plainTexts(texts: string[]): Uint8Array {
  const bytes = Buffer.alloc(texts.reduce((sum, one) => sum + 4 + Buffer.byteLength(one), 0));
  let at = 0;
  for (const one of texts) {
    const length = bytes.write(one, at + 4);
    bytes.writeUInt32LE(length, at);
    at += 4 + length;
  }
  return bytes;
}

/** The least and the greatest value of a column of numbers, where they are told. */
export function boundsOf(column: ParquetColumn): { least: Uint8Array; most: Uint8Array } | null {
  if (column.type === 'text' || column.type === 'uint64') return null;
  const numbers: ArrayLike<number> = 'codes' in column ? column.values : column.numbers;
  let [least, most] = [NOTHING, 0];
  for (let index = 0; index < numbers.length; index += 1) {
    const number = numbers[index] as number;
    if (number === NOTHING) continue;
    if (number < least) least = number;
    if (number > most) most = number;
  }
  return least > most ? null : { least: plainNumbers([least]), most: plainNumbers([most]) };
}
