import { region } from './memory.ts';

/** What is left to whoever called, who knows the rules of the core; each with bytes of the text. */
export const EXPAND_PLACE: u32 = 1;
export const EXPAND_ADDRESS: u32 = 2;
export const EXPAND_IDENTITY: u32 = 3;
export const WORDS: u32 = 4;
export const MESSAGE: u32 = 5;
export const NUMBER: u32 = 6;

const SIZE: usize = 16;
const MOST: u32 = 1 << 14;
export const requests: usize = region(SIZE * <usize>MOST);
export let count: u32 = 0;
/** Something could not be asked for: the record at hand has to be read in another way. */
export let overflowed: bool = false;

/** Is there room for one more? */
export function hasRoom(): bool {
  if (count < MOST) return true;
  overflowed = true;
  return false;
}

/** `number`: of what is known, or of the row. */
export function request(kind: u32, number: u32, start: usize, end: usize): void {
  if (!hasRoom()) return;
  const at = requests + <usize>count * SIZE;
  store<u32>(at, kind);
  store<u32>(at, number, 4);
  store<u32>(at, <u32>start, 8);
  store<u32>(at, <u32>end, 12);
  count += 1;
}

export function isHalfFull(): bool {
  return count > MOST >>> 1;
}

export function clearRequests(): void {
  count = 0;
}

export function beginRecord(): void {
  overflowed = false;
}
