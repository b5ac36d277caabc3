import { filterPattern } from '../../../core/posture/alarms/filter-pattern.ts';
import type { LogGroupSetup } from '../scenario.ts';
import { AwsFault, type Call, type Handlers, type World } from '../service.ts';
import { forgetPlaces } from './config-view.ts';

/** What changes a log group: it comes, keeps events for longer or shorter, and is looked at by filters. */
export const logChanges: Handlers = {
  'logs:CreateLogGroup': createLogGroup,
  'logs:PutRetentionPolicy': putRetentionPolicy,
  'logs:DeleteRetentionPolicy': (call, world) => {
    named(call, world).retentionDays = undefined;
    forgetPlaces(world.scenario);
    return {};
  },
  'logs:PutMetricFilter': putMetricFilter,
  'logs:DeleteMetricFilter': deleteMetricFilter,
  'logs:TestMetricFilter': testMetricFilter,
};

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogGroup.html */
function createLogGroup(call: Call, world: World) {
  const { logGroupName: name = '' } = call.input;
  if (!/^[.\-_/#A-Za-z0-9]{1,512}$/.test(name)) {
    throw invalid(
      `Value '${name}' at 'logGroupName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\.\\-_/#A-Za-z0-9]+`,
    );
  }
  if (find(name, call, world)) {
    throw new AwsFault('ResourceAlreadyExistsException', 'The specified log group already exists');
  }
  const { account } = call.caller;
  world.scenario.logGroups.push({ name, account, region: call.region, tags: {}, filters: [] });
  forgetPlaces(world.scenario);
  return {};
}

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html */
const DAYS = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288,
  3653,
];

function putRetentionPolicy(call: Call, world: World) {
  const group = named(call, world);
  const { retentionInDays } = call.input;
  if (!DAYS.includes(retentionInDays)) {
    throw invalid(
      `1 validation error detected: Value '${retentionInDays}' at 'retentionInDays' failed to satisfy constraint: Member must satisfy enum value set: [${DAYS.join(', ')}]`,
    );
  }
  group.retentionDays = retentionInDays;
  forgetPlaces(world.scenario);
  return {};
}

/** The most that a log group may have; https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/logs/cloudwatch_limits_cwl.html */
const FILTERS = 100;

/** Of a filter only what counts its events by one is simulated. */
function putMetricFilter(call: Call, world: World) {
  const { filterName: name, filterPattern: pattern = '', metricTransformations = [] } = call.input;
  const group = named(call, world);
  checkPattern(pattern);
  if (!/^[^:*]{1,512}$/.test(name ?? '')) throw invalid(`Invalid filter name: ${name}`);
  const [one, ...more] = metricTransformations;
  if (!one || more.length > 0) throw invalid('Exactly one metric transformation is allowed.');
  const { metricName, metricNamespace, metricValue, defaultValue = 0, ...rest } = one;
  if (metricValue !== '1' || defaultValue !== 0 || Object.keys(rest).length > 0) {
    throw new AwsFault('NotImplemented', 'only a metric that counts by one is simulated', 501);
  }
  const filter = { name, pattern, metric: metricName, namespace: metricNamespace };
  const at = group.filters.findIndex((known) => known.name === name);
  if (at < 0 && group.filters.length >= FILTERS) {
    throw new AwsFault('LimitExceededException', 'Resource limit exceeded.');
  }
  if (at < 0) group.filters.push(filter);
  else group.filters[at] = filter;
  return {};
}

function deleteMetricFilter(call: Call, world: World) {
  const group = named(call, world);
  const at = group.filters.findIndex(({ name }) => name === call.input.filterName);
  if (at < 0) {
    throw new AwsFault('ResourceNotFoundException', 'The specified metric filter does not exist.');
  }
  group.filters.splice(at, 1);
  return {};
}

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_TestMetricFilter.html */
function testMetricFilter({ input }: Call) {
  const { filterPattern: pattern = '', logEventMessages: messages = [] } = input;
  if (messages.length < 1 || messages.length > 50) {
    throw invalid('Between 1 and 50 log event messages are allowed.');
  }
  const matches = checkPattern(pattern);
  return {
    matches: messages.flatMap((eventMessage: string, index: number) =>
      matches(JSON.parse(eventMessage))
        ? [{ eventNumber: index + 1, eventMessage, extractedValues: {} }]
        : [],
    ),
  };
}

function checkPattern(pattern: string) {
  const meaning = pattern.length <= 1_024 ? filterPattern(pattern) : null;
  if (!meaning) throw invalid('Invalid metric filter pattern');
  return meaning;
}

function named(call: Call, world: World): LogGroupSetup {
  const group = find(call.input.logGroupName, call, world);
  if (group) return group;
  throw new AwsFault('ResourceNotFoundException', 'The specified log group does not exist.');
}

function find(name: string, { caller, region }: Call, world: World): LogGroupSetup | undefined {
  return world.scenario.logGroups.find(
    (group) => group.name === name && group.account === caller.account && group.region === region,
  );
}

function invalid(message: string): AwsFault {
  return new AwsFault('InvalidParameterException', message);
}
