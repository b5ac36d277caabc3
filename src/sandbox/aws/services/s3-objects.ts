import { createHash } from 'node:crypto';
import { logFilesIn } from '../log-files.ts';
import { AwsFault, type Call, type World } from '../service.ts';
import type { BucketState } from '../world.ts';

/** Objects of the simulated S3: small, in memory, without versions; and the log files of its trails. */

export function listObjectsV2(bucket: BucketState, call: Call, world: World) {
  const { Prefix = '', Delimiter, MaxKeys = 1000, ContinuationToken, StartAfter } = call.input;
  const after = ContinuationToken === undefined ? (StartAfter ?? '') : decoded(ContinuationToken);
  const entries = new Map<string, 'key' | 'prefix'>();
  for (const key of keysIn(bucket, world)) {
    if (!key.startsWith(Prefix)) continue;
    const end = Delimiter ? key.indexOf(Delimiter, Prefix.length) : -1;
    if (end === -1) entries.set(key, 'key');
    else entries.set(key.slice(0, end + Delimiter.length), 'prefix');
  }
  const all = [...entries].filter(([name]) => name > after);
  const page = all.slice(0, MaxKeys);
  const last = page.at(-1);
  const truncated = page.length < all.length;
  return {
    Name: bucket.name,
    Prefix,
    Delimiter,
    MaxKeys,
    StartAfter,
    ContinuationToken,
    KeyCount: page.length,
    IsTruncated: truncated,
    NextContinuationToken: truncated && last !== undefined ? encoded(last[0]) : undefined,
    Contents: page
      .filter(([, kind]) => kind === 'key')
      .map(([key]) => listed(key, objectAt(bucket, key, world))),
    CommonPrefixes: page
      .filter(([, kind]) => kind === 'prefix')
      .map(([name]) => ({ Prefix: name })),
  };
}

export function getObject(bucket: BucketState, call: Call, world: World) {
  const found = objectAt(bucket, call.input.Key, world);
  if (found === undefined) {
    throw new AwsFault('NoSuchKey', 'The specified key does not exist.', 404);
  }
  return {
    Body: found.body,
    ContentLength: found.body.length,
    ContentType: found.contentType ?? 'binary/octet-stream',
    ETag: tagOf(found.body),
    LastModified: found.modified,
  };
}

export function putObject(bucket: BucketState, call: Call) {
  const { Key, Body, ContentType } = call.input;
  const body = typeof Body === 'string' ? Buffer.from(Body) : ((Body as Uint8Array) ?? Buffer.of());
  bucket.objects.set(Key, { body, modified: call.now, contentType: ContentType });
  return { ETag: tagOf(body) };
}

type Stored = { body: Uint8Array; modified: Date; contentType?: string | undefined };

function objectAt(bucket: BucketState, key: string, world: World): Stored | undefined {
  const file = logFilesIn(bucket, world).get(key);
  const written = file && { body: file.body(), modified: file.delivered };
  return bucket.objects.get(key) ?? (written && { ...written, contentType: 'application/json' });
}

function keysIn(bucket: BucketState, world: World): string[] {
  return [...new Set([...bucket.objects.keys(), ...logFilesIn(bucket, world).keys()])].sort();
}

function listed(key: string, { body, modified }: Stored = { body: Buffer.of(), modified: NEVER }) {
  return {
    Key: key,
    Size: body.length,
    LastModified: modified,
    ETag: tagOf(body),
    StorageClass: 'STANDARD',
  };
}

const NEVER = new Date(0);

function tagOf(body: Uint8Array): string {
  return `"${createHash('md5').update(body).digest('hex')}"`;
}

function encoded(text: string): string {
  return Buffer.from(text).toString('base64url');
}

function decoded(text: string): string {
  return Buffer.from(text, 'base64url').toString();
}
