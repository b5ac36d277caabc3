import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Batch } from '../../src/archive/batch.ts';
import { openSegment, writeSegment } from '../../src/archive/segment.ts';
import { createDraft } from '../../src/archive/segment-draft.ts';
import { MOST_PARTS } from '../../src/archive/token-index.ts';

const ROWS_OF_PART = 1250;
const PARTS = 700;
const rows = ROWS_OF_PART * PARTS;
const numbers = () => new Uint32Array(rows);
/** Stands in this part alone. */
const tokenOf = (part: number) => Math.imul(part + 1, 0x9e3779b1);

/** What one file of half a gigabyte becomes: far more parts than a segment can number. */
const large: Batch = {
  rows,
  time: numbers(),
  call: numbers(),
  caller: numbers(),
  piece: numbers(),
  start: numbers(),
  length: numbers(),
  id: numbers(),
  id2: numbers(),
  calls: ['a call'],
  callers: ['a caller'],
  shared: new Uint32Array(0),
  pieces: [{ file: 0, bytes: 4 }],
  evidence: new Uint8Array(4),
  parts: Array.from({ length: PARTS }, (_, part) => ({
    rows: ROWS_OF_PART * (part + 1),
    tokens: Int32Array.of(tokenOf(part)),
  })),
  files: [{ name: 'a', size: 9, rows, troubles: null, again: false }],
};

test('of a file with more parts than can be numbered, every row is found by its tokens', () => {
  const folder = mkdtempSync(join(tmpdir(), 'draft-'));
  const draft = createDraft(rows);
  draft.add(large);
  writeSegment(join(folder, 'a.segment'), draft.draft());
  const segment = openSegment(join(folder, 'a.segment'));
  const missed = large.parts.flatMap((_, part) => {
    const covered = segment.partsWith(tokenOf(part)).some((found) => {
      const from = found === 0 ? 0 : (segment.partEnds[found - 1] as number);
      const to = segment.partEnds[found] as number;
      return from <= ROWS_OF_PART * part && to >= ROWS_OF_PART * (part + 1);
    });
    return covered ? [] : [part];
  });
  segment.close();
  rmSync(folder, { recursive: true });
  expect(missed).toEqual([]);
  expect(segment.partEnds.at(-1)).toBe(rows);
  expect(segment.partEnds.length).toBeLessThanOrEqual(MOST_PARTS);
  expect(segment.partEnds.length).toBeGreaterThan(MOST_PARTS / 3);
});
