import { endOfSpace, NOT_JSON } from './json-bytes.ts';

/**
 * Is a text a list of records, in CloudTrail's envelope or one a line? `endOfRecord` reads each: it answers
 * the place behind the record that begins at a place, or NOT_JSON.
 */
export function areRecords(b: Buffer, endOfRecord: (start: number) => number): boolean {
  const opening = endOfSpace(b, 0);
  if (b[opening] !== OBJECT) return false;
  const list = startOfList(b, opening);
  if (list === NOT_JSON) return areLines(b, opening, endOfRecord);
  let at = list + 1;
  for (let fresh = true; ; fresh = false) {
    at = endOfSpace(b, at);
    if (b[at] === 0x5d) break;
    if (!fresh) {
      if (b[at] !== 0x2c) return false;
      at = endOfSpace(b, at + 1);
    }
    if (b[at] !== OBJECT) return false;
    at = endOfRecord(at);
    if (at === NOT_JSON) return false;
  }
  at = endOfSpace(b, at + 1);
  return b[at] === 0x7d && endOfSpace(b, at + 1) === b.length;
}

const OBJECT = 0x7b;
const NAME = Buffer.from('"Records"');

/** Where the list in `{"Records":[` begins; NOT_JSON where none does. */
function startOfList(b: Buffer, opening: number): number {
  let at = endOfSpace(b, opening + 1);
  if (!b.subarray(at, at + NAME.length).equals(NAME)) return NOT_JSON;
  at = endOfSpace(b, at + NAME.length);
  if (b[at] !== 0x3a) return NOT_JSON;
  at = endOfSpace(b, at + 1);
  return b[at] === 0x5b ? at : NOT_JSON;
}

function areLines(b: Buffer, opening: number, endOfRecord: (start: number) => number): boolean {
  for (let at = opening; at < b.length; at = endOfSpace(b, at)) {
    if (b[at] !== OBJECT) return false;
    at = endOfRecord(at);
    if (at === NOT_JSON) return false;
    if (at < b.length && b[at] !== 0x0a && b[at] !== 0x0d) return false;
  }
  return true;
}
