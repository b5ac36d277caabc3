import { gzipSync } from 'node:zlib';
import type { CloudTrailEvent } from '../core/evidence/event.ts';
import { leavesOf } from '../core/evidence/leaves.ts';
import { isObject, parseEvent } from '../core/evidence/parse-event.ts';
import { addressWords } from './address-words.ts';
import { emptyColumns, renumbered, together, wider } from './batch-columns.ts';
import { hashesOf, secondHashIn } from './hashes.ts';
import { ADDRESS, ERROR_MESSAGE, EVENT_ID, SHARED_ID, TEXT } from './members.ts';
import { createRecordCodes } from './record-codes.ts';
import { idHashesOf, isUuid, secondsOf, UNDATED } from './record-fields.ts';
import { createRecordTokens, unescaped } from './record-tokens.ts';
import { callerKeyOf, callKeyOf, isRepeatable } from './row.ts';
import { createScanner, type Text, textOf } from './scan-records.ts';
import { wordsIn } from './tokens.ts';
import { callerWords, createVocabulary, wordsOfError } from './vocabulary.ts';

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
  /** Rows that may have copies in other accounts, each with two hashes of what joins them: three numbers. */
  shared: Uint32Array;
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
  const { kind, start: from, end: to, hash } = scanner.members;
  const known = createVocabulary();
  const tokens = createRecordTokens(known);
  const codes = createRecordCodes(scanner.members, known);
  let columns = emptyColumns();
  let rows = 0;
  let partRows = 0;
  let part = 1;
  let fileRows = 0;
  let rejected: string[] = [];
  let text: Text = textOf(Buffer.alloc(0));
  let out = emptyOutput();
  /** Records that were read in another way, waiting to become a piece. */
  let loose: { rows: number[]; texts: string[]; size: number } = { rows: [], texts: [], size: 0 };

  const sink = {
    ...tokens,
    record(start: number, end: number, odd: boolean) {
      if (end - start > recordLimit) return trouble(`longer than ${recordLimit}`);
      if (odd || !addScanned(start, end)) addParsed(start, end);
    },
  };

  function trouble(reason: string): void {
    if (rejected.length < 100) rejected.push(`record ${fileRows + rejected.length + 1}: ${reason}`);
  }

  /** False where this record is better parsed. */
  function addScanned(start: number, end: number): boolean {
    const [idStart, idEnd] = [from[EVENT_ID] as number, to[EVENT_ID] as number];
    if (kind[EVENT_ID] !== TEXT || !isUuid(text.bytes, idStart, idEnd)) return false;
    const time = codes.time();
    if (time < 0) return false;
    const call = codes.call();
    const caller = codes.caller(tokens.identityAtHand());
    if (call < 0 || caller < 0) return false;
    if (kind[SHARED_ID] === TEXT)
      addScannedShared(from[SHARED_ID] as number, to[SHARED_ID] as number);
    // Callers have their addresses with them: it is enough to meet one once.
    if (kind[ADDRESS] === TEXT && known.callerAddedIn[caller] !== part) {
      known.callerAddedIn[caller] = part;
      const at = from[ADDRESS] as number;
      tokens.addKnown(known.address, at, to[ADDRESS] as number, hash[ADDRESS] as number);
    }
    if (kind[ERROR_MESSAGE] === TEXT) {
      const [at, behind] = [from[ERROR_MESSAGE] as number, to[ERROR_MESSAGE] as number];
      tokens.addWords(wordsOfError(unescaped(text, at, behind)));
    }
    const id = hash[EVENT_ID] as number;
    push(time, call, caller, start, end, id, secondHashIn(text.words, idStart, idEnd));
    return true;
  }

  function addScannedShared(start: number, end: number): void {
    if (isUuid(text.bytes, start, end)) {
      const id = hash[SHARED_ID] as number;
      tokens.add(id);
      out.shared.push(rows, id, secondHashIn(text.words, start, end));
    } else addShared(unescaped(text, start, end));
  }

  function addShared(id: string): void {
    tokens.addWords([id]);
    if (isRepeatable(id)) out.shared.push(rows, ...hashesOf(id));
  }

  function addParsed(start: number, end: number): void {
    const value = JSON.parse(DECODER.decode(text.bytes.subarray(start, end))) as unknown;
    const parsed = parseEvent(value, '');
    const reason = 'rejected' in parsed ? parsed.rejected : addEvent(parsed.event, start, end);
    if (reason) trouble(reason);
  }

  /** Answers why it cannot be kept, if so. */
  function addEvent(event: CloudTrailEvent, start: number, end: number): string | null {
    const time = event.eventTime === null ? UNDATED : secondsOf(event.eventTime);
    if (time < 0) return `its time ${event.eventTime} is none of a log`;
    for (const { value } of leavesOf(event)) tokens.addWords(wordsIn(value));
    tokens.addWords([...callerWords(event.record.userIdentity ?? null), event.eventID]);
    if (event.sourceIPAddress) tokens.addWords(addressWords(event.sourceIPAddress));
    if (event.sharedEventID) addShared(event.sharedEventID);
    const [id, id2] = idHashesOf(event);
    const answer = event.record.responseElements;
    const call = known.callKeys.numberOf(
      callKeyOf(event, isObject(answer) || typeof answer === 'string'),
    );
    push(time, call, known.callerKeys.numberOf(callerKeyOf(event.record)), start, end, id, id2);
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
    tokens.add(id);
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
    out.parts.push({ rows, tokens: tokens.endPart() });
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
      addPiece(gzipSync(text.bytes.subarray(begin, end)), row, next);
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
      text = textOf(bytes);
      tokens.read(text);
      codes.read(text);
      rejected = [];
      const whole = gzip !== null && bytes.length <= WHOLE;
      if (!scanner.scan(text, sink)) {
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
      const { codes: call, texts: calls } = renumbered(columns.call, rows, known.callKeys.texts);
      const { codes: caller, texts: callers } = renumbered(
        columns.caller,
        rows,
        known.callerKeys.texts,
      );
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
        shared: Uint32Array.from(out.shared),
        pieces: out.pieces,
        evidence: together(out.evidence),
        parts: out.parts,
        files: out.files,
      };
      out = emptyOutput();
      rows = 0;
      known.limit();
      return batch;
    },
  };
}

const emptyOutput = () => ({
  shared: [] as number[],
  pieces: [] as Batch['pieces'],
  evidence: [] as Uint8Array[],
  parts: [] as Batch['parts'],
  files: [] as TakenFile[],
});
