import {
  DescribeAggregateComplianceByConfigRulesCommand,
  DescribeComplianceByConfigRuleCommand,
  DescribeConfigRulesCommand,
  DescribeConfigurationAggregatorSourcesStatusCommand,
  DescribeConfigurationAggregatorsCommand,
  DescribeConfigurationRecorderStatusCommand,
  DescribeConfigurationRecordersCommand,
  DescribeDeliveryChannelStatusCommand,
  DescribeDeliveryChannelsCommand,
  GetAggregateComplianceDetailsByConfigRuleCommand,
  GetComplianceDetailsByConfigRuleCommand,
  GetResourceConfigHistoryCommand,
  SelectAggregateResourceConfigCommand,
  SelectResourceConfigCommand,
} from '@aws-sdk/client-config-service';
import type { ScenarioFile } from '../../../src/sandbox/aws/scenario.ts';
import { AUDIT, closeAll, failureOf, MANAGEMENT, SHOP } from './soundness.ts';
import { LABS, LOGS, stageWhere } from './stage.ts';

afterAll(closeAll);

const home = 'ap-northeast-2';
const aggregator = { name: 'everything', account: AUDIT, region: home };
const all: NonNullable<NonNullable<ScenarioFile['config']>['rules']> = [
  'CLOUD_TRAIL_ENABLED',
  'MULTI_REGION_CLOUD_TRAIL_ENABLED',
  'CLOUD_TRAIL_LOG_FILE_VALIDATION_ENABLED',
  'CLOUD_TRAIL_ENCRYPTION_ENABLED',
  'CLOUDTRAIL_S3_DATAEVENTS_ENABLED',
  'S3_BUCKET_MFA_DELETE_ENABLED',
  'S3_BUCKET_DEFAULT_LOCK_ENABLED',
];
const shopTrail = `arn:aws:cloudtrail:${home}:${SHOP}:trail/shop`;
const state: Partial<ScenarioFile> = {
  trails: [
    { name: 'org', account: MANAGEMENT, homeRegion: home, organization: true, bucket: 'logs' },
    { name: 'shop', account: SHOP, homeRegion: home, bucket: 'logs', logFileValidation: false },
  ],
  buckets: [
    {
      name: 'logs',
      account: LOGS,
      region: home,
      mfaDelete: true,
      objectLock: { mode: 'COMPLIANCE', days: 400 },
    },
    { name: 'open', account: LOGS, region: home },
    { name: 'ages', account: LOGS, region: home, lifecycle: [{ ID: 'a', Status: 'Enabled' }] },
  ],
};

const stageOf = (config: NonNullable<ScenarioFile['config']> = {}) =>
  stageWhere({ ...state, config: { rules: all, aggregator, ...config } });

test('a recorder that records, one that stopped, one that fails and none are told apart', async () => {
  const { as } = await stageOf({
    recorders: [
      { account: SHOP, state: 'stopped', stoppedAt: '-9d 17:41:22' },
      { account: LOGS, region: home, state: 'failing' },
      { account: LABS, state: 'absent' },
    ],
  });
  const status = async (account: string, region = home) => {
    const { config } = as(account, region);
    const { ConfigurationRecordersStatus = [] } = await config.send(
      new DescribeConfigurationRecorderStatusCommand({}),
    );
    return ConfigurationRecordersStatus[0];
  };
  expect(await status(AUDIT)).toMatchObject({
    recording: true,
    lastStatus: 'SUCCESS',
    name: 'default',
  });
  expect(await status(SHOP)).toMatchObject({ recording: false, lastStopTime: expect.any(Date) });
  expect(await status(LOGS)).toMatchObject({
    recording: true,
    lastStatus: 'FAILURE',
    lastErrorCode: 'AccessDenied',
  });
  expect(await status(LOGS, 'us-east-1')).toMatchObject({ lastStatus: 'SUCCESS' });
  expect(await status(LABS)).toBeUndefined();
  const { config } = as(LABS);
  expect(
    (await config.send(new DescribeConfigurationRecordersCommand({}))).ConfigurationRecorders,
  ).toEqual([]);
  expect((await config.send(new DescribeDeliveryChannelsCommand({}))).DeliveryChannels).toEqual([]);
  expect((await config.send(new DescribeConfigRulesCommand({}))).ConfigRules).toEqual([]);
});

