import type { AlarmSetup } from '../scenario.ts';
import { AwsFault, type Call, type Handlers, type World } from '../service.ts';
import { pageOf } from './config-pages.ts';
import { forgetPlaces } from './config-view.ts';

/** The simulated CloudWatch: metric alarms, without the metrics. */
export const monitoring: Handlers = {
  'monitoring:DescribeAlarms': describeAlarms,
  'monitoring:DescribeAlarmsForMetric': (call, world) => {
    const { MetricName, Namespace } = call.input;
    const alarms = here(call, world).filter(
      ({ metric, namespace }) => metric === MetricName && namespace === Namespace,
    );
    return { MetricAlarms: alarms.map((alarm) => shown(alarm, world)) };
  },
  'monitoring:PutMetricAlarm': putMetricAlarm,
  'monitoring:DeleteAlarms': deleteAlarms,
};

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarms.html */
function describeAlarms(call: Call, world: World) {
  const { AlarmNames, AlarmNamePrefix, AlarmTypes, StateValue, ActionPrefix } = call.input;
  const { MaxRecords, NextToken, ...question } = call.input;
  if (AlarmNames !== undefined && AlarmNamePrefix !== undefined) {
    throw new AwsFault(
      'InvalidParameterCombination',
      'AlarmNames and AlarmNamePrefix are mutually exclusive.',
    );
  }
  const types: string[] = AlarmTypes ?? ['MetricAlarm'];
  const alarms = here(call, world)
    .filter(() => types.includes('MetricAlarm'))
    .filter(({ name }) => AlarmNames === undefined || AlarmNames.includes(name))
    .filter(({ name }) => name.startsWith(AlarmNamePrefix ?? ''))
    .filter(({ state }) => StateValue === undefined || state === StateValue)
    .filter(({ actions }) => !ActionPrefix || actions.some((arn) => arn.startsWith(ActionPrefix)))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  const { page, next } = pageOf(alarms, [call.caller.account, call.region, question], {
    size: MaxRecords ?? 50,
    token: NextToken,
    most: 100,
  });
  return { MetricAlarms: page.map((alarm) => shown(alarm, world)), NextToken: next };
}

/** The only kind of alarm that is simulated: one event of the metric within five minutes. */
const KIND = {
  Statistic: 'Sum',
  Period: 300,
  EvaluationPeriods: 1,
  Threshold: 1,
  ComparisonOperator: 'GreaterThanOrEqualToThreshold',
  TreatMissingData: 'notBreaching',
};

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html */
function putMetricAlarm(call: Call, world: World) {
  const {
    AlarmName: name,
    MetricName: metric,
    Namespace: namespace,
    AlarmDescription: _,
  } = call.input;
  const { AlarmActions: actions = [], ActionsEnabled: enabled = true } = call.input;
  for (const [parameter, simulated] of Object.entries(KIND)) {
    if (call.input[parameter] === simulated) continue;
    throw new AwsFault('NotImplemented', `an alarm by another ${parameter} is not simulated`, 501);
  }
  if (!name || !metric || !namespace) {
    throw new AwsFault('ValidationError', 'AlarmName, MetricName and Namespace are needed', 400);
  }
  const { alarms } = world.scenario;
  const { account } = call.caller;
  const state: AlarmSetup['state'] = 'INSUFFICIENT_DATA';
  const made = { name, account, region: call.region, metric, namespace, actions, enabled, state };
  const at = alarms.findIndex((alarm) => here(call, world).includes(alarm) && alarm.name === name);
  if (at < 0) alarms.push(made);
  else alarms[at] = made;
  forgetPlaces(world.scenario);
  return {};
}

/** Of several alarms, one that is not there keeps all the others. */
function deleteAlarms(call: Call, world: World) {
  const names: string[] = call.input.AlarmNames;
  const gone = here(call, world).filter(({ name }) => names.includes(name));
  if (gone.length < names.length) {
    throw new AwsFault('ResourceNotFound', 'An alarm of these names does not exist.', 404);
  }
  const { alarms } = world.scenario;
  for (const alarm of gone) alarms.splice(alarms.indexOf(alarm), 1);
  forgetPlaces(world.scenario);
  return {};
}

function here({ caller, region }: Call, world: World): AlarmSetup[] {
  return world.scenario.alarms.filter(
    (alarm) => alarm.account === caller.account && alarm.region === region,
  );
}

function shown(alarm: AlarmSetup, world: World) {
  const { region, account, name } = alarm;
  const since = new Date(world.started.getTime() - 400 * 86_400_000);
  return {
    AlarmName: name,
    AlarmArn: `arn:aws:cloudwatch:${region}:${account}:alarm:${name}`,
    AlarmConfigurationUpdatedTimestamp: since,
    ActionsEnabled: alarm.enabled,
    OKActions: [],
    AlarmActions: alarm.actions,
    InsufficientDataActions: [],
    StateValue: alarm.state,
    StateReason: 'Threshold Crossed: no datapoints were received for 1 period.',
    StateUpdatedTimestamp: since,
    MetricName: alarm.metric,
    Namespace: alarm.namespace,
    Dimensions: [],
    ...KIND,
  };
}
