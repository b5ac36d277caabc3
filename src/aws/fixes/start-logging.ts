import type { State } from '../../core/fixes/plan.ts';
import { planStartLogging, stoppedTrail } from '../../core/fixes/trails/start-logging.ts';
import { type Reading, wasSeen } from '../../core/reading.ts';
import type { Aws } from '../session.ts';
import { ARRIVING, deliveriesAfter } from './deliveries-after.ts';
import { DELIVERING, readWhetherLogsArrive } from './delivery-state.ts';
import type { Fix } from './fix.ts';
import {
  CHOOSING,
  planForTrail,
  readLogging,
  readSettings,
  type Seat,
  together,
} from './trail-state.ts';

/** `StartLogging` with the trail's ARN, in its owner account and home region. */
export const startLogging: Fix = {
  id: 'start-logging',
  title: { en: 'Start the logging of the trail', ko: '트레일의 로깅 시작하기' },
  needs: { read: [...CHOOSING, ...DELIVERING, ...ARRIVING] },
  writes: { trail: ['cloudtrail:StartLogging'], 'trail-retire': ['cloudtrail:StopLogging'] },

  plan: (target, aws) =>
    planForTrail(
      target,
      {
        choose: stoppedTrail,
        read: readStopped,
        plan: (arn, state) => planStartLogging(target, arn, state),
      },
      aws,
    ),
  read: readStopped,
  asCode: () => [
    { tool: 'terraform', text: 'enable_logging = true' },
    { tool: 'cloudformation', text: 'IsLogging: true' },
  ],
  later: deliveriesAfter,
};

/** Whether it logs, what it is, and whether its log files would arrive. */
async function readStopped(seat: Seat, aws: Aws): Promise<Reading<State>> {
  const state = await together(readSettings(seat, aws), readLogging(seat, aws));
  if (!wasSeen(state)) return state;
  return together(Promise.resolve(state), readWhetherLogsArrive(seat, state.seen, aws));
}