test('a recorder or channel of another name does not exist', async () => {
  const { as } = await stageOf();
  const { config } = as(SHOP);
  const recorder = new DescribeConfigurationRecordersCommand({
    ConfigurationRecorderNames: ['mine'],
  });
  expect((await failureOf(config.send(recorder))).name).toBe(
    'NoSuchConfigurationRecorderException',
  );
  const channel = new DescribeDeliveryChannelStatusCommand({ DeliveryChannelNames: ['mine'] });
  expect((await failureOf(config.send(channel))).name).toBe('NoSuchDeliveryChannelException');
});

test('channels say where they deliver and whether it arrives', async () => {
  const { as } = await stageOf({ recorders: [{ account: LOGS, state: 'failing' }] });
  const channels = await as(SHOP).config.send(new DescribeDeliveryChannelsCommand({}));
  expect(channels.DeliveryChannels).toMatchObject([{ s3BucketName: 'config-history' }]);
  const { DeliveryChannelsStatus } = await as(LOGS).config.send(
    new DescribeDeliveryChannelStatusCommand({}),
  );
  expect(DeliveryChannelsStatus).toMatchObject([
    { configHistoryDeliveryInfo: { lastStatus: 'FAILURE', lastErrorCode: 'AccessDenied' } },
  ]);
});

test('rules are managed ones, found by their identifier', async () => {
  const { as } = await stageOf();
  const { ConfigRules = [] } = await as(SHOP).config.send(new DescribeConfigRulesCommand({}));
  expect(ConfigRules.map(({ Source }) => Source?.SourceIdentifier)).toEqual(all);
  const one = new DescribeConfigRulesCommand({ ConfigRuleNames: ['s3-bucket-mfa-delete-enabled'] });
  expect((await as(SHOP).config.send(one)).ConfigRules).toMatchObject([
    { ConfigRuleState: 'ACTIVE', Source: { Owner: 'AWS' } },
  ]);
});

async function verdicts(
  stage: Awaited<ReturnType<typeof stageOf>>,
  account: string,
  region = home,
) {
  const { ComplianceByConfigRules = [] } = await stage
    .as(account, region)
    .config.send(new DescribeComplianceByConfigRuleCommand({}));
  return Object.fromEntries(
    ComplianceByConfigRules.map((it) => [it.ConfigRuleName, it.Compliance?.ComplianceType]),
  );
}

test('what rules say follows from the state', async () => {
  const stage = await stageOf();
  expect(await verdicts(stage, SHOP)).toEqual({
    'cloudtrail-enabled': 'COMPLIANT',
    'multi-region-cloudtrail-enabled': 'COMPLIANT',
    'cloud-trail-log-file-validation-enabled': 'NON_COMPLIANT',
    'cloud-trail-encryption-enabled': 'NON_COMPLIANT',
    'cloudtrail-s3-dataevents-enabled': 'NON_COMPLIANT',
    's3-bucket-mfa-delete-enabled': 'INSUFFICIENT_DATA',
    's3-bucket-default-lock-enabled': 'INSUFFICIENT_DATA',
  });
  expect(await verdicts(stage, LOGS)).toMatchObject({
    's3-bucket-mfa-delete-enabled': 'NON_COMPLIANT',
    's3-bucket-default-lock-enabled': 'NON_COMPLIANT',
    'cloud-trail-log-file-validation-enabled': 'INSUFFICIENT_DATA',
  });
  expect(await verdicts(stage, LABS)).toMatchObject({ 'cloudtrail-enabled': 'NON_COMPLIANT' });
});

test('a change of the state changes what the rules say', async () => {
  const stage = await stageOf();
  for (const trail of stage.aws.world.trails) trail.logFileValidation = true;
  expect(await verdicts(stage, SHOP)).toMatchObject({
    'cloud-trail-log-file-validation-enabled': 'COMPLIANT',
  });
});

