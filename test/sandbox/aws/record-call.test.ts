import {
  DescribeTrailsCommand,
  LookupEventsCommand,
  UpdateTrailCommand,
} from '@aws-sdk/client-cloudtrail';
import { DescribeRegionsCommand } from '@aws-sdk/client-ec2';
import { ListAccountsCommand } from '@aws-sdk/client-organizations';
import { GetBucketVersioningCommand, GetPublicAccessBlockCommand } from '@aws-sdk/client-s3';
import type { JsonObject } from '../../../src/core/json.ts';
import type { RunningAws } from '../../../src/sandbox/aws/index.ts';
import {
  AUDIT,
  assume,
  BOT,
  clients,
  closeAll,
  failureOf,
  PAYMENTS,
  SHOP,
  soundAws,
  soundScenario,
} from './soundness.ts';

afterAll(closeAll);

const at = new Date('2026-11-20T10:00:00.250Z');
const still = { now: () => at };
const READ_SESSION = `arn:aws:sts::${SHOP}:assumed-role/trailwarden-read/trailwarden`;

function recordsIn(aws: RunningAws, account: string, region = 'ap-northeast-2'): JsonObject[] {
  return aws.world.events.get(`${account}/${region}`) ?? [];
}

test('a role assumed across accounts is recorded in both, tied by one id', async () => {
  const aws = await soundAws({}, still);
  const issued = await assume(aws, SHOP, { SourceIdentity: 'tw-7f3a' });
  const [mine] = recordsIn(aws, AUDIT);
  const [theirs] = recordsIn(aws, SHOP);
  const RoleArn = `arn:aws:iam::${SHOP}:role/trailwarden-read`;
  expect(mine).toMatchObject({
    eventVersion: '1.11',
    userIdentity: {
      type: 'AssumedRole',
      principalId: expect.stringMatching(/^AROA\w{17}:trailwarden-bot$/),
      arn: `arn:aws:sts::${AUDIT}:assumed-role/trailwarden-bot/trailwarden-bot`,
      accountId: AUDIT,
      sessionContext: { sessionIssuer: { type: 'Role', arn: BOT, userName: 'trailwarden-bot' } },
    },
    eventTime: '2026-11-20T10:00:00Z',
    eventSource: 'sts.amazonaws.com',
    eventName: 'AssumeRole',
    awsRegion: 'ap-northeast-2',
    sourceIPAddress: '127.0.0.1',
    userAgent: expect.stringContaining('aws-sdk-js'),
    requestParameters: {
      roleArn: RoleArn,
      roleSessionName: 'trailwarden',
      sourceIdentity: 'tw-7f3a',
    },
    responseElements: {
      credentials: { accessKeyId: issued.accessKeyId, sessionToken: issued.sessionToken },
      assumedRoleUser: { arn: READ_SESSION },
      sourceIdentity: 'tw-7f3a',
    },
    resources: [{ accountId: SHOP, type: 'AWS::IAM::Role', ARN: RoleArn }],
    readOnly: true,
    eventType: 'AwsApiCall',
    managementEvent: true,
    recipientAccountId: AUDIT,
    eventCategory: 'Management',
  });
  expect(JSON.stringify(mine)).not.toContain(issued.secretAccessKey);
  expect(theirs).toMatchObject({
    userIdentity: { type: 'AWSAccount', accountId: AUDIT },
    recipientAccountId: SHOP,
    sharedEventID: mine?.sharedEventID,
    requestID: mine?.requestID,
  });
  expect(mine?.sharedEventID).toMatch(/^[0-9a-f-]{36}$/);
  expect(theirs?.eventID).not.toBe(mine?.eventID);
});

test('what a session does carries its issuer, its age and its source identity', async () => {
  const aws = await soundAws({}, still);
  const credentials = await assume(aws, SHOP, { SourceIdentity: 'tw-7f3a' });
  const { ec2 } = clients(aws, { credentials, region: 'eu-west-1' });
  await ec2.send(new DescribeRegionsCommand({ AllRegions: true }));
  expect(recordsIn(aws, SHOP, 'eu-west-1')).toMatchObject([
    {
      userIdentity: {
        type: 'AssumedRole',
        arn: READ_SESSION,
        accessKeyId: credentials.accessKeyId,
        sessionContext: {
          attributes: { creationDate: '2026-11-20T10:00:00Z', mfaAuthenticated: 'false' },
          sourceIdentity: 'tw-7f3a',
        },
      },
      eventName: 'DescribeRegions',
      requestParameters: { allRegions: true },
      responseElements: null,
      readOnly: true,
      awsRegion: 'eu-west-1',
    },
  ]);
});

