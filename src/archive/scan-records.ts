import {
  endOfLiteral,
  endOfNumber,
  endOfSpace,
  endOfText,
  MARK,
  NOT_JSON,
  type ReadText,
  readText,
} from './json-bytes.ts';
import {
  ABSENT,
  createMembers,
  createNameGuess,
  ENVELOPE,
  ERROR_MESSAGE,
  FALSE,
  IDENTITY,
  ISSUED,
  isNamed,
  type Members,
  NO_SLOT,
  NULL,
  numberOfName,
  OBJECT,
  OPENING,
  READ_ONLY,
  RESPONSE,
  SIGN_IN,
  SLACK,
  sizeOf,
  slotOf,
  TEXT,
  TRUE,
} from './members.ts';
import { areRecords } from './record-list.ts';

/**
 * Reads CloudTrail's JSON byte by byte, without building its objects: where each record and each member
 * that we keep something of begins and ends, and the hash of every text that an identifier may stand in.
 * It accepts no text that `JSON.parse` would refuse, but refuses more: whoever calls parses that instead.
 */
export type Scanner = {
  /** False where the bytes are no list of records as CloudTrail or a line-wise export writes it. */
  scan(text: Text, sink: Sink): boolean;
  /** Those of the record at hand. */
  members: Members;
};

/** Bytes to be read, and the same four at a time: some bytes behind the last one are read, too. */
export type Text = { bytes: Buffer; words: DataView };

export type Sink = {
  /** A text below `slot`: an identifier may stand in it. `marks` say what to look out for. */
  text(slot: number, start: number, end: number, hash: number, marks: number): void;
  number(slot: number, start: number, end: number): void;
  /** The length of the identity that begins here, where it is one that was read before; else 0. */
  identity(start: number): number;
  /** An identity was read, its texts have been told. */
  newIdentity(start: number, end: number): void;
  /** A record has ended; `odd` where its columns are better read by parsing it. */
  record(start: number, end: number, odd: boolean): void;
};

/** Makes bytes readable for the scanner; they are copied where nothing may be read behind them. */
export function textOf(bytes: Uint8Array): Text {
  const { buffer, byteOffset, length } = bytes;
  if (buffer.byteLength - byteOffset - length >= SLACK)
    return {
      bytes: Buffer.from(buffer as ArrayBuffer, byteOffset, length),
      words: new DataView(buffer, byteOffset),
    };
  const copy = Buffer.alloc(length + SLACK);
  copy.set(bytes);
  return textOf(copy.subarray(0, length));
}

/** Deeper records are left to the parser, which refuses them. */
const DEPTH = 90;

