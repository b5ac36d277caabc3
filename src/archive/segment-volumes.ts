import { setImmediate as others } from 'node:timers/promises';
import type { JsonObject } from '../core/json.ts';
import type { Volume } from '../core/posture/cost/volumes.ts';
import { bucketOf, type Category, kindOf, S3 } from './charged.ts';
import { UNDATED } from './record-fields.ts';
import { callRow } from './row.ts';
import type { Segment } from './segment.ts';

/** The events of one segment: a row for each account and region, day, kind and bucket that occurs. */
export type SegmentVolumes = {
  places: [account: string, region: string][];
  /** The first is none: of what is no data event of S3, or names no bucket. */
  buckets: [null, ...string[]];
  /** Days since 1970; codes count into `places`, `KINDS` and `buckets`. */
  rows: [place: number, day: number, kind: number, bucket: number, events: number][];
};

export const KINDS: Volume['kind'][] = [
  'management-read',
  'management-write',
  'data-read',
  'data-write',
  'network',
];

/** How long a segment is read on, in milliseconds, before whatever else waits has its turn. */
const TURN = 25;

/**
 * Counts a segment by what CloudTrail charges for. The columns tell all of it but the bucket of a data
 * event, which stands in the record; where `buckets` is false, these count without one.
 */
export async function volumesOf(segment: Segment, buckets: boolean): Promise<SegmentVolumes> {
  const [times, callOf] = [segment.column('time'), segment.column('call')];
  const places = numbered<[string, string]>();
  const names = numbered<string>();
  const calls = segment.calls().map((key) => {
    const call = callRow(key);
    if (call.category === 'insight') return null;
    const place = places.numberOf(`${call.account}/${call.region}`, [call.account, call.region]);
    const kind = KINDS.indexOf(kindOf(call.category, call.readOnly === true));
    return { place, kind, isOfObjects: isOfObjects(call) };
  });
  const bucketOfRow = buckets ? createBuckets(segment) : null;
  const counts = new Map<string, SegmentVolumes['rows'][number]>();
  let turn = performance.now();
  for (let row = 0; row < segment.rows; row += 1) {
    const call = calls[callOf[row] as number];
    const time = times[row] as number;
    if (!call || time === UNDATED) continue;
    const day = Math.floor(time / 86_400);
    let bucket = 0;
    if (call.isOfObjects && bucketOfRow) {
      const name = bucketOfRow(row);
      bucket = name === null ? 0 : 1 + names.numberOf(name, name);
      if (performance.now() - turn > TURN) {
        await others();
        turn = performance.now();
      }
    }
    const key = `${call.place} ${day} ${call.kind} ${bucket}`;
    const known = counts.get(key);
    if (known) known[4] += 1;
    else counts.set(key, [call.place, day, call.kind, bucket, 1]);
  }
  return { places: places.all, buckets: [null, ...names.all], rows: [...counts.values()] };
}

/** How many events there are whose bucket stands in the record alone; from a second (since 1970) on. */
export function objectEventsIn(segment: Segment, from = 0): number {
  const ofObjects = segment.calls().map((key) => isOfObjects(callRow(key)));
  if (!ofObjects.includes(true)) return 0;
  let many = 0;
  const [times, callOf] = [segment.column('time'), segment.column('call')];
  for (let row = 0; row < segment.rows; row += 1) {
    const time = times[row] as number;
    if (time >= from && time !== UNDATED && ofObjects[callOf[row] as number]) many += 1;
  }
  return many;
}

function isOfObjects({ category, eventSource }: { category: Category; eventSource: string }) {
  return category === 'data' && eventSource === S3;
}

/** The bucket of a record. Rows come in the order of their pieces, so that each is inflated once. */
function createBuckets(segment: Segment): (row: number) => string | null {
  const [pieces, starts, lengths] = [
    segment.column('piece'),
    segment.column('start'),
    segment.column('length'),
  ];
  let open: { piece: number; text: Buffer } = { piece: -1, text: Buffer.alloc(0) };
  return (row) => {
    const piece = pieces[row] as number;
    if (open.piece !== piece) open = { piece, text: segment.textOf(piece) };
    const start = starts[row] as number;
    const record = open.text.toString('utf8', start, start + (lengths[row] as number));
    return bucketOf(JSON.parse(record) as JsonObject);
  };
}

function numbered<T>() {
  const all: T[] = [];
  const numbers = new Map<string, number>();
  return {
    all,
    numberOf(key: string, value: T): number {
      const number = numbers.get(key) ?? all.length;
      if (number === all.length) all.push(value);
      numbers.set(key, number);
      return number;
    },
  };
}
