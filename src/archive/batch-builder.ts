import { gzipSync } from 'node:zlib';
import { joinsCopies } from '../core/evidence/calls.ts';
import type { CloudTrailEvent } from '../core/evidence/event.ts';
import { leavesOf } from '../core/evidence/leaves.ts';
import { isObject, parseEvent } from '../core/evidence/parse-event.ts';
import { issuedKeyOf } from '../core/evidence/person.ts';
import type { Json, JsonObject } from '../core/json.ts';
import { addressWords } from './address-words.ts';
import { type Batch, createBatchRows, PIECE, type TakenFile } from './batch.ts';
import { mayBeEnvelope } from './envelopes.ts';
import { hashesOf } from './hashes.ts';
import type { Module } from './open-scanner.ts';
import { type Limits, startsAsGzip } from './read-log-file.ts';
import { createRecordCodes, NO_CODE, UNKNOWN } from './record-codes.ts';
import { idHashesOf, secondsOf, UNDATED } from './record-fields.ts';
import { callerKeyOf, callKeyOf } from './row.ts';
import { createTextReader, FLAG, ROW, ROW_SIZE, unescaped } from './text-reader.ts';
import { wordsIn } from './tokens.ts';
import { callerWords } from './vocabulary.ts';

/** Makes batches of the records of log files, in whichever way each can be read. */
export type BatchBuilder = {
  /** Where a file of so many bytes is to be put; good until the next call. */
  roomForFile(length: number): Buffer;
  /**
   * Takes the records of the file that was put there; false, and nothing taken, where it has to be read in
   * another way.
   */
  scan(length: number): boolean;
  /** Takes one record that was read in another way, with its text, which is kept. Answers why not, if so. */
  add(value: unknown, text: string, origin: string): string | null;
  endFile(file: Omit<TakenFile, 'rows'>): void;
  /** Records that the last scan could not take. */
  troubles(): string[];
  finish(): Batch;
};

/** A delivered file is kept as it came, byte for byte, unless one record of it would cost too much to read. */
const WHOLE = 1024 * 1024;
/** Larger texts are read piece by piece, so that no file can exhaust the memory. */
export const AT_ONCE = 64 * 1024 * 1024;
/** Bytes of memory after which the scanner starts afresh: behind a batch, and in the middle of one. */
const MEMORY = 16 * 1024 * 1024;
const MEMORY_AT_ONCE = 512 * 1024 * 1024;
/** Calls and callers that are remembered from batch to batch. */
const CODES = 1 << 18;
const DECODER = new TextDecoder();

