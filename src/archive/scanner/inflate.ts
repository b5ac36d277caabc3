import {
  BITS,
  buildTable,
  CODE_SHIFT,
  END,
  LITERAL,
  LONGER,
  PAIR_SHIFT,
  pairLiterals,
  VALUE_SHIFT,
} from './huffman.ts';
import { region } from './memory.ts';

/**
 * Inflates what deflate made (RFC 1951). Whoever calls compares length and checksum: what is refused here, or
 * comes out otherwise, is inflated in another way, which says what is wrong with it.
 */
const REFUSED: usize = 0;

const LITERAL_BITS: u32 = 11;
const LITERAL_MASK: usize = (1 << LITERAL_BITS) - 1;
const DISTANCE_BITS: u32 = 9;
const LENGTH_BITS: u32 = 7;
/** Room for tables of longer codes behind each. */
const literals: usize = region(4 * (2048 + 288 * 16));
const distances: usize = region(4 * (512 + 32 * 64));
const lengthCodes: usize = region(4 * 128);

const LITERALS: u32 = 288;
const DISTANCES: u32 = 32;
const LENGTH_CODES: u32 = 19;
const literalMeanings: usize = region(4 * <usize>LITERALS);
const distanceMeanings: usize = region(4 * <usize>DISTANCES);
const lengthMeanings: usize = region(4 * <usize>LENGTH_CODES);
/** Code lengths, those of literals before those of distances. */
const lengths: usize = region(<usize>(LITERALS + DISTANCES) + 160);
/** The order in which the lengths of the codes for lengths stand. */
const ORDER = memory.data<u8>([16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]);

tellMeanings();

function tellMeanings(): void {
  for (let byte: u32 = 0; byte < 256; byte += 1)
    store<u32>(literalMeanings + ((<usize>byte) << 2), (byte << VALUE_SHIFT) | LITERAL);
  store<u32>(literalMeanings + 256 * 4, END);
  let length: u32 = 3;
  for (let symbol: u32 = 257; symbol < 285; symbol += 1) {
    const extra = symbol < 265 ? 0 : (symbol - 261) >>> 2;
    mean(literalMeanings, symbol, length, extra);
    length += 1 << extra;
  }
  mean(literalMeanings, 285, 258, 0);
  let distance: u32 = 1;
  for (let symbol: u32 = 0; symbol < 30; symbol += 1) {
    const extra = symbol < 4 ? 0 : (symbol - 2) >>> 1;
    mean(distanceMeanings, symbol, distance, extra);
    distance += 1 << extra;
  }
  for (let symbol: u32 = 0; symbol < LENGTH_CODES; symbol += 1)
    mean(lengthMeanings, symbol, symbol, 0);
}

function mean(meanings: usize, symbol: u32, value: u32, extra: u32): void {
  store<u32>(meanings + ((<usize>symbol) << 2), (value << VALUE_SHIFT) | extra);
}

/** Bits that were read and not used, the next one lowest, and how many there are. */
let bits: u64 = 0;
let bitCount: u32 = 0;
let at: usize = 0;

/** There are 56 bits at least. */
function refill(): void {
  bits |= load<u64>(at) << bitCount;
  at += (63 - bitCount) >>> 3;
  bitCount |= 56;
}

function take(many: u32): u32 {
  const taken = <u32>bits & ((1 << many) - 1);
  bits >>>= many;
  bitCount -= many;
  return taken;
}

/** Where the deflated bytes end that `inflate` read last. */
export function inflatedUpTo(): usize {
  return at - (bitCount >>> 3);
}

/**
 * Inflates the bytes from `start` to `end` to `out`, no more than up to `outEnd`; behind it 300 more bytes can
 * be written, behind `end` 4,000 more can be read. Answers where the text ends.
 */
