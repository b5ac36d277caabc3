// Posture scans of simulated organizations, each in a process of its own (its peak memory is its own), the simulator
// in another, with AWS's latency and quotas: calls, time, CPU and memory, the first scan and the second, and how far
// the wall time is from the largest of what bounds it.
import { fork } from 'node:child_process';

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
  const scanner = fork(new URL('./scan-once.mjs', import.meta.url), [
    JSON.stringify({ url: simulator.hello.url, bare: bare.hello.url, latency, smoke }),
  ]);
  scanner.on('message', async (asked) => {
    if (asked === 'traffic') scanner.send(await simulator.traffic());
  });
  const { runs } = await answered(scanner, ({ runs: done }) => done).finally(() =>
    Promise.all([simulator.stop(), bare.stop()]),
  );
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

async function started(file, args) {
  const child = fork(new URL(file, import.meta.url), args);
  const hello = await answered(child, ({ url }) => url);
  return {
    hello,
    traffic: () => {
      const told = answered(child, ({ traffic }) => traffic);
      child.send('traffic');
      return told;
    },
    stop: () => new Promise((done) => child.once('exit', done).kill()),
  };
}

/** The first message that `is` what is waited for; a process that ends before has failed. */
function answered(child, is) {
  return new Promise((resolve, reject) => {
    const ended = (code) => reject(new Error(`a process of the benchmark ended with ${code}`));
    child.once('exit', ended);
    const heard = (message) => {
      if (typeof message !== 'object' || !is(message)) return;
      child.off('exit', ended);
      child.off('message', heard);
      resolve(message);
    };
    child.on('message', heard);
  });
}

const round = (number, digits) => Number(number.toFixed(digits));
