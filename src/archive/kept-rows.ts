import type { Batch } from './batch.ts';

const COLUMNS = ['time', 'call', 'caller', 'piece', 'start', 'length', 'id', 'id2'] as const;

/** A batch without the rows whose byte in `dropped` is set; most often, it is the same. */
export function keptRows(batch: Batch, dropped: Uint8Array): Batch {
  if (!dropped.includes(1)) return batch;
  /** How many are kept before each row, and in all. */
  const before = new Uint32Array(batch.rows + 1);
  for (let row = 0; row < batch.rows; row += 1)
    before[row + 1] = (before[row] as number) + (dropped[row] === 1 ? 0 : 1);
  const rows = before[batch.rows] as number;
  const columns = COLUMNS.map((name) => {
    const kept = new Uint32Array(rows);
    for (let row = 0; row < batch.rows; row += 1)
      if (dropped[row] !== 1) kept[before[row] as number] = batch[name][row] as number;
    return [name, kept];
  });
  const shared: number[] = [];
  for (let at = 0; at < batch.shared.length; at += 3) {
    const [row = 0, ...hashes] = batch.shared.subarray(at, at + 3);
    if (dropped[row] !== 1) shared.push(before[row] as number, ...hashes);
  }
  return {
    ...batch,
    ...(Object.fromEntries(columns) as Pick<Batch, (typeof COLUMNS)[number]>),
    rows,
    shared: Uint32Array.from(shared),
    parts: batch.parts.map((part) => ({ ...part, rows: before[part.rows] as number })),
  };
}
