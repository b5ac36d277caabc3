import { addressIn } from '../core/evidence/address.ts';
import type { CloudTrailEvent } from '../core/evidence/event.ts';
import { parseEvent, withoutVersion } from '../core/evidence/parse-event.ts';
import type { Search } from '../core/evidence/source.ts';
import { rangeWords } from './address-words.ts';
import type { KnownSegment } from './manifest.ts';
import { UNDATED } from './record-fields.ts';
import { type CallRow, callerRow, callRow } from './row.ts';
import type { Segment } from './segment.ts';
import type { Shelf } from './shelf.ts';
import { mayHideLetters, pieceOf } from './telling-piece.ts';
import { together, tokensOf } from './tokens.ts';

/** A row that may be wanted, before its record is read. */
type Candidate = { segment: Segment; row: number; time: number };

export type Selected = { events: CloudTrailEvent[]; completeFrom: string | null };

/**
 * Every event that may match: by time, place and name from the columns, by identifiers from the index.
 * Of more than `most` only the newest are read.
 */
export function selectFrom(
  shelf: Shelf,
  search: Search,
  most = Number.POSITIVE_INFINITY,
): Selected {
  const wanted = wantedBy(search);
  let candidates: Candidate[] = [];
  let completeFrom: string | null = null;
  for (const known of shelf.all()) {
    if (!mayHold(known, search)) continue;
    for (const one of rowsOf(shelf.open(known), wanted)) candidates.push(one);
    // What is sure to be left out need not be remembered.
    if (candidates.length > 2 * most) {
      const cut = newest(candidates, most);
      candidates = cut.kept;
      completeFrom = later(completeFrom, cut.completeFrom);
    }
  }
  const cut = newest(candidates, most);
  return { events: read(cut.kept, wanted), completeFrom: later(completeFrom, cut.completeFrom) };
}

function later(one: string | null, other: string | null): string | null {
  return one === null || (other !== null && other > one) ? other : one;
}

/** What of a search the archive can tell by itself. */
type Wanted = {
  from: number;
  to: number;
  /** Of each group, a record must hold one of the tokens. */
  tokens: number[][];
  /** Of each group, the text of a record must hold one of these pieces. */
  pieces: string[][];
  call(call: CallRow): boolean;
  ids: Search['eventIds'];
  sharedIds: Search['sharedEventIds'];
  /** Null where every caller will do. */
  caller: ((address: string | null) => boolean) | null;
};

function wantedBy(search: Search): Wanted {
  const { accounts, regions, readOnly, addresses } = search;
  const names = new Set(search.eventNames.map(withoutVersion));
  const allAccounts = accounts === 'all' ? null : new Set(accounts);
  // Global services write their events in us-east-1; which of them are meant, the core knows.
  const allRegions = regions === 'all' ? null : new Set([...regions, 'us-east-1']);
  const groups: [ids: string[], tokensFor: (id: string) => number[] | null, inText: boolean][] = [
    [search.resources, tokensOf, true],
    [search.actors, tokensOf, true],
    [search.accessKeyIds, (id) => together([id]), true],
    // An id that was made of the record, because it has none, does not stand in it.
    [
      search.eventIds,
      (id) => together([id]),
      !search.eventIds.some((id) => id.startsWith('sha256-')),
    ],
    [search.sharedEventIds, (id) => together([id]), true],
    [addresses, (range) => wordsTogether(rangeWords(range)), false],
  ];
  const used = groups.filter(([ids]) => ids.length > 0);
  return {
    from: Math.floor(Date.parse(search.from) / 1000),
    to: Math.ceil(Date.parse(search.to) / 1000),
    tokens: used.flatMap(([ids, tokensFor]) => {
      const tokens = ids.map(tokensFor);
      return tokens.includes(null) ? [] : [[...new Set((tokens as number[][]).flat())]];
    }),
    pieces: used
      .filter(([, , inText]) => inText)
      .map(([ids]) => ids.map((id) => pieceOf(id).toLowerCase()))
      .filter((pieces) => !pieces.includes('')),
    ids: search.eventIds,
    sharedIds: search.sharedEventIds,
    call: (call) =>
      (allAccounts === null || allAccounts.has(call.account)) &&
      (allRegions === null || allRegions.has(call.region)) &&
      (names.size === 0 || names.has(withoutVersion(call.eventName))) &&
      (readOnly === null || call.readOnly === null || call.readOnly === readOnly),
    caller:
      addresses.length === 0
        ? null
        : (address) => addresses.some((range) => addressIn(address, range)),
  };
}

