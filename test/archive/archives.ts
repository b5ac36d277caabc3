import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Archive, LogFile } from '../../src/archive/archive.ts';
import { openArchive } from '../../src/archive/open-archive.ts';
import type { Search } from '../../src/core/evidence/source.ts';
import type { JsonObject } from '../../src/core/json.ts';

/** Everything that an archive holds. */
export const ANYTHING: Search = {
  from: '1971-01-01T00:00:00Z',
  to: '2100-01-01T00:00:00Z',
  accounts: 'all',
  regions: 'all',
  resources: [],
  eventNames: [],
  accessKeyIds: [],
  eventIds: [],
  actors: [],
  addresses: [],
  sharedEventIds: [],
  readOnly: null,
};

/** A log file as a trail delivers it, or with whatever bytes. */
export function logFile(name: string, content: JsonObject[] | Buffer): LogFile {
  const bytes = Buffer.isBuffer(content) ? content : gzipSync(JSON.stringify({ Records: content }));
  return { name, size: bytes.length, source: { fetch: async () => bytes } };
}

export async function* listed(files: LogFile[]): AsyncGenerator<LogFile> {
  yield* files;
}

/** Works with an archive of its own, gone afterwards. */
export async function withArchive<T>(
  files: LogFile[],
  work: (archive: Archive, directory: string) => Promise<T>,
): Promise<T> {
  const directory = mkdtempSync(join(tmpdir(), 'archive-'));
  const archive = await openArchive(directory);
  try {
    if (files.length > 0) await archive.ingest(listed(files));
    return await work(archive, directory);
  } finally {
    await archive.close();
    rmSync(directory, { recursive: true });
  }
}

export async function idsIn(archive: Archive, search: Partial<Search> = {}): Promise<string[]> {
  const events = await archive.select({ ...ANYTHING, ...search });
  return events.map(({ eventID }) => eventID).sort();
}

/** `0000000a-0000-4000-8000-00000000000a`: an event id of its own for each number. */
export function uuid(number: number): string {
  const hex = number.toString(16);
  return `${hex.padStart(8, '0')}-0000-4000-8000-${hex.padStart(12, '0')}`;
}
