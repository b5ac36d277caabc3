/**
 * Hashes of texts, four bytes at a time. The same text has the same hash whether it stands in the bytes of a
 * file or in a string, and whether its end was known or found while it was read.
 */

export const SEED = 0x811c9dc5 | 0;
/** Letters in either case have this bit in common. */
export const FOLD = 0x20202020;

/** Takes four more bytes into a running hash. */
export function mixed(hash: number, four: number): number {
  const product = Math.imul(hash ^ four, 0x9e3779b1);
  return product ^ (product >>> 15);
}

/** The first bytes of four, `many` of them (0 to 3); the others are zero. */
export function firstOf(four: number, many: number): number {
  return many === 0 ? 0 : four & (0xffffffff >>> (32 - 8 * many));
}

/**
 * Spreads the bits of a running hash over `length` bytes. Never zero, which marks an empty slot; signed,
 * because such numbers cost no allocation.
 */
export function finished(hash: number, length: number): number {
  let h = hash ^ length;
  h ^= h >>> 16;
  h = Math.imul(h, 0x7feb352d);
  h ^= h >>> 15;
  h = Math.imul(h, 0x846ca68b);
  return (h ^ (h >>> 16)) | 0 || 1;
}

/** The hash of the bytes from `start` to `end`, letters in either case alike; three more can be read. */
export function hashIn(words: DataView, start: number, end: number): number {
  let hash = SEED;
  let at = start;
  for (; at + 4 <= end; at += 4) hash = mixed(hash, words.getInt32(at, true) | FOLD);
  if (at < end) hash = mixed(hash, firstOf(words.getInt32(at, true) | FOLD, end - at));
  return finished(hash, end - start);
}

/** A second hash, which tells letters in either case apart, and what has the same first one. */
export function secondHashIn(words: DataView, start: number, end: number): number {
  let hash = SEED_2;
  let at = start;
  for (; at + 4 <= end; at += 4) hash = mixedOtherwise(hash, words.getInt32(at, true));
  if (at < end) hash = mixedOtherwise(hash, firstOf(words.getInt32(at, true), end - at));
  return finished(hash, end - start);
}

const SEED_2 = 0x9747b28c | 0;

function mixedOtherwise(hash: number, four: number): number {
  const product = Math.imul(hash ^ four, 0x85ebca6b);
  return (product << 13) | (product >>> 19);
}

/** Both hashes of a text, as good as one of 64 bits. */
export function hashesOf(text: string): [number, number] {
  const length = Buffer.byteLength(text);
  const bytes = Buffer.alloc(length + 3);
  bytes.write(text);
  const words = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  return [hashIn(words, 0, length), secondHashIn(words, 0, length)];
}

/** Bytes, and the same four at a time: three bytes behind the last one are read, too. */
export type Text = { bytes: Buffer; words: DataView };

/** Makes bytes readable for hashes; they are copied where nothing may be read behind them. */
export function textOf(bytes: Uint8Array): Text {
  const { buffer, byteOffset, length } = bytes;
  if (buffer.byteLength - byteOffset - length >= 3)
    return {
      bytes: Buffer.from(buffer as ArrayBuffer, byteOffset, length),
      words: new DataView(buffer, byteOffset),
    };
  const copy = Buffer.alloc(length + 3);
  copy.set(bytes);
  return textOf(copy.subarray(0, length));
}
