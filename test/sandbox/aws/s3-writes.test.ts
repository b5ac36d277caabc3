import {
  DeleteBucketLifecycleCommand,
  DeleteBucketPolicyCommand,
  DeletePublicAccessBlockCommand,
  GetBucketAclCommand,
  GetBucketLifecycleConfigurationCommand,
  GetBucketLoggingCommand,
  GetObjectLockConfigurationCommand,
  GetPublicAccessBlockCommand,
  type LifecycleRule,
  PutBucketAclCommand,
  PutBucketLifecycleConfigurationCommand,
  PutBucketLoggingCommand,
  PutBucketVersioningCommand,
  PutObjectLockConfigurationCommand,
  PutPublicAccessBlockCommand,
} from '@aws-sdk/client-s3';
import type { ScenarioFile } from '../../../src/sandbox/aws/scenario.ts';
import { closeAll, failureOf } from './soundness.ts';
import { LABS, LOGS, stageWhere } from './stage.ts';

afterAll(closeAll);

type BucketFile = NonNullable<ScenarioFile['buckets']>[number];
const Bucket = 'logs';
const region = 'ap-northeast-2';

async function bucketWith(difference: Partial<BucketFile> = {}, more: BucketFile[] = []) {
  const { as } = await stageWhere({
    buckets: [{ name: Bucket, account: LOGS, region, ...difference }, ...more],
  });
  return as(LOGS).s3;
}

const rule: LifecycleRule = {
  ID: 'a',
  Status: 'Enabled',
  Filter: { Prefix: '' },
  Expiration: { Days: 400 },
};

describe('the lifecycle', () => {
  const put = (Rules: LifecycleRule[]) =>
    new PutBucketLifecycleConfigurationCommand({ Bucket, LifecycleConfiguration: { Rules } });

  test('takes the place of the one before, whole, and can be taken away', async () => {
    const s3 = await bucketWith({ lifecycle: [{ ...rule, ID: 'before' }] });
    const dated = { ...rule, ID: 'b', Expiration: { Date: new Date('2027-01-01T00:00:00Z') } };
    await s3.send(put([rule, dated]));
    const answer = await s3.send(new GetBucketLifecycleConfigurationCommand({ Bucket }));
    expect(answer).toMatchObject({
      Rules: [rule, dated],
      TransitionDefaultMinimumObjectSize: 'all_storage_classes_128K',
    });
    await s3.send(new DeleteBucketLifecycleCommand({ Bucket }));
    expect(
      await failureOf(s3.send(new GetBucketLifecycleConfigurationCommand({ Bucket }))),
    ).toMatchObject({ name: 'NoSuchLifecycleConfiguration' });
  });

  test.each<[string, LifecycleRule[], string]>([
    ['no rule', [], 'MalformedXML'],
    ['a rule that does nothing', [{ Status: 'Enabled', Filter: {} }], 'InvalidRequest'],
    ['one name twice', [rule, rule], 'InvalidArgument'],
    [
      'an expiration before the last move',
      [{ ...rule, Transitions: [{ Days: 400, StorageClass: 'GLACIER' }] }],
      'InvalidArgument',
    ],
    [
      'a day that does not begin at midnight',
      [{ ...rule, Expiration: { Date: new Date('2027-01-01T01:00:00Z') } }],
      'InvalidArgument',
    ],
    [
      'a day and a number of days',
      [{ ...rule, Expiration: { Days: 1, Date: new Date('2027-01-01T00:00:00Z') } }],
      'MalformedXML',
    ],
    ['a long name', [{ ...rule, ID: 'a'.repeat(256) }], 'InvalidArgument'],
  ])('is refused with %s', async (_, rules, name) => {
    const s3 = await bucketWith();
    expect(await failureOf(s3.send(put(rules)))).toMatchObject({ name });
  });

  test('is refused beside MFA delete', async () => {
    const s3 = await bucketWith({ mfaDelete: true });
    expect(await failureOf(s3.send(put([rule])))).toMatchObject({ name: 'InvalidBucketState' });
  });
});

