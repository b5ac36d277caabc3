import { createHash } from 'node:crypto';
import { AwsFault, type Call } from '../service.ts';
import type { BucketState } from '../world.ts';

/** Objects of the simulated S3: small, in memory, without versions. */

export function listObjectsV2(bucket: BucketState, call: Call) {
  const { Prefix = '', Delimiter, MaxKeys = 1000, ContinuationToken, StartAfter } = call.input;
  const after = ContinuationToken === undefined ? (StartAfter ?? '') : decoded(ContinuationToken);
  const entries = new Map<string, 'key' | 'prefix'>();
  for (const key of [...bucket.objects.keys()].sort()) {
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
    Contents: page.filter(([, kind]) => kind === 'key').map(([key]) => listed(bucket, key)),
    CommonPrefixes: page
      .filter(([, kind]) => kind === 'prefix')
      .map(([name]) => ({ Prefix: name })),
  };
}

export function getObject(bucket: BucketState, call: Call) {
  const found = bucket.objects.get(call.input.Key);
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

function listed(bucket: BucketState, key: string) {
  const { body = Buffer.of(), modified } = bucket.objects.get(key) ?? {};
  return {
    Key: key,
    Size: body.length,
    LastModified: modified,
    ETag: tagOf(body),
    StorageClass: 'STANDARD',
  };
}

function tagOf(body: Uint8Array): string {
  return `"${createHash('md5').update(body).digest('hex')}"`;
}

function encoded(text: string): string {
  return Buffer.from(text).toString('base64url');
}

function decoded(text: string): string {
  return Buffer.from(text, 'base64url').toString();
}
