import { DescribeAlarmsCommand, DescribeAlarmsForMetricCommand } from '@aws-sdk/client-cloudwatch';
import {
  DescribeLogGroupsCommand,
  DescribeMetricFiltersCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { ListSubscriptionsByTopicCommand } from '@aws-sdk/client-sns';
import { AUDIT, closeAll, failureOf, SHOP } from './soundness.ts';
import { stageWhere } from './stage.ts';

afterAll(closeAll);

const home = 'ap-northeast-2';
const place = { account: SHOP, region: home };
const topic = `arn:aws:sns:${home}:${SHOP}:alarms`;
const filters = Array.from({ length: 60 }, (_, index) => ({
  name: `filter-${String(index).padStart(2, '0')}`,
  pattern: '{ $.userIdentity.type = "Root" }',
  metric: `Metric${index}`,
  namespace: 'CIS',
}));

const stage = () =>
  stageWhere({
    logGroups: [
      { ...place, name: 'trail', retentionDays: 400, kmsKey: 'arn:aws:kms:a:b:key/k', filters },
      { ...place, name: 'for-ever' },
      { account: SHOP, region: 'eu-west-1', name: 'elsewhere' },
    ],
    alarms: [
      { ...place, name: 'root', metric: 'Metric0', namespace: 'CIS', actions: [topic] },
      { ...place, name: 'muted', metric: 'Metric0', namespace: 'CIS', enabled: false },
      { ...place, name: 'other', metric: 'Metric1', namespace: 'CIS' },
    ],
    topics: [
      {
        ...place,
        name: 'alarms',
        subscriptions: [
          { protocol: 'email', endpoint: 'security@bora.example' },
          { protocol: 'email', endpoint: 'nobody@bora.example', confirmed: false },
        ],
      },
      { ...place, name: 'quiet' },
    ],
  });

test('log groups tell their retention, or nothing where they are kept for ever', async () => {
  const { as } = await stage();
  const { logGroups } = await as(SHOP).logs.send(new DescribeLogGroupsCommand({}));
  expect(logGroups).toMatchObject([
    { logGroupName: 'for-ever' },
    {
      logGroupName: 'trail',
      retentionInDays: 400,
      kmsKeyId: 'arn:aws:kms:a:b:key/k',
      metricFilterCount: 60,
      arn: `arn:aws:logs:${home}:${SHOP}:log-group:trail:*`,
      logGroupArn: `arn:aws:logs:${home}:${SHOP}:log-group:trail`,
    },
  ]);
  expect(logGroups?.[0]).not.toHaveProperty('retentionInDays');
  const prefixed = new DescribeLogGroupsCommand({ logGroupNamePrefix: 'tra' });
  expect((await as(SHOP).logs.send(prefixed)).logGroups).toHaveLength(1);
  expect((await as(AUDIT).logs.send(new DescribeLogGroupsCommand({}))).logGroups).toEqual([]);
});

test('metric filters come in pages, and a token is good for its own question alone', async () => {
  const { as } = await stage();
  const { logs } = as(SHOP);
  const ask = (nextToken?: string, logGroupName = 'trail') =>
    logs.send(new DescribeMetricFiltersCommand({ logGroupName, nextToken }));
  const first = await ask();
  expect(first.metricFilters).toHaveLength(50);
  expect(first.metricFilters?.[0]).toMatchObject({
    filterName: 'filter-00',
    filterPattern: '{ $.userIdentity.type = "Root" }',
    metricTransformations: [{ metricName: 'Metric0', metricNamespace: 'CIS', metricValue: '1' }],
  });
  const second = await ask(first.nextToken);
  expect(second.metricFilters).toHaveLength(10);
  expect(second.nextToken).toBeUndefined();
  expect((await failureOf(ask(first.nextToken, 'for-ever'))).name).toBe(
    'InvalidNextTokenException',
  );
  expect((await failureOf(ask(undefined, 'none'))).name).toBe('ResourceNotFoundException');
});

test('alarms are found by name and by metric, muted ones too', async () => {
  const { as } = await stage();
  const { monitoring } = as(SHOP);
  const { MetricAlarms = [] } = await monitoring.send(
    new DescribeAlarmsForMetricCommand({ MetricName: 'Metric0', Namespace: 'CIS' }),
  );
  expect(
    MetricAlarms.map(({ AlarmName, ActionsEnabled, AlarmActions }) => [
      AlarmName,
      ActionsEnabled,
      AlarmActions,
    ]),
  ).toEqual([
    ['root', true, [topic]],
    ['muted', false, []],
  ]);
  const all = await monitoring.send(new DescribeAlarmsCommand({ MaxRecords: 2 }));
  expect(all.MetricAlarms?.map(({ AlarmName }) => AlarmName)).toEqual(['muted', 'other']);
  const rest = await monitoring.send(
    new DescribeAlarmsCommand({ MaxRecords: 2, NextToken: all.NextToken }),
  );
  expect(rest.MetricAlarms?.map(({ AlarmName }) => AlarmName)).toEqual(['root']);
  expect(await as(SHOP, 'eu-west-1').monitoring.send(new DescribeAlarmsCommand({}))).toMatchObject({
    MetricAlarms: [],
  });
});

test('a subscription that nobody confirmed has no ARN', async () => {
  const { as } = await stage();
  const { Subscriptions = [] } = await as(SHOP).sns.send(
    new ListSubscriptionsByTopicCommand({ TopicArn: topic }),
  );
  expect(Subscriptions).toMatchObject([
    { Protocol: 'email', Endpoint: 'security@bora.example', Owner: SHOP },
    { SubscriptionArn: 'PendingConfirmation' },
  ]);
  expect(Subscriptions[0]?.SubscriptionArn).toMatch(new RegExp(`^${topic}:[0-9a-f-]{36}$`));
});

test('a topic that is not there, is another account’s, or is none at all is refused', async () => {
  const { as } = await stage();
  const ask = (TopicArn: string, account = SHOP) =>
    failureOf(as(account).sns.send(new ListSubscriptionsByTopicCommand({ TopicArn })));
  expect(await ask(`arn:aws:sns:${home}:${SHOP}:none`)).toMatchObject({
    name: 'NotFoundException',
    status: 404,
  });
  expect(await ask(topic, AUDIT)).toMatchObject({
    name: 'AuthorizationErrorException',
    status: 403,
  });
  expect((await ask('topic')).name).toBe('InvalidParameterException');
});
