import { join } from 'node:path';
import type { KnownSegment, Manifest } from './manifest.ts';
import { openSegment, type Segment } from './segment.ts';

/** The segments of an archive, opened when they are needed and closed when others are needed more. */
export type Shelf = {
  all(): KnownSegment[];
  open(segment: KnownSegment): Segment;
  close(): void;
};

/** Open segments keep what was read of them: so many rows of it stay in memory, 12 bytes each where
 * they are counted, 28 where they are all looked at. */
const ROWS_OPEN = 12_000_000;
const SEGMENTS_OPEN = 400;

export function createShelf(directory: string, manifest: Manifest): Shelf {
  let version = -1;
  let known: KnownSegment[] = [];
  const opened = new Map<string, { segment: Segment; rows: number }>();
  let rows = 0;

  function put(file: string): void {
    const one = opened.get(file);
    if (!one) return;
    one.segment.close();
    rows -= one.rows;
    opened.delete(file);
  }

  return {
    all() {
      const now = manifest.version();
      if (now !== version) {
        known = manifest.segments();
        version = now;
        const files = new Set(known.map(({ file }) => file));
        for (const file of [...opened.keys()]) if (!files.has(file)) put(file);
      }
      return known;
    },
    open({ file, rows: more }) {
      const one = opened.get(file);
      if (one) {
        // What was used last is at the end.
        opened.delete(file);
        opened.set(file, one);
        return one.segment;
      }
      for (const [oldest] of opened) {
        if (rows + more <= ROWS_OPEN && opened.size < SEGMENTS_OPEN) break;
        put(oldest);
      }
      const segment = openSegment(join(directory, file));
      opened.set(file, { segment, rows: more });
      rows += more;
      return segment;
    },
    close() {
      for (const file of [...opened.keys()]) put(file);
    },
  };
}
