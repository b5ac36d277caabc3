import {
  CreateTrailCommand,
  type CreateTrailCommandInput,
  DeleteTrailCommand,
  DescribeTrailsCommand,
  GetEventDataStoreCommand,
  GetInsightSelectorsCommand,
  GetTrailCommand,
  GetTrailStatusCommand,
  ListEventDataStoresCommand,
  StartLoggingCommand,
} from '@aws-sdk/client-cloudtrail';
import type { ScenarioFile } from '../../../src/sandbox/aws/scenario.ts';
import { AUDIT, closeAll, failureOf, MANAGEMENT, SHOP } from './soundness.ts';
import { LOGS, stageWhere } from './stage.ts';

afterAll(closeAll);

type TrailFile = NonNullable<ScenarioFile['trails']>[number];
const home = 'ap-northeast-2';
const now = new Date('2026-11-20T10:07:00Z');
const logGroup = `arn:aws:logs:${home}:${SHOP}:log-group:shop:*`;
const snsTopic = `arn:aws:sns:${home}:${SHOP}:shop`;
const policy = { Statement: [{ Principal: { Service: 'cloudtrail.amazonaws.com' } }] };

function stageOf(difference: Partial<TrailFile> = {}, more: Partial<ScenarioFile> = {}) {
  const trail = { name: 'shop', account: SHOP, homeRegion: home, bucket: 'logs', ...difference };
  return stageWhere(
    { trails: [trail], buckets: [{ name: 'logs', account: LOGS, region: home, policy }], ...more },
    { now: () => now },
  );
}

async function statusWhere(difference: Partial<TrailFile>, region = home) {
  const { as } = await stageOf(difference);
  const Name = `arn:aws:cloudtrail:${home}:${SHOP}:trail/shop`;
  return as(SHOP, region).cloudtrail.send(new GetTrailStatusCommand({ Name }));
}

test('a trail without a log group and a topic says nothing of them', async () => {
  const status = await statusWhere({});
  expect(status.LatestCloudWatchLogsDeliveryTime).toBeUndefined();
  expect(status.LatestNotificationTime).toBeUndefined();
  expect(status.LatestNotificationAttemptTime).toBe('');
});

test('all four sinks of a sound trail were reached minutes ago, the digest within the hour', async () => {
  const status = await statusWhere({ logGroup, snsTopic });
  const minutesAgo = new Date('2026-11-20T10:05:00Z');
  expect(status).toMatchObject({
    LatestDeliveryTime: minutesAgo,
    LatestCloudWatchLogsDeliveryTime: minutesAgo,
    LatestNotificationTime: minutesAgo,
    LatestDigestDeliveryTime: new Date('2026-11-20T10:00:00Z'),
    LatestNotificationAttemptSucceeded: '2026-11-20T10:05:00.000Z',
  });
  expect(Object.keys(status).filter((name) => name.endsWith('Error'))).toEqual([]);
});

test('each sink has its own error, which stopped it two days ago', async () => {
  const deliveryErrors = { '*': { cloudWatchLogs: 'AccessDenied', sns: 'NotFound' } };
  const status = await statusWhere({ logGroup, snsTopic, deliveryErrors });
  expect(status).toMatchObject({
    LatestDeliveryTime: new Date('2026-11-20T10:05:00Z'),
    LatestCloudWatchLogsDeliveryError: 'AccessDenied',
    LatestCloudWatchLogsDeliveryTime: new Date('2026-11-18T10:05:00Z'),
    LatestNotificationError: 'NotFound',
    LatestNotificationTime: new Date('2026-11-18T10:05:00Z'),
  });
  expect(status.LatestDeliveryError).toBeUndefined();
});

test('an error sticks although deliveries succeed again, and a sink may never have been reached', async () => {
  const sticky = { error: 'SlowDown', lastSuccess: '-7m' };
  const status = await statusWhere({
    logGroup,
    deliveryErrors: { '*': { s3: sticky, cloudWatchLogs: { error: 'E', lastSuccess: null } } },
  });
  expect(status).toMatchObject({
    LatestDeliveryError: 'SlowDown',
    LatestDeliveryTime: new Date('2026-11-20T10:00:00Z'),
    LatestCloudWatchLogsDeliveryError: 'E',
  });
  expect(status.LatestDigestDeliveryError).toBeUndefined();
  expect(status.LatestCloudWatchLogsDeliveryTime).toBeUndefined();
});

test('a region where nothing happened was never delivered from, and its errors are its own', async () => {
  const deliveryErrors = { 'eu-west-1': { sns: 'NotFound' } };
  const away = await statusWhere({ logGroup, snsTopic, deliveryErrors }, 'eu-west-1');
  expect(away.LatestDeliveryTime).toBeUndefined();
  expect(away.LatestCloudWatchLogsDeliveryTime).toBeUndefined();
  expect(away.LatestNotificationError).toBe('NotFound');
  const here = await statusWhere({ logGroup, snsTopic, deliveryErrors });
  expect(here.LatestNotificationError).toBeUndefined();
});

