import { gunzipSync } from 'node:zlib';
import type { Batch } from '../../src/archive/batch.ts';
import type { BatchBuilder } from '../../src/archive/batch-builder.ts';
import { LIMITS } from '../../src/archive/read-log-file.ts';
import { takeFile } from '../../src/archive/take-file.ts';

/** What one file becomes, and whether it was taken at once. */
export async function taken(
  bytes: Uint8Array,
  builder: BatchBuilder,
  how: { slowly?: boolean } = {},
): Promise<{ batch: Batch; atOnce: boolean }> {
  let atOnce = false;
  const watched: BatchBuilder = {
    ...builder,
    scan(length) {
      atOnce = !how.slowly && builder.scan(length);
      return atOnce;
    },
  };
  await takeFile({ name: 'a', size: bytes.length, bytes }, watched, LIMITS);
  return { batch: builder.finish(), atOnce };
}

/** The rows of a batch, with all that is kept of each, and the text of its record. */
export function rowsOf(batch: Batch) {
  let at = 0;
  const texts = batch.pieces.map(({ bytes }) => {
    at += bytes;
    return gunzipSync(batch.evidence.subarray(at - bytes, at));
  });
  const shared = new Map<number, number[]>();
  for (let one = 0; one < batch.shared.length; one += 3)
    shared.set(batch.shared[one] as number, [...batch.shared.subarray(one + 1, one + 3)]);
  return Array.from({ length: batch.rows }, (_, row) => {
    const start = batch.start[row] as number;
    const text = texts[batch.piece[row] as number] as Buffer;
    return {
      time: batch.time[row],
      call: JSON.parse(batch.calls[batch.call[row] as number] as string) as unknown[],
      caller: batch.callers[batch.caller[row] as number],
      ids: [batch.id[row], batch.id2[row]],
      shared: shared.get(row) ?? null,
      text: text.toString('utf8', start, start + (batch.length[row] as number)),
    };
  });
}

export function tokensIn(batch: Batch): Set<number> {
  return new Set(batch.parts.flatMap(({ tokens }) => [...tokens].map((token) => token | 0)));
}
