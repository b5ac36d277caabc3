import { z } from 'zod';
import { type ConfigMap, UNCHANGED_WITHIN_MS } from './keep.ts';

/**
 * Regions in which an earlier scan found no event data store of CloudTrail Lake, and whether that still
 * holds. A region that has a store is never kept: its stores are read anew by every scan.
 */

const Instant = z.string().refine((text) => !Number.isNaN(Date.parse(text)));
export const KeptLake = z.strictObject({
  account: z.string().regex(/^\d{12}$/),
  /** Those without a store. */
  regions: z.array(z.string().regex(/^[a-z0-9-]{1,32}$/)).max(100),
  /** The instant before the first of them was asked; ISO 8601 UTC. */
  at: Instant,
});
export type KeptLake = z.infer<typeof KeptLake>;

/** There are three deputies of CloudTrail at most, and a management account. */
const Written = z.strictObject({ version: z.literal(1), lakes: z.array(KeptLake).max(10) });

export function writtenLakes(lakes: KeptLake[]): string {
  return JSON.stringify({ version: 1, lakes } satisfies z.input<typeof Written>);
}

/** What a store kept; none where it is not ours: damaged, of another version, or of somebody else. */
export function lakesIn(text: string): KeptLake[] {
  try {
    const read = Written.safeParse(JSON.parse(text));
    return read.success ? read.data.lakes : [];
  } catch {
    // Not JSON is not ours: everything is read.
    return [];
  }
}

/**
 * The regions of an account that still have no store. Whoever records everything in every region, and
 * tells the aggregator in time, tells it of a store, too: `listed` are the places (`account/region`) where
 * the aggregator knows one; null where it could not be asked.
 */
export function stillWithoutStores(
  { account, regions, at }: KeptLake,
  ground: { now: string; map: ConfigMap | null; listed: ReadonlySet<string> | null },
): Set<string> {
  const { now, map, listed } = ground;
  const age = Date.parse(now) - Date.parse(at);
  if (!(age >= 0 && age <= UNCHANGED_WITHIN_MS)) return new Set();
  if (!map?.complete || !listed || !map.full.has(account)) return new Set();
  const troubled = map.troubled.get(account);
  return new Set(
    regions.filter(
      (region) =>
        map.regions.includes(region) &&
        !troubled?.has(region) &&
        !listed.has(`${account}/${region}`),
    ),
  );
}
