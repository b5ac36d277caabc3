import type { Sighting, Witnessed } from '../../core/posture/facts.ts';
import {
  type KeptAccount,
  mayBeKept,
  organizationTrailsIn,
  UNCHANGED_WITHIN_MS,
  whyKept,
} from '../../core/posture/kept/keep.ts';
import type { KeptFrom } from '../../core/posture/kept/kept-rows.ts';
import { wasSeen } from '../../core/reading.ts';
import type { OrganizationMap } from './config-map.ts';

/** An account of an earlier scan that is not asked again, and why not. */
export type Kept = { row: KeptAccount; why: 'resumed' | 'unchanged' };

/**
 * Since when the map must tell of changes (ISO 8601 UTC), to prove accounts of earlier scans unchanged;
 * null where no scan before this one came to its end.
 */
export function changesMatterSince(rows: KeptAccount[], now: number): string | null {
  const read = rows.map(({ readAt }) => Date.parse(readAt)).filter((at) => at <= now);
  if (read.length === 0 || !rows.some((row) => row.finished)) return null;
  const oldest = Math.max(Math.min(...read), now - UNCHANGED_WITHIN_MS);
  // A minute more: Config's instants may be written to the second only.
  return new Date(oldest - 60_000).toISOString();
}

/** Who may still turn out to be kept; all others are asked without waiting for the map. */
export function whoMayBeKept(rows: KeptAccount[], now: string): Set<string> {
  const organizationTrails = organizationTrailsIn(rows);
  return new Set(
    rows.filter((row) => mayBeKept(row, organizationTrails, now)).map(({ account }) => account),
  );
}

/** `now` is the instant of this scan (ISO 8601 UTC), `self` the bot's own account as it was just read. */
export function whoIsKept(
  rows: KeptAccount[],
  now: string,
  self: { id: string; trails: Witnessed<Sighting[]> },
  managementAccount: string | null,
  map: OrganizationMap | null,
): Map<string, Kept> {
  const kept = new Map<string, Kept>();
  const before = rows.find(({ account }) => account === self.id)?.facts.trails;
  const about = {
    now,
    map,
    self: {
      id: self.id,
      before: before && wasSeen(before) ? before.seen : null,
      now: wasSeen(self.trails) ? self.trails.seen : null,
    },
    managementAccount,
  };
  const organizationTrails = organizationTrailsIn(rows);
  for (const row of rows) {
    const why = whyKept(row, organizationTrails, about);
    if (why) kept.set(row.account, { row, why });
  }
  return kept;
}

/** The newest of what was kept tells when the scan that it is from came to its end. */
export function keptFrom(used: Kept[], of: number): KeptFrom | null {
  if (used.length === 0) return null;
  const resumed = used.filter(({ why }) => why === 'resumed').length;
  const from =
    used
      .map(({ row }) => row.readAt)
      .sort()
      .at(-1) ?? '';
  return { resumed, unchanged: used.length - resumed, of, from };
}