export function createScanner(): Scanner {
  const members = createMembers();
  const guess = createNameGuess();
  const isList = new Uint8Array(DEPTH + 2);
  const read: ReadText = { hash: 0, marks: 0 };
  let b: Buffer = Buffer.alloc(0);
  let words = new DataView(b.buffer);
  let sink: Sink;

  /**
   * Behind an object or a list, whatever is in it. Texts in it are told to the sink where `slot` is a place
   * of identifiers. Iterative, so that no nesting can exhaust the stack.
   */
  function endOfNested(start: number, slot: number): number {
    const end = b.length;
    const isTold = slot >= IDENTITY;
    let depth = 0;
    isList[0] = b[start] === 0x5b ? 1 : 0;
    let at = start + 1;
    let fresh = true;
    let key = NO_SLOT;
    for (;;) {
      if ((b[at] as number) <= 0x20) at = endOfSpace(b, at);
      const list = isList[depth] === 1;
      const c = b[at];
      if (c === (list ? 0x5d : 0x7d)) {
        at += 1;
        if (depth === 0) return at;
        depth -= 1;
        fresh = false;
        continue;
      }
      if (!fresh) {
        if (c !== 0x2c) return NOT_JSON;
        at += 1;
        if ((b[at] as number) <= 0x20) at = endOfSpace(b, at);
      }
      fresh = false;
      if (!list) {
        if (b[at] !== 0x22) return NOT_JSON;
        const name = at + 1;
        at = endOfText(words, at, end);
        if (at === NOT_JSON) return NOT_JSON;
        key = slot === RESPONSE && depth <= 1 ? answered(name, at - 1, depth) : NO_SLOT;
        if (b[at] !== 0x3a) {
          at = endOfSpace(b, at);
          if (b[at] !== 0x3a) return NOT_JSON;
        }
        at += 1;
        if ((b[at] as number) <= 0x20) at = endOfSpace(b, at);
      }
      const v = b[at] as number;
      if (v === 0x22) {
        const text = at + 1;
        at = isTold ? readText(words, at, end, read) : endOfText(words, at, end);
        if (at === NOT_JSON) return NOT_JSON;
        if (!isTold) continue;
        if (key !== NO_SLOT) remember(key, text, at - 1);
        sink.text(slot, text, at - 1, read.hash, read.marks);
      } else if (v === 0x7b || v === 0x5b) {
        depth += 1;
        if (depth > DEPTH) return NOT_JSON;
        isList[depth] = v === 0x5b ? 1 : 0;
        at += 1;
        fresh = true;
        key = NO_SLOT;
      } else {
        const value = at;
        at = endOfBare(value);
        if (at === NOT_JSON) return NOT_JSON;
        if (v > 0x39) continue;
        if (isTold) sink.number(slot, value, at);
        if (key === SIGN_IN) members.kind[SIGN_IN] = OBJECT;
      }
    }
  }

  /** Behind a number or a literal. */
  function endOfBare(at: number): number {
    return (b[at] as number) <= 0x39 ? endOfNumber(b, at) : endOfLiteral(b, words, at);
  }

  function answered(start: number, end: number, depth: number): number {
    if (depth === 0) return isNamed(SIGN_IN, b, start, end) ? SIGN_IN : NO_SLOT;
    return isNamed(ISSUED, b, start, end) ? ISSUED : NO_SLOT;
  }

  /** The text that was read last is the value of this slot. */
  function remember(slot: number, start: number, end: number): void {
    members.kind[slot] = TEXT;
    members.start[slot] = start;
    members.end[slot] = end;
    members.hash[slot] = read.hash;
  }

  /** Behind the record that begins at `start`; NOT_JSON also for a record in an envelope. */
  function endOfRecord(start: number): number {
    const end = b.length;
    const { kind } = members;
    kind.fill(ABSENT);
    let odd = false;
    let before = OPENING;
    let at = start + 1;
    for (let fresh = true; ; fresh = false) {
      if ((b[at] as number) <= 0x20) at = endOfSpace(b, at);
      if (b[at] === 0x7d) break;
      if (!fresh) {
        if (b[at] !== 0x2c) return NOT_JSON;
        at += 1;
        if ((b[at] as number) <= 0x20) at = endOfSpace(b, at);
      }
      let slot = NO_SLOT;
      const known = at < end ? guess.after(before, words, at) : -1;
      if (known >= 0) {
        slot = slotOf(known);
        at += sizeOf(known);
        before = known;
      } else {
        if (b[at] !== 0x22) return NOT_JSON;
        const name = at + 1;
        at = endOfText(words, at, end);
        if (at === NOT_JSON) return NOT_JSON;
        const number = numberOfName(b, name, at - 1);
        if (number >= 0) {
          guess.follows(before, number);
          before = number;
          slot = slotOf(number);
        } else if (b.subarray(name, at).includes(0x5c)) odd = true;
        if (b[at] !== 0x3a) {
          at = endOfSpace(b, at);
          if (b[at] !== 0x3a) return NOT_JSON;
        }
        at += 1;
      }
      // The name of a member in an envelope; a name twice, or in other letters than its own, may be ours.
      if (slot === ENVELOPE) return NOT_JSON;
      if (slot >= 0 && kind[slot] !== ABSENT) odd = true;
      if ((b[at] as number) <= 0x20) at = endOfSpace(b, at);
      const value = at;
      const v = b[at] as number;
      if (v === 0x22) {
        at = slot < 0 ? endOfText(words, at, end) : readText(words, at, end, read);
        if (at === NOT_JSON) return NOT_JSON;
        if (slot < 0) continue;
        remember(slot, value + 1, at - 1);
        if (slot >= IDENTITY) {
          // An object written as a text.
          if (slot === IDENTITY || slot === RESPONSE) odd = true;
          sink.text(slot, value + 1, at - 1, read.hash, read.marks);
        } else if ((read.marks & (MARK.escape | MARK.wide)) !== 0 && slot !== ERROR_MESSAGE)
          odd = true;
      } else if (v === 0x7b || v === 0x5b) {
        const length = slot === IDENTITY ? sink.identity(value) : 0;
        at = length > 0 ? value + length : endOfNested(value, slot);
        if (at === NOT_JSON) return NOT_JSON;
        if (slot < 0) continue;
        if (slot === IDENTITY && length === 0 && v === 0x7b) sink.newIdentity(value, at);
        kind[slot] = OBJECT;
        members.start[slot] = value;
        members.end[slot] = at;
        if (slot < IDENTITY || (slot <= RESPONSE && v === 0x5b)) odd = true;
      } else {
        at = endOfBare(value);
        if (at === NOT_JSON) return NOT_JSON;
        if (slot < 0) continue;
        if (v <= 0x39) {
          if (slot >= IDENTITY) sink.number(slot, value, at);
          odd = true;
        } else {
          kind[slot] = v === 0x74 ? TRUE : v === 0x66 ? FALSE : NULL;
          if (v !== 0x6e && slot !== READ_ONLY) odd = true;
        }
      }
    }
    sink.record(start, at + 1, odd || kind[SIGN_IN] === OBJECT);
    return at + 1;
  }

  return {
    members,
    scan(text, into) {
      b = text.bytes;
      words = text.words;
      sink = into;
      return areRecords(b, endOfRecord);
    },
  };
}
