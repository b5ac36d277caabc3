import {
  GetEventSelectorsCommand,
  GetInsightSelectorsCommand,
  GetTrailCommand,
  GetTrailStatusCommand,
  paginateListTrails,
} from '@aws-sdk/client-cloudtrail';
import type { FixPlan, FixTarget } from '../../core/fixes/fix.ts';
import type { Obstacle } from '../../core/fixes/obstacle.ts';
import { type State, trailOf } from '../../core/fixes/plan.ts';
import { inOrder } from '../../core/fixes/trails/enable-insights.ts';
import type { Choice, OwnTrail } from '../../core/fixes/trails/own-trail.ts';
import { type SelectorSet, selectorState } from '../../core/fixes/trails/selector-set.ts';
import { type Reading, type Unseen, wasSeen } from '../../core/reading.ts';
import { orNone, reading } from '../reading.ts';
import type { Aws } from '../session.ts';
import type { Planned } from './fix.ts';

/** How fixes of trails read a trail: in the account and home region of its ARN, each answer whole. */

/** Where a trail is, by its ARN. */
export type Seat = Pick<FixPlan, 'account' | 'region' | 'resource'>;

export function seatOfTrail(arn: string): Seat {
  const where = trailOf(arn);
  if (!where) throw new Error(`no ARN of a trail: ${arn}`);
  return { ...where, resource: arn };
}

/** The settings of a trail under the names of GetTrail. */
export function readSettings(seat: Seat, aws: Aws): Promise<Reading<State>> {
  return reading(`cloudtrail:GetTrail in ${seat.account}`, async () => {
    const { Trail } = await aws.cloudTrail(seat).send(new GetTrailCommand({ Name: seat.resource }));
    if (Trail?.TrailARN !== seat.resource)
      throw new Error(`GetTrail answered another trail than ${seat.resource}`);
    return {
      HomeRegion: Trail.HomeRegion ?? null,
      IsMultiRegionTrail: Trail.IsMultiRegionTrail ?? false,
      IsOrganizationTrail: Trail.IsOrganizationTrail ?? false,
      IncludeGlobalServiceEvents: Trail.IncludeGlobalServiceEvents ?? false,
      LogFileValidationEnabled: Trail.LogFileValidationEnabled ?? false,
      S3BucketName: Trail.S3BucketName ?? null,
      S3KeyPrefix: Trail.S3KeyPrefix || null,
      KmsKeyId: Trail.KmsKeyId || null,
      CloudWatchLogsLogGroupArn: Trail.CloudWatchLogsLogGroupArn || null,
      CloudWatchLogsRoleArn: Trail.CloudWatchLogsRoleArn || null,
      SnsTopicARN: Trail.SnsTopicARN || null,
    };
  });
}

/** Whether a trail could not be read because it does not exist any more. */
export function isGone({ reason }: Unseen): boolean {
  return reason.startsWith('TrailNotFoundException:');
}

/** `IsLogging`. */
export function readLogging(seat: Seat, aws: Aws): Promise<Reading<State>> {
  return reading(`cloudtrail:GetTrailStatus in ${seat.account}`, async () => {
    const status = await aws
      .cloudTrail(seat)
      .send(new GetTrailStatusCommand({ Name: seat.resource }));
    return { IsLogging: status.IsLogging ?? false };
  });
}

/** The selectors as they are sent back, names included; one of the two fields is null. */
export function readSelectors(seat: Seat, aws: Aws): Promise<Reading<State>> {
  return reading(`cloudtrail:GetEventSelectors in ${seat.account}`, async () => {
    const answer = await aws
      .cloudTrail(seat)
      .send(new GetEventSelectorsCommand({ TrailName: seat.resource }));
    const { AdvancedEventSelectors: advanced = [], EventSelectors: basic = [] } = answer;
    const set = advanced.length > 0 ? { advanced } : { basic };
    // Through JSON, so that what the SDK left undefined is absent: a plan is JSON.
    return selectorState(JSON.parse(JSON.stringify(set)) as SelectorSet);
  });
}

