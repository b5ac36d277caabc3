/**
 * Which parts of a segment hold which tokens: entries sorted by token, in buckets by its first bits. An
 * entry is what 28 bits of the token have behind those of the bucket, and the number of the part. A lookup
 * reads some counts and one bucket.
 */
export type IndexShape = {
  entries: number;
  /** Bits of a token that say which bucket it is in. */
  bits: 8 | 12 | 16;
  /** Bytes that the number of entries in a bucket takes. */
  width: 1 | 4;
};

/** Parts of one segment are numbered in a byte. */
export const MOST_PARTS = 256;

/** Of 32: the other four would make the index a sixth larger, and spare a lookup one part in ten. */
const TOKEN_BITS = 28;
/** Entries are sorted in so many buckets, whatever the index has. */
const SORTED_BITS = 16;
const REST_BITS = TOKEN_BITS - SORTED_BITS;
/** Counts of so many buckets stand behind the number of entries before them. */
const GROUP = 64;

/** The bytes of an index over the tokens of each part. */
export function indexOf(tokensByPart: { part: number; tokens: ArrayLike<number> }[]): {
  bytes: Uint8Array;
  shape: IndexShape;
} {
  if (tokensByPart.some(({ part }) => part >= MOST_PARTS))
    throw new Error(
      `a segment has more than ${MOST_PARTS} parts, which its index cannot tell apart`,
    );
  const { keys, ends } = sorted(tokensByPart);
  const entries = keys.length;
  const bits = entries < 8192 ? 8 : entries < 262_144 ? 12 : 16;
  const counts = countsOf(ends, bits);
  const width = counts.every((count) => count < 256) ? 1 : 4;
  const shape: IndexShape = { entries, bits, width };
  const bytes = new Uint8Array(directorySize(shape) + Math.ceil((entries * entryBits(bits)) / 8));
  writeDirectory(bytes, counts, shape);
  writeEntries(bytes.subarray(directorySize(shape)), keys, ends, bits);
  return { bytes, shape };
}

/** Entries take whole halves of bytes: of every second one half a byte waits for the next. */
function writeEntries(bytes: Uint8Array, keys: Uint32Array, ends: Uint32Array, bits: number): void {
  const size = entryBits(bits);
  const mask = (1 << (TOKEN_BITS - bits)) - 1;
  let at = 0;
  let entry = 0;
  let [half, waits] = [0, false];
  for (let bucket = 0; bucket < ends.length; bucket += 1) {
    const rest = ((bucket << REST_BITS) & mask) << 8;
    for (const end = ends[bucket] as number; entry < end; entry += 1) {
      let value = rest | (keys[entry] as number);
      let whole = size >>> 3;
      if (waits) {
        value = (value << 4) | half;
        whole = (size + 4) >>> 3;
      }
      for (let byte = 0; byte < whole; byte += 1) {
        bytes[at] = value;
        value >>>= 8;
        at += 1;
      }
      if (size % 8 !== 0) waits = !waits;
      half = value;
    }
  }
  if (waits) bytes[at] = half;
}

/** The rest of each token with its part, by bucket, sorted, each once; `ends`: where the buckets end. */
function sorted(tokensByPart: { part: number; tokens: ArrayLike<number> }[]) {
  const { keys, ends } = inBuckets(tokensByPart);
  let kept = 0;
  let start = 0;
  for (let bucket = 0; bucket < ends.length; bucket += 1) {
    const end = ends[bucket] as number;
    sortBetween(keys, start, end);
    for (let index = start; index < end; index += 1) {
      const key = keys[index] as number;
      if (index > start && key === keys[kept - 1]) continue;
      keys[kept] = key;
      kept += 1;
    }
    start = end;
    ends[bucket] = kept;
  }
  return { keys: keys.subarray(0, kept), ends };
}

/** Hashes spread evenly, so that few are left to sort in each bucket. */
function inBuckets(tokensByPart: { part: number; tokens: ArrayLike<number> }[]) {
  const ends = new Uint32Array(1 << SORTED_BITS);
  let many = 0;
  for (const { tokens } of tokensByPart) {
    many += tokens.length;
    for (let index = 0; index < tokens.length; index += 1)
      (ends[(tokens[index] as number) >>> 16] as number) += 1;
  }
  let at = 0;
  for (let bucket = 0; bucket < ends.length; bucket += 1) {
    const size = ends[bucket] as number;
    ends[bucket] = at;
    at += size;
  }
  const keys = new Uint32Array(many);
  for (const { part, tokens } of tokensByPart)
    for (let index = 0; index < tokens.length; index += 1) {
      const token = tokens[index] as number;
      const rest = (token >>> (32 - TOKEN_BITS)) & ((1 << REST_BITS) - 1);
      const place = ends[token >>> 16] as number;
      keys[place] = (rest << 8) | part;
      ends[token >>> 16] = place + 1;
    }
  return { keys, ends };
}

/** So many are sorted by putting each in its place; hashes that somebody chose may be more. */
const FEW = 48;

