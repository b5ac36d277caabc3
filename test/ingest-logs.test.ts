import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Archive } from '../src/archive/archive.ts';
import { openArchive } from '../src/archive/open-archive.ts';
import { logFolderOf } from '../src/aws/log-bucket.ts';
import { ingestLogs } from '../src/ingest-logs.ts';
import type { Scenario } from '../src/sandbox/aws/scenario.ts';
import { company } from '../src/sandbox/company.ts';
import { soundRecord } from './core/evidence/sound.ts';
import { sandbox } from './jobs/sandbox-scan.ts';

const LOGS = '222233334444';
const SHOP = '444455556666';
const BUCKET = 's3://bora-org-cloudtrail';
const ACCOUNT = `${BUCKET}/AWSLogs/o-bora12345/${SHOP}`;

type Box = Awaited<ReturnType<typeof sandbox>>;
type Stage = {
  box: Box;
  archive: Archive;
  directory: string;
  take(places: string[], how?: { everything?: boolean }): ReturnType<typeof ingestLogs>;
  calls(operation: string): number;
};

async function on(
  stage: (stage: Stage) => Promise<void>,
  change: (scenario: Scenario) => void = () => {},
): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'trailwarden-ingest-'));
  const box = await sandbox((scenario) => {
    scenario.events = company().events;
    change(scenario);
  });
  const archive = await openArchive(join(directory, 'archive'));
  const bucket = (address: string) => {
    const folder = logFolderOf(address);
    if (!folder) throw new Error(`${address} is no bucket`);
    const client = box.aws.s3({ account: LOGS, region: 'us-east-1' });
    return { client, folder, owner: LOGS };
  };
  try {
    await stage({
      box,
      archive,
      directory,
      take: (places, how = {}) => ingestLogs(places, { archive, directory, bucket, ...how }),
      calls: (operation) => box.simulated.calls.filter((one) => one.operation === operation).length,
    });
  } finally {
    await archive.close();
    await box.close();
    rmSync(directory, { recursive: true, force: true });
  }
}

