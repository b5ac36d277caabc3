import { wasSeen } from '../../reading.ts';
import type { AccountFacts, Sighting } from '../facts.ts';

/**
 * Thousands of accounts see the same trail and have the same regions: told once, and pointed at. Values
 * are never changed after they were read, so nobody can tell the difference but the memory.
 */
export function sharing() {
  const sightings = new Map<string, Sighting>();
  const lists = new Map<string, readonly unknown[]>();

  function sighting(one: Sighting): Sighting {
    const known = sightings.get(one.arn);
    if (known?.homeRegion === one.homeRegion) return known;
    sightings.set(one.arn, one);
    return one;
  }

  function list<T>(key: string, made: T[]): T[] {
    const known = lists.get(key);
    if (known) return known as T[];
    lists.set(key, made);
    return made;
  }

  return {
    list,
    account<Facts extends Pick<AccountFacts, 'regions' | 'optedIn' | 'trails'>>(
      facts: Facts,
    ): Facts {
      const { regions, optedIn, trails } = facts;
      return {
        ...facts,
        ...(wasSeen(regions) && {
          regions: { seen: list(`regions ${regions.seen.join()}`, regions.seen), by: regions.by },
        }),
        ...(wasSeen(optedIn) &&
          optedIn.seen.length === 0 && {
            optedIn: { seen: list('opted in', optedIn.seen), by: optedIn.by },
          }),
        ...(wasSeen(trails) && {
          trails: {
            seen: list(
              `trails ${trails.seen.map(({ arn }) => arn).join()}`,
              trails.seen.map(sighting),
            ),
            by: trails.by,
          },
        }),
      };
    },
  };
}

export type Sharing = ReturnType<typeof sharing>;
