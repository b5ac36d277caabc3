import fc from 'fast-check';
import type { Batch } from '../../src/archive/batch.ts';
import { createBatchBuilder } from '../../src/archive/batch-builder.ts';
import { scannerModule } from '../../src/archive/open-scanner.ts';
import { LIMITS } from '../../src/archive/read-log-file.ts';
import { tokenIn, tokensOf, wordsIn } from '../../src/archive/tokens.ts';
import { callerWords } from '../../src/archive/vocabulary.ts';
import { leavesOf } from '../../src/core/evidence/leaves.ts';
import { parseEvent } from '../../src/core/evidence/parse-event.ts';
import { rowsOf, taken, tokensIn } from './batches.ts';
import { diceFrom, mutatedFile } from './mutated-files.ts';

// Each reads all files, one after the other: what it has met before must not change what it reads.
const scanning = createBatchBuilder(LIMITS, scannerModule());
const parsing = createBatchBuilder(LIMITS, scannerModule());

/** What is kept of a file. Of more answers than do, it may be said that they hold a key. */
function kept(batch: Batch) {
  const rows = rowsOf(batch).map(({ call, ...row }) => ({ ...row, call: call.slice(0, -1) }));
  // The parser counts lines, the scanner records.
  const troubles = batch.files.map((file) => file.troubles?.replace(/\b(line|record) \d+:? /g, ''));
  return { rows, troubles };
}

/** The words of a record that the index leaves out, since whoever asks for them asks all records. */
function unasked(text: string): string[] {
  const parsed = parseEvent(JSON.parse(text), '');
  if ('rejected' in parsed) throw new Error(parsed.rejected);
  const { event } = parsed;
  const values = leavesOf(event).flatMap(({ value }) => [value, ...wordsIn(value)]);
  const words = [...values, ...callerWords(event.record.userIdentity ?? null)];
  return words.filter((word) => tokensOf(word) === null);
}

// 400 files, most of them broken in some way.
test('what the scanner keeps of a file is what the parser keeps of it', async () => {
  let atOnce = 0;
  await fc.assert(
    fc.asyncProperty(fc.integer(), async (seed) => {
      const file = mutatedFile(diceFrom(seed));
      const scanned = await taken(file, scanning);
      const parsed = await taken(file, parsing, { slowly: true });
      expect(kept(scanned.batch)).toEqual(kept(parsed.batch));
      const tokens = tokensIn(scanned.batch);
      const wanted = tokensIn(parsed.batch);
      for (const word of rowsOf(parsed.batch).flatMap(({ text }) => unasked(text)))
        wanted.delete(tokenIn(word) ?? 0);
      expect([...wanted].filter((token) => !tokens.has(token))).toEqual([]);
      if (scanned.atOnce) atOnce += 1;
    }),
    // What is made of a number is not made smaller by a smaller number.
    { numRuns: 400, endOnFailure: true },
  );
  // Else nothing but the parser was held against itself.
  expect(atOnce).toBeGreaterThan(0);
}, 60_000);
