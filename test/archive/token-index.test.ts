import fc from 'fast-check';
import { indexOf, partsByToken, partsWith, tokensOfParts } from '../../src/archive/token-index.ts';

/** Few tokens that stand alone, many that are alike in their first bits, and some of everything. */
const tokens = fc.oneof(
  fc.integer({ min: 1, max: 0xffffffff }),
  fc.integer({ min: 0, max: 4000 }).map((n) => (0xabc00000 + n * 16) >>> 0),
  fc.constantFrom(1, 0xffffffff, 0x80000000, 0x7fffffff),
);

const parts = fc.array(fc.array(tokens, { maxLength: 60 }), { minLength: 1, maxLength: 6 });

const built = (lists: number[][]) =>
  indexOf(lists.map((list, part) => ({ part, tokens: Int32Array.from(list) })));

/** Tokens are alike when their first 28 bits are. */
const alike = (one: number, other: number) => one >>> 4 === other >>> 4;

test('an index tells the parts that hold a token, and no others', () => {
  fc.assert(
    fc.property(parts, tokens, (lists, other) => {
      const { bytes, shape } = built(lists);
      const read = (at: number, length: number) => bytes.subarray(at, at + length);
      for (const token of [...new Set([...lists.flat(), other])]) {
        const holding = lists.flatMap((list, part) =>
          list.some((one) => alike(one, token)) ? [part] : [],
        );
        expect(partsWith(token, shape, read)).toEqual(holding);
        expect(partsByToken(shape, bytes)(token)).toEqual(holding);
      }
    }),
    { numRuns: 150 },
  );
});

test('an index gives back what it was made of, and the same index is made of that', () => {
  fc.assert(
    fc.property(parts, (lists) => {
      const { bytes, shape } = built(lists);
      const again = tokensOfParts(shape, bytes, lists.length);
      expect(again.map((list) => [...list])).toEqual(
        lists.map((list) =>
          [...new Set(list.map((token) => (token >>> 4) * 16))].sort((a, b) => a - b),
        ),
      );
      const made = indexOf(again.map((list, part) => ({ part, tokens: list })));
      expect(Buffer.from(made.bytes).equals(Buffer.from(bytes))).toBe(true);
    }),
    { numRuns: 60 },
  );
});

test.each([9_000, 270_000])('%d entries over 256 parts, and thousands in one bucket', (many) => {
  const lists = Array.from({ length: 256 }, () => new Int32Array(Math.ceil(many / 256)));
  let state = 7;
  for (const list of lists)
    for (let n = 0; n < list.length; n += 1) {
      state = Math.imul(state ^ (state >>> 15), 0x9e3779b1) + n;
      // Every tenth begins with the same bits.
      list[n] = n % 10 === 0 ? 0x12340000 | (state & 0xffff) : state;
    }
  const { bytes, shape } = indexOf(lists.map((list, part) => ({ part, tokens: list })));
  const read = (at: number, length: number) => bytes.subarray(at, at + length);
  for (let part = 0; part < lists.length; part += 15) {
    const list = lists[part] as Int32Array;
    for (let n = 0; n < list.length; n += 331)
      expect(partsWith((list[n] as number) >>> 0, shape, read)).toContain(part);
  }
});
