import fc from 'fast-check';
import { createBatchBuilder } from '../../src/archive/batch-builder.ts';
import { LIMITS } from '../../src/archive/read-log-file.ts';
import { createScanner, type Sink, textOf } from '../../src/archive/scan-records.ts';
import { records } from './random-records.ts';

/** The records that the scanner sees in a text; null where it refuses. */
function scanned(text: string): unknown[] | null {
  const bytes = Buffer.from(text);
  const found: unknown[] = [];
  const sink: Sink = {
    text: () => undefined,
    number: () => undefined,
    identity: () => 0,
    newIdentity: () => undefined,
    record: (start, end) => found.push(JSON.parse(bytes.toString('utf8', start, end))),
  };
  return createScanner().scan(textOf(bytes), sink) ? found : null;
}

test('what the scanner takes for records, JSON.parse does too', () => {
  fc.assert(
    fc.property(fc.array(records, { maxLength: 4 }), fc.constantFrom(0, 1, 2), (all, spaces) => {
      const text = JSON.stringify({ Records: all }, null, spaces);
      expect(scanned(text)).toEqual(JSON.parse(text).Records);
      const lines = all.map((one) => JSON.stringify(one)).join('\n');
      if (all.length > 0)
        expect(scanned(lines)).toEqual(all.map((one) => JSON.parse(JSON.stringify(one))));
    }),
    { numRuns: 300 },
  );
});

test('a text that JSON.parse refuses, the scanner refuses', () => {
  const damage = fc.record({
    at: fc.nat(),
    remove: fc.integer({ min: 0, max: 2 }),
    insert: fc.constantFrom(
      '',
      ',',
      '}',
      ']',
      '"',
      '\\',
      '\\u12',
      '\u0001',
      '\n',
      '-',
      '01',
      '1.',
      'nul',
      '{',
      ':',
      'é',
    ),
  });
  fc.assert(
    fc.property(
      fc.array(records, { minLength: 1, maxLength: 2 }),
      damage,
      (all, { at, remove, insert }) => {
        const whole = JSON.stringify({ Records: all });
        const place = at % whole.length;
        // Through bytes, as from a file: half of a pair of surrogates is no letter there.
        const text = Buffer.from(
          whole.slice(0, place) + insert + whole.slice(place + remove),
        ).toString();
        let parsed: { Records?: unknown } | null = null;
        try {
          parsed = JSON.parse(text) as { Records?: unknown };
        } catch {
          parsed = null;
        }
        const found = scanned(text);
        if (parsed === null) expect(found).toBeNull();
        else if (found !== null) expect(found).toEqual(parsed.Records ?? [parsed]);
      },
    ),
    { numRuns: 3000 },
  );
});

test.each([
  ['a list that does not end', '{"Records":[{"eventName":"A"}'],
  ['a comma too many', '{"Records":[{"eventName":"A"},]}'],
  ['something behind it', '{"Records":[{"eventName":"A"}]} x'],
  ['a second member', '{"Records":[],"Records":[{"eventName":"A"}]}'],
  ['an envelope of LookupEvents', '{"Records":[{"CloudTrailEvent":"{}"}]}'],
  ['deep nesting', `{"Records":[{"eventName":"A","x":${'['.repeat(200)}${']'.repeat(200)}}]}`],
])('%s is left to the parser', (_, text) => expect(scanned(text)).toBeNull());

test('of two members with one name the last counts, as for JSON.parse', () => {
  const builder = createBatchBuilder(LIMITS.record);
  const text =
    '{"eventName":"A","eventName":"B","eventSource":"x","recipientAccountId":"1","eventID":"0ea6b2d5-51d5-4765-ad83-4db65d506d9c"}';
  expect(builder.scan(Buffer.from(text), null)).toBe(true);
  builder.endFile({ name: 'a', size: 1, troubles: null, again: false });
  expect(builder.finish().calls.map((key) => JSON.parse(key)[0])).toEqual(['B']);
});
