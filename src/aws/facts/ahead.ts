import type { LakeFacts, PostureSettings, Witnessed } from '../../core/posture/facts.ts';
import { wasSeen } from '../../core/reading.ts';
import type * as organization from '../organization.ts';
import { ownerOf } from './account-trails.ts';
import { type Accounts, type Memory, openAccounts } from './accounts.ts';
import type { Named } from './aggregator.ts';
import type { Places } from './buckets.ts';
import { trailsForetold } from './foretold.ts';
import { lakeside, readLakes } from './lakes.ts';
import {
  type LeftOut,
  type Mapped,
  type MappedTrails,
  placesIn,
  readLeftOut,
  readMapped,
  readMappedTrails,
} from './mapped.ts';
import { type Membership, membersHeard } from './named-place.ts';
import type { Ground } from './reader.ts';
import { type SeenTrails, seenTrails } from './seen-trails.ts';
import { openSurroundings, type Surroundings } from './surroundings.ts';

/** What was begun while the organization is still being listed. */
export type Begun = {
  accounts: Accounts;
  trails: SeenTrails;
  surroundings: Surroundings;
  /** What the map tells of trails and of what they name; null where no aggregator unites the organization. */
  mapped(): Promise<Mapped | null> | null;
  lakes: Promise<LakeFacts[]>;
  /** Null where there is no aggregator to tell. */
  leftOut: Promise<LeftOut | null>;
};

/**
 * Whatever can be asked before the last account is listed, in the order in which a scan waits for it:
 * accounts as they are named, the trails that they see, and what stands around those. The aggregator knows
 * at once who owns a trail, so nobody waits for the page of accounts that this one is on: what it says
 * tells only whom to ask first, and of whom Organizations does not list in the end, nothing is used.
 */
export function goingAhead(
  ground: Ground,
  memory: Memory | null,
  { sensitiveBuckets }: PostureSettings,
  configRules: string[],
) {
  let begun: Begun | null = null;
  let mapped: Promise<Mapped | null> | null = null;
  let tellPlaces: (places: Places | Promise<Places>) => void = () => {};
  const places = new Promise<Places>((resolve) => {
    tellPlaces = resolve;
  });
  let tellMembers: (all: Membership | Promise<Membership>) => void = () => {};
  const members = membersHeard(
    new Promise<Membership>((resolve) => {
      tellMembers = resolve;
    }),
  );
  const accounts = openAccounts(ground, memory, {
    saw: (found) => begun?.trails.saw(found),
    united,
  });

  function united(
    aggregator: Named,
    before: Promise<Witnessed<MappedTrails>> | null,
  ): Promise<Witnessed<MappedTrails>> {
    const asked = before ?? readMappedTrails(ground, aggregator);
    mapped = namedOnTheMap(aggregator, asked);
    tellPlaces(mapped.then((told) => (told ? placesIn(told) : new Map())));
    // The map says so itself where it could not be asked.
    asked.then(aheadOf, () => {});
    return asked;
  }

  async function namedOnTheMap(
    aggregator: Named,
    asked: Promise<Witnessed<MappedTrails>>,
  ): Promise<Mapped | null> {
    const told = await asked;
    if (!wasSeen(told)) return null;
    const { rows } = told.seen;
    const sensitive = sensitiveBuckets.flatMap(({ by }) =>
      'name' in by && !by.name.includes('*') ? [by.name] : [],
    );
    const named = {
      buckets: [...new Set([...told.seen.buckets, ...sensitive])],
      keys: told.seen.keys,
    };
    const trailsOnly = { rows, buckets: [], keys: [], by: told.by };
    const all = await readMapped(ground, aggregator, named, trailsOnly);
    return wasSeen(all) ? { rows: all.seen, ...named, by: all.by } : trailsOnly;
  }

  function aheadOf(told: Witnessed<MappedTrails>): void {
    if (!wasSeen(told)) return;
    for (const { arn, account } of told.seen.rows) {
      const [, , service, homeRegion = ''] = arn.split(':');
      // Where Config shows members the organization's trail, it is not theirs.
      if (service !== 'cloudtrail' || ownerOf(arn) !== account) continue;
      void accounts.expect(account);
      begun?.trails.saw({ trails: { seen: [{ arn, homeRegion }], by: told.by } });
    }
  }

  return {
    /** An account was listed. */
    heard(account: { id: string; state: string }): Promise<void> {
      members.heard(account.id);
      return accounts.heard(account);
    },
    begin(about: organization.About): void {
      const going = accounts.begin(about);
      const surroundings = openSurroundings(ground, {
        isMember: members.isMember,
        aggregator: going.aggregators.then(({ best }) => best),
        places,
        configRules,
      });
      const trails = seenTrails(ground, about.administrators, accounts.regions, surroundings.saw);
      const lakes = Promise.all([
        about.managementAccount,
        about.administrators,
        going.aggregators,
      ]).then(([managementAccount, administrators, { best }]) =>
        readLakes(
          ground,
          lakeside({ self: about.self, managementAccount, administrators }),
          accounts.regions,
          { memory, aggregator: wasSeen(best) ? best.seen : null, map: going.map },
        ),
      );
      const leftOut = going.aggregators.then(({ best }) =>
        wasSeen(best) && best.seen ? readLeftOut(ground, best.seen) : null,
      );
      // Heard where they are awaited; neither of them waits for the last account.
      for (const one of [lakes, leftOut]) one.catch(() => {});
      begun = { accounts, trails, surroundings, mapped: () => mapped, lakes, leftOut };
      void going.rows.then(
        (rows) => {
          for (const trail of trailsForetold(rows)) trails.expect(trail);
        },
        () => {},
      );
      // Nobody proves it unchanged, and most of what is shared is its own.
      void about.managementAccount.then((id) => {
        if (id !== null) void accounts.own(id);
      });
      // Without an aggregator of the whole organization, buckets are looked for when all are known.
      const nobodyKnows = () => {
        if (mapped === null) tellPlaces(new Map());
      };
      going.aggregators.then(nobodyKnows, nobodyKnows);
    },
    begun: () => begun,
    /** All accounts were listed, or never will be. */
    ended: tellMembers,
  };
}
