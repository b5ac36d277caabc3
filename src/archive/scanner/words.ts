import { secondsIn, UNTIMELY } from './fields.ts';
import { hashIn } from './hashes.ts';
import { isDigit } from './json-bytes.ts';
import {
  ask,
  isCrowded,
  isTold,
  markIn,
  numberOf,
  PLACE,
  tell,
  tokenCount,
  tokensAt,
} from './known.ts';
import { add, addAll } from './part-tokens.ts';
import { EXPAND_PLACE, hasRoom, NUMBER, request, WORDS } from './requests.ts';

/** Which tokens a text stands for. `../tokens.ts` has the rules. */
const SHORTEST: usize = 3;
const LONGEST: usize = 640;
/** Bytes of a number that may be an identifier; smaller ones count something. */
const SHORTEST_NUMBER: usize = 9;
/** Numbers of more digits are not written as they were. */
const EXACT_NUMBER: usize = 15;
/** The words that a text stands for are kept, where it is no longer than this. */
const KNOWN_LENGTH: usize = 1024;

/** What was added or asked for before counts into this part of the rows, and this scan. */
export let part: u32 = 1;
export let scan: u32 = 0;

export function beginPart(): void {
  part += 1;
}

export function beginScan(): void {
  scan += 1;
}

/** The tokens of what is known, or the question what they are. */
export function addKnown(number: u32, asking: u32, start: usize, end: usize): void {
  if (isTold(number)) {
    if (markIn(part, number)) addAll(tokensAt(number), tokenCount(number));
  } else if (hasRoom() && ask(scan, number)) request(asking, number, start, end);
}

/** The answer. */
export function told(number: u32, tokens: usize, count: u32): void {
  tell(number, tokens, count);
  if (markIn(part, number)) addAll(tokens, count);
}

/** A text in which an identifier may stand, anywhere but in an identity. */
export function addText(start: usize, end: usize, marks: i32): void {
  const length = end - start;
  if (length < SHORTEST) return;
  if (!isPlain(start, marks)) {
    if (length <= KNOWN_LENGTH && !isCrowded())
      addKnown(numberOf(PLACE, start, length), EXPAND_PLACE, start, end);
    else request(WORDS, 0, start, end);
  } else if (isArn(start)) addPieces(start, end);
  else if (!isMoment(start, end)) addToken(start, end);
}

/** A number in the same places. */
export function addNumber(start: usize, end: usize): void {
  const length = end - start;
  let digits: usize = 0;
  let isExponential = false;
  for (let at = start; at < end; at += 1) {
    const c = load<u8>(at);
    if (isDigit(c)) digits += 1;
    else if ((c | 0x20) === 0x65) isExponential = true;
  }
  if (length < SHORTEST_NUMBER && !isExponential) return;
  if (digits === length && length <= EXACT_NUMBER) addToken(start, end);
  else request(NUMBER, 0, start, end);
}

/** No more than its bytes has to be known of a text: nothing is escaped, encoded, or inside of it. */
export function isPlain(start: usize, marks: i32): bool {
  const first = load<u8>(start);
  return marks === 0 && first > 0x20 && first !== 0x7b && first !== 0x5b;
}

export function isArn(start: usize): bool {
  return load<u32>(start) === ARN;
}

/** `arn:` */
const ARN: u32 = 0x3a6e7261;

export function isMoment(start: usize, end: usize): bool {
  return end - start === 20 && secondsIn(start) !== UNTIMELY;
}

/** The token of some bytes; zero for what is none. */
export function tokenOf(start: usize, to: usize): u32 {
  const end = to > start && load<u8>(to - 1) === 0x2e ? to - 1 : to;
  const length = end - start;
  return length < SHORTEST || length > LONGEST ? 0 : hashIn(start, end);
}

export function addToken(start: usize, end: usize): void {
  const token = tokenOf(start, end);
  if (token !== 0) add(token);
}

/** The pieces of an ARN's names. */
export function addPieces(start: usize, end: usize): void {
  let from = start;
  for (let colons = 0; from < end && colons < 5; from += 1)
    if (load<u8>(from) === 0x3a) colons += 1;
  // An ARN without a name.
  if (from >= end) from = start;
  for (let at = from; at <= end; at += 1) {
    if (at < end) {
      const c = load<u8>(at);
      if (c !== 0x3a && c !== 0x2f) continue;
    }
    addToken(from, at);
    from = at + 1;
  }
}
