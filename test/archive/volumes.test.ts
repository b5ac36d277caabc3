import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { volumesIn } from '../../src/archive/volumes.ts';
import type { JsonObject } from '../../src/core/json.ts';
import { soundRecord } from '../core/evidence/sound.ts';

/** A folder with these files, counted, and gone afterwards. */
async function counted(files: { [name: string]: string | Buffer }) {
  const folder = mkdtempSync(join(tmpdir(), 'volumes-'));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  try {
    return await volumesIn([folder]);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

let next = 0;
/** One record as a line of JSON; each with an id of its own unless told. */
function line(differs: JsonObject = {}): string {
  next += 1;
  const eventID = `00000000-0000-4000-8000-${String(next).padStart(12, '0')}`;
  return JSON.stringify(
    soundRecord({
      eventID,
      eventTime: '2026-11-20T10:00:00Z',
      recipientAccountId: '111111111111',
      awsRegion: 'eu-west-1',
      eventCategory: 'Management',
      readOnly: false,
      ...differs,
    }),
  );
}

const object = (bucketName: string, differs: JsonObject = {}) =>
  line({
    eventSource: 's3.amazonaws.com',
    eventName: 'PutObject',
    eventCategory: 'Data',
    requestParameters: { bucketName, key: 'k' },
    ...differs,
  });

test('events are counted by account, region, day and kind, data events of S3 by bucket', async () => {
  const { counts, first, last, unread } = await counted({
    'a.jsonl': [
      line(),
      line(),
      line({ readOnly: true }),
      line({ eventTime: '2026-11-21T00:00:00Z' }),
      line({ recipientAccountId: '222222222222' }),
      line({ awsRegion: 'us-east-1' }),
      object('card-data'),
      object('card-data', { readOnly: true, eventName: 'GetObject' }),
      object('audit-logs'),
      line({ eventCategory: 'NetworkActivity' }),
    ].join('\n'),
  });
  const told = counts.map(
    ({ account, region, day, kind, bucket, events }) =>
      `${account.slice(0, 1)} ${region} ${day.slice(5)} ${kind} ${bucket ?? '-'}: ${events}`,
  );
  expect(told.sort()).toEqual([
    '1 eu-west-1 11-20 data-read card-data: 1',
    '1 eu-west-1 11-20 data-write audit-logs: 1',
    '1 eu-west-1 11-20 data-write card-data: 1',
    '1 eu-west-1 11-20 management-read -: 1',
    '1 eu-west-1 11-20 management-write -: 2',
    '1 eu-west-1 11-20 network -: 1',
    '1 eu-west-1 11-21 management-write -: 1',
    '1 us-east-1 11-20 management-write -: 1',
    '2 eu-west-1 11-20 management-write -: 1',
  ]);
  expect([first, last, unread]).toEqual(['2026-11-20T10:00:00Z', '2026-11-21T00:00:00Z', 0]);
});

test('the copies that several trails deliver of one event count once', async () => {
  const one = line();
  const { counts } = await counted({
    'org/a.jsonl.gz': gzipSync(one),
    'own/a.json': JSON.stringify({ Records: [JSON.parse(one)] }),
  });
  expect(counts.map(({ events }) => events)).toEqual([1]);
});

test('Insights are no events of anybody, and a call on a bucket is not about its objects', async () => {
  const { counts } = await counted({
    'a.jsonl': [
      line({ eventCategory: 'Insight' }),
      line({ eventSource: 's3.amazonaws.com', requestParameters: { bucketName: 'card-data' } }),
    ].join('\n'),
  });
  expect(counts).toMatchObject([{ kind: 'management-write', bucket: null, events: 1 }]);
});

test('what could not be read is counted too, as unread', async () => {
  const { counts, unread } = await counted({ 'a.jsonl': line(), 'b.json.gz': 'no gzip at all {' });
  expect([counts.length, unread]).toEqual([1, 1]);
});

test('nothing at all has no times', async () => {
  expect(await counted({})).toEqual({ counts: [], first: null, last: null, unread: 1 });
});
