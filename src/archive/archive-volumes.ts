import { join } from 'node:path';
import type { Volume, Volumes } from '../core/posture/cost/volumes.ts';
import { setAsideSince } from './archive-cells.ts';
import { inOrder } from './charged.ts';
import type { Place } from './commit.ts';
import { coveredIn } from './covered-days.ts';
import { type KeptVolumes, openKeptVolumes } from './kept-volumes.ts';
import { openSegment } from './segment.ts';
import { KINDS, objectEventsIn, type SegmentVolumes, volumesOf } from './segment-volumes.ts';

/**
 * `days`: only the last so many calendar days (UTC) of what the archive holds. `most`: so many records are
 * read through at a time for the buckets of data events, at some five seconds a million; the data events in
 * others are told as unplaced, and their records are read the next time.
 */
export type Counting = { days?: number; most?: number };

/** `unplaced`: data events of S3 in the time asked for that are counted without their bucket. */
type Counted = { volumes: SegmentVolumes; unplaced: number };

const DAY = 86_400;

/**
 * Counts what an archive holds by what CloudTrail charges for, as `volumesIn` does of files. Nothing but
 * the buckets of data events takes long, and those are kept as they are found. Null where the archive
 * holds no event that has a time.
 */
export function createVolumes({ directory, manifest, shelf }: Place) {
  return async ({ days, most = Number.POSITIVE_INFINITY }: Counting = {}) => {
    const contents = manifest.contents();
    const { first: oldest, last } = contents;
    if (oldest === null || last === null) return null;
    const from = days === undefined ? 0 : (Math.floor(secondsOf(last) / DAY) - days + 1) * DAY;
    const first = secondsOf(oldest) >= from ? oldest : instant(from);
    const kept = openKeptVolumes(join(directory, 'volumes.sqlite'));
    try {
      const all = await counted(kept, from, most);
      return {
        counts: inOrder(summed(all, from / DAY)),
        first,
        last,
        unread: setAsideSince(contents, days === undefined ? null : first).length,
        archive: {
          accounts: coveredIn(contents.cells, first, last),
          unplaced: all.reduce((sum, { unplaced }) => sum + unplaced, 0),
        },
      } satisfies Volumes;
    } finally {
      kept.close();
    }
  };

  async function counted(kept: KeptVolumes, from: number, most: number): Promise<Counted[]> {
    const known = new Map<string, Counted>();
    for (let tries = 0; ; tries += 1)
      try {
        return await countedOnce(known, { kept, from, most });
      } catch (error) {
        // Another process may merge a segment away between the list and the file: then the list is new.
        if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || tries >= 5) throw error;
      }
  }

  /** `known` is what was counted in a try before. */
  async function countedOnce(
    known: Map<string, Counted>,
    { kept, from, most }: { kept: KeptVolumes; from: number; most: number },
  ): Promise<Counted[]> {
    const segments = shelf.all();
    const near = segments.filter(({ first, last }) => first <= last && last >= from);
    const fresh = new Map<string, SegmentVolumes>();
    let room = most;
    // The newest first: of what is left for the next time, the oldest matters least.
    for (const { file } of near.toSorted((a, b) => b.last - a.last)) {
      if (known.has(file)) continue;
      const before = kept.of(file);
      if (before) {
        known.set(file, { volumes: before, unplaced: 0 });
        continue;
      }
      // A handle of its own: while this one waits its turn, others close what they need no longer.
      const segment = openSegment(join(directory, file));
      try {
        const cost = objectEventsIn(segment) > 0 ? segment.rows : 0;
        const whole = cost <= room;
        const volumes = await volumesOf(segment, whole);
        known.set(file, { volumes, unplaced: whole ? 0 : objectEventsIn(segment, from) });
        if (!whole) continue;
        room -= cost;
        fresh.set(file, volumes);
      } finally {
        segment.close();
      }
    }
    const files = segments.map(({ file }) => file);
    if (fresh.size > 0) kept.keep(fresh, files);
    return near.flatMap(({ file }) => known.get(file) ?? []);
  }
}

/** The counts of several segments as one list, from a day (since 1970) on. */
function summed(all: Counted[], fromDay: number): Volume[] {
  const sums = new Map<string, Volume>();
  for (const { places, buckets, rows } of all.map(({ volumes }) => volumes))
    for (const [place, number, code, name, events] of rows) {
      if (number < fromDay) continue;
      const [account, region] = places[place] as [string, string];
      const [kind, bucket] = [KINDS[code] as Volume['kind'], buckets[name] ?? null];
      const key = `${account}\n${region}\n${number}\n${code}\n${name === 0 ? '' : `/${bucket}`}`;
      const known = sums.get(key);
      if (known) known.events += events;
      else
        sums.set(key, {
          account,
          region,
          day: instant(number * DAY).slice(0, 10),
          kind,
          bucket,
          events,
        });
    }
  return [...sums.values()];
}

function secondsOf(time: string): number {
  return Math.floor(Date.parse(time) / 1000);
}

function instant(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replace('.000Z', 'Z');
}
