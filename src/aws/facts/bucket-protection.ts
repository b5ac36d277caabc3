import {
  GetBucketLifecycleConfigurationCommand,
  GetBucketVersioningCommand,
  GetObjectLockConfigurationCommand,
} from '@aws-sdk/client-s3';
import type { BucketFacts, BucketProtection } from '../../core/posture/facts.ts';
import { wasSeen } from '../../core/reading.ts';
import { orNone } from '../reading.ts';
import { type Ground, witnessed } from './reader.ts';

export const needs = [
  's3:GetBucketObjectLockConfiguration',
  's3:GetBucketVersioning',
  's3:GetLifecycleConfiguration',
];

/**
 * What protects the objects of a bucket, read from the account that owns it. Every call names the
 * expected owner: should the name by now belong to somebody else, S3 refuses instead of misleading us.
 */
export async function readProtection(
  ground: Ground,
  name: string,
  place: BucketFacts['place'],
): Promise<BucketProtection> {
  if (!wasSeen(place)) return { versioning: place, objectLock: place, lifecycleRules: place };
  const where = place.seen;
  const client = ground.aws.s3(where);
  const bucket = { Bucket: name, ExpectedBucketOwner: where.account };
  const [versioning, objectLock, lifecycleRules] = await Promise.all([
    witnessed(ground, 's3:GetBucketVersioning', where, async () => {
      const { Status, MFADelete } = await client.send(new GetBucketVersioningCommand(bucket));
      return { versioning: Status === 'Enabled', mfaDelete: MFADelete === 'Enabled' };
    }),
    witnessed(ground, 's3:GetBucketObjectLockConfiguration', where, () =>
      orNone('ObjectLockConfigurationNotFoundError', null, async () => {
        const answer = await client.send(new GetObjectLockConfigurationCommand(bucket));
        const retention = answer.ObjectLockConfiguration?.Rule?.DefaultRetention ?? {};
        const { Mode: mode, Days, Years = 0 } = retention;
        return mode ? { mode, days: Days ?? Years * 365 } : null;
      }),
    ),
    witnessed(ground, 's3:GetLifecycleConfiguration', where, () =>
      orNone('NoSuchLifecycleConfiguration', 0, async () => {
        const answer = await client.send(new GetBucketLifecycleConfigurationCommand(bucket));
        return answer.Rules?.length ?? 0;
      }),
    ),
  ]);
  return { versioning, objectLock, lifecycleRules };
}
