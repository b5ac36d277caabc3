import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Up to which key each folder of a log bucket was taken in, by `s3://bucket/folder/`. */
export type Followed = { [folder: string]: string };

const FILE = 'followed.json';

/** What an archive has followed so far; nothing where it never did, or where nobody can read it any more. */
export async function readFollowed(directory: string): Promise<Followed> {
  const text = await readFile(join(directory, FILE), 'utf8').catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return '{}';
      throw new Error(`reading ${FILE} of the archive`, { cause: error });
    },
  );
  try {
    const value: unknown = JSON.parse(text);
    if (value === null || typeof value !== 'object') return {};
    return Object.fromEntries(
      Object.entries(value).filter(
        (entry): entry is [string, string] => typeof entry[1] === 'string',
      ),
    );
  } catch {
    // Damaged, it costs one listing of everything: the ledger knows which files there are already.
    return {};
  }
}

/** Adds to what was followed, whole or not at all. */
export async function saveFollowed(directory: string, more: Followed): Promise<void> {
  const all = { ...(await readFollowed(directory)), ...more };
  const path = join(directory, `${FILE}.${randomUUID()}`);
  await mkdir(directory, { recursive: true });
  await writeFile(path, JSON.stringify(all), { flush: true });
  await rename(path, join(directory, FILE));
}
