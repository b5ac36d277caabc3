/**
 * Which parts of a segment hold which tokens: entries sorted by token, in buckets by its first bits. An
 * entry is the rest of the token's 32 bits and the number of the part; a lookup reads one bucket.
 */
export type IndexShape = { entries: number; bits: 8 | 12 | 16 };

/** Parts of one segment are numbered in a byte. */
export const MOST_PARTS = 256;

/** The bytes of an index over the tokens of each part. */
export function indexOf(tokensByPart: { part: number; tokens: ArrayLike<number> }[]): {
  bytes: Uint8Array;
  shape: IndexShape;
} {
  const sorted = sortedKeys(tokensByPart);
  const bits = sorted.length < 8192 ? 8 : sorted.length < 262_144 ? 12 : 16;
  const size = entrySize(bits);
  const starts = new Uint32Array(2 ** bits + 1);
  const bytes = new Uint8Array(starts.byteLength + sorted.length * size);
  let at = starts.byteLength;
  for (let entry = 0; entry < sorted.length; entry += 1) {
    const key = sorted[entry] as number;
    const token = Math.floor(key / MOST_PARTS);
    const rest = restOf(token, bits);
    bytes[at] = rest & 0xff;
    bytes[at + 1] = (rest >>> 8) & 0xff;
    if (size === 4) bytes[at + 2] = rest >>> 16;
    bytes[at + size - 1] = key % MOST_PARTS;
    at += size;
    (starts[bucketOf(token, bits) + 1] as number) += 1;
  }
  for (let bucket = 0; bucket < starts.length - 1; bucket += 1)
    (starts[bucket + 1] as number) += starts[bucket] as number;
  bytes.set(new Uint8Array(starts.buffer));
  return { bytes, shape: { entries: sorted.length, bits } };
}

/** Token and part in one number, sorted, each once. */
function sortedKeys(tokensByPart: { part: number; tokens: ArrayLike<number> }[]): Float64Array {
  const { keys, ends } = inBuckets(tokensByPart);
  let kept = 0;
  let start = 0;
  for (let bucket = 0; bucket < BUCKETS; bucket += 1) {
    const end = ends[bucket] as number;
    sortBetween(keys, start, end);
    for (let index = start; index < end; index += 1) {
      const key = keys[index] as number;
      if (index > start && key === keys[kept - 1]) continue;
      keys[kept] = key;
      kept += 1;
    }
    start = end;
  }
  return keys.subarray(0, kept);
}

const BUCKETS = 1 << 16;

/** Keys by the upper half of their token: hashes spread evenly, so that few are left to sort in each. */
function inBuckets(tokensByPart: { part: number; tokens: ArrayLike<number> }[]) {
  const ends = new Uint32Array(BUCKETS);
  let many = 0;
  for (const { tokens } of tokensByPart) {
    many += tokens.length;
    for (let index = 0; index < tokens.length; index += 1)
      (ends[(tokens[index] as number) >>> 16] as number) += 1;
  }
  let at = 0;
  for (let bucket = 0; bucket < BUCKETS; bucket += 1) {
    const size = ends[bucket] as number;
    ends[bucket] = at;
    at += size;
  }
  const keys = new Float64Array(many);
  for (const { part, tokens } of tokensByPart)
    for (let index = 0; index < tokens.length; index += 1) {
      const token = (tokens[index] as number) >>> 0;
      keys[ends[token >>> 16] as number] = token * MOST_PARTS + part;
      (ends[token >>> 16] as number) += 1;
    }
  return { keys, ends };
}

/** So many are sorted by putting each in its place; hashes that somebody chose may be more. */
const FEW = 48;

function sortBetween(keys: Float64Array, start: number, end: number): void {
  if (end - start > FEW) {
    keys.subarray(start, end).sort();
    return;
  }
  for (let index = start + 1; index < end; index += 1) {
    const key = keys[index] as number;
    let place = index;
    for (; place > start && (keys[place - 1] as number) > key; place -= 1)
      keys[place] = keys[place - 1] as number;
    keys[place] = key;
  }
}

const entrySize = (bits: number) => (bits === 16 ? 3 : 4);
const bucketOf = (token: number, bits: number) => token >>> (32 - bits);
const restOf = (token: number, bits: number) => token & (2 ** (32 - bits) - 1);

/** The parts that may hold a token. `read` fetches bytes of the index. */
export function partsWith(
  token: number,
  { bits }: IndexShape,
  read: (at: number, length: number) => Uint8Array,
): number[] {
  const bounds = read(bucketOf(token, bits) * 4, 8);
  const from = numberIn(bounds, 0);
  const to = numberIn(bounds, 4);
  if (from === to) return [];
  const size = entrySize(bits);
  const bucket = read((2 ** bits + 1) * 4 + from * size, (to - from) * size);
  const rest = restOf(token, bits);
  const parts: number[] = [];
  for (let at = 0; at < bucket.length; at += size)
    if (restIn(bucket, at, size) === rest) parts.push(bucket[at + size - 1] as number);
  return parts;
}

/** Every entry of an index again: what segments are merged by. */
export function entriesOf(
  { entries, bits }: IndexShape,
  bytes: Uint8Array,
): {
  tokens: Uint32Array;
  parts: Uint8Array;
} {
  const tokens = new Uint32Array(entries);
  const parts = new Uint8Array(entries);
  const size = entrySize(bits);
  const first = (2 ** bits + 1) * 4;
  let entry = 0;
  for (let bucket = 0; bucket < 2 ** bits; bucket += 1) {
    const end = numberIn(bytes, bucket * 4 + 4);
    for (; entry < end; entry += 1) {
      const at = first + entry * size;
      tokens[entry] = bucket * 2 ** (32 - bits) + restIn(bytes, at, size);
      parts[entry] = bytes[at + size - 1] as number;
    }
  }
  return { tokens, parts };
}

function restIn(bytes: Uint8Array, at: number, size: number): number {
  const low = (bytes[at] as number) | ((bytes[at + 1] as number) << 8);
  return size === 3 ? low : low | ((bytes[at + 2] as number) << 16);
}

function numberIn(bytes: Uint8Array, at: number): number {
  return (
    ((bytes[at] as number) |
      ((bytes[at + 1] as number) << 8) |
      ((bytes[at + 2] as number) << 16) |
      ((bytes[at + 3] as number) << 24)) >>>
    0
  );
}
