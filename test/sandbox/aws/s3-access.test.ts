import {
  GetBucketAclCommand,
  GetBucketLoggingCommand,
  GetBucketPolicyCommand,
  GetBucketPolicyStatusCommand,
  GetBucketVersioningCommand,
  GetPublicAccessBlockCommand,
  PutBucketPolicyCommand,
  PutBucketVersioningCommand,
} from '@aws-sdk/client-s3';
import type { ScenarioFile } from '../../../src/sandbox/aws/scenario.ts';
import { clients, closeAll, failureOf, SHOP } from './soundness.ts';
import { LOGS, stageWhere } from './stage.ts';

afterAll(closeAll);

type BucketFile = NonNullable<ScenarioFile['buckets']>[number];
const home = 'ap-northeast-2';
const Bucket = 'logs';
const ROOT = 'AKIAROOT000000000000';

async function bucketWith(difference: Partial<BucketFile> = {}) {
  const { aws, as } = await stageWhere({
    buckets: [{ name: Bucket, account: LOGS, region: home, ...difference }],
    keys: [
      { accessKeyId: ROOT, principal: `arn:aws:iam::${LOGS}:root`, allow: ['*'] },
      { accessKeyId: `AKIA0000${LOGS}`, principal: `arn:aws:iam::${LOGS}:user/a`, allow: ['*'] },
    ],
  });
  const root = clients(aws, { credentials: { accessKeyId: ROOT, secretAccessKey: 'sandbox' } });
  return { aws, s3: as(LOGS).s3, root: root.s3 };
}

test('an ACL names its owner, other accounts by their canonical id, and groups by their address', async () => {
  const { s3 } = await bucketWith({
    grants: [
      { to: 'AllUsers', permission: 'READ' },
      { to: 'LogDelivery', permission: 'WRITE' },
      { to: SHOP, permission: 'FULL_CONTROL' },
    ],
  });
  const { Grants = [], Owner } = await s3.send(new GetBucketAclCommand({ Bucket }));
  expect(Grants.map(({ Permission }) => Permission)).toEqual([
    'FULL_CONTROL',
    'READ',
    'WRITE',
    'FULL_CONTROL',
  ]);
  expect(Grants.map(({ Grantee }) => Grantee?.URI)).toEqual([
    undefined,
    'http://acs.amazonaws.com/groups/global/AllUsers',
    'http://acs.amazonaws.com/groups/s3/LogDelivery',
    undefined,
  ]);
  expect(Grants[0]?.Grantee?.ID).toBe(Owner?.ID);
  expect(Grants[3]?.Grantee?.ID).not.toBe(Owner?.ID);
});

test('access logging tells where to, or nothing', async () => {
  const { s3 } = await bucketWith({ accessLogging: { bucket: 'access', prefix: 'logs/' } });
  expect((await s3.send(new GetBucketLoggingCommand({ Bucket }))).LoggingEnabled).toEqual({
    TargetBucket: 'access',
    TargetPrefix: 'logs/',
  });
  const silent = await bucketWith();
  const answer = await silent.s3.send(new GetBucketLoggingCommand({ Bucket }));
  expect(answer.LoggingEnabled).toBeUndefined();
});

test('a public access block may be set in part', async () => {
  const { s3 } = await bucketWith({ publicAccessBlock: { blockPublicPolicy: true } });
  const answer = await s3.send(new GetPublicAccessBlockCommand({ Bucket }));
  expect(answer.PublicAccessBlockConfiguration).toEqual({
    BlockPublicAcls: false,
    IgnorePublicAcls: false,
    BlockPublicPolicy: true,
    RestrictPublicBuckets: false,
  });
});