describe('a bucket', () => {
  test('is taken in whole, from another region than its own, and what is new is followed', () =>
    on(async ({ box, archive, take, calls }) => {
      const first = await take([BUCKET]);
      expect(first).toMatchObject({ known: 0, duplicates: 0, setAside: [], unlisted: [] });
      expect(first.files).toBeGreaterThan(100);
      expect((await archive.contents()).events).toBe(first.events);

      const [gets, lists] = [calls('GetObject'), calls('ListObjectsV2')];
      const again = await take([BUCKET]);
      expect(again).toMatchObject({ files: 0, events: 0 });
      // Of each folder only its last day and the one before were listed, and nothing was fetched.
      expect(again.known).toBeLessThan(first.files / 2);
      expect(calls('GetObject')).toBe(gets);
      expect(calls('ListObjectsV2') - lists).toBeLessThanOrEqual(lists);

      const place = `${SHOP}/ap-northeast-2`;
      const record = soundRecord({
        eventID: '0ea6b2d5-51d5-4765-ad83-000000000001',
        eventTime: `${new Date(Date.now() - 30 * 60_000).toISOString().slice(0, 19)}Z`,
        recipientAccountId: SHOP,
      });
      box.simulated.world.events.get(place)?.push(record);
      const later = await take([BUCKET]);
      expect(later.files).toBeGreaterThan(0);
      const found = await archive.select({ ...ANYTHING, eventIds: [String(record.eventID)] });
      expect(found.map(({ origin }) => origin)).toEqual([
        expect.stringContaining(`${BUCKET}/AWSLogs/o-bora12345/${SHOP}/CloudTrail/ap-northeast-2/`),
      ]);

      const everything = await take([BUCKET], { everything: true });
      expect(everything.known).toBeGreaterThan(again.known);
    }));

  test('may be named down to one account, or one region', () =>
    on(async ({ archive, take }) => {
      await take([`${BUCKET}/AWSLogs/o-bora12345/${SHOP}`]);
      const cells = (await archive.contents()).cells;
      expect([...new Set(cells.map(({ account }) => account))]).toEqual([SHOP]);
      await take([`${BUCKET}/AWSLogs/o-bora12345/${LOGS}/CloudTrail/ap-northeast-2/`]);
      const regions = (await archive.contents()).cells.filter(({ account }) => account === LOGS);
      expect(new Set(regions.map(({ region }) => region)).size).toBeLessThanOrEqual(1);
    }));

  test('a file that is refused is named, and asked for again the next time', () =>
    on(async ({ box, take }) => {
      box.simulated.faults.add({ operation: 's3:GetObject', effect: 'deny', times: 1 });
      const first = await take([ACCOUNT]);
      expect(first.setAside).toEqual([
        {
          name: expect.stringMatching(/^s3:\/\/bora-org-cloudtrail\/AWSLogs\/.*\.json\.gz$/),
          reason: expect.stringContaining('AccessDenied'),
        },
      ]);
      const again = await take([ACCOUNT]);
      expect(again).toMatchObject({ files: 1, setAside: [] });
    }));

  test.each([
    ['a session that ended', { operation: 's3:ListObjectsV2', effect: 'expired-credentials' }],
    ['a body that breaks off', { operation: 's3:GetObject', effect: 'truncate' }],
    ['an internal error', { operation: 's3:GetObject', effect: 'internal-error' }],
    ['throttling', { operation: 's3:ListObjectsV2', effect: 'throttle' }],
  ] as const)('survives %s', (_, fault) =>
    on(async ({ box, take }) => {
      box.simulated.faults.add({ ...fault, times: 1 });
      expect(await take([ACCOUNT])).toMatchObject({ setAside: [], unlisted: [] });
    }),
  );

  test.each([
    ['of another account', 's3://labs-legacy-cloudtrail', 'AccessDenied'],
    ['that does not exist', 's3://nobody', 'NoSuchBucket'],
    ['without log files', 's3://bora-config-history', 'there is no AWSLogs'],
  ])('%s is named with its reason, and the others go on', (_, address, reason) =>
    on(async ({ take }) => {
      const taken = await take([address, ACCOUNT]);
      expect(taken.unlisted).toEqual([
        { name: `${address}/`, reason: expect.stringContaining(reason) },
      ]);
      expect(taken.files).toBeGreaterThan(0);
    }),
  );

  test('a folder that could not be listed to its end is listed again', () =>
    on(async ({ box, take }) => {
      box.simulated.faults.add({ operation: 's3:ListObjectsV2', effect: 'deny', times: 1 });
      expect((await take([ACCOUNT])).unlisted).toHaveLength(1);
      expect((await take([ACCOUNT])).files).toBeGreaterThan(0);
    }));

  test('its key must let the bot decrypt', () =>
    on(
      async ({ take }) => {
        const taken = await take([ACCOUNT]);
        expect(taken.files).toBe(0);
        expect(taken.setAside[0]?.reason).toContain('kms:Decrypt');
      },
      (scenario) => {
        for (const role of scenario.roles)
          if (role.name === 'trailwarden-read') {
            role.policies = [];
            role.allow = ['s3:*'];
          }
      },
    ));
});

describe('folders and files', () => {
  test('are taken in beside what a bucket gives; digests and other files are left out', () =>
    on(async ({ directory, take }) => {
      const folder = join(directory, 'logs');
      mkdirSync(join(folder, 'CloudTrail-Digest'), { recursive: true });
      writeFileSync(join(folder, 'a.json'), JSON.stringify({ Records: [soundRecord()] }));
      writeFileSync(join(folder, 'b.json.gz'), 'no gzip at all');
      writeFileSync(join(folder, 'notes.txt'), 'hello');
      writeFileSync(join(folder, 'CloudTrail-Digest', 'd.json'), '{"digestEndTime":"x"}');
      const taken = await take([folder, join(folder, 'missing.json')]);
      expect(taken).toMatchObject({ events: 1, known: 0 });
      expect(taken.setAside.map(({ name }) => name)).toEqual([join(folder, 'b.json.gz')]);
      expect(taken.unlisted).toEqual([
        { name: join(folder, 'missing.json'), reason: 'does not exist' },
      ]);
    }));
});

const ANYTHING = {
  from: '2000-01-01T00:00:00Z',
  to: '2100-01-01T00:00:00Z',
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
} as const satisfies Parameters<Archive['select']>[0];
