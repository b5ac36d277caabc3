import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import type { Batch } from '../../src/archive/batch.ts';
import { type BatchBuilder, createBatchBuilder } from '../../src/archive/batch-builder.ts';
import { scannerModule } from '../../src/archive/open-scanner.ts';
import { LIMITS } from '../../src/archive/read-log-file.ts';
import { idHashesOf, secondsOf, UNDATED } from '../../src/archive/record-fields.ts';
import { callerKeyOf, callKeyOf } from '../../src/archive/row.ts';
import { createTextReader, ROW } from '../../src/archive/text-reader.ts';
import { tokensOf, wordsIn } from '../../src/archive/tokens.ts';
import { callerWords } from '../../src/archive/vocabulary.ts';
import { joinsCopies } from '../../src/core/evidence/calls.ts';
import { leavesOf } from '../../src/core/evidence/leaves.ts';
import { parseEvent } from '../../src/core/evidence/parse-event.ts';
import { issuedKeyOf } from '../../src/core/evidence/person.ts';
import type { Json, JsonObject } from '../../src/core/json.ts';
import { uuid } from './archives.ts';
import { records } from './random-records.ts';

// One for all tests: what it has met before must not change what it reads.
const builder = createBatchBuilder(LIMITS, scannerModule());

/** What becomes of a file; null where the scanner leaves it to the parser. */
function scanned(file: Buffer, by: BatchBuilder = builder): Batch | null {
  by.roomForFile(file.length).set(file);
  const taken = by.scan(file.length);
  by.endFile({ name: 'a', size: file.length, troubles: null, again: false });
  const batch = by.finish();
  return taken ? batch : null;
}

/** The records that the scanner sees in a text. */
function seen(text: Buffer): unknown[] {
  const batch = scanned(gzipSync(text));
  return Array.from(batch?.start ?? [], (start, row) =>
    JSON.parse(text.toString('utf8', start, start + (batch?.length[row] as number))),
  );
}

/** What the archive keeps of a record, read in the obvious way. */
function kept(value: unknown): { told: unknown; words: string[]; hasKey: boolean } | null {
  const parsed = parseEvent(value, '');
  if ('rejected' in parsed) return null;
  const { event } = parsed;
  const time = event.eventTime === null ? UNDATED : secondsOf(event.eventTime);
  if (time < 0) return null;
  const told = {
    time,
    call: (JSON.parse(callKeyOf(event, false)) as unknown[]).slice(0, -1),
    caller: JSON.parse(callerKeyOf(event.record)) as unknown,
    ids: idHashesOf(event).map((hash) => hash >>> 0),
    isShared: joinsCopies(event.sharedEventID),
  };
  const words = [
    ...leavesOf(event).flatMap(({ value: leaf }) => [leaf, ...wordsIn(leaf)]),
    ...callerWords(event.record.userIdentity ?? null),
    event.eventID,
    event.sourceIPAddress ?? '',
    event.sharedEventID ?? '',
  ];
  return { told, words, hasKey: issuedKeyOf(event) !== null };
}

/** Holds what was scanned against the obvious reading of the same records. */
function expectAsParsed(batch: Batch | null, all: unknown[]): void {
  const wanted = all.map(kept).filter((one) => one !== null);
  const shared = new Set(Array.from(batch?.shared ?? []).filter((_, at) => at % 3 === 0));
  const rows = Array.from({ length: batch?.rows ?? 0 }, (_, row) => ({
    time: batch?.time[row],
    call: (JSON.parse(batch?.calls[batch.call[row] as number] as string) as unknown[]).slice(0, -1),
    caller: JSON.parse(batch?.callers[batch.caller[row] as number] as string) as unknown,
    ids: [batch?.id[row], batch?.id2[row]],
    isShared: shared.has(row),
  }));
  expect(rows).toEqual(wanted.map(({ told }) => told));
  const tokens = new Set(batch?.parts.flatMap((part) => [...part.tokens].map((one) => one | 0)));
  for (const { words } of wanted)
    for (const word of words) {
      const asked = tokensOf(word);
      if (asked) expect([word, asked.some((token) => tokens.has(token | 0))]).toEqual([word, true]);
    }
  for (const [row, { hasKey }] of wanted.entries())
    if (hasKey) expect(batch?.calls[batch.call[row] as number]).toMatch(/,true\]$/);
}

const asFile = (all: Json[], spaces = 0) =>
  Buffer.from(JSON.stringify({ Records: all }, null, spaces));

