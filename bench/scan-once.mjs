// One organization, scanned twice by a process of its own, as `trailwarden posture` does it: with the store, and with
// what the first scan leaves to the second. Then as many bare SDK calls, for what they alone cost this process.
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { measured } from './measure.mjs';

const require = createRequire(import.meta.url);
const { url, bare, latency, smoke } = JSON.parse(process.argv[2]);
Object.assign(process.env, {
  AWS_ENDPOINT_URL: url,
  AWS_REGION: 'ap-northeast-2',
  AWS_ACCESS_KEY_ID: 'AKIATRAILWARDENBOT00',
  AWS_SECRET_ACCESS_KEY: 'sandbox',
  AWS_EC2_METADATA_DISABLED: 'true',
});
const { openTrailwarden } = require('../dist/wire.js');
const { parseConfigFile } = require('../dist/config.js');
const { quotaOf } = require('../dist/sandbox/aws/quotas.js');

/** As the scan asks; see LANES of src/aws/facts/accounts.ts. */
const LANES = 32;
const folder = mkdtempSync(join(tmpdir(), 'trailwarden-bench-'));
const config = {
  ...parseConfigFile(
    'aws: { externalId: trailwarden-sandbox, logArchiveAccount: "222233334444" }',
    'bench',
  ),
  store: join(folder, 'bench.db'),
  slack: { tokens: null },
  logLevel: 'warn',
  simulated: true,
};

const runs = [];
let before = await traffic();
let findings = '';
for (const run of ['first', 'second']) {
  const trailwarden = await openTrailwarden(config);
  const { result: scan, wallMs, cpuMs } = await measured(() => trailwarden.scan());
  trailwarden.close();
  const after = await traffic();
  const told = scan.findings.map(({ id, status }) => `${id} ${status}`).join();
  runs.push({
    accounts: scan.accounts.length,
    calls: scan.apiCalls,
    wallMs,
    cpuMs,
    peakMiB: Math.round(process.resourceUsage().maxRSS / 1_024),
    throttled: after.throttled - before.throttled,
    kept: scan.kept ? scan.kept.unchanged + scan.kept.resumed : 0,
    same: run === 'first' ? null : told === findings,
    bounds: { quotas: slowest(before, after), latency: (scan.apiCalls * latency) / 1_000 / LANES },
  });
  findings = told;
  before = after;
}
const each = await bareCall(smoke ? 50 : 3_000);
for (const run of runs) run.bounds.cpu = (run.calls * each) / 1_000;
rmSync(folder, { recursive: true });
process.send({ runs });
process.disconnect();

function traffic() {
  return new Promise((resolve) => {
    process.once('message', ({ traffic: told }) => resolve(told));
    process.send('traffic');
  });
}

/** Seconds that the most asked of the quotas takes which all accounts share: those of one place. */
function slowest(from, to) {
  const shared = /^(organizations:|sts:|config:.*Aggregat)/;
  const seconds = Object.entries(to.byOperation)
    .filter(([operation]) => shared.test(operation))
    .map(([operation, count]) => {
      const { perSecond, burst = perSecond } = quotaOf(operation);
      return Math.max(0, count - (from.byOperation[operation] ?? 0) - burst) / perSecond;
    });
  return Math.max(0, ...seconds);
}

/** CPU milliseconds of the smallest call of a client of the SDK's own, with nothing of ours around it. */
async function bareCall(count) {
  const { CloudTrailClient, GetTrailStatusCommand } = require('@aws-sdk/client-cloudtrail');
  const { AssumeRoleCommand, STSClient } = require('@aws-sdk/client-sts');
  const sts = new STSClient({ endpoint: bare });
  const { Credentials } = await sts.send(
    new AssumeRoleCommand({
      RoleArn: 'arn:aws:iam::111122223333:role/trailwarden-read',
      RoleSessionName: 'bench',
      ExternalId: 'trailwarden-sandbox',
    }),
  );
  const client = new CloudTrailClient({
    endpoint: bare,
    credentials: {
      accessKeyId: Credentials.AccessKeyId,
      secretAccessKey: Credentials.SecretAccessKey,
      sessionToken: Credentials.SessionToken,
    },
  });
  const Name = 'arn:aws:cloudtrail:ap-northeast-2:111122223333:trail/bora-org-trail';
  const all = (wanted) => {
    let left = wanted;
    const lane = async () => {
      while (left-- > 0) await client.send(new GetTrailStatusCommand({ Name }));
    };
    return Promise.all(Array.from({ length: LANES }, lane));
  };
  // Warm first: the scan was, too.
  await all(Math.ceil(count / 10));
  const { cpuMs } = await measured(() => all(count));
  return cpuMs / count;
}
