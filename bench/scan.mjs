// Posture scans of simulated organizations, each in a process of its own (its peak memory is its own), the simulator
// in another, with AWS's latency and quotas: calls, time, CPU and memory, the first scan and the second, and how far
// the wall time is from the largest of what bounds it: bench/README.md says what each bound is.
import { fork } from 'node:child_process';
import { answered, execArgv, started } from './children.mjs';
import { median } from './measure.mjs';

/** Milliseconds that every answer takes. */
const LATENCY = 60;

export async function benchScan({ smoke, sizes }) {
  const rows = [];
  for (const accounts of smoke ? [20] : sizes) {
    rows.push(...(await often(accounts, { aggregator: true, smoke })));
    // Without an aggregator every region of every account is asked: ten thousand of them would take an hour here.
    if (accounts <= 1_000) rows.push(...(await often(accounts, { aggregator: false, smoke })));
  }
  return rows;
}

/**
 * A scan of a second or two is measured five times, each in processes of its own: the one in the middle counts. One
 * more goes before them, which nobody counts: AWS's servers are warm, so the simulator has to be.
 */
async function often(accounts, { aggregator, smoke }) {
  const several = !smoke && accounts <= 100;
  const times = several ? 5 : 1;
  const world = [String(accounts), ...(aggregator ? [] : ['--no-aggregator'])];
  const latency = String(smoke ? 0 : LATENCY);
  const simulator = await started('./simulator.mjs', [...world, '--latency', latency]);
  const bare = await started('./simulator.mjs', ['20', '--latency', '0', '--no-quotas']);
  const runs = [];
  try {
    // Of ten thousand accounts once anew is enough.
    const how = { aggregator, smoke, warm: accounts <= 1_000 };
    if (several) await scanned(simulator, bare, how);
    while (runs.length < times) runs.push(await scanned(simulator, bare, how));
  } finally {
    await Promise.all([simulator.stop(), bare.stop()]);
  }
  return runs[0].map((_, scan) => {
    const rows = runs.map((run) => run[scan]);
    const middle = median(rows.map((row) => row['wall s']));
    return { ...rows.find((row) => row['wall s'] === middle), runs: times };
  });
}

async function scanned(simulator, bare, { aggregator, smoke, warm }) {
  const asked = JSON.stringify({ url: simulator.hello.url, aggregator, warm });
  const scanner = fork(new URL('./scan-once.mjs', import.meta.url), [asked], { execArgv });
  scanner.on('message', async (message) => {
    if (message === 'traffic') scanner.send(await simulator.traffic());
  });
  const { runs, answer } = await answered(scanner, (told) => told.runs);
  const { cpuMs } = await bareCalls(bare.hello.url, [runs[0].calls, smoke ? 50 : 3_000]);
  const [cold, warmed] = cpuMs;
  return runs.map((run, index) => {
    const { quotas, latency: waiting } = run.bounds;
    const cpu = (run.calls * (index === 0 ? cold : warmed)) / 1_000;
    const seconds = run.wallMs / 1_000;
    return {
      accounts: run.accounts,
      aggregator,
      scan: run.scan,
      calls: run.calls,
      'calls per account': round(run.calls / run.accounts, 2),
      'wall s': round(seconds, 2),
      'cpu ms per account': round(run.cpuMs / run.accounts, 1),
      'peak MiB': run.peakMiB,
      'answer ms': round(answer, 1),
      'quotas s (aws/paced)': `${round(quotas.aws, 1)} / ${round(quotas.paced, 1)}`,
      'latency s (32 lanes/filled/chain)': [waiting.lanes, waiting.filled, waiting.chain]
        .map((one) => round(one, 2))
        .join(' / '),
      'sdk cpu s': round(cpu, 2),
      'wall / bound': round(
        seconds / Math.max(quotas.aws, quotas.paced, waiting.filled, waiting.chain, cpu),
        2,
      ),
      'wall / plain bound': round(
        seconds / Math.max(quotas.aws, waiting.lanes, (run.calls * warmed) / 1_000),
        2,
      ),
      throttled: run.throttled,
      kept: run.kept,
      'same findings': run.same,
    };
  });
}

/** CPU milliseconds of a bare call, batch by batch of a fresh process: the first of them cold. */
function bareCalls(url, batches) {
  const asked = JSON.stringify({ url, batches, lanes: 32 });
  const child = fork(new URL('./bare-calls.mjs', import.meta.url), [asked], { execArgv });
  return answered(child, (told) => told.cpuMs);
}

const round = (number, digits) => Number(number.toFixed(digits));
