import { ListRegionsCommand } from '@aws-sdk/client-account';
import { DescribeTrailsCommand, LookupEventsCommand } from '@aws-sdk/client-cloudtrail';
import { DescribeRegionsCommand } from '@aws-sdk/client-ec2';
import {
  GetBucketEncryptionCommand,
  GetBucketVersioningCommand,
  ListBucketsCommand,
} from '@aws-sdk/client-s3';
import {
  AssumeRoleCommand,
  type AssumeRoleCommandInput,
  GetCallerIdentityCommand,
} from '@aws-sdk/client-sts';
import type { RunningAws } from '../../../src/sandbox/aws/index.ts';
import {
  AUDIT,
  assume,
  BOT,
  botCredentials,
  clients,
  closeAll,
  failureOf,
  PAYMENTS,
  ROLELESS,
  readRoleIn,
  SHOP,
  SUSPENDED,
  soundAws,
  soundScenario,
} from './soundness.ts';

afterAll(closeAll);

const READ = 'trailwarden-read';
const BOT_SESSION = `arn:aws:sts::${AUDIT}:assumed-role/trailwarden-bot/trailwarden-bot`;

describe('who calls', () => {
  test('the bot is a session of its own role', async () => {
    const aws = await soundAws();
    const { sts } = clients(aws);
    const { Account, Arn, UserId } = await sts.send(new GetCallerIdentityCommand({}));
    expect({ Account, Arn }).toEqual({ Account: AUDIT, Arn: BOT_SESSION });
    expect(UserId).toMatch(/^AROA[0-9A-F]{17}:trailwarden-bot$/);
  });

  test('an assumed role calls from its own account', async () => {
    const aws = await soundAws();
    const { sts } = clients(aws, { credentials: await assume(aws, SHOP) });
    expect(await sts.send(new GetCallerIdentityCommand({}))).toMatchObject({
      Account: SHOP,
      Arn: `arn:aws:sts::${SHOP}:assumed-role/${READ}/trailwarden`,
    });
    expect(aws.calls).toMatchObject([
      { operation: 'AssumeRole', account: AUDIT, outcome: 'ok' },
      { operation: 'GetCallerIdentity', account: SHOP, outcome: 'ok' },
    ]);
  });

  test.each([
    ['cloudtrail', 'UnrecognizedClientException', 400],
    ['sts', 'InvalidClientTokenId', 403],
    ['ec2', 'AuthFailure', 401],
    ['s3', 'InvalidAccessKeyId', 403],
    ['account', 'UnrecognizedClientException', 403],
  ] as const)('%s calls an unknown key %s', async (service, name, status) => {
    const aws = await soundAws();
    const credentials = { accessKeyId: 'AKIANOBODY0000000000', secretAccessKey: 'sandbox' };
    expect(await failureOf(ask(service, aws, credentials))).toMatchObject({ name, status });
    expect(aws.calls).toMatchObject([{ account: '', outcome: name }]);
  });

  test.each([
    ['cloudtrail', 'ExpiredTokenException', 400],
    ['sts', 'ExpiredToken', 403],
    ['ec2', 'RequestExpired', 400],
    ['s3', 'ExpiredToken', 400],
    ['account', 'ExpiredTokenException', 403],
  ] as const)('%s calls an expired session %s', async (service, name, status) => {
    let clock = new Date('2026-11-20T10:00:00Z');
    const aws = await soundAws({}, { now: () => clock });
    const credentials = await assume(aws, SHOP, { DurationSeconds: 900 });
    clock = new Date('2026-11-20T10:14:59Z');
    await ask(service, aws, credentials);
    clock = new Date('2026-11-20T10:15:00Z');
    expect(await failureOf(ask(service, aws, credentials))).toMatchObject({ name, status });
  });

  test.each([
    ['cloudtrail', 'UnrecognizedClientException'],
    ['sts', 'InvalidClientTokenId'],
    ['s3', 'InvalidToken'],
  ] as const)('%s answers another session’s token with %s', async (service, name) => {
    const aws = await soundAws();
    const [mine, other] = [await assume(aws, SHOP), await assume(aws, PAYMENTS)];
    const mixed = { ...mine, sessionToken: other.sessionToken };
    expect(await failureOf(ask(service, aws, mixed))).toMatchObject({ name });
    const without = { ...mine, sessionToken: undefined };
    expect(await failureOf(ask(service, aws, without))).toMatchObject({ name });
  });
});

