// One organization, scanned twice by a process of its own, as `trailwarden posture` does it: with the store, and with
// what the first scan leaves to the second. Where asked for, a third time, everything anew: what a first scan takes in
// a process that has scanned before, as the bot's has. Beside them, what a scan cannot be faster than.
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { measured, median } from './measure.mjs';

const require = createRequire(import.meta.url);
const { url, aggregator, warm } = JSON.parse(process.argv[2]);
Object.assign(process.env, {
  AWS_ENDPOINT_URL: url,
  AWS_REGION: 'ap-northeast-2',
  AWS_ACCESS_KEY_ID: 'AKIATRAILWARDENBOT00',
  AWS_SECRET_ACCESS_KEY: 'sandbox',
  AWS_EC2_METADATA_DISABLED: 'true',
});
const { openTrailwarden } = require('../dist/wire.js');
const { parseConfigFile } = require('../dist/config.js');
const { BUDGETS } = require('../dist/aws/budgets.js');
const { quotaOf } = require('../dist/sandbox/aws/quotas.js');
const { GetCallerIdentityCommand, STSClient } = require('@aws-sdk/client-sts');

/** As the scan asks; see LANES of src/aws/facts/accounts.ts. */
const LANES = 32;
/** Answers before there is any account to ask: who we are, our role, the first page. */
const BEFORE_ALL = 3;
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
let after = before;
let findings = '';
for (const run of ['first', 'second', ...(warm ? ['anew, warm'] : [])]) {
  const scan = await scannedBy(run === 'anew, warm' ? { fresh: true } : {});
  after = await traffic();
  const [earlier, later] = [before, after];
  const asked = (operation) =>
    (later.byOperation[operation] ?? 0) - (earlier.byOperation[operation] ?? 0);
  runs.push({
    scan: run,
    accounts: scan.accounts,
    calls: scan.calls,
    wallMs: scan.wallMs,
    cpuMs: scan.cpuMs,
    peakMiB: Math.round(process.resourceUsage().maxRSS / 1_024),
    throttled: after.throttled - before.throttled,
    kept: scan.kept,
    same: run === 'first' ? null : scan.findings === findings,
    boundsBy: boundsOf(scan.calls, asked, run, after),
  });
  findings = scan.findings;
  before = after;
}
rmSync(folder, { recursive: true });
const answer = await oneAnswer();
process.send({
  runs: runs.map(({ boundsBy, ...run }) => ({ ...run, bounds: boundsBy(answer) })),
  answer,
});
process.disconnect();

/**
 * What is told of a scan, as text and numbers: neither it nor whoever scanned may be held on to while the next one is
 * measured.
 */
async function scannedBy(how) {
  const trailwarden = await openTrailwarden(config);
  const { result, wallMs, cpuMs } = await measured(() => trailwarden.scan({}, undefined, how));
  trailwarden.close();
  return {
    accounts: result.accounts.length,
    calls: result.apiCalls,
    wallMs,
    cpuMs,
    kept: result.kept ? result.kept.unchanged + result.kept.resumed : 0,
    findings: result.findings.map(({ id, status }) => `${id} ${status}`).join(),
  };
}

function traffic() {
  return new Promise((resolve) => {
    process.once('message', ({ traffic: told }) => resolve(told));
    process.send('traffic');
  });
}

/** Milliseconds of an answer that is asked for alone: the latency, the wire, and the SDK on its way there and back. */
async function oneAnswer() {
  const sts = new STSClient({ endpoint: url });
  const taken = [];
  while (taken.length < 21) {
    const { wallMs } = await measured(() => sts.send(new GetCallerIdentityCommand({})));
    taken.push(wallMs);
  }
  sts.destroy();
  return median(taken);
}