export function inflate(start: usize, end: usize, out: usize, outEnd: usize): usize {
  at = start;
  bits = 0;
  bitCount = 0;
  let to = out;
  let isLast = false;
  while (!isLast) {
    if (at > end + 8) return REFUSED;
    refill();
    isLast = take(1) === 1;
    const kind = take(2);
    if (kind === 0) to = stored(end, to, outEnd);
    else if (kind === 3) return REFUSED;
    else if (kind === 1 ? fixedTables() : dynamicTables()) to = packed(end, out, to, outEnd);
    else return REFUSED;
    if (to === REFUSED) return REFUSED;
  }
  return inflatedUpTo() > end ? REFUSED : to;
}

/** Bytes as they are. */
function stored(end: usize, to: usize, outEnd: usize): usize {
  const from = at - (bitCount >>> 3);
  bits = 0;
  bitCount = 0;
  const length = <usize>load<u16>(from);
  if (from + 4 + length > end || to + length > outEnd) return REFUSED;
  if ((<u32>length ^ <u32>load<u16>(from, 2)) !== 0xffff) return REFUSED;
  memory.copy(to, from + 4, length);
  at = from + 4 + length;
  return to + length;
}

/** The tables at hand are those that need not be told: many a block may use them. */
let isFixed: bool = false;

function fixedTables(): bool {
  if (isFixed) return true;
  memory.fill(lengths, 8, 144);
  memory.fill(lengths + 144, 9, 112);
  memory.fill(lengths + 256, 7, 24);
  memory.fill(lengths + 280, 8, 8);
  memory.fill(lengths + 288, 5, 32);
  isFixed = areTablesBuilt(LITERALS, DISTANCES);
  return isFixed;
}

function dynamicTables(): bool {
  isFixed = false;
  const literalCount = take(5) + 257;
  const distanceCount = take(5) + 1;
  const lengthCount = take(4) + 4;
  if (literalCount > 286 || distanceCount > 30) return false;
  memory.fill(lengths, 0, LENGTH_CODES);
  for (let index: u32 = 0; index < lengthCount; index += 1) {
    refill();
    store<u8>(lengths + load<u8>(ORDER + index), <u8>take(3));
  }
  if (!buildTable(lengthCodes, LENGTH_BITS, lengths, LENGTH_CODES, lengthMeanings, false))
    return false;
  const all = literalCount + distanceCount;
  for (let index: u32 = 0; index < all; ) {
    refill();
    const entry = load<u32>(lengthCodes + ((<usize>bits & 127) << 2));
    take(entry & BITS);
    const value = entry >>> VALUE_SHIFT;
    if (value < 16) {
      store<u8>(lengths + index, <u8>value);
      index += 1;
      continue;
    }
    if (value === 16 && index === 0) return false;
    const again: u8 = value === 16 ? load<u8>(lengths + index - 1) : 0;
    const many = value === 16 ? 3 + take(2) : value === 17 ? 3 + take(3) : 11 + take(7);
    if (index + many > all) return false;
    memory.fill(lengths + index, again, many);
    index += many;
  }
  return load<u8>(lengths + 256) !== 0 && areTablesBuilt(literalCount, distanceCount);
}

function areTablesBuilt(literalCount: u32, distanceCount: u32): bool {
  const behind = lengths + literalCount;
  if (
    !buildTable(literals, LITERAL_BITS, lengths, literalCount, literalMeanings, false) ||
    !buildTable(distances, DISTANCE_BITS, behind, distanceCount, distanceMeanings, true)
  )
    return false;
  pairLiterals(literals, LITERAL_BITS);
  return true;
}

