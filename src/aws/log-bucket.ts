import { GetObjectCommand, ListObjectsV2Command, type S3Client } from '@aws-sdk/client-s3';
import { concurrently } from '../core/concurrently.ts';
import { type Reading, wasSeen } from '../core/reading.ts';
import { reading } from './reading.ts';

/** A folder of a bucket: `prefix` is '' or ends with `/`. */
export type LogFolder = { bucket: string; prefix: string };

/** One log file of a bucket: `name` is `s3://bucket/key`, `fetch` its bytes as stored. */
export type BucketFile = {
  name: string;
  size: number;
  source: { fetch(): Promise<Uint8Array> };
};

export type LogBucket = {
  client: S3Client;
  folder: LogFolder;
  /** The account that the bucket must belong to, where that is known. */
  owner?: string | undefined;
};

/** The IAM actions of this file; the key's where the files are encrypted with one. */
export const needs = ['kms:Decrypt', 's3:GetObject', 's3:ListBucket'];

/** Bytes of a compressed log file; CloudTrail's own stay far below. */
const LARGEST = 64 * 1024 * 1024;

/** How often a body that broke off is asked for. */
const ATTEMPTS = 3;

/** Folders that are listed at a time. */
const LANES = 16;

/**
 * The cells of a log bucket: the folders `…/<account>/CloudTrail/<region>/` under `AWSLogs`, found without
 * listing a file. Digest files and what other services write beside them are left out.
 */
export async function logCells(log: LogBucket): Promise<Reading<string[]>> {
  const { folder } = log;
  const wouldNeed = `s3:ListBucket on ${folder.bucket}`;
  return reading(wouldNeed, async () => {
    if (IN_CELL.test(folder.prefix)) return [folder.prefix];
    if (/(^|\/)AWSLogs\//.test(folder.prefix)) return cellsUnder(log, folder.prefix);
    return cellsUnder(log, `${folder.prefix}AWSLogs/`);
  });
}

const IN_CELL = /(^|\/)\d{12}\/CloudTrail(-[A-Za-z]+)?\/[a-z0-9-]+\//;

async function cellsUnder(log: LogBucket, prefix: string): Promise<string[]> {
  if (IN_CELL.test(prefix)) return [prefix];
  const folders = (await foldersIn(log, prefix)).filter(
    (name) => !/\/\d{12}\/$/.test(prefix) || isCloudTrails(name.slice(prefix.length)),
  );
  const under = await concurrently(LANES, folders, (name) => cellsUnder(log, name));
  return under.flat();
}

/** `CloudTrail/` and `CloudTrail-Insight/` and their like, but not the digests that vouch for them. */
function isCloudTrails(name: string): boolean {
  return /^CloudTrail(-[A-Za-z]+)?\/$/.test(name) && name !== 'CloudTrail-Digest/';
}

async function foldersIn({ client, folder, owner }: LogBucket, prefix: string): Promise<string[]> {
  const folders: string[] = [];
  let token: string | undefined;
  do {
    const page = await client.send(
      new ListObjectsV2Command({
        Bucket: folder.bucket,
        Prefix: prefix,
        Delimiter: '/',
        ...(token && { ContinuationToken: token }),
        ...(owner && { ExpectedBucketOwner: owner }),
      }),
    );
    for (const { Prefix } of page.CommonPrefixes ?? []) if (Prefix) folders.push(Prefix);
    token = page.IsTruncated ? page.NextContinuationToken : undefined;
  } while (token);
  return folders;
}

/**
 * The log files of one cell, page by page; with `after` only those whose key follows it, so that who
 * follows a bucket never lists all of it.
 */
export async function* filesInCell(
  log: LogBucket,
  cell: string,
  after: string | null,
): AsyncGenerator<Reading<BucketFile[]>> {
  const { client, folder, owner } = log;
  let token: string | undefined;
  do {
    const page = await reading(`s3:ListBucket on ${folder.bucket}`, () =>
      client.send(
        new ListObjectsV2Command({
          Bucket: folder.bucket,
          Prefix: cell,
          ...(token ? { ContinuationToken: token } : after && { StartAfter: after }),
          ...(owner && { ExpectedBucketOwner: owner }),
        }),
      ),
    );
    // What was listed before the failure stands; the failure is the last that is heard.
    if (!wasSeen(page)) return yield page;
    yield {
      seen: (page.seen.Contents ?? []).flatMap(({ Key, Size = 0 }) =>
        Key && /\.json(\.gz)?$/.test(Key) ? [fileOf(log, Key, Size)] : [],
      ),
    };
    token = page.seen.IsTruncated ? page.seen.NextContinuationToken : undefined;
  } while (token);
}

function fileOf({ client, folder, owner }: LogBucket, key: string, size: number): BucketFile {
  return {
    name: `s3://${folder.bucket}/${key}`,
    size,
    source: {
      async fetch() {
        if (size > LARGEST) throw new Error(`compressed file of ${size} bytes is over the limit`);
        const object = new GetObjectCommand({
          Bucket: folder.bucket,
          Key: key,
          ...(owner && { ExpectedBucketOwner: owner }),
        });
        for (let attempt = 1; ; attempt += 1) {
          const { Body } = await client.send(object);
          if (!Body) throw new Error('S3 answered without a body');
          try {
            return await Body.transformToByteArray();
          } catch (error) {
            // The SDK tries requests again, but not a body that breaks off in the middle.
            if (attempt === ATTEMPTS) throw error;
          }
        }
      },
    },
  };
}

/** `s3://bucket/prefix` taken apart; null for anything else. */
export function logFolderOf(address: string): LogFolder | null {
  const [, bucket, prefix = ''] =
    /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:\/(.*))?$/.exec(address) ?? [];
  if (!bucket) return null;
  return { bucket, prefix: prefix === '' || prefix.endsWith('/') ? prefix : `${prefix}/` };
}
