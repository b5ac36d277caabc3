import { region } from './memory.ts';

/**
 * Tables that tell what a sequence of bits stands for. An entry: bits of the code and of what follows it and
 * counts on (0 to 4), those of the code alone (8 to 12), what it is (13 to 15), and from bit 16 on a byte, the
 * least length or distance, or where the table for longer codes begins, which bits 8 to 12 are looked up in.
 */
export const CODE_SHIFT: u32 = 8;
export const VALUE_SHIFT: u32 = 16;
export const BITS: u32 = 31;
export const LITERAL: u32 = 1 << 13;
export const END: u32 = 1 << 14;
export const LONGER: u32 = 1 << 15;
/** Two bytes, of which the other one stands in the bits above the first. */
export const PAIR_SHIFT: u32 = 5;

const MOST_BITS: u32 = 15;
const counts: usize = region(4 * (<usize>MOST_BITS + 1));
const nexts: usize = region(4 * (<usize>MOST_BITS + 2));

/**
 * Fills a table for the symbols whose code lengths are the bytes at `lengths`. `meanings`: the entry of each
 * symbol but for its code, with the bits that follow that. `direct`: so many bits are looked up at once. False where these are no
 * lengths of a complete code; one symbol alone may have a code of one bit where `mayBeOne`.
 */
export function buildTable(
  table: usize,
  direct: u32,
  lengths: usize,
  symbols: u32,
  meanings: usize,
  mayBeOne: bool,
): bool {
  memory.fill(counts, 0, 4 * (<usize>MOST_BITS + 1));
  for (let symbol: u32 = 0; symbol < symbols; symbol += 1) {
    const count = counts + ((<usize>load<u8>(lengths + symbol)) << 2);
    store<u32>(count, load<u32>(count) + 1);
  }
  store<u32>(counts, 0);
  let left: i32 = 1;
  let code: u32 = 0;
  let longest: u32 = 0;
  for (let bits: u32 = 1; bits <= MOST_BITS; bits += 1) {
    const count = load<u32>(counts + ((<usize>bits) << 2));
    store<u32>(nexts + ((<usize>bits) << 2), code);
    code = (code + count) << 1;
    left = (left << 1) - <i32>count;
    if (left < 0) return false;
    if (count > 0) longest = bits;
  }
  if (left > 0) {
    if (!mayBeOne || longest > 1) return false;
    memory.fill(table, 0, (<usize>4) << direct);
  }
  const longerBits = longest > direct ? longest - direct : 0;
  if (longerBits > 0) memory.fill(table, 0, (<usize>4) << direct);
  let end: u32 = 1 << direct;
  for (let symbol: u32 = 0; symbol < symbols; symbol += 1) {
    const bits = <u32>load<u8>(lengths + symbol);
    if (bits === 0) continue;
    const next = nexts + ((<usize>bits) << 2);
    const reversed = backwards(load<u32>(next), bits);
    store<u32>(next, load<u32>(next) + 1);
    const entry = (load<u32>(meanings + ((<usize>symbol) << 2)) + bits) | (bits << CODE_SHIFT);
    if (bits <= direct) {
      const step: u32 = 1 << bits;
      for (let at = reversed; at < <u32>(1 << direct); at += step)
        store<u32>(table + ((<usize>at) << 2), entry);
      continue;
    }
    const first = table + ((<usize>(reversed & ((1 << direct) - 1))) << 2);
    if (load<u32>(first) === 0) {
      store<u32>(first, (end << VALUE_SHIFT) | LONGER | (longerBits << CODE_SHIFT) | direct);
      end += 1 << longerBits;
    }
    const begin = load<u32>(first) >>> VALUE_SHIFT;
    const step: u32 = 1 << (bits - direct);
    for (let at = reversed >>> direct; at < <u32>(1 << longerBits); at += step)
      store<u32>(table + ((<usize>(begin + at)) << 2), entry);
  }
  return true;
}

/**
 * Where two bytes are looked up at once with so many bits, the entry of the first one becomes that of both. An
 * entry depends on none above it: the table is walked downwards.
 */
export function pairLiterals(table: usize, direct: u32): void {
  for (let index: i32 = (1 << direct) - 1; index >= 0; index -= 1) {
    const at = table + ((<usize>index) << 2);
    const first = load<u32>(at);
    if ((first & LITERAL) === 0) continue;
    const second = load<u32>(table + ((<usize>(<u32>index >>> (first & BITS))) << 2));
    const bits = (first & BITS) + (second & BITS);
    if ((second & LITERAL) === 0 || bits > direct) continue;
    const bytes = (first >>> VALUE_SHIFT) | ((second >>> VALUE_SHIFT) << 8);
    store<u32>(at, (bytes << VALUE_SHIFT) | LITERAL | (1 << PAIR_SHIFT) | bits);
  }
}

/** A code as it stands in the data: its first bit is the lowest. */
function backwards(code: u32, bits: u32): u32 {
  let b = code;
  b = ((b >>> 1) & 0x5555) | ((b & 0x5555) << 1);
  b = ((b >>> 2) & 0x3333) | ((b & 0x3333) << 2);
  b = ((b >>> 4) & 0x0f0f) | ((b & 0x0f0f) << 4);
  b = ((b >>> 8) & 0x00ff) | ((b & 0x00ff) << 8);
  return b >>> (16 - bits);
}
