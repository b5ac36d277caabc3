import { isMadeOf, bytesOf as keptAt, MEMBER, numberOf } from './known.ts';
import { isSame, region } from './memory.ts';

/** What is in each slot of the record at hand. */
export const ABSENT: u32 = 0;
export const TEXT: u32 = 1;
export const NULL: u32 = 2;
export const TRUE: u32 = 3;
export const FALSE: u32 = 4;
export const OBJECT: u32 = 5;

const SLOTS: usize = 32;
const kinds: usize = region(SLOTS);
/** Begin and end of each, of texts without the quotes. */
const places: usize = region(8 * SLOTS);
/** The text that was in each slot before: its number, and its bytes in the order of known things. */
const lasts: usize = region(16 * SLOTS);

export function clearMembers(): void {
  v128.store(kinds, i64x2.splat(0));
  v128.store(kinds, i64x2.splat(0), 16);
}

export function kindOf(slot: i32): u32 {
  return load<u8>(kinds + slot);
}

export function setKind(slot: i32, kind: u32): void {
  store<u8>(kinds + slot, <u8>kind);
}

export function setText(slot: i32, start: usize, end: usize): void {
  store<u8>(kinds + slot, <u8>TEXT);
  store<u32>(places + ((<usize>slot) << 3), <u32>start);
  store<u32>(places + ((<usize>slot) << 3), <u32>end, 4);
}

export function startOf(slot: i32): usize {
  return load<u32>(places + ((<usize>slot) << 3));
}

export function endOf(slot: i32): usize {
  return load<u32>(places + ((<usize>slot) << 3), 4);
}

/** The same as `numberFor`, found sooner where it is the expected one. */
export function numberExpected(slot: i32, expected: u32): u32 {
  if (expected > OBJECT && kindOf(slot) === TEXT) {
    const start = startOf(slot);
    if (isMadeOf(expected - OBJECT, start, endOf(slot) - start)) return expected;
  }
  return numberFor(slot);
}

/** A number that stands for a member's value. */
export function numberFor(slot: i32): u32 {
  const kind = kindOf(slot);
  if (kind !== TEXT) return kind;
  const start = startOf(slot);
  const length = endOf(slot) - start;
  const last = lasts + ((<usize>slot) << 4);
  if (
    load<u32>(last, 8) === <u32>length &&
    load<u32>(last) !== 0 &&
    isSame(load<u32>(last, 4), start, length)
  )
    return load<u32>(last) + OBJECT;
  const number = numberOf(MEMBER, start, length);
  store<u32>(last, number);
  store<u32>(last, <u32>keptAt(number), 4);
  store<u32>(last, <u32>length, 8);
  return number + OBJECT;
}
