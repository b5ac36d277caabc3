import { DescribeTrailsCommand } from '@aws-sdk/client-cloudtrail';
import { concurrently } from '../../core/concurrently.ts';
import { type State, trailOf } from '../../core/fixes/plan.ts';
import { type Reading, wasSeen } from '../../core/reading.ts';
import { reading } from '../reading.ts';
import { needs as LISTING_REGIONS, readRegions } from '../regions.ts';
import type { Aws } from '../session.ts';
import type { Seat } from './trail-state.ts';

/** IAM actions of what is asked here. */
export const ROOM = [...LISTING_REGIONS, 'cloudtrail:DescribeTrails'];

/** https://docs.aws.amazon.com/awscloudtrail/latest/userguide/WhatIsCloudTrail-Limits.html */
const MOST = 5;

/**
 * Beside one trail of an account: the regions that have as many others as CloudTrail takes, the others of
 * all regions, and those of the organization.
 */
export async function readRoom(seat: Seat, aws: Aws): Promise<Reading<State>> {
  const found = await trailsByRegion(seat, aws);
  if (!wasSeen(found)) return found;
  const others = found.seen.map(({ region, trails }) => ({
    region,
    trails: trails.filter(({ arn }) => arn !== seat.resource),
  }));
  const all = others.flatMap(({ trails }) => trails);
  const arnsOf = (trails: { arn: string }[]) => [...new Set(trails.map(({ arn }) => arn))].sort();
  return {
    seen: {
      FullRegions: others.filter(({ trails }) => trails.length >= MOST).map(({ region }) => region),
      OtherMultiRegionTrails: arnsOf(all.filter(({ multiRegion }) => multiRegion)),
      OtherOrganizationTrails: arnsOf(all.filter(({ organization }) => organization)),
    },
  };
}

/** Regions asked at a time: each has a quota of its own. */
const LANES = 6;

export type InRegion = {
  region: string;
  trails: { arn: string; multiRegion: boolean; organization: boolean }[];
};

/** The account's own trails that stand in each enabled region; one of all regions stands in every one. */
export async function trailsByRegion(seat: Seat, aws: Aws): Promise<Reading<InRegion[]>> {
  const { account } = seat;
  const regions = await readRegions({ aws, now: () => new Date() }, account);
  if (!wasSeen(regions)) return { unseen: regions.unseen };
  const found = await concurrently(LANES, regions.seen, (region) =>
    reading(`cloudtrail:DescribeTrails in ${account}`, async (): Promise<InRegion> => {
      const { trailList = [] } = await aws
        .cloudTrail({ account, region })
        .send(new DescribeTrailsCommand({}));
      const trails = trailList.flatMap(
        ({ TrailARN: arn, IsMultiRegionTrail, IsOrganizationTrail }) =>
          arn && trailOf(arn)?.account === account
            ? [
                {
                  arn,
                  multiRegion: IsMultiRegionTrail === true,
                  organization: IsOrganizationTrail === true,
                },
              ]
            : [],
      );
      return { region, trails };
    }),
  );
  const read: InRegion[] = [];
  for (const one of found) {
    if (!wasSeen(one)) return one;
    read.push(one.seen);
  }
  return { seen: read };
}
