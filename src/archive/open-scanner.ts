import { randomInt } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { extname, join } from 'node:path';

/**
 * The scanner of log files, as `scanner/index.ts` has it, with a memory of its own: what it was shown once, it
 * knows. All places are counted from the beginning of that memory, which moves when it grows.
 */
export type Scanner = {
  memory: { buffer: ArrayBuffer };
  roomFor(length: number): number;
  roomForFile(length: number): number;
  inflateFile(from: number, to: number, length: number): number;
  takePlain(length: number): void;
  begin(length: number): number;
  next(): number;
  rowsAt(): number;
  rowsRead(): number;
  requestsAt(): number;
  requestsMade(): number;
  answersAt(): number;
  answer(number: number, tokens: number): void;
  addToken(token: number): void;
  partTokensAt(): number;
  partTokens(): number;
  nextPart(): void;
  knownAt(number: number): number;
  knownLength(number: number): number;
  memoryUsed(): number;
  seed(low: number, high: number): void;
};

/** The compiled scanner; threads can hand it to each other. */
export type Module = object;
/** The types of Node do not have it. */
declare const WebAssembly: {
  Module: new (bytes: Uint8Array) => Module;
  Instance: new (module: Module) => { exports: unknown };
};

let compiled: Module | null = null;

/** Compiled once for all threads: each has its own memory for it. */
export function scannerModule(): Module {
  compiled ??= new WebAssembly.Module(scannerBytes());
  return compiled;
}

/** Built beside the code; where the sources run as they are, as in tests, where it was built last. */
function scannerFile(): string {
  const isSource = extname(__filename) === '.ts';
  return join(__dirname, isSource ? '../../dist/archive/scanner.wasm' : 'scanner.wasm');
}

export function openScanner(module: Module): Scanner {
  const told = new WebAssembly.Instance(module).exports as Scanner;
  // An object of the same shape each time: what was compiled for the one before serves for this one, too.
  const scanner: Scanner = {
    memory: told.memory,
    roomFor: told.roomFor,
    roomForFile: told.roomForFile,
    inflateFile: told.inflateFile,
    takePlain: told.takePlain,
    begin: told.begin,
    next: told.next,
    rowsAt: told.rowsAt,
    rowsRead: told.rowsRead,
    requestsAt: told.requestsAt,
    requestsMade: told.requestsMade,
    answersAt: told.answersAt,
    answer: told.answer,
    addToken: told.addToken,
    partTokensAt: told.partTokensAt,
    partTokens: told.partTokens,
    nextPart: told.nextPart,
    knownAt: told.knownAt,
    knownLength: told.knownLength,
    memoryUsed: told.memoryUsed,
    seed: told.seed,
  };
  // What it remembers comes from files, whose writers must not know where it is kept.
  scanner.seed(randomInt(UNSIGNED), randomInt(UNSIGNED));
  return scanner;
}

function scannerBytes(): Uint8Array {
  const file = scannerFile();
  try {
    return readFileSync(file);
  } catch (cause) {
    throw new Error(`without ${file}, which \`npm run build\` makes, no log file can be read`, {
      cause,
    });
  }
}

const UNSIGNED = 2 ** 32;

/** What `next` answers: no list of records, and no more records; else there are more. */
export const REFUSED = 0;
export const DONE = 2;
