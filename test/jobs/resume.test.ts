import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Scan } from '../../src/core/posture/finding.ts';
import { type RunningAws, startAws } from '../../src/sandbox/aws/index.ts';
import { company } from '../../src/sandbox/company.ts';
import { openStore } from '../../src/store/sqlite.ts';
import { keptCode } from '../kept-code.ts';

// The built command in real processes, killed with SIGKILL, over the simulated organization and a real store.

const cli = join(__dirname, '../../dist/cli.js');
const ACCOUNTS = 30;
/** They never answer the scan that is killed, so that it is killed in the middle on any machine. */
const SILENT = ['700000000027', '700000000028', '700000000029'];
const REGIONS = ['ap-northeast-2', 'us-east-1', 'eu-west-1', 'us-west-2'];
const children: ChildProcess[] = [];
const running: RunningAws[] = [];
const folders: string[] = [];

jest.setTimeout(120_000);
afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  for (const aws of running.splice(0)) await aws.close();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

/** The company with more accounts, few regions, and no aggregator to shorten the scan. */
async function largeCompany(accounts = ACCOUNTS): Promise<RunningAws> {
  const scenario = company();
  // Nothing has happened: who made it so is looked up twice a second at most, and no part of this.
  scenario.events = [];
  scenario.recordCalls = false;
  scenario.regions = REGIONS;
  scenario.config.aggregator = undefined;
  scenario.organization.accounts.push(
    ...Array.from({ length: accounts }, (_, index) => ({
      id: String(700_000_000_000 + index),
      name: `team-${index}`,
      email: `team-${index}@bora.example`,
      status: 'ACTIVE' as const,
      outsideOrganizationTrail: false,
      optedInRegions: [],
    })),
  );
  const aws = await startAws(scenario);
  running.push(aws);
  return aws;
}

/** A folder with the configuration and the store of one bot. */
function bot(): { folder: string; store: string } {
  const folder = mkdtempSync(join(tmpdir(), 'trailwarden-resume-'));
  folders.push(folder);
  const store = join(folder, 'store.db');
  writeFileSync(
    join(folder, 'trailwarden.yml'),
    `store: ${store}\naws: { externalId: trailwarden-sandbox, logArchiveAccount: '222233334444' }\n`,
  );
  return { folder, store };
}

function posture({ url }: RunningAws, folder: string): ChildProcess {
  const child = spawn(process.execPath, [cli, 'posture', '--json'], {
    cwd: folder,
    env: {
      PATH: process.env.PATH,
      ...keptCode,
      AWS_ENDPOINT_URL: url,
      AWS_REGION: 'ap-northeast-2',
      AWS_ACCESS_KEY_ID: 'AKIATRAILWARDENBOT00',
      AWS_SECRET_ACCESS_KEY: 'sandbox',
      AWS_EC2_METADATA_DISABLED: 'true',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  return child;
}

async function scanned(child: ChildProcess): Promise<Scan> {
  let text = '';
  child.stdout?.on('data', (chunk) => {
    text += chunk;
  });
  await once(child, 'close');
  return JSON.parse(text);
}

async function rowsIn(path: string): Promise<number> {
  const store = openStore(path);
  try {
    return (await store.keptAccounts()).length;
  } finally {
    store.close();
  }
}

const askedOf = ({ traffic }: RunningAws) => traffic.counts().requests;

const verdicts = ({ findings }: Scan) => findings.map(({ id, status }) => `${status} ${id}`).sort();

test('a scan that is killed is taken up again by the next, which finds what an undisturbed one finds', async () => {
  const aws = await largeCompany();
  const { folder, store } = bot();
  for (const account of SILENT) aws.faults.add({ operation: '*', account, effect: 'hang' });
  const doomed = posture(aws, folder);
  for (let waited = 0; waited < 60_000; waited += 50) {
    if ((await rowsIn(store)) > 0) break;
    await pause(50);
  }
  doomed.kill('SIGKILL');
  await once(doomed, 'exit');
  aws.faults.clear();
  const left = await rowsIn(store);
  expect(left).toBeGreaterThan(0);
  expect(left).toBeLessThan(ACCOUNTS + 13);

  const before = askedOf(aws);
  const resumed = await scanned(posture(aws, folder));
  const asked = askedOf(aws) - before;
  // The bot's own account and the management account are always read anew.
  expect(resumed.kept?.resumed).toBeGreaterThanOrEqual(left - 2);
  expect(resumed.kept).toMatchObject({ unchanged: 0, of: ACCOUNTS + 13 });
  expect(Number.isNaN(Date.parse(resumed.kept?.from ?? ''))).toBe(false);

  const undisturbed = await scanned(posture(aws, bot().folder));
  expect(verdicts(resumed)).toEqual(verdicts(undisturbed));
  // AssumeRole, ListRegions, ListTrails and the recorder of each region: all of it was saved.
  expect(undisturbed.apiCalls - asked).toBeGreaterThanOrEqual((3 + REGIONS.length) * (left - 2));
});

test('a scan that came to its end is not resumed', async () => {
  const aws = await largeCompany(0);
  const { folder } = bot();
  await scanned(posture(aws, folder));
  expect((await scanned(posture(aws, folder))).kept).toBeUndefined();
});

test('damaged and foreign rows are read anew, and the rest of the store is not harmed by them', async () => {
  const aws = await largeCompany(3);
  const { folder, store: path } = bot();
  const store = openStore(path);
  const readAt = new Date().toISOString();
  await store.keepAccounts([
    { account: '700000000001', readAt, finished: false, body: '{"version":1,' },
    { account: '700000000002', readAt, finished: false, body: '{"version":2}' },
    { account: '../../evil', readAt, finished: true, body: 'null' },
  ]);
  store.close();
  const scan = await scanned(posture(aws, folder));
  expect(scan.kept).toBeUndefined();
  expect(scan.accounts.filter(({ visible }) => visible)).toHaveLength(3 + 12);
});