describe('AssumeRole', () => {
  const refusal = (account: string, role = READ) => ({
    name: 'AccessDenied',
    status: 403,
    message: `User: ${BOT_SESSION} is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::${account}:role/${role}`,
  });

  test('issues temporary credentials under the name of the session', async () => {
    const now = new Date('2026-11-20T10:00:00Z');
    const aws = await soundAws({}, { now: () => now });
    const issued = await clients(aws).sts.send(
      new AssumeRoleCommand(readRoleIn(SHOP, { SourceIdentity: 'tw-7f3a', DurationSeconds: 1800 })),
    );
    expect(issued).toMatchObject({
      Credentials: { Expiration: new Date('2026-11-20T10:30:00Z') },
      AssumedRoleUser: { Arn: `arn:aws:sts::${SHOP}:assumed-role/${READ}/trailwarden` },
      SourceIdentity: 'tw-7f3a',
    });
    expect(issued.Credentials?.AccessKeyId).toMatch(/^ASIA[A-Z2-7]{16}$/);
    expect(issued.AssumedRoleUser?.AssumedRoleId).toMatch(/^AROA[0-9A-F]{17}:trailwarden$/);
  });

  test.each([
    ['an account outside the organization', '999999999999'],
    ['an account without the role', ROLELESS],
    ['a suspended account', SUSPENDED],
  ])('refuses %s', async (_, account) => {
    const aws = await soundAws();
    expect(await failureOf(assume(aws, account))).toMatchObject(refusal(account));
  });

  test('refuses a wrong and a missing external id', async () => {
    const aws = await soundAws();
    for (const ExternalId of ['somebody-elses', undefined]) {
      expect(await failureOf(assume(aws, SHOP, { ExternalId }))).toMatchObject(refusal(SHOP));
    }
  });

  test('refuses whom the role does not trust, though the caller’s own policies allow it', async () => {
    const aws = await soundAws();
    const credentials = await assume(aws, PAYMENTS);
    expect(await failureOf(assume(aws, SHOP, {}, credentials))).toMatchObject({
      name: 'AccessDenied',
      message: expect.stringContaining(`User: arn:aws:sts::${PAYMENTS}:assumed-role/${READ}`),
    });
  });

  test('refuses what the caller’s own policies do not allow', async () => {
    const aws = await soundAws({ keys: [{ ...botKey(), allow: ['cloudtrail:*'] }] });
    expect(await failureOf(assume(aws, SHOP))).toMatchObject({
      name: 'AccessDenied',
      message: `${refusal(SHOP).message} because no identity-based policy allows the sts:AssumeRole action`,
    });
  });

  test('needs permissions of their own for a source identity and for tags', async () => {
    const aws = await soundAws({ keys: [{ ...botKey(), allow: ['sts:AssumeRole'] }] });
    await assume(aws, SHOP);
    expect(await failureOf(assume(aws, SHOP, { SourceIdentity: 'tw-7f3a' }))).toMatchObject({
      message: expect.stringContaining('not authorized to perform: sts:SetSourceIdentity'),
    });
    const Tags = [{ Key: 'tw:plan', Value: '7f3a' }];
    expect(await failureOf(assume(aws, SHOP, { Tags }))).toMatchObject({
      message: expect.stringContaining('not authorized to perform: sts:TagSession'),
    });
  });

  test('a role may insist on a source identity, which then stays through the chain', async () => {
    const strict = {
      name: 'strict',
      trust: { principals: ['*'], sourceIdentity: true },
      allow: ['*'],
    };
    const aws = await soundAws({ roles: [...soundScenario().roles, strict] });
    const RoleArn = `arn:aws:iam::${SHOP}:role/strict`;
    expect(await failureOf(assume(aws, SHOP, { RoleArn }))).toMatchObject(refusal(SHOP, 'strict'));
    const named = await assume(aws, SHOP, { RoleArn, SourceIdentity: 'tw-1' });
    await assume(aws, SHOP, { RoleArn }, named);
    const other = { RoleArn, SourceIdentity: 'tw-2' };
    expect(await failureOf(assume(aws, SHOP, other, named))).toMatchObject({
      message: expect.stringContaining('not authorized to perform: sts:SetSourceIdentity'),
    });
  });

  test('a trust in an account’s root means everybody there', async () => {
    const open = {
      name: 'open',
      trust: { principals: [`arn:aws:iam::${AUDIT}:root`] },
      allow: ['*'],
    };
    const aws = await soundAws({ roles: [...soundScenario().roles, open] });
    const RoleArn = `arn:aws:iam::${SHOP}:role/open`;
    await assume(aws, SHOP, { RoleArn });
    const stranger = await assume(aws, PAYMENTS);
    expect(await failureOf(assume(aws, SHOP, { RoleArn }, stranger))).toMatchObject({
      name: 'AccessDenied',
    });
  });

  test.each<[string, Partial<AssumeRoleCommandInput>, string]>([
    ['a session of a minute', { DurationSeconds: 60 }, 'greater than or equal to 900'],
    ['a chained session of two hours', { DurationSeconds: 7200 }, 'role chaining'],
    ['a session of a week', { DurationSeconds: 604_800 }, 'less than or equal to 43200'],
    ['a session name with a blank', { RoleSessionName: 'two words' }, 'roleSessionName'],
    ['a source identity of one letter', { SourceIdentity: 'x' }, 'sourceIdentity'],
    ['an external id in quotes', { ExternalId: '"quoted"' }, 'externalId'],
    ['no ARN', { RoleArn: 'trailwarden-read' }, 'is invalid'],
    ['a policy of 2,049 characters', { Policy: ' '.repeat(2049) }, 'less than or equal to 2048'],
  ])('refuses %s', async (_, difference, message) => {
    const aws = await soundAws();
    expect(await failureOf(assume(aws, SHOP, difference))).toMatchObject({
      name: 'ValidationError',
      status: 400,
      message: expect.stringContaining(message),
    });
  });

  test('what it does not simulate of AssumeRole it refuses loudly', async () => {
    const aws = await soundAws();
    const PolicyArns = [{ arn: 'arn:aws:iam::aws:policy/ReadOnlyAccess' }];
    expect(await failureOf(assume(aws, SHOP, { PolicyArns }))).toMatchObject({
      name: 'NotImplemented',
      message: 'PolicyArns of sts:AssumeRole is not simulated',
    });
  });

  test('refuses a session policy that is none', async () => {
    const aws = await soundAws();
    const halves = [
      { Action: '*' },
      { Resource: '*' },
      { Action: '*', NotAction: '*', Resource: '*' },
    ];
    const documents = halves.map((half) =>
      JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', ...half }] }),
    );
    for (const Policy of ['{', '{"Statement":[{"Effect":"Perhaps"}]}', ...documents]) {
      expect(await failureOf(assume(aws, SHOP, { Policy }))).toMatchObject({
        name: 'MalformedPolicyDocumentException',
      });
    }
  });
});