test.each([
  [
    'all buckets by a basic selector',
    { basic: [{ DataResources: [{ Type: 'AWS::S3::Object', Values: ['arn:aws:s3'] }] }] },
    'COMPLIANT',
    'COMPLIANT',
  ],
  [
    'writes only',
    {
      basic: [
        {
          ReadWriteType: 'WriteOnly',
          DataResources: [{ Type: 'AWS::S3::Object', Values: ['arn:aws:s3'] }],
        },
      ],
    },
    'NON_COMPLIANT',
    'NON_COMPLIANT',
  ],
  [
    'all but KMS',
    { basic: [{ ExcludeManagementEventSources: ['kms.amazonaws.com'] }] },
    'NON_COMPLIANT',
    'NON_COMPLIANT',
  ],
  [
    'everything, advanced',
    {
      advanced: [
        { FieldSelectors: [{ Field: 'eventCategory', Equals: ['Management'] }] },
        {
          FieldSelectors: [
            { Field: 'eventCategory', Equals: ['Data'] },
            { Field: 'resources.type', Equals: ['AWS::S3::Object'] },
          ],
        },
      ],
    },
    'COMPLIANT',
    'COMPLIANT',
  ],
  [
    'one bucket, advanced',
    {
      advanced: [
        {
          FieldSelectors: [
            { Field: 'eventCategory', Equals: ['Data'] },
            { Field: 'resources.type', Equals: ['AWS::S3::Object'] },
            { Field: 'resources.ARN', StartsWith: ['arn:aws:s3:::one/'] },
          ],
        },
      ],
    },
    'NON_COMPLIANT',
    'NON_COMPLIANT',
  ],
])('selectors that record %s', async (_case, selectors, management, data) => {
  const stage = await stageWhere({
    trails: [{ name: 'labs', account: LABS, homeRegion: home, bucket: 'logs', selectors }],
    config: { rules: all },
  });
  expect(await verdicts(stage, LABS)).toMatchObject({
    'multi-region-cloudtrail-enabled': management,
    'cloudtrail-s3-dataevents-enabled': data,
  });
});

test('details name each resource; a bucket with a lifecycle cannot have MFA delete and is not judged', async () => {
  const { as } = await stageOf();
  const { EvaluationResults = [] } = await as(LOGS).config.send(
    new GetComplianceDetailsByConfigRuleCommand({ ConfigRuleName: 's3-bucket-mfa-delete-enabled' }),
  );
  expect(
    EvaluationResults.map(({ ComplianceType, EvaluationResultIdentifier: it }) => [
      it?.EvaluationResultQualifier?.ResourceId,
      ComplianceType,
    ]),
  ).toEqual([
    ['logs', 'COMPLIANT'],
    ['open', 'NON_COMPLIANT'],
  ]);
  const offenders = new GetComplianceDetailsByConfigRuleCommand({
    ConfigRuleName: 's3-bucket-mfa-delete-enabled',
    ComplianceTypes: ['NON_COMPLIANT'],
    Limit: 1,
  });
  expect((await as(LOGS).config.send(offenders)).EvaluationResults).toHaveLength(1);
});

test('a verdict of the scenario overrides the state', async () => {
  const stage = await stageOf({
    verdicts: [
      {
        rule: 'CLOUD_TRAIL_LOG_FILE_VALIDATION_ENABLED',
        account: SHOP,
        region: home,
        resource: shopTrail,
        compliance: 'COMPLIANT',
        at: '-1h',
      },
    ],
  });
  expect(await verdicts(stage, SHOP)).toMatchObject({
    'cloud-trail-log-file-validation-enabled': 'COMPLIANT',
  });
});

test('a rule that does not exist is refused in the account and in the aggregator', async () => {
  const { as } = await stageOf();
  const details = new GetComplianceDetailsByConfigRuleCommand({ ConfigRuleName: 'none' });
  expect((await failureOf(as(SHOP).config.send(details))).name).toBe('NoSuchConfigRuleException');
  const aggregate = new GetAggregateComplianceDetailsByConfigRuleCommand({
    ConfigurationAggregatorName: 'everything',
    ConfigRuleName: 'none',
    AccountId: SHOP,
    AwsRegion: home,
  });
  expect((await failureOf(as(AUDIT).config.send(aggregate))).name).toBe(
    'NoSuchConfigRuleException',
  );
});

