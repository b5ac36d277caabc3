import { GetTrailStatusCommand, paginateListTags } from '@aws-sdk/client-cloudtrail';
import { type State, trailOf } from '../../core/fixes/plan.ts';
import { planDeletion } from '../../core/fixes/trails/delete-retired.ts';
import { NO_TRAIL } from '../../core/fixes/trails/own-trail.ts';
import { isRetiredLongEnough } from '../../core/fixes/trails/replacement.ts';
import { type Reading, wasSeen } from '../../core/reading.ts';
import { reading } from '../reading.ts';
import type { Aws } from '../session.ts';
import type { Fix } from './fix.ts';
import { REPLACING, readReplacement } from './replacement-state.ts';
import {
  isGone,
  readInsights,
  readSelectors,
  readSettings,
  type Seat,
  seatOfTrail,
  together,
} from './trail-state.ts';

/** `DeleteTrail` of a trail that was retired a month ago and that the organization trail replaces. */
export const deleteRetiredTrail: Fix = {
  id: 'delete-retired-trail',
  title: { en: 'Delete the retired trail', ko: '중지해 둔 트레일 삭제하기' },
  needs: { read: [...REPLACING, 'cloudtrail:ListTags'] },
  writes: {
    'trail-retire': ['cloudtrail:DeleteTrail'],
    'trail-create': ['cloudtrail:CreateTrail'],
    trail: ['cloudtrail:PutEventSelectors', 'cloudtrail:PutInsightSelectors'],
  },
  withoutFinding: true,

  async plan(target, aws) {
    if (!trailOf(target.subject)) return { seen: NO_TRAIL };
    const retired = await readRetired(seatOfTrail(target.subject), aws);
    if (!wasSeen(retired)) return retired;
    const { state, longEnough } = retired.seen;
    return { seen: planDeletion(target, target.subject, state, longEnough) };
  },
  async read(plan, aws) {
    const retired = await readRetired(plan, aws);
    return wasSeen(retired) ? { seen: retired.seen.state } : retired;
  },
  asCode: ({ resource }) => [
    { tool: 'terraform', text: `# Take the resource of ${resource} out of the code.` },
  ],
};

/** The whole definition, what replaces it, and whether it has been stopped long enough; or that it is gone. */
async function readRetired(
  seat: Seat,
  aws: Aws,
): Promise<Reading<{ state: State; longEnough: boolean }>> {
  const settings = await readSettings(seat, aws);
  if (!wasSeen(settings))
    return isGone(settings.unseen)
      ? { seen: { state: { Exists: false }, longEnough: false } }
      : settings;
  const stop = await readStop(seat, aws);
  if (!wasSeen(stop)) return stop;
  const { stoppedAt, ...logging } = stop.seen;
  const own = await together(
    Promise.resolve(settings),
    Promise.resolve({ seen: logging }),
    readSelectors(seat, aws),
    readInsights(seat, aws),
    readTags(seat, aws),
  );
  if (!wasSeen(own)) return own;
  const around = await readReplacement(seat, own.seen, aws);
  if (!wasSeen(around)) return around;
  const { state, standing } = around.seen;
  return {
    seen: {
      state: { Exists: true, ...own.seen, ...state },
      longEnough: standing !== null && isRetiredLongEnough(stoppedAt, standing),
    },
  };
}

/** Whether it logs, and since when it does not: ISO 8601 UTC, null where it never stopped. */
function readStop(
  seat: Seat,
  aws: Aws,
): Promise<Reading<{ IsLogging: boolean; stoppedAt: string | null }>> {
  return reading(`cloudtrail:GetTrailStatus in ${seat.account}`, async () => {
    const { IsLogging = false, StopLoggingTime } = await aws
      .cloudTrail(seat)
      .send(new GetTrailStatusCommand({ Name: seat.resource }));
    return { IsLogging, stoppedAt: StopLoggingTime?.toISOString() ?? null };
  });
}

function readTags(seat: Seat, aws: Aws): Promise<Reading<State>> {
  return reading(`cloudtrail:ListTags in ${seat.account}`, async () => {
    const tags: [string, string][] = [];
    const pages = paginateListTags(
      { client: aws.cloudTrail(seat) },
      { ResourceIdList: [seat.resource] },
    );
    for await (const { ResourceTagList = [] } of pages)
      for (const { TagsList = [] } of ResourceTagList)
        for (const { Key, Value = '' } of TagsList) if (Key) tags.push([Key, Value]);
    return { Tags: Object.fromEntries(tags) };
  });
}
