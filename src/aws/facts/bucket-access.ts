import {
  GetBucketAclCommand,
  GetBucketLocationCommand,
  GetBucketLoggingCommand,
  GetBucketPolicyCommand,
  GetBucketPolicyStatusCommand,
  GetObjectLockConfigurationCommand,
  GetPublicAccessBlockCommand,
} from '@aws-sdk/client-s3';
import type { AccessLogging, BucketProtection, Witnessed } from '../../core/posture/facts.ts';
import { wasSeen } from '../../core/reading.ts';
import { orNone } from '../reading.ts';
import type { Where } from '../session.ts';
import { policyIn } from './policy-text.ts';
import { type Ground, witnessed } from './reader.ts';
import { regionOf } from './region-of.ts';

export const needs = [
  's3:GetBucketAcl',
  's3:GetBucketLocation',
  's3:GetBucketLogging',
  's3:GetBucketObjectLockConfiguration',
  's3:GetBucketPolicy',
  's3:GetBucketPolicyStatus',
  's3:GetBucketPublicAccessBlock',
];

type Access = Pick<
  BucketProtection,
  'policy' | 'policyIsPublic' | 'publicAccessBlock' | 'aclGroups' | 'accessLogging'
>;

/** Who may come to a bucket, and whether its accesses are written down; read from its owner. */
export async function readAccess(ground: Ground, name: string, where: Where): Promise<Access> {
  const client = ground.aws.s3(where);
  const bucket = { Bucket: name, ExpectedBucketOwner: where.account };
  const [policy, policyIsPublic, publicAccessBlock, aclGroups, accessLogging] = await Promise.all([
    witnessed(ground, 's3:GetBucketPolicy', where, () =>
      orNone('NoSuchBucketPolicy', null, async () => {
        const { Policy = '' } = await client.send(new GetBucketPolicyCommand(bucket));
        return policyIn(Policy);
      }),
    ),
    witnessed(ground, 's3:GetBucketPolicyStatus', where, () =>
      orNone('NoSuchBucketPolicy', false, async () => {
        const { PolicyStatus } = await client.send(new GetBucketPolicyStatusCommand(bucket));
        return answered('PolicyStatus.IsPublic', PolicyStatus?.IsPublic);
      }),
    ),
    witnessed(ground, 's3:GetBucketPublicAccessBlock', where, () =>
      orNone('NoSuchPublicAccessBlockConfiguration', NO_BLOCK, async () => {
        const answer = await client.send(new GetPublicAccessBlockCommand(bucket));
        const block = answer.PublicAccessBlockConfiguration ?? {};
        return {
          blockPublicAcls: block.BlockPublicAcls === true,
          ignorePublicAcls: block.IgnorePublicAcls === true,
          blockPublicPolicy: block.BlockPublicPolicy === true,
          restrictPublicBuckets: block.RestrictPublicBuckets === true,
        };
      }),
    ),
    witnessed(ground, 's3:GetBucketAcl', where, async () => {
      const { Grants } = await client.send(new GetBucketAclCommand(bucket));
      const groups = answered('Grants', Grants).flatMap(({ Grantee }) => Grantee?.URI ?? []);
      return [...new Set(groups.map((uri) => uri.slice(uri.lastIndexOf('/') + 1)))];
    }),
    witnessed(ground, 's3:GetBucketLogging', where, async () => {
      const { LoggingEnabled } = await client.send(new GetBucketLoggingCommand(bucket));
      if (!LoggingEnabled?.TargetBucket) return null;
      return readTarget(ground, LoggingEnabled.TargetBucket, where);
    }),
  ]);
  return { policy, policyIsPublic, publicAccessBlock, aclGroups, accessLogging };
}

const NO_BLOCK = {
  blockPublicAcls: false,
  ignorePublicAcls: false,
  blockPublicPolicy: false,
  restrictPublicBuckets: false,
};

/** S3 answers without a body in the middle of trouble: that is no answer, and none is made of it. */
function answered<T>(field: string, value: T | undefined): T {
  if (value !== undefined) return value;
  throw Object.assign(new Error(`S3 answered without ${field}`), { name: 'EmptyAnswer' });
}

/**
 * The bucket that access logs go to. S3 delivers only within one account and region, and not to a
 * bucket with Object Lock, whether or not it locks by default.
 */
async function readTarget(
  ground: Ground,
  targetBucket: string,
  where: Where,
): Promise<AccessLogging> {
  const bucket = { Bucket: targetBucket, ExpectedBucketOwner: where.account };
  const [targetRegion, lockedHere] = await Promise.all([
    witnessed(ground, 's3:GetBucketLocation', where, () =>
      orNone('NoSuchBucket', null, async () => {
        const { LocationConstraint } = await ground.aws
          .s3(where)
          .send(new GetBucketLocationCommand(bucket));
        return regionOf(LocationConstraint);
      }),
    ),
    // Nearly always it is here, so nobody waits for its region to be known.
    readLocked(ground, where, bucket),
  ]);
  const region = wasSeen(targetRegion) ? targetRegion.seen : where.region;
  if (region === null)
    return { targetBucket, targetRegion, targetLocked: { seen: false, by: targetRegion.by } };
  const targetLocked =
    region === where.region ? lockedHere : await readLocked(ground, { ...where, region }, bucket);
  return { targetBucket, targetRegion, targetLocked };
}

function readLocked(
  ground: Ground,
  there: Where,
  bucket: { Bucket: string; ExpectedBucketOwner: string },
): Promise<Witnessed<boolean>> {
  return witnessed(ground, 's3:GetBucketObjectLockConfiguration', there, () =>
    orNone('ObjectLockConfigurationNotFoundError', false, async () => {
      const { ObjectLockConfiguration } = await ground.aws
        .s3(there)
        .send(new GetObjectLockConfigurationCommand(bucket));
      return ObjectLockConfiguration?.ObjectLockEnabled === 'Enabled';
    }),
  );
}