const trailsEverywhere = (Limit?: number, NextToken?: string) =>
  new SelectAggregateResourceConfigCommand({
    ConfigurationAggregatorName: 'everything',
    Expression:
      "SELECT accountId, resourceId, configuration.logFileValidationEnabled WHERE resourceType = 'AWS::CloudTrail::Trail' ORDER BY accountId",
    ...(Limit !== undefined && { Limit }),
    ...(NextToken !== undefined && { NextToken }),
  });

test('the aggregator unites accounts and regions; rows are JSON strings', async () => {
  const { as } = await stageOf();
  const { Results = [], QueryInfo } = await as(AUDIT).config.send(trailsEverywhere());
  expect(Results.map((row) => JSON.parse(row))).toEqual([
    {
      accountId: MANAGEMENT,
      resourceId: `arn:aws:cloudtrail:${home}:${MANAGEMENT}:trail/org`,
      configuration: { logFileValidationEnabled: true },
    },
    { accountId: SHOP, resourceId: shopTrail, configuration: { logFileValidationEnabled: false } },
  ]);
  expect(QueryInfo?.SelectFields?.map(({ Name }) => Name)).toContain('resourceId');
});

test('pages follow their token, which belongs to its query alone', async () => {
  const { as } = await stageOf();
  const { config } = as(AUDIT);
  const first = await config.send(trailsEverywhere(1));
  expect(first.Results).toHaveLength(1);
  const second = await config.send(trailsEverywhere(1, first.NextToken));
  expect(second.Results).not.toEqual(first.Results);
  expect(second.NextToken).toBeUndefined();
  const other = new SelectAggregateResourceConfigCommand({
    ConfigurationAggregatorName: 'everything',
    Expression: 'SELECT resourceId',
    NextToken: first.NextToken,
  });
  expect((await failureOf(config.send(other))).name).toBe('InvalidNextTokenException');
  expect((await failureOf(config.send(trailsEverywhere(1, 'nonsense')))).name).toBe(
    'InvalidNextTokenException',
  );
  expect((await failureOf(config.send(trailsEverywhere(101)))).name).toBe('InvalidLimitException');
});

test('an account sees its own resources in its region, with what Config calls supplementary', async () => {
  const { as } = await stageOf();
  const select = (Expression: string, region = home) =>
    as(LOGS, region).config.send(new SelectResourceConfigCommand({ Expression }));
  const { Results = [] } = await select(
    'SELECT resourceId WHERE supplementaryConfiguration.BucketVersioningConfiguration.isMfaDeleteEnabled = true',
  );
  expect(Results).toEqual(['{"resourceId":"logs"}']);
  expect((await select('SELECT resourceId', 'eu-west-1')).Results).toEqual([
    '{"resourceId":"default"}',
  ]);
  expect((await failureOf(select('DROP TABLE'))).name).toBe('InvalidExpressionException');
});

test('what a stopped recorder saw last is what the aggregator still tells', async () => {
  const { as, aws } = await stageOf({
    recorders: [{ account: SHOP, state: 'stopped', stoppedAt: '-9d 17:41:22' }],
  });
  for (const trail of aws.world.trails) trail.logFileValidation = true;
  const { Results = [] } = await as(AUDIT).config.send(
    new SelectAggregateResourceConfigCommand({
      ConfigurationAggregatorName: 'everything',
      Expression: `SELECT configuration.logFileValidationEnabled, configurationItemCaptureTime WHERE resourceId = '${shopTrail}'`,
    }),
  );
  const [row] = Results.map((text) => JSON.parse(text));
  expect(row.configuration).toEqual({ logFileValidationEnabled: false });
  expect(Date.now() - Date.parse(row.configurationItemCaptureTime)).toBeGreaterThan(8 * 86_400_000);
});

test('an aggregator exists only where it was made', async () => {
  const { as } = await stageOf();
  expect(
    (await as(SHOP).config.send(new DescribeConfigurationAggregatorsCommand({})))
      .ConfigurationAggregators,
  ).toEqual([]);
  const { ConfigurationAggregators } = await as(AUDIT).config.send(
    new DescribeConfigurationAggregatorsCommand({}),
  );
  expect(ConfigurationAggregators).toMatchObject([
    {
      ConfigurationAggregatorName: 'everything',
      OrganizationAggregationSource: { AllAwsRegions: true },
    },
  ]);
  for (const { config } of [as(SHOP), as(AUDIT, 'eu-west-1')]) {
    expect((await failureOf(config.send(trailsEverywhere()))).name).toBe(
      'NoSuchConfigurationAggregatorException',
    );
  }
});