describe('Object Lock', () => {
  const put = (Rule?: { DefaultRetention: { Mode: 'GOVERNANCE'; Days: number } }) =>
    new PutObjectLockConfigurationCommand({
      Bucket,
      ObjectLockConfiguration: { ObjectLockEnabled: 'Enabled', ...(Rule && { Rule }) },
    });
  const year = { DefaultRetention: { Mode: 'GOVERNANCE' as const, Days: 365 } };

  test('is switched on for a bucket that keeps versions, and only its default ever goes', async () => {
    const s3 = await bucketWith();
    const read = async () => {
      const answer = await s3.send(new GetObjectLockConfigurationCommand({ Bucket }));
      return answer.ObjectLockConfiguration;
    };
    await s3.send(put(year));
    expect(await read()).toEqual({ ObjectLockEnabled: 'Enabled', Rule: year });
    await s3.send(put());
    expect(await read()).toEqual({ ObjectLockEnabled: 'Enabled' });
    const suspend = { Status: 'Suspended' as const };
    const stop = new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: suspend });
    expect(await failureOf(s3.send(stop))).toMatchObject({ name: 'InvalidBucketState' });
  });

  test.each(['Off', 'Suspended'] as const)(
    'is refused where versioning is %s',
    async (versioning) => {
      const s3 = await bucketWith({ versioning });
      expect(await failureOf(s3.send(put(year)))).toMatchObject({ name: 'InvalidBucketState' });
    },
  );
});

describe('access logging', () => {
  const to = (TargetBucket: string) =>
    new PutBucketLoggingCommand({
      Bucket,
      BucketLoggingStatus: { LoggingEnabled: { TargetBucket, TargetPrefix: 'p/' } },
    });
  const others = [
    { name: 'here', account: LOGS, region },
    { name: 'elsewhere', account: LOGS, region: 'us-east-1' },
    { name: 'theirs', account: LABS, region },
  ];

  test('goes to a bucket of the same account and region, and nowhere again', async () => {
    const s3 = await bucketWith({}, others);
    const read = async () =>
      (await s3.send(new GetBucketLoggingCommand({ Bucket }))).LoggingEnabled;
    await s3.send(to('here'));
    expect(await read()).toEqual({ TargetBucket: 'here', TargetPrefix: 'p/' });
    await s3.send(new PutBucketLoggingCommand({ Bucket, BucketLoggingStatus: {} }));
    expect(await read()).toBeUndefined();
  });

  test.each([
    ['nowhere', 'InvalidTargetBucketForLogging'],
    ['theirs', 'InvalidTargetBucketForLogging'],
    ['elsewhere', 'CrossLocationLoggingProhibitted'],
  ])('to %s is refused', async (target, name) => {
    const s3 = await bucketWith({}, others);
    expect(await failureOf(s3.send(to(target)))).toMatchObject({ name });
  });
});

test('the block of public access is set as it is said, and taken away', async () => {
  const s3 = await bucketWith({ publicAccessBlock: false });
  const read = () => s3.send(new GetPublicAccessBlockCommand({ Bucket }));
  const block = {
    BlockPublicAcls: true,
    IgnorePublicAcls: false,
    BlockPublicPolicy: true,
    RestrictPublicBuckets: false,
  };
  await s3.send(new PutPublicAccessBlockCommand({ Bucket, PublicAccessBlockConfiguration: block }));
  expect((await read()).PublicAccessBlockConfiguration).toEqual(block);
  await s3.send(new DeletePublicAccessBlockCommand({ Bucket }));
  expect(await failureOf(read())).toMatchObject({ name: 'NoSuchPublicAccessBlockConfiguration' });
});

test('an ACL is sent back as it was read, but not with strangers where they are blocked', async () => {
  const s3 = await bucketWith({
    publicAccessBlock: false,
    grants: [
      { to: 'AllUsers', permission: 'READ' },
      { to: LABS, permission: 'WRITE' },
    ],
  });
  const { Owner, Grants } = await s3.send(new GetBucketAclCommand({ Bucket }));
  const put = (AccessControlPolicy: object) =>
    s3.send(new PutBucketAclCommand({ Bucket, AccessControlPolicy }));
  await put({ Owner, Grants });
  expect((await s3.send(new GetBucketAclCommand({ Bucket }))).Grants).toEqual(Grants);
  await s3.send(
    new PutPublicAccessBlockCommand({
      Bucket,
      PublicAccessBlockConfiguration: { BlockPublicAcls: true },
    }),
  );
  expect(await failureOf(put({ Owner, Grants }))).toMatchObject({ name: 'AccessDenied' });
  expect(await failureOf(put({ Owner: { ID: 'somebody' }, Grants: [] }))).toMatchObject({
    name: 'AccessDenied',
  });
});

test('a policy can be taken away; no other account can do any of this', async () => {
  const policy = { Version: '2012-10-17', Statement: [] };
  const { as } = await stageWhere({ buckets: [{ name: Bucket, account: LOGS, region, policy }] });
  const remove = new DeleteBucketPolicyCommand({ Bucket });
  expect(await failureOf(as(LABS).s3.send(remove))).toMatchObject({ name: 'AccessDenied' });
  const wrong = new DeleteBucketPolicyCommand({ Bucket, ExpectedBucketOwner: LABS });
  expect(await failureOf(as(LOGS).s3.send(wrong))).toMatchObject({ name: 'AccessDenied' });
  await as(LOGS).s3.send(remove);
});
