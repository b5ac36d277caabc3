import type { State } from '../../core/fixes/plan.ts';
import { deliveriesSince } from '../../core/fixes/trails/arrived-since.ts';
import { planRetiring } from '../../core/fixes/trails/retire-trail.ts';
import { type Reading, wasSeen } from '../../core/reading.ts';
import type { Aws } from '../session.ts';
import type { Fix } from './fix.ts';
import { REPLACING, readReplacement, standingOf } from './replacement-state.ts';
import {
  readInsights,
  readLogging,
  readSelectors,
  readSettings,
  type Seat,
  seatOfTrail,
  together,
} from './trail-state.ts';

/** `StopLogging` of an account's own trail that the organization trail replaces. */
export const retireTrail: Fix = {
  id: 'retire-trail',
  title: {
    en: 'Stop the second copy of the trail',
    ko: '트레일의 중복 사본 중지하기',
  },
  needs: { read: REPLACING },
  writes: { 'trail-retire': ['cloudtrail:StopLogging'], trail: ['cloudtrail:StartLogging'] },

  async plan(target, aws) {
    const state = await readDuplicate(seatOfTrail(target.subject), aws);
    return wasSeen(state) ? { seen: planRetiring(target, target.subject, state.seen) } : state;
  },
  read: readDuplicate,
  asCode: () => [
    { tool: 'terraform', text: 'enable_logging = false' },
    { tool: 'cloudformation', text: 'IsLogging: false' },
  ],
  /** What must go on is the trail that replaces it, as the account itself sees it. */
  async later(plan, applied, aws) {
    const standing = await standingOf(String(plan.before.Replacement), plan, aws);
    if (!wasSeen(standing)) return standing;
    const { lastDelivery: lastSuccess, error } = standing.seen;
    return { seen: deliveriesSince({ lastSuccess, error }, applied) };
  },
};

async function readDuplicate(seat: Seat, aws: Aws): Promise<Reading<State>> {
  const own = await together(
    readSettings(seat, aws),
    readLogging(seat, aws),
    readSelectors(seat, aws),
    readInsights(seat, aws),
  );
  if (!wasSeen(own)) return own;
  const around = await readReplacement(seat, own.seen, aws);
  return wasSeen(around) ? { seen: { ...own.seen, ...around.seen.state } } : around;
}
