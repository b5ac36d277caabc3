// The archive against what people do without it, over the same generated files in one run: gunzip alone, a plain import
// into DuckDB, zgrep, DuckDB over the files as they are. The ratios mean something; the times are this machine's.
import { execFile, fork } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Worker } from 'node:worker_threads';
import { measured, median } from './measure.mjs';
import { NEEDLE, writeLogFiles } from './organization-logs.mjs';

const run = promisify(execFile);
const PER_FILE = 49;
const THREADS = 2;

/** `events`: how many to generate, such as 1,000,000 and 10,000,000. The alternatives run over the first size only. */
export async function benchArchive({ smoke, events = [1_000_000] }) {
  const rows = [];
  for (const [index, many] of (smoke ? [4_900] : events).entries()) {
    const folder = mkdtempSync(join(tmpdir(), 'trailwarden-archive-'));
    try {
      await benchSize({ folder, files: Math.ceil(many / PER_FILE), rows, compare: index === 0 });
    } finally {
      rmSync(folder, { recursive: true });
    }
  }
  return rows;
}

async function benchSize({ folder, files, rows, compare }) {
  const logs = join(folder, 'logs');
  const archive = join(folder, 'archive');
  const batch = Math.min(200, Math.ceil(files / 10));
  // The last files are the batch that comes later.
  await writeLogFiles(logs, { to: files, of: files + batch, threads: THREADS });
  const bytes = sizeOf(logs);
  const events = files * PER_FILE;
  const add = (what, value, unit, against = '') =>
    rows.push({ events, what, value: Number(value.toFixed(value < 10 ? 2 : 0)), unit, against });

  const bound = await inThreads('gunzip', logs);
  add('gunzip alone (node:zlib, as many threads)', bound.wallMs / 1000, 's');
  const import_ = await inProcess('ingest', archive, logs);
  add(
    'ingest into the archive',
    import_.wallMs / 1000,
    's',
    ratio(import_.wallMs, bound.wallMs, 'gunzip alone'),
  );
  add('ingest: peak memory', import_.rssMiB, 'MiB');
  add('ingest: CPU per event', (import_.cpuMs * 1000) / events, 'µs');
  add(
    'size of the archive',
    sizeOf(archive) / 1024 / 1024,
    'MiB',
    ratio(sizeOf(archive), bytes, 'the gz files'),
  );
  add('size per event', sizeOf(archive) / events, 'bytes');

  const warm = await inProcess('lookup', archive, NEEDLE);
  add('lookup by id, warm (median of 20)', warm.warmMs, 'ms');
  add('lookup by id, first in its process', warm.firstMs, 'ms');
  const cold = [];
  for (let time = 0; time < 5; time += 1)
    cold.push((await measured(() => inProcess('once', archive, NEEDLE))).wallMs);
  add('lookup by id, a new process and all', median(cold), 'ms');
  for (const { what, firstMs, warmMs } of await inProcess('tallies', archive)) {
    add(`${what}, first`, firstMs, 'ms');
    add(`${what}, warm`, warmMs, 'ms');
  }
  if (compare) await alternatives({ folder, logs, add, import_, warm, cold });

  await writeLogFiles(join(folder, 'late'), {
    from: files,
    to: files + batch,
    of: files + batch,
    threads: 1,
  });
  const late = await inProcess('ingest', archive, join(folder, 'late'));
  add(`adding a batch of ${batch} files`, late.wallMs / 1000, 's');
  const again = await inProcess('ingest', archive, join(folder, 'late'));
  add('the same batch again', again.wallMs / 1000, 's');
}

async function alternatives({ folder, logs, add, import_, warm, cold }) {
  const zgrep = await measured(() =>
    run('sh', [
      '-c',
      'find "$1" -name "*.gz" -print0 | xargs -0 zgrep -l "$2" || true',
      'sh',
      logs,
      NEEDLE,
    ]),
  );
  if (zgrep.result.stdout.trim().split('\n').length !== 1)
    throw new Error('zgrep found another number');
  add(
    'zgrep for the id',
    zgrep.wallMs,
    'ms',
    `${ratio(zgrep.wallMs, warm.warmMs, 'warm lookup')}; ${ratio(zgrep.wallMs, median(cold), 'new process')}`,
  );
  const raw = await inProcess('duckdb-raw', logs, NEEDLE);
  add(
    'DuckDB over the gz files for the id',
    raw.wallMs,
    'ms',
    ratio(raw.wallMs, warm.warmMs, 'warm lookup'),
  );
  const duck = await inProcess('duckdb-import', logs, join(folder, 'duck.parquet'));
  add(
    'DuckDB read_json, explicit columns, into Parquet',
    duck.wallMs / 1000,
    's',
    ratio(duck.wallMs, import_.wallMs, 'ingest'),
  );
  add('DuckDB import: peak memory', duck.rssMiB, 'MiB');
  add('DuckDB import: size', duck.bytes / 1024 / 1024, 'MiB');
  const scan = await inProcess('duckdb-lookup', join(folder, 'duck.parquet'), NEEDLE);
  add(
    'lookup by id in that Parquet, warm',
    scan.warmMs,
    'ms',
    ratio(scan.warmMs, warm.warmMs, 'warm lookup'),
  );
  add('count by error in that Parquet, warm', scan.countMs, 'ms');
}

const ratio = (one, other, name) => `${(one / other).toFixed(2)} × ${name}`;

function sizeOf(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0);
}

function inThreads(work, logs) {
  return measured(() =>
    Promise.all(
      Array.from({ length: THREADS }, (_, thread) => {
        const worker = new Worker(new URL('archive-once.mjs', import.meta.url), {
          workerData: { work, logs, thread, threads: THREADS },
        });
        return new Promise((resolve, reject) => {
          worker.once('error', reject);
          worker.once('exit', (code) =>
            code === 0 ? resolve() : reject(new Error(`ended with ${code}`)),
          );
        });
      }),
    ),
  );
}

function inProcess(...args) {
  const child = fork(new URL('archive-once.mjs', import.meta.url), args);
  return new Promise((resolve, reject) => {
    let told;
    child.once('message', (message) => {
      told = message;
    });
    child.once('error', reject);
    child.once('exit', (code) =>
      code === 0 && told !== undefined
        ? resolve(told)
        : reject(new Error(`${args[0]} ended with ${code}`)),
    );
  });
}