/** The Insights that are on, each with its categories; none is an answer, which CloudTrail gives as an error. */
export function readInsights(seat: Seat, aws: Aws): Promise<Reading<State>> {
  return reading(`cloudtrail:GetInsightSelectors in ${seat.account}`, () =>
    orNone('InsightNotEnabledException', { InsightSelectors: [] }, async () => {
      const { InsightSelectors = [] } = await aws
        .cloudTrail(seat)
        .send(new GetInsightSelectorsCommand({ TrailName: seat.resource }));
      const on = InsightSelectors.map(({ InsightType, EventCategories }) => ({
        InsightType: InsightType ?? '',
        ...(EventCategories && { EventCategories }),
      }));
      return { InsightSelectors: inOrder(on) };
    }),
  );
}

/** One state of several; the first part that could not be read leaves the whole unread. */
export async function together(...parts: Promise<Reading<State>>[]): Promise<Reading<State>> {
  const read = await Promise.all(parts);
  let state: State = {};
  for (const part of read) {
    if (!wasSeen(part)) return part;
    state = { ...state, ...part.seen };
  }
  return { seen: state };
}

/** What `trailFor` asks. */
export const CHOOSING = [
  'cloudtrail:GetTrail',
  'cloudtrail:GetTrailStatus',
  'cloudtrail:ListTrails',
];

/** The plan for the trail that is to be changed, made for its state as `read` answers it. */
export async function planForTrail(
  target: FixTarget,
  { choose, read, plan }: TrailPlanning,
  aws: Aws,
): Promise<Reading<Planned>> {
  const chosen = await trailFor(target, choose, aws);
  if (!wasSeen(chosen)) return chosen;
  if ('cannot' in chosen.seen) return { seen: chosen.seen };
  const { arn } = chosen.seen;
  const state = await read(seatOfTrail(arn), aws);
  return wasSeen(state) ? { seen: plan(arn, state.seen) } : state;
}

/** Which trail, what has to be known of it, and what is planned from that. */
export type TrailPlanning = {
  choose: Choice;
  read(seat: Seat, aws: Aws): Promise<Reading<State>>;
  plan(arn: string, state: State): Planned;
};

/** The one that the finding is about, or the choice among the account's own. */
async function trailFor(
  target: FixTarget,
  choose: Choice,
  aws: Aws,
): Promise<Reading<{ arn: string } | { cannot: Obstacle }>> {
  if (trailOf(target.subject)) return { seen: { arn: target.subject } };
  if (!/^\d{12}$/.test(target.owner))
    throw new Error(`finding ${target.id} names no account: ${target.owner}`);
  const own = await ownTrails(target.owner, aws);
  return wasSeen(own) ? { seen: choose(own.seen) } : own;
}

/** The trails that an account owns itself, in all regions, in the order of their ARNs; but for one. */
export async function ownTrails(
  account: string,
  aws: Aws,
  except?: string,
): Promise<Reading<OwnTrail[]>> {
  const where = { account, region: aws.settings.region };
  const listed = await reading(`cloudtrail:ListTrails in ${account}`, async () => {
    const arns: string[] = [];
    for await (const { Trails = [] } of paginateListTrails({ client: aws.cloudTrail(where) }, {}))
      for (const { TrailARN } of Trails)
        if (TrailARN && TrailARN !== except && trailOf(TrailARN)?.account === account)
          arns.push(TrailARN);
    return arns.sort();
  });
  if (!wasSeen(listed)) return listed;
  const trails: OwnTrail[] = [];
  for (const arn of listed.seen) {
    const seat = seatOfTrail(arn);
    const state = await together(readSettings(seat, aws), readLogging(seat, aws));
    if (!wasSeen(state)) return state;
    trails.push({
      arn,
      homeRegion: seat.region,
      multiRegion: state.seen.IsMultiRegionTrail === true,
      logging: state.seen.IsLogging === true,
    });
  }
  return { seen: trails };
}