test('a trail shows its log group, key, topic and prefix', async () => {
  const { as } = await stageOf({
    logGroup,
    logRole: `arn:aws:iam::${SHOP}:role/logs`,
    snsTopic,
    prefix: 'audit',
    kmsKey: `arn:aws:kms:${home}:${LOGS}:key/k`,
    multiRegion: false,
    globalServiceEvents: false,
  });
  const { Trail } = await as(SHOP).cloudtrail.send(new GetTrailCommand({ Name: 'shop' }));
  expect(Trail).toMatchObject({
    CloudWatchLogsLogGroupArn: logGroup,
    CloudWatchLogsRoleArn: `arn:aws:iam::${SHOP}:role/logs`,
    SnsTopicARN: snsTopic,
    S3KeyPrefix: 'audit',
    KmsKeyId: `arn:aws:kms:${home}:${LOGS}:key/k`,
    IncludeGlobalServiceEvents: false,
  });
});

test('Insights tell the categories of events that they watch, where anybody said', async () => {
  const { as } = await stageOf({
    insights: ['ApiCallRateInsight', { type: 'ApiErrorRateInsight', categories: ['Data'] }],
  });
  const { InsightSelectors } = await as(SHOP).cloudtrail.send(
    new GetInsightSelectorsCommand({ TrailName: 'shop' }),
  );
  expect(InsightSelectors).toEqual([
    { InsightType: 'ApiCallRateInsight' },
    { InsightType: 'ApiErrorRateInsight', EventCategories: ['Data'] },
  ]);
});

test('the stores of Lake are listed by name, and told one by one', async () => {
  const store = { name: 'lake', id: '5f0c7d9e-aaaa', account: SHOP, region: home };
  const { as } = await stageOf(
    {},
    { eventDataStores: [{ ...store, terminationProtection: false }] },
  );
  const { EventDataStores = [] } = await as(SHOP).cloudtrail.send(
    new ListEventDataStoresCommand({}),
  );
  const arn = `arn:aws:cloudtrail:${home}:${SHOP}:eventdatastore/5f0c7d9e-aaaa`;
  expect(EventDataStores).toEqual([{ EventDataStoreArn: arn, Name: 'lake' }]);
  const get = (EventDataStore: string, region = home) =>
    as(SHOP, region).cloudtrail.send(new GetEventDataStoreCommand({ EventDataStore }));
  for (const name of [arn, '5f0c7d9e-aaaa']) {
    expect(await get(name)).toMatchObject({
      Status: 'ENABLED',
      TerminationProtectionEnabled: false,
      RetentionPeriod: 366,
      OrganizationEnabled: false,
    });
  }
  expect((await failureOf(get(arn, 'eu-west-1'))).name).toBe('EventDataStoreNotFoundException');
  const away = await as(AUDIT).cloudtrail.send(new ListEventDataStoresCommand({}));
  expect(away.EventDataStores).toEqual([]);
});

describe('trails come and go', () => {
  const wanted: CreateTrailCommandInput = { Name: 'second', S3BucketName: 'logs' };
  // CloudTrail takes one change a second.
  const nextSecond = () => new Promise((resolve) => setTimeout(resolve, 1_050));

  test('a new trail is of one region, logs nothing yet, and is gone when it is deleted', async () => {
    const { as } = await stageOf();
    const { cloudtrail } = as(SHOP);
    const tags = [{ Key: 'owner', Value: 'shop' }];
    const made = await cloudtrail.send(new CreateTrailCommand({ ...wanted, TagsList: tags }));
    expect(made).toMatchObject({ IsMultiRegionTrail: false, LogFileValidationEnabled: false });
    const status = new GetTrailStatusCommand({ Name: 'second' });
    expect((await cloudtrail.send(status)).IsLogging).toBe(false);
    await nextSecond();
    await cloudtrail.send(new StartLoggingCommand({ Name: 'second' }));
    expect((await cloudtrail.send(status)).IsLogging).toBe(true);
    await nextSecond();
    await cloudtrail.send(new DeleteTrailCommand({ Name: 'second' }));
    expect((await failureOf(cloudtrail.send(status))).name).toBe('TrailNotFoundException');
  });

  test.each([
    ['a name that is taken', { Name: 'shop' }, 'TrailAlreadyExistsException'],
    ['a bucket that is not there', { S3BucketName: 'none' }, 'S3BucketDoesNotExistException'],
    [
      'an organization trail of a member',
      { IsOrganizationTrail: true },
      'NotOrganizationManagementAccountException',
    ],
    [
      'a trail of all regions without global services',
      { IsMultiRegionTrail: true, IncludeGlobalServiceEvents: false },
      'InvalidParameterCombinationException',
    ],
  ])('%s is refused', async (_case, difference, name) => {
    const { as } = await stageOf();
    const create = new CreateTrailCommand({ ...wanted, ...difference });
    expect((await failureOf(as(SHOP).cloudtrail.send(create))).name).toBe(name);
  });

  test('an organization trail stands in every member from then on', async () => {
    const { as } = await stageOf();
    await as(MANAGEMENT).cloudtrail.send(
      new CreateTrailCommand({ ...wanted, IsOrganizationTrail: true, IsMultiRegionTrail: true }),
    );
    const { trailList = [] } = await as(SHOP, 'eu-west-1').cloudtrail.send(
      new DescribeTrailsCommand({}),
    );
    expect(trailList.map(({ Name }) => Name)).toEqual(['shop', 'second']);
  });
});
