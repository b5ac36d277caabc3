import { wasSeen } from '../reading.ts';
import { managementIn, trailsOver } from './coverage.ts';
import type { TrailFacts } from './facts.ts';
import type { CoverageCell } from './finding.ts';
import type { Known } from './known.ts';

/** The coverage map: what is provably recorded in every account and region that could be seen. */
export function coverageMap(facts: Known): CoverageCell[] {
  const { trailBy: trails } = facts;
  return facts.accounts.flatMap((account) => {
    if (!wasSeen(account.trails) || !wasSeen(account.regions)) return [];
    return account.regions.seen.map((region) => {
      const { known } = managementIn(account, region, trails);
      const over = trailsOver(account, region, trails).filter(({ open }) => open === null);
      return {
        account: account.id,
        region,
        managementRead: 'except' in known.read,
        managementWrite: 'except' in known.write,
        dataEvents: [...new Set(over.flatMap(({ trail }) => dataTypes(trail)))].sort(),
        trails: over.map(({ trail }) => trail.arn),
      };
    });
  });
}

function dataTypes({ selectors }: TrailFacts): string[] {
  if (!wasSeen(selectors)) return [];
  if ('basic' in selectors.seen)
    return selectors.seen.basic.flatMap(({ dataResources }) =>
      dataResources.map(({ type }) => type),
    );
  return selectors.seen.advanced
    .flat()
    .flatMap(({ field, equals }) => (field === 'resources.type' ? equals : []));
}
