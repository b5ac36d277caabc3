import { inLanes } from '../../core/concurrently.ts';
import type {
  BucketFacts,
  BucketProtection,
  KeyFacts,
  LogGroupFacts,
  Witnessed,
} from '../../core/posture/facts.ts';
import { wasSeen } from '../../core/reading.ts';
import type { Where } from '../session.ts';
import { LANES } from './accounts.ts';
import type { Aggregator } from './aggregator.ts';
import { readProtection } from './bucket-protection.ts';
import type { Places } from './buckets.ts';
import { type OnConfigsMap, openWords, placesOfConfig } from './config-word.ts';
import { readKey } from './keys.ts';
import type { Topics } from './listeners.ts';
import { readLogGroup } from './log-groups.ts';
import { type Membership, placeIn } from './named-place.ts';
import type { Ground } from './reader.ts';
import type { TrailSet } from './trails.ts';

type Place = BucketFacts['place'];

/** What the surroundings of trails depend on; promises, since trails are read before all of it is known. */
export type Standing = Membership & {
  aggregator: Promise<Witnessed<Aggregator | null>>;
  /** Where buckets are, as far as one question to the aggregator told it. */
  places: Promise<Places>;
  configRules: string[];
};

/**
 * What stands around trails: their buckets, keys and log groups, and what Config says of all of them. Each
 * is read once for whoever asks, and begun as soon as the settings of a trail name it: what waits for the
 * last account would make every scan some answers longer.
 */
export function openSurroundings(ground: Ground, standing: Standing) {
  const around = { ...ground, isMember: standing.isMember };
  const topics: Topics = new Map();
  const lane = inLanes(LANES);
  const words = openWords(ground, standing.configRules);
  const keys = new Map<string, Promise<KeyFacts>>();
  const logGroups = new Map<string, Promise<LogGroupFacts>>();
  const protections = new Map<string, Promise<BucketProtection>>();

  const key = (arn: string, home: Where) =>
    once(keys, at(arn, home), () => lane(() => readKey(around, arn, home)));
  const logGroup = (arn: string, home: Where) =>
    once(logGroups, at(arn, home), () => lane(() => readLogGroup(around, arn, home, topics)));
  const protection = (name: string, place: Place) =>
    once(protections, name, () =>
      lane(async () => readProtection(ground, name, place, await standing.aggregator)),
    );

  function ahead(found: Partial<OnConfigsMap>): void {
    const all = { trails: [], buckets: [], keys: [], logGroups: [], ...found };
    for (const place of placesOfConfig(all)) words.ahead(place);
  }

  async function aheadOfBucket(name: string): Promise<void> {
    const place = (await standing.places).get(name);
    if (!place) return;
    ahead({ buckets: [{ name, place }] });
    await protection(name, place);
  }

  return {
    key,
    logGroup,
    protection,
    word: words.word,
    places: standing.places,
    /** The settings of a trail were read: what they name will be asked for. */
    saw(trail: TrailSet): void {
      const { settings, owner, homeRegion } = trail;
      const home = { account: owner, region: homeRegion };
      ahead({ trails: [trail] });
      if (!wasSeen(settings)) return;
      const { bucket, kmsKey, logGroup: group } = settings.seen;
      heardLater(aheadOfBucket(bucket));
      if (kmsKey) {
        ahead({ keys: [{ arn: kmsKey, ...placeIn(kmsKey, home) }] });
        heardLater(key(kmsKey, home));
      }
      if (group) {
        ahead({ logGroups: [{ arn: group, ...placeIn(group, home) }] });
        heardLater(logGroup(group, home));
      }
    },
  };
}

export type Surroundings = ReturnType<typeof openSurroundings>;

/** One name may stand for several things where it is no ARN. */
function at(arn: string, home: Where): string {
  const { account, region } = placeIn(arn, home);
  return `${arn} ${account}/${region}`;
}

/** Reads what nobody has begun to read. */
function once<T>(begun: Map<string, Promise<T>>, name: string, read: () => Promise<T>): Promise<T> {
  const known = begun.get(name);
  if (known !== undefined) return known;
  const reading = read();
  begun.set(name, reading);
  return reading;
}

/** Whoever needs it awaits it by name, and is told of the failure there. */
function heardLater(begun: Promise<unknown>): void {
  begun.catch(() => {});
}
