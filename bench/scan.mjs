// Posture scans of simulated organizations, each in a process of its own (its peak memory is its own), the simulator
// in another, with AWS's latency and quotas: calls, time, CPU and memory, the first scan and the second, and how far
// the wall time is from the largest of what bounds it.
import { fork } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { answered, started } from './children.mjs';

/** Node's options as `npm start` gives them: memory is measured as the product runs. */
const { scripts } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
const execArgv = scripts.start.match(/--\S+/g) ?? [];

/** Milliseconds that every answer takes. */
const LATENCY = 60;

export async function benchScan({ smoke, sizes }) {
  const rows = [];
  for (const accounts of smoke ? [20] : sizes) {
    rows.push(...(await scanned(accounts, { aggregator: true, smoke })));
    // Without an aggregator every region of every account is asked: ten thousand of them would take an hour here.
    if (accounts <= 1_000) rows.push(...(await scanned(accounts, { aggregator: false, smoke })));
  }
  return rows;
}

async function scanned(accounts, { aggregator, smoke }) {
  const latency = smoke ? 0 : LATENCY;
  const world = [String(accounts), ...(aggregator ? [] : ['--no-aggregator'])];
  const simulator = await started('./simulator.mjs', [...world, '--latency', String(latency)]);
  const bare = await started('./simulator.mjs', ['20', '--latency', '0', '--no-quotas']);
  const asked = JSON.stringify({ url: simulator.hello.url, bare: bare.hello.url, latency, smoke });
  const scanner = fork(new URL('./scan-once.mjs', import.meta.url), [asked], { execArgv });
  scanner.on('message', async (message) => {
    if (message === 'traffic') scanner.send(await simulator.traffic());
  });
  let runs;
  try {
    ({ runs } = await answered(scanner, (told) => told.runs));
  } finally {
    await Promise.all([simulator.stop(), bare.stop()]);
  }
  return runs.map((run, index) => ({
    accounts: run.accounts,
    aggregator,
    scan: index === 0 ? 'first' : 'second',
    calls: run.calls,
    'calls per account': round(run.calls / run.accounts, 2),
    'wall s': round(run.wallMs / 1_000, 1),
    'cpu ms per account': round(run.cpuMs / run.accounts, 1),
    'peak MiB': run.peakMiB,
    'quotas s': round(run.bounds.quotas, 1),
    'latency s': round(run.bounds.latency, 1),
    'sdk cpu s': round(run.bounds.cpu, 1),
    'wall / bound': round(run.wallMs / 1_000 / Math.max(...Object.values(run.bounds)), 2),
    throttled: run.throttled,
    kept: run.kept,
    'same findings': run.same,
  }));
}

const round = (number, digits) => Number(number.toFixed(digits));
