/** The hashes of `../hashes.ts`, which says what they are for. The same bytes have the same hashes there. */
const SEED: u32 = 0x811c9dc5;
const SEED_2: u32 = 0x9747b28c;
/** Letters in either case have this bit in common. */
const FOLD: u32 = 0x20202020;

function mixed(hash: u32, four: u32): u32 {
  const product = (hash ^ four) * 0x9e3779b1;
  return product ^ (product >>> 15);
}

function mixedOtherwise(hash: u32, four: u32): u32 {
  return rotl<u32>((hash ^ four) * 0x85ebca6b, 13);
}

/** The first bytes of four, `many` of them (1 to 3). */
function firstOf(four: u32, many: usize): u32 {
  return four & (0xffffffff >>> (32 - ((<u32>many) << 3)));
}

function finished(hash: u32, length: usize): u32 {
  let h = hash ^ <u32>length;
  h ^= h >>> 16;
  h *= 0x7feb352d;
  h ^= h >>> 15;
  h *= 0x846ca68b;
  h ^= h >>> 16;
  return h === 0 ? 1 : h;
}

/** The hash of some bytes, letters in either case alike; three more can be read. */
export function hashIn(start: usize, end: usize): u32 {
  let hash = SEED;
  let at = start;
  for (; at + 4 <= end; at += 4) hash = mixed(hash, load<u32>(at) | FOLD);
  if (at < end) hash = mixed(hash, firstOf(load<u32>(at) | FOLD, end - at));
  return finished(hash, end - start);
}

/** The second hash, which tells letters in either case apart. */
export function secondHashIn(start: usize, end: usize): u32 {
  let hash = SEED_2;
  let at = start;
  for (; at + 4 <= end; at += 4) hash = mixedOtherwise(hash, load<u32>(at));
  if (at < end) hash = mixedOtherwise(hash, firstOf(load<u32>(at), end - at));
  return finished(hash, end - start);
}
