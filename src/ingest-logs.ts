import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Archive, Ingested, LogFile, Progress, SetAside } from './archive/archive.ts';
import { findLogFiles } from './archive/find-log-files.ts';
import { type Followed, readFollowed, saveFollowed } from './archive/followed.ts';
import { type BucketFile, filesInCell, type LogBucket, logCells } from './aws/log-bucket.ts';
import { reading } from './aws/reading.ts';
import { ahead } from './core/ahead.ts';
import { wasSeen } from './core/reading.ts';

/** What became of taking in log files; `unlisted` are folders that could not be looked into at all. */
export type LogsTaken = Ingested & { unlisted: SetAside[] };

export type Taking = {
  archive: Pick<Archive, 'ingest' | 'knows'>;
  directory: string;
  /** The bucket behind an `s3://` address. */
  bucket(address: string): LogBucket | Promise<LogBucket>;
  /** Lists all of a bucket, also what was followed before. */
  everything?: boolean;
};

/** Files that are fetched, and folders that are listed, ahead of the archive. */
const FETCHED_AHEAD = 24;
const LISTED_AHEAD = 16;

/**
 * Log files under paths and `s3://` addresses into the archive, each once however often it is given. Of
 * an address only what is new since the last time is listed. What could not be fetched is named, is not
 * given to the archive, and is tried again the next time.
 */
export async function ingestLogs(
  places: string[],
  taking: Taking,
  progress?: Progress,
): Promise<LogsTaken> {
  const addresses = places.filter((place) => place.startsWith('s3://'));
  const paths = places.filter((place) => !place.startsWith('s3://'));
  const found = await findLogFiles(paths.map((path) => resolve(path)));
  const run: Run = {
    known: 0,
    unfetched: [],
    unlisted: found.unreadable.map(({ path, reason }) => ({ name: path, reason })),
    reached: {},
  };
  async function* files(): AsyncGenerator<LogFile> {
    yield* local(found.files, run);
    for (const address of addresses) yield* remote(await taking.bucket(address), taking, run);
  }
  const total = addresses.length === 0 ? found.files.length : null;
  const ingested = await taking.archive.ingest(files(), (done, of) =>
    progress?.(done, of ?? total),
  );
  // Only now: what was listed and not yet taken in must be listed again.
  if (Object.keys(run.reached).length > 0) await saveFollowed(taking.directory, run.reached);
  return {
    ...ingested,
    known: ingested.known + run.known,
    setAside: [...ingested.setAside, ...run.unfetched],
    unlisted: run.unlisted,
  };
}

/** What one run learns beside the files themselves. */
type Run = {
  known: number;
  unfetched: SetAside[];
  unlisted: SetAside[];
  /** The last key of every folder of which nothing was missed. */
  reached: Followed;
};

async function* local(paths: string[], run: Run): AsyncGenerator<LogFile> {
  for (const path of paths) {
    const size = await stat(path).then(
      (file) => file.size,
      (error: NodeJS.ErrnoException) => error,
    );
    if (typeof size === 'number') yield { name: path, size, source: { path } };
    else run.unlisted.push({ name: path, reason: `cannot be read (${size.code})` });
  }
}

async function* remote(log: LogBucket, taking: Taking, run: Run): AsyncGenerator<LogFile> {
  const { bucket, prefix } = log.folder;
  const cells = await logCells(log);
  if (!wasSeen(cells)) {
    run.unlisted.push({ name: `s3://${bucket}/${prefix}`, reason: cells.unseen.reason });
    return;
  }
  if (cells.seen.length === 0) {
    run.unlisted.push({
      name: `s3://${bucket}/${prefix}`,
      reason: 'there is no AWSLogs/…/CloudTrail/ folder',
    });
  }
  const before = taking.everything ? {} : await readFollowed(taking.directory);
  const begun = ahead(LISTED_AHEAD, cells.seen, async (cell) => {
    const pages = filesInCell(log, cell, followingDay(before[`s3://${bucket}/${cell}`]));
    // Only its first page: a folder of a million files must not pile up while others are taken in.
    return { name: `s3://${bucket}/${cell}`, first: await pages.next(), pages };
  });
  for await (const folder of begun) yield* filesOf(folder, taking, run);
}

type Pages = ReturnType<typeof filesInCell>;
type Folder = { name: string; first: Awaited<ReturnType<Pages['next']>>; pages: Pages };

async function* filesOf({ name, first, pages }: Folder, taking: Taking, run: Run) {
  let last: string | null = null;
  let missed = false;
  for (let page = first; !page.done; page = await pages.next()) {
    if (!wasSeen(page.value)) {
      run.unlisted.push({ name, reason: page.value.unseen.reason });
      missed = true;
      continue;
    }
    const files = page.value.seen;
    const already = await taking.archive.knows(files.map((file) => file.name));
    run.known += already.size;
    const news = files.filter((file) => !already.has(file.name));
    for await (const fetched of ahead(FETCHED_AHEAD, news, fetch)) {
      if ('reason' in fetched) {
        run.unfetched.push(fetched);
        missed = true;
      } else yield fetched;
    }
    last = files.at(-1)?.name ?? last;
  }
  if (last !== null && !missed) run.reached[name] = last;
}

/** The file with its bytes, or why there are none: only AWS's and the network's refusals are expected. */
async function fetch(file: BucketFile): Promise<LogFile | SetAside> {
  const bytes = await reading(`s3:GetObject on ${file.name}`, () => file.source.fetch());
  if (!wasSeen(bytes)) return { name: file.name, reason: bytes.unseen.reason };
  return { ...file, source: { fetch: async () => bytes.seen } };
}

/**
 * Where to go on listing after this file: from the day before its own. Keys follow the time of delivery,
 * so nothing new comes earlier; the day is for buckets that are filled by copying.
 */
function followingDay(name: string | undefined): string | null {
  const key = name?.replace(/^s3:\/\/[^/]+\//, '');
  const [, folder, year, month, day] =
    /^(.*\/)(\d{4})\/(\d\d)\/(\d\d)\/[^/]*$/.exec(key ?? '') ?? [];
  if (folder === undefined) return key ?? null;
  const before = new Date(Date.parse(`${year}-${month}-${day}T00:00:00Z`) - 86_400_000);
  return `${folder}${before.toISOString().slice(0, 10).replaceAll('-', '/')}/`;
}