describe('what a caller may do', () => {
  const policy = (Statement: object[]) => JSON.stringify({ Version: '2012-10-17', Statement });
  const rolesAllowing = (...allow: string[]) => ({
    roles: soundScenario().roles.map((role) => ({ ...role, allow })),
  });

  test.each([
    ['cloudtrail', 'AccessDeniedException', 400, 'cloudtrail:DescribeTrails'],
    ['ec2', 'UnauthorizedOperation', 403, 'ec2:DescribeRegions'],
    ['s3', 'AccessDenied', 403, 's3:ListAllMyBuckets'],
    ['account', 'AccessDeniedException', 403, 'account:ListRegions'],
  ] as const)('%s says %s of what no policy allows', async (service, name, status, action) => {
    const aws = await soundAws(rolesAllowing('kms:*'));
    const credentials = await assume(aws, SHOP);
    const user = `User: arn:aws:sts::${SHOP}:assumed-role/${READ}/trailwarden`;
    expect(await failureOf(ask(service, aws, credentials))).toMatchObject({
      name,
      status,
      message: expect.stringContaining(
        `${user} is not authorized to perform: ${action} because no identity-based policy allows the ${action} action`,
      ),
    });
  });

  test('GetCallerIdentity needs no permission', async () => {
    const aws = await soundAws(rolesAllowing('kms:*'));
    await ask('sts', aws, await assume(aws, SHOP));
  });

  test('a session can do what both its role and its policy allow', async () => {
    const aws = await soundAws(rolesAllowing('cloudtrail:*'));
    const Policy = policy([
      { Effect: 'Allow', Action: ['cloudtrail:Describe*', 'ec2:*'], Resource: '*' },
    ]);
    const credentials = await assume(aws, SHOP, { Policy });
    const { cloudtrail, ec2 } = clients(aws, { credentials });
    await cloudtrail.send(new DescribeTrailsCommand({}));
    expect(await failureOf(cloudtrail.send(new LookupEventsCommand({})))).toMatchObject({
      message: expect.stringContaining('because no session policy allows'),
    });
    expect(await failureOf(ec2.send(new DescribeRegionsCommand({})))).toMatchObject({
      message: expect.stringContaining('because no identity-based policy allows'),
    });
  });

  test('an explicit deny wins', async () => {
    const aws = await soundAws();
    const Policy = policy([
      { Effect: 'Allow', Action: '*', Resource: '*' },
      { Effect: 'Deny', NotAction: 'ec2:*', Resource: '*' },
    ]);
    const credentials = await assume(aws, SHOP, { Policy });
    await ask('ec2', aws, credentials);
    expect(await failureOf(ask('cloudtrail', aws, credentials))).toMatchObject({
      message: expect.stringContaining('with an explicit deny in a session policy'),
    });
  });

  test('resources and conditions narrow a policy', async () => {
    const bucket = { account: SHOP, region: 'ap-northeast-2' };
    const aws = await soundAws({
      buckets: [
        { ...bucket, name: 'bora-logs' },
        { ...bucket, name: 'bora-photos' },
      ],
    });
    const Policy = policy([
      { Effect: 'Allow', Action: 's3:GetBucket*', Resource: 'arn:aws:s3:::*-logs' },
      {
        Effect: 'Allow',
        Action: 'cloudtrail:*',
        Resource: '*',
        Condition: { StringEquals: { 'aws:RequestedRegion': ['eu-west-1'] } },
      },
    ]);
    const credentials = await assume(aws, SHOP, { Policy });
    const { s3 } = clients(aws, { credentials });
    await s3.send(new GetBucketVersioningCommand({ Bucket: 'bora-logs' }));
    expect(
      await failureOf(s3.send(new GetBucketVersioningCommand({ Bucket: 'bora-photos' }))),
    ).toMatchObject({ message: expect.stringContaining('arn:aws:s3:::bora-photos') });
    // The IAM action of this operation has a name of its own.
    expect(
      await failureOf(s3.send(new GetBucketEncryptionCommand({ Bucket: 'bora-logs' }))),
    ).toMatchObject({ message: expect.stringContaining('s3:GetEncryptionConfiguration') });
    await ask('cloudtrail', aws, credentials, 'eu-west-1');
    expect(await failureOf(ask('cloudtrail', aws, credentials))).toMatchObject({
      name: 'AccessDeniedException',
    });
  });

  test('a condition that is not simulated is refused loudly, not guessed', async () => {
    const aws = await soundAws();
    const Condition = { DateGreaterThan: { 'aws:CurrentTime': '2026-01-01T00:00:00Z' } };
    const Policy = policy([{ Effect: 'Allow', Action: '*', Resource: '*', Condition }]);
    expect(await failureOf(assume(aws, SHOP, { Policy }))).toMatchObject({
      name: 'NotImplemented',
      status: 501,
    });
    expect(aws.log).toEqual([expect.stringContaining('DateGreaterThan on aws:CurrentTime')]);
  });

  test('a scenario that names a missing policy file does not start', async () => {
    await expect(soundAws({ keys: [{ ...botKey(), policies: ['no-such.json'] }] })).rejects.toThrow(
      'no-such.json',
    );
  });

  test('the bot’s own policy allows assuming its two roles and nothing else', async () => {
    const aws = await soundAws({ keys: [{ ...botKey(), allow: [], policies: ['bot.json'] }] });
    await assume(aws, SHOP, { SourceIdentity: 'trailwarden' });
    expect(await failureOf(ask('ec2', aws, botCredentials))).toMatchObject({
      name: 'UnauthorizedOperation',
    });
  });
});

function botKey() {
  return { accessKeyId: botCredentials.accessKeyId, principal: BOT, allow: ['*'] };
}

type Asked = 'account' | 'cloudtrail' | 'ec2' | 's3' | 'sts';
function ask(
  service: Asked,
  aws: RunningAws,
  credentials = botCredentials,
  region = 'ap-northeast-2',
): Promise<unknown> {
  const to = clients(aws, { credentials, region });
  switch (service) {
    case 'account':
      return to.account.send(new ListRegionsCommand({}));
    case 'cloudtrail':
      return to.cloudtrail.send(new DescribeTrailsCommand({}));
    case 'ec2':
      return to.ec2.send(new DescribeRegionsCommand({}));
    case 's3':
      return to.s3.send(new ListBucketsCommand({}));
    case 'sts':
      return to.sts.send(new GetCallerIdentityCommand({}));
  }
}
