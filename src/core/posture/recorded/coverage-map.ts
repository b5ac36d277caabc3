import { wasSeen } from '../../reading.ts';
import type { CoverageCell } from '../finding.ts';
import type { Known } from '../known.ts';
import { coverageOf, once, type Place, type SelectorsOver } from './coverage.ts';
import { dataEventsTold } from './data-events.ts';
import { globalEventsIn, globalRegion } from './global-events.ts';
import { managementOf } from './management.ts';

/** What a cell says of its place; cells of equal places share the lists. */
type Told = Omit<CoverageCell, 'account' | 'region' | 'globalServiceEvents'>;

/** The coverage map: what is provably recorded in every account and region that could be seen. */
export function coverageMap(facts: Known): CoverageCell[] {
  const placeOf = coverageOf(facts);
  const global = globalRegion(facts.organization.partition);
  const cells: CoverageCell[] = [];
  for (const account of facts.accounts) {
    if (!wasSeen(account.trails) || !wasSeen(account.regions)) continue;
    for (const region of account.regions.seen) {
      const place = placeOf(account, region);
      const cell = { account: account.id, region, ...tellPlace(place) };
      const events = region === global ? globalEventsIn(place) : null;
      cells.push(events ? { ...cell, globalServiceEvents: 'seen' in events && events.seen } : cell);
    }
  }
  return cells;
}

const tellPlace: (place: Place) => Told = once((place) => ({
  ...tellSelectors(place.selectors),
  trails: place.certain.map(({ arn }) => arn),
}));

const tellSelectors = once(({ certain }: SelectorsOver) => {
  const { read, write } = managementOf(certain);
  const leftOut = [...new Set([...read.leftOut, ...write.leftOut])].sort();
  return {
    managementRead: read.recorded === 'all',
    managementWrite: write.recorded === 'all',
    ...(leftOut.length > 0 ? { excludedSources: leftOut } : {}),
    dataEvents: dataEventsTold(certain),
  };
});