test.each([
  ['everybody', { Principal: '*' }, true],
  ['everybody among AWS accounts', { Principal: { AWS: ['*'] } }, true],
  ['a service', { Principal: { Service: 'cloudtrail.amazonaws.com' } }, false],
  [
    'everybody of the organization',
    { Principal: '*', Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-bora12345' } } },
    false,
  ],
  [
    'everybody who is not from somewhere',
    { Principal: '*', Condition: { StringNotEquals: { 'aws:SourceVpc': 'vpc-1' } } },
    true,
  ],
  [
    'everybody from any address',
    { Principal: '*', Condition: { IpAddress: { 'aws:SourceIp': '0.0.0.0/0' } } },
    true,
  ],
  [
    'everybody from one network',
    { Principal: '*', Condition: { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } } },
    false,
  ],
  [
    'a key that fixes nothing',
    { Principal: '*', Condition: { Bool: { 'aws:SecureTransport': 'true' } } },
    true,
  ],
  ['nobody, by a deny', { Effect: 'Deny', Principal: '*' }, false],
])('a policy for %s is public or not, as S3 computes it', async (_case, statement, expected) => {
  const { s3 } = await bucketWith({ policy: { Statement: [{ Effect: 'Allow', ...statement }] } });
  const { PolicyStatus } = await s3.send(new GetBucketPolicyStatusCommand({ Bucket }));
  expect(PolicyStatus?.IsPublic).toBe(expected);
});

describe('a bucket changes', () => {
  const suspend = new PutBucketVersioningCommand({
    Bucket,
    VersioningConfiguration: { Status: 'Suspended' },
  });

  test('its versioning is suspended, and the call is on record', async () => {
    const { s3, aws } = await bucketWith();
    await s3.send(suspend);
    expect((await s3.send(new GetBucketVersioningCommand({ Bucket }))).Status).toBe('Suspended');
    expect(aws.world.events.get(`${LOGS}/${home}`)).toContainEqual(
      expect.objectContaining({
        eventName: 'PutBucketVersioning',
        readOnly: false,
        requestParameters: expect.objectContaining({ bucketName: Bucket }),
      }),
    );
  });

  test('MFA delete is the root user’s alone to change, with a device', async () => {
    const { s3, root } = await bucketWith({ mfaDelete: true });
    expect((await failureOf(s3.send(suspend))).name).toBe('AccessDenied');
    const off = (MFA?: string) =>
      new PutBucketVersioningCommand({
        Bucket,
        MFA,
        VersioningConfiguration: { Status: 'Enabled', MFADelete: 'Disabled' },
      });
    expect((await failureOf(root.send(off()))).name).toBe('AccessDenied');
    await root.send(off('arn:aws:iam::222233334444:mfa/root 123456'));
    const { MFADelete } = await root.send(new GetBucketVersioningCommand({ Bucket }));
    expect(MFADelete).toBeUndefined();
  });

  test('versioning under a lock stays, and a lifecycle keeps MFA delete away', async () => {
    const locked = await bucketWith({ objectLock: { mode: 'GOVERNANCE', days: 1 } });
    expect((await failureOf(locked.s3.send(suspend))).name).toBe('InvalidBucketState');
    const aging = await bucketWith({ lifecycle: [{ ID: 'a', Status: 'Enabled' }] });
    const on = new PutBucketVersioningCommand({
      Bucket,
      MFA: 'arn:aws:iam::222233334444:mfa/root 123456',
      VersioningConfiguration: { Status: 'Enabled', MFADelete: 'Enabled' },
    });
    expect((await failureOf(aging.root.send(on))).name).toBe('InvalidBucketState');
  });

  test('a policy is put, unless it is none, or public where that is blocked', async () => {
    const { s3 } = await bucketWith();
    const put = (Policy: string) => s3.send(new PutBucketPolicyCommand({ Bucket, Policy }));
    const closed = JSON.stringify({ Statement: [{ Effect: 'Deny', Principal: '*' }] });
    await put(closed);
    expect((await s3.send(new GetBucketPolicyCommand({ Bucket }))).Policy).toBe(closed);
    expect((await failureOf(put('{'))).name).toBe('MalformedPolicy');
    expect((await failureOf(put('{}'))).name).toBe('MalformedPolicy');
    const open = JSON.stringify({ Statement: [{ Effect: 'Allow', Principal: '*' }] });
    expect((await failureOf(put(open))).name).toBe('AccessDenied');
  });
});
