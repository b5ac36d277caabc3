import fc from 'fast-check';
import { columns, cut, padded, wrapped } from '../../src/terminal/columns.ts';

test.each([
  ['', 0],
  ['trail', 5],
  ['트레일', 6],
  ['계정 14개', 9],
  ['漢字', 4],
  ['カタ', 4],
  ['ｱ', 1],
  ['e\u0301', 1],
  ['\u1112\u1161\u11ab', 2],
  ['🔴', 2],
  ['▮▯', 2],
  ['·…→', 3],
])('%s takes %d columns', (text, width) => {
  expect(columns(text)).toBe(width);
});

test('columns beside Korean words stand under each other', () => {
  expect(columns(padded('심각', 9))).toBe(columns(padded('HIGH', 9)));
});

test('what is cut says so and never becomes wider', () => {
  expect(cut('보라결제감사로그', 8)).toBe('보라결…');
  expect(cut('short', 8)).toBe('short');
});

test('whatever the text, no line is wider than asked, and no word is lost', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 4, max: 60 }), (text, width) => {
      const lines = wrapped(text, width);
      for (const line of lines) expect(columns(line)).toBeLessThanOrEqual(width);
      expect(lines.join('').replace(/\s/g, '')).toBe(text.replace(/\s/g, ''));
      expect(columns(cut(text, width))).toBeLessThanOrEqual(width);
    }),
  );
});
