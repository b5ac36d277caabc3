import { constants, gunzipSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { scannerModule } from '../../src/archive/open-scanner.ts';
import { createTextReader } from '../../src/archive/text-reader.ts';

const reader = createTextReader(scannerModule());
const MOST = 1 << 24;

/** The text of a gzip file; null where it is left to others. */
function inflated(file: Uint8Array): Buffer | null {
  reader.roomForFile(file.length).set(file);
  const length = reader.open(file.length, MOST);
  return length === null ? null : Buffer.from(reader.bytesOf(0, length));
}

/** Texts with much and with little in common, and every distance of repetitions. */
const contents = fc.oneof(
  fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
  fc
    .tuple(fc.uint8Array({ minLength: 1, maxLength: 40 }), fc.integer({ min: 1, max: 3000 }))
    .map(([bytes, times]) => Buffer.concat(Array.from({ length: times }, () => bytes))),
  fc
    .tuple(fc.nat(), fc.integer({ min: 1, max: 60_000 }), fc.constantFrom(2, 20, 256))
    .map(([seed, length, letters]) => {
      let state = seed | 1;
      return Buffer.from(
        Uint8Array.from({ length }, () => {
          state = Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9;
          return (state >>> 16) % letters;
        }),
      );
    }),
);

const ways = fc.record({
  level: fc.integer({ min: 0, max: 9 }),
  memLevel: fc.integer({ min: 1, max: 9 }),
  windowBits: fc.integer({ min: 9, max: 15 }),
  strategy: fc.constantFrom(
    constants.Z_DEFAULT_STRATEGY,
    constants.Z_FILTERED,
    constants.Z_HUFFMAN_ONLY,
    constants.Z_RLE,
    constants.Z_FIXED,
  ),
});

test('whatever zlib deflates, in whichever way, is inflated to the same bytes', () => {
  fc.assert(
    fc.property(contents, ways, (bytes, way) => {
      const file = gzipSync(bytes, way);
      expect(inflated(file)?.equals(bytes)).toBe(true);
    }),
    { numRuns: 150 },
  );
}, 60_000);

test('a file that is broken somewhere is refused, or comes out as zlib has it', () => {
  fc.assert(
    fc.property(
      contents,
      ways,
      fc.nat(),
      fc.integer({ min: 1, max: 255 }),
      (bytes, way, at, by) => {
        const file = Buffer.from(gzipSync(bytes, way));
        const place = at % file.length;
        file[place] = (file[place] as number) ^ by;
        const found = inflated(file);
        // A file that does not begin as gzip is one as it is.
        if (place < 2) expect(found?.equals(file)).toBe(true);
        else if (found !== null) expect(found.equals(gunzipSync(file))).toBe(true);
      },
    ),
    { numRuns: 250 },
  );
}, 60_000);

test('a file that ends too early, or has something behind it, is refused', () => {
  const file = gzipSync(Buffer.from('{"Records":[]}'.repeat(40)));
  for (let length = 2; length < file.length; length += 1)
    expect(inflated(file.subarray(0, length))).toBeNull();
  expect(inflated(Buffer.concat([file, Buffer.from('x')]))).toBeNull();
  expect(inflated(Buffer.concat([file, file]))).toBeNull();
});

test('a file whose name is in its header is inflated; more than is allowed is not', () => {
  const plain = gzipSync(Buffer.from('abc'));
  const named = Buffer.concat([
    plain.subarray(0, 10),
    Buffer.from('logs.json\0'),
    plain.subarray(10),
  ]);
  named[3] = 8;
  expect(inflated(named)?.toString()).toBe('abc');
  named[3] = 4;
  expect(inflated(named)).toBeNull();
  expect(inflated(gzipSync(Buffer.alloc(MOST + 1)))).toBeNull();
});
