import { request } from 'node:http';
import {
  GetBucketAclCommand,
  GetBucketEncryptionCommand,
  GetBucketLifecycleConfigurationCommand,
  GetBucketLocationCommand,
  GetBucketLoggingCommand,
  GetBucketPolicyCommand,
  GetBucketPolicyStatusCommand,
  GetBucketTaggingCommand,
  GetBucketVersioningCommand,
  GetObjectCommand,
  GetObjectLockConfigurationCommand,
  GetPublicAccessBlockCommand,
  HeadBucketCommand,
  ListBucketsCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import type { ScenarioFile } from '../../../src/sandbox/aws/scenario.ts';
import { closeAll, failureOf, SHOP } from './soundness.ts';
import { LOGS, stageWhere } from './stage.ts';

afterAll(closeAll);

type BucketFile = NonNullable<ScenarioFile['buckets']>[number];
const home = 'ap-northeast-2';
const Bucket = 'logs';

/** A log archive whose only bucket differs so from a plain one. */
async function bucketWith(difference: Partial<BucketFile> = {}) {
  const { aws, as } = await stageWhere({
    buckets: [{ name: Bucket, account: LOGS, region: home, ...difference }],
  });
  return { aws, as, s3: as(LOGS).s3 };
}

test.each([
  ['off', { versioning: 'Off' }, {}],
  ['on', {}, { Status: 'Enabled' }],
  ['suspended', { versioning: 'Suspended' }, { Status: 'Suspended' }],
  ['on with MFA delete', { mfaDelete: true }, { Status: 'Enabled', MFADelete: 'Enabled' }],
] as const)('versioning that is %s answers so', async (_case, difference, expected) => {
  const { s3 } = await bucketWith(difference);
  const { $metadata, ...answer } = await s3.send(new GetBucketVersioningCommand({ Bucket }));
  expect(answer).toEqual(expected);
});

test('everything that a bucket has is told', async () => {
  const policy = {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: '*', Action: 's3:GetObject' }],
  };
  const { s3 } = await bucketWith({
    objectLock: { mode: 'COMPLIANCE', days: 400 },
    kmsKey: 'arn:aws:kms:ap-northeast-2:222233334444:key/k',
    policy,
    lifecycle: [
      { ID: 'seven years', Status: 'Enabled', Filter: { Prefix: '' }, Expiration: { Days: 2557 } },
    ],
    tags: { owner: 'platform' },
  });
  expect(
    (await s3.send(new GetObjectLockConfigurationCommand({ Bucket }))).ObjectLockConfiguration,
  ).toEqual({
    ObjectLockEnabled: 'Enabled',
    Rule: { DefaultRetention: { Mode: 'COMPLIANCE', Days: 400 } },
  });
  const { Policy = '' } = await s3.send(new GetBucketPolicyCommand({ Bucket }));
  expect(JSON.parse(Policy)).toEqual(policy);
  expect((await s3.send(new GetBucketPolicyStatusCommand({ Bucket }))).PolicyStatus).toEqual({
    IsPublic: true,
  });
  expect(
    (await s3.send(new GetBucketLifecycleConfigurationCommand({ Bucket }))).Rules,
  ).toMatchObject([{ ID: 'seven years', Expiration: { Days: 2557 } }]);
  expect((await s3.send(new GetBucketTaggingCommand({ Bucket }))).TagSet).toEqual([
    { Key: 'owner', Value: 'platform' },
  ]);
  const { ServerSideEncryptionConfiguration } = await s3.send(
    new GetBucketEncryptionCommand({ Bucket }),
  );
  expect(ServerSideEncryptionConfiguration?.Rules).toMatchObject([
    { ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms' }, BucketKeyEnabled: true },
  ]);
  expect(
    (await s3.send(new GetPublicAccessBlockCommand({ Bucket }))).PublicAccessBlockConfiguration,
  ).toEqual({
    BlockPublicAcls: true,
    BlockPublicPolicy: true,
    IgnorePublicAcls: true,
    RestrictPublicBuckets: true,
  });
});

test('a policy with a condition, or for a service, is not public', async () => {
  for (const statement of [
    {
      Effect: 'Allow',
      Principal: '*',
      Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } },
    },
    { Effect: 'Allow', Principal: { Service: 'cloudtrail.amazonaws.com' } },
    { Effect: 'Deny', Principal: '*' },
  ]) {
    const { s3 } = await bucketWith({ policy: { Statement: [statement] } });
    const { PolicyStatus } = await s3.send(new GetBucketPolicyStatusCommand({ Bucket }));
    expect(PolicyStatus).toEqual({ IsPublic: false });
  }
});

type Ask = (s3: S3Client) => Promise<unknown>;
const missing: [string, Ask][] = [
  ['NoSuchBucketPolicy', (s3) => s3.send(new GetBucketPolicyCommand({ Bucket }))],
  ['NoSuchBucketPolicy', (s3) => s3.send(new GetBucketPolicyStatusCommand({ Bucket }))],
  [
    'ObjectLockConfigurationNotFoundError',
    (s3) => s3.send(new GetObjectLockConfigurationCommand({ Bucket })),
  ],
  [
    'NoSuchPublicAccessBlockConfiguration',
    (s3) => s3.send(new GetPublicAccessBlockCommand({ Bucket })),
  ],
  [
    'NoSuchLifecycleConfiguration',
    (s3) => s3.send(new GetBucketLifecycleConfigurationCommand({ Bucket })),
  ],
  ['NoSuchTagSet', (s3) => s3.send(new GetBucketTaggingCommand({ Bucket }))],
  ['NoSuchKey', (s3) => s3.send(new GetObjectCommand({ Bucket, Key: 'none' }))],
  ['NoSuchBucket', (s3) => s3.send(new GetBucketVersioningCommand({ Bucket: 'none' }))],
  ['NotFound', (s3) => s3.send(new HeadBucketCommand({ Bucket: 'none' }))],
];
test.each(missing)('what is not there answers 404 %s', async (code, ask) => {
  const { s3 } = await bucketWith({ publicAccessBlock: false });
  expect(await failureOf(ask(s3))).toMatchObject({ name: code, status: 404 });
});

