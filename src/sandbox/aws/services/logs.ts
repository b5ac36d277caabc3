import type { LogGroupSetup } from '../scenario.ts';
import { AwsFault, type Call, type Handlers, type World } from '../service.ts';
import { pageOf } from './config-pages.ts';
import { logChanges } from './logs-changes.ts';

/** The simulated CloudWatch Logs: log groups and their metric filters, without the logs. */
export const logs: Handlers = {
  'logs:DescribeLogGroups': describeLogGroups,
  'logs:DescribeMetricFilters': describeMetricFilters,
  ...logChanges,
};

const CREATED = Date.parse('2024-03-04T05:06:07Z');

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DescribeLogGroups.html */
function describeLogGroups(call: Call, world: World) {
  const { logGroupNamePrefix, logGroupNamePattern, limit, nextToken } = call.input;
  if (logGroupNamePrefix !== undefined && logGroupNamePattern !== undefined) {
    throw new AwsFault(
      'InvalidParameterException',
      'LogGroup name prefix and LogGroup name pattern are mutually exclusive parameters.',
    );
  }
  const groups = here(call, world)
    .filter(({ name }) => name.startsWith(logGroupNamePrefix ?? ''))
    .filter(({ name }) => name.toLowerCase().includes((logGroupNamePattern ?? '').toLowerCase()))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  const { page, next } = pageOf(
    groups,
    [call.caller.account, call.region, logGroupNamePrefix ?? null, logGroupNamePattern ?? null],
    { size: limit ?? 50, token: nextToken, most: 50 },
  );
  return { logGroups: page.map(shown), nextToken: next };
}

function shown(group: LogGroupSetup) {
  return {
    logGroupName: group.name,
    creationTime: CREATED,
    retentionInDays: group.retentionDays,
    metricFilterCount: group.filters.length,
    // This one ends with `:*`, the newer member does not.
    arn: `${arnOf(group)}:*`,
    logGroupArn: arnOf(group),
    storedBytes: 1_048_576,
    kmsKeyId: group.kmsKey,
    logGroupClass: 'STANDARD',
  };
}

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DescribeMetricFilters.html */
function describeMetricFilters(call: Call, world: World) {
  const { logGroupName, filterNamePrefix, metricName, metricNamespace } = call.input;
  const { limit, nextToken } = call.input;
  if ((metricName === undefined) !== (metricNamespace === undefined)) {
    throw new AwsFault(
      'InvalidParameterException',
      'If you include the metricName parameter, you must also include the metricNamespace parameter.',
    );
  }
  const groups = here(call, world).filter(
    ({ name }) => logGroupName === undefined || name === logGroupName,
  );
  if (logGroupName !== undefined && groups.length === 0) {
    throw new AwsFault('ResourceNotFoundException', 'The specified log group does not exist.');
  }
  const filters = groups
    .flatMap((group) => group.filters.map((filter) => ({ ...filter, group: group.name })))
    .filter(({ name }) => name.startsWith(filterNamePrefix ?? ''))
    .filter(({ metric }) => metricName === undefined || metric === metricName)
    .filter(({ namespace }) => metricNamespace === undefined || namespace === metricNamespace)
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  const { nextToken: _, limit: __, ...question } = call.input;
  const { page, next } = pageOf(filters, [call.caller.account, call.region, question], {
    size: limit ?? 50,
    token: nextToken,
    most: 50,
  });
  return {
    metricFilters: page.map(({ name, pattern, metric, namespace, group }) => ({
      filterName: name,
      filterPattern: pattern,
      metricTransformations: [
        { metricName: metric, metricNamespace: namespace, metricValue: '1', defaultValue: 0 },
      ],
      creationTime: CREATED,
      logGroupName: group,
      applyOnTransformedLogs: false,
    })),
    nextToken: next,
  };
}

function here({ caller, region }: Call, world: World): LogGroupSetup[] {
  return world.scenario.logGroups.filter(
    (group) => group.account === caller.account && group.region === region,
  );
}

function arnOf({ region, account, name }: LogGroupSetup): string {
  return `arn:aws:logs:${region}:${account}:log-group:${name}`;
}
