import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import type { BatchBuilder } from './batch-builder.ts';
import { giveBack } from './give-back.ts';
import {
  type Limits,
  type Read,
  readLogBytes,
  readLogFile,
  startsAsGzip,
} from './read-log-file.ts';

/** One file for a worker: its bytes, or where they are. */
export type FileToTake = { name: string; size: number; path?: string; bytes?: Uint8Array };

/** Larger texts are read piece by piece, so that no file can exhaust the memory. */
const AT_ONCE = 64 * 1024 * 1024;
/** How many troubles of one file are told; the rest is counted. */
const TOLD = 3;

/**
 * Reads one log file into the batch: in one go where it looks as CloudTrail writes it, else value by
 * value. Never throws for what is in the file.
 */
export async function takeFile(
  file: FileToTake,
  builder: BatchBuilder,
  limits: Limits,
): Promise<void> {
  const troubles = takeAtOnce(file, builder, limits) ?? (await takeSlowly(file, builder, limits));
  const again = troubles.some((trouble) => /^cannot be read|^does not exist/.test(trouble));
  builder.endFile({ name: file.name, size: file.size, troubles: told(troubles), again });
}

/** Null where the file has to be read in another way. */
function takeAtOnce(file: FileToTake, builder: BatchBuilder, limits: Limits): string[] | null {
  if (file.size > limits.compressed || file.size > AT_ONCE) return null;
  const bytes = file.bytes ?? read(file.path as string);
  if (!bytes || bytes.length > AT_ONCE) return null;
  const zipped = startsAsGzip(bytes);
  const text = zipped
    ? inflated(bytes, limits)
    : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  if (!text) return null;
  const troubles = builder.scan(text, zipped ? bytes : null) ? builder.troubles() : null;
  if (zipped) giveBack(text);
  return troubles;
}

function read(path: string): Uint8Array | null {
  try {
    return readFileSync(path);
  } catch {
    // Read again in the other way, which says why it cannot be read.
    return null;
  }
}

/** Null for what is no whole gzip file, with nothing behind it, of a size that logs have. */
function inflated(bytes: Uint8Array, limits: Limits): Buffer | null {
  try {
    const { buffer, engine } = gunzipSync(bytes, {
      maxOutputLength: Math.min(AT_ONCE, limits.inflated),
      // The last four bytes tell the size: in one piece it need not be put together.
      chunkSize: Math.min(4 * 1024 * 1024, Math.max(1024, sizeTold(bytes) + 64)),
      info: true,
    }) as unknown as { buffer: Buffer; engine: { bytesWritten: number } };
    const swollen = buffer.length > limits.ratioFrom && buffer.length > limits.ratio * bytes.length;
    return engine.bytesWritten === bytes.length && !swollen ? buffer : null;
  } catch {
    return null;
  }
}

function sizeTold(bytes: Uint8Array): number {
  return bytes.length < 18
    ? 0
    : Buffer.from(bytes.buffer, bytes.byteOffset).readUInt32LE(bytes.length - 4);
}

async function takeSlowly(
  file: FileToTake,
  builder: BatchBuilder,
  limits: Limits,
): Promise<string[]> {
  const troubles: string[] = [];
  for await (const one of readings(file, limits)) {
    const reason =
      'setAside' in one
        ? one.setAside
        : builder.add(one.value, [file.name, one.where].filter(Boolean).join(' '));
    // A file of nothing but broken lines must not fill the memory with their reasons.
    if (reason)
      troubles.push(troubles.length < TOLD ? [one.where, reason].filter(Boolean).join(': ') : '');
  }
  return troubles;
}

function readings(file: FileToTake, limits: Limits): AsyncGenerator<Read> {
  return file.bytes ? readLogBytes(file.bytes, limits) : readLogFile(file.path as string, limits);
}

function told(troubles: string[]): string | null {
  if (troubles.length === 0) return null;
  const words = troubles.slice(0, TOLD).join('; ');
  return troubles.length > TOLD ? `${words}; and ${troubles.length - TOLD} more` : words;
}
