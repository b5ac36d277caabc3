import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { readJson } from '../core/evidence/parse-event.ts';
import { type Read, unwrapped } from './envelopes.ts';

export type Limits = {
  /** Bytes on disk of a compressed file. */
  compressed: number;
  /** Characters after inflation. */
  inflated: number;
  /** Inflated over compressed; logs reach 30, a bomb of zeros 1,000. */
  ratio: number;
  /** A ratio says nothing about small files. */
  ratioFrom: number;
  /** Characters of one record; CloudTrail's own limit is 256 KB. */
  record: number;
  /** Characters of one `{"Records":[…]}`, which has to be parsed in one piece. */
  document: number;
  /** Values of one document, which cost memory however few characters they have (`[{},{},…`). */
  values: number;
};

const MB = 1024 * 1024;
export const LIMITS: Limits = {
  compressed: 64 * MB,
  inflated: 512 * MB,
  ratio: 200,
  ratioFrom: 16 * MB,
  record: MB,
  document: 128 * MB,
  // CloudTrail's own records come to some six million in a document of that size.
  values: 10_000_000,
};

/**
 * Everything that a log file holds, one value at a time, whatever it looks like: CloudTrail's own
 * `{"Records":[…]}`, one record per line, a list, a single record, plain or gzip. Never throws for what
 * is in the file: what cannot be read is told and the rest goes on.
 */
export async function* readLogFile(path: string, limits: Limits = LIMITS): AsyncGenerator<Read> {
  try {
    const file = await stat(path);
    // Opening a pipe that nobody writes to never returns.
    if (!file.isFile()) return yield { setAside: 'is no regular file', where: '' };
    const zipped = await isGzip(path);
    const raw = createReadStream(path);
    yield* readStream({ raw, size: file.size, read: () => raw.bytesRead }, zipped, limits);
  } catch (error) {
    yield { setAside: reasonOf(error), where: '' };
  }
}

/** The same for a file whose bytes are here. */
export async function* readLogBytes(
  bytes: Uint8Array,
  limits: Limits = LIMITS,
): AsyncGenerator<Read> {
  try {
    let read = 0;
    const pieces = function* () {
      for (; read < bytes.length; ) {
        const piece = bytes.subarray(read, read + PIECE);
        read += piece.length;
        yield piece;
      }
    };
    const stored = { raw: Readable.from(pieces()), size: bytes.length, read: () => read };
    yield* readStream(stored, startsAsGzip(bytes), limits);
  } catch (error) {
    yield { setAside: reasonOf(error), where: '' };
  }
}

const PIECE = 64 * 1024;

/** A file as it is stored: its bytes, how many there are, and how many of them were read. */
type Stored = { raw: Readable; size: number; read(): number };

async function* readStream(stored: Stored, zipped: boolean, limits: Limits): AsyncGenerator<Read> {
  if (zipped && stored.size > limits.compressed) {
    stored.raw.destroy();
    yield { setAside: `compressed file of ${stored.size} bytes is over the limit`, where: '' };
    return;
  }
  const ended = { unread: 0 };
  yield* valuesIn(textOf(stored, zipped, limits, ended), limits);
  if (ended.unread > 0)
    yield { setAside: `${ended.unread} bytes behind the gzip data were not read`, where: '' };
}

export function startsAsGzip(bytes: Uint8Array): boolean {
  return bytes.length >= 2 && bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/** A limit was hit: the file's fault, not ours. */
class TooMuch extends Error {}

async function isGzip(path: string): Promise<boolean> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(2), 0, 2, 0);
    return startsAsGzip(buffer.subarray(0, bytesRead));
  } finally {
    await file.close();
  }
}

/** `ended` is told how much of the file lies behind what gzip takes for its end. */
async function* textOf(
  { raw, size, read }: Stored,
  zipped: boolean,
  limits: Limits,
  ended: { unread: number },
): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8');
  const gunzip = zipped ? createGunzip() : null;
  if (gunzip) raw.on('error', (error) => gunzip.destroy(error));
  const bytes = gunzip ? raw.pipe(gunzip) : raw;
  let inflated = 0;
  try {
    for await (const chunk of bytes as AsyncIterable<Buffer>) {
      inflated += chunk.length;
      yield decoder.decode(chunk, { stream: true });
      if (inflated > limits.inflated)
        throw new TooMuch(`holds more than ${limits.inflated} bytes; the rest was not read`);
      if (gunzip && inflated > limits.ratioFrom && inflated > limits.ratio * read())
        throw new TooMuch('inflates far beyond any log (gzip bomb?); the rest was not read');
    }
    if (gunzip) ended.unread = size - gunzip.bytesWritten;
    yield decoder.decode();
  } finally {
    raw.destroy();
    gunzip?.destroy();
  }
}

