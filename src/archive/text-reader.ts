import { crc32 } from 'node:zlib';
import type { Json, JsonObject } from '../core/json.ts';
import { addressWords } from './address-words.ts';
import { gzipIn } from './gzip-header.ts';
import { DONE, type Module, openScanner, REFUSED } from './open-scanner.ts';
import { tokenIn } from './tokens.ts';
import { callerWords, placeWords, wordsOfError } from './vocabulary.ts';

/**
 * What the scanner tells of records, one behind the other, so many numbers of each: where it begins in the
 * memory, and its length; the number of its call and of its caller, the same for all records that have the same;
 * some of `FLAG`; and by these both hashes of what joins copies, or begin and end of its text.
 */
export const ROW = {
  start: 0,
  length: 1,
  time: 2,
  call: 3,
  caller: 4,
  id: 5,
  id2: 6,
  flags: 7,
  shared: 8,
  shared2: 9,
} as const;
export const ROW_SIZE = 10;
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
   * Reads the text, and tells of so many records at a time; the same numbers are filled in anew the next time.
   * `text`: where the text begins in the memory. False where it is no list of records, although some may have
   * been told.
   */
  read(length: number, tell: (rows: Int32Array, many: number, text: number) => void): boolean;
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
const NO_WORDS = new Int32Array(0);
/** Texts of callers that are kept at hand. */
const MOST_TEXTS = 4096;

export function createTextReader(module: Module): TextReader {
  let scanner = openScanner(module);
  let bytes = NOTHING;
  let words = NO_WORDS;
  /** Texts of callers by their numbers: agents and kinds of events come again and again. */
  const texts = new Map<number, string>();
  let rows = new Int32Array(64 * ROW_SIZE);
  /** Where the file is, and its text. */
  let fileAt = 0;
  let at = 0;

  /** The memory as it is now: what is called may make it grow. */
  function memory(): Buffer {
    const { buffer } = scanner.memory;
    if (bytes.buffer !== buffer) {
      bytes = Buffer.from(buffer);
      words = new Int32Array(buffer);
    }
    return bytes;
  }

  /** The same four bytes at a time, in which all tables of the scanner are written. */
  function memoryOfNumbers(): Int32Array {
    memory();
    return words;
  }

  function numbersAt(place: number, many: number): Int32Array {
    return memoryOfNumbers().slice(place >>> 2, (place >>> 2) + many);
  }

  function rawOf(number: number): string {
    const start = scanner.knownAt(number);
    return memory().toString('utf8', start, start + scanner.knownLength(number));
  }

  function textOf(number: number): string {
    const known = texts.get(number);
    if (known !== undefined) return known;
    const raw = rawOf(number);
    if (texts.size === MOST_TEXTS) texts.clear();
    texts.set(number, raw);
    return raw;
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
      memoryOfNumbers().set(tokens, scanner.answersAt() >>> 2);
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

  /** The rows are copied: who takes them may make the memory grow. Answers how many there are. */
  function takeRows(): number {
    const many = scanner.rowsRead();
    const size = many * ROW_SIZE;
    if (rows.length < size) rows = new Int32Array(2 * size);
    const from = scanner.rowsAt() >>> 2;
    rows.set(memoryOfNumbers().subarray(from, from + size));
    return many;
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
        const many = takeRows();
        tell(rows, many, at);
        if (scanner.requestsMade() > 0) answerAll();
        if (state === DONE) return true;
      }
      return false;
    },
    callerRecord(caller) {
      const parts = memoryOfNumbers();
      const from = scanner.knownAt(caller) >>> 2;
      const record: JsonObject = {};
      for (let index = 0; index < CALLER_PARTS.length; index += 1) {
        const number = (parts[from + index] as number) - LITERALS;
        if (number <= 0) continue;
        const name = CALLER_PARTS[index] as string;
        record[name] =
          name === 'userIdentity' ? (JSON.parse(rawOf(number)) as Json) : textOf(number);
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
      words = NO_WORDS;
      texts.clear();
      for (const token of tokens) scanner.addToken(token);
      return true;
    },
  };
}

/** A request: what is asked for, of which number, and begin and end of the text. */
const REQUEST_SIZE = 4;
const ASKED = { place: 1, address: 2, identity: 3, words: 4, message: 5, number: 6 } as const;
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
