import { inLanes } from '../../core/concurrently.ts';
import type { Organization, Sighting, TrailFacts, Witnessed } from '../../core/posture/facts.ts';
import { wasSeen } from '../../core/reading.ts';
import type { Own } from './accounts.ts';
import { LANES } from './accounts.ts';
import type { Ground } from './reader.ts';
import { readFromMembers, ASKED as TOLD } from './trail-members.ts';
import { type RegionsOf, readTrail, type TrailSet } from './trails.ts';

/**
 * The trails that accounts see, each read once and begun as soon as the first of them is known to see it;
 * `heard` is told of the settings of each.
 */
export function seenTrails(
  ground: Ground,
  administrators: Organization['administrators'] | Promise<Organization['administrators']>,
  regionsOf: RegionsOf,
  heard: (trail: TrailSet) => void = () => {},
) {
  const begun = new Map<string, Promise<TrailFacts>>();
  const lane = inLanes(LANES);
  const deputies = async () => deputiesIn(await administrators);

  function read(trail: Sighting): Promise<TrailFacts> {
    const name = `${trail.homeRegion} ${trail.arn}`;
    const known = begun.get(name);
    if (known !== undefined) return known;
    const reading = lane(() =>
      ground.aws.within(() => readTrail(ground, trail, deputies, regionsOf, heard)),
    );
    // Heard where it is awaited; until then nobody listens.
    reading.catch(() => {});
    begun.set(name, reading);
    return reading;
  }

  return {
    /** A trail that somebody probably sees: whoever then does finds it read. */
    expect: (trail: Sighting): void => void read(trail),
    saw({ trails }: { trails: Witnessed<Sighting[]> }): void {
      if (wasSeen(trails)) for (const trail of trails.seen) void read(trail);
    },
    /** All that these accounts see; where the owner of one refuses, some of them are asked for it. */
    all(sightings: Pick<Own, 'id' | 'trails'>[]): Promise<TrailFacts[]> {
      const seen = new Map<string, { trail: Sighting; by: string[] }>();
      for (const { id, trails } of sightings)
        if (wasSeen(trails))
          for (const trail of trails.seen) {
            const known = seen.get(trail.arn) ?? { trail, by: [] };
            seen.set(trail.arn, known);
            if (known.by.length < TOLD && !known.by.includes(id)) known.by.push(id);
          }
      return Promise.all(
        [...seen.values()].map(async ({ trail, by }) => {
          const facts = await read(trail);
          return ground.aws.within(() => readFromMembers(ground, facts, by));
        }),
      );
    },
  };
}

export type SeenTrails = ReturnType<typeof seenTrails>;

/** The delegated administrators of CloudTrail, as far as they are known. */
export function deputiesIn(administrators: Organization['administrators']): string[] {
  if (!wasSeen(administrators)) return [];
  return administrators.seen
    .filter(({ services }) => services.includes('cloudtrail.amazonaws.com'))
    .map(({ account }) => account);
}
