import { FOLD, finished, firstOf, mixed, SEED } from './hashes.ts';

/**
 * The smallest parts of JSON in bytes: where a text, a number or a literal that begins here ends. Texts are
 * read four bytes at a time, so that three bytes behind the last one must be there to be read. Nothing is
 * accepted that `JSON.parse` would refuse.
 */
export const NOT_JSON = -1;

/** What a text holds that has to be unescaped or decoded before it is compared. */
export const MARK = { escape: 1, wide: 2, percent: 4 } as const;

const ONES = 0x01010101;
const HIGHS = 0x80808080 | 0;
const QUOTES = 0x22222222;
const BACKSLASHES = 0x5c5c5c5c;
const PERCENTS = 0x25252525;

/** Which of four bytes is zero: the lowest bit that is set is right, those above it may not be. */
function zeroIn(four: number): number {
  return (four - ONES) & ~four & HIGHS;
}

/** The high bits of those of four bytes at which a text ends, is escaped, or is none. */
function stopsIn(four: number): number {
  const control = (four - FOLD) & ~four & HIGHS;
  return zeroIn(four ^ QUOTES) | zeroIn(four ^ BACKSLASHES) | control;
}

const placeOf = (bits: number) => (31 - Math.clz32(bits & -bits)) >> 3;

/** Behind the closing quote of the text whose opening quote is at `at`. */
export function endOfText(words: DataView, at: number, end: number): number {
  for (let i = at + 1; i < end; ) {
    const stop = stopsIn(words.getInt32(i, true));
    if (stop === 0) {
      i += 4;
      continue;
    }
    i += placeOf(stop);
    if (i >= end) return NOT_JSON;
    const c = words.getUint8(i);
    if (c === 0x22) return i + 1;
    i = c === 0x5c ? endOfEscape(words, i, end) : NOT_JSON;
    if (i === NOT_JSON) return NOT_JSON;
  }
  return NOT_JSON;
}

/** What `readText` says beside where the text ends. */
export type ReadText = { hash: number; marks: number };

/** The same for a text whose hash and marks are wanted; both are put into `read`. */
export function readText(words: DataView, at: number, end: number, read: ReadText): number {
  let hash = SEED;
  let wide = 0;
  let percents = 0;
  let marks = 0;
  for (let i = at + 1; i < end; ) {
    const four = words.getInt32(i, true);
    const stop = stopsIn(four);
    if (stop === 0) {
      hash = mixed(hash, four | FOLD);
      wide |= four;
      percents |= zeroIn(four ^ PERCENTS);
      i += 4;
      continue;
    }
    const many = placeOf(stop);
    if (many > 0) {
      const rest = firstOf(four, many);
      hash = mixed(hash, firstOf(four | FOLD, many));
      wide |= rest;
      percents |= zeroIn(rest ^ PERCENTS);
    }
    i += many;
    if (i >= end) return NOT_JSON;
    const c = words.getUint8(i);
    if (c === 0x22) {
      read.hash = finished(hash, i - at - 1);
      if ((wide & HIGHS) !== 0) marks |= MARK.wide;
      if (percents !== 0) marks |= MARK.percent;
      read.marks = marks;
      return i + 1;
    }
    marks |= MARK.escape;
    i = c === 0x5c ? endOfEscape(words, i, end) : NOT_JSON;
    if (i === NOT_JSON) return NOT_JSON;
  }
  return NOT_JSON;
}

const ESCAPED = new Set([...'"\\/bfnrt'].map((letter) => letter.charCodeAt(0)));

function endOfEscape(words: DataView, at: number, end: number): number {
  if (at + 2 > end) return NOT_JSON;
  const letter = words.getUint8(at + 1);
  if (letter !== 0x75) return ESCAPED.has(letter) ? at + 2 : NOT_JSON;
  if (at + 6 > end) return NOT_JSON;
  for (let digit = at + 2; digit < at + 6; digit += 1) {
    const c = words.getUint8(digit);
    const lower = c | 0x20;
    if (!((c >= 0x30 && c <= 0x39) || (lower >= 0x61 && lower <= 0x66))) return NOT_JSON;
  }
  return at + 6;
}

/** Behind the number that begins at `at`. */
export function endOfNumber(b: Uint8Array, start: number): number {
  let at = b[start] === 0x2d ? start + 1 : start;
  if (b[at] === 0x30) at += 1;
  else if (at === endOfDigits(b, at)) return NOT_JSON;
  else at = endOfDigits(b, at);
  if (b[at] === 0x2e) {
    const digits = at + 1;
    at = endOfDigits(b, digits);
    if (at === digits) return NOT_JSON;
  }
  if (b[at] === 0x65 || b[at] === 0x45) {
    at += 1;
    if (b[at] === 0x2b || b[at] === 0x2d) at += 1;
    const digits = at;
    at = endOfDigits(b, digits);
    if (at === digits) return NOT_JSON;
  }
  return at;
}

function endOfDigits(b: Uint8Array, start: number): number {
  let at = start;
  while (at < b.length && (b[at] as number) >= 0x30 && (b[at] as number) <= 0x39) at += 1;
  return at;
}

const [TRUE_BYTES, FALSE_BYTES, NULL_BYTES] = [0x65757274, 0x736c6166, 0x6c6c756e];

/** Behind `true`, `false` or `null`. */
export function endOfLiteral(b: Uint8Array, words: DataView, at: number): number {
  const four = at + 4 <= b.length ? words.getInt32(at, true) : 0;
  if (four === TRUE_BYTES || four === NULL_BYTES) return at + 4;
  return four === FALSE_BYTES && b[at + 4] === 0x65 ? at + 5 : NOT_JSON;
}

/** Behind the white space that may begin here. */
export function endOfSpace(b: Uint8Array, start: number): number {
  let at = start;
  for (; at < b.length; at += 1) {
    const c = b[at] as number;
    if (c > 0x20 || (c !== 0x20 && c !== 0x0a && c !== 0x0d && c !== 0x09)) break;
  }
  return at;
}