/** The beginning decides: one document, or one value per line. */
async function* valuesIn(text: AsyncGenerator<string>, limits: Limits): AsyncGenerator<Read> {
  let rest = '';
  /** Lines before the rest, and whether there is anything in them. */
  let line = 0;
  let isBlank = true;
  let skipping = false;
  let document: boolean | null = null;
  for await (const chunk of text) {
    rest += chunk;
    if (document === null && rest.trim() === '') {
      line += rest.split('\n').length - 1;
      rest = '';
    }
    if (document === null && rest.trimStart().length < 64) continue;
    document ??= isDocument(rest);
    if (document) {
      if (rest.length > limits.document)
        throw new TooMuch(`one JSON document of more than ${limits.document} characters`);
      continue;
    }
    for (let end = rest.indexOf('\n'); end >= 0; end = rest.indexOf('\n')) {
      const words = rest.slice(0, end);
      // A record printed over many lines: the first line alone is no JSON, the whole will be.
      if (isBlank && isOpening(words)) {
        document = true;
        break;
      }
      line += 1;
      isBlank &&= words.trim() === '';
      rest = rest.slice(end + 1);
      if (!skipping) yield* lineOf(words, line, limits);
      skipping = false;
    }
    if (!document && rest.length > limits.record) {
      if (!skipping) yield { setAside: `longer than ${limits.record}`, where: `line ${line + 1}` };
      skipping = true;
      rest = '';
    }
  }
  if (document || isDocument(rest)) yield* documentOf(rest, line, limits);
  else if (!skipping) yield* lineOf(rest, line + 1, limits);
}

function isDocument(start: string): boolean {
  return /^\s*(\{\s*"(Records|Events)"\s*:|\[)/.test(start.slice(0, 4096));
}

function isOpening(words: string): boolean {
  return words.length < 4096 && /^\s*[{[]/.test(words) && readJson(words) === undefined;
}

function* lineOf(words: string, line: number, limits: Limits): Generator<Read> {
  const where = `line ${line}`;
  const trimmed = words.trim();
  if (trimmed === '') return;
  if (trimmed.length > limits.record)
    return yield { setAside: `longer than ${limits.record}`, where };
  const value = readJson(trimmed);
  if (value === undefined) yield { setAside: 'not JSON', where };
  else yield* unwrapped(value, trimmed, where);
}

function* documentOf(words: string, before: number, limits: Limits): Generator<Read> {
  const trimmed = words.trim();
  if (trimmed === '') return;
  if (holdsMoreThan(limits.values, trimmed))
    return yield { setAside: `one JSON document of more than ${limits.values} values`, where: '' };
  const value = readJson(trimmed);
  if (value !== undefined) return yield* unwrapped(value, trimmed, '');
  if (!trimmed.includes('\n')) return yield { setAside: 'not JSON', where: '' };
  for (const [index, line] of words.split('\n').entries())
    yield* lineOf(line, before + index + 1, limits);
}

/** Every value but the first stands behind a comma or opens a list or an object; strings may hold more. */
function holdsMoreThan(most: number, words: string): boolean {
  let values = 0;
  for (let at = 0; at < words.length && values <= most; at += 1) {
    const code = words.charCodeAt(at);
    if (code === COMMA || code === LIST || code === OBJECT) values += 1;
  }
  return values > most;
}

const [COMMA, LIST, OBJECT] = [0x2c, 0x5b, 0x7b];

/** What stopped us, in the words of the system; a mistake of our own is thrown on. */
function reasonOf(error: unknown): string {
  if (error instanceof TooMuch) return error.message;
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'Z_BUF_ERROR') return 'truncated gzip; what came before was read';
  if (code?.startsWith('Z_')) return `broken gzip (${(error as Error).message})`;
  if (code) return `cannot be read (${code})`;
  throw error;
}
