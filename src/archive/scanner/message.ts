import { isDigit } from './json-bytes.ts';
import { isSame, written } from './memory.ts';
import { addPieces, addToken, isArn } from './words.ts';

/**
 * The identifiers in the message of a refused call, as the core has them (`namedInError`): an ARN that is named
 * as the resource, and bare ids. False where the core has to be asked: it reads quotes and other names, too.
 */
export function areNamesTold(start: usize, end: usize): bool {
  if (end - start > LONGEST || !isPlainMessage(start, end)) return false;
  if (!isResourceTold(start, end)) return false;
  let from = start;
  for (let at = start; at < end; at += 1)
    if (load<u8>(at) === 0x2d) from = endOfBareId(from, at, end);
  return true;
}

/** Nothing is quoted, escaped, or of other letters than ASCII. */
function isPlainMessage(start: usize, end: usize): bool {
  for (let at = start; at < end; at += 1) {
    const c = load<u8>(at);
    if (c === 0x27 || c === 0x5c || c >= 0x80) return false;
  }
  return true;
}

/** Of a longer message not all is read. */
const LONGEST: usize = 4096;
const RESOURCE = written('on resource:');
const RESOURCE_SIZE: usize = 12;
/** The first four letters, which are looked for before the others. */
const ON_R: u32 = 0x72206e6f;

/** The one ARN behind `on resource:`, where there is any. */
function isResourceTold(start: usize, end: usize): bool {
  let named: usize = 0;
  for (let at = start; at + RESOURCE_SIZE <= end; at += 1) {
    if (load<u32>(at) !== ON_R || !isSame(at, RESOURCE, RESOURCE_SIZE)) continue;
    if (named !== 0) return false;
    named = at + RESOURCE_SIZE;
  }
  if (named === 0) return true;
  let from = named;
  while (from < end && load<u8>(from) === 0x20) from += 1;
  let to = from;
  while (to < end && load<u8>(to) !== 0x20) to += 1;
  while (to > from && isStop(load<u8>(to - 1))) to -= 1;
  if (to - from < 5 || !isArn(from)) return false;
  addPieces(from, to);
  return true;
}

/** `.`, `,`, `;`, `:` and `)` end a sentence. */
function isStop(c: u32): bool {
  return c === 0x2e || c === 0x2c || c === 0x3b || c === 0x3a || c === 0x29;
}

const MOST_LETTERS: usize = 12;
const FEWEST_DIGITS: usize = 8;
const MOST_DIGITS: usize = 17;

/** `i-0abc12345def67890` around this dash is one: 1 to 12 small letters and 8 to 17 digits. Answers where to go on. */
function endOfBareId(from: usize, dash: usize, end: usize): usize {
  let first = dash;
  while (first > from && isSmallLetter(load<u8>(first - 1))) first -= 1;
  if (first === dash || dash - first > MOST_LETTERS) return from;
  if (first > from && isOfWord(load<u8>(first - 1))) return from;
  let to = dash + 1;
  while (to < end && isHex(load<u8>(to))) to += 1;
  const digits = to - dash - 1;
  if (digits < FEWEST_DIGITS || digits > MOST_DIGITS) return from;
  if (to < end && isOfWord(load<u8>(to))) return from;
  addToken(first, to);
  return to;
}

function isSmallLetter(c: u32): bool {
  return c - 0x61 < 26;
}

function isHex(c: u32): bool {
  return isDigit(c) || (c | 0x20) - 0x61 < 6;
}

function isOfWord(c: u32): bool {
  return isDigit(c) || (c | 0x20) - 0x61 < 26 || c === 0x5f;
}
