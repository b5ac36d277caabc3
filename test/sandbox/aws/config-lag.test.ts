import {
  DeleteTrailCommand,
  PutEventSelectorsCommand,
  StopLoggingCommand,
  UpdateTrailCommand,
} from '@aws-sdk/client-cloudtrail';
import {
  DescribeConfigurationAggregatorSourcesStatusCommand,
  DescribeConfigurationAggregatorsCommand,
  DescribeConfigurationRecorderStatusCommand,
  GetComplianceDetailsByConfigRuleCommand,
  GetResourceConfigHistoryCommand,
  type ResourceType,
  SelectAggregateResourceConfigCommand,
  SelectResourceConfigCommand,
  StartConfigurationRecorderCommand,
  StopConfigurationRecorderCommand,
} from '@aws-sdk/client-config-service';
import { PutBucketVersioningCommand } from '@aws-sdk/client-s3';
import type { ScenarioFile } from '../../../src/sandbox/aws/scenario.ts';
import { AUDIT, closeAll, failureOf, PAYMENTS, SHOP } from './soundness.ts';
import { LOGS, stageWhere } from './stage.ts';

afterAll(closeAll);

const home = 'ap-northeast-2';
const minute = 60_000;
const aggregator = { name: 'everything', account: AUDIT, region: home };
const shopTrail = `arn:aws:cloudtrail:${home}:${SHOP}:trail/shop`;
const recorderType = 'AWS::Config::ConfigurationRecorder' as ResourceType;

/** A stage whose clock is moved by hand, so that lags pass. */
async function stageOf(config: NonNullable<ScenarioFile['config']> = {}) {
  let now = Date.parse('2026-11-20T10:00:00Z');
  const stage = await stageWhere(
    {
      trails: [{ name: 'shop', account: SHOP, homeRegion: home, bucket: 'logs' }],
      buckets: [{ name: 'logs', account: LOGS, region: home, versioning: 'Suspended' }],
      kmsKeys: [{ id: 'k-1', account: LOGS, region: home, state: 'Disabled' }],
      config: { aggregator, rules: ['CLOUD_TRAIL_LOG_FILE_VALIDATION_ENABLED'], ...config },
    },
    { now: () => new Date(now) },
  );
  const asked = async (Expression: string) => {
    const { Results = [] } = await stage.as(AUDIT).config.send(
      new SelectAggregateResourceConfigCommand({
        ConfigurationAggregatorName: 'everything',
        Expression,
        Limit: 100,
      }),
    );
    return Results.map((row) => JSON.parse(row));
  };
  const history = async (account: string, resourceType: ResourceType, resourceId: string) => {
    const { configurationItems = [] } = await stage
      .as(account)
      .config.send(new GetResourceConfigHistoryCommand({ resourceType, resourceId, limit: 100 }));
    return configurationItems.map((item) => ({
      at: item.configurationItemCaptureTime?.toISOString(),
      status: item.configurationItemStatus,
      ...JSON.parse(item.configuration ?? '{}'),
    }));
  };
  const later = (ms: number) => {
    now += ms;
  };
  return { ...stage, asked, history, later };
}

const validated = `SELECT configuration.logFileValidationEnabled, configurationItemCaptureTime WHERE resourceType = 'AWS::CloudTrail::Trail'`;
const switchOff = () => new UpdateTrailCommand({ Name: 'shop', EnableLogFileValidation: false });

test('without a lag a change is in the map at once, captured when it happened', async () => {
  const { as, asked } = await stageOf();
  await as(SHOP).cloudtrail.send(switchOff());
  expect(await asked(validated)).toEqual([
    {
      configuration: { logFileValidationEnabled: false },
      configurationItemCaptureTime: '2026-11-20T10:00:00Z',
    },
  ]);
});

