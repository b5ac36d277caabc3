import { wasSeen } from '../../reading.ts';
import type { BucketFacts, BucketProtection } from '../facts.ts';
import type { Proof } from '../finding.ts';
import type { Over } from '../guards/guards-over.ts';
import { publicThrough } from '../guards/public-access.ts';
import type { Known } from '../known.ts';
import { proof } from '../proof.ts';

/** What the texts and the evidence about a log bucket show. */

export function lifecycleOf({ lifecycle }: BucketProtection): string {
  if (!wasSeen(lifecycle)) return 'unknown';
  return lifecycle.seen.length > 0 ? 'some' : 'none';
}

/** Such as `COMPLIANCE, 400`. */
export function lockOf({ objectLock }: BucketProtection): string {
  if (!wasSeen(objectLock)) return 'unknown';
  return objectLock.seen ? `${objectLock.seen.mode}, ${objectLock.seen.days}` : 'none';
}

/** The bucket's own block of public access. */
export function blockOf({ publicAccessBlock: block }: BucketProtection): string {
  if (!wasSeen(block)) return 'unknown';
  const settings = Object.values(block.seen);
  if (settings.every(Boolean)) return 'on';
  return settings.some(Boolean) ? 'partly' : 'none';
}

/** What AWS Config says of the block of the account that owns the bucket. */
export function accountBlockOf(protection: BucketProtection): string {
  const { accountPublicAccessBlock: block } = protection;
  if (block === null) return 'not-asked';
  if (!wasSeen(block)) return 'unread';
  if (block.seen === null) return 'unrecorded';
  const through = publicThrough(protection);
  if (wasSeen(through) && through.seen.length === 0) return 'holds';
  return block.seen.restrictPublicBuckets || block.seen.ignorePublicAcls ? 'partly' : 'none';
}

/** Since when Config knows that block, such as `, 2026-11-20T08:00:00Z`; '' where there is none. */
export function accountBlockAt({ accountPublicAccessBlock: block }: BucketProtection): string {
  return block && wasSeen(block) && block.seen ? `, ${block.seen.captured}` : '';
}

/** The bucket that access logs go to. */
export function targetOf({ accessLogging }: BucketProtection): string {
  if (!wasSeen(accessLogging)) return 'unknown';
  return accessLogging.seen?.targetBucket ?? 'none';
}

/** Every reading of the bucket; of policies, how many statements they have and which of them bind the owner or what it has. */
export function bucketEvidence(
  { name, place, protection }: BucketFacts,
  over: Over,
  overResources: Over,
  { organization }: Known,
): Proof[] {
  const where = proof(place, ({ account, region }) => ({ Bucket: name, account, region }));
  if (!protection) return [where];
  return [
    where,
    proof(protection.versioning, (seen) => seen),
    proof(protection.objectLock, (seen) => ({ DefaultRetention: seen })),
    proof(protection.lifecycle, (rules) => ({
      Rules: rules.map(({ id, enabled, prefix, expirationDays, noncurrentDays }) => ({
        id,
        enabled,
        prefix,
        expirationDays,
        noncurrentDays,
      })),
    })),
    proof(protection.policy, (seen) => ({ Statements: seen?.Statement.length ?? 0 })),
    proof(protection.policyIsPublic, (IsPublic) => ({ IsPublic })),
    proof(protection.publicAccessBlock, (seen) => seen),
    ...accountBlockEvidence(protection),
    proof(protection.aclGroups, (Groups) => ({ Groups })),
    proof(protection.accessLogging, (seen) => ({ TargetBucket: seen?.targetBucket ?? null })),
    proof(organization.policies, () => ({
      ServiceControlPolicies: over.policies.map((policy) => policy.name),
    })),
    ...(organization.resourcePolicies
      ? [
          proof(organization.resourcePolicies, () => ({
            ResourceControlPolicies: overResources.policies.map((policy) => policy.name),
          })),
        ]
      : []),
  ];
}

function accountBlockEvidence({ accountPublicAccessBlock: block }: BucketProtection): Proof[] {
  return block ? [proof(block, (seen) => seen ?? { AccountPublicAccessBlock: null })] : [];
}
