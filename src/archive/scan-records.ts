import { finished, PRIME, PRIME_2, SEED, SEED_2 } from './tokens.ts';

/**
 * Reads CloudTrail's JSON byte by byte, without building its objects: where each record and each member
 * that we keep a column of begins and ends, and the hash of every text that an identifier may stand in.
 * It accepts no text that `JSON.parse` would refuse, but refuses more: whoever calls parses that instead.
 */
export type Scanner = {
  /** False where the bytes are no list of records as CloudTrail or a line-wise export writes it. */
  scan(bytes: Uint8Array, sink: Sink): boolean;
  members: Members;
};

/** The members of the record at hand, by slot: what they are, and their bytes (texts without quotes). */
export type Members = {
  kind: Uint8Array;
  start: Int32Array;
  end: Int32Array;
  hash: Int32Array;
  token: Int32Array;
};

export type Sink = {
  /** A text below `slot`: an identifier may stand in it. `marks` say what to look out for. */
  text(slot: number, start: number, end: number, token: number, hash: number, marks: number): void;
  number(slot: number, start: number, end: number): void;
  /** The length of the identity that begins here, where it is one that was read before; else 0. */
  identity(start: number): number;
  /** An identity was read, its texts have been told. */
  newIdentity(start: number, end: number): void;
  /** A record has ended; `odd` where its columns are better read by parsing it. */
  record(start: number, end: number, odd: boolean): void;
};

export const ABSENT = 0;
export const TEXT = 1;
export const NULL = 2;
export const TRUE = 3;
export const FALSE = 4;
export const OBJECT = 5;

export const SLOTS = [
  'eventID',
  'eventTime',
  'eventSource',
  'eventName',
  'awsRegion',
  'recipientAccountId',
  'errorCode',
  'errorMessage',
  'readOnly',
  'eventCategory',
  'eventType',
  'sourceIPAddress',
  'userAgent',
  'sharedEventID',
  'sessionCredentialFromConsole',
  'userIdentity',
  'requestParameters',
  'responseElements',
  'serviceEventDetails',
  'additionalEventData',
  'resources',
  // Not members of a record: what the answer to a sign-in says, and whether keys were handed out.
  'ConsoleLogin',
  'accessKeyId',
] as const;
export type Slot = (typeof SLOTS)[number];
const slot = (name: Slot) => SLOTS.indexOf(name);
export const EVENT_ID = slot('eventID');
export const EVENT_TIME = slot('eventTime');
export const ERROR_MESSAGE = slot('errorMessage');
export const READ_ONLY = slot('readOnly');
export const ADDRESS = slot('sourceIPAddress');
export const SHARED_ID = slot('sharedEventID');
export const IDENTITY = slot('userIdentity');
export const REQUEST = slot('requestParameters');
export const RESPONSE = slot('responseElements');
export const RESOURCES = slot('resources');
export const SIGN_IN = slot('ConsoleLogin');
export const ISSUED = slot('accessKeyId');

/** What a text holds: to be unescaped, decoded, opened, or taken apart before it is compared. */
export const MARK = {
  escape: 1,
  wide: 2,
  percent: 4,
  at: 8,
  slash: 16,
  colon: 32,
  control: 64,
} as const;

const { escape: ESCAPE, control: CONTROL } = MARK;

/** Deeper records are left to the parser, which refuses them. */
const DEPTH = 90;
const NO_SLOT = -1;

const MARKS = new Uint8Array(256);
for (let byte = 0; byte < 256; byte += 1)
  MARKS[byte] = byte < 0x20 ? MARK.control : byte >= 0x80 ? MARK.wide : 0;
for (const [letter, mark] of [
  ['\\', MARK.escape],
  ['%', MARK.percent],
  ['@', MARK.at],
  ['/', MARK.slash],
  [':', MARK.colon],
] as const)
  MARKS[letter.charCodeAt(0)] = mark;

