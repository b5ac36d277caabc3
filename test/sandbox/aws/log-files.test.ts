import { gunzipSync } from 'node:zlib';
import {
  GetObjectCommand,
  ListObjectsV2Command,
  type ListObjectsV2CommandOutput,
} from '@aws-sdk/client-s3';
import type { JsonObject } from '../../../src/core/json.ts';
import type { ScenarioFile } from '../../../src/sandbox/aws/scenario.ts';
import { MANAGEMENT, PAYMENTS, SHOP } from './soundness.ts';
import { LABS, LOGS, stageWhere } from './stage.ts';

const NOW = new Date('2026-11-20T10:00:00Z');
const by = { type: 'IAMUser', userName: 'alice' };
const call = (account: string, at: string, what = 'ec2:StopInstances', region = 'eu-west-1') => ({
  account,
  region,
  at,
  call: what,
  by,
});

const STORY: ScenarioFile['events'] = [
  call(SHOP, '2026-11-20T08:00:10Z'),
  call(SHOP, '2026-11-20T08:04:59Z'),
  call(SHOP, '2026-11-20T08:05:00Z'),
  call(SHOP, '2026-11-19T08:00:00Z', 'kms:Decrypt'),
  call(PAYMENTS, '2026-11-20T08:00:00Z', 'ec2:StopInstances', 'us-east-1'),
  call(LABS, '2026-11-20T08:00:00Z'),
  call(SHOP, '2026-11-20T09:59:30Z'),
];

const trail = (more: object = {}) => ({
  name: 'all',
  account: MANAGEMENT,
  homeRegion: 'ap-northeast-2',
  organization: true,
  bucket: 'all-logs',
  ...more,
});

async function stage(more: object = {}) {
  const { aws, as } = await stageWhere(
    {
      events: STORY,
      trails: [trail(more)],
      buckets: [{ name: 'all-logs', account: LOGS, region: 'ap-northeast-2' }],
    },
    { now: () => NOW },
  );
  const { s3 } = as(LOGS);
  const list = async (input: object = {}): Promise<ListObjectsV2CommandOutput> =>
    s3.send(new ListObjectsV2Command({ Bucket: 'all-logs', ...input }));
  const records = async (key: string): Promise<JsonObject[]> => {
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: 'all-logs', Key: key }));
    const bytes = await (Body as NonNullable<typeof Body>).transformToByteArray();
    return JSON.parse(gunzipSync(bytes).toString()).Records;
  };
  return { aws, list, records };
}

const keysOf = ({ Contents = [] }: ListObjectsV2CommandOutput) =>
  Contents.map(({ Key = '' }) => Key);

test('a trail delivers a file for each account, region and five minutes, as CloudTrail names them', async () => {
  const { aws, list, records } = await stage();
  const keys = keysOf(await list());
  expect(keys).toHaveLength(4);
  for (const key of keys)
    expect(key).toMatch(
      /^AWSLogs\/o-bora12345\/(\d{12})\/CloudTrail\/([a-z0-9-]+)\/2026\/11\/\d\d\/\1_CloudTrail_\2_202611\d\dT\d{4}Z_[0-9a-f]{16}\.json\.gz$/,
    );
  const ofShop = keys.filter((key) => key.includes(`/${SHOP}/CloudTrail/eu-west-1/2026/11/20/`));
  const told = await Promise.all(ofShop.map(records));
  expect(told.map((list) => list.map(({ eventTime }) => eventTime)).sort()).toEqual([
    ['2026-11-20T08:00:10Z', '2026-11-20T08:04:59Z'],
    ['2026-11-20T08:05:00Z'],
  ]);
  await aws.close();
});

test('what was called a minute ago is not delivered yet, nor what the trail does not reach', async () => {
  const { aws, list, records } = await stage();
  const all = (await Promise.all(keysOf(await list()).map(records))).flat();
  expect(all.map(({ eventTime }) => eventTime)).not.toContain('2026-11-20T09:59:30Z');
  expect(all.map(({ recipientAccountId }) => recipientAccountId)).not.toContain(LABS);
  await aws.close();
});

test.each([
  [
    'by a basic selector',
    { basic: [{ ReadWriteType: 'All', ExcludeManagementEventSources: ['kms.amazonaws.com'] }] },
  ],
  [
    'by an advanced one',
    {
      advanced: [
        {
          FieldSelectors: [
            { Field: 'eventCategory', Equals: ['Management'] },
            { Field: 'eventSource', NotEquals: ['kms.amazonaws.com'] },
          ],
        },
      ],
    },
  ],
])('what the selectors leave out is in no file: %s', async (_, selectors) => {
  const { aws, list, records } = await stage({ selectors });
  const all = (await Promise.all(keysOf(await list()).map(records))).flat();
  expect(all.map(({ eventName }) => eventName)).not.toContain('Decrypt');
  expect(all).toHaveLength(4);
  await aws.close();
});

test('a trail that stopped has written until then, and one that is not for the organization of its own', async () => {
  const stopped = await stage({ logging: false, stoppedAt: '2026-11-20T00:00:00Z' });
  expect(keysOf(await stopped.list())).toEqual([expect.stringContaining('/2026/11/19/')]);
  await stopped.aws.close();
  const own = await stage({ organization: false, account: PAYMENTS, prefix: 'p' });
  expect(keysOf(await own.list())).toEqual([
    expect.stringContaining(`p/AWSLogs/${PAYMENTS}/CloudTrail/us-east-1/2026/11/20/`),
  ]);
  await own.aws.close();
});

test('folders and what follows a key are listed as S3 does', async () => {
  const { aws, list } = await stage();
  const folders = await list({ Prefix: 'AWSLogs/o-bora12345/', Delimiter: '/' });
  expect(folders.CommonPrefixes?.map(({ Prefix }) => Prefix)).toEqual([
    `AWSLogs/o-bora12345/${SHOP}/`,
    `AWSLogs/o-bora12345/${PAYMENTS}/`,
  ]);
  const cell = `AWSLogs/o-bora12345/${SHOP}/CloudTrail/eu-west-1/`;
  expect(keysOf(await list({ Prefix: cell }))).toHaveLength(3);
  const later = keysOf(await list({ Prefix: cell, StartAfter: `${cell}2026/11/20/` }));
  expect(later).toHaveLength(2);
  await aws.close();
});
