import { addressIn } from '../core/evidence/address.ts';
import type { CloudTrailEvent } from '../core/evidence/event.ts';
import { matches } from '../core/evidence/match.ts';
import type { Plan } from '../core/questions/plan.ts';
import type { Columns } from './columns-in-duckdb.ts';
import type { Manifest } from './manifest.ts';
import { callRow, eventOfCall } from './row.ts';

/** Static SQL for the rows that a plan means, with its values; the lists it looks into are filled. */
export type Wanted = { where: string; values: { [name: string]: number } };

/** The calls of an archive by number, as events as far as a call tells. */
export type KnownCalls = Map<number, CloudTrailEvent>;

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

/** Null where no call fits, so that nothing need be counted. */
export async function wantedBy(
  plan: Plan,
  calls: KnownCalls,
  columns: Columns,
  files: string[],
): Promise<Wanted | null> {
  const ofCall = planOfCall(plan);
  const fitting = [...calls].filter(([, call]) => matches(ofCall, call) === 'yes');
  if (fitting.length === 0) return null;
  const parts = ['(time IS NULL OR (time >= $from AND time < $to))'];
  if (fitting.length < calls.size) {
    await columns.list(
      'wanted_calls',
      fitting.map(([id]) => id),
    );
    parts.push('call IN (SELECT one FROM wanted_calls)');
  }
  if (plan.via.length + plan.except.via.length > 0) {
    await columns.list(
      'wanted_vias',
      VIAS.filter(
        (one) =>
          (plan.via.length === 0 || plan.via.includes(one)) && !plan.except.via.includes(one),
      ),
    );
    parts.push('via IN (SELECT one FROM wanted_vias)');
  }
  if (plan.addresses.length + plan.except.addresses.length > 0) {
    const all = await columns.ask('SELECT DISTINCT address FROM read_parquet($files)', files);
    const fits = all
      .map(({ address }) => address as string | null)
      .filter((address) => isWantedFrom(plan, address));
    await columns.list(
      'wanted_addresses',
      fits.filter((address) => address !== null),
    );
    const nobody = fits.includes(null) ? ' OR address IS NULL' : '';
    parts.push(`(address IN (SELECT one FROM wanted_addresses)${nobody})`);
  }
  return { where: parts.join(' AND '), values: valuesOf(plan) };
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

function isWantedFrom({ addresses, except }: Plan, address: string | null): boolean {
  const inAny = (ranges: string[]) => ranges.some((range) => addressIn(address, range));
  return (addresses.length === 0 || inAny(addresses)) && !inAny(except.addresses);
}

const VIAS = ['console', 'cli', 'sdk', 'iac', 'service'] as const;
const SECONDS = 2 ** 32 - 1;

/** Seconds are what the columns keep: none lies between two of them. */
function valuesOf({ time }: Plan): Wanted['values'] {
  const second = (instant: string) =>
    Math.max(0, Math.min(SECONDS, Math.ceil(Date.parse(instant) / 1000)));
  return { from: second(time.from), to: second(time.to) };
}
