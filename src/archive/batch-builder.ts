import { gzipSync } from 'node:zlib';
import type { CloudTrailEvent } from '../core/evidence/event.ts';
import { leavesOf } from '../core/evidence/leaves.ts';
import { isObject, parseEvent } from '../core/evidence/parse-event.ts';
import { addressWords } from './address-words.ts';
import { type Batch, createBatchRows, PIECE, type TakenFile } from './batch.ts';
import { hashesOf, secondHashIn } from './hashes.ts';
import { ADDRESS, ERROR_MESSAGE, EVENT_ID, SHARED_ID, TEXT } from './members.ts';
import { createRecordCodes } from './record-codes.ts';
import { idHashesOf, isUuid, secondsOf, UNDATED } from './record-fields.ts';
import { createRecordTokens, unescaped } from './record-tokens.ts';
import { callerKeyOf, callKeyOf, isRepeatable } from './row.ts';
import { createScanner, type Text, textOf } from './scan-records.ts';
import { wordsIn } from './tokens.ts';
import { callerWords, createVocabulary, wordsOfError } from './vocabulary.ts';

/** Makes batches of the records of log files, in whichever way each can be read. */
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

/** A delivered file is kept as it came, byte for byte, unless one record of it would cost too much to read. */
const WHOLE = 1024 * 1024;
const DECODER = new TextDecoder();

export function createBatchBuilder(recordLimit: number): BatchBuilder {
  const scanner = createScanner();
  const { kind, start: from, end: to, hash } = scanner.members;
  const known = createVocabulary();
  const tokens = createRecordTokens(known);
  const codes = createRecordCodes(scanner.members, known);
  const rows = createBatchRows(tokens, known);
  let text: Text = textOf(Buffer.alloc(0));
  let records = 0;
  let rejected: string[] = [];
  /** Records that were read in another way, waiting to become a piece. */
  let loose: { from: number; texts: string[]; size: number } = { from: 0, texts: [], size: 0 };

  const sink = {
    ...tokens,
    record(start: number, end: number, odd: boolean) {
      records += 1;
      if (end - start > recordLimit) reject(`longer than ${recordLimit}`);
      else if (odd || !addScanned(start, end)) addParsed(start, end);
    },
  };

  function reject(reason: string): void {
    if (rejected.length < 100) rejected.push(`record ${records}: ${reason}`);
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
    if (kind[ADDRESS] === TEXT && known.callerAddedIn[caller] !== rows.part()) {
      known.callerAddedIn[caller] = rows.part();
      const at = from[ADDRESS] as number;
      tokens.addKnown(known.address, at, to[ADDRESS] as number, hash[ADDRESS] as number);
    }
    if (kind[ERROR_MESSAGE] === TEXT) {
      const [at, behind] = [from[ERROR_MESSAGE] as number, to[ERROR_MESSAGE] as number];
      tokens.addWords(wordsOfError(unescaped(text, at, behind)));
    }
    const id = hash[EVENT_ID] as number;
    rows.add(time, call, caller, start, end, id, secondHashIn(text.words, idStart, idEnd));
    return true;
  }

  function addScannedShared(start: number, end: number): void {
    if (isUuid(text.bytes, start, end)) {
      const id = hash[SHARED_ID] as number;
      tokens.add(id);
      rows.share(id, secondHashIn(text.words, start, end));
    } else addShared(unescaped(text, start, end));
  }

  function addShared(id: string): void {
    tokens.addWords([id]);
    if (isRepeatable(id)) rows.share(...hashesOf(id));
  }

  function addParsed(start: number, end: number): void {
    const value = JSON.parse(DECODER.decode(text.bytes.subarray(start, end))) as unknown;
    const parsed = parseEvent(value, '');
    const reason = 'rejected' in parsed ? parsed.rejected : addEvent(parsed.event, start, end);
    if (reason) reject(reason);
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
    rows.add(time, call, known.callerKeys.numberOf(callerKeyOf(event.record)), start, end, id, id2);
    return null;
  }

  function endLoose(): void {
    if (loose.texts.length > 0) rows.addPiece(gzipSync(loose.texts.join('\n')), loose.from);
    loose = { from: rows.count(), texts: [], size: 0 };
  }

  return {
    scan(bytes, gzip) {
      const before = rows.count();
      text = textOf(bytes);
      tokens.read(text);
      codes.read(text);
      rejected = [];
      records = 0;
      if (!scanner.scan(text, sink)) {
        // Tokens of records that are read again do no harm.
        rows.cut(before);
        rejected = [];
        return false;
      }
      if (rows.count() === before) return true;
      if (gzip !== null && bytes.length <= WHOLE) rows.addPiece(gzip, before);
      else rows.addPieces(text.bytes, before);
      return true;
    },
    add(value, origin) {
      const parsed = parseEvent(value, origin);
      if ('rejected' in parsed) return parsed.rejected;
      const words = JSON.stringify(parsed.event.record);
      if (words.length > recordLimit) return `longer than ${recordLimit}`;
      if (loose.texts.length === 0) loose.from = rows.count();
      const size = Buffer.byteLength(words);
      const reason = addEvent(parsed.event, loose.size, loose.size + size);
      if (reason) return reason;
      loose.texts.push(words);
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
    finish: rows.finish,
  };
}