// 120 files of up to four records, each also as lines.
test('what the scanner makes of records is what parsing makes of them', () => {
  fc.assert(
    fc.property(fc.array(records, { maxLength: 4 }), fc.constantFrom(0, 1, 2), (all, spaces) => {
      const bytes = asFile(all, spaces);
      const { Records } = JSON.parse(bytes.toString()) as { Records: JsonObject[] };
      expect(seen(bytes)).toEqual(Records.filter((one) => kept(one) !== null));
      expectAsParsed(scanned(bytes), Records);
      expectAsParsed(scanned(gzipSync(bytes)), Records);
      const lines = Buffer.from(Records.map((one) => JSON.stringify(one)).join('\n'));
      if (all.length > 0) expectAsParsed(scanned(lines), Records);
    }),
    { numRuns: 120 },
  );
}, 60_000);

/** A sound record with something in it that is not. */
const recordWith = (members: string) =>
  `{"eventSource":"ec2.amazonaws.com","eventName":"A","recipientAccountId":"111122223333","eventID":"${uuid(5)}","eventTime":"2026-11-20T05:32:07Z",${members}}`;

// Texts are read sixteen bytes at a time: whatever stands in one may stand at any place of those.
test.each([
  ['a quote', '\\"'],
  ['a letter by its number', '\\u0042'],
  ['half of a pair of surrogates', '\\ud83d'],
  ['a percent sign', '%2F'],
  ['a wide letter', '한'],
  ['a colon', ':'],
  ['a dot', '.'],
  ['a control character', '\u0001'],
  ['a tab', '\t'],
  ['no escape', '\\x'],
  ['half an escape', '\\u12'],
])('%s at any place of a text', (_, special) => {
  for (let before = 0; before < 36; before += 1)
    for (const after of [0, 1, 15, 16]) {
      const text = 'n'.repeat(before) + special + 'm'.repeat(after);
      const whole = recordWith(
        `"userIdentity":{"userName":"${text}"},"requestParameters":{"x":"${text}"},"userAgent":"${text}"`,
      );
      let parsed: unknown = null;
      try {
        parsed = JSON.parse(whole);
      } catch {
        parsed = null;
      }
      const batch = scanned(Buffer.from(whole));
      if (parsed === null) expect(batch).toBeNull();
      else expectAsParsed(batch, [parsed]);
    }
});

test('a text that JSON.parse refuses, the scanner refuses', () => {
  const damage = fc.record({
    at: fc.nat(),
    remove: fc.integer({ min: 0, max: 2 }),
    insert: fc.constantFrom(
      ...['', ',', '}', ']', '"', '\\', '\\u12', '\u0001', '\u0000', '\n', '-'],
      ...['01', '1.', '1e', 'nul', '{', ':', 'é'],
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
        const bytes = Buffer.from(whole.slice(0, place) + insert + whole.slice(place + remove));
        let parsed: { Records?: unknown[] } | null = null;
        try {
          parsed = JSON.parse(bytes.toString()) as { Records?: unknown[] };
        } catch {
          parsed = null;
        }
        const batch = scanned(bytes);
        if (parsed === null) expect(batch).toBeNull();
        else if (batch !== null) expectAsParsed(batch, parsed.Records ?? [parsed]);
      },
    ),
    { numRuns: 600 },
  );
}, 60_000);

test('bytes that are no UTF-8 are read as the parser reads them', () => {
  for (let before = 0; before < 20; before += 1) {
    const bytes = Buffer.from(recordWith(`"userAgent":"${'n'.repeat(before)}?"`));
    bytes[bytes.lastIndexOf('?')] = 0xff;
    expectAsParsed(scanned(bytes), [JSON.parse(bytes.toString())]);
  }
});

test.each([
  ['a list that does not end', '{"Records":[{"eventName":"A"}'],
  ['a comma too many', '{"Records":[{"eventName":"A"},]}'],
  ['something behind it', '{"Records":[{"eventName":"A"}]} x'],
  ['a second member', '{"Records":[],"Records":[{"eventName":"A"}]}'],
  ['an envelope of LookupEvents', '{"Records":[{"CloudTrailEvent":"{}"}]}'],
  ['deep nesting', `{"Records":[{"eventName":"A","x":${'['.repeat(200)}${']'.repeat(200)}}]}`],
  ['nothing', ''],
  ['an open text', '{"Records":[{"eventName":"A'],
])('%s is left to the parser', (_, text) => expect(scanned(Buffer.from(text))).toBeNull());

