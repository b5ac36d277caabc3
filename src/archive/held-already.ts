import { join } from 'node:path';
import { parseEvent } from '../core/evidence/parse-event.ts';
import type { Batch } from './batch.ts';
import { hashIn, secondHashIn, type Text, textOf } from './hashes.ts';
import type { KnownSegment } from './manifest.ts';
import { idHashesOf, isUuid, UNDATED } from './record-fields.ts';
import { type CallRow, callRow } from './row.ts';
import { openSegment, type Segment } from './segment.ts';
import { keptOf } from './segment-draft.ts';
import { partsByToken } from './token-index.ts';

/** What the archive has of an event that comes now. */
export const HELD = { no: 0, atAnotherTime: 1, yes: 2 } as const;

/**
 * By batch and row: does the archive hold this event already? Only segments with the same account, region
 * and day are asked: the copies that trails deliver of one event agree in all three. Segments are opened
 * one after the other, so that it takes the memory of one.
 */
export function heldAlready(
  batches: Batch[],
  segments: KnownSegment[],
  directory: string,
): Uint8Array[] {
  const asked = batches.map((batch) => ({
    batch,
    calls: batch.calls.map(callRow),
    held: new Uint8Array(batch.rows),
  }));
  for (const known of segments) {
    const concerned = asked.filter(({ calls }) => calls.some((call) => isIn(call, known)));
    if (concerned.length === 0) continue;
    const segment = openSegment(join(directory, known.file));
    try {
      const holds = holder(segment);
      const spans = spansOf(segment, known);
      for (const one of concerned) ask(holds, spans, one);
    } finally {
      segment.close();
    }
  }
  return asked.map(({ held }) => held);
}

type Asked = { batch: Batch; calls: CallRow[]; held: Uint8Array };

function isIn({ account, region }: CallRow, { accounts, regions }: KnownSegment): boolean {
  return accounts.includes(account) && regions.includes(region);
}

/** The manifest knows accounts and regions of a segment, but not which of them go together. */
const placeOf = ({ account, region }: CallRow) => `${account}/${region}`;

/** Seconds between which a segment has events of a place. */
type Span = { first: number; last: number; undated: boolean };

function spansOf(segment: Segment, known: KnownSegment): Map<string, Span> {
  const calls = segment.calls();
  const first = new Uint32Array(calls.length).fill(UNDATED);
  const last = new Uint32Array(calls.length);
  const undated = new Uint8Array(calls.length);
  const [callOf, times] = [segment.column('call'), segment.column('time')];
  for (let row = 0; row < segment.rows; row += 1) {
    const call = callOf[row] as number;
    const time = times[row] as number;
    if (time === UNDATED) undated[call] = 1;
    else {
      if (time < (first[call] as number)) first[call] = time;
      if (time > (last[call] as number)) last[call] = time;
    }
  }
  const spans = new Map<string, Span>();
  for (const [call, key] of calls.entries()) {
    const place = placeOf(callRow(key));
    const span = spans.get(place) ?? { first: UNDATED, last: 0, undated: false };
    spans.set(place, span);
    span.undated ||= undated[call] === 1;
    // What has lost its time may be of any day of the segment.
    span.first = span.undated ? known.first : Math.min(span.first, first[call] as number);
    span.last = span.undated ? known.last : Math.max(span.last, last[call] as number);
  }
  return spans;
}

function ask(holds: Holds, spans: Map<string, Span>, { batch, calls, held }: Asked): void {
  const spanOf = calls.map((call) => spans.get(placeOf(call)) ?? null);
  if (spanOf.every((span) => span === null)) return;
  for (let row = 0; row < batch.rows; row += 1) {
    const time = batch.time[row] as number;
    const span = spanOf[batch.call[row] as number];
    if (!span || !isOfItsDays(time, span)) continue;
    const found = holds(batch.id[row] as number, batch.id2[row] as number, time);
    if (found > (held[row] as number)) held[row] = found;
  }
}

const DAY = 86_400;

function isOfItsDays(time: number, { first, last, undated }: Span): boolean {
  return time === UNDATED ? undated : time >= first - DAY && time <= last + DAY;
}

type Holds = (id: number, id2: number, time: number) => number;

function holder(segment: Segment): Holds {
  let partsWith: ReturnType<typeof partsByToken> | null = null;
  const isEvent = eventsIn(segment);
  return (id, id2, time) => {
    if (!partsWith) {
      const { shape, bytes } = segment.index();
      partsWith = partsByToken(shape, bytes);
    }
    const parts = partsWith(id);
    if (parts.length === 0) return HELD.no;
    const others: number[] = [];
    for (const part of parts) {
      const [ids, times] = [segment.column('id2'), segment.column('time')];
      const end = segment.partEnds[part] as number;
      for (let row = part === 0 ? 0 : (segment.partEnds[part - 1] as number); row < end; row += 1) {
        // Few bits of an id are kept, which may be another one's: the record tells.
        if (ids[row] !== keptOf(id2)) continue;
        if (times[row] !== time) others.push(row);
        else if (isEvent(row, id, id2)) return HELD.yes;
      }
    }
    return others.some((row) => isEvent(row, id, id2)) ? HELD.atAnotherTime : HELD.no;
  };
}

/** Whether the record of a row is the event with these hashes. Copies come file by file, as they did before. */
function eventsIn(segment: Segment) {
  let open: { piece: number; text: Text } | null = null;
  return (row: number, id: number, id2: number): boolean => {
    const piece = segment.column('piece')[row] as number;
    if (open?.piece !== piece) open = { piece, text: textOf(segment.textOf(piece)) };
    const start = segment.column('start')[row] as number;
    const [one, other] = idOf(open.text, start, start + (segment.column('length')[row] as number));
    return one !== undefined && other !== undefined && one >>> 0 === id && other >>> 0 === id2;
  };
}

const NAME = Buffer.from('"eventID"');
const ID = NAME.length + 2;

/** The hashes of what tells a record from all others: of its one `eventID`, or whatever the core makes of it. */
function idOf({ bytes, words }: Text, start: number, end: number): number[] {
  const record = bytes.subarray(start, end);
  const name = record.indexOf(NAME);
  const at = start + name + ID;
  const isPlain = name >= 0 && record.indexOf(NAME, name + 1) < 0 && isUuid(bytes, at, at + 36);
  if (isPlain && record.toString('latin1', name + NAME.length, name + ID) === ':"')
    return [hashIn(words, at, at + 36), secondHashIn(words, at, at + 36)];
  const parsed = parseEvent(JSON.parse(record.toString()), '');
  return 'rejected' in parsed ? [] : idHashesOf(parsed.event);
}
