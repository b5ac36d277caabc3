import fc from 'fast-check';
import { regexOf } from '../../../../src/core/posture/alarms/regex.ts';

/** Expressions of what filter patterns know, in ways that the engine of the language reads the same. */
const char = fc.constantFrom('a', 'b', 'B', '1', '_', '-', ':');
const atom = fc.oneof(
  char,
  fc.constantFrom('.', '\\d', '\\W', '\\w', '\\.', '[ab]', '[^a]', '[a-z]', '[A-Z0-9_]', '[\\d-]'),
);
const quantified = fc
  .tuple(atom, fc.constantFrom('', '', '', '?', '*', '+', '{2}', '{1,}', '{0,2}', '*?'))
  .map((parts) => parts.join(''));
const branch = fc
  .tuple(
    fc.constantFrom('', '', '^'),
    fc.array(quantified, { minLength: 1, maxLength: 5 }),
    fc.constantFrom('', '', '$'),
  )
  .map(([start, middle, end]) => start + middle.join('') + end);
const expression = fc.array(branch, { minLength: 1, maxLength: 3 }).map((all) => all.join('|'));
const text = fc.string({
  unit: fc.constantFrom('a', 'b', 'B', '1', '_', '-', ':', '.'),
  maxLength: 8,
});

test('an expression finds what the engine of the language finds', () => {
  fc.assert(
    fc.property(expression, text, (written, said) => {
      expect([written, said, regexOf(written)?.(said)]).toEqual([
        written,
        said,
        new RegExp(written).test(said),
      ]);
    }),
    { numRuns: 3_000 },
  );
});

test.each([
  ['a group', '(a)'],
  ['a group in a class is closed too early', '[a'],
  ['a reference', 'a\\1'],
  ['a sign that CloudWatch Logs does not take', 'a!'],
  ['a quantifier of nothing', '*a'],
  ['a quantifier that counts backwards', 'a{3,1}'],
  ['a quantifier without an end', 'a{9999}'],
  ['a range backwards', '[z-a]'],
  ['a word boundary', '\\bStop'],
])('%s is not understood', (_, written) => {
  expect(regexOf(written)).toBeNull();
});

test('an expression that would hold up a backtracking engine for years answers at once', () => {
  const evil = regexOf(`${'.*'.repeat(100)}x`);
  expect(evil?.('a'.repeat(2_000))).toBe(false);
  expect(evil?.(`${'a'.repeat(2_000)}x`)).toBe(true);
});
