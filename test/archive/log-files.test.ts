import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { openLogFiles } from '../../src/archive/log-files.ts';
import { LIMITS } from '../../src/archive/read-log-file.ts';
import type { Search } from '../../src/core/evidence/source.ts';
import type { JsonObject } from '../../src/core/json.ts';
import { soundRecord } from '../core/evidence/sound.ts';
import { uuid } from './archives.ts';

const ANYTHING: Search = {
  from: '2026-11-01T00:00:00Z',
  to: '2026-12-01T00:00:00Z',
  accounts: 'all',
  regions: 'all',
  resources: [],
  eventNames: [],
  accessKeyIds: [],
  eventIds: [],
  actors: [],
  addresses: [],
  sharedEventIds: [],
  readOnly: null,
};

/** A folder with these files, searched, and gone afterwards. */
async function searchIn(
  files: { [name: string]: string | Buffer },
  search: Partial<Search> = {},
  limits = LIMITS,
) {
  const folder = mkdtempSync(join(tmpdir(), 'logs-'));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  const logs = openLogFiles([folder], limits);
  try {
    const { events, searched } = await logs.find({ ...ANYTHING, ...search });
    return {
      ids: events.map(({ eventID }) => eventID).sort(),
      events,
      searched,
      gaps: searched.gaps.map(({ reason }) => reason.replaceAll(`${folder}/`, '')),
    };
  } finally {
    logs.close();
    rmSync(folder, { recursive: true });
  }
}

const record = (eventID: string, difference: JsonObject = {}) =>
  soundRecord({ eventID, ...difference });
const line = (eventID: string, difference: JsonObject = {}) =>
  JSON.stringify(record(eventID, difference));

test.each([
  ['labs.bora.example', 'labs.bora.example.'],
  ['labs.bora.example.', 'labs.bora.example'],
])('the DNS name %s selects the records of %s', async (asked, recorded) => {
  const { ids } = await searchIn(
    { 'a.jsonl': line('a', { requestParameters: { name: recorded } }) },
    { resources: [asked] },
  );
  expect(ids).toEqual(['a']);
});

test('every envelope is read, plain and gzip, in folders of folders', async () => {
  const { ids, gaps, events } = await searchIn({
    'AWSLogs/1/CloudTrail/a.json.gz': gzipSync(
      JSON.stringify({ Records: [record('a1'), record('a2')] }),
    ),
    'b.jsonl': `${line('b1')}\n\n${line('b2')}\n`,
    'c.json': JSON.stringify(record('c1'), null, 2),
    'd.json': JSON.stringify([record('d1')]),
    'e.jsonl.gz': gzipSync(`${line('e1')}\r\n${line('e2')}`),
    'lookup.json': JSON.stringify(
      {
        Events: [
          { EventId: 'f1', CloudTrailEvent: JSON.stringify(soundRecord({ eventID: null })) },
        ],
      },
      null,
      4,
    ),
    'lookup.jsonl': JSON.stringify({ EventId: 'g1', CloudTrailEvent: line('g1') }),
    'bridge.json': JSON.stringify({
      'detail-type': 'AWS API Call via CloudTrail',
      detail: record('h1'),
    }),
    'two-members.gz': Buffer.concat([gzipSync(`${line('i1')}\n`), gzipSync(`${line('i2')}\n`)]),
    'bom.json': `\ufeff${line('j1')}`,
    'notes.txt': 'not asked for',
    'AWSLogs/1/CloudTrail-Digest/x.json.gz': gzipSync('{"awsAccountId":"1"}'),
  });
  expect(ids).toEqual([
    'a1',
    'a2',
    'b1',
    'b2',
    'c1',
    'd1',
    'e1',
    'e2',
    'f1',
    'g1',
    'h1',
    'i1',
    'i2',
    'j1',
  ]);
  expect(gaps).toEqual([]);
  expect(events.find(({ eventID }) => eventID === 'a2')?.origin).toMatch(/a\.json\.gz record 2$/);
  expect(events.find(({ eventID }) => eventID === 'b2')?.origin).toMatch(/b\.jsonl line 3$/);
});

test('what cannot be read is named with its reason, and the rest is answered', async () => {
  const whole = gzipSync(
    `${line('t1')}\n${Array.from({ length: 400 }, (_, n) => line(`t${n}x`, { requestID: `${Math.sin(n)}` })).join('\n')}`,
  );
  const { ids, gaps } = await searchIn({
    'bad-line.jsonl': `${line('a1')}\n{"eventName": oops}\n${line('a2')}\n[1,2]\nnull\n"text"\n`,
    'empty.json': '',
    'list.json': '{"Records": "none"}',
    'no-json.log': 'GET / HTTP/1.1',
    'no-records.json': '{"Records":[null, 7, {"hello":"world"}]}',
    'truncated.json.gz': whole.subarray(0, whole.length - 200),
    'zeros.gz': Buffer.from([0x1f, 0x8b, 0, 0, 0]),
  });
  expect(ids).toEqual(expect.arrayContaining(['a1', 'a2', 't1']));
  expect(gaps).toEqual([
    'bad-line.jsonl: line 2: not JSON; line 4 record 1: not a record but a number; line 4 record 2: not a record but a number; and 2 more',
    'list.json: Records is no list',
    'no-json.log: line 1: not JSON',
    'no-records.json: record 1: not a record but nothing; record 2: not a record but a number; record 3: a JSON object without eventName and eventSource is no CloudTrail record',
    expect.stringMatching(
      /^truncated\.json\.gz: (line \d+: not JSON; )?truncated gzip; what came before was read$/,
    ),
    expect.stringMatching(/^zeros\.gz: broken gzip/),
  ]);
});

