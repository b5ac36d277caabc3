import type { Witnessed } from '../../core/posture/facts.ts';
import type { KeptAccount } from '../../core/posture/kept/keep.ts';
import { wasSeen } from '../../core/reading.ts';
import type { Begun, Memory } from './accounts.ts';
import type { Likely } from './aggregator.ts';
import { type OrganizationMap, readMap } from './config-map.ts';
import type { Foretold } from './foretold.ts';
import { changesMatterSince, type Kept, whoIsKept } from './kept-accounts.ts';
import type { MappedTrails } from './mapped.ts';
import type { Ground } from './reader.ts';

/** The map, on its way while the accounts are read; null where there is none, or too few to ask it. */
export async function mapOf(
  ground: Ground,
  {
    aggregators,
    mine,
    rows,
    many,
    foretold,
    trails,
  }: Pick<Begun, 'aggregators' | 'mine'> & {
    rows: Promise<KeptAccount[]>;
    many: Promise<boolean>;
    foretold: Promise<Foretold | null>;
    trails: () => Promise<Witnessed<MappedTrails>> | null;
  },
): Promise<OrganizationMap | null> {
  const [{ best }, { found }, kept] = await Promise.all([aggregators, mine, rows]);
  if (!wasSeen(best) || !best.seen || !wasSeen(found.regions) || !(await many)) return null;
  const told = await foretold;
  const before = told?.isOf(best.seen) ? told.map(found.regions.seen) : null;
  if (before !== null) return before;
  const since = changesMatterSince(kept, ground.now().getTime());
  return readMap(ground, best.seen, found.regions.seen, since, trails());
}

export async function keptOf(
  ground: Ground,
  { self: id, managementAccount }: Likely,
  { mine, rows, map }: Pick<Begun, 'mine' | 'map'> & { rows: Promise<KeptAccount[]> },
): Promise<ReadonlyMap<string, Kept>> {
  const all = await rows;
  if (all.length === 0) return new Map();
  const [{ found }, manager, told] = await Promise.all([mine, managementAccount, map]);
  const now = ground.now().toISOString();
  return whoIsKept(all, now, { id, trails: found.trails }, manager, told);
}

/** What is kept is read while the first answers are awaited: thousands of rows would hold up their questions. */
export async function rowsOf(memory: Memory | null): Promise<KeptAccount[]> {
  await new Promise((resolve) => setImmediate(resolve));
  return (await memory?.kept()) ?? [];
}

/** Null where it failed: whoever awaits it next is told why. */
export function settled<T>(promise: Promise<T>): Promise<T | null> {
  return promise.catch(() => null);
}
