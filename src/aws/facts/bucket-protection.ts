import {
  GetBucketLifecycleConfigurationCommand,
  GetBucketVersioningCommand,
  GetObjectLockConfigurationCommand,
  type LifecycleRule as LifecycleRuleOfS3,
} from '@aws-sdk/client-s3';
import type {
  BucketFacts,
  BucketProtection,
  LifecycleRule,
  Witnessed,
} from '../../core/posture/facts.ts';
import { looksPublic } from '../../core/posture/guards/public-access.ts';
import { wasSeen } from '../../core/reading.ts';
import { orNone } from '../reading.ts';
import { readAccountBlock } from './account-block.ts';
import type { Aggregator } from './aggregator.ts';
import { readAccess } from './bucket-access.ts';
import { type Ground, witnessed } from './reader.ts';

export const needs = [
  's3:GetBucketObjectLockConfiguration',
  's3:GetBucketVersioning',
  's3:GetLifecycleConfiguration',
];

/**
 * What protects a bucket, read from the account that owns it: nine calls, or eleven where it logs its
 * accesses to another bucket. Every call names the expected owner: should the name by now belong to
 * somebody else, S3 refuses instead of misleading us. Only of a bucket that looks public the Config
 * aggregator is asked what its account blocks.
 */
export async function readProtection(
  ground: Ground,
  name: string,
  place: BucketFacts['place'],
  aggregator: Witnessed<Aggregator | null>,
): Promise<BucketProtection> {
  if (!wasSeen(place)) return unplaced({ unseen: place.unseen, by: place.by });
  const where = place.seen;
  const client = ground.aws.s3(where);
  const bucket = { Bucket: name, ExpectedBucketOwner: where.account };
  const [access, versioning, objectLock, lifecycle] = await Promise.all([
    readAccess(ground, name, where),
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
      orNone<LifecycleRule[]>('NoSuchLifecycleConfiguration', [], async () => {
        const answer = await client.send(new GetBucketLifecycleConfigurationCommand(bucket));
        return (answer.Rules ?? []).map((rule) => lifecycleRule(rule, ground.now()));
      }),
    ),
  ]);
  const accountPublicAccessBlock = looksPublic(access)
    ? await readAccountBlock(ground, where.account, aggregator)
    : null;
  return { ...access, accountPublicAccessBlock, versioning, objectLock, lifecycle };
}

/** Of a bucket that nobody found, nothing is known, for the one reason. */
function unplaced(place: Witnessed<never>): BucketProtection {
  return {
    versioning: place,
    objectLock: place,
    lifecycle: place,
    policy: place,
    policyIsPublic: place,
    publicAccessBlock: place,
    accountPublicAccessBlock: null,
    aclGroups: place,
    accessLogging: place,
  };
}

/** S3 has had three ways to say what a rule is about: a prefix of its own, a filter, and a filter of several. */
function lifecycleRule(rule: LifecycleRuleOfS3, now: Date): LifecycleRule {
  const { Filter = {}, Expiration = {}, NoncurrentVersionExpiration, Transitions = [] } = rule;
  const { And = {} } = Filter;
  const narrowings = [
    Filter.Tag,
    Filter.ObjectSizeGreaterThan,
    Filter.ObjectSizeLessThan,
    And.Tags?.length || undefined,
    And.ObjectSizeGreaterThan,
    And.ObjectSizeLessThan,
  ];
  return {
    id: rule.ID ?? '',
    enabled: rule.Status === 'Enabled',
    prefix: And.Prefix ?? Filter.Prefix ?? rule.Prefix ?? '',
    narrowed: narrowings.some((one) => one !== undefined),
    expirationDays: Expiration.Days ?? daysUntil(Expiration.Date, now),
    ...(Expiration.Date && { onDate: true as const }),
    noncurrentDays: NoncurrentVersionExpiration?.NoncurrentDays ?? null,
    transitions: Transitions.map(({ Days, Date: date, StorageClass = '' }) => ({
      days: Days ?? daysUntil(date, now) ?? 0,
      storageClass: StorageClass,
    })),
  };
}

/** Whole days, none for a date that is past. */
function daysUntil(date: Date | undefined, now: Date): number | null {
  if (!date) return null;
  return Math.max(0, Math.floor((date.getTime() - now.getTime()) / 86_400_000));
}
