// The archive against what people do without it, over the same generated files in one run: gunzip alone, a plain import
// into DuckDB, zgrep, DuckDB over the files as they are. The ratios mean something; the times are this machine's.
import { execFile, fork } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Worker } from 'node:worker_threads';
import { execArgv } from './children.mjs';
import { measured, median } from './measure.mjs';
import { NEEDLE, writeLogFiles } from './organization-logs.mjs';

const run = promisify(execFile);
const PER_FILE = 49;
const THREADS = 2;

/**
 * `events`: how many to generate, such as 1,000,000 and 10,000,000. The alternatives run over the first size only.
 * `keep`: the generated files stay in the system's folder for temporary ones, and are taken by the next run.
 */
export async function benchArchive({ smoke, events = [1_000_000], keep = false }) {
  const rows = [];
  for (const [index, many] of (smoke ? [4_900] : events).entries()) {
    const folder = mkdtempSync(join(tmpdir(), 'trailwarden-archive-'));
    const files = Math.ceil(many / PER_FILE);
    const generated = keep ? keptFolder(files) : join(folder, 'generated');
    try {
      await benchSize({ folder, generated, files, rows, compare: index === 0 });
    } finally {
      rmSync(folder, { recursive: true });
    }
  }
  return rows;
}

/** Other generators write other files. */
function keptFolder(files) {
  const generator = readFileSync(new URL('organization-logs.mjs', import.meta.url));
  const mark = createHash('sha256').update(generator).digest('hex').slice(0, 8);
  return join(tmpdir(), `trailwarden-logs-${files}-${mark}`);
}

/** `logs` for the first time, and a batch of five minutes that comes later, in `late`. */
async function generate(folder, files, batch) {
  const done = join(folder, 'done');
  if (existsSync(done)) return;
  rmSync(folder, { recursive: true, force: true });
  const of = files + batch;
  await writeLogFiles(join(folder, 'logs'), { to: files, of, threads: THREADS });
  await writeLogFiles(join(folder, 'late'), { from: files, to: of, of, threads: 1 });
  writeFileSync(done, '');
}

async function benchSize({ folder, generated, files, rows, compare }) {
  const logs = join(generated, 'logs');
  const late = join(generated, 'late');
  const archive = join(folder, 'archive');
  const batch = Math.min(200, Math.ceil(files / 10));
  await generate(generated, files, batch);
  const bytes = sizeOf(logs);
  const events = files * PER_FILE;
  const add = (what, value, unit, against = '') =>
    rows.push({ events, what, value: Number(value.toFixed(value < 10 ? 2 : 0)), unit, against });

  const before = await inThreads('gunzip', logs);
  const import_ = await inProcess('ingest', archive, logs);
  // Before and after: the first of them may have waited for a disk, and either for others on this machine.
  const after = await inThreads('gunzip', logs);
  const bound = before.wallMs < after.wallMs ? before : after;
  add('gunzip alone (node:zlib, as many threads)', bound.wallMs / 1000, 's');
  add('gunzip alone: CPU per event', (bound.cpuMs * 1000) / events, 'µs');
  add(
    'ingest into the archive',
    import_.wallMs / 1000,
    's',
    ratio(import_.wallMs, bound.wallMs, 'gunzip alone'),
  );
  add('ingest: peak memory', import_.rssMiB, 'MiB');
  add(
    'ingest: CPU per event',
    (import_.cpuMs * 1000) / events,
    'µs',
    ratio(import_.cpuMs, bound.cpuMs, 'gunzip alone'),
  );
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

  const first = await inProcess('ingest', archive, late);
  add(`adding a batch of ${batch} files`, first.wallMs / 1000, 's');
  const again = await inProcess('ingest', archive, late);
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
  const kept = await inProcess('duckdb-import-records', logs, join(folder, 'records.parquet'));
  add(
    'DuckDB read_json, explicit columns, and each record kept',
    kept.wallMs / 1000,
    's',
    ratio(kept.wallMs, import_.wallMs, 'ingest'),
  );
  add('DuckDB import with records: peak memory', kept.rssMiB, 'MiB');
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
  const child = fork(new URL('archive-once.mjs', import.meta.url), args, { execArgv });
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