/** What a scan of so many calls cannot be faster than, once it is known how long an answer takes. */
function boundsOf(calls, asked, run, { byOperation }) {
  const operations = Object.keys(byOperation);
  return (answer) => ({
    quotas: {
      aws: slowest(operations, asked, byAws),
      paced: slowest(operations, asked, byUs),
    },
    latency: {
      lanes: (calls * answer) / 1_000 / LANES,
      // The lanes are empty until the first page of accounts is there.
      filled: ((BEFORE_ALL + (calls - BEFORE_ALL) / LANES) * answer) / 1_000,
      chain: Math.max(...chainsOf(asked, run).map((chain) => lasts(chain, answer))),
    },
  });
}

/**
 * Seconds that the most asked takes of the quotas which all accounts share: those of one place. `within` says
 * how long so many requests of an operation take.
 */
function slowest(operations, asked, within) {
  const shared = /^(organizations:|sts:|config:.*Aggregat)/;
  const some = operations.filter((operation) => shared.test(operation));
  return Math.max(0, ...some.map((operation) => within(operation, asked(operation))));
}

/** By the quotas of the simulated AWS, which fill up again while nobody asks. */
function byAws(operation, count) {
  const { perSecond, burst = perSecond } = quotaOf(operation);
  return Math.max(0, count - burst) / perSecond;
}

/** By what we allow ourselves: so many in any second, and no burst where AWS publishes none. */
function byUs(operation, count) {
  return Math.floor(Math.max(0, count - 1) / budgetOf(operation).perSecond);
}

function budgetOf(operation) {
  const [service, name] = operation.split(':');
  const clients = {
    organizations: 'Organizations',
    sts: 'STS',
    config: 'ConfigService',
    cloudtrail: 'CloudTrail',
  };
  const free = { perSecond: Number.POSITIVE_INFINITY };
  const fits = (one) => one.service === clients[service] && one.operations.test(name);
  return BUDGETS.find(fits) ?? free;
}

/** Seconds that a chain takes where each of its operations keeps to what we allow ourselves of it. */
function lasts(chain, answer) {
  const sent = new Map();
  let at = 0;
  for (const operation of chain) {
    const before = sent.get(operation) ?? [];
    const allowed = (before.at(-budgetOf(operation).perSecond) ?? -1) + 1;
    at = Math.max(at, allowed);
    sent.set(operation, [...before, at]);
    at += answer / 1_000;
  }
  return at;
}

/**
 * The chains of answers that each need the one before, in this organization; the longest of them bounds a scan.
 * Pages of accounts follow each other by token, and whoever is listed last is asked, unless he is kept. The account
 * with a trail of its own that nobody else sees is listed last, too: with an aggregator its trail is known before, and
 * its bucket; without one, both follow.
 */
function chainsOf(asked, scanned) {
  const whoWeAre = ['sts:GetCallerIdentity', 'sts:AssumeRole'];
  const pages = Array.from(
    { length: asked('organizations:ListAccounts') },
    () => 'organizations:ListAccounts',
  );
  const account = ['sts:AssumeRole', 'cloudtrail:ListTrails'];
  const logging = ['s3:GetBucketLogging', 's3:GetBucketLocation'];
  const who = asked('cloudtrail:LookupEvents') > 0 ? ['cloudtrail:LookupEvents'] : [];
  if (!aggregator) {
    const bucket = ['cloudtrail:GetTrail', 's3:ListBuckets', 's3:GetBucketLocation', ...logging];
    return [[...whoWeAre, ...pages, ...account, ...bucket, ...who]];
  }
  const trails = 'config:SelectAggregateResourceConfig';
  // The second asks the aggregator where the first one found it.
  const map = scanned === 'second' ? [trails] : ['config:DescribeConfigurationAggregators', trails];
  // Nobody keeps an account that could not be seen: one without our role is on the last page, and is asked for it.
  const everybody = scanned === 'second' ? ['sts:AssumeRole'] : account;
  return [
    [...whoWeAre, ...pages, ...everybody, ...who],
    [...whoWeAre, ...map, 'sts:AssumeRole', 'cloudtrail:GetTrail', ...logging, ...who],
  ];
}
