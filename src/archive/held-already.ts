import { parseEvent } from '../core/evidence/parse-event.ts';
import type { Batch } from './batch.ts';
import { idHashesOf, UNDATED } from './record-fields.ts';
import { callRow } from './row.ts';
import type { Segment } from './segment.ts';
import { keptOf } from './segment-draft.ts';
import type { Shelf } from './shelf.ts';
import { partsWith } from './token-index.ts';

/**
 * Does the archive hold an event already? Only segments with the same accounts, regions and times are
 * asked: the copies that trails deliver of one event agree in all three.
 */
export function heldAlready(batch: Batch, shelf: Shelf, indexes: Indexes): Held {
  const calls = batch.calls.map(callRow);
  const accounts = new Set(calls.map(({ account }) => account));
  const regions = new Set(calls.map(({ region }) => region));
  let [first, last, undated] = [UNDATED, 0, false];
  for (const time of batch.time) {
    if (time === UNDATED) undated = true;
    else [first, last] = [Math.min(first, time), Math.max(last, time)];
  }
  const asked = shelf
    .all()
    .filter(
      (one) =>
        ((one.first <= last && one.last >= first) || (undated && one.undated)) &&
        one.accounts.some((account) => accounts.has(account)) &&
        one.regions.some((region) => regions.has(region)),
    )
    .map((one) => holder(shelf.open(one), indexes));
  return (id, id2, time) => {
    let retimed = false;
    for (const holds of asked) {
      const held = holds(id, id2, time);
      if (held === 'yes') return held;
      retimed ||= held === 'at-another-time';
    }
    return retimed ? 'at-another-time' : 'no';
  };
}

/** Indexes that are kept in memory while a segment is made. */
const INDEXES = 16;
export type Indexes = Map<Segment, ReturnType<Segment['index']>>;

export type Held = (id: number, id2: number, time: number) => 'yes' | 'no' | 'at-another-time';

function holder(segment: Segment, indexes: Indexes): Held {
  const index = indexes.get(segment) ?? segment.index();
  const [oldest] = indexes.keys();
  if (oldest && indexes.size >= INDEXES) indexes.delete(oldest);
  indexes.set(segment, index);
  const read = (at: number, length: number) => index.bytes.subarray(at, at + length);
  const isEvent = eventsIn(segment);
  return (id, id2, time) => {
    let retimed = false;
    for (const part of partsWith(id >>> 0, index.shape, read)) {
      const ids = segment.column('id2');
      const end = segment.partEnds[part] as number;
      for (let row = part === 0 ? 0 : (segment.partEnds[part - 1] as number); row < end; row += 1) {
        // Few bits of an id are kept, which may be another one's: the record tells.
        if (ids[row] !== keptOf(id2) || !isEvent(row, id, id2)) continue;
        if (segment.column('time')[row] === time) return 'yes';
        retimed = true;
      }
    }
    return retimed ? 'at-another-time' : 'no';
  };
}

/** Whether the record of a row is the event with these hashes. Copies come file by file, as they did before. */
function eventsIn(segment: Segment) {
  let open: { piece: number; text: Buffer } | null = null;
  return (row: number, id: number, id2: number): boolean => {
    const piece = segment.column('piece')[row] as number;
    if (open?.piece !== piece) open = { piece, text: segment.textOf(piece) };
    const start = segment.column('start')[row] as number;
    const end = start + (segment.column('length')[row] as number);
    const parsed = parseEvent(JSON.parse(open.text.toString('utf8', start, end)), '');
    if ('rejected' in parsed) return false;
    const [one, other] = idHashesOf(parsed.event);
    return one >>> 0 === id >>> 0 && other >>> 0 === id2 >>> 0;
  };
}