test('a plain bucket has encryption by S3, an owner, no access log, and a place', async () => {
  const { s3 } = await bucketWith();
  const encryption = await s3.send(new GetBucketEncryptionCommand({ Bucket }));
  expect(encryption.ServerSideEncryptionConfiguration?.Rules).toMatchObject([
    { ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } },
  ]);
  const acl = await s3.send(new GetBucketAclCommand({ Bucket }));
  expect(acl.Grants).toMatchObject([
    { Grantee: { ID: acl.Owner?.ID }, Permission: 'FULL_CONTROL' },
  ]);
  expect((await s3.send(new GetBucketLoggingCommand({ Bucket }))).LoggingEnabled).toBeUndefined();
  expect((await s3.send(new GetBucketLocationCommand({ Bucket }))).LocationConstraint).toBe(home);
  expect((await s3.send(new HeadBucketCommand({ Bucket }))).BucketRegion).toBe(home);
});

test('a bucket of another account is denied, and so is a wrong expected owner', async () => {
  const { s3, as } = await bucketWith();
  const versioning = (owner?: string) =>
    new GetBucketVersioningCommand({
      Bucket,
      ...(owner !== undefined && { ExpectedBucketOwner: owner }),
    });
  expect(await failureOf(as(SHOP).s3.send(versioning()))).toMatchObject({
    name: 'AccessDenied',
    status: 403,
  });
  expect((await failureOf(s3.send(versioning(SHOP)))).status).toBe(403);
  expect((await s3.send(versioning(LOGS))).Status).toBe('Enabled');
  expect((await failureOf(as(SHOP).s3.send(new HeadBucketCommand({ Bucket })))).status).toBe(403);
});

test('another region is told where the bucket is; its location is told everywhere', async () => {
  const { aws, as } = await bucketWith();
  const away = as(LOGS, 'eu-west-1').s3;
  expect(await failureOf(away.send(new GetBucketVersioningCommand({ Bucket })))).toMatchObject({
    status: 301,
  });
  expect((await away.send(new GetBucketLocationCommand({ Bucket }))).LocationConstraint).toBe(home);
  const headers = await new Promise<unknown>((resolve, reject) => {
    const scope = `AKIA0000${LOGS}/20261122/eu-west-1/s3/aws4_request`;
    const authorization = `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=0`;
    request(`${aws.url}/${Bucket}?versioning`, { headers: { authorization } }, (response) => {
      response.resume();
      resolve(response.headers);
    })
      .on('error', reject)
      .end();
  });
  expect(headers).toMatchObject({ 'x-amz-bucket-region': home });
});

test('ListBuckets tells own buckets, by prefix and region and in pages', async () => {
  const { as } = await stageWhere({
    buckets: [
      { name: 'b-two', account: LOGS, region: 'eu-west-1' },
      { name: 'a-one', account: LOGS, region: home },
      { name: 'theirs', account: SHOP, region: home },
    ],
  });
  const names = async (input: object) => {
    const { Buckets = [], ContinuationToken } = await as(LOGS).s3.send(
      new ListBucketsCommand(input),
    );
    return [...Buckets.map(({ Name }) => Name), ContinuationToken ?? 'the end'];
  };
  expect(await names({})).toEqual(['a-one', 'b-two', 'the end']);
  expect(await names({ Prefix: 'b' })).toEqual(['b-two', 'the end']);
  expect(await names({ BucketRegion: 'eu-west-1' })).toEqual(['b-two', 'the end']);
  expect(await names({ MaxBuckets: 1 })).toEqual(['a-one', 'a-one']);
  expect(await names({ MaxBuckets: 1, ContinuationToken: 'a-one' })).toEqual(['b-two', 'the end']);
});

test('objects are kept and listed, by prefix, in folders and in pages', async () => {
  const { s3 } = await bucketWith();
  for (const Key of ['a/1.json.gz', 'a/2.json.gz', 'b/3.json.gz', 'top']) {
    await s3.send(new PutObjectCommand({ Bucket, Key, Body: Buffer.from([0x1f, 0x8b, 0, 255]) }));
  }
  const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key: 'a/2.json.gz' }));
  expect([...((await Body?.transformToByteArray()) ?? [])]).toEqual([0x1f, 0x8b, 0, 255]);
  const folders = await s3.send(new ListObjectsV2Command({ Bucket, Delimiter: '/' }));
  expect(folders.CommonPrefixes).toEqual([{ Prefix: 'a/' }, { Prefix: 'b/' }]);
  expect(folders.Contents).toMatchObject([{ Key: 'top', Size: 4 }]);
  const first = await s3.send(new ListObjectsV2Command({ Bucket, Prefix: 'a/', MaxKeys: 1 }));
  expect(first).toMatchObject({ IsTruncated: true, KeyCount: 1 });
  const second = await s3.send(
    new ListObjectsV2Command({
      Bucket,
      Prefix: 'a/',
      ContinuationToken: first.NextContinuationToken,
    }),
  );
  expect(second.Contents).toMatchObject([{ Key: 'a/2.json.gz' }]);
  expect(second.IsTruncated).toBe(false);
});
