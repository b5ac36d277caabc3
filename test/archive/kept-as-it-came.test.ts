import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { createBatchBuilder } from '../../src/archive/batch-builder.ts';
import { elementsIn, memberIn } from '../../src/archive/json-places.ts';
import { openLogFiles } from '../../src/archive/log-files.ts';
import { scannerModule } from '../../src/archive/open-scanner.ts';
import { LIMITS } from '../../src/archive/read-log-file.ts';
import { leavesOf } from '../../src/core/evidence/leaves.ts';
import { parseEvent } from '../../src/core/evidence/parse-event.ts';
import { ANYTHING, logFile, uuid, withArchive } from './archives.ts';
import { rowsOf, taken } from './batches.ts';

const builder = createBatchBuilder(LIMITS, scannerModule());

/** A record whose text says more than what `JSON.stringify` would write of it. */
const RECORD = `{"eventID":"${uuid(5)}", "eventTime":"2026-11-20T05:32:07Z","eventSource":"ec2.amazonaws.com",
  "eventName":"Never", "eventName":"TerminateInstances","recipientAccountId":"111122223333",
  "requestParameters":{"volume":9007199254740993,"job":18446744073709551615,"much":1e400,"none":-0,"one":1.0,
    "name":"b\\u006fra]}\\"{","same":"first","same":"last","deep":${'[{"a":'.repeat(40)}12345678901234567890${'}]'.repeat(40)}}}`;
const LEAVES = [
  '9007199254740992',
  '18446744073709552000',
  'Infinity',
  '0',
  '1',
  'bora]}"{',
  'last',
];
const inLine = RECORD.replaceAll('\n', ' ');
const bare = inLine.replace(/"event(ID|Time)":"[^"]*",/g, '');
const message = JSON.stringify(RECORD);
const id = `"EventId":"${uuid(5)}","EventTime":"2026-11-20T05:32:07Z"`;

const ENVELOPES: [string, string, string?][] = [
  ['a file of CloudTrail', `{"Records":[{"eventName":"A","eventSource":"x"},${RECORD}]}`],
  ['a file with more in it', `{"x":{"Records":1},"Records":[],"Records" : [ ${RECORD} , 7 ]}`],
  ['a list', ` [ ${RECORD}, "]" ]`],
  ['a record alone', RECORD],
  ['a record alone, behind empty lines', `\n\r\n${RECORD}\n`],
  ['lines, one of which is none', `${inLine}\nnothing\n`, inLine],
  ['LookupEvents', `{"Events":[{${id},"CloudTrailEvent":${message}}]}`],
  ['CloudWatch Logs', `{"@message":${message}}`],
  ['EventBridge in other letters', `{"\\u0064etail":${inLine}}`, inLine],
  ['EventBridge', `{"detail":{},"source":"x","detail": ${inLine} }`, inLine],
];

const found = (text: string) => {
  const parsed = parseEvent(JSON.parse(text), '');
  if ('rejected' in parsed) throw new Error(parsed.rejected);
  return parsed.event;
};

test.each(ENVELOPES)('%s: a record is kept as it came', async (_, file, as = RECORD) => {
  const { batch } = await taken(Buffer.from(file), builder);
  expect(rowsOf(batch).map(({ text }) => text)).toContain(as);
  await withArchive([logFile('a', Buffer.from(file))], async (archive) => {
    const events = await archive.select({ ...ANYTHING, eventIds: [uuid(5)] });
    expect(events.map(({ record }) => record)).toEqual([JSON.parse(as)]);
    const values = events.flatMap(leavesOf).map(({ value }) => value);
    expect(values).toEqual(LEAVES);
  });
});

test('what a record lacks and its envelope has is written behind it', async () => {
  const file = `{"Events":[{${id},"CloudTrailEvent":${JSON.stringify(bare)}}]}`;
  const { batch } = await taken(Buffer.from(file), builder);
  const time = '"eventTime":"2026-11-20T05:32:07Z"';
  const whole = `${bare.slice(0, -1)},${time},"eventID":"${uuid(5)}"}`;
  expect(rowsOf(batch).map(({ text }) => text)).toEqual([whole]);
  const [row] = rowsOf((await taken(Buffer.from(whole), builder)).batch);
  expect(rowsOf(batch)).toEqual([row]);
});

test('half of a pair of surrogates is kept as its number', async () => {
  const file = `{"CloudTrailEvent":"{\\"eventName\\":\\"A\\",\\"userAgent\\":\\"x\\ud83d\\"}"}`;
  const { batch } = await taken(Buffer.from(file), builder);
  expect(rowsOf(batch).map(({ text }) => text)).toEqual([
    '{"eventName":"A","userAgent":"x\\ud83d"}',
  ]);
});

test('log files by path answer with what is in them, however it is written', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'logs-'));
  for (const [index, [, file]] of ENVELOPES.entries())
    writeFileSync(join(folder, `${index}.json`), file);
  const logs = openLogFiles([folder]);
  try {
    const search = { ...ANYTHING, from: '2026-11-01T00:00:00Z', to: '2026-12-01T00:00:00Z' };
    const { events, searched } = await logs.find({ ...search, resources: ['bora'] });
    const known = events.filter(({ eventID }) => eventID === uuid(5));
    expect(known.map(({ record }) => record)).toEqual(ENVELOPES.map(() => found(RECORD).record));
    // The copies are one event; beside it stands the one without an id.
    expect(searched.held?.events).toBe(2);
  } finally {
    logs.close();
    rmSync(folder, { recursive: true });
  }
});

test('values stand in a text where JSON.parse finds them', () => {
  const spaces = fc.constantFrom('', ' ', '\n\t', '  ');
  fc.assert(
    fc.property(fc.array(fc.jsonValue(), { maxLength: 5 }), spaces, (values, space) => {
      const texts = values.map((value) => JSON.stringify(value, null, space));
      const list = `${space}[${space}${texts.join(`${space},${space}`)}${space}]${space}`;
      expect([...elementsIn(list)]).toEqual(texts);
      const names = values.map((_, index) => `"${index % 3}\\u0022"`);
      const members = names.map((name, index) => `${name}${space}:${space}${texts[index]}`);
      const object = `${space}{${space}${members.join(`${space},${space}`)}${space}}`;
      for (const [name, value] of Object.entries(JSON.parse(object) as object))
        expect(JSON.parse(memberIn(object, name))).toEqual(value);
    }),
  );
  expect(() => memberIn('{"a":1}', 'b')).toThrow('b was parsed and is not in the text');
});
