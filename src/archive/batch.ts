import { gzipSync } from 'node:zlib';
import type { CloudTrailEvent } from '../core/evidence/event.ts';
import { leavesOf } from '../core/evidence/leaves.ts';
import { instant, isObject, parseEvent } from '../core/evidence/parse-event.ts';
import type { Json, JsonObject } from '../core/json.ts';
import { addressWords } from './address-words.ts';
import { emptyColumns, renumbered, together, wider } from './batch-columns.ts';
import { createNumberSet } from './intern.ts';
import { idHashesOf, isUuid, secondsIn, secondsOf, UNDATED } from './record-fields.ts';
import { callerKeyOf, callKeyOf, isRepeatable } from './row.ts';
import {
  ABSENT,
  ADDRESS,
  createScanner,
  ERROR_MESSAGE,
  EVENT_ID,
  EVENT_TIME,
  FALSE,
  IDENTITY,
  ISSUED,
  MARK,
  NULL,
  OBJECT,
  SHARED_ID,
  SIGN_IN,
  type Sink,
  SLOTS,
  TEXT,
  TRUE,
} from './scan-records.ts';
import { LONGEST, SHORTEST, SHORTEST_NUMBER, tokenIn, wordsIn } from './tokens.ts';
import { UNKNOWN } from './tuples.ts';
import { callerWords, type Expanded, VOCABULARY, vocabulary, wordsOfError } from './vocabulary.ts';

/** Rows of a part share their index entries: so many records are looked through for one that is wanted. */
export const PART_ROWS = 1024;
/** Characters of records that are inflated together when one of them is wanted. */
const PIECE = 256 * 1024;
/** A delivered file is kept as it came, byte for byte, unless one record of it would cost too much to read. */
const WHOLE = 1024 * 1024;

/** Records of some files on their way into a segment. Codes count into `calls` and `callers`. */
export type Batch = {
  rows: number;
  time: Uint32Array;
  call: Uint32Array;
  caller: Uint32Array;
  piece: Uint32Array;
  start: Uint32Array;
  length: Uint32Array;
  /** Two hashes of what tells this event from all others; the first of them is among the tokens. */
  id: Uint32Array;
  id2: Uint32Array;
  calls: string[];
  callers: string[];
  shared: { row: number; id: string }[];
  pieces: { file: number; bytes: number }[];
  evidence: Uint8Array;
  /** `rows`: where the part ends. */
  parts: { rows: number; tokens: Int32Array }[];
  files: TakenFile[];
};

/**
 * What became of one file; `troubles` is null where all of it was read. `again`: it could not be opened,
 * which may be otherwise another time.
 */
export type TakenFile = {
  name: string;
  size: number;
  rows: number;
  troubles: string | null;
  again: boolean;
};

export type BatchBuilder = {
  /** Takes the records of a file's text; false, and nothing taken, where it has to be read in another way. */
  scan(text: Buffer, gzip: Uint8Array | null): boolean;
  /** Takes one record that was read in another way. Answers why not, if so. */
  add(value: unknown, origin: string): string | null;
  endFile(file: Omit<TakenFile, 'rows'>): void;
  /** Records that the last scan could not take. */
  troubles(): string[];
  finish(): Batch;
};

const DECODER = new TextDecoder();

