import type { PostureFacts, TrailFacts, TrailSettings } from '../../core/posture/facts.ts';
import { wasSeen } from '../../core/reading.ts';
import type { Where } from '../session.ts';
import { placeIn } from './named-place.ts';
import type { Surroundings } from './surroundings.ts';

/** What stands around the trails, each read once: the keys and log groups that they name. */
export async function readAroundTrails(
  { key, logGroup }: Pick<Surroundings, 'key' | 'logGroup'>,
  trails: TrailFacts[],
): Promise<Pick<PostureFacts, 'keys' | 'logGroups'>> {
  const [keys, logGroups] = await Promise.all([
    Promise.all(named(trails, 'kmsKey').map(([arn, home]) => key(arn, home))),
    Promise.all(named(trails, 'logGroup').map(([arn, home]) => logGroup(arn, home))),
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
