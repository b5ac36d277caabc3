import { inflate, inflatedUpTo } from './inflate.ts';
import { endOfSpace, NOT_JSON } from './json-bytes.ts';
import { bytesOf, lengthOf, seedWith } from './known.ts';
import { isSame, region, used, written } from './memory.ts';
import { add, countOfPart, forget, tokensOfPart } from './part-tokens.ts';
import { endOfRecord } from './record.ts';
import { clearRequests, count, requests } from './requests.ts';
import { clearRows, isFull, rowCount, rows } from './rows.ts';
import { beginPart, beginScan, told } from './words.ts';

/**
 * Reads CloudTrail's JSON byte by byte, without building its objects: where each record begins and ends, what
 * is kept of it, and the tokens of every text that an identifier may stand in. It accepts no text that
 * `JSON.parse` would refuse, but refuses more: whoever calls parses that instead.
 */

/** Zeros behind the text, so that nothing is read past its end; and what may be looked at beyond. */
const SLACK: usize = 512;
const ZEROS: usize = 64;
let text: usize = 0;
let textRoom: usize = 0;
let textEnd: usize = 0;

/** Where a text of so many bytes is put. */
export function roomFor(length: usize): usize {
  if (text === 0 || length > textRoom) {
    textRoom = max(length + (length >>> 1), 1 << 18);
    text = region(textRoom + SLACK);
  }
  return text;
}

/** The file that the text is inflated from; tables of a broken one may be looked for far behind it. */
const BEHIND: usize = 4096;
let file: usize = 0;
let fileRoom: usize = 0;

/** Where a gzip file of so many bytes is to be put. */
export function roomForFile(length: usize): usize {
  if (length > fileRoom) {
    fileRoom = max(length + (length >>> 1), 1 << 16);
    file = region(fileRoom + BEHIND);
  }
  return file;
}

/**
 * Inflates the file that was put there, `from` its header's end `to` its trailer, to a text of so many bytes.
 * False where it is none of that length; the bytes have to be checked all the same.
 */
export function inflateFile(from: usize, to: usize, length: usize): bool {
  const out = roomFor(length);
  return (
    inflate(file + from, file + to, out, out + length) === out + length &&
    inflatedUpTo() === file + to
  );
}

/** Takes the file that was put there for the text, as it is. */
export function takePlain(length: usize): void {
  memory.copy(roomFor(length), file, length);
}

/** Where the next record is looked for, and whether it is the first of a list. */
let at: usize = 0;
let isFirst: bool = false;
let isLines: bool = false;

/** Begins to read the text that was put there; false where it is no list of records. */
export function begin(length: usize): bool {
  textEnd = text + length;
  memory.fill(textEnd, 0, ZEROS);
  beginScan();
  const opening = endOfSpace(text);
  if (load<u8>(opening) !== 0x7b) return false;
  const list = startOfList(opening);
  isLines = list === NOT_JSON;
  isFirst = true;
  at = isLines ? opening : list + 1;
  return true;
}

const RECORDS = written('"Records"');

/** Where the list in `{"Records":[` begins; NOT_JSON where none does. */
function startOfList(opening: usize): usize {
  let at = endOfSpace(opening + 1);
  if (!isSame(at, RECORDS, 9)) return NOT_JSON;
  at = endOfSpace(at + 9);
  if (load<u8>(at) !== 0x3a) return NOT_JSON;
  at = endOfSpace(at + 1);
  return load<u8>(at) === 0x5b ? at : NOT_JSON;
}

const REFUSED: i32 = 0;
const MORE: i32 = 1;
const DONE: i32 = 2;

/** Makes rows of the next records, as many as there is room for. */
export function next(): i32 {
  clearRows();
  clearRequests();
  return isLines ? nextLines() : nextInList();
}

function nextInList(): i32 {
  while (true) {
    at = endOfSpace(at);
    if (load<u8>(at) === 0x5d) break;
    if (!isFirst) {
      if (load<u8>(at) !== 0x2c) return REFUSED;
      at = endOfSpace(at + 1);
    }
    isFirst = false;
    if (load<u8>(at) !== 0x7b) return REFUSED;
    at = endOfRecord(at, textEnd);
    if (at === NOT_JSON) return REFUSED;
    if (isFull()) return MORE;
  }
  at = endOfSpace(at + 1);
  return load<u8>(at) === 0x7d && endOfSpace(at + 1) === textEnd ? DONE : REFUSED;
}

function nextLines(): i32 {
  while (at < textEnd) {
    if (load<u8>(at) !== 0x7b) return REFUSED;
    at = endOfRecord(at, textEnd);
    if (at === NOT_JSON) return REFUSED;
    const c = load<u8>(at);
    if (at < textEnd && c !== 0x0a && c !== 0x0d) return REFUSED;
    at = endOfSpace(at);
    if (isFull()) return MORE;
  }
  return DONE;
}

/** Rows and requests of the records that `next` has read. */
export function rowsAt(): usize {
  return rows;
}

export function rowsRead(): u32 {
  return rowCount;
}

export function requestsAt(): usize {
  return requests;
}

export function requestsMade(): u32 {
  return count;
}

/** Tokens that answer a request are put here. */
const MOST_ANSWERED: usize = 1 << 14;
const answers: usize = region(4 * MOST_ANSWERED);

export function answersAt(): usize {
  return answers;
}

/** What is known by this number stands for so many tokens, which were put there. */
export function answer(number: u32, tokens: u32): void {
  told(number, answers, tokens);
}

/** Adds one token to those of the part. */
export function addToken(token: u32): void {
  add(token);
}

export function partTokensAt(): usize {
  return tokensOfPart();
}

export function partTokens(): u32 {
  return countOfPart();
}

/** Another part begins, without tokens. */
export function nextPart(): void {
  forget();
  beginPart();
}

/** The bytes of what is known by this number. */
export function knownAt(number: u32): usize {
  return bytesOf(number);
}

export function knownLength(number: u32): usize {
  return lengthOf(number);
}

/** What is remembered is looked up by hashes with this seed; to be told before anything is read. */
export function seed(low: u32, high: u32): void {
  seedWith(((<u64>high) << 32) | <u64>low);
}

/** Bytes of memory in use. */
export function memoryUsed(): usize {
  return used();
}
