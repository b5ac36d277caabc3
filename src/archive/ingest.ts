import { readdirSync } from 'node:fs';
import { hostname } from 'node:os';
import type { Ingested, LogFile, Progress, SetAside } from './archive.ts';
import type { Batch } from './batch.ts';
import { type BatchBuilder, createBatchBuilder } from './batch-builder.ts';
import { columnsFile, commit, type Place, removed } from './commit.ts';
import { giveBack } from './give-back.ts';
import type { Manifest } from './manifest.ts';
import { mergeSmall } from './merge.ts';
import { scannerModule } from './open-scanner.ts';
import { LIMITS } from './read-log-file.ts';
import { type FileToTake, takeFile } from './take-file.ts';
import { MOST_PARTS } from './token-index.ts';
import { startWorkers, type Workers } from './workers.ts';

/** Files that one thread reads at a time, and their bytes. */
const GROUP_FILES = 192;
const GROUP_BYTES = 4 * 1024 * 1024;
const FEW_FILES = 64;
/** So many at a time are asked for in the manifest. */
const ASKED_FILES = 64;
/** A segment is written when it would become larger than this. */
const SEGMENT_ROWS = 120_000;
const SEGMENT_BYTES = 64 * 1024 * 1024;
/** So many at the most follow each ingest: a small one stays cheap. */
const MERGES = 3;

/**
 * Files -> records -> segments. What was committed stays, whatever happens next: whoever is stopped
 * starts again with the same files.
 */
export async function ingest(
  place: Place,
  files: AsyncIterable<LogFile>,
  progress?: Progress,
): Promise<Ingested> {
  await removeLeftovers(place);
  const told: Required<Ingested> = {
    files: 0,
    known: 0,
    events: 0,
    duplicates: 0,
    digests: 0,
    setAside: [],
  };
  /** From here on files are asked for. */
  const asked = place.manifest.writtenByOthers();
  let waiting: Batch[] = [];
  let done = 0;
  /** Files that are under way, which the manifest does not know yet. */
  const met = new Set<string>();

  const commitWaiting = async () => {
    if (waiting.length === 0) return;
    const result = await commit(place, waiting, newName(), new Date().toISOString(), asked);
    told.files += result.files;
    told.known += result.known;
    told.events += result.events;
    told.duplicates += result.duplicates;
    for (const batch of waiting) {
      for (const file of batch.files) met.delete(markOf(file));
      for (const { tokens } of batch.parts) giveBack(tokens);
      for (const part of Object.values(batch)) if (ArrayBuffer.isView(part)) giveBack(part);
    }
    waiting = [];
  };
  const add = async (batch: Batch) => {
    if (!fits(waiting, batch)) await commitWaiting();
    waiting.push(batch);
    done += batch.files.length;
    for (const { name, troubles } of batch.files)
      if (troubles) told.setAside.push({ name, reason: troubles });
    progress?.(done, null);
  };
  /** One batch after the other, and none while a segment is written. */
  let received = Promise.resolve();
  const receive = (batch: Batch) => {
    received = received.then(() => add(batch));
    return received;
  };

  let workers: Workers | undefined;
  const underWay = new Set<Promise<void>>();
  let failed: unknown = null;
  const send = async (group: LogFile[]) => {
    workers ??= startWorkers();
    const { take, wanted } = workers;
    const work = fetched(group, told.setAside)
      .then(take)
      .then(receive)
      .catch((error: unknown) => {
        failed ??= error;
      })
      .finally(() => underWay.delete(work));
    underWay.add(work);
    while (underWay.size >= wanted && !failed) await Promise.race(underWay);
  };
  try {
    let before: LogFile[] | null = null;
    for await (const group of groups(newFiles(files, place.manifest, met, told))) {
      if (before) await send(before);
      if (failed) break;
      before = group;
    }
    // A few files are read sooner than a thread starts.
    if (before && !workers && before.length <= FEW_FILES)
      await receive(await takeHere(await fetched(before, told.setAside)));
    else if (before && !failed) await send(before);
    await Promise.all(underWay);
    if (failed) throw failed;
    await commitWaiting();
    for (let merges = 0; merges < MERGES && (await mergeSmall(place, newName)); ) merges += 1;
  } finally {
    await workers?.close();
    // What is being written when the files end in an error is whole before anybody begins anew.
    await Promise.all(underWay);
  }
  return told;
}