function wordsTogether(words: string[] | null): number[] | null {
  return words && together(words);
}

function mayHold(known: KnownSegment, { from, to, accounts, regions }: Search): boolean {
  const [start, end] = [Date.parse(from) / 1000, Date.parse(to) / 1000];
  return (
    (known.undated || (known.last >= start && known.first < end)) &&
    (accounts === 'all' || known.accounts.some((account) => accounts.includes(account))) &&
    (regions === 'all' ||
      known.regions.some((region) => region === 'us-east-1' || regions.includes(region)))
  );
}

function rowsOf(segment: Segment, { from, to, tokens, call, caller }: Wanted): Candidate[] {
  const parts = partsOf(segment, tokens);
  if (parts.length === 0) return [];
  const calls = segment.calls().map((key) => call(callRow(key)));
  if (!calls.includes(true)) return [];
  const callers = caller && segment.callers().map((key) => caller(callerRow(key).address));
  const [times, callOf] = [segment.column('time'), segment.column('call')];
  const callerOf = callers ? segment.column('caller') : null;
  const found: Candidate[] = [];
  for (const part of parts) {
    const end = segment.partEnds[part] as number;
    for (let row = part === 0 ? 0 : (segment.partEnds[part - 1] as number); row < end; row += 1) {
      const time = times[row] as number;
      // A record that lost its time may lie anywhere: the core decides.
      if (
        (time === UNDATED || (time >= from && time < to)) &&
        calls[callOf[row] as number] &&
        (callers === null || callerOf === null || callers[callerOf[row] as number])
      )
        found.push({ segment, row, time });
    }
  }
  return found;
}

/** The parts that may hold a token of every group. */
function partsOf(segment: Segment, groups: number[][]): number[] {
  let parts = segment.partEnds.map((_, part) => part);
  for (const tokens of groups) {
    if (parts.length === 0) return [];
    const held = new Set(tokens.flatMap((token) => segment.partsWith(token)));
    parts = parts.filter((part) => held.has(part));
  }
  return parts;
}

function newest(candidates: Candidate[], most: number) {
  if (candidates.length <= most) return { kept: candidates, completeFrom: null };
  const times = Float64Array.from(candidates, ({ time }) => time).sort();
  // Whatever has the time of the last one that fits may be cut in two, and is left out as a whole.
  const edge = times[times.length - most - 1] as number;
  return {
    kept: candidates.filter(({ time }) => time > edge),
    completeFrom: new Date((edge + 1) * 1000).toISOString().replace('.000Z', 'Z'),
  };
}

type OpenPiece = { segment: Segment; piece: number; text: Buffer; lower: string | null };

/** The records of these rows, piece by piece; most that hold none of the wanted texts are not parsed. */
function read(candidates: Candidate[], { pieces, ids, sharedIds }: Wanted): CloudTrailEvent[] {
  const events: CloudTrailEvent[] = [];
  let open: OpenPiece | null = null;
  for (const { segment, row } of candidates) {
    const piece = segment.column('piece')[row] as number;
    if (open === null || open.segment !== segment || open.piece !== piece) {
      const text = segment.textOf(piece);
      const lower = pieces.length > 0 ? text.toString('latin1').toLowerCase() : null;
      open = { segment, piece, text, lower };
    }
    const start = segment.column('start')[row] as number;
    const end = start + (segment.column('length')[row] as number);
    if (open.lower !== null && !mayMention(open.lower.slice(start, end), pieces)) continue;
    const parsed = parseEvent(
      JSON.parse(open.text.toString('utf8', start, end)),
      originOf(segment, piece),
    );
    // What is no record was told when it was taken in, and has no row.
    if ('rejected' in parsed) throw new Error(`${originOf(segment, piece)}: ${parsed.rejected}`);
    const { eventID, sharedEventID } = parsed.event;
    if (ids.length > 0 && !ids.includes(eventID)) continue;
    if (sharedIds.length > 0 && !sharedIds.includes(sharedEventID ?? '')) continue;
    events.push(parsed.event);
  }
  return events;
}

function originOf(segment: Segment, piece: number): string {
  const { names, pieces } = segment.pieces();
  return names[(pieces[piece] as [number, number])[0]] as string;
}

function mayMention(text: string, pieces: string[][]): boolean {
  return (
    pieces.every((group) => group.some((piece) => text.includes(piece))) || mayHideLetters(text)
  );
}
