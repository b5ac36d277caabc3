import { closeSync, openSync, readSync } from 'node:fs';
import { AT_ONCE, type BatchBuilder } from './batch-builder.ts';
import type { Read } from './envelopes.ts';
import { type Limits, readLogBytes, readLogFile } from './read-log-file.ts';

/** One file for a worker: its bytes, or where they are. */
export type FileToTake = { name: string; size: number; path?: string; bytes?: Uint8Array };

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
  // One byte more, to see whether the file has become longer. Half of one must not pass for all of it: lines may
  // end anywhere.
  const room = builder.roomForFile(file.size + 1);
  const length = file.bytes ? copied(file.bytes, room) : read(file.path as string, room);
  if (length !== file.size) return null;
  return builder.scan(length) ? builder.troubles() : null;
}

function copied(bytes: Uint8Array, room: Uint8Array): number | null {
  if (bytes.length > room.length) return null;
  room.set(bytes);
  return bytes.length;
}

/** Null where it cannot be read; then it is read again in the other way, which says why. */
function read(path: string, room: Uint8Array): number | null {
  try {
    const file = openSync(path, 'r');
    try {
      return readSync(file, room, 0, room.length, 0);
    } finally {
      closeSync(file);
    }
  } catch {
    return null;
  }
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
        : builder.add(one.value, one.text, [file.name, one.where].filter(Boolean).join(' '));
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
