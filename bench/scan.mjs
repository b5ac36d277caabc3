// A posture scan of the simulated organization, the simulator in a process of its own, against as many bare SDK
// calls at the same concurrency: what the scan costs beyond its calls.
import { fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { measured, median } from './measure.mjs';

const require = createRequire(import.meta.url);

export async function benchScan({ smoke }) {
  const rows = [];
  for (const accounts of smoke ? [20] : [50, 100, 200]) {
    const { url, stop } = await simulator(accounts);
    const folder = mkdtempSync(join(tmpdir(), 'trailwarden-bench-'));
    Object.assign(process.env, {
      AWS_ENDPOINT_URL: url,
      AWS_REGION: 'ap-northeast-2',
      AWS_ACCESS_KEY_ID: 'AKIATRAILWARDENBOT00',
      AWS_SECRET_ACCESS_KEY: 'sandbox',
      AWS_EC2_METADATA_DISABLED: 'true',
    });
    const { openTrailwarden } = require('../dist/wire.js');
    const { parseConfigFile } = require('../dist/config.js');
    const config = {
      ...parseConfigFile(
        'aws: { externalId: trailwarden-sandbox, logArchiveAccount: "222233334444" }',
        'bench',
      ),
      store: join(folder, 'bench.db'),
    };
    const runs = [];
    for (let run = 0; run < (smoke ? 1 : 3); run += 1) {
      const trailwarden = await openTrailwarden({
        ...config,
        slack: { tokens: null },
        simulated: true,
      });
      const scan = await measured(() => trailwarden.scan());
      const { apiCalls, accounts: listed } = scan.result;
      const bare = await measured(() => bareCalls(trailwarden.aws, apiCalls));
      trailwarden.close();
      runs.push({ scan, bare, apiCalls, listed: listed.length });
    }
    const { apiCalls, listed } = runs[0];
    rows.push({
      accounts: listed,
      calls: apiCalls,
      'calls per account': Number((apiCalls / listed).toFixed(1)),
      'wall ms (median)': Math.round(median(runs.map(({ scan }) => scan.wallMs))),
      'cpu ms per account': Number(
        (median(runs.map(({ scan }) => scan.cpuMs)) / listed).toFixed(1),
      ),
      'wall / bare calls': Number(
        median(runs.map(({ scan, bare }) => scan.wallMs / bare.wallMs)).toFixed(2),
      ),
      'cpu / bare calls': Number(
        median(runs.map(({ scan, bare }) => scan.cpuMs / bare.cpuMs)).toFixed(2),
      ),
      'peak RSS MiB': Math.round(process.resourceUsage().maxRSS / 1024),
    });
    rmSync(folder, { recursive: true });
    await stop();
  }
  return rows;
}

/** The same number of the smallest SDK calls, 12 at a time as the scan does, through the same pool. */
async function bareCalls(aws, count) {
  const { GetTrailStatusCommand } = require('@aws-sdk/client-cloudtrail');
  const client = aws.cloudTrail({ account: '111122223333', region: 'ap-northeast-2' });
  const command = { Name: 'arn:aws:cloudtrail:ap-northeast-2:111122223333:trail/bora-org-trail' };
  let left = count;
  const lane = async () => {
    while (left > 0) {
      left -= 1;
      await client.send(new GetTrailStatusCommand(command));
    }
  };
  await Promise.all(Array.from({ length: 12 }, lane));
}

function simulator(accounts) {
  const child = fork(new URL('./simulator.mjs', import.meta.url), [String(accounts)]);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('message', ({ url }) =>
      resolve({
        url,
        stop: () => new Promise((done) => child.once('exit', done).kill()),
      }),
    );
  });
}
