import fc from 'fast-check';
import { wildcard } from '../../../../src/core/posture/alarms/wildcard.ts';

test.each([
  ['AccessDenied*', 'AccessDeniedException', true],
  ['*UnauthorizedOperation', 'Client.UnauthorizedOperation', true],
  ['*', '', true],
  ['a*b*c', 'a-b-b-c', true],
  ['Delete*', 'CreateTrail', false],
  ['a', 'ab', false],
  ['', 'a', false],
  ['a?', 'ab', false],
])('%s of %s: %s', (pattern, text, expected) => {
  expect(wildcard(pattern, text)).toBe(expected);
});

test('means what a slow and obvious one means', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'b', '.'), maxLength: 8 });
  const pattern = fc.string({ unit: fc.constantFrom('a', 'b', '.', '*'), maxLength: 6 });
  fc.assert(
    fc.property(pattern, text, (wanted, said) => {
      expect(wildcard(wanted, said)).toBe(obvious(wanted, said));
    }),
  );
});

function obvious(pattern: string, text: string): boolean {
  if (pattern === '') return text === '';
  if (pattern.startsWith('*'))
    return obvious(pattern.slice(1), text) || (text !== '' && obvious(pattern, text.slice(1)));
  return text !== '' && pattern[0] === text[0] && obvious(pattern.slice(1), text.slice(1));
}

test('a hostile pattern comes to an end', () => {
  // Trying every way in which the stars could share the text would take longer than anybody lives.
  expect(wildcard(`${'a*'.repeat(500)}b`, 'a'.repeat(5_000))).toBe(false);
});
