import type { Covered } from '../core/posture/cost/volumes.ts';
import type { ArchiveContents } from './archive.ts';
import { daysBetween, silentIn } from './archive-cells.ts';

const DAY = 86_400_000;

/**
 * How much of each account an archive holds between two instants: from its first log file on, since nobody
 * knows whether it was there before. A quiet day counts as one on which nothing happened; one on which
 * nobody at all delivered, or an account that nearly always does, is lost.
 */
export function coveredIn(
  cells: ArchiveContents['cells'],
  first: string,
  last: string,
): { [account: string]: Covered } {
  const [firstDay, lastDay] = [first.slice(0, 10), last.slice(0, 10)];
  const earlier = new Set<string>();
  const held = new Map<string, Map<string, string[]>>();
  const anybody = new Set<string>();
  for (const { account, region, day } of cells) {
    if (day === '' || day > lastDay) continue;
    if (day < firstDay) {
      earlier.add(account);
      continue;
    }
    anybody.add(day);
    const regions = held.get(account) ?? new Map<string, string[]>();
    held.set(account, regions);
    const days = regions.get(region);
    if (days) days.push(day);
    else regions.set(region, [day]);
  }
  const blank = daysBetween(firstDay, lastDay).filter((day) => !anybody.has(day));
  return Object.fromEntries(
    [...held].map(([account, regions]): [string, Covered] => {
      const days = [...new Set([...regions.values()].flat())].sort();
      const began = earlier.has(account) ? first : later(first, `${days[0]}T00:00:00Z`);
      const silent = silentIn(days, lastDay);
      const lost = new Set([...blank.filter((day) => day > began.slice(0, 10)), ...silent]);
      const missing = [...regions.values()]
        .flatMap((its) => silentIn(its.toSorted(), lastDay))
        .filter((day) => !lost.has(day)).length;
      const covered = (Date.parse(last) - Date.parse(began)) / DAY - lost.size;
      return [account, { days: Math.max(0, covered), lost: lost.size, missing }];
    }),
  );
}

const later = (a: string, b: string) => (Date.parse(a) >= Date.parse(b) ? a : b);
