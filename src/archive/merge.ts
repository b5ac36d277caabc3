import { columnsFile, type Place, removed, written } from './commit.ts';
import type { KnownSegment } from './manifest.ts';
import type { Segment } from './segment.ts';
import { createDraft, type Draft } from './segment-draft.ts';
import { MOST_PARTS, tokensOfParts } from './token-index.ts';

/** Segments of about one size are merged, so that no event is written again more than a few times. */
const TIERS = [
  { rows: 4_000, atLeast: 8 },
  { rows: 32_000, atLeast: 8 },
  { rows: 110_000, atLeast: 2 },
];
/** What one merge writes at the most, however large the archive is. */
const MOST_ROWS = 220_000;
const MOST_BYTES = 80 * 1024 * 1024;

/** Makes one segment of several small ones, where there are so many. Answers whether there were. */
export async function mergeSmall(place: Place, fileName: () => string): Promise<boolean> {
  const { directory, manifest, shelf } = place;
  const merged = await manifest.exclusively(async () => {
    const some = worthMerging(shelf.all());
    if (some.length === 0) return [];
    const draft = draftOf(some.map((one) => shelf.open(one)));
    const segment = await written(
      place,
      fileName(),
      draft,
      some.map(({ file }) => file),
    );
    // Columns that an older version wrote are no newer when they are joined.
    manifest.addSegment({ ...segment, facts: Math.min(...some.map(({ facts }) => facts)) });
    manifest.dropSegments(some.map(({ id }) => id));
    return some;
  });
  for (const { file } of merged) {
    removed(directory, file);
    removed(directory, columnsFile(file));
  }
  return merged.length > 0;
}

function worthMerging(all: KnownSegment[]): KnownSegment[] {
  let smallest = 0;
  for (const { rows, atLeast } of TIERS) {
    // In the order they came: what came together is of one time.
    const alike = all
      .filter((one) => one.rows >= smallest && one.rows < rows)
      .toSorted((a, b) => a.id - b.id);
    const some: KnownSegment[] = [];
    const room = { rows: MOST_ROWS, bytes: MOST_BYTES, parts: MOST_PARTS };
    for (const one of alike) {
      if (one.rows > room.rows || one.bytes > room.bytes || one.parts > room.parts) continue;
      some.push(one);
      room.rows -= one.rows;
      room.bytes -= one.bytes;
      room.parts -= one.parts;
    }
    if (some.length >= atLeast) return some;
    smallest = rows;
  }
  return [];
}

/** The rows of several segments, one behind the other. */
function draftOf(segments: Segment[]): Draft {
  const draft = createDraft(segments.reduce((sum, { rows }) => sum + rows, 0));
  for (const segment of segments) {
    const { names, pieces } = segment.pieces();
    const index = segment.index();
    draft.append({
      rows: segment.rows,
      columns: {
        time: segment.column('time'),
        call: segment.column('call'),
        caller: segment.column('caller'),
        piece: segment.column('piece'),
        start: segment.column('start'),
        length: segment.column('length'),
        id2: segment.column('id2'),
      },
      calls: segment.calls(),
      callers: segment.callers(),
      names,
      pieces,
      evidence: segment.evidence(),
      partEnds: segment.partEnds,
      tokens: tokensOfParts(index.shape, index.bytes, segment.partEnds.length),
    });
  }
  return draft.draft();
}
