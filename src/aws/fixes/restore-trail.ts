import type { State } from '../../core/fixes/plan.ts';
import { trailOf } from '../../core/fixes/plan.ts';
import { selectorsAsCode } from '../../core/fixes/trails/as-code.ts';
import { lastGood } from '../../core/fixes/trails/last-good.ts';
import { GONE, NEVER_SEEN, planRestoring } from '../../core/fixes/trails/restore-trail.ts';
import { type Reading, wasSeen } from '../../core/reading.ts';
import type { Aws } from '../session.ts';
import { ARRIVING, deliveriesAfter } from './deliveries-after.ts';
import type { Fix } from './fix.ts';
import {
  isGone,
  readInsights,
  readLogging,
  readSelectors,
  readSettings,
  type Seat,
  seatOfTrail,
  together,
} from './trail-state.ts';

/** So many scans back, which is a month of daily ones, the last good state is looked for. */
const SCANS = 31;

/** Revert to last known good: a trail that somebody weakened, as the last scan saw it in which it was sound. */
export const restoreTrail: Fix = {
  id: 'restore-trail',
  title: {
    en: 'Revert the trail to its last known good state',
    ko: '트레일을 마지막 정상 상태로 되돌리기',
  },
  needs: {
    read: [
      ...ARRIVING,
      'cloudtrail:GetEventSelectors',
      'cloudtrail:GetInsightSelectors',
      'cloudtrail:GetTrail',
    ],
  },
  writes: {
    trail: [
      'cloudtrail:PutEventSelectors',
      'cloudtrail:PutInsightSelectors',
      'cloudtrail:StartLogging',
      'cloudtrail:UpdateTrail',
    ],
    'trail-retire': ['cloudtrail:StopLogging'],
  },
  withoutFinding: true,

  async plan(target, aws) {
    if (!trailOf(target.subject)) return { seen: NO_TRAIL };
    const scans = (await aws.settings.fixing?.lastScans?.(SCANS)) ?? [];
    const good = lastGood(target.subject, scans);
    if (!good) return { seen: NEVER_SEEN };
    const seat = seatOfTrail(target.subject);
    const state = await readWhole(seat, aws);
    if (wasSeen(state)) return { seen: planRestoring(target, target.subject, good, state.seen) };
    return isGone(state.unseen) ? { seen: GONE } : state;
  },
  read: readWhole,
  asCode: (plan) => [
    ...selectorsAsCode(plan),
    {
      tool: 'terraform',
      text: [
        `enable_logging = ${plan.after.IsLogging}`,
        `enable_log_file_validation = ${plan.after.LogFileValidationEnabled}`,
        `is_multi_region_trail = ${plan.after.IsMultiRegionTrail}`,
        `include_global_service_events = ${plan.after.IncludeGlobalServiceEvents}`,
      ].join('\n'),
    },
  ],
  later: deliveriesAfter,
};

const NO_TRAIL = {
  cannot: {
    kind: 'precondition' as const,
    why: { en: 'This is no ARN of a trail.', ko: '트레일의 ARN이 아닙니다.' },
    instead: {
      en: 'Name the trail by its ARN, as its findings show it.',
      ko: '점검 결과에 나온 대로 트레일의 ARN을 지정하세요.',
    },
  },
};

/** All that somebody could have weakened. */
function readWhole(seat: Seat, aws: Aws): Promise<Reading<State>> {
  return together(
    readSettings(seat, aws),
    readLogging(seat, aws),
    readSelectors(seat, aws),
    readInsights(seat, aws),
  );
}