test('a gzip bomb is stopped, named, and hides nothing else', async () => {
  const bomb = gzipSync(Buffer.alloc(100 * 1024 * 1024));
  expect(bomb.length).toBeLessThan(300_000);
  const began = process.memoryUsage().rss;
  const { ids, gaps } = await searchIn({ 'bomb.json.gz': bomb, 'good.jsonl': line('a1') });
  expect(ids).toEqual(['a1']);
  expect(gaps).toEqual([
    'bomb.json.gz: line 1: longer than 1048576; inflates far beyond any log (gzip bomb?); the rest was not read',
  ]);
  expect(process.memoryUsage().rss - began).toBeLessThan(300 * 1024 * 1024);
});

test('a bomb that pretends to be a log file is stopped too', async () => {
  const start = '{"Records":[';
  const { gaps } = await searchIn({ 'bomb.gz': gzipSync(start + ' '.repeat(40 * 1024 * 1024)) });
  expect(gaps[0]).toMatch(/^bomb\.gz: inflates far beyond any log/);
});

test('records, lines and files over their limits are set aside', async () => {
  const limits = {
    ...LIMITS,
    record: 4_000,
    document: 20_000,
    inflated: 30_000,
    compressed: 2_000,
  };
  const noise = Array.from({ length: 5_000 }, (_, n) => Math.sin(n).toString(36)).join('');
  const { ids, gaps } = await searchIn(
    {
      'big-line.jsonl': `${line('a1')}\n${line('a2', { userAgent: 'x'.repeat(5_000) })}\n${line('a3')}`,
      'big-record.json': JSON.stringify({
        Records: [record('b1'), record('b2', { userAgent: 'x'.repeat(5_000) })],
      }),
      'big-document.json': JSON.stringify({
        Records: [record('c1', { userAgent: 'x'.repeat(25_000) })],
      }),
      'big-file.jsonl': Array.from({ length: 50 }, (_, n) => line(`d${n}`)).join('\n'),
      'big.gz': gzipSync(noise),
    },
    {},
    limits,
  );
  expect(ids).toEqual(expect.arrayContaining(['a1', 'a3', 'b1', 'd0']));
  expect(gaps.map((gap) => gap.split(':')[0])).toEqual([
    'big-document.json',
    'big-file.jsonl',
    'big-line.jsonl',
    'big-record.json',
    'big.gz',
  ]);
});

test('a small file of very many values is set aside before it fills the memory', async () => {
  const { ids, gaps } = await searchIn(
    {
      'crowd.json': `[${'{},'.repeat(2_000)}{}]`,
      'deep.json': '['.repeat(5_000),
      'fine.json': JSON.stringify({ Records: [record('a1'), record('a2')] }),
    },
    {},
    { ...LIMITS, values: 1_000 },
  );
  expect(ids).toEqual(['a1', 'a2']);
  expect(gaps).toEqual([
    'crowd.json: one JSON document of more than 1000 values',
    'deep.json: one JSON document of more than 1000 values',
  ]);
});

test('what lies behind the end of the gzip data is told, because records may', async () => {
  const [first, second] = [gzipSync(line('a1')), gzipSync(line('a2'))];
  const { ids, gaps } = await searchIn({
    'joined.gz': Buffer.concat([gzipSync(`${line('b1')}\n`), gzipSync(line('b2'))]),
    'padded.gz': Buffer.concat([first, Buffer.alloc(10), second]),
  });
  expect(ids).toEqual(['a1', 'b1', 'b2']);
  expect(gaps).toEqual([
    `padded.gz: ${second.length + 10} bytes behind the gzip data were not read`,
  ]);
});

test('pipes are not waited for, and a linked folder is named rather than passed over', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'logs-'));
  execFileSync('mkfifo', [join(folder, 'pipe.json')]);
  symlinkSync(join(folder, 'pipe.json'), join(folder, 'to-pipe.json'));
  symlinkSync('.', join(folder, 'circle'));
  const logs = openLogFiles([join(folder, 'pipe.json'), folder]);
  const { searched } = await logs.find(ANYTHING);
  logs.close();
  rmSync(folder, { recursive: true });
  expect(searched.gaps.map(({ reason }) => reason.replace(folder, '…'))).toEqual([
    '…/circle: is a link to a folder, which is not followed',
    '…/pipe.json: is no regular file',
    '…/to-pipe.json: is no regular file',
    'the files hold no record with a time',
  ]);
});

