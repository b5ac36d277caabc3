import { wasSeen } from '../../reading.ts';
import type { AccountFacts, Sighting } from '../facts.ts';

/**
 * Which accounts of an earlier scan need not be read again. It is a pure decision, and a shy one: an
 * account is kept only where everything speaks for it, and whoever doubts reads.
 */

/** What of an account is remembered: all that was read in it, and nothing that was not seen. */
export type KeptAccount = {
  account: string;
  /** When it was read; ISO 8601 UTC. */
  readAt: string;
  /** Whether the scan that read it came to its end. */
  finished: boolean;
  facts: KeptFacts;
};

/** Without names and OUs, which every scan reads anew; `recorders` null: the map told them. */
export type KeptFacts = Pick<AccountFacts, 'regions' | 'optedIn' | 'trails'> & {
  recorders: AccountFacts['recorders'] | null;
};

/** What Config's aggregator says of all accounts, with its gaps. */
export type ConfigMap = {
  /** The regions that it was asked about. */
  regions: readonly string[];
  /** Accounts whose own recorder runs in every one of them … */
  everywhere: ReadonlySet<string>;
  /** … or, by region, where it does; empty where nobody asked so closely. */
  recording: ReadonlyMap<string, ReadonlySet<string>>;
  /** Those of `everywhere` that record everything as it happens: what is left out, nobody notices. */
  full: ReadonlySet<string>;
  /** The newest capture of a trail or recorder of an account; milliseconds since 1970. */
  changed: ReadonlyMap<string, number>;
  /** The trails that an account owns, by ARN. */
  trails: ReadonlyMap<string, readonly string[]>;
  /** The regions of an account whose data is late or missing. */
  troubled: ReadonlyMap<string, ReadonlySet<string>>;
  /** Whether every question was answered to the end; a map with holes proves nobody unchanged. */
  complete: boolean;
};

export type Ground = {
  /** ISO 8601 UTC. */
  now: string;
  /** Null: there is no aggregator, or it could not be asked. */
  map: ConfigMap | null;
  /** The bot's own account, which is always read: what it saw then, and what it sees now. */
  self: { id: string; before: Sighting[] | null; now: Sighting[] | null };
  managementAccount: string | null;
};

/** A scan that died is taken up again within an hour; what Config proves unchanged holds for a day. */
const RESUMED_WITHIN_MS = 3_600_000;
export const UNCHANGED_WITHIN_MS = 86_400_000;

/** Why an account may be kept; null: it must be read. */
export function whyKept(
  kept: KeptAccount,
  organizationTrails: ReadonlySet<string>,
  ground: Ground,
): 'resumed' | 'unchanged' | null {
  const { account, facts, finished } = kept;
  const { now, map, self, managementAccount } = ground;
  const age = Date.parse(now) - Date.parse(kept.readAt);
  // Not a number where the clock or the row is broken, negative where the clock went back.
  if (!(age >= 0)) return null;
  if (account === self.id || account === managementAccount) return null;
  if (!allSeen(facts)) return null;
  if (!finished) return age <= RESUMED_WITHIN_MS ? 'resumed' : null;
  if (age > UNCHANGED_WITHIN_MS || !map?.complete) return null;
  if (!sameTrails(self.before, self.now)) return null;
  return provenUnchanged(kept, organizationTrails, map) ? 'unchanged' : null;
}

/**
 * Whether an account may still turn out to be kept, as far as its row alone tells: whoever certainly is not
 * need not wait for the map to be read.
 */
export function mayBeKept(
  kept: KeptAccount,
  organizationTrails: ReadonlySet<string>,
  now: string,
): boolean {
  const age = Date.parse(now) - Date.parse(kept.readAt);
  if (!(age >= 0 && age <= UNCHANGED_WITHIN_MS) || !allSeen(kept.facts)) return false;
  return !kept.finished || seesAll(kept.facts, organizationTrails);
}

/** Nothing of it may be unseen: what could not be looked at then is looked at now. */
export function allSeen({ regions, optedIn, trails, recorders }: KeptFacts): boolean {
  if (!wasSeen(regions) || !wasSeen(optedIn) || !wasSeen(trails)) return false;
  return (
    recorders === null || (wasSeen(recorders) && recorders.seen.every((one) => wasSeen(one.state)))
  );
}

function provenUnchanged(
  { account, readAt, facts }: KeptAccount,
  organizationTrails: ReadonlySet<string>,
  map: ConfigMap,
): boolean {
  const { regions, trails } = facts;
  if (!wasSeen(regions) || !wasSeen(trails)) return false;
  if ((map.troubled.get(account)?.size ?? 0) > 0) return false;
  // Only a recorder that runs notices a new trail: one region without, and the map is blind there.
  if (!map.full.has(account) || !sameMembers(regions.seen, map.regions)) return false;
  if ((map.changed.get(account) ?? 0) >= Date.parse(readAt)) return false;
  const own = trails.seen.filter(({ arn }) => isOwned(arn, account)).map(({ arn }) => arn);
  if (!sameMembers(own, map.trails.get(account) ?? [])) return false;
  // Whom the organization's trails did not all reach may have been reached since.
  return seesAll(facts, organizationTrails);
}

function seesAll({ trails }: KeptFacts, organizationTrails: ReadonlySet<string>): boolean {
  if (!wasSeen(trails)) return false;
  const seen = new Set(trails.seen.map(({ arn }) => arn));
  return [...organizationTrails].every((arn) => seen.has(arn));
}

/** The trails of others that accounts saw: only the organization's are seen from outside their owner. */
export function organizationTrailsIn(kept: Iterable<KeptAccount>): Set<string> {
  const foreign = new Set<string>();
  for (const { account, facts } of kept)
    if (wasSeen(facts.trails))
      for (const { arn } of facts.trails.seen) if (!isOwned(arn, account)) foreign.add(arn);
  return foreign;
}

function isOwned(arn: string, account: string): boolean {
  return arn.split(':')[4] === account;
}

function sameTrails(before: Sighting[] | null, now: Sighting[] | null): boolean {
  if (before === null || now === null) return false;
  return sameMembers(
    before.map(({ arn }) => arn),
    now.map(({ arn }) => arn),
  );
}

function sameMembers(some: readonly string[], others: readonly string[]): boolean {
  const left = new Set(some);
  const right = new Set(others);
  return left.size === right.size && [...left].every((one) => right.has(one));
}