export function createBatchBuilder(limits: Limits, scanner: Module): BatchBuilder {
  const reader = createTextReader(scanner);
  const codes = createRecordCodes();
  const rows = createBatchRows(reader.endPart, codes);
  let records = 0;
  let rejected: string[] = [];
  /** A record has a member of envelopes, whose name is written in other letters than its own. */
  let isWrapped = false;
  /** Records that were read in another way, waiting to become a piece. */
  let loose: { from: number; texts: string[]; size: number } = { from: 0, texts: [], size: 0 };

  function addRows(scanned: Int32Array, many: number, text: number): void {
    for (let row = 0; row < many * ROW_SIZE; row += ROW_SIZE) {
      records += 1;
      const start = (scanned[row + ROW.start] as number) - text;
      const end = start + (scanned[row + ROW.length] as number);
      if (end - start > limits.record) reject(`longer than ${limits.record}`);
      else if (!addScanned(scanned, row, text)) addParsed(start, end);
    }
  }

  function reject(reason: string): void {
    // Each is counted; a file of nothing else must not fill the memory with their reasons.
    rejected.push(rejected.length < 100 ? `record ${records}: ${reason}` : '');
  }

  /** False where this record is better parsed. */
  function addScanned(scanned: Int32Array, row: number, text: number): boolean {
    const flags = scanned[row + ROW.flags] as number;
    if ((flags & FLAG.odd) !== 0) return false;
    const start = (scanned[row + ROW.start] as number) - text;
    const end = start + (scanned[row + ROW.length] as number);
    const tuple = scanned[row + ROW.call] as number;
    let call = codes.codeOf(tuple);
    if (call === UNKNOWN)
      call = codes.learnCall(tuple, parsed(start, end) as JsonObject, (flags & FLAG.hasKey) !== 0);
    if (call === NO_CODE) return false;
    const whom = scanned[row + ROW.caller] as number;
    let caller = codes.codeOf(whom);
    if (caller === UNKNOWN) caller = codes.learnCaller(whom, reader.callerRecord(whom));
    const shared = scanned[row + ROW.shared] as number;
    const shared2 = scanned[row + ROW.shared2] as number;
    if ((flags & FLAG.shared) !== 0) rows.share(shared, shared2);
    if ((flags & FLAG.sharedByText) !== 0)
      addShared(unescaped(reader.bytesOf(shared - text, shared2 - text).toString()));
    const time = scanned[row + ROW.time] as number;
    const id = scanned[row + ROW.id] as number;
    rows.add(time, call, caller, start, end, id, scanned[row + ROW.id2] as number);
    return true;
  }

  function addShared(id: string): void {
    reader.addWords([id]);
    if (joinsCopies(id)) rows.share(...hashesOf(id));
  }

  function parsed(start: number, end: number): Json {
    return JSON.parse(DECODER.decode(reader.bytesOf(start, end))) as Json;
  }

  function addParsed(start: number, end: number): void {
    const value = parsed(start, end);
    isWrapped ||= mayBeEnvelope(value);
    const event = parseEvent(value, '');
    const reason = 'rejected' in event ? event.rejected : addEvent(event.event, start, end);
    if (reason) reject(reason);
  }

  /** Answers why it cannot be kept, if so. */
  function addEvent(event: CloudTrailEvent, start: number, end: number): string | null {
    const time = event.eventTime === null ? UNDATED : secondsOf(event.eventTime);
    if (time < 0) return `its time ${event.eventTime} is none of a log`;
    for (const { value } of leavesOf(event)) reader.addWords(wordsIn(value));
    const named = [event.eventID, issuedKeyOf(event)].filter((one) => one !== null);
    reader.addWords([...callerWords(event.record.userIdentity ?? null), ...named]);
    if (event.sourceIPAddress) reader.addWords(addressWords(event.sourceIPAddress));
    if (event.sharedEventID) addShared(event.sharedEventID);
    const [id, id2] = idHashesOf(event);
    reader.add(id);
    const answer = event.record.responseElements;
    const call = codes.calls.numberOf(
      callKeyOf(event, isObject(answer) || typeof answer === 'string'),
    );
    rows.add(time, call, codes.callers.numberOf(callerKeyOf(event.record)), start, end, id, id2);
    return null;
  }

  function endLoose(): void {
    if (loose.texts.length > 0) rows.addPiece(gzipSync(loose.texts.join('\n')), loose.from);
    loose = { from: rows.count(), texts: [], size: 0 };
  }

  return {
    roomForFile(length) {
      if (reader.limit(MEMORY_AT_ONCE)) codes.forgetNumbers();
      return reader.roomForFile(length);
    },
    scan(length) {
      const before = rows.count();
      rejected = [];
      records = 0;
      isWrapped = false;
      const size = reader.open(length, Math.min(AT_ONCE, limits.inflated));
      const isSwollen = size !== null && size > limits.ratioFrom && size > limits.ratio * length;
      if (size === null || isSwollen || !reader.read(size, addRows) || isWrapped) {
        // Tokens of records that are read again do no harm.
        rows.cut(before);
        rejected = [];
        return false;
      }
      if (rows.count() === before) return true;
      const file = reader.fileOf(length);
      if (startsAsGzip(file) && size <= WHOLE) rows.addPiece(file, before);
      else rows.addPieces(reader.bytesOf(0, size), before);
      return true;
    },
    add(value, text, origin) {
      const read = parseEvent(value, origin);
      if ('rejected' in read) return read.rejected;
      if (text.length > limits.record) return `longer than ${limits.record}`;
      if (loose.texts.length === 0) loose.from = rows.count();
      const size = Buffer.byteLength(text);
      const reason = addEvent(read.event, loose.size, loose.size + size);
      if (reason) return reason;
      loose.texts.push(text);
      loose.size += size + 1;
      if (loose.size > PIECE) endLoose();
      return null;
    },
    troubles: () => rejected,
    endFile(file) {
      endLoose();
      rows.endFile(file);
      rejected = [];
    },
    finish() {
      const batch = rows.finish();
      if (reader.limit(MEMORY) || codes.size() > CODES) codes.clear();
      return batch;
    },
  };
}
