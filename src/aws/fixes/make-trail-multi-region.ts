import type { FixPlan } from '../../core/fixes/fix.ts';
import type { State } from '../../core/fixes/plan.ts';
import { planMultiRegion, singleRegionTrail } from '../../core/fixes/trails/make-multi-region.ts';
import { type Reading, wasSeen } from '../../core/reading.ts';
import type { Aws } from '../session.ts';
import type { Fix } from './fix.ts';
import { CHOOSING, planForTrail, readSettings, type Seat, together } from './trail-state.ts';
import { ROOM, readRoom, trailsByRegion } from './trails-by-region.ts';

/** `UpdateTrail` to all regions, with the trail's ARN, in its home region. */
export const makeTrailMultiRegion: Fix = {
  id: 'make-trail-multi-region',
  title: { en: 'Let the trail record all regions', ko: '트레일이 모든 리전을 기록하게 하기' },
  needs: { read: [...CHOOSING, ...ROOM] },
  writes: { trail: ['cloudtrail:UpdateTrail'] },

  plan: (target, aws) =>
    planForTrail(
      target,
      {
        choose: singleRegionTrail,
        read: readReach,
        plan: (arn, state) => planMultiRegion(target, arn, state),
      },
      aws,
    ),
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
function readReach(seat: Seat, aws: Aws): Promise<Reading<State>> {
  return together(readSettings(seat, aws), readRoom(seat, aws));
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