/** One block of bytes and repetitions. */
function packed(end: usize, out: usize, start: usize, outEnd: usize): usize {
  let to = start;
  let from = at;
  let b = bits;
  let n = bitCount;
  const literalTable = literals;
  const distanceTable = distances;
  while (true) {
    if (from > end + 8 || to > outEnd) return REFUSED;
    b |= load<u64>(from) << n;
    from += (63 - n) >>> 3;
    n |= 56;
    let entry = load<u32>(literalTable + ((<usize>b & LITERAL_MASK) << 2));
    if ((entry & LITERAL) !== 0) {
      b >>>= entry & BITS;
      n -= entry & BITS;
      store<u16>(to, <u16>(entry >>> VALUE_SHIFT));
      to += 1 + ((entry >>> PAIR_SHIFT) & 1);
      entry = load<u32>(literalTable + ((<usize>b & LITERAL_MASK) << 2));
      if ((entry & LITERAL) !== 0) {
        b >>>= entry & BITS;
        n -= entry & BITS;
        store<u16>(to, <u16>(entry >>> VALUE_SHIFT));
        to += 1 + ((entry >>> PAIR_SHIFT) & 1);
        entry = load<u32>(literalTable + ((<usize>b & LITERAL_MASK) << 2));
        if ((entry & LITERAL) !== 0) {
          b >>>= entry & BITS;
          n -= entry & BITS;
          store<u16>(to, <u16>(entry >>> VALUE_SHIFT));
          to += 1 + ((entry >>> PAIR_SHIFT) & 1);
          entry = load<u32>(literalTable + ((<usize>b & LITERAL_MASK) << 2));
          if ((entry & LITERAL) !== 0) {
            b >>>= entry & BITS;
            n -= entry & BITS;
            store<u16>(to, <u16>(entry >>> VALUE_SHIFT));
            to += 1 + ((entry >>> PAIR_SHIFT) & 1);
            continue;
          }
        }
      }
      b |= load<u64>(from) << n;
      from += (63 - n) >>> 3;
      n |= 56;
    }
    if ((entry & LONGER) !== 0) {
      entry = longerAt(literalTable, entry, b);
      if ((entry & LITERAL) !== 0) {
        b >>>= entry & BITS;
        n -= entry & BITS;
        store<u8>(to, <u8>(entry >>> VALUE_SHIFT));
        to += 1;
        continue;
      }
    }
    let before = b;
    b >>>= entry & BITS;
    n -= entry & BITS;
    if ((entry & END) !== 0) {
      at = from;
      bits = b;
      bitCount = n;
      return to;
    }
    const length = countedIn(entry, before);
    let far = load<u32>(distanceTable + ((<usize>b & ((1 << DISTANCE_BITS) - 1)) << 2));
    if ((far & LONGER) !== 0) far = longerAt(distanceTable, far, b);
    if (entry >>> VALUE_SHIFT === 0 || far >>> VALUE_SHIFT === 0) return REFUSED;
    before = b;
    b >>>= far & BITS;
    n -= far & BITS;
    const distance = countedIn(far, before);
    if (distance > to - out) return REFUSED;
    repeat(to, distance, length);
    to += length;
  }
}

/** A length or a distance: the least that the code stands for, and what the bits behind the code add. */
function countedIn(entry: u32, bits: u64): usize {
  const more = (<u32>bits & ((1 << (entry & BITS)) - 1)) >>> ((entry >>> CODE_SHIFT) & BITS);
  return <usize>((entry >>> VALUE_SHIFT) + more);
}

function longerAt(table: usize, entry: u32, b: u64): u32 {
  const more = (entry >>> CODE_SHIFT) & BITS;
  const index = <u32>(b >>> (entry & BITS)) & ((1 << more) - 1);
  return load<u32>(table + ((<usize>((entry >>> VALUE_SHIFT) + index)) << 2));
}

/** The bytes that stand `distance` before `to` once more; some more behind them are overwritten. */
function repeat(to: usize, distance: usize, length: usize): void {
  const end = to + length;
  let from = to - distance;
  if (distance >= 16) {
    // Most are no longer than this, and of no length that could be foreseen.
    v128.store(to, v128.load(from));
    v128.store(to, v128.load(from, 16), 16);
    for (let at = to + 32; at < end; at += 16) {
      from += 16;
      v128.store(at, v128.load(from, 16));
    }
  } else if (distance >= 8) {
    for (let at = to; at < end; at += 8, from += 8) store<u64>(at, load<u64>(from));
  } else if (distance === 1) {
    const byte = i8x16.splat(load<i8>(from));
    for (let at = to; at < end; at += 16) v128.store(at, byte);
  } else {
    for (let at = to; at < end; at += 1, from += 1) store<u8>(at, load<u8>(from));
  }
}
