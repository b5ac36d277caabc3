import {
  type MetricAlarm as CloudWatchAlarm,
  type CompositeAlarm,
  paginateDescribeAlarms,
} from '@aws-sdk/client-cloudwatch';
import {
  type MetricTransformation,
  paginateDescribeLogGroups,
  paginateDescribeMetricFilters,
} from '@aws-sdk/client-cloudwatch-logs';
import { concurrently } from '../../core/concurrently.ts';
import type { LogGroupFacts, MetricFilter, Witnessed } from '../../core/posture/facts.ts';
import { wasSeen } from '../../core/reading.ts';
import type { Where } from '../session.ts';
import { listenersOf, type Topics } from './listeners.ts';
import { type Around, placeIn, witnessedAt } from './named-place.ts';

export const needs = [
  'cloudwatch:DescribeAlarms',
  'logs:DescribeLogGroups',
  'logs:DescribeMetricFilters',
];

/** A log group that a trail delivers to, read in the account and region of its ARN. */
export async function readLogGroup(
  around: Around,
  arn: string,
  otherwise: Where,
  topics: Topics,
): Promise<LogGroupFacts> {
  const where = placeIn(arn, otherwise);
  // A name has no colon; CloudTrail writes a `:*` behind it.
  const name = arn.split(':')[6] ?? arn;
  const [settings, filters] = await Promise.all([
    readSettings(around, where, name),
    readFilters(around, where, name, topics),
  ]);
  return { arn, ...where, settings, filters };
}

function readSettings(
  around: Around,
  where: Where,
  name: string,
): Promise<LogGroupFacts['settings']> {
  return witnessedAt(around, 'logs:DescribeLogGroups', where, async () => {
    const pages = paginateDescribeLogGroups(
      { client: around.aws.logs(where) },
      { logGroupNamePrefix: name },
    );
    for await (const { logGroups = [] } of pages)
      for (const { logGroupName, retentionInDays = null, kmsKeyId = null } of logGroups)
        if (logGroupName === name) return { retentionDays: retentionInDays, kmsKey: kmsKeyId };
    const gone = new Error('the log group that the trail names does not exist');
    throw Object.assign(gone, { name: 'ResourceNotFoundException' });
  });
}

type Filter = Pick<MetricFilter, 'name' | 'pattern'> & { metrics: MetricTransformation[] };

async function readFilters(
  around: Around,
  where: Where,
  name: string,
  topics: Topics,
): Promise<Witnessed<MetricFilter[]>> {
  const listed = await witnessedAt(around, 'logs:DescribeMetricFilters', where, async () => {
    const filters: Filter[] = [];
    const pages = paginateDescribeMetricFilters(
      { client: around.aws.logs(where) },
      { logGroupName: name },
    );
    for await (const { metricFilters = [] } of pages)
      for (const {
        filterName = '',
        filterPattern = '',
        metricTransformations = [],
      } of metricFilters)
        filters.push({ name: filterName, pattern: filterPattern, metrics: metricTransformations });
    return filters;
  });
  // Without a filter no alarm can matter.
  if (!wasSeen(listed)) return listed;
  if (listed.seen.length === 0) return { seen: [], by: listed.by };
  const alarms = await readAlarms(around, where);
  if (!wasSeen(alarms)) return alarms;
  const seen = await concurrently(4, listed.seen, async ({ name: filter, pattern, metrics }) => ({
    name: filter,
    pattern,
    alarms: await concurrently(4, alarmsOn(metrics, alarms.seen), async (alarm) => ({
      name: alarm.AlarmName ?? '',
      enabled: alarm.ActionsEnabled === true,
      listeners: await listenersOf(around, where, alarm.AlarmActions ?? [], topics),
    })),
  }));
  return { seen, by: listed.by };
}

type Alarms = { metric: CloudWatchAlarm[]; composite: CompositeAlarm[] };

/** All alarms of the place: those on one metric cannot be asked for where an alarm computes with several. */
function readAlarms(around: Around, where: Where): Promise<Witnessed<Alarms>> {
  return witnessedAt(around, 'cloudwatch:DescribeAlarms', where, async () => {
    const alarms: Alarms = { metric: [], composite: [] };
    const pages = paginateDescribeAlarms(
      { client: around.aws.cloudWatch(where), pageSize: 100 },
      { AlarmTypes: ['MetricAlarm', 'CompositeAlarm'] },
    );
    for await (const { MetricAlarms = [], CompositeAlarms = [] } of pages) {
      alarms.metric.push(...MetricAlarms);
      alarms.composite.push(...CompositeAlarms);
    }
    return alarms;
  });
}

/** The alarms that look at these metrics, and those that go off whenever one of them does. */
function alarmsOn(metrics: MetricTransformation[], { metric, composite }: Alarms) {
  const own = metric.filter((alarm) => metrics.some((one) => looksAt(alarm, one)));
  const names = own.flatMap(({ AlarmName, AlarmArn }) => [AlarmName, AlarmArn]);
  return [...own, ...composite.filter((alarm) => followsAny(alarm, names))];
}

/** A metric is its name with all of its dimensions: with one more or less it is another, which has no data. */
function looksAt(
  { Namespace, MetricName, Dimensions, Metrics = [] }: CloudWatchAlarm,
  { metricNamespace, metricName, dimensions = {} }: MetricTransformation,
): boolean {
  const written = Object.keys(dimensions).sort().join('\n');
  const looked = [
    { Namespace, MetricName, Dimensions },
    ...Metrics.map(({ MetricStat }) => MetricStat?.Metric),
  ];
  return looked.some(
    (one) =>
      one?.Namespace === metricNamespace &&
      one?.MetricName === metricName &&
      namesOf(one?.Dimensions).join('\n') === written,
  );
}

function namesOf(dimensions: CloudWatchAlarm['Dimensions'] = []): string[] {
  return dimensions.flatMap(({ Name }) => Name ?? []).sort();
}

/** `ALARM(a) OR ALARM("b")`: only then one alarm is enough; a rule with anything else is not counted. */
function followsAny({ AlarmRule = '' }: CompositeAlarm, names: (string | undefined)[]): boolean {
  const parts = AlarmRule.split(/\s+OR\s+/).map(
    (part) => /^\s*ALARM\(\s*"?([^"()]+?)"?\s*\)\s*$/.exec(part)?.[1],
  );
  return parts.every((part) => part !== undefined) && parts.some((part) => names.includes(part));
}
