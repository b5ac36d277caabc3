import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { joinsCopies } from '../core/evidence/calls.ts';
import { issuedKeyOf } from '../core/evidence/person.ts';
import { ANY_EVENT, type Search } from '../core/evidence/source.ts';
import type { Archive } from './archive.ts';
import { createVolumes } from './archive-volumes.ts';
import { ingest } from './ingest.ts';
import { lazyColumns } from './lazy-columns.ts';
import { openManifest } from './manifest.ts';
import { selectFrom } from './select.ts';
import { createShelf } from './shelf.ts';
import { createTally } from './tally.ts';

/** Opens the archive in a directory, which is made where there is none. */
export function openArchive(directory: string): Promise<Archive> {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const manifest = openManifest(join(directory, 'manifest.sqlite'));
  const shelf = createShelf(directory, manifest);
  const columns = lazyColumns(directory);
  const place = { directory, manifest, shelf, columns };
  let ingesting: Promise<unknown> = Promise.resolve();
  const tally = createTally(place);
  const select = (search: Search, most?: number) => again(() => selectFrom(shelf, search, most));

  return Promise.resolve({
    ingest(files, progress) {
      // One after the other: each has the threads and the memory for itself.
      const work = ingesting.then(() => ingest(place, files, progress));
      ingesting = work.catch(() => undefined);
      return work;
    },
    async knows(names) {
      const known = manifest.knows(names.map((name) => ({ name })));
      return new Set([...known].map(({ name }) => name));
    },
    select: async (search) => select(search).events,
    selectNewest: async (search, most) => select(search, most),
    async issued(accessKeyIds) {
      const answered = select({ ...ANYTHING, resources: accessKeyIds }).events;
      const issuing = answered.filter((event) => accessKeyIds.includes(issuedKeyOf(event) ?? ''));
      const sharedEventIds = issuing.map(({ sharedEventID }) => sharedEventID).filter(joinsCopies);
      const copies =
        sharedEventIds.length > 0 ? select({ ...ANYTHING, sharedEventIds }).events : [];
      return new Map(
        accessKeyIds.map((key) => {
          const own = issuing.filter((event) => issuedKeyOf(event) === key);
          const shared = new Set(own.map(({ sharedEventID }) => sharedEventID));
          const ids = new Set(own.map(({ eventID }) => eventID));
          const others = copies.filter(
            ({ sharedEventID, eventID }) => shared.has(sharedEventID) && !ids.has(eventID),
          );
          return [key, [...own, ...others]];
        }),
      );
    },
    tally,
    volumes: createVolumes(place),
    contents: async () => ({ ...manifest.contents(), gaps: [] }),
    async close() {
      await ingesting;
      await columns.close();
      shelf.close();
      manifest.close();
    },
  });
}

const ANYTHING: Search = {
  from: '1970-01-01T00:00:00Z',
  to: '2106-01-01T00:00:00Z',
  ...ANY_EVENT,
};

/** Another process may merge a segment away between the list and the file: then the list is new. */
function again<T>(work: () => T): T {
  for (let tries = 0; ; tries += 1)
    try {
      return work();
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || tries >= 5) throw error;
    }
}