const NAMES = SLOTS.map((name) => Buffer.from(name));
/** Other envelopes than ours hold the record inside: the reader of log files knows them. */
const ENVELOPES = ['Records', 'Events', 'CloudTrailEvent', '@message', 'message', 'detail'];
const ENVELOPE = SLOTS.length;
/** Names that mean something in a record, by their length and first letter. */
const BY_SHAPE: { name: Uint8Array; index: number }[][] = [];
for (const [index, name] of [...SLOTS.slice(0, SIGN_IN), ...ENVELOPES].entries()) {
  const bytes = Buffer.from(name);
  const shape = (bytes.length << 8) | (bytes[0] as number);
  BY_SHAPE[shape] ??= [];
  BY_SHAPE[shape].push({ name: bytes, index: index < SIGN_IN ? index : ENVELOPE });
}
const WORDLESS: { name: Uint8Array; index: number }[] = [];
for (let shape = 0; shape < 1 << 14; shape += 1) BY_SHAPE[shape] ??= WORDLESS;

export function createScanner(): Scanner {
  const members: Members = {
    kind: new Uint8Array(SLOTS.length),
    start: new Int32Array(SLOTS.length),
    end: new Int32Array(SLOTS.length),
    hash: new Int32Array(SLOTS.length),
    token: new Int32Array(SLOTS.length),
  };
  const isList = new Uint8Array(DEPTH + 2);
  let b: Uint8Array = new Uint8Array(0);
  let length = 0;
  let at = 0;
  let sink: Sink;

  function space(): void {
    for (; at < length; at += 1) {
      const c = b[at] as number;
      if (c !== 0x20 && c !== 0x0a && c !== 0x0d && c !== 0x09) return;
    }
  }

  /** Did the last text that was skipped hold a backslash? */
  let escaped = false;
  /** From the opening quote to behind the closing one; false where it is no JSON string. */
  function skipText(): boolean {
    const bytes = b;
    const end = length;
    let i = at + 1;
    escaped = false;
    let control = false;
    for (; i < end; i += 1) {
      const c = bytes[i] as number;
      if (c === 0x22) break;
      if (c === 0x5c) {
        escaped = true;
        i += 1;
      } else if (c < 0x20) control = true;
    }
    if (i >= end || control) return false;
    if (escaped && !isText(at, i + 1)) return false;
    at = i + 1;
    return true;
  }

  function isText(start: number, end: number): boolean {
    try {
      JSON.parse(Buffer.from(b.buffer, b.byteOffset + start, end - start).toString());
      return true;
    } catch {
      return false;
    }
  }

  /** What `hashText` read: where it starts and ends, its two hashes, and its marks. */
  const read = new Int32Array(5);
  function hashText(): boolean {
    // Names of this function alone: what is looked up elsewhere is looked up for every byte.
    const bytes = b;
    const end = length;
    const marksOf = MARKS;
    const [prime, prime2] = [PRIME, PRIME_2];
    const opening = at;
    let i = opening + 1;
    let h = SEED;
    let g = SEED_2;
    let marks = 0;
    for (; i < end; i += 1) {
      const c = bytes[i] as number;
      if (c === 0x22) break;
      marks |= marksOf[c] as number;
      if (c === 0x5c) {
        i += 1;
        continue;
      }
      h = Math.imul(h ^ (c | 0x20), prime);
      g = Math.imul(g ^ c, prime2);
    }
    if (i >= end || (marks & CONTROL) !== 0) return false;
    if ((marks & ESCAPE) !== 0 && !isText(opening, i + 1)) return false;
    read[0] = opening + 1;
    read[1] = i;
    read[2] = finished(h);
    read[3] = finished(g);
    read[4] = marks;
    at = i + 1;
    return true;
  }

  function tell(inSlot: number): void {
    sink.text(
      inSlot,
      read[0] as number,
      read[1] as number,
      read[2] as number,
      read[3] as number,
      read[4] as number,
    );
  }

  function digits(): boolean {
    const from = at;
    for (; at < length; at += 1) {
      const c = b[at] as number;
      if (c < 0x30 || c > 0x39) break;
    }
    return at > from;
  }

  function skipNumber(): boolean {
    if (b[at] === 0x2d) at += 1;
    if (b[at] === 0x30) at += 1;
    else if (!digits()) return false;
    if (b[at] === 0x2e) {
      at += 1;
      if (!digits()) return false;
    }
    if (b[at] === 0x65 || b[at] === 0x45) {
      at += 1;
      if (b[at] === 0x2b || b[at] === 0x2d) at += 1;
      if (!digits()) return false;
    }
    return true;
  }

  function literal(): number {
    const c = b[at];
    if (c === 0x74 && b[at + 1] === 0x72 && b[at + 2] === 0x75 && b[at + 3] === 0x65) {
      at += 4;
      return TRUE;
    }
    if (c === 0x6e && b[at + 1] === 0x75 && b[at + 2] === 0x6c && b[at + 3] === 0x6c) {
      at += 4;
      return NULL;
    }
    if (
      c === 0x66 &&
      b[at + 1] === 0x61 &&
      b[at + 2] === 0x6c &&
      b[at + 3] === 0x73 &&
      b[at + 4] === 0x65
    ) {
      at += 5;
      return FALSE;
    }
    return ABSENT;
  }

  /**
   * An object or a list, whatever is in it. Texts in it are told to the sink where `inSlot` is a place of
   * identifiers. Iterative, so that no nesting can exhaust the stack.
   */
  function skipNested(inSlot: number): boolean {
    let depth = 0;
    isList[0] = b[at] === 0x5b ? 1 : 0;
    at += 1;
    let fresh = true;
    let key = NO_SLOT;
    for (;;) {
      space();
      const list = isList[depth] === 1;
      const c = b[at];
      if (c === (list ? 0x5d : 0x7d)) {
        at += 1;
        if (depth === 0) return true;
        depth -= 1;
        fresh = false;
        continue;
      }
      if (!fresh) {
        if (c !== 0x2c) return false;
        at += 1;
        space();
      }
      fresh = false;
      if (!list) {
        if (b[at] !== 0x22) return false;
        const start = at + 1;
        if (!skipText()) return false;
        key = inSlot === RESPONSE && depth <= 1 ? answered(start, at - 1, depth) : NO_SLOT;
        space();
        if (b[at] !== 0x3a) return false;
        at += 1;
        space();
      }
      const v = b[at] as number;
      if (v === 0x22) {
        if (inSlot < IDENTITY) {
          if (!skipText()) return false;
        } else {
          if (!hashText()) return false;
          if (key !== NO_SLOT) remember(key, TEXT);
          tell(inSlot);
        }
      } else if (v === 0x7b || v === 0x5b) {
        depth += 1;
        if (depth > DEPTH) return false;
        isList[depth] = v === 0x5b ? 1 : 0;
        at += 1;
        fresh = true;
        key = NO_SLOT;
      } else if (v === 0x2d || (v >= 0x30 && v <= 0x39)) {
        const start = at;
        if (!skipNumber()) return false;
        if (inSlot >= IDENTITY) sink.number(inSlot, start, at);
        if (key === SIGN_IN) members.kind[SIGN_IN] = OBJECT;
      } else if (literal() === ABSENT) return false;
    }
  }

  function memberNamed(start: number, end: number): number {
    const size = end - start;
    if (size > 63 || size === 0) return NO_SLOT;
    const alike = BY_SHAPE[(size << 8) | (b[start] as number)] as typeof WORDLESS;
    for (let one = 0; one < alike.length; one += 1) {
      const { name, index } = alike[one] as (typeof WORDLESS)[number];
      if (isSameName(name, b, start, end)) return index;
    }
    return NO_SLOT;
  }

  function answered(start: number, end: number, depth: number): number {
    if (depth === 0 && end - start === 12 && isName(SIGN_IN, start, end)) return SIGN_IN;
    if (depth === 1 && end - start === 11 && isName(ISSUED, start, end)) return ISSUED;
    return NO_SLOT;
  }

  function isName(index: number, start: number, end: number): boolean {
    return isSameName(NAMES[index] as Buffer, b, start, end);
  }

  function remember(index: number, kind: number): void {
    members.kind[index] = kind;
    members.start[index] = read[0] as number;
    members.end[index] = read[1] as number;
    members.token[index] = read[2] as number;
    members.hash[index] = read[3] as number;
  }

  /** False where it is no JSON, or a record in an envelope. */
  function record(): boolean {
    const start = at;
    members.kind.fill(ABSENT);
    let odd = false;
    at += 1;
    for (let fresh = true; ; fresh = false) {
      space();
      if (b[at] === 0x7d) {
        at += 1;
        break;
      }
      if (!fresh) {
        if (b[at] !== 0x2c) return false;
        at += 1;
        space();
      }
      if (b[at] !== 0x22) return false;
      const keyStart = at + 1;
      if (!skipText()) return false;
      const keyEnd = at - 1;
      const index = memberNamed(keyStart, keyEnd);
      if (index === ENVELOPE) return false;
      // A name in other letters than its own may be one of ours all the same.
      if (index === NO_SLOT ? escaped : members.kind[index] !== ABSENT) odd = true;
      space();
      if (b[at] !== 0x3a) return false;
      at += 1;
      space();
      const v = b[at] as number;
      if (v === 0x22) {
        if (index === NO_SLOT) {
          if (!skipText()) return false;
        } else {
          if (!hashText()) return false;
          remember(index, TEXT);
          if (index >= IDENTITY) {
            // An object written as a text.
            if (index === IDENTITY || index === RESPONSE) odd = true;
            tell(index);
          } else if (
            ((read[4] as number) & (MARK.escape | MARK.wide)) !== 0 &&
            index !== ERROR_MESSAGE
          )
            odd = true;
        }
      } else if (v === 0x7b || v === 0x5b) {
        const from = at;
        const known = index === IDENTITY ? sink.identity(from) : 0;
        if (known > 0) at = from + known;
        else if (!skipNested(index)) return false;
        if (index === IDENTITY && known === 0 && v === 0x7b) sink.newIdentity(from, at);
        if (index !== NO_SLOT) {
          members.kind[index] = OBJECT;
          members.start[index] = from;
          members.end[index] = at;
          if (index < IDENTITY || (index <= RESPONSE && v === 0x5b)) odd = true;
        }
      } else if (v === 0x2d || (v >= 0x30 && v <= 0x39)) {
        const from = at;
        if (!skipNumber()) return false;
        if (index !== NO_SLOT) {
          if (index >= IDENTITY) sink.number(index, from, at);
          odd = true;
        }
      } else {
        const kind = literal();
        if (kind === ABSENT) return false;
        if (index !== NO_SLOT) {
          members.kind[index] = kind;
          if (kind !== NULL && index !== READ_ONLY) odd = true;
        }
      }
    }
    sink.record(start, at, odd || members.kind[SIGN_IN] === OBJECT);
    return true;
  }

  function records(): boolean {
    space();
    if (b[at] !== 0x7b) return false;
    const opening = at;
    at += 1;
    space();
    if (b[at] === 0x22 && isSameName(NAME_OF_LIST, b, at + 1, at + 1 + NAME_OF_LIST.length)) {
      at += 1 + NAME_OF_LIST.length;
      if (b[at] !== 0x22) return false;
      at += 1;
      space();
      if (b[at] !== 0x3a) return false;
      at += 1;
      space();
      if (b[at] !== 0x5b) return false;
      at += 1;
      for (let fresh = true; ; fresh = false) {
        space();
        if (b[at] === 0x5d) break;
        if (!fresh) {
          if (b[at] !== 0x2c) return false;
          at += 1;
          space();
        }
        if (b[at] !== 0x7b || !record()) return false;
      }
      at += 1;
      space();
      if (b[at] !== 0x7d) return false;
      at += 1;
      space();
      return at === length;
    }
    // One record a line.
    for (at = opening; at < length; ) {
      if (b[at] !== 0x7b || !record()) return false;
      if (at < length && b[at] !== 0x0a && b[at] !== 0x0d) return false;
      space();
    }
    return true;
  }

  return {
    members,
    scan(bytes, into) {
      b = bytes;
      length = bytes.length;
      at = 0;
      sink = into;
      return records();
    },
  };
}

const NAME_OF_LIST = Buffer.from('Records');

function isSameName(name: Uint8Array, bytes: Uint8Array, start: number, end: number): boolean {
  if (end - start !== name.length) return false;
  for (let at = 0; at < name.length; at += 1) if (name[at] !== bytes[start + at]) return false;
  return true;
}
