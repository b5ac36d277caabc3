import { isSame, region } from './memory.ts';

/**
 * Everything that was met before, kept once, byte by byte, and known by a number from 1 on: texts, identities,
 * and what was made of them. Beside each may lie tokens that it stands for.
 */
export const MEMBER: u32 = 0;
export const PLACE: u32 = 1;
export const ADDRESS: u32 = 2;
export const IDENTITY_TEXT: u32 = 3;
export const PRINCIPAL: u32 = 4;
export const CALL: u32 = 5;
export const CALLER: u32 = 6;

/**
 * Of each: hash, kind, place and length of its bytes, place and number of its tokens, when it was used, and two
 * numbers of others.
 */
const ENTRY: usize = 40;
const KIND: usize = 4;
const AT: usize = 8;
const LENGTH: usize = 12;
const TOKENS: usize = 16;
const TOKEN_COUNT: usize = 20;
const ADDED: usize = 24;
const ASKED: usize = 28;
const RELATED: usize = 32;
const LATEST: usize = 36;
/** Nobody has said yet which tokens it stands for. */
const UNTOLD: u32 = 0xffffffff;

let room: u32 = 1 << 12;
let entries: usize = region(ENTRY << 12);
let slots: usize = region(8 << 12);
let mask: u32 = (2 << 12) - 1;
let many: u32 = 0;

/** Bytes are kept in blocks of this size. */
const BLOCK: usize = 1 << 18;
let block: usize = 0;
let blockEnd: usize = 0;

/** A place for bytes to be kept; some more can be read behind them. */
function keep(size: usize): usize {
  const wanted = (size + 23) & ~7;
  if (block + wanted > blockEnd) {
    const blockSize = max(BLOCK, wanted);
    block = region(blockSize);
    blockEnd = block + blockSize;
  }
  const at = block;
  block += wanted;
  return at;
}

/** The number of some bytes of a kind. */
export function numberOf(kind: u32, at: usize, length: usize): u32 {
  const hash = lookOf(kind, at, length);
  let slot = hash & mask;
  while (true) {
    const number = load<u32>(slots + (slot << 2));
    if (number === 0) break;
    const entry = entryOf(number);
    if (
      load<u32>(entry) === hash &&
      load<u32>(entry, KIND) === kind &&
      load<u32>(entry, LENGTH) === <u32>length &&
      isSame(load<u32>(entry, AT), at, length)
    )
      return number;
    slot = (slot + 1) & mask;
  }
  if (many === room) {
    grow();
    slot = hash & mask;
    while (load<u32>(slots + (slot << 2)) !== 0) slot = (slot + 1) & mask;
  }
  many += 1;
  store<u32>(slots + (slot << 2), many);
  const kept = keep(length);
  memory.copy(kept, at, length);
  const entry = entryOf(many);
  store<u32>(entry, hash);
  store<u32>(entry, kind, KIND);
  store<u32>(entry, <u32>kept, AT);
  store<u32>(entry, <u32>length, LENGTH);
  store<u32>(entry, UNTOLD, TOKEN_COUNT);
  return many;
}

function entryOf(number: u32): usize {
  return entries + <usize>(number - 1) * ENTRY;
}

/** Tables become twice as large; the old ones are left behind. */
function grow(): void {
  const wider = region(ENTRY * ((<usize>room) << 1));
  memory.copy(wider, entries, ENTRY * <usize>room);
  entries = wider;
  room <<= 1;
  slots = region((<usize>room) << 3);
  mask = (room << 1) - 1;
  for (let number: u32 = 1; number <= many; number += 1) {
    let slot = load<u32>(entryOf(number)) & mask;
    while (load<u32>(slots + (slot << 2)) !== 0) slot = (slot + 1) & mask;
    store<u32>(slots + (slot << 2), number);
  }
}

/** Are so many known that texts, of which a file may hold millions, are better not remembered? */
export function isCrowded(): bool {
  return many > CROWD;
}

const CROWD: u32 = 1 << 20;

/** Eight bytes at a time; seven more can be read. */
function lookOf(kind: u32, start: usize, length: usize): u32 {
  let hash: u64 = ((<u64>kind) << 32) ^ <u64>length ^ seed;
  const end = start + length;
  let at = start;
  for (; at + 8 <= end; at += 8) hash = stirred(hash, load<u64>(at));
  if (at < end) hash = stirred(hash, load<u64>(at) << (64 - ((end - at) << 3)));
  return <u32>(hash ^ (hash >>> 29));
}

/** Chosen by whoever opens the scanner: nobody can write texts that all look the same. */
let seed: u64 = 0;

export function seedWith(chosen: u64): void {
  seed = chosen;
}

const MULTIPLIER: u64 = (0xff51afd7 << 32) | 0xed558ccd;

function stirred(hash: u64, eight: u64): u64 {
  const product = (hash ^ eight) * MULTIPLIER;
  return product ^ (product >>> 32);
}

export function bytesOf(number: u32): usize {
  return load<u32>(entryOf(number), AT);
}

export function lengthOf(number: u32): usize {
  return load<u32>(entryOf(number), LENGTH);
}

/** What goes with it: a number of something else that is known. */
export function relatedTo(number: u32): u32 {
  return load<u32>(entryOf(number), RELATED);
}

export function relate(number: u32, other: u32): void {
  store<u32>(entryOf(number), other, RELATED);
}

/** What it was met with last: a number of something that is known, or 0. */
export function latestWith(number: u32): u32 {
  return load<u32>(entryOf(number), LATEST);
}

export function meet(number: u32, other: u32): void {
  store<u32>(entryOf(number), other, LATEST);
}

/** Is it made of these bytes? */
export function isMadeOf(number: u32, at: usize, length: usize): bool {
  const entry = entryOf(number);
  return load<u32>(entry, LENGTH) === <u32>length && isSame(load<u32>(entry, AT), at, length);
}

/** False where it was marked in this part before. */
export function markIn(part: u32, number: u32): bool {
  const entry = entryOf(number);
  if (load<u32>(entry, ADDED) === part) return false;
  store<u32>(entry, part, ADDED);
  return true;
}

/** False where it was asked for in this scan before. */
export function ask(scan: u32, number: u32): bool {
  const entry = entryOf(number);
  if (load<u32>(entry, ASKED) === scan) return false;
  store<u32>(entry, scan, ASKED);
  return true;
}

export function isTold(number: u32): bool {
  return load<u32>(entryOf(number), TOKEN_COUNT) !== UNTOLD;
}

export function tokensAt(number: u32): usize {
  return load<u32>(entryOf(number), TOKENS);
}

export function tokenCount(number: u32): u32 {
  return load<u32>(entryOf(number), TOKEN_COUNT);
}

/** From now on it stands for these tokens. */
export function tell(number: u32, tokens: usize, count: u32): void {
  const kept = keep((<usize>count) << 2);
  memory.copy(kept, tokens, (<usize>count) << 2);
  const entry = entryOf(number);
  store<u32>(entry, <u32>kept, TOKENS);
  store<u32>(entry, count, TOKEN_COUNT);
}
