import { thingsAt } from '../changes.ts';
import type { AlarmSetup, KeySetup, LogGroupSetup, Scenario } from '../scenario.ts';
import type { World } from '../service.ts';
import type { BucketState, RecorderState, Things, TrailState } from '../world.ts';
import { isReachedByOrganizationTrails } from '../world.ts';
import type { Place } from './config-managed-rules.ts';

/** What Config sees of the organization at an instant, by account and region. */
export type View = { placeOf(account: string, region: string): Place };

/** What one recorder sees: things as they were at `instant` (epoch milliseconds), or when it stopped. */
export function viewOf(recorder: RecorderState, world: World, instant: number): View {
  if (recorder.seen === undefined) return viewAt(world, instant);
  return remembered(recorder.seen, () => indexed(recorder.seen as Things, world));
}

type Latest = { changes: number; trails: number; buckets: number; view: View };
const latest = new WeakMap<World, Latest>();

/** Made anew only where something came, went or changed since. */
function viewAt(world: World, instant: number): View {
  const last = world.changes.at(-1);
  if (last !== undefined && last.at.getTime() > instant) {
    return indexed(thingsAt(world, instant), world);
  }
  const changes = world.changes.length;
  const trails = world.trails.length;
  const buckets = world.buckets.size;
  const known = latest.get(world);
  if (known?.changes === changes && known.trails === trails && known.buckets === buckets) {
    return known.view;
  }
  const view = indexed(thingsAt(world, instant), world);
  latest.set(world, { changes, trails, buckets, view });
  return view;
}

const ofThings = new WeakMap<Things, View>();
function remembered(things: Things, make: () => View): View {
  const view = ofThings.get(things) ?? make();
  ofThings.set(things, view);
  return view;
}

function indexed({ trails, buckets }: Things, world: World): View {
  const ofOrganization = trails.filter(({ organization }) => organization);
  const own = grouped(trails, ({ account }) => account);
  const bucketsIn = grouped(buckets, placeName);
  const fixed = fixedIn(world.scenario);
  return {
    placeOf: (account, region) => {
      const place = `${account}/${region}`;
      const shared = isReachedByOrganizationTrails(world, account) ? ofOrganization : [];
      const seen = [
        ...(own.get(account) ?? []),
        ...shared.filter((trail) => trail.account !== account),
      ];
      return {
        account,
        region,
        trails: seen.filter(
          ({ homeRegion, multiRegion }: TrailState) => homeRegion === region || multiRegion,
        ),
        buckets: bucketsIn.get(place) ?? NO_BUCKETS,
        keys: fixed.keys.get(place) ?? [],
        logGroups: fixed.logGroups.get(place) ?? [],
        alarms: fixed.alarms.get(place) ?? [],
      };
    },
  };
}

const NO_BUCKETS: BucketState[] = [];

type Fixed = {
  keys: Map<string, KeySetup[]>;
  logGroups: Map<string, LogGroupSetup[]>;
  alarms: Map<string, AlarmSetup[]>;
};
const fixedThings = new WeakMap<Scenario, Fixed>();

/** To be called by whatever changes a log group or an alarm. */
export function forgetPlaces(scenario: Scenario): void {
  fixedThings.delete(scenario);
}

/** What no simulated call changes, or only one that says so. */
function fixedIn(scenario: Scenario): Fixed {
  const known = fixedThings.get(scenario);
  if (known) return known;
  const fixed = {
    keys: grouped(scenario.kmsKeys, placeName),
    logGroups: grouped(scenario.logGroups, placeName),
    alarms: grouped(scenario.alarms, placeName),
  };
  fixedThings.set(scenario, fixed);
  return fixed;
}

function placeName({ account, region }: { account: string; region: string }): string {
  return `${account}/${region}`;
}

function grouped<T>(all: T[], by: (one: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const one of all) {
    const key = by(one);
    const group = groups.get(key);
    if (group) group.push(one);
    else groups.set(key, [one]);
  }
  return groups;
}