test('with a lag the map tells the older state until it has passed', async () => {
  const { as, asked, later } = await stageOf({ lagMs: 10 * minute });
  const [before] = await asked(validated);
  await as(SHOP).cloudtrail.send(switchOff());
  later(9 * minute);
  expect(await asked(validated)).toEqual([before]);
  expect(before.configuration.logFileValidationEnabled).toBe(true);
  later(minute);
  expect(await asked(validated)).toEqual([
    {
      configuration: { logFileValidationEnabled: false },
      configurationItemCaptureTime: '2026-11-20T10:10:00Z',
    },
  ]);
});

test('a deleted trail stays in the map for the lag, and in the history for ever', async () => {
  const { as, asked, later, history } = await stageOf({ lagMs: 10 * minute });
  await as(SHOP).cloudtrail.send(new DeleteTrailCommand({ Name: 'shop' }));
  expect(await asked(validated)).toHaveLength(1);
  later(10 * minute);
  expect(await asked(validated)).toEqual([]);
  expect(await history(SHOP, 'AWS::CloudTrail::Trail', shopTrail)).toMatchObject([
    { at: '2026-11-20T10:10:00.000Z', status: 'ResourceDeleted' },
    { status: 'OK', logFileValidationEnabled: true },
  ]);
});

test('verdicts may be older than the state', async () => {
  const { as, later } = await stageOf({ verdictLagMs: 60 * minute });
  const verdict = async () => {
    const { EvaluationResults = [] } = await as(SHOP).config.send(
      new GetComplianceDetailsByConfigRuleCommand({
        ConfigRuleName: 'cloud-trail-log-file-validation-enabled',
      }),
    );
    return EvaluationResults.map(({ ComplianceType, ResultRecordedTime }) => [
      ComplianceType,
      ResultRecordedTime?.toISOString(),
    ]);
  };
  await as(SHOP).cloudtrail.send(switchOff());
  expect(await verdict()).toEqual([['COMPLIANT', '2026-11-20T09:00:02.000Z']]);
  later(60 * minute);
  expect(await verdict()).toEqual([['NON_COMPLIANT', '2026-11-20T10:00:02.000Z']]);
});

test('the history follows every change of a trail and of a bucket', async () => {
  const { as, history, later } = await stageOf();
  await as(SHOP).cloudtrail.send(switchOff());
  later(5 * minute);
  await new Promise((resolve) => setTimeout(resolve, 1_050));
  const EventSelectors = [{ ReadWriteType: 'WriteOnly' as const, IncludeManagementEvents: true }];
  await as(SHOP).cloudtrail.send(
    new PutEventSelectorsCommand({ TrailName: 'shop', EventSelectors }),
  );
  expect(await history(SHOP, 'AWS::CloudTrail::Trail', shopTrail)).toMatchObject([
    { at: '2026-11-20T10:05:00.000Z', hasCustomEventSelectors: true },
    { at: '2026-11-20T10:00:00.000Z', logFileValidationEnabled: false },
    { logFileValidationEnabled: true, hasCustomEventSelectors: false },
  ]);
  await as(LOGS).s3.send(
    new PutBucketVersioningCommand({
      Bucket: 'logs',
      VersioningConfiguration: { Status: 'Enabled' },
    }),
  );
  expect(await history(LOGS, 'AWS::S3::Bucket', 'logs')).toHaveLength(2);
});

test('a recorder is a resource, stopped or not; where there is none, there is no row', async () => {
  const { asked } = await stageOf({
    recorders: [
      { account: SHOP, region: home, state: 'stopped', stoppedAt: '-9d 17:41:22' },
      { account: LOGS, state: 'absent' },
      { account: PAYMENTS, state: 'failing' },
    ],
  });
  const rows = await asked(
    `SELECT accountId, awsRegion, configuration.Recording, configurationItemCaptureTime WHERE resourceType = '${recorderType}' AND awsRegion = '${home}'`,
  );
  const of = (account: string) => rows.find(({ accountId }) => accountId === account);
  expect(of(SHOP)).toMatchObject({
    configuration: { Recording: false },
    configurationItemCaptureTime: '2026-11-11T17:41:22Z',
  });
  expect(of(LOGS)).toBeUndefined();
  expect(of(PAYMENTS)).toMatchObject({ configuration: { Recording: true } });
  expect(new Set(rows.map(({ awsRegion }) => awsRegion))).toEqual(new Set([home]));
});

