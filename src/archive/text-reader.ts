import { crc32 } from 'node:zlib';
import type { Json, JsonObject } from '../core/json.ts';
import { addressWords } from './address-words.ts';
import { gzipIn } from './gzip-header.ts';
import { DONE, type Module, openScanner, REFUSED } from './open-scanner.ts';
import { tokenIn } from './tokens.ts';
import { callerWords, placeWords, wordsOfError } from './vocabulary.ts';

/** What the scanner tells of one record: places in the text, and what is kept of it. */
export type ScannedRow = {
  start: number;
  end: number;
  time: number;
  /** Numbers for all records that have the same call, and the same caller. */
  call: number;
  caller: number;
  id: number;
  id2: number;
  /** Some of `FLAG`. */
  flags: number;
  /** By the flags: both hashes of what joins copies, or begin and end of its text. */
  shared: number;
  shared2: number;
};
/** `odd`: better read by parsing it, no more is told. */
export const FLAG = { odd: 1, hasKey: 2, shared: 4, sharedByText: 8 } as const;

/**
 * Reads texts with the scanner. Where the core has the rules of what a text stands for, the scanner asks, and
 * is answered here.
 */
export type TextReader = {
  /** Where a file of so many bytes is to be put; good until the next call. */
  roomForFile(length: number): Buffer;
  /** The length of the text in the file that was put there; null where it is inflated in another way. */
  open(length: number, most: number): number | null;
  /** The file that was put there. */
  fileOf(length: number): Buffer;
  /**
   * Reads the text; false where it is no list of records, although some may have been told. The same row is
   * filled anew for each of them.
   */
  read(length: number, tell: (row: ScannedRow) => void): boolean;
  /** A record with no more than what this caller is told apart by, and without keys and moments. */
  callerRecord(caller: number): JsonObject;
  /** Bytes of the text that was read last. */
  bytesOf(start: number, end: number): Buffer;
  add(token: number): void;
  addWords(words: string[]): void;
  /** The tokens since the last part, each once. */
  endPart(): Int32Array;
  /**
   * Forgets what it knows where that takes so many bytes of memory, but for the tokens of the part; answers
   * whether.
   */
  limit(most: number): boolean;
};

const NOTHING = Buffer.alloc(0);

