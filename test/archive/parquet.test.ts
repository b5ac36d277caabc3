import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import fc from 'fast-check';
import { parquet } from '../../src/archive/parquet.ts';
import { NOTHING, type ParquetColumn } from '../../src/archive/parquet-columns.ts';

/** What DuckDB, which did not write it, reads in such a file. */
async function readBack(rows: number, columns: ParquetColumn[], sql = 'SELECT * FROM $file') {
  const folder = mkdtempSync(join(tmpdir(), 'parquet-'));
  const instance = await DuckDBInstance.create();
  const connection = await instance.connect();
  try {
    const file = join(folder, 'a.parquet');
    writeFileSync(file, Buffer.concat(parquet(rows, columns)));
    const read = await connection.runAndReadAll(sql.replace('$file', `read_parquet('${file}')`));
    return read.getRowsJS();
  } finally {
    connection.closeSync();
    instance.closeSync();
    rmSync(folder, { recursive: true });
  }
}

const nothing = (number: number) => (number === NOTHING ? null : number);

/** Values of a dictionary, and rows that have one of them or nothing. */
const coded = <T>(value: fc.Arbitrary<T>, rows: number) =>
  fc.uniqueArray(value, { minLength: 1, maxLength: 300, size: 'max' }).chain((values) => {
    const code = fc.oneof(
      { weight: 20, arbitrary: fc.nat(values.length - 1) },
      fc.constant(NOTHING),
    );
    return fc.record({
      values: fc.constant(values),
      codes: fc.array(code, { minLength: 1, maxLength: 40 }).map((some) => Uint32Array.from(some)),
      keys: fc.array(fc.nat(), { minLength: rows, maxLength: rows, size: 'max' }),
    });
  });

const tables = fc.oneof(fc.nat(20), fc.nat(700)).chain((rows) =>
  fc.record({
    rows: fc.constant(rows),
    texts: coded(fc.string({ unit: 'grapheme' }), rows),
    bytes: coded(fc.nat(255), rows),
    numbers: fc.array(
      fc.oneof(
        fc.integer({ min: 1_700_000_000, max: 1_700_000_400 }),
        fc.nat(70_000),
        fc.integer({ min: 0, max: NOTHING }),
      ),
      { minLength: rows, maxLength: rows, size: 'max' },
    ),
    large: fc.array(fc.option(fc.bigInt({ min: 0n, max: 2n ** 64n - 1n })), {
      minLength: rows,
      maxLength: rows,
      size: 'max',
    }),
  }),
);

test('DuckDB reads what was written, to the last row, and to the first of nothing', async () => {
  await fc.assert(
    fc.asyncProperty(tables, async ({ rows, texts, bytes, numbers, large }) => {
      const keysOf = ({ keys, codes }: { keys: number[]; codes: Uint32Array }) =>
        Uint32Array.from(keys, (key) => key % codes.length);
      const some = large.flatMap((value, row) => (value === null ? [] : [{ value, row }]));
      const columns: ParquetColumn[] = [
        { name: 'texts', type: 'text', ...texts, keys: keysOf(texts) },
        { name: 'bytes', type: 'uint8', ...bytes, keys: keysOf(bytes) },
        { name: 'numbers', type: 'uint32', numbers: Uint32Array.from(numbers) },
        {
          name: 'large',
          type: 'uint64',
          places: Uint32Array.from(some, ({ row }) => row),
          bytes: new Uint8Array(BigUint64Array.from(some, ({ value }) => value).buffer),
        },
      ];
      const valueIn = <T>(
        { keys, codes, values }: { keys: number[]; codes: Uint32Array; values: T[] },
        row: number,
      ) => values[codes[(keys[row] as number) % codes.length] as number] ?? null;
      expect(await readBack(rows, columns)).toEqual(
        numbers.map((number, row) => [
          valueIn(texts, row),
          valueIn(bytes, row),
          nothing(number),
          large[row],
        ]),
      );
    }),
    { numRuns: 25 },
  );
}, 120_000);

test('there may be more rows than a page holds, and more values than two bytes count', async () => {
  const rows = 300_000;
  const values = Array.from({ length: 70_000 }, (_, index) => `text ${index}`);
  const keys = Uint32Array.from({ length: rows }, (_, row) => (row * 11) % values.length);
  const places = Uint32Array.of(0, 131_071, 131_072, rows - 1);
  const columns: ParquetColumn[] = [
    { name: 'texts', type: 'text', keys, codes: Uint32Array.from(values.keys()), values },
    {
      name: 'few',
      type: 'uint32',
      keys: keys.map((key) => key % 300),
      codes: Uint32Array.from({ length: 300 }, (_, key) => key),
      values: Array.from({ length: 300 }, (_, code) => 5 * code),
    },
    {
      name: 'numbers',
      type: 'uint32',
      numbers: Uint32Array.from({ length: rows }, (_, row) => row),
    },
    {
      name: 'large',
      type: 'uint64',
      places,
      bytes: new Uint8Array(BigUint64Array.of(5n, 6n, 7n, 2n ** 64n - 1n).buffer),
    },
  ];
  const sums = `SELECT count(*)::INT, count(DISTINCT texts)::INT, sum(numbers)::DOUBLE, sum(few)::DOUBLE,
    bool_and(texts = 'text ' || ((numbers::BIGINT * 11) % 70000)), bool_and(few = 5 * (((numbers::BIGINT * 11) % 70000) % 300)),
    count(large)::INT, max(large), min(CASE WHEN numbers = 131072 THEN large END) FROM $file`;
  const [row] = await readBack(rows, columns, sums);
  const sumOfFew = keys.reduce((sum, key) => sum + 5 * (key % 300), 0);
  expect(row).toEqual([
    rows,
    70_000,
    (rows * (rows - 1)) / 2,
    sumOfFew,
    true,
    true,
    4,
    2n ** 64n - 1n,
    7n,
  ]);
}, 60_000);

test('what is told of a column without reading it is true', async () => {
  const columns: ParquetColumn[] = [
    { name: 'a', type: 'uint32', numbers: Uint32Array.of(9, 3_000_000_000, NOTHING) },
    {
      name: 'b',
      type: 'text',
      keys: Uint32Array.of(0, 1, 1),
      codes: Uint32Array.of(NOTHING, 0),
      values: ['x'],
    },
  ];
  expect(
    await readBack(
      3,
      columns,
      'SELECT min(a)::DOUBLE, max(a)::DOUBLE, count(a)::INT, count(b)::INT FROM $file',
    ),
  ).toEqual([[9, 3_000_000_000, 2, 2]]);
  expect(await readBack(3, columns, 'SELECT a::DOUBLE FROM $file WHERE a > 2000000000')).toEqual([
    [3_000_000_000],
  ]);
});