export function createBatchBuilder(recordLimit: number): BatchBuilder {
  const scanner = createScanner();
  const { kind, start: from, end: to, hash, token } = scanner.members;
  const tokens = createNumberSet();
  let known = vocabulary();
  let columns = emptyColumns();
  let rows = 0;
  let partRows = 0;
  let part = 1;
  let fileRows = 0;
  let rejected: string[] = [];
  let text: Buffer = Buffer.alloc(0);
  let out = emptyOutput();
  /** Records that were read in another way, waiting to become a piece. */
  let loose: { rows: number[]; texts: string[]; size: number } = { rows: [], texts: [], size: 0 };

  function addWords(words: string[]): void {
    for (const word of words) {
      const value = tokenIn(word);
      if (value !== null) tokens.add(value);
    }
  }

  /** What stands in one text is worked out once, however often the text occurs. */
  function addKnown(which: Expanded, start: number, end: number, hashed: number): void {
    const number = which.texts.numberOf(text, start, end, hashed);
    if (which.addedIn[number] === part) return;
    which.addedIn[number] = part;
    let expanded = which.tokens[number];
    if (!expanded) {
      const words = which.wordsIn(unescaped(start, end));
      expanded = words.map(tokenIn).filter((value) => value !== null);
      which.tokens[number] = expanded;
    }
    for (const value of expanded) tokens.add(value);
  }

  /** The identity of the record at hand. */
  let identity = -1;
  function addIdentity(): void {
    const { addedIn, tokens: expanded, identities } = known;
    if (addedIn[identity] === part) return;
    addedIn[identity] = part;
    let mine = expanded[identity];
    if (!mine) {
      const words = callerWords(JSON.parse(identities.textOf(identity)) as Json);
      mine = [...new Set(words.map(tokenIn).filter((value) => value !== null))];
      expanded[identity] = mine;
    }
    for (const value of mine) tokens.add(value);
  }

  function unescaped(start: number, end: number): string {
    const raw = text.toString('utf8', start, end);
    return raw.includes('\\') ? (JSON.parse(`"${raw}"`) as string) : raw;
  }

  const sink: Sink = {
    text(slot, start, end, value, hashed, marks) {
      const length = end - start;
      if (length < SHORTEST) return;
      const first = text[start] as number;
      const plain =
        (marks & (MARK.escape | MARK.wide | MARK.percent)) === 0 &&
        first > 0x20 &&
        first !== 0x7b &&
        first !== 0x5b &&
        text[end - 1] !== 0x2e;
      // An identity's words are worked out once for all of it.
      if (slot === IDENTITY) return;
      if (!plain || ((marks & MARK.colon) !== 0 && isArn(start))) {
        if (length <= 1024) addKnown(known.place, start, end, hashed);
        else addWords(known.place.wordsIn(unescaped(start, end)));
      } else if (length <= LONGEST && !(length === 20 && isMoment(start))) tokens.add(value);
    },
    number(slot, start, end) {
      if (slot === IDENTITY || (end - start < SHORTEST_NUMBER && !hasExponent(start, end))) return;
      addWords([String(Number(text.toString('latin1', start, end)))]);
    },
    identity(start) {
      identity = known.identities.startingAt(text, start);
      if (identity < 0) return 0;
      addIdentity();
      return known.identities.lengthOf(identity);
    },
    newIdentity(start, end) {
      identity = known.identities.add(text, start, end);
      addIdentity();
    },
    record(start, end, odd) {
      if (end - start > recordLimit) return trouble(`longer than ${recordLimit}`);
      if (odd || !addScanned(start, end)) addParsed(start, end);
    },
  };

  /** `1e20` is written with more digits where it is compared. */
  function hasExponent(start: number, end: number): boolean {
    for (let at = start; at < end; at += 1) if (((text[at] as number) | 0x20) === 0x65) return true;
    return false;
  }

  /** `2026-11-20T05:32:07Z`, as far as it takes to tell it from names. */
  function isMoment(start: number): boolean {
    return secondsIn(text, start) >= 0;
  }

  function isArn(start: number): boolean {
    return (
      text[start] === 0x61 &&
      text[start + 1] === 0x72 &&
      text[start + 2] === 0x6e &&
      text[start + 3] === 0x3a
    );
  }

  function trouble(reason: string): void {
    if (rejected.length < 100) rejected.push(`record ${fileRows + rejected.length + 1}: ${reason}`);
  }

  /** A member as a number that stands for its value: texts are kept, literals have numbers of their own. */
  function numberFor(slot: number): number {
    const what = kind[slot] as number;
    if (what !== TEXT) return -1 - what;
    return known.texts.numberOf(
      text,
      from[slot] as number,
      to[slot] as number,
      hash[slot] as number,
    );
  }

  /** False where this record is better parsed. */
  function addScanned(start: number, end: number): boolean {
    if (kind[EVENT_ID] !== TEXT || !isUuid(text, from[EVENT_ID] as number, to[EVENT_ID] as number))
      return false;
    const time = timeOf();
    const call = callOf();
    const caller = callerOf();
    if (time < 0 || call < 0 || caller < 0) return false;
    if (kind[SHARED_ID] === TEXT) {
      const id = unescaped(from[SHARED_ID] as number, to[SHARED_ID] as number);
      addWords([id]);
      if (isRepeatable(id)) out.shared.push({ row: rows, id });
    }
    if (kind[ADDRESS] === TEXT)
      addKnown(
        known.address,
        from[ADDRESS] as number,
        to[ADDRESS] as number,
        hash[ADDRESS] as number,
      );
    if (kind[ERROR_MESSAGE] === TEXT)
      addWords(wordsOfError(unescaped(from[ERROR_MESSAGE] as number, to[ERROR_MESSAGE] as number)));
    tokens.add(token[EVENT_ID] as number);
    push(time, call, caller, start, end, token[EVENT_ID] as number, hash[EVENT_ID] as number);
    return true;
  }

  function timeOf(): number {
    if (kind[EVENT_TIME] === ABSENT || kind[EVENT_TIME] === NULL) return UNDATED;
    if (kind[EVENT_TIME] !== TEXT) return -1;
    const at = from[EVENT_TIME] as number;
    const fast = to[EVENT_TIME] === at + 20 ? secondsIn(text, at) : -1;
    return fast >= 0 ? fast : secondsOf(instant(unescaped(at, to[EVENT_TIME] as number)));
  }

  /** The row of `calls` that says what was called, where, and how it ended; −1 where it is no record. */
  function callOf(): number {
    const { tuple, calls } = known;
    // An empty message is none, which only the parser need know.
    if (
      kind[ERROR_MESSAGE] === TEXT &&
      (to[ERROR_MESSAGE] as number) - (from[ERROR_MESSAGE] as number) < 5
    )
      return -1;
    let h = 17;
    for (let index = 0; index < CALL_SLOTS.length; index += 1) {
      const slot = CALL_SLOTS[index] as number;
      const value =
        slot === ERROR_MESSAGE || slot === ISSUED ? (kind[slot] as number) : numberFor(slot);
      tuple[index] = value;
      h = Math.imul(h ^ value, 0x9e3779b1);
    }
    const code = calls.find(h, tuple, CALL_SLOTS.length);
    return code === UNKNOWN ? calls.add(h, tuple, CALL_SLOTS.length, newCall()) : code;
  }

  function newCall(): number {
    const record: JsonObject = { eventID: 'none' };
    for (const slot of CALL_SLOTS)
      if (slot < IDENTITY && kind[slot] !== ABSENT) record[SLOTS[slot] as string] = valueIn(slot);
    if (kind[SIGN_IN] === TEXT) record.responseElements = { ConsoleLogin: valueIn(SIGN_IN) };
    // Where the record names no account, it is the caller's.
    if (typeof record.recipientAccountId !== 'string') return -1;
    const parsed = parseEvent(record, '');
    if ('rejected' in parsed || parsed.event.account === '') return -1;
    return known.callCode(callKeyOf(parsed.event, kind[ISSUED] === TEXT));
  }

  function callerOf(): number {
    const { tuple, callers } = known;
    let h = 31;
    for (let index = 0; index < CALLER_SLOTS.length; index += 1) {
      const value = numberFor(CALLER_SLOTS[index] as number);
      tuple[index] = value;
      h = Math.imul(h ^ value, 0x9e3779b1);
    }
    const who = kind[IDENTITY] === OBJECT ? identity : -1 - (kind[IDENTITY] as number);
    tuple[CALLER_SLOTS.length] = who;
    h = Math.imul(h ^ who, 0x9e3779b1);
    const code = callers.find(h, tuple, CALLER_SLOTS.length + 1);
    return code === UNKNOWN ? callers.add(h, tuple, CALLER_SLOTS.length + 1, newCaller(who)) : code;
  }

  function newCaller(who: number): number {
    const record: JsonObject = {};
    for (const slot of CALLER_SLOTS)
      if (kind[slot] !== ABSENT) record[SLOTS[slot] as string] = valueIn(slot);
    if (who >= 0) record.userIdentity = JSON.parse(known.identities.textOf(who)) as Json;
    return known.callerCode(callerKeyOf(record));
  }

  function valueIn(slot: number): Json {
    switch (kind[slot]) {
      case TEXT:
        return unescaped(from[slot] as number, to[slot] as number);
      case TRUE:
        return true;
      case FALSE:
        return false;
      default:
        return null;
    }
  }

  function addParsed(start: number, end: number): void {
    const value = JSON.parse(DECODER.decode(text.subarray(start, end))) as unknown;
    const parsed = parseEvent(value, '');
    const reason = 'rejected' in parsed ? parsed.rejected : addEvent(parsed.event, start, end);
    if (reason) trouble(reason);
  }

  /** Answers why it cannot be kept, if so. */
  function addEvent(event: CloudTrailEvent, start: number, end: number): string | null {
    const time = event.eventTime === null ? UNDATED : secondsOf(event.eventTime);
    if (time < 0) return `its time ${event.eventTime} is none of a log`;
    for (const { value } of leavesOf(event)) addWords(wordsIn(value));
    addWords(callerWords(event.record.userIdentity ?? null));
    addWords([event.eventID, ...(event.sharedEventID ? [event.sharedEventID] : [])]);
    if (event.sourceIPAddress) addWords(addressWords(event.sourceIPAddress));
    if (event.sharedEventID && isRepeatable(event.sharedEventID))
      out.shared.push({ row: rows, id: event.sharedEventID });
    const [id, id2] = idHashesOf(event);
    tokens.add(id);
    const issued =
      isObject(event.record.responseElements) || typeof event.record.responseElements === 'string';
    push(
      time,
      known.callCode(callKeyOf(event, issued)),
      known.callerCode(callerKeyOf(event.record)),
      start,
      end,
      id,
      id2,
    );
    return null;
  }

  function push(
    time: number,
    call: number,
    caller: number,
    start: number,
    end: number,
    id: number,
    id2: number,
  ): void {
    if (rows === columns.time.length) columns = wider(columns);
    columns.time[rows] = time;
    columns.call[rows] = call;
    columns.caller[rows] = caller;
    columns.start[rows] = start;
    columns.length[rows] = end - start;
    columns.id[rows] = id;
    columns.id2[rows] = id2;
    rows += 1;
    fileRows += 1;
    partRows += 1;
  }

  function endPart(): void {
    if (partRows === 0) return;
    out.parts.push({ rows, tokens: tokens.drain() });
    partRows = 0;
    part += 1;
  }

  function addPiece(bytes: Uint8Array, fromRow: number, toRow: number): void {
    const number = out.pieces.length;
    out.pieces.push({ file: out.files.length, bytes: bytes.length });
    out.evidence.push(bytes);
    for (let row = fromRow; row < toRow; row += 1) columns.piece[row] = number;
    if (partRows >= PART_ROWS) endPart();
  }

  /** Pieces of a text that is too long to be inflated for one record of it. */
  function split(first: number): void {
    for (let row = first; row < rows; ) {
      const begin = columns.start[row] as number;
      let end = begin;
      let next = row;
      for (; next < rows; next += 1) {
        const behind = (columns.start[next] as number) + (columns.length[next] as number);
        if (next > row && behind - begin > PIECE) break;
        end = behind;
        columns.start[next] = (columns.start[next] as number) - begin;
      }
      addPiece(gzipSync(text.subarray(begin, end)), row, next);
      row = next;
    }
  }

  function endLoose(): void {
    const { rows: waiting, texts } = loose;
    if (waiting.length === 0) return;
    addPiece(gzipSync(texts.join('\n')), waiting[0] as number, (waiting.at(-1) as number) + 1);
    loose = { rows: [], texts: [], size: 0 };
  }

  return {
    scan(bytes, gzip) {
      const mark = { rows, partRows, shared: out.shared.length, fileRows };
      text = bytes;
      rejected = [];
      const whole = gzip !== null && bytes.length <= WHOLE;
      if (!scanner.scan(bytes, sink)) {
        // Tokens of records that are read again do no harm.
        ({ rows, partRows, fileRows } = mark);
        out.shared.length = mark.shared;
        rejected = [];
        return false;
      }
      if (rows > mark.rows) {
        if (whole) addPiece(gzip, mark.rows, rows);
        else split(mark.rows);
      }
      return true;
    },
    add(value, origin) {
      const parsed = parseEvent(value, origin);
      if ('rejected' in parsed) return parsed.rejected;
      const words = JSON.stringify(parsed.event.record);
      if (words.length > recordLimit) return `longer than ${recordLimit}`;
      const size = Buffer.byteLength(words);
      const reason = addEvent(parsed.event, loose.size, loose.size + size);
      if (reason) return reason;
      loose.rows.push(rows - 1);
      loose.texts.push(words);
      loose.size += size + 1;
      if (loose.size > PIECE) endLoose();
      return null;
    },
    troubles: () => rejected,
    endFile(file) {
      endLoose();
      out.files.push({ ...file, rows: fileRows });
      fileRows = 0;
      rejected = [];
    },
    finish() {
      endPart();
      const { codes: call, texts: calls } = renumbered(columns.call, rows, known.callTexts);
      const { codes: caller, texts: callers } = renumbered(columns.caller, rows, known.callerTexts);
      const batch: Batch = {
        rows,
        time: columns.time.slice(0, rows),
        call,
        caller,
        piece: columns.piece.slice(0, rows),
        start: columns.start.slice(0, rows),
        length: columns.length.slice(0, rows),
        id: columns.id.slice(0, rows),
        id2: columns.id2.slice(0, rows),
        calls,
        callers,
        shared: out.shared,
        pieces: out.pieces,
        evidence: together(out.evidence),
        parts: out.parts,
        files: out.files,
      };
      out = emptyOutput();
      rows = 0;
      if (known.size() > VOCABULARY) known = vocabulary();
      return batch;
    },
  };
}

const emptyOutput = () => ({
  shared: [] as Batch['shared'],
  pieces: [] as Batch['pieces'],
  evidence: [] as Uint8Array[],
  parts: [] as Batch['parts'],
  files: [] as TakenFile[],
});

const slotsOf = (...names: (typeof SLOTS)[number][]) => names.map((name) => SLOTS.indexOf(name));
const CALL_SLOTS = slotsOf(
  'eventName',
  'eventSource',
  'awsRegion',
  'recipientAccountId',
  'errorCode',
  'errorMessage',
  'readOnly',
  'eventCategory',
  'eventType',
  'ConsoleLogin',
  'accessKeyId',
);
const CALLER_SLOTS = slotsOf(
  'sourceIPAddress',
  'userAgent',
  'eventType',
  'sessionCredentialFromConsole',
);
