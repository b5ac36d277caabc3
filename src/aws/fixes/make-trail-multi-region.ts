import { DescribeTrailsCommand } from '@aws-sdk/client-cloudtrail';
import { concurrently } from '../../core/concurrently.ts';
import type { FixPlan } from '../../core/fixes/fix.ts';
import { type State, trailOf } from '../../core/fixes/plan.ts';
import { planMultiRegion, singleRegionTrail } from '../../core/fixes/trails/make-multi-region.ts';
import { type Reading, wasSeen } from '../../core/reading.ts';
import { reading } from '../reading.ts';
import { needs as LISTING_REGIONS, readRegions } from '../regions.ts';
import type { Aws } from '../session.ts';
import type { Fix } from './fix.ts';
import {
  CHOOSING,
  readSettings,
  type Seat,
  seatOfTrail,
  together,
  trailFor,
} from './trail-state.ts';

/** `UpdateTrail` to all regions, with the trail's ARN, in its home region. */
export const makeTrailMultiRegion: Fix = {
  id: 'make-trail-multi-region',
  title: { en: 'Let the trail record all regions', ko: '트레일이 모든 리전을 기록하게 하기' },
  needs: { read: [...CHOOSING, ...LISTING_REGIONS, 'cloudtrail:DescribeTrails'] },
  writes: { trail: ['cloudtrail:UpdateTrail'] },

  async plan(target, aws) {
    const chosen = await trailFor(target, singleRegionTrail, aws);
    if (!wasSeen(chosen)) return chosen;
    if ('cannot' in chosen.seen) return { seen: chosen.seen };
    const state = await readReach(seatOfTrail(chosen.seen.arn), aws);
    return wasSeen(state) ? { seen: planMultiRegion(target, chosen.seen.arn, state.seen) } : state;
  },
  read: readReach,
  asCode: () => [
    {
      tool: 'terraform',
      text: 'is_multi_region_trail = true\ninclude_global_service_events = true',
    },
    {
      tool: 'cloudformation',
      text: 'IsMultiRegionTrail: true\nIncludeGlobalServiceEvents: true',
    },
  ],
  later: shadowsAfter,
};

/** Its settings, the trails of all regions beside it, and the regions that have five others already. */
async function readReach(seat: Seat, aws: Aws): Promise<Reading<State>> {
  const around = trailsByRegion(seat, aws).then((found): Reading<State> => {
    if (!wasSeen(found)) return found;
    const others = found.seen.map(({ region, trails }) => ({
      region,
      trails: trails.filter(({ arn }) => arn !== seat.resource),
    }));
    const multiRegion = others.flatMap(({ trails }) =>
      trails.filter((trail) => trail.multiRegion).map(({ arn }) => arn),
    );
    return {
      seen: {
        FullRegions: others
          .filter(({ trails }) => trails.length >= MOST)
          .map(({ region }) => region),
        OtherMultiRegionTrails: [...new Set(multiRegion)].sort(),
      },
    };
  });
  return together(readSettings(seat, aws), around);
}

/** https://docs.aws.amazon.com/awscloudtrail/latest/userguide/WhatIsCloudTrail-Limits.html */
const MOST = 5;

/** Regions asked at a time: each has a quota of its own. */
const LANES = 6;

type InRegion = { region: string; trails: { arn: string; multiRegion: boolean }[] };

/** The account's own trails that stand in each enabled region; one of all regions stands in every one. */
async function trailsByRegion(seat: Seat, aws: Aws): Promise<Reading<InRegion[]>> {
  const { account } = seat;
  const regions = await readRegions({ aws, now: () => new Date() }, account);
  if (!wasSeen(regions)) return { unseen: regions.unseen };
  const found = await concurrently(LANES, regions.seen, (region) =>
    reading(`cloudtrail:DescribeTrails in ${account}`, async (): Promise<InRegion> => {
      const { trailList = [] } = await aws
        .cloudTrail({ account, region })
        .send(new DescribeTrailsCommand({}));
      const trails = trailList.flatMap(({ TrailARN: arn, IsMultiRegionTrail }) =>
        arn && trailOf(arn)?.account === account
          ? [{ arn, multiRegion: IsMultiRegionTrail === true }]
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

/** The copies of the trail in the other regions, which CloudTrail makes within minutes. */
async function shadowsAfter(plan: FixPlan, { at, now }: { at: string; now: string }, aws: Aws) {
  const found = await trailsByRegion(plan, aws);
  if (!wasSeen(found)) return found;
  const missing = found.seen
    .filter(({ trails }) => trails.every(({ arn }) => arn !== plan.resource))
    .map(({ region }) => region);
  if (missing.length === 0)
    return {
      seen: {
        holds: true,
        told: {
          en: `The trail stands in all ${found.seen.length} enabled regions.`,
          ko: `트레일이 활성화된 리전 ${found.seen.length}개 모두에 있습니다.`,
        },
      },
    };
  if (Date.parse(now) - Date.parse(at) < 15 * 60_000) return { seen: undefined };
  const places = missing.join(', ');
  return {
    seen: {
      holds: false,
      told: {
        en: `The trail does not stand in ${places}.`,
        ko: `다음 리전에는 트레일이 없습니다: ${places}.`,
      },
    },
  };
}