test('a recorder that is stopped and started again tells both, and sees nothing in between', async () => {
  const { as, asked, later, history } = await stageOf();
  const { config, cloudtrail } = as(SHOP);
  const ConfigurationRecorderName = 'default';
  await config.send(new StopConfigurationRecorderCommand({ ConfigurationRecorderName }));
  later(minute);
  await cloudtrail.send(switchOff());
  expect((await asked(validated))[0].configuration.logFileValidationEnabled).toBe(true);
  const status = async () =>
    (await config.send(new DescribeConfigurationRecorderStatusCommand({})))
      .ConfigurationRecordersStatus?.[0]?.recording;
  expect(await status()).toBe(false);
  later(minute);
  await config.send(new StartConfigurationRecorderCommand({ ConfigurationRecorderName }));
  expect(await status()).toBe(true);
  expect((await asked(validated))[0].configuration.logFileValidationEnabled).toBe(false);
  expect(await history(SHOP, recorderType, 'default')).toMatchObject([
    { at: '2026-11-20T10:02:00.000Z', Recording: true },
    { at: '2026-11-20T10:00:00.000Z', Recording: false },
    { Recording: true },
  ]);
  const unknown = new StopConfigurationRecorderCommand({ ConfigurationRecorderName: 'mine' });
  expect((await failureOf(config.send(unknown))).name).toBe('NoSuchConfigurationRecorderException');
});

test('sources may be late or may never have come: what they tell is as old as their status says', async () => {
  const { as, asked } = await stageOf({
    aggregator: {
      ...aggregator,
      sources: [
        { account: SHOP, region: home, status: 'OUTDATED', at: '-1d' },
        { account: LOGS, status: 'FAILED', error: 'The role of the aggregator may not' },
      ],
    },
  });
  await as(SHOP).cloudtrail.send(switchOff());
  expect((await asked(validated))[0].configuration.logFileValidationEnabled).toBe(true);
  expect(await asked("SELECT resourceId WHERE resourceType = 'AWS::S3::Bucket'")).toEqual([]);
  const { AggregatedSourceStatusList = [] } = await as(AUDIT).config.send(
    new DescribeConfigurationAggregatorSourcesStatusCommand({
      ConfigurationAggregatorName: 'everything',
      UpdateStatus: ['FAILED', 'OUTDATED'],
    }),
  );
  expect(AggregatedSourceStatusList).toHaveLength(4);
  expect(AggregatedSourceStatusList).toContainEqual({
    SourceId: SHOP,
    SourceType: 'ACCOUNT',
    AwsRegion: home,
    LastUpdateStatus: 'OUTDATED',
    LastUpdateTime: new Date('2026-11-19T10:00:00Z'),
  });
  const failed = AggregatedSourceStatusList.filter(({ SourceId }) => SourceId === LOGS);
  expect(failed.map(({ LastErrorMessage }) => LastErrorMessage)).toEqual(
    Array.from({ length: 3 }, () => 'The role of the aggregator may not'),
  );
  expect(failed[0]?.LastUpdateTime).toBeUndefined();
});

