import { UpdateTrailCommand } from '@aws-sdk/client-cloudtrail';
import {
  CancelKeyDeletionCommand,
  DescribeKeyCommand,
  EnableKeyCommand,
  EnableKeyRotationCommand,
  GetKeyPolicyCommand,
  PutKeyPolicyCommand,
} from '@aws-sdk/client-kms';
import type { ScenarioFile } from '../../../src/sandbox/aws/scenario.ts';
import { closeAll, failureOf } from './soundness.ts';
import { LABS, LOGS, stageWhere } from './stage.ts';

afterAll(closeAll);

type Key = NonNullable<ScenarioFile['kmsKeys']>[number];
const id = '5f0c7d9e-0b5a-4c0e-9d53-bora00trail1';
const KeyId = `arn:aws:kms:ap-northeast-2:${LOGS}:key/${id}`;
const TRAIL = `arn:aws:cloudtrail:ap-northeast-2:${LABS}:trail/labs`;

async function keyWith(difference: Partial<Key> = {}) {
  const { as } = await stageWhere({
    kmsKeys: [{ id, account: LOGS, region: 'ap-northeast-2', rotation: false, ...difference }],
    buckets: [
      {
        name: 'labs-logs',
        account: LABS,
        region: 'ap-northeast-2',
        policy: {
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Allow',
              Principal: { Service: 'cloudtrail.amazonaws.com' },
              Action: 's3:PutObject',
              Resource: '*',
            },
          ],
        },
      },
    ],
    trails: [{ name: 'labs', account: LABS, homeRegion: 'ap-northeast-2', bucket: 'labs-logs' }],
  });
  return { kms: as(LOGS).kms, as };
}

test('a cancelled deletion leaves a disabled key, which can be enabled', async () => {
  const { kms } = await keyWith({ state: 'PendingDeletion' });
  const state = async () =>
    (await kms.send(new DescribeKeyCommand({ KeyId }))).KeyMetadata?.KeyState;
  const enable = () => kms.send(new EnableKeyCommand({ KeyId }));
  expect(await failureOf(enable())).toMatchObject({ name: 'KMSInvalidStateException' });
  await kms.send(new CancelKeyDeletionCommand({ KeyId }));
  expect(await state()).toBe('Disabled');
  await enable();
  expect(await state()).toBe('Enabled');
  expect(await failureOf(kms.send(new CancelKeyDeletionCommand({ KeyId })))).toMatchObject({
    name: 'KMSInvalidStateException',
  });
});

test.each<[string, Partial<Key>, string]>([
  ['disabled', { state: 'Disabled' }, 'DisabledException'],
  ['asymmetric', { spec: 'RSA_2048' }, 'UnsupportedOperationException'],
  ['imported', { origin: 'EXTERNAL' }, 'UnsupportedOperationException'],
  ['about to be deleted', { state: 'PendingDeletion' }, 'KMSInvalidStateException'],
  ["one of AWS's own", { manager: 'AWS' }, 'AccessDeniedException'],
])('a key that is %s cannot be rotated', async (_, difference, name) => {
  const { kms } = await keyWith(difference);
  expect(await failureOf(kms.send(new EnableKeyRotationCommand({ KeyId })))).toMatchObject({
    name,
  });
});

test('a policy that would shut its writer out is refused, and so is what is none', async () => {
  const { kms } = await keyWith();
  const put = (Policy: string) => kms.send(new PutKeyPolicyCommand({ KeyId, Policy }));
  const nobody = JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { AWS: `arn:aws:iam::${LABS}:root` },
        Action: 'kms:*',
        Resource: '*',
      },
    ],
  });
  expect(await failureOf(put(nobody))).toMatchObject({
    name: 'MalformedPolicyDocumentException',
    message: expect.stringContaining('will not allow you to update the key policy'),
  });
  expect(await failureOf(put('{'))).toMatchObject({ name: 'MalformedPolicyDocumentException' });
  const { Policy = '' } = await kms.send(new GetKeyPolicyCommand({ KeyId }));
  await put(Policy);
  expect((await kms.send(new GetKeyPolicyCommand({ KeyId }))).Policy).toBe(Policy);
});

test('another account changes nothing of a key, even where the policy lets it use it', async () => {
  const policy = {
    Version: '2012-10-17',
    Statement: [LOGS, LABS].map((account) => ({
      Effect: 'Allow',
      Principal: { AWS: `arn:aws:iam::${account}:root` },
      Action: 'kms:*',
      Resource: '*',
    })),
  };
  const { as } = await keyWith({ policy });
  expect(await failureOf(as(LABS).kms.send(new EnableKeyRotationCommand({ KeyId })))).toMatchObject(
    { name: 'AccessDeniedException' },
  );
});

describe('a trail takes a key', () => {
  const update = new UpdateTrailCommand({ Name: TRAIL, KmsKeyId: KeyId });
  const letting = (sources: string) => ({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { Service: 'cloudtrail.amazonaws.com' },
        Action: 'kms:GenerateDataKey*',
        Resource: '*',
        Condition: { StringEquals: { 'aws:SourceArn': sources } },
      },
    ],
  });

  test('whose policy lets CloudTrail encrypt for it', async () => {
    const { as } = await keyWith({ policy: letting(TRAIL) });
    expect(await as(LABS).cloudtrail.send(update)).toMatchObject({ KmsKeyId: KeyId });
  });

  test.each<[string, Partial<Key>, string]>([
    ['lets nobody', {}, 'InsufficientEncryptionPolicyException'],
    [
      'names another trail',
      { policy: letting(`${TRAIL}-2`) },
      'InsufficientEncryptionPolicyException',
    ],
    ['is of a disabled key', { policy: letting(TRAIL), state: 'Disabled' }, 'KmsException'],
  ])('but not one whose policy %s', async (_, difference, name) => {
    const { as } = await keyWith(difference);
    expect(await failureOf(as(LABS).cloudtrail.send(update))).toMatchObject({ name });
  });
});
