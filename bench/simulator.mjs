// The simulated organization in a process of its own, grown to as many accounts as asked for, with AWS's latency and
// quotas: node bench/simulator.mjs <accounts> [--no-aggregator] [--latency <ms>] [--no-quotas].
// It answers the message `traffic` with what it was asked so far and what that cost itself.
import { createRequire } from 'node:module';
import { parseArgs } from 'node:util';

const require = createRequire(import.meta.url);
const { startAws } = require('../dist/sandbox/aws/index.js');
const { quotaOf } = require('../dist/sandbox/aws/quotas.js');
const { company } = require('../dist/sandbox/company.js');

const { values, positionals } = parseArgs({
  options: {
    'no-aggregator': { type: 'boolean', default: false },
    'no-quotas': { type: 'boolean', default: false },
    latency: { type: 'string', default: '60' },
  },
  allowPositionals: true,
});

const DIVISIONS = 10;
const ACCOUNTS_OF_A_TEAM = 100;

const scenario = structuredClone(company());
const listed = scenario.organization.accounts.length + accountsUnder(scenario.organization.units);
const workloads = scenario.organization.units.find(({ name }) => name === 'Workloads');
workloads.units.push(...divisions(Math.max(0, Number(positionals[0] ?? 100) - listed)));
// AWS's own pages, and no story: what happened is not what is measured.
scenario.organization.pageSize = 20;
scenario.events = [];
scenario.recordCalls = false;
scenario.latencyMs = Number(values.latency);
scenario.quotas = !values['no-quotas'];
if (values['no-aggregator']) scenario.config.aggregator = undefined;

const aws = await startAws(scenario);
process.on('message', (asked) => {
  if (asked === 'traffic') process.send({ traffic: trafficSoFar() });
});
if (process.send) process.send({ url: aws.url });
else console.log(aws.url);

/** Accounts as large organizations have them: teams in divisions under Workloads. */
function divisions(more) {
  const teams = Array.from({ length: Math.ceil(more / ACCOUNTS_OF_A_TEAM) }, (_, team) => ({
    name: `Team ${team}`,
    units: [],
    accounts: Array.from(
      { length: Math.min(ACCOUNTS_OF_A_TEAM, more - team * ACCOUNTS_OF_A_TEAM) },
      (_, index) => accountOf(team * ACCOUNTS_OF_A_TEAM + index),
    ),
  }));
  return Array.from({ length: Math.min(DIVISIONS, teams.length) }, (_, division) => ({
    name: `Division ${division}`,
    units: teams.filter((_, team) => team % DIVISIONS === division),
    accounts: [],
  }));
}

function accountOf(index) {
  return {
    id: String(700_000_000_000 + index),
    name: `team-${index}`,
    email: `team-${index}@bora.example`,
    status: 'ACTIVE',
    outsideOrganizationTrail: false,
    optedInRegions: [],
  };
}

function accountsUnder(units) {
  return units.reduce((sum, unit) => sum + unit.accounts.length + accountsUnder(unit.units), 0);
}

/** `peaks`: per operation the account and region that was asked most within a second, and what AWS takes. */
function trafficSoFar() {
  const highest = new Map();
  for (const peak of aws.traffic.peaks()) {
    if ((highest.get(peak.operation)?.perSecond ?? 0) < peak.perSecond) {
      highest.set(peak.operation, peak);
    }
  }
  const { user, system } = process.cpuUsage();
  return {
    ...aws.traffic.counts(),
    peaks: [...highest.values()].map((peak) => ({ ...peak, quota: quotaOf(peak.operation) })),
    cpuMs: (user + system) / 1_000,
    rssMiB: Math.round(process.memoryUsage().rss / 1_048_576),
  };
}