/** Those that nobody uses at the moment: their memory is not made anew for every few files. */
const idle: BatchBuilder[] = [];

async function takeHere(files: FileToTake[]): Promise<Batch> {
  const builder = idle.pop() ?? createBatchBuilder(LIMITS, scannerModule());
  for (const file of files) await takeFile(file, builder, LIMITS);
  const batch = builder.finish();
  idle.push(builder);
  return batch;
}

/** Files that the archive does not know yet; the digests of log file validation hold no events. */
async function* newFiles(
  files: AsyncIterable<LogFile>,
  manifest: Manifest,
  met: Set<string>,
  told: Required<Ingested>,
): AsyncGenerator<LogFile> {
  for await (const some of lists(files)) {
    const known = manifest.knows(some);
    // All of them at once: in between, files that are under way may come to be known.
    const fresh = some.filter((file) => {
      const mark = markOf(file);
      const isKnown = met.has(mark) || known.has(file);
      const isDigest = file.name.includes('/CloudTrail-Digest/');
      if (isKnown) told.known += 1;
      else if (isDigest) told.digests += 1;
      else met.add(mark);
      return !isKnown && !isDigest;
    });
    yield* fresh;
  }
}

async function* lists(files: AsyncIterable<LogFile>): AsyncGenerator<LogFile[]> {
  let list: LogFile[] = [];
  for await (const file of files) {
    if (list.push(file) < ASKED_FILES) continue;
    yield list;
    list = [];
  }
  yield list;
}

const markOf = ({ name, size }: Pick<LogFile, 'name' | 'size'>) => `${size} ${name}`;

async function* groups(files: AsyncIterable<LogFile>): AsyncGenerator<LogFile[]> {
  let group: LogFile[] = [];
  let bytes = 0;
  for await (const file of files) {
    group.push(file);
    bytes += file.size;
    if (group.length < GROUP_FILES && bytes < GROUP_BYTES) continue;
    yield group;
    group = [];
    bytes = 0;
  }
  if (group.length > 0) yield group;
}

/** What cannot be fetched is set aside for this time; it is asked for again the next. */
async function fetched(group: LogFile[], setAside: SetAside[]): Promise<FileToTake[]> {
  const all = await Promise.all(
    group.map(async ({ name, size, source }): Promise<FileToTake[]> => {
      if ('path' in source) return [{ name, size, path: source.path }];
      try {
        return [{ name, size, bytes: await source.fetch() }];
      } catch (error) {
        setAside.push({ name, reason: `cannot be fetched: ${(error as Error).message}` });
        return [];
      }
    }),
  );
  return all.flat();
}

function fits(waiting: Batch[], batch: Batch): boolean {
  const all = [...waiting, batch];
  const sum = (pick: (one: Batch) => number) => all.reduce((total, one) => total + pick(one), 0);
  return (
    waiting.length === 0 ||
    (sum(({ rows }) => rows) <= SEGMENT_ROWS &&
      sum(({ evidence }) => evidence.length) <= SEGMENT_BYTES &&
      sum(({ parts }) => parts.length) <= MOST_PARTS)
  );
}

const started = Math.floor(Date.now() - performance.now()).toString(36);
let names = 0;

/** A file name that no other process makes, and that says which one made it. */
export function newName(): string {
  names += 1;
  return `${hostname().replace(/[^A-Za-z0-9-]/g, '')}.${process.pid}.${started}.${names}.segment`;
}

/**
 * Segments are written while the manifest is locked, and here we hold the lock: what it does not name was
 * left behind by a process that was killed.
 */
export async function removeLeftovers({ directory, manifest }: Place): Promise<void> {
  await manifest.exclusively(async () => {
    const known = new Set(manifest.segments().flatMap(({ file }) => [file, columnsFile(file)]));
    for (const file of readdirSync(directory))
      if (/\.(segment|parquet)$/.test(file) && !known.has(file)) removed(directory, file);
  });
}
