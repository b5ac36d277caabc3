import type { State } from '../../core/fixes/plan.ts';
import { selectorsAsCode } from '../../core/fixes/trails/as-code.ts';
import { planExclusion } from '../../core/fixes/trails/exclude-log-buckets.ts';
import { type Reading, wasSeen } from '../../core/reading.ts';
import type { Aws } from '../session.ts';
import { ARRIVING, deliveriesAfter } from './deliveries-after.ts';
import type { Fix } from './fix.ts';
import { LOG_BUCKETS, readLogBuckets } from './log-buckets.ts';
import { readSelectors, readSettings, type Seat, seatOfTrail, together } from './trail-state.ts';

/** `PutEventSelectors` without what delivery writes into the trail's own log buckets. */
export const excludeLogBuckets: Fix = {
  id: 'exclude-log-buckets',
  title: {
    en: 'Leave the deliveries into the log buckets out of the data events',
    ko: '로그 버킷으로의 전달을 데이터 이벤트에서 제외하기',
  },
  needs: {
    read: [...LOG_BUCKETS, ...ARRIVING, 'cloudtrail:GetEventSelectors', 'cloudtrail:GetTrail'],
  },
  writes: { trail: ['cloudtrail:PutEventSelectors'] },

  async plan(target, aws) {
    const state = await readSelectorsAndBuckets(seatOfTrail(target.subject), aws);
    return wasSeen(state) ? { seen: planExclusion(target, target.subject, state.seen) } : state;
  },
  read: readSelectorsAndBuckets,
  asCode: selectorsAsCode,
  later: deliveriesAfter,
};

/** What the trail records, and where it and the access logs of its bucket write to. */
export async function readSelectorsAndBuckets(seat: Seat, aws: Aws): Promise<Reading<State>> {
  const state = await together(readSettings(seat, aws), readSelectors(seat, aws));
  if (!wasSeen(state)) return state;
  return together(Promise.resolve(state), readLogBuckets(seat, state.seen, aws));
}
