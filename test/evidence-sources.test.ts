import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { CloudTrailClient } from '@aws-sdk/client-cloudtrail';
import { archiveSource } from '../src/archive/archive-source.ts';
import { openLogFiles } from '../src/archive/log-files.ts';
import { openArchive } from '../src/archive/open-archive.ts';
import { lakeSource } from '../src/aws/evidence/lake.ts';
import { readLakeStores } from '../src/aws/evidence/lake-stores.ts';
import { lookupEvents } from '../src/aws/evidence/lookup-events.ts';
import type { Where } from '../src/aws/session.ts';
import type { EventSource } from '../src/core/evidence/source.ts';
import type { JsonObject } from '../src/core/json.ts';
import { ingestLogs } from '../src/ingest-logs.ts';
import { AUDIT, PAYMENTS, SHOP } from './evidence-records.ts';
import { keepsTheContract, type OpenedSource } from './evidence-sources.ts';
import { sandbox } from './jobs/sandbox-scan.ts';

const REGIONS = ['ap-northeast-2', 'us-east-1'];
const places = async () => ({
  accounts: [AUDIT, PAYMENTS, SHOP].map((id) => ({ id, regions: REGIONS })),
  gaps: [],
});

/** The records as a trail would have delivered them: a file for each account, region and hour. */
function delivered(records: JsonObject[]): { folder: string; remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'trailwarden-evidence-'));
  const files = new Map<string, JsonObject[]>();
  for (const record of records) {
    const { recipientAccountId: account, awsRegion: region, eventTime } = record;
    const hour = String(eventTime).slice(0, 13);
    const path = `AWSLogs/o-1/${account}/CloudTrail/${region}/${hour.slice(0, 10).replaceAll('-', '/')}`;
    const name = `${path}/${account}_CloudTrail_${region}_${hour.replaceAll('-', '')}00Z_0123456789abcdef.json.gz`;
    files.set(name, [...(files.get(name) ?? []), record]);
  }
  for (const [name, Records] of files) {
    mkdirSync(join(folder, name, '..'), { recursive: true });
    writeFileSync(join(folder, name), gzipSync(JSON.stringify({ Records })));
  }
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** The simulated company with these records for its story. */
async function simulated(
  records: JsonObject[],
  source: (box: Awaited<ReturnType<typeof sandbox>>) => EventSource,
): Promise<OpenedSource> {
  const box = await sandbox((scenario) => {
    scenario.eventDataStores = [
      {
        name: 'organization',
        id: 'aaaaaaaa-1111-2222-3333-444444444444',
        account: AUDIT,
        region: 'ap-northeast-2',
        status: 'ENABLED',
        organization: true,
        multiRegion: true,
        terminationProtection: true,
        retentionDays: 366,
        createdAt: '-700d 09:00',
        selectors: [{ FieldSelectors: [{ Field: 'eventCategory', Equals: ['Management'] }] }],
      },
    ];
    for (const account of [AUDIT, PAYMENTS, SHOP])
      scenario.keys.push({
        accessKeyId: keyOf(account),
        principal: `arn:aws:iam::${account}:user/tester`,
        allow: ['*'],
        policies: [],
      });
    // The bot's own calls would be found, too.
    scenario.recordCalls = false;
  });
  for (const record of records) {
    const place = `${record.recipientAccountId}/${record.awsRegion}`;
    box.simulated.world.events.set(place, [
      ...(box.simulated.world.events.get(place) ?? []),
      record,
    ]);
  }
  return { source: source(box), close: box.close };
}

keepsTheContract('the archive', async (records) => {
  const { folder, remove } = delivered(records);
  const directory = join(folder, 'archive');
  const archive = await openArchive(directory);
  const bucket = () => {
    throw new Error('there is no bucket here');
  };
  await ingestLogs([join(folder, 'AWSLogs')], { archive, directory, bucket });
  return {
    source: archiveSource(archive, places),
    close: async () => {
      await archive.close();
      remove();
    },
  };
});

keepsTheContract('log files', async (records) => {
  const { folder, remove } = delivered(records);
  const files = openLogFiles([folder]);
  return {
    source: files,
    close: async () => {
      files.close();
      remove();
    },
  };
});

keepsTheContract('CloudTrail Lake', (records) =>
  simulated(records, ({ simulated: { url, world } }) => {
    const cloudTrail = clientsOf(url);
    const home = [{ account: AUDIT, region: 'ap-northeast-2' }];
    return lakeSource({
      cloudTrail,
      stores: () => readLakeStores(cloudTrail, home, world.now().getTime()),
      places,
      clock: { now: () => world.now().getTime(), sleep: async () => {} },
    });
  }),
);

keepsTheContract('LookupEvents', (records) =>
  simulated(records, ({ simulated: { url, world } }) => {
    world.allowances.set = (place, { at }) =>
      Map.prototype.set.call(world.allowances, place, { left: 2, at });
    let clock = world.now().getTime();
    return lookupEvents({
      cloudTrail: clientsOf(url),
      places,
      clock: {
        now: () => clock,
        sleep: async (ms) => {
          clock += ms;
        },
      },
    });
  }),
);

/**
 * Clients of their own keys: AWS's quotas and the bot's own pace are tested elsewhere, and here both would
 * only be waited for.
 */
function clientsOf(endpoint: string) {
  const clients = new Map<string, CloudTrailClient>();
  return ({ account, region }: Where): CloudTrailClient => {
    const credentials = { accessKeyId: keyOf(account), secretAccessKey: 'sandbox' };
    const place = `${account}/${region}`;
    const client = clients.get(place) ?? new CloudTrailClient({ endpoint, region, credentials });
    clients.set(place, client);
    return client;
  };
}

function keyOf(account: string): string {
  return `AKIA0000${account}`;
}