test('a denied call is recorded without what it asked', async () => {
  const [read] = soundScenario().roles;
  if (!read) throw new Error('the sound scenario has a role');
  const aws = await soundAws({ roles: [{ ...read, allow: ['ec2:Describe*'] }] });
  const credentials = await assume(aws, SHOP);
  const { cloudtrail } = clients(aws, { credentials });
  await failureOf(cloudtrail.send(new UpdateTrailCommand({ Name: 'bora-org-trail' })));
  expect(recordsIn(aws, SHOP).at(-1)).toMatchObject({
    eventName: 'UpdateTrail',
    errorCode: 'AccessDenied',
    errorMessage: expect.stringContaining('is not authorized to perform: cloudtrail:UpdateTrail'),
    requestParameters: null,
    responseElements: null,
    readOnly: false,
  });
});

test('a failed call keeps what it asked; EC2 calls the caller’s errors Client', async () => {
  const aws = await soundAws({ faults: [{ operation: 'ec2:*', effect: 'throttle' }] });
  const { cloudtrail, ec2 } = clients(aws);
  await failureOf(cloudtrail.send(new UpdateTrailCommand({ Name: 'no-such-trail' })));
  await failureOf(ec2.send(new DescribeRegionsCommand({})));
  expect(recordsIn(aws, AUDIT)).toMatchObject([
    { errorCode: 'TrailNotFoundException', requestParameters: { name: 'no-such-trail' } },
    { errorCode: 'Client.RequestLimitExceeded', requestParameters: null },
  ]);
});

test('a write is recorded with its answer', async () => {
  const aws = await soundAws({
    trails: [
      {
        name: 'audit',
        account: AUDIT,
        homeRegion: 'ap-northeast-2',
        bucket: 'b',
        logFileValidation: false,
      },
    ],
    buckets: [{ name: 'b', account: AUDIT, region: 'ap-northeast-2' }],
  });
  const { cloudtrail } = clients(aws);
  await cloudtrail.send(new UpdateTrailCommand({ Name: 'audit', EnableLogFileValidation: true }));
  expect(recordsIn(aws, AUDIT)).toMatchObject([
    {
      eventName: 'UpdateTrail',
      requestParameters: { name: 'audit', enableLogFileValidation: true },
      responseElements: { name: 'audit', logFileValidationEnabled: true },
      readOnly: false,
    },
  ]);
});

test('S3 calls go by CloudTrail’s names for them', async () => {
  const aws = await soundAws({
    buckets: [{ name: 'logs', account: AUDIT, region: 'ap-northeast-2' }],
  });
  const { s3 } = clients(aws);
  await s3.send(new GetBucketVersioningCommand({ Bucket: 'logs' }));
  await s3.send(new GetPublicAccessBlockCommand({ Bucket: 'logs' }));
  expect(recordsIn(aws, AUDIT)).toMatchObject([
    { eventName: 'GetBucketVersioning', requestParameters: { bucketName: 'logs' } },
    { eventName: 'GetBucketPublicAccessBlock' },
  ]);
});

test('a global service is recorded in us-east-1', async () => {
  const aws = await soundAws();
  await clients(aws).organizations.send(new ListAccountsCommand({}));
  expect(recordsIn(aws, AUDIT)).toEqual([]);
  expect(recordsIn(aws, AUDIT, 'us-east-1')).toMatchObject([{ eventName: 'ListAccounts' }]);
});

test('an unknown key leaves no record, for nobody knows whose it would be', async () => {
  const aws = await soundAws();
  const credentials = { accessKeyId: 'AKIANOBODY0000000000', secretAccessKey: 'x' };
  await failureOf(clients(aws, { credentials }).ec2.send(new DescribeRegionsCommand({})));
  expect(aws.world.events.size).toBe(0);
});

test('the bot finds its own calls in LookupEvents, after the lag', async () => {
  let clock = at;
  const aws = await soundAws({ eventLagMs: 300_000 }, { now: () => clock });
  const credentials = await assume(aws, PAYMENTS);
  const { cloudtrail } = clients(aws, { credentials });
  await cloudtrail.send(new DescribeTrailsCommand({}));
  const seen = async () => {
    const { Events = [] } = await cloudtrail.send(new LookupEventsCommand({}));
    return Events.map(({ EventName }) => EventName);
  };
  clock = new Date(at.getTime() + 299_999);
  expect(await seen()).toEqual([]);
  clock = new Date(at.getTime() + 300_000);
  // Both are of the same second, whose order CloudTrail does not promise.
  expect((await seen()).toSorted()).toEqual(['AssumeRole', 'DescribeTrails']);
});
