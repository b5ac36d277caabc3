import type { State } from '../../core/fixes/plan.ts';
import { selectorsAsCode } from '../../core/fixes/trails/as-code.ts';
import { recordsManagement } from '../../core/fixes/trails/merge-selectors.ts';
import { loggingTrail } from '../../core/fixes/trails/own-trail.ts';
import { planManagementEvents } from '../../core/fixes/trails/record-management.ts';
import { selectorsIn } from '../../core/fixes/trails/selector-set.ts';
import { type Reading, wasSeen } from '../../core/reading.ts';
import type { Aws } from '../session.ts';
import { ARRIVING, deliveriesAfter } from './deliveries-after.ts';
import type { Fix } from './fix.ts';
import {
  CHOOSING,
  ownTrails,
  planForTrail,
  readLogging,
  readSelectors,
  readSettings,
  type Seat,
  seatOfTrail,
  together,
} from './trail-state.ts';

/** `PutEventSelectors` with what is there and all management events, in the trail's home region. */
export const recordManagementEvents: Fix = {
  id: 'record-management-events',
  title: { en: 'Record all management events', ko: '관리 이벤트 모두 기록하기' },
  needs: { read: [...CHOOSING, ...ARRIVING, 'cloudtrail:GetEventSelectors'] },
  writes: { trail: ['cloudtrail:PutEventSelectors'] },

  plan: (target, aws) =>
    planForTrail(
      target,
      {
        choose: loggingTrail,
        read: readRecording,
        plan: (arn, state) => planManagementEvents(target, arn, state),
      },
      aws,
    ),
  read: readRecording,
  asCode: selectorsAsCode,
  later: deliveriesAfter,
};

/** What the trail records, and whether another one of its account records the rest already. */
async function readRecording(seat: Seat, aws: Aws): Promise<Reading<State>> {
  const state = await together(
    readSettings(seat, aws),
    readLogging(seat, aws),
    readSelectors(seat, aws),
  );
  if (!wasSeen(state)) return state;
  const elsewhere = await recordedElsewhere(seat, state.seen, aws);
  return wasSeen(elsewhere)
    ? { seen: { ...state.seen, RecordedElsewhere: elsewhere.seen } }
    : elsewhere;
}

/** True where one other logging trail of the account records it all, wherever this one would. */
async function recordedElsewhere(
  seat: Seat,
  { IsMultiRegionTrail }: State,
  aws: Aws,
): Promise<Reading<boolean>> {
  const own = await ownTrails(seat.account, aws, seat.resource);
  if (!wasSeen(own)) return own;
  const others = own.seen.filter(
    ({ homeRegion, logging, multiRegion }) =>
      logging && (multiRegion || (IsMultiRegionTrail !== true && homeRegion === seat.region)),
  );
  for (const { arn } of others) {
    const selectors = await readSelectors(seatOfTrail(arn), aws);
    if (!wasSeen(selectors)) return selectors;
    if (recordsManagement(selectorsIn(selectors.seen))) return { seen: true };
  }
  return { seen: false };
}