function sortBetween(keys: Uint32Array, start: number, end: number): void {
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

/** How many entries each bucket of an index has, whose buckets are some of the sorted ones together. */
function countsOf(ends: Uint32Array, bits: number): Uint32Array {
  const each = 1 << (SORTED_BITS - bits);
  const counts = new Uint32Array(1 << bits);
  let before = 0;
  for (let bucket = 0; bucket < counts.length; bucket += 1) {
    const end = ends[(bucket + 1) * each - 1] as number;
    counts[bucket] = end - before;
    before = end;
  }
  return counts;
}

const entryBits = (bits: number) => TOKEN_BITS - bits + 8;
const groupSize = (width: number) => 4 + GROUP * width;
const directorySize = ({ bits, width }: IndexShape) => ((1 << bits) / GROUP) * groupSize(width);
const bucketOf = (token: number, bits: number) => token >>> (32 - bits);

function writeDirectory(bytes: Uint8Array, counts: Uint32Array, { width }: IndexShape): void {
  const view = new DataView(bytes.buffer);
  let before = 0;
  for (let first = 0; first < counts.length; first += GROUP) {
    const group = (first / GROUP) * groupSize(width);
    view.setUint32(group, before, true);
    for (let place = 0; place < GROUP; place += 1) {
      const count = counts[first + place] as number;
      if (width === 1) bytes[group + 4 + place] = count;
      else view.setUint32(group + 4 + place * width, count, true);
      before += count;
    }
  }
}

/** The entry of so many bits that begins at a bit. */
function bitsIn(bytes: Uint8Array, at: number, many: number): number {
  const first = at >>> 3;
  let value =
    (bytes[first] as number) |
    ((bytes[first + 1] as number) << 8) |
    ((bytes[first + 2] as number) << 16);
  if (many > 24) value |= (bytes[first + 3] as number) << 24;
  return (value >>> (at & 7)) & ((1 << many) - 1);
}

/** The parts that may hold a token. `read` fetches bytes of the index. */
export function partsWith(
  token: number,
  shape: IndexShape,
  read: (at: number, length: number) => Uint8Array,
): number[] {
  const { bits, width } = shape;
  const bucket = bucketOf(token, bits);
  const counts = read(Math.floor(bucket / GROUP) * groupSize(width), groupSize(width));
  let from = numberIn(counts, 0);
  for (let before = 0; before < bucket % GROUP; before += 1) from += countIn(counts, before, width);
  const many = countIn(counts, bucket % GROUP, width);
  if (many === 0) return [];
  const size = entryBits(bits);
  const first = Math.floor((from * size) / 8);
  const last = Math.ceil(((from + many) * size) / 8);
  const bytes = read(directorySize(shape) + first, last - first);
  const rest = (token >>> (32 - TOKEN_BITS)) & ((1 << (TOKEN_BITS - bits)) - 1);
  const parts: number[] = [];
  for (let entry = 0; entry < many; entry += 1) {
    const value = bitsIn(bytes, (from + entry) * size - first * 8, size);
    if (value >>> 8 === rest) parts.push(value & 0xff);
  }
  return parts;
}

/** The same for many tokens and an index that was read as a whole: where its buckets begin is counted once. */
export function partsByToken(shape: IndexShape, bytes: Uint8Array): (token: number) => number[] {
  const { bits, width } = shape;
  const starts = new Uint32Array((1 << bits) + 1);
  for (let bucket = 0; bucket < 1 << bits; bucket += 1) {
    const group = Math.floor(bucket / GROUP) * groupSize(width);
    const at = group + 4 + (bucket % GROUP) * width;
    const count = width === 1 ? (bytes[at] as number) : numberIn(bytes, at);
    starts[bucket + 1] = (starts[bucket] as number) + count;
  }
  const size = entryBits(bits);
  const entries = directorySize(shape) * 8;
  const mask = (1 << (TOKEN_BITS - bits)) - 1;
  return (token) => {
    const rest = (token >>> (32 - TOKEN_BITS)) & mask;
    const bucket = bucketOf(token, bits);
    const end = starts[bucket + 1] as number;
    let parts = NONE;
    for (let entry = starts[bucket] as number; entry < end; entry += 1) {
      const value = bitsIn(bytes, entries + entry * size, size);
      if (value >>> 8 === rest) parts = [...parts, value & 0xff];
    }
    return parts;
  };
}

const NONE: number[] = [];

/** Every entry of an index again, by part: what segments are merged by. */
export function tokensOfParts(shape: IndexShape, bytes: Uint8Array, parts: number): Uint32Array[] {
  const { entries, bits, width } = shape;
  const size = entryBits(bits);
  const tokens = new Uint32Array(entries);
  const partOf = new Uint8Array(entries);
  const many = new Uint32Array(parts);
  let entry = 0;
  for (let bucket = 0; bucket < 1 << bits; bucket += 1) {
    const group = bytes.subarray(Math.floor(bucket / GROUP) * groupSize(width));
    const end = entry + countIn(group, bucket % GROUP, width);
    for (; entry < end; entry += 1) {
      const value = bitsIn(bytes, directorySize(shape) * 8 + entry * size, size);
      const token = (bucket << (TOKEN_BITS - bits)) | (value >>> 8);
      tokens[entry] = token << (32 - TOKEN_BITS);
      partOf[entry] = value & 0xff;
      (many[value & 0xff] as number) += 1;
    }
  }
  const lists = Array.from(many, (count) => new Uint32Array(count));
  many.fill(0);
  for (let index = 0; index < entries; index += 1) {
    const part = partOf[index] as number;
    (lists[part] as Uint32Array)[many[part] as number] = tokens[index] as number;
    (many[part] as number) += 1;
  }
  return lists;
}

function countIn(group: Uint8Array, bucket: number, width: number): number {
  return width === 1 ? (group[4 + bucket] as number) : numberIn(group, 4 + bucket * 4);
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
