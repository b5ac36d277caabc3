import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { createBatchBuilder } from '../../src/archive/batch-builder.ts';
import { type Module, scannerModule } from '../../src/archive/open-scanner.ts';
import { LIMITS } from '../../src/archive/read-log-file.ts';
import { takeFile } from '../../src/archive/take-file.ts';
import { createTextReader } from '../../src/archive/text-reader.ts';
import { tokensOf } from '../../src/archive/tokens.ts';
import { soundRecord } from '../core/evidence/sound.ts';
import { uuid } from './archives.ts';
import { rowsOf, taken, tokensIn } from './batches.ts';
import { diceFrom, mutatedFile } from './mutated-files.ts';

const builder = createBatchBuilder(LIMITS, scannerModule());
const SCANNER = join(__dirname, '../../dist/archive/scanner.wasm');

const records = [1, 2, 3].map((number) => JSON.stringify(soundRecord({ eventID: uuid(number) })));
const lines = Buffer.from(records.map((one) => `${one}\n`).join(''));
const zipped = gzipSync(`{"Records":[${records.join(',')}]}`);

/** What becomes of a file that was listed with another size than it has when it is read. */
async function takenAs(listed: number, bytes: Buffer) {
  const folder = mkdtempSync(join(tmpdir(), 'take-'));
  const path = join(folder, 'a');
  writeFileSync(path, bytes);
  try {
    await takeFile({ name: 'a', size: listed, path }, builder, LIMITS);
    const { files, ...batch } = builder.finish();
    return { rows: rowsOf({ files, ...batch }).length, troubles: files[0]?.troubles };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test.each([
  ['as it was listed', lines.length],
  ['longer by a line', lines.length - Buffer.byteLength(`${records[2]}\n`)],
  ['longer by a part of a line', lines.length - 40],
  ['longer, and was empty', 0],
  ['shorter', lines.length + 1],
  ['much shorter', 3 * lines.length],
])('a file that is read is %s: all that is in it is taken', async (_, listed) => {
  expect(await takenAs(listed, lines)).toEqual({ rows: 3, troubles: null });
});

test('a compressed file that ends early is told, however much of it was listed', async () => {
  expect(await takenAs(zipped.length + 9, zipped)).toEqual({ rows: 3, troubles: null });
  const half = zipped.subarray(0, zipped.length - 30);
  for (const listed of [half.length, zipped.length]) {
    const { troubles } = await takenAs(listed, half);
    expect([listed, troubles]).toEqual([listed, expect.stringContaining('truncated gzip')]);
  }
});

test('fetched bytes count as they are, whatever size was listed', async () => {
  for (const size of [0, 10, lines.length - 1, lines.length, lines.length + 1]) {
    await takeFile({ name: 'a', size, bytes: lines }, builder, LIMITS);
    expect([size, builder.finish().rows]).toEqual([size, 3]);
  }
});

test('a record whose caller has a list of hundreds of thousands is taken like any other', async () => {
  const userIdentity = { type: 'IAMUser', userName: 'bora', odd: new Array(200_000).fill(0) };
  const odd = JSON.stringify(soundRecord({ eventID: uuid(4), userIdentity }));
  const { batch } = await taken(Buffer.from(`{"Records":[${odd},${records[0]}]}`), builder);
  expect(rowsOf(batch).map(({ text }) => text)).toEqual([odd, records[0]]);
  expect(batch.files[0]?.troubles).toBeNull();
  expect(tokensIn(batch).has(tokensOf('bora')?.[0] ?? 0)).toBe(true);
});

test('a file that is gone is told, and asked for again', async () => {
  const path = join(tmpdir(), 'no such folder', 'a.json.gz');
  await takeFile({ name: 'a', size: 10, path }, builder, LIMITS);
  expect(builder.finish().files).toMatchObject([
    { troubles: 'cannot be read (ENOENT)', again: true },
  ]);
});

/** The types of Node do not have it. */
declare const WebAssembly: { Module: new (bytes: Uint8Array) => Module };

/** The scanner, but for the number of texts that it remembers: 64 instead of a million. */
function forgetfulModule(): Module {
  const bytes = readFileSync(SCANNER);
  // `i32.const 1048576` and `i32.const 64`, in as many bytes (LEB128).
  const million = Buffer.from([0x41, 0x80, 0x80, 0xc0, 0x00]);
  const at = bytes.indexOf(million);
  expect([at > 0, bytes.indexOf(million, at + 1)]).toEqual([true, -1]);
  Buffer.from([0x41, 0xc0, 0x80, 0x80, 0x00]).copy(bytes, at);
  return new WebAssembly.Module(bytes);
}

test('past a million texts no more are remembered, and what they stand for is told all the same', async () => {
  const texts = Array.from({ length: 3000 }, (_, index) => `%61-${index}-${'x'.repeat(300)}`);
  const text = JSON.stringify({ Records: [soundRecord({ requestParameters: { texts } })] });
  const file = Buffer.from(text);
  const forgets = [scannerModule(), forgetfulModule()].map((module) => {
    const reader = createTextReader(module);
    reader.roomForFile(file.length).set(file);
    const length = reader.open(file.length, file.length) ?? 0;
    expect(reader.read(length, () => undefined)).toBe(true);
    const tokens = new Set(reader.endPart());
    for (const index of [0, 70, 2999]) {
      const asked = tokensOf(`a-${index}-${'x'.repeat(300)}`);
      expect([index, asked?.some((token) => tokens.has(token))]).toEqual([index, true]);
    }
    return reader.limit(5 * file.length);
  });
  expect(forgets).toEqual([true, false]);

  const [forgetful, parsing] = [forgetfulModule(), scannerModule()].map((module) =>
    createBatchBuilder(LIMITS, module),
  );
  if (!forgetful || !parsing) throw new Error('there are two');
  for (let seed = 0; seed < 60; seed += 1) {
    const bytes = mutatedFile(diceFrom(seed));
    const scanned = await taken(bytes, forgetful);
    const parsed = await taken(bytes, parsing, { slowly: true });
    expect(rowsOf(scanned.batch).map(({ text: one }) => one)).toEqual(
      rowsOf(parsed.batch).map(({ text: one }) => one),
    );
    const [held, wanted] = [tokensIn(scanned.batch), tokensIn(parsed.batch)];
    const named = ['i-12345678', 'qwerty', 'zxcvb', 'abc', 'Abc'].flatMap(
      (word) => tokensOf(word) ?? [],
    );
    expect(named.filter((token) => wanted.has(token) && !held.has(token))).toEqual([]);
  }
}, 60_000);

test('without the compiled scanner nothing is read, and it is said how to come by it', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'unbuilt-'));
  try {
    const alone = join(folder, 'open-scanner.js');
    copyFileSync(join(__dirname, '../../dist/archive/open-scanner.js'), alone);
    const opened = (await import(alone)) as { scannerModule(): Module };
    const file = join(folder, 'scanner.wasm');
    expect(() => opened.scannerModule()).toThrow(
      `without ${file}, which \`npm run build\` makes, no log file can be read`,
    );
    copyFileSync(SCANNER, file);
    expect(opened.scannerModule()).toBeDefined();
  } finally {
    rmSync(folder, { recursive: true });
  }
});
