import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

export type FoundFiles = { files: string[]; unreadable: { path: string; reason: string }[] };

const LOG_FILE = /\.(json|jsonl|ndjson|log|gz)$/i;

/**
 * The log files under some paths, in order of name. A file that is named itself is taken as it is; in
 * folders only names that look like logs are. Digest files lie beside CloudTrail's logs and are none.
 */
export async function findLogFiles(paths: string[]): Promise<FoundFiles> {
  const found: FoundFiles = { files: [], unreadable: [] };
  for (const path of paths) {
    const kind = await look(path);
    if (typeof kind === 'string') found.unreadable.push({ path, reason: kind });
    else if (kind.isDirectory()) await walk(path, found);
    else found.files.push(path);
  }
  found.files = [...new Set(found.files)];
  return found;
}

async function walk(folder: string, found: FoundFiles): Promise<void> {
  let entries: import('node:fs').Dirent[];
  try {
    entries = await readdir(folder, { withFileTypes: true });
  } catch (error) {
    found.unreadable.push({ path: folder, reason: reasonOf(error) });
    return;
  }
  for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      if (!entry.name.startsWith('CloudTrail-Digest')) await walk(path, found);
    } else if (entry.isSymbolicLink()) {
      await follow(path, found);
    } else if (LOG_FILE.test(entry.name)) {
      found.files.push(path);
    }
  }
}

/** A link to a folder may lead in circles: it is named, and who means it gives its path. */
async function follow(path: string, found: FoundFiles): Promise<void> {
  const kind = await look(path);
  const log = LOG_FILE.test(path);
  if (typeof kind !== 'string' && kind.isDirectory())
    found.unreadable.push({ path, reason: 'is a link to a folder, which is not followed' });
  else if (log && typeof kind === 'string') found.unreadable.push({ path, reason: kind });
  else if (log) found.files.push(path);
}

async function look(path: string) {
  try {
    return await stat(path);
  } catch (error) {
    return reasonOf(error);
  }
}

/** The system's own word for it (`ENOENT`, `EACCES`), without the path that we name anyway. */
function reasonOf(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code;
  if (!code) throw error;
  return code === 'ENOENT' ? 'does not exist' : `cannot be read (${code})`;
}
