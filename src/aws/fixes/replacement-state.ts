import { GetTrailStatusCommand, paginateListTrails } from '@aws-sdk/client-cloudtrail';
import { paginateDescribeMetricFilters } from '@aws-sdk/client-cloudwatch-logs';
import { paginateListSubscriptionsByTopic } from '@aws-sdk/client-sns';
import { type State, trailOf } from '../../core/fixes/plan.ts';
import { lacksOf, type Standing } from '../../core/fixes/trails/replacement.ts';
import { type Reading, wasSeen } from '../../core/reading.ts';
import { orNone, reading } from '../reading.ts';
import type { Aws } from '../session.ts';
import {
  readInsights,
  readSelectors,
  readSettings,
  type Seat,
  seatOfTrail,
  together,
} from './trail-state.ts';

/** IAM actions of what is asked here. */
export const REPLACING = [
  'cloudtrail:GetEventSelectors',
  'cloudtrail:GetInsightSelectors',
  'cloudtrail:GetTrail',
  'cloudtrail:GetTrailStatus',
  'cloudtrail:ListTrails',
  'logs:DescribeMetricFilters',
  'sns:ListSubscriptionsByTopic',
];

/**
 * Around a trail of an account: the organization trail that reaches the account (`Replacement`), what it
 * lacks of the own one (`ReplacementLacks`), and who relies on what the own one delivers to (`Consumers`).
 */
export async function readReplacement(
  seat: Seat,
  own: State,
  aws: Aws,
): Promise<Reading<{ state: State; standing: Standing | null }>> {
  const consumers = await readConsumers(own, aws);
  if (!wasSeen(consumers)) return consumers;
  const Consumers = consumers.seen;
  const arn = await organizationTrailOver(seat.account, aws);
  if (!wasSeen(arn)) return arn;
  if (arn.seen === null)
    return { seen: { state: { Replacement: null, Consumers }, standing: null } };
  const other = await readOrganizationTrail(arn.seen, aws);
  if (!wasSeen(other)) return other;
  const standing = await standingOf(arn.seen, seat, aws);
  if (!wasSeen(standing)) return standing;
  const ReplacementLacks = lacksOf(own, other.seen, standing.seen);
  const state = { Replacement: arn.seen, ReplacementLacks, Consumers };
  return { seen: { state, standing: standing.seen } };
}

/** The organization trail that an account sees: one in whose ARN another account stands. */
function organizationTrailOver(account: string, aws: Aws): Promise<Reading<string | null>> {
  const where = { account, region: aws.settings.region };
  return reading(`cloudtrail:ListTrails in ${account}`, async () => {
    const arns: string[] = [];
    for await (const { Trails = [] } of paginateListTrails({ client: aws.cloudTrail(where) }, {}))
      for (const { TrailARN } of Trails)
        if (TrailARN && trailOf(TrailARN) && trailOf(TrailARN)?.account !== account)
          arns.push(TrailARN);
    return arns.sort()[0] ?? null;
  });
}

/** Read by its owner, or by a deputy where the management account has no role of ours. */
async function readOrganizationTrail(arn: string, aws: Aws): Promise<Reading<State>> {
  const seat = seatOfTrail(arn);
  const named = aws.settings.fixing?.delegatedAdministrators?.['cloudtrail.amazonaws.com'] ?? [];
  const read = (account: string) => {
    const from = { ...seat, account };
    return together(readSettings(from, aws), readSelectors(from, aws), readInsights(from, aws));
  };
  const first = await read(seat.account);
  if (wasSeen(first)) return first;
  for (const deputy of named) {
    const other = await read(deputy);
    if (wasSeen(other)) return other;
  }
  return first;
}

/** How a trail stands in an account and region, as CloudTrail tells the account itself. */
export function standingOf(
  arn: string,
  { account, region }: Pick<Seat, 'account' | 'region'>,
  aws: Aws,
): Promise<Reading<Standing>> {
  return reading(`cloudtrail:GetTrailStatus in ${account}`, async () => {
    const status = await aws
      .cloudTrail({ account, region })
      .send(new GetTrailStatusCommand({ Name: arn }));
    return {
      logging: status.IsLogging === true,
      since: status.StartLoggingTime?.toISOString() ?? null,
      lastDelivery: status.LatestDeliveryTime?.toISOString() ?? null,
      error: status.LatestDeliveryError || null,
    };
  });
}

/** Metric filters on the log group of a trail, and confirmed subscriptions of its topic, by name. */
async function readConsumers(
  { CloudWatchLogsLogGroupArn: group, SnsTopicARN: topic }: State,
  aws: Aws,
): Promise<Reading<string[]>> {
  const filters = typeof group === 'string' ? await filtersOn(group, aws) : { seen: [] };
  if (!wasSeen(filters)) return filters;
  const subscribed = typeof topic === 'string' ? await subscribersOf(topic, aws) : { seen: [] };
  if (!wasSeen(subscribed)) return subscribed;
  return { seen: [...filters.seen, ...subscribed.seen].sort() };
}

function filtersOn(group: string, aws: Aws): Promise<Reading<string[]>> {
  const [, , , region = '', account = '', , name = ''] = group.split(':');
  return reading(`logs:DescribeMetricFilters in ${account}`, () =>
    orNone('ResourceNotFoundException', [], async () => {
      const names: string[] = [];
      const client = aws.logs({ account, region });
      for await (const page of paginateDescribeMetricFilters({ client }, { logGroupName: name }))
        for (const { filterName = '' } of page.metricFilters ?? [])
          names.push(`metric filter ${filterName}`);
      return names;
    }),
  );
}

function subscribersOf(topic: string, aws: Aws): Promise<Reading<string[]>> {
  const [, , , region = '', account = ''] = topic.split(':');
  return reading(`sns:ListSubscriptionsByTopic in ${account}`, () =>
    orNone('NotFoundException', [], async () => {
      const names: string[] = [];
      const client = aws.sns({ account, region });
      for await (const page of paginateListSubscriptionsByTopic({ client }, { TopicArn: topic }))
        for (const { SubscriptionArn = '', Protocol = '' } of page.Subscriptions ?? [])
          if (SubscriptionArn.startsWith('arn:')) names.push(`${Protocol} subscription`);
      return names;
    }),
  );
}
