import { concurrently } from '../../core/concurrently.ts';
import type {
  Organization,
  PostureFacts,
  TrailFacts,
  TrailSettings,
} from '../../core/posture/facts.ts';
import { wasSeen } from '../../core/reading.ts';
import type { Where } from '../session.ts';
import { readKey } from './keys.ts';
import type { Topics } from './listeners.ts';
import { readLogGroup } from './log-groups.ts';
import { placeIn } from './named-place.ts';
import type { Ground } from './reader.ts';

const LANES = 8;

/** What stands around the trails, each read once: the keys and log groups that they name. */
export async function readAroundTrails(
  ground: Ground,
  trails: TrailFacts[],
  { accounts, self }: Organization,
): Promise<Pick<PostureFacts, 'keys' | 'logGroups'>> {
  const topics: Topics = new Map();
  const members = wasSeen(accounts) ? new Set([self, ...accounts.seen.map(({ id }) => id)]) : null;
  const around = { ...ground, members };
  const [keys, logGroups] = await Promise.all([
    concurrently(LANES, named(trails, 'kmsKey'), ([arn, home]) => readKey(around, arn, home)),
    concurrently(LANES, named(trails, 'logGroup'), ([arn, home]) =>
      readLogGroup(around, arn, home, topics),
    ),
  ]);
  return { keys, logGroups };
}

/** Where the keys and log groups stand that trails name. */
export function namedByTrails(trails: TrailFacts[]) {
  const placed = (setting: 'kmsKey' | 'logGroup') =>
    named(trails, setting).map(([arn, home]) => ({ arn, ...placeIn(arn, home) }));
  return { keys: placed('kmsKey'), logGroups: placed('logGroup') };
}

/** What trails name, once, with the place of a trail that does. */
function named(trails: TrailFacts[], setting: 'kmsKey' | 'logGroup'): [string, Where][] {
  const places = new Map<string, Where>();
  for (const { owner, homeRegion, settings } of trails) {
    const name: TrailSettings[typeof setting] = wasSeen(settings) ? settings.seen[setting] : null;
    if (name !== null) places.set(name, { account: owner, region: homeRegion });
  }
  return [...places];
}
