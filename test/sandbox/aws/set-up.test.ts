import { UpdateTrailCommand } from '@aws-sdk/client-cloudtrail';
import { DeleteAlarmsCommand, PutMetricAlarmCommand } from '@aws-sdk/client-cloudwatch';
import {
  CreateLogGroupCommand,
  DeleteMetricFilterCommand,
  DescribeMetricFiltersCommand,
  PutMetricFilterCommand,
  PutRetentionPolicyCommand,
  TestMetricFilterCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import {
  DeleteConfigurationRecorderCommand,
  DeleteDeliveryChannelCommand,
  DescribeDeliveryChannelsCommand,
  PutConfigurationRecorderCommand,
  PutDeliveryChannelCommand,
  StartConfigurationRecorderCommand,
  StopConfigurationRecorderCommand,
} from '@aws-sdk/client-config-service';
import {
  AuthorizeSecurityGroupIngressCommand,
  DescribeSecurityGroupRulesCommand,
  RevokeSecurityGroupIngressCommand,
} from '@aws-sdk/client-ec2';
import {
  CreateRoleCommand,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  ListAccessKeysCommand,
  PutRolePolicyCommand,
  UpdateAccessKeyCommand,
} from '@aws-sdk/client-iam';
import { CreateTopicCommand, GetTopicAttributesCommand } from '@aws-sdk/client-sns';
import { closeAll, failureOf, SHOP } from './soundness.ts';
import { stageWhere } from './stage.ts';

afterAll(closeAll);

const home = 'ap-northeast-2';
const place = { account: SHOP, region: home };
const shop = async (different: Parameters<typeof stageWhere>[0] = {}) =>
  (await stageWhere(different)).as(SHOP);

describe('Config is set up', () => {
  const recorder = (name: string, recordingGroup: object = { allSupported: true }) =>
    new PutConfigurationRecorderCommand({
      ConfigurationRecorder: {
        name,
        roleARN: `arn:aws:iam::${SHOP}:role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig`,
        recordingGroup,
      },
    });
  const named = { ConfigurationRecorderName: 'default' };

  test('once per account and region', async () => {
    const { config } = await shop();
    const second = await failureOf(config.send(recorder('second')));
    expect(second.name).toBe('MaxNumberOfConfigurationRecordersExceededException');
  });

  test.each([
    ['all and some', { allSupported: true, resourceTypes: ['AWS::S3::Bucket'] }],
    [
      'global types without all',
      { resourceTypes: ['AWS::S3::Bucket'], includeGlobalResourceTypes: true },
    ],
    [
      'a strategy without its list',
      { recordingStrategy: { useOnly: 'INCLUSION_BY_RESOURCE_TYPES' } },
    ],
  ])('not with %s', async (_, group) => {
    const { config } = await shop();
    const failure = await failureOf(config.send(recorder('default', group)));
    expect(failure.name).toBe('InvalidRecordingGroupException');
  });

  test('with a role that is there', async () => {
    const { config } = await shop();
    const command = recorder('default');
    Object.assign(command.input.ConfigurationRecorder ?? {}, {
      roleARN: `arn:aws:iam::${SHOP}:role/none`,
    });
    expect((await failureOf(config.send(command))).name).toBe('InvalidRoleException');
  });

  test('from nothing, in the one order that AWS takes', async () => {
    const { config } = await shop({
      config: { recorders: [{ account: SHOP, region: home, state: 'absent' }] },
      buckets: [{ ...place, name: 'history' }],
    });
    const channel = new PutDeliveryChannelCommand({
      DeliveryChannel: { name: 'default', s3BucketName: 'history' },
    });
    const early = await failureOf(config.send(channel));
    expect(early.name).toBe('NoAvailableConfigurationRecorderException');
    await config.send(recorder('default'));
    const start = new StartConfigurationRecorderCommand(named);
    const channelless = await failureOf(config.send(start));
    expect(channelless.name).toBe('NoAvailableDeliveryChannelException');
    await config.send(channel);
    await config.send(start);
    const gone = new DeleteDeliveryChannelCommand({ DeliveryChannelName: 'default' });
    expect((await failureOf(config.send(gone))).name).toBe(
      'LastDeliveryChannelDeleteFailedException',
    );
    await config.send(new StopConfigurationRecorderCommand(named));
    await config.send(gone);
    await config.send(new DeleteConfigurationRecorderCommand(named));
    const left = await config.send(new DescribeDeliveryChannelsCommand({}));
    expect(left.DeliveryChannels).toEqual([]);
  });
});

describe('log groups', () => {
  const group = { logGroupName: 'audit' };
  const stage = () => shop({ logGroups: [{ ...place, name: 'audit' }] });
  const filter = (filterName: string, filterPattern = '{ $.a = "b" }') =>
    new PutMetricFilterCommand({
      ...group,
      filterName,
      filterPattern,
      metricTransformations: [{ metricName: 'm', metricNamespace: 'n', metricValue: '1' }],
    });

  test('are created once, and keep events for numbers of days that there are', async () => {
    const { logs } = await stage();
    const again = await failureOf(logs.send(new CreateLogGroupCommand(group)));
    expect(again.name).toBe('ResourceAlreadyExistsException');
    const odd = new PutRetentionPolicyCommand({ ...group, retentionInDays: 366 });
    expect((await failureOf(logs.send(odd))).name).toBe('InvalidParameterException');
  });

  test('have a hundred filters at most, each with a pattern that is one', async () => {
    const { logs } = await stage();
    expect((await failureOf(logs.send(filter('odd', '{ $.a == }')))).name).toBe(
      'InvalidParameterException',
    );
    for (let one = 0; one < 100; one += 1) await logs.send(filter(`filter-${one}`));
    expect((await failureOf(logs.send(filter('more')))).name).toBe('LimitExceededException');
    await logs.send(filter('filter-7', '{ $.a = "c" }'));
    await logs.send(new DeleteMetricFilterCommand({ ...group, filterName: 'filter-8' }));
    const { metricFilters } = await logs.send(
      new DescribeMetricFiltersCommand({ ...group, filterNamePrefix: 'filter-7' }),
    );
    expect(metricFilters?.[0]).toMatchObject({ filterPattern: '{ $.a = "c" }' });
  });

  test('try a pattern on samples without keeping anything', async () => {
    const { logs } = await stage();
    const logEventMessages = ['{"a":"b"}', '{"a":"c"}'];
    const asked = new TestMetricFilterCommand({ filterPattern: '{ $.a = "b" }', logEventMessages });
    expect((await logs.send(asked)).matches).toMatchObject([{ eventNumber: 1 }]);
  });
});

test('of several alarms, one that is not there keeps all the others', async () => {
  const { monitoring } = await shop();
  const alarm = {
    AlarmName: 'one',
    MetricName: 'm',
    Namespace: 'n',
    Statistic: 'Sum',
    Period: 300,
    EvaluationPeriods: 1,
    Threshold: 1,
    ComparisonOperator: 'GreaterThanOrEqualToThreshold',
    TreatMissingData: 'notBreaching',
  } as const;
  await monitoring.send(new PutMetricAlarmCommand(alarm));
  const both = new DeleteAlarmsCommand({ AlarmNames: ['one', 'two'] });
  expect((await failureOf(monitoring.send(both))).status).toBe(404);
  await monitoring.send(new DeleteAlarmsCommand({ AlarmNames: ['one'] }));
});

test('a topic is answered to whoever makes it again, unless it differs', async () => {
  const { sns } = await shop();
  const made = await sns.send(new CreateTopicCommand({ Name: 'alarms' }));
  expect(await sns.send(new CreateTopicCommand({ Name: 'alarms' }))).toMatchObject({
    TopicArn: made.TopicArn,
  });
  const other = { Name: 'alarms', Attributes: { Policy: '{"Statement":[]}' } };
  const refused = await failureOf(sns.send(new CreateTopicCommand(other)));
  expect(refused.message).toContain('already exists with different attributes');
  const { Attributes } = await sns.send(new GetTopicAttributesCommand({ TopicArn: made.TopicArn }));
  expect(Attributes?.Policy).toContain('SourceOwner');
});

describe('a trail is given', () => {
  const trail = { name: 'audit', account: SHOP, homeRegion: home, bucket: 'logs' };
  const update = async (parameters: object, different = {}) => {
    const { cloudtrail } = await shop({
      trails: [trail],
      buckets: [{ ...place, name: 'logs' }],
      ...different,
    });
    return failureOf(cloudtrail.send(new UpdateTrailCommand({ Name: 'audit', ...parameters })));
  };
  const group = `arn:aws:logs:${home}:${SHOP}:log-group:audit:*`;
  const role = `arn:aws:iam::${SHOP}:role/deliver`;

  test('no topic that is not there, or that does not let CloudTrail publish', async () => {
    expect((await update({ SnsTopicName: 'none' })).name).toBe('InvalidSnsTopicNameException');
    const topics = [{ ...place, name: 'shut', subscriptions: [] }];
    expect((await update({ SnsTopicName: 'shut' }, { topics })).name).toBe(
      'InsufficientSnsTopicPolicyException',
    );
  });

  test('no log group without a role, that is not there, or with a role that trusts somebody else', async () => {
    const named = { CloudWatchLogsLogGroupArn: group, CloudWatchLogsRoleArn: role };
    expect((await update({ CloudWatchLogsLogGroupArn: group })).name).toBe(
      'InvalidCloudWatchLogsRoleArnException',
    );
    expect((await update(named)).name).toBe('InvalidCloudWatchLogsLogGroupArnException');
    const logGroups = [{ ...place, name: 'audit' }];
    expect((await update(named, { logGroups })).name).toBe('InvalidCloudWatchLogsRoleArnException');
  });
});

test('a role is made once, read with its policies, and deleted when it has none', async () => {
  const { iam } = await shop();
  const role = { RoleName: 'deliver' };
  const trust = { Version: '2012-10-17', Statement: [] };
  const create = new CreateRoleCommand({
    ...role,
    Path: '/ci/',
    AssumeRolePolicyDocument: JSON.stringify(trust),
  });
  await iam.send(create);
  expect((await failureOf(iam.send(create))).name).toBe('EntityAlreadyExistsException');
  const { Role } = await iam.send(new GetRoleCommand(role));
  expect(Role?.Arn).toBe(`arn:aws:iam::${SHOP}:role/ci/deliver`);
  expect(JSON.parse(decodeURIComponent(Role?.AssumeRolePolicyDocument ?? ''))).toEqual(trust);
  const policy = { ...role, PolicyName: 'p' };
  await iam.send(new PutRolePolicyCommand({ ...policy, PolicyDocument: JSON.stringify(trust) }));
  expect((await failureOf(iam.send(new DeleteRoleCommand(role)))).name).toBe(
    'DeleteConflictException',
  );
  await iam.send(new DeleteRolePolicyCommand(policy));
  expect((await failureOf(iam.send(new GetRolePolicyCommand(policy)))).name).toBe(
    'NoSuchEntityException',
  );
  await iam.send(new DeleteRoleCommand(role));
  expect((await failureOf(iam.send(new GetRoleCommand(role)))).status).toBe(404);
});

test('roles of services are not to be changed, and keys are switched one by one', async () => {
  const { iam } = await shop({
    iam: { users: [{ name: 'ci', account: SHOP, keys: [{ id: 'AKIA1' }, { id: 'AKIA2' }] }] },
  });
  const onService = new PutRolePolicyCommand({
    RoleName: 'AWSServiceRoleForConfig',
    PolicyName: 'p',
    PolicyDocument: '{}',
  });
  expect((await failureOf(iam.send(onService))).name).toBe('UnmodifiableEntityException');
  const off = { UserName: 'ci', AccessKeyId: 'AKIA2', Status: 'Inactive' as const };
  await iam.send(new UpdateAccessKeyCommand(off));
  const { AccessKeyMetadata } = await iam.send(new ListAccessKeysCommand({ UserName: 'ci' }));
  expect(AccessKeyMetadata?.map(({ Status }) => Status)).toEqual(['Active', 'Inactive']);
});

test('a rule of a security group is closed by its id, and opened again with another', async () => {
  const rules = [{ id: 'sgr-0aa11bb22cc33dd44', from: 22, to: 22, cidr: '0.0.0.0/0' }];
  const { ec2 } = await shop({
    securityGroups: [{ ...place, id: 'sg-0aa11bb22cc33dd44', name: 'debug', rules }],
  });
  const GroupId = 'sg-0aa11bb22cc33dd44';
  const open = {
    GroupId,
    IpPermissions: [
      { IpProtocol: 'tcp', FromPort: 22, ToPort: 22, IpRanges: [{ CidrIp: '0.0.0.0/0' }] },
    ],
  };
  const twice = await failureOf(ec2.send(new AuthorizeSecurityGroupIngressCommand(open)));
  expect(twice.name).toBe('InvalidPermission.Duplicate');
  const close = { GroupId, SecurityGroupRuleIds: ['sgr-0aa11bb22cc33dd44'] };
  const dry = await failureOf(
    ec2.send(new RevokeSecurityGroupIngressCommand({ ...close, DryRun: true })),
  );
  expect(dry).toMatchObject({ name: 'DryRunOperation', status: 412 });
  await ec2.send(new RevokeSecurityGroupIngressCommand(close));
  await ec2.send(new AuthorizeSecurityGroupIngressCommand(open));
  const { SecurityGroupRules = [] } = await ec2.send(
    new DescribeSecurityGroupRulesCommand({ Filters: [{ Name: 'group-id', Values: [GroupId] }] }),
  );
  expect(SecurityGroupRules).toMatchObject([{ CidrIpv4: '0.0.0.0/0', FromPort: 22 }]);
  expect(SecurityGroupRules[0]?.SecurityGroupRuleId).not.toBe('sgr-0aa11bb22cc33dd44');
  const gone = new DescribeSecurityGroupRulesCommand({
    SecurityGroupRuleIds: ['sgr-0aa11bb22cc33dd44'],
  });
  expect((await failureOf(ec2.send(gone))).name).toBe('InvalidSecurityGroupRuleId.NotFound');
});
