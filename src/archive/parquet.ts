import { constants, zstdCompressSync } from 'node:zlib';
import { boundsOf, type Page, type ParquetColumn, pagesOf } from './parquet-columns.ts';
import { type Fields, type Thrift, text, thrift } from './thrift.ts';

/**
 * The parts of a Parquet file of so many rows, one behind the other
 * (https://parquet.apache.org/docs/file-format/). It is one group of rows, so that each value of a
 * dictionary is there once.
 */
export function parquet(rows: number, columns: ParquetColumn[]): Uint8Array[] {
  const parts: Uint8Array[] = [];
  let at = 0;
  const put = (bytes: Uint8Array): void => {
    parts.push(bytes);
    at += bytes.length;
  };
  put(MAGIC);
  const chunks = columns.map((column): Thrift => {
    const pages = pagesOf(column, rows);
    const places = pages.map((page) => {
      const packed = zstdCompressSync(page.bytes, QUICKLY);
      const head = thrift(headOf(page, packed.length));
      const place = { at, bytes: head.length + page.bytes.length };
      put(head);
      put(packed);
      return place;
    });
    return { struct: chunkOf(column, rows, pages, places, at) };
  });
  const group = { 1: { list: chunks }, 2: { i64: at - MAGIC.length }, 3: { i64: rows } };
  const footer = thrift({
    1: { i32: 1 },
    2: { list: [schemaOf(columns.length), ...columns.map(described)] },
    3: { i64: rows },
    4: { list: [{ struct: group }] },
    6: text('Trailwarden'),
  });
  const size = Buffer.alloc(4);
  size.writeUInt32LE(footer.length);
  for (const bytes of [footer, size, MAGIC]) put(bytes);
  return parts;
}

const MAGIC = Buffer.from('PAR1');
/** What Parquet calls the compression of its pages. */
const ZSTD = 6;
/** A tenth larger than by default, and written in a fraction of the time. */
const QUICKLY = { params: { [constants.ZSTD_c_compressionLevel]: 1 } };

/** How types are stored (`INT32`, `INT64`, `BYTE_ARRAY`), and what is meant by them (`UINT_8` …, `UTF8`). */
const TYPES = {
  uint8: { stored: 1, meant: 11 },
  uint32: { stored: 1, meant: 13 },
  uint64: { stored: 2, meant: 14 },
  text: { stored: 6, meant: 0 },
};

function schemaOf(columns: number): Thrift {
  return { struct: { 4: text('events'), 5: { i32: columns } } };
}

const OPTIONAL = 1;

function described({ name, type }: ParquetColumn): Thrift {
  const { stored, meant } = TYPES[type];
  return {
    struct: { 1: { i32: stored }, 3: { i32: OPTIONAL }, 4: text(name), 6: { i32: meant } },
  };
}

/** How a page tells which of its rows hold something: in runs, and in bits. */
const LEVELS = 3;

function headOf({ isDictionary, values, encoding, bytes }: Page, packed: number): Fields {
  const sizes = { 2: { i32: bytes.length }, 3: { i32: packed } };
  const told = { 1: { i32: values }, 2: { i32: encoding } };
  if (isDictionary) return { 1: { i32: 2 }, ...sizes, 7: { struct: told } };
  return {
    1: { i32: 0 },
    ...sizes,
    5: { struct: { ...told, 3: { i32: LEVELS }, 4: { i32: LEVELS } } },
  };
}

/** Where the pages of a column are, and what may be known of it without reading them. */
function chunkOf(
  column: ParquetColumn,
  rows: number,
  pages: Page[],
  places: { at: number; bytes: number }[],
  end: number,
): Fields {
  const start = places[0]?.at ?? end;
  const dictionaries = pages.filter(({ isDictionary }) => isDictionary).length;
  const bounds = boundsOf(column);
  const statistics: Fields = {
    3: { i64: pages.reduce((sum, { nulls }) => sum + nulls, 0) },
    ...(bounds ? { 5: { bytes: bounds.most }, 6: { bytes: bounds.least } } : {}),
  };
  const encodings = new Set([LEVELS, ...pages.map(({ encoding }) => encoding)]);
  return {
    2: { i64: start },
    3: {
      struct: {
        1: { i32: TYPES[column.type].stored },
        2: { list: [...encodings].map((i32) => ({ i32 })) },
        3: { list: [text(column.name)] },
        4: { i32: ZSTD },
        5: { i64: rows },
        6: { i64: places.reduce((sum, { bytes }) => sum + bytes, 0) },
        7: { i64: end - start },
        9: { i64: places[dictionaries]?.at ?? end },
        ...(dictionaries > 0 ? { 11: { i64: start } } : {}),
        12: { struct: statistics },
      },
    },
  };
}