test('a recorder may leave types out, or take only some: of the others nobody knows anything', async () => {
  const { as, asked } = await stageOf({
    recorders: [
      { account: SHOP, state: 'recording', excludes: ['AWS::CloudTrail::Trail'] },
      { account: LOGS, state: 'recording', only: ['AWS::S3::Bucket'] },
    ],
  });
  expect(await asked(validated)).toEqual([]);
  expect(await asked("SELECT resourceId WHERE resourceType = 'AWS::KMS::Key'")).toEqual([]);
  expect(await asked("SELECT resourceId WHERE resourceType = 'AWS::S3::Bucket'")).toHaveLength(1);
  const partial = await asked(
    `SELECT accountId, configuration.RecordingGroup.RecordingStrategy.UseOnly, configuration.RecordingGroup.ExclusionByResourceTypes.ResourceTypes WHERE resourceType = '${recorderType}' AND configuration.RecordingGroup.AllSupported = false AND awsRegion = '${home}'`,
  );
  expect(partial).toContainEqual({
    accountId: SHOP,
    configuration: {
      RecordingGroup: {
        RecordingStrategy: { UseOnly: 'EXCLUSION_BY_RESOURCE_TYPES' },
        ExclusionByResourceTypes: { ResourceTypes: ['AWS::CloudTrail::Trail'] },
      },
    },
  });
  expect(partial).toHaveLength(2);
  const { EvaluationResults } = await as(SHOP).config.send(
    new GetComplianceDetailsByConfigRuleCommand({
      ConfigRuleName: 'cloud-trail-log-file-validation-enabled',
    }),
  );
  expect(EvaluationResults).toEqual([]);
});

test('an aggregator of named accounts and regions knows no others', async () => {
  const { as, asked } = await stageOf({
    aggregator: { ...aggregator, accounts: [SHOP], regions: [home] },
  });
  expect(await asked(`SELECT accountId, awsRegion WHERE resourceType = '${recorderType}'`)).toEqual(
    [{ accountId: SHOP, awsRegion: home }],
  );
  const { ConfigurationAggregators = [] } = await as(AUDIT).config.send(
    new DescribeConfigurationAggregatorsCommand({}),
  );
  expect(ConfigurationAggregators[0]).toMatchObject({
    AccountAggregationSources: [{ AccountIds: [SHOP], AllAwsRegions: false, AwsRegions: [home] }],
  });
  expect(ConfigurationAggregators[0]).not.toHaveProperty('OrganizationAggregationSource');
});

test('keys are in the map with their state', async () => {
  const { asked } = await stageOf();
  expect(
    await asked("SELECT accountId, configuration.keyState WHERE resourceType = 'AWS::KMS::Key'"),
  ).toEqual([{ accountId: LOGS, configuration: { keyState: 'Disabled' } }]);
});

test('25 rows are a page unless somebody asks for more, and a page is of the list that the first was of', async () => {
  const { as, asked } = await stageOf();
  const { config } = as(AUDIT);
  const ask = (NextToken?: string) =>
    config.send(
      new SelectAggregateResourceConfigCommand({
        ConfigurationAggregatorName: 'everything',
        Expression: 'SELECT accountId, awsRegion, resourceType',
        MaxResults: 4,
        NextToken,
      }),
    );
  const first = await ask();
  await as(SHOP).cloudtrail.send(new DeleteTrailCommand({ Name: 'shop' }));
  const rows = [...(first.Results ?? [])];
  for (let token = first.NextToken; token; ) {
    const { Results = [], NextToken } = await ask(token);
    rows.push(...Results);
    token = NextToken;
  }
  const before = (await asked('SELECT accountId, awsRegion, resourceType')).length + 1;
  expect(rows).toHaveLength(before);
  const own = await as(SHOP).config.send(
    new SelectResourceConfigCommand({ Expression: 'SELECT *' }),
  );
  expect(own.Results).toHaveLength(1);
});

test('to stop logging moves the time of capture', async () => {
  const { as, asked, later } = await stageOf();
  later(minute);
  await as(SHOP).cloudtrail.send(new StopLoggingCommand({ Name: 'shop' }));
  expect((await asked(validated))[0].configurationItemCaptureTime).toBe('2026-11-20T10:01:00Z');
});
