import { paginateListRegions } from '@aws-sdk/client-account';
import type { AccountFacts, Witnessed } from '../core/posture/facts.ts';
import { wasSeen } from '../core/reading.ts';
import { type Ground, witnessed } from './facts/reader.ts';

export const needs = ['account:ListRegions'];

/** The regions that may be called in one account, sorted. */
export async function readRegions(ground: Ground, account: string): Promise<Witnessed<string[]>> {
  return (await readRegionFacts(ground, account)).regions;
}

/**
 * The regions of one account, with one call. Each account has its own: opt-in regions are switched on
 * one by one, and a disabled region must never be called; nor is one that is being switched.
 */
export async function readRegionFacts(
  ground: Ground,
  account: string,
): Promise<Pick<AccountFacts, 'regions' | 'optedIn'>> {
  const where = { account, region: ground.aws.settings.region };
  const listed = await witnessed(ground, 'account:ListRegions', where, async () => {
    const regions: { region: string; state: string }[] = [];
    const pages = paginateListRegions(
      // There are fewer regions than fit on the largest page.
      { client: ground.aws.account(where), pageSize: 50 },
      { RegionOptStatusContains: ['ENABLED', 'ENABLED_BY_DEFAULT', 'ENABLING', 'DISABLING'] },
    );
    for await (const { Regions = [] } of pages)
      for (const { RegionName: region, RegionOptStatus: state } of Regions)
        if (region && state) regions.push({ region, state });
    return regions;
  });
  if (!wasSeen(listed)) return { regions: listed, optedIn: listed };
  const { seen, by } = listed;
  const enabled = seen.filter(({ state }) => state === 'ENABLED' || state === 'ENABLED_BY_DEFAULT');
  return {
    regions: { seen: enabled.map(({ region }) => region).sort(), by },
    optedIn: {
      seen: seen.flatMap(({ region, state }) =>
        state === 'ENABLED' || state === 'ENABLING' || state === 'DISABLING'
          ? [{ region, state }]
          : [],
      ),
      by,
    },
  };
}
