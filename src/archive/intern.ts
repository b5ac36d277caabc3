import { firstOf } from './hashes.ts';
import type { Text } from './scan-records.ts';

/** Texts that occur again and again, each kept once and known by a number; compared byte by byte. */
export type Interner = {
  /** The number of the bytes between `start` and `end`, whose hash the caller has at hand. */
  numberOf(text: Text, start: number, end: number, hash: number): number;
  textOf(number: number): string;
  /** Bytes that are kept. */
  size(): number;
  /** Forgets all of it. */
  clear(): void;
};

export function createInterner(): Interner {
  let table = new Int32Array(1 << 12).fill(-1);
  let kept = Buffer.alloc(1 << 16);
  let keptWords = wordsOf(kept);
  let used = 0;
  const starts: number[] = [];
  const ends: number[] = [];
  const hashes: number[] = [];

  function grow() {
    table = new Int32Array(table.length * 2).fill(-1);
    for (const [number, hash] of hashes.entries()) {
      let at = hash & (table.length - 1);
      while (table[at] !== -1) at = (at + 1) & (table.length - 1);
      table[at] = number;
    }
  }

  function isKept(number: number, { words }: Text, start: number, end: number): boolean {
    const there = starts[number] as number;
    const length = end - start;
    if ((ends[number] as number) - there !== length) return false;
    let at = 0;
    for (; at + 4 <= length; at += 4)
      if (words.getInt32(start + at, true) !== keptWords.getInt32(there + at, true)) return false;
    const rest = words.getInt32(start + at, true) ^ keptWords.getInt32(there + at, true);
    return firstOf(rest, length - at) === 0;
  }

  return {
    numberOf(text, start, end, hash) {
      const mask = table.length - 1;
      let at = hash & mask;
      for (let known = table[at] as number; known !== -1; known = table[at] as number) {
        if (hashes[known] === hash && isKept(known, text, start, end)) return known;
        at = (at + 1) & mask;
      }
      const length = end - start;
      if (used + length + BEHIND > kept.length) {
        const wider = Buffer.alloc(Math.max(kept.length * 2, used + length + BEHIND));
        kept.copy(wider, 0, 0, used);
        kept = wider;
        keptWords = wordsOf(kept);
      }
      kept.set(text.bytes.subarray(start, end), used);
      const number = hashes.length;
      starts.push(used);
      used += length;
      ends.push(used);
      hashes.push(hash);
      table[at] = number;
      if (hashes.length * 2 > table.length) grow();
      return number;
    },
    textOf: (number) => kept.toString('utf8', starts[number], ends[number]),
    size: () => used,
    clear() {
      table.fill(-1);
      used = 0;
      for (const list of [starts, ends, hashes]) list.length = 0;
    },
  };
}

/** Four bytes are read at a time, also of the last text. */
const BEHIND = 4;

function wordsOf({ buffer, byteOffset, length }: Buffer): DataView {
  return new DataView(buffer, byteOffset, length);
}

/**
 * Identities (JSON objects) that were read before. The same session calls again and again, so that most
 * of them need not be read, only compared: an object's text ends where the object ends.
 */
export type Identities = {
  /** The number of the known object that begins here; −1 where none does. */
  startingAt(bytes: Buffer, start: number): number;
  add(bytes: Buffer, start: number, end: number): number;
  lengthOf(number: number): number;
  textOf(number: number): string;
  size(): number;
  clear(): void;
};

export function createIdentities(): Identities {
  const kept: Buffer[] = [];
  const byLook = new Map<number, number[]>();
  let size = 0;
  return {
    startingAt(bytes, start) {
      const alike = byLook.get(lookOf(bytes, start));
      if (!alike) return -1;
      for (let one = 0; one < alike.length; one += 1) {
        const number = alike[one] as number;
        const known = kept[number] as Buffer;
        const end = start + known.length;
        if (end <= bytes.length && known.compare(bytes, start, end) === 0) return number;
      }
      return -1;
    },
    add(bytes, start, end) {
      const number = kept.length;
      kept.push(Buffer.from(bytes.subarray(start, end)));
      const look = lookOf(bytes, start);
      byLook.set(look, [number, ...(byLook.get(look) ?? []).slice(0, 7)]);
      size += end - start;
      return number;
    },
    lengthOf: (number) => (kept[number] as Buffer).length,
    textOf: (number) => (kept[number] as Buffer).toString(),
    size: () => size,
    clear() {
      kept.length = 0;
      byLook.clear();
      size = 0;
    },
  };
}

/** Some letters where identities differ: ids, sessions, keys, and the moment a session began. */
function lookOf(bytes: Uint8Array, start: number): number {
  let h = 7;
  for (let at = start + 32; at < start + 288; at += 7)
    h = Math.imul(h ^ (bytes[at] as number), 0x01000193);
  return h;
}

/** A set of 32-bit numbers other than zero, emptied and filled again thousands of times. */
export type NumberSet = {
  add(value: number): void;
  /** What it holds, in no order; it is empty afterwards. */
  drain(): Int32Array;
};

export function createNumberSet(): NumberSet {
  let slots = new Int32Array(1 << 13);
  let members = new Int32Array(1 << 12);
  let size = 0;

  function grow() {
    slots = new Int32Array(slots.length * 2);
    const wider = new Int32Array(members.length * 2);
    wider.set(members);
    members = wider;
    for (let index = 0; index < size; index += 1) place(members[index] as number);
  }

  function place(value: number): boolean {
    const mask = slots.length - 1;
    let at = value & mask;
    for (let there = slots[at] as number; there !== 0; there = slots[at] as number) {
      if (there === value) return false;
      at = (at + 1) & mask;
    }
    slots[at] = value;
    return true;
  }

  return {
    add(value) {
      if (!place(value)) return;
      members[size] = value;
      size += 1;
      if (size * 2 > slots.length) grow();
      else if (size === members.length) grow();
    },
    drain() {
      const drained = members.slice(0, size);
      slots.fill(0);
      size = 0;
      return drained;
    },
  };
}