test('sources say which accounts are outdated', async () => {
  const { as } = await stageOf({ aggregator: { ...aggregator, stale: [SHOP] } });
  const { AggregatedSourceStatusList = [] } = await as(AUDIT).config.send(
    new DescribeConfigurationAggregatorSourcesStatusCommand({
      ConfigurationAggregatorName: 'everything',
      UpdateStatus: ['OUTDATED'],
    }),
  );
  expect(new Set(AggregatedSourceStatusList.map(({ SourceId }) => SourceId))).toEqual(
    new Set([SHOP]),
  );
  expect(AggregatedSourceStatusList).toHaveLength(3);
});

test('compliance is aggregated by rule, account and region', async () => {
  const { as } = await stageOf();
  const { AggregateComplianceByConfigRules } = await as(AUDIT).config.send(
    new DescribeAggregateComplianceByConfigRulesCommand({
      ConfigurationAggregatorName: 'everything',
      Filters: { ConfigRuleName: 's3-bucket-mfa-delete-enabled', ComplianceType: 'NON_COMPLIANT' },
    }),
  );
  expect(AggregateComplianceByConfigRules).toMatchObject([{ AccountId: LOGS, AwsRegion: home }]);
  const { AggregateEvaluationResults } = await as(AUDIT).config.send(
    new GetAggregateComplianceDetailsByConfigRuleCommand({
      ConfigurationAggregatorName: 'everything',
      ConfigRuleName: 's3-bucket-mfa-delete-enabled',
      AccountId: LOGS,
      AwsRegion: home,
      ComplianceType: 'NON_COMPLIANT',
    }),
  );
  expect(AggregateEvaluationResults).toMatchObject([
    { EvaluationResultIdentifier: { EvaluationResultQualifier: { ResourceId: 'open' } } },
  ]);
});

const instance = {
  account: SHOP,
  region: home,
  type: 'AWS::EC2::Instance',
  id: 'i-0a1b2c3d4e5f60718',
};
const history = (earlierTime?: Date) =>
  new GetResourceConfigHistoryCommand({
    resourceType: 'AWS::EC2::Instance',
    resourceId: instance.id,
    ...(earlierTime !== undefined && { earlierTime }),
  });

test('the history of a resource goes from its end back to its beginning', async () => {
  const { as } = await stageOf({
    history: [
      { ...instance, at: '-9d', configuration: { state: { name: 'running' } } },
      { ...instance, at: '-5d', status: 'ResourceDeleted', configuration: {} },
    ],
  });
  const { config } = as(SHOP);
  const { configurationItems = [] } = await config.send(history());
  expect(configurationItems.map(({ configurationItemStatus }) => configurationItemStatus)).toEqual([
    'ResourceDeleted',
    'OK',
  ]);
  expect(JSON.parse(configurationItems[1]?.configuration ?? '')).toEqual({
    state: { name: 'running' },
  });
  expect(configurationItems[0]?.configuration).toBeUndefined();
  const recent = await config.send(history(new Date(Date.now() - 7 * 86_400_000)));
  expect(recent.configurationItems).toHaveLength(1);
  const { Results } = await config.send(
    new SelectResourceConfigCommand({
      Expression: `SELECT resourceId WHERE resourceId = '${instance.id}'`,
    }),
  );
  expect(Results).toEqual([]);
});

test('a resource that Config never saw, and a place without a recorder, are not an empty history', async () => {
  const { as } = await stageOf({ recorders: [{ account: LABS, state: 'absent' }] });
  expect((await failureOf(as(SHOP).config.send(history()))).name).toBe(
    'ResourceNotDiscoveredException',
  );
  expect((await failureOf(as(LABS).config.send(history()))).name).toBe(
    'NoAvailableConfigurationRecorderException',
  );
});