export function createTextReader(module: Module): TextReader {
  let scanner = openScanner(module);
  let bytes = NOTHING;
  const told = Object.fromEntries(FIELDS.map((name) => [name, 0])) as ScannedRow;
  /** Where the file is, and its text. */
  let fileAt = 0;
  let at = 0;

  /** The memory as it is now: what is called may make it grow. */
  function memory(): Buffer {
    if (bytes.buffer !== scanner.memory.buffer) bytes = Buffer.from(scanner.memory.buffer);
    return bytes;
  }

  function numbersAt(place: number, many: number): Int32Array {
    return new Int32Array(scanner.memory.buffer, place, many).slice();
  }

  function fileOf(length: number): Buffer {
    return memory().subarray(fileAt, fileAt + length);
  }

  function bytesOf(start: number, end: number): Buffer {
    return memory().subarray(at + start, at + end);
  }

  function addWords(words: string[]): void {
    for (const token of tokensIn(words)) scanner.addToken(token);
  }

  function answer(number: number, words: string[]): void {
    const tokens = tokensIn(words);
    if (tokens.length > MOST_ANSWERED) addWords(words);
    else {
      new Int32Array(scanner.memory.buffer, scanner.answersAt(), tokens.length).set(tokens);
      scanner.answer(number, tokens.length);
    }
  }

  function answerAll(): void {
    const asked = numbersAt(scanner.requestsAt(), scanner.requestsMade() * REQUEST_SIZE);
    for (let one = 0; one < asked.length; one += REQUEST_SIZE) {
      const [kind, number, start, end] = asked.subarray(one, one + REQUEST_SIZE);
      const raw = memory().toString('utf8', start, end);
      switch (kind) {
        case ASKED.place:
          answer(number as number, placeWords(unescaped(raw)));
          break;
        case ASKED.address:
          answer(number as number, addressWords(unescaped(raw)));
          break;
        case ASKED.identity:
          answer(number as number, callerWords(JSON.parse(raw) as Json));
          break;
        case ASKED.words:
          addWords(placeWords(unescaped(raw)));
          break;
        case ASKED.message:
          addWords(wordsOfError(unescaped(raw)));
          break;
        case ASKED.number:
          addWords([String(Number(raw))]);
          break;
        default:
          throw new Error(`the scanner asks for ${kind}, which nobody knows`);
      }
    }
  }

  function tellAll(tell: (row: ScannedRow) => void): void {
    const rows = numbersAt(scanner.rowsAt(), scanner.rowsRead() * ROW_SIZE);
    for (let row = 0; row < rows.length; row += ROW_SIZE) {
      told.start = (rows[row] as number) - at;
      told.end = told.start + (rows[row + 1] as number);
      told.time = rows[row + 2] as number;
      told.call = rows[row + 3] as number;
      told.caller = rows[row + 4] as number;
      told.id = rows[row + 5] as number;
      told.id2 = rows[row + 6] as number;
      told.flags = rows[row + 7] as number;
      const from = (told.flags & FLAG.sharedByText) !== 0 ? at : 0;
      told.shared = (rows[row + 8] as number) - from;
      told.shared2 = (rows[row + 9] as number) - from;
      tell(told);
    }
  }

  return {
    roomForFile(length) {
      fileAt = scanner.roomForFile(length);
      return fileOf(length);
    },
    open(length, most) {
      const told = gzipIn(fileOf(length));
      if (told === null || (told !== 'plain' && told.size > most)) return null;
      if (told === 'plain') scanner.takePlain(length);
      else if (scanner.inflateFile(told.from, told.to, told.size) === 0) return null;
      const size = told === 'plain' ? length : told.size;
      at = scanner.roomFor(size);
      const isSound = told === 'plain' || crc32(bytesOf(0, size)) === told.checksum;
      return isSound ? size : null;
    },
    fileOf,
    read(length, tell) {
      if (!scanner.begin(length)) return false;
      for (let state = scanner.next(); state !== REFUSED; state = scanner.next()) {
        tellAll(tell);
        answerAll();
        if (state === DONE) return true;
      }
      return false;
    },
    callerRecord(caller) {
      const parts = numbersAt(scanner.knownAt(caller), CALLER_PARTS.length);
      const record: JsonObject = {};
      for (const [index, name] of CALLER_PARTS.entries()) {
        const number = (parts[index] as number) - LITERALS;
        if (number <= 0) continue;
        const start = scanner.knownAt(number);
        const raw = memory().toString('utf8', start, start + scanner.knownLength(number));
        record[name] = name === 'userIdentity' ? (JSON.parse(raw) as Json) : raw;
      }
      return record;
    },
    bytesOf,
    add: (token) => scanner.addToken(token),
    addWords,
    endPart() {
      const tokens = numbersAt(scanner.partTokensAt(), scanner.partTokens());
      scanner.nextPart();
      return tokens;
    },
    limit(most) {
      if (scanner.memoryUsed() < most) return false;
      const tokens = numbersAt(scanner.partTokensAt(), scanner.partTokens());
      scanner = openScanner(module);
      bytes = NOTHING;
      for (const token of tokens) scanner.addToken(token);
      return true;
    },
  };
}

/** A request: what is asked for, of which number, and begin and end of the text. */
const REQUEST_SIZE = 4;
const ASKED = { place: 1, address: 2, identity: 3, words: 4, message: 5, number: 6 } as const;
const FIELDS = [
  'start',
  'end',
  'time',
  'call',
  'caller',
  'id',
  'id2',
  'flags',
  'shared',
  'shared2',
];
const ROW_SIZE = FIELDS.length;
/** What callers are told apart by, in this order: the number of a text behind so many for what is none. */
const CALLER_PARTS = [
  'userIdentity',
  'sourceIPAddress',
  'userAgent',
  'eventType',
  'sessionCredentialFromConsole',
];
const LITERALS = 5;
/** Tokens of one answer. */
const MOST_ANSWERED = 16_384;

function tokensIn(words: string[]): number[] {
  return words.map(tokenIn).filter((token) => token !== null);
}

/** A text as it is meant, from between its quotes. */
export function unescaped(raw: string): string {
  return raw.includes('\\') ? (JSON.parse(`"${raw}"`) as string) : raw;
}