test.each([
  ['two members with one name', '"eventName":"B","userAgent":"x"'],
  ['a name in other letters', '"\\u0065ventName":"B"'],
  ['two sign-ins', '"responseElements":{"ConsoleLogin":"Failure","ConsoleLogin":null}'],
  [
    'a sign-in in other letters',
    '"responseElements":{"ConsoleLogin":"Success","Console\\u004cogin":"Failure"}',
  ],
  [
    'a key in other letters',
    '"responseElements":{"credentials":{"access\\u004beyId":"ASIAQ7Z1SESSION2KEY3"}}',
  ],
  ['numbers', '"requestParameters":{"a":[123456789012,-1e3,0.5e-7,12345678901234567890,7]}'],
  ['an identity as a text', '"userIdentity":"{\\"type\\":\\"Root\\"}"'],
  ['an identity as a list', '"userIdentity":["root"]'],
  ['a long identity', `"userIdentity":{"userName":"alice","x":"${'y'.repeat(20_000)}"}`],
  ['a message that is none, in other letters', '"errorMessage":"\\u006e\\u0075ll"'],
  ['a message', '"errorCode":"AccessDenied","errorMessage":"not on resource: arn:aws:s3:::b/k"'],
])('%s: read as the parser reads it', (_, members) => {
  const text = recordWith(members);
  expectAsParsed(scanned(Buffer.from(text)), [JSON.parse(text)]);
  // Whatever it remembers of it must not change the next one.
  expectAsParsed(scanned(Buffer.from(text)), [JSON.parse(text)]);
});

test('thousands of records, sessions and texts: memory grows, and is forgotten, and nothing changes', () => {
  const session = (number: number) => ({
    ...(JSON.parse(recordWith('"userAgent":"x"')) as JsonObject),
    eventID: uuid(number),
    userIdentity: {
      type: 'AssumedRole',
      arn: `arn:aws:sts::111122223333:assumed-role/OrgAdmin/session-${number % 5000}`,
      accessKeyId: `ASIA${number}`,
      sessionContext: { attributes: { creationDate: '2026-11-20T05:30:00Z' } },
      about: 'x'.repeat(600),
    },
    requestParameters: { policy: `{"Resource":"bucket-${number}"}` },
  });
  const own = createBatchBuilder(LIMITS, scannerModule());
  for (let file = 0; file < 6; file += 1) {
    const all = Array.from({ length: 5000 }, (_, index) => session(file * 5000 + index));
    const batch = scanned(gzipSync(asFile(all), { level: 1 }), own);
    expect(batch?.rows).toBe(5000);
    const row = (file * 977) % 5000;
    expect(JSON.parse(batch?.callers[batch.caller[row] as number] as string)[0]).toBe(
      `OrgAdmin/session-${row}`,
    );
    const tokens = new Set(batch?.parts.flatMap((part) => [...part.tokens]));
    for (const word of [`bucket-${file * 5000 + row}`, `asia${file * 5000 + row}`, 'OrgAdmin'])
      expect([word, tokensOf(word)?.some((token) => tokens.has(token))]).toEqual([word, true]);
  }
}, 60_000);

test('what was remembered is given up between two files of one batch, and nothing of it is lost', () => {
  const reader = createTextReader(scannerModule());
  const read = (number: number) => {
    const text = Buffer.from(
      recordWith(
        `"userIdentity":{"userName":"user-${number}"},"requestParameters":{"x":"%61-${number}"}`,
      ),
    );
    reader.roomForFile(text.length).set(text);
    const rows: JsonObject[] = [];
    const length = reader.open(text.length, text.length);
    const tell = (told: Int32Array) => rows.push(reader.callerRecord(told[ROW.caller] as number));
    expect(reader.read(length ?? 0, tell)).toBe(true);
    return rows;
  };
  read(1);
  expect(reader.limit(Number.MAX_SAFE_INTEGER)).toBe(false);
  expect(reader.limit(1)).toBe(true);
  expect(read(2)).toMatchObject([{ userIdentity: { userName: 'user-2' } }]);
  const tokens = new Set(reader.endPart());
  for (const word of ['user-1', 'user-2', 'a-1', 'a-2'])
    expect([word, tokensOf(word)?.some((token) => tokens.has(token))]).toEqual([word, true]);
});

test('every record that cannot be taken is counted', () => {
  const many = 250;
  const text = Buffer.from(asFile(Array.from({ length: many }, () => ({ none: true }))));
  builder.roomForFile(text.length).set(text);
  expect(builder.scan(text.length)).toBe(true);
  expect(builder.troubles()).toHaveLength(many);
  builder.finish();
});