test('paths that do not exist, hold nothing or may not be read are gaps', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'logs-'));
  symlinkSync(join(folder, 'nowhere.json'), join(folder, 'link.json'));
  const logs = openLogFiles([join(folder, 'missing'), folder]);
  const { searched } = await logs.find(ANYTHING);
  logs.close();
  rmSync(folder, { recursive: true });
  expect(searched.gaps.map(({ reason }) => reason.replace(folder, '…'))).toEqual([
    '…/missing: does not exist',
    '…/link.json: does not exist',
    'the files hold no record with a time',
  ]);
});

test.each<[string, Partial<Search>, string[]]>([
  ['the window is half-open', { from: '2026-11-20T05:32:07Z', to: '2026-11-20T05:32:08Z' }, ['a']],
  ['accounts', { accounts: ['444455556666'] }, ['b']],
  ['regions', { regions: ['eu-west-1'] }, ['b']],
  ['event names with and without version', { eventNames: ['CreateFunction'] }, ['b']],
  ['event ids', { eventIds: ['a'] }, ['a']],
  ['keys', { accessKeyIds: ['AKIAQ7Z1ALICE2KEY3X4'] }, ['a']],
  ['identifiers', { resources: ['it\'s "quoted"; DROP TABLE events; --'] }, ['b']],
  [
    'identifiers that are percent-encoded in the record',
    { resources: ['arn:aws:iam::1:role/x-role'] },
    ['b'],
  ],
  ['people', { actors: ['ALICE'] }, ['a']],
])('pre-selects by %s', async (_, search, expected) => {
  const { ids } = await searchIn(
    {
      'a.jsonl': `${line('a')}\n${line('b', {
        eventTime: '2026-11-21T00:00:00.5Z',
        recipientAccountId: '444455556666',
        awsRegion: 'eu-west-1',
        eventName: 'CreateFunction20150331',
        userIdentity: { type: 'Root' },
        requestParameters: {
          name: 'it\'s "quoted"; DROP TABLE events; --',
          role: 'arn%3Aaws%3Aiam%3A%3A1%3Arole%2Fx-role',
        },
      })}`,
    },
    search,
  );
  expect(ids).toEqual(expected);
});

test('the files say what they hold: each event once, its accounts, its times', async () => {
  const id = '0ea6b2d5-51d5-4765-ad83-4db65d506d9c';
  const { searched } = await searchIn(
    {
      'a.jsonl': [
        line(id),
        line(id.toUpperCase(), { eventVersion: '1.10' }),
        line('XXXX', { recipientAccountId: '444455556666', eventTime: '2026-11-21T00:00:00Z' }),
        line('XXXX', { awsRegion: 'eu-west-1' }),
      ].join('\n'),
    },
    { resources: ['i-nowhere'] },
  );
  expect(searched.held).toEqual({
    events: 3,
    accounts: 2,
    first: '2026-11-20T05:32:07Z',
    last: '2026-11-21T00:00:00Z',
  });
});

test('the files speak only for the accounts and the time that they hold', async () => {
  const { searched, gaps } = await searchIn(
    { 'a.jsonl': line('a') },
    {
      accounts: ['111122223333', '999999999999'],
      from: '2025-01-01T00:00:00Z',
      to: '2025-02-01T00:00:00Z',
    },
  );
  expect(searched.accounts).toEqual({
    searched: ['111122223333'],
    of: ['111122223333', '999999999999'],
  });
  expect(gaps).toEqual([
    'the files hold no record of this account',
    'the files hold records from 2026-11-20T05:32:07Z to 2026-11-20T05:32:07Z only',
  ]);
});

test('the call that issued a key is found with its copy in the other account', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'logs-'));
  const issuing = {
    responseElements: { credentials: { accessKeyId: 'ASIAQ7Z1SESSION2KEY3' } },
    sharedEventID: uuid(1),
  };
  writeFileSync(
    join(folder, 'a.jsonl'),
    [
      line('a', issuing),
      line('b', { sharedEventID: uuid(1) }),
      line('c', { sharedEventID: uuid(2) }),
      // The same key, with what an export has left of an id: its like stand in other calls.
      line('d', { ...issuing, sharedEventID: '****' }),
      line('e', { sharedEventID: '****' }),
    ].join('\n'),
  );
  const logs = openLogFiles([folder]);
  const { events } = await logs.find(ANYTHING);
  const [used] = events;
  if (!used) throw new Error('no events');
  const accessKeyId = 'ASIAQ7Z1SESSION2KEY3';
  const issued = (await logs.issuing([{ accessKeyId, usedBy: used }])).get(accessKeyId)?.events;
  logs.close();
  rmSync(folder, { recursive: true });
  expect(issued?.map(({ eventID }) => eventID).sort()).toEqual(['a', 'b', 'd']);
});
