import { harmless } from '../../core/prose.ts';
import type { Cell } from '../../core/report/gaps.ts';
import type { Words } from './words.ts';

/** Regions that are named; the rest is counted. */
const REGIONS = 6;

/** Whichever is shorter to say: where it is recorded, or where it is not. */
export function howFar(cells: Cell[], regions: string[], words: Words): string {
  const where = (wanted: (cell: Cell) => boolean) =>
    regions.filter((_, at) => wanted(cells[at] ?? 'unseen'));
  const missing = where((cell) => cell === 'none' || cell === 'reads' || cell === 'writes');
  if (missing.length === 0) return words.unseenRow;
  const recorded = where((cell) => cell === 'recorded');
  if (
    recorded.length === 0 &&
    missing.length === where((cell) => cell !== 'off').length &&
    cells.every((cell) => cell === 'none' || cell === 'off')
  )
    return words.nowhere;
  return recorded.length > 0 && recorded.length < missing.length
    ? words.only(named(recorded, words))
    : words.missing(named(missing, words));
}

function named(regions: string[], words: Words): string {
  const first = regions
    .slice(0, REGIONS)
    .map((region) => harmless(region, 30))
    .join(', ');
  return regions.length > REGIONS ? `${first} ${words.andMore(regions.length - REGIONS)}` : first;
}
