import { paginateListRegions } from '@aws-sdk/client-account';
import type { Witnessed } from '../core/posture/facts.ts';
import { type Ground, witnessed } from './facts/reader.ts';

export const needs = ['account:ListRegions'];

/**
 * The regions that are enabled in one account, sorted. Each account has its own: opt-in regions are
 * switched on one by one, and a disabled region must never be called.
 */
export function readRegions(ground: Ground, account: string): Promise<Witnessed<string[]>> {
  const where = { account, region: ground.aws.settings.region };
  return witnessed(ground, 'account:ListRegions', where, async () => {
    const enabled: string[] = [];
    const pages = paginateListRegions(
      { client: ground.aws.account(where) },
      { RegionOptStatusContains: ['ENABLED', 'ENABLED_BY_DEFAULT'] },
    );
    for await (const { Regions = [] } of pages)
      for (const { RegionName } of Regions) if (RegionName) enabled.push(RegionName);
    return enabled.sort();
  });
}
