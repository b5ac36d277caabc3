import { addressIn } from '../core/evidence/address.ts';
import type { CloudTrailEvent } from '../core/evidence/event.ts';
import { matches } from '../core/evidence/match.ts';
import type { Plan } from '../core/questions/plan.ts';
import type { Columns, Values } from './columns-in-duckdb.ts';
import type { KnownSegment, Manifest } from './manifest.ts';
import { callRow, eventOfCall } from './row.ts';

/** The calls of an archive by number, as events as far as a call tells. */
export type KnownCalls = Map<number, CloudTrailEvent>;

/** What rows must fulfil that a plan means: static SQL, with its values. */
export type Wanted = {
  /** The calls that the plan means. */
  calls: KnownCalls;
  time: string;
  call: string;
  caller: string;
  values: Values;
};

/** What is asked of rows that have a time. */
export const DATED = 'time >= $from AND time < $to';

/** Stands where nothing is asked of a row. */
export const ANY = 'true';

/** Read again where there may be more of them. */
export function createKnownCalls(manifest: Manifest): () => KnownCalls {
  let version = -1;
  let calls: KnownCalls = new Map();
  return () => {
    const now = manifest.version();
    if (now !== version)
      calls = new Map(manifest.calls().map(({ id, key }) => [id, eventOfCall(callRow(key))]));
    version = now;
    return calls;
  };
}

export function wantedCalls(plan: Plan, calls: KnownCalls): KnownCalls {
  const ofCall = planOfCall(plan);
  return new Map([...calls].filter(([, call]) => matches(ofCall, call) === 'yes'));
}

/** What of a plan speaks of the call alone. */
function planOfCall(plan: Plan): Plan {
  const always = { from: '1970-01-01T00:00:00Z', to: '2200-01-01T00:00:00Z' };
  return {
    ...plan,
    time: { ...plan.time, ...always, assumed: true },
    addresses: [],
    via: [],
    except: { ...plan.except, via: [], addresses: [] },
  };
}

/** The segments that may hold what is wanted: of the time asked for, and of places where such a call was made. */
export function nearSegments(
  segments: KnownSegment[],
  plan: Plan,
  wanted: KnownCalls,
): KnownSegment[] {
  const { from, to } = secondsOf(plan);
  const accounts = new Set([...wanted.values()].map(({ account }) => account));
  const regions = new Set([...wanted.values()].map(({ region }) => region));
  return segments.filter(
    (one) =>
      (one.undated || (one.last >= from && one.first < to)) &&
      one.accounts.some((account) => accounts.has(account)) &&
      one.regions.some((region) => regions.has(region)),
  );
}

/** Null where nobody called from where the plan says, so that nothing need be counted. */
export async function wantedBy(
  plan: Plan,
  calls: KnownCalls,
  wanted: KnownCalls,
  columns: Columns,
  files: string[],
): Promise<Wanted | null> {
  const values: Values = secondsOf(plan);
  const caller: string[] = [];
  if (plan.via.length + plan.except.via.length > 0) {
    values.vias = VIAS.filter((via) => isWantedVia(plan, via));
    if (values.vias.length === 0) return null;
    caller.push('via IN $vias');
  }
  if (plan.addresses.length + plan.except.addresses.length > 0) {
    const all = await columns.ask('SELECT DISTINCT address FROM read_parquet($files)', files);
    const fitting = all
      .map(({ address }) => address as string | null)
      .filter((address) => isWantedFrom(plan, address));
    values.addresses = fitting.filter((address) => address !== null);
    const [some, nobody] = [values.addresses.length > 0, fitting.includes(null)];
    if (!some && !nobody) return null;
    const parts = [
      ...(some ? ['address IN (SELECT unnest($addresses))'] : []),
      ...(nobody ? ['address IS NULL'] : []),
    ];
    caller.push(`(${parts.join(' OR ')})`);
  }
  if (wanted.size < calls.size) values.calls = bitsOf(wanted, calls);
  return {
    calls: wanted,
    time: `(time IS NULL OR (${DATED}))`,
    call: values.calls ? 'get_bit($calls, call::INTEGER) = 1' : ANY,
    caller: caller.length > 0 ? caller.join(' AND ') : ANY,
    values,
  };
}

/** A bit for each number is looked up in no time, however many calls there are. */
function bitsOf(wanted: KnownCalls, calls: KnownCalls): boolean[] {
  let last = 0;
  for (const id of calls.keys()) last = Math.max(last, id);
  return Array.from({ length: last + 1 }, (_, id) => wanted.has(id));
}

const VIAS = ['console', 'cli', 'sdk', 'iac', 'service'] as const;

function isWantedVia(plan: Plan, via: (typeof VIAS)[number]): boolean {
  return (plan.via.length === 0 || plan.via.includes(via)) && !plan.except.via.includes(via);
}

function isWantedFrom({ addresses, except }: Plan, address: string | null): boolean {
  const inAny = (ranges: string[]) => ranges.some((range) => addressIn(address, range));
  return (addresses.length === 0 || inAny(addresses)) && !inAny(except.addresses);
}

const SECONDS = 2 ** 32 - 1;

/** Seconds are what the columns keep: none lies between two of them. */
export function secondsOf({ time }: Pick<Plan, 'time'>): { from: number; to: number } {
  const second = (instant: string) =>
    Math.max(0, Math.min(SECONDS, Math.ceil(Date.parse(instant) / 1000)));
  return { from: second(time.from), to: second(time.to) };
}
