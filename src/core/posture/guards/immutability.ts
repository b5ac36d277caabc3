import { type Reading, type Unseen, wasSeen } from '../../reading.ts';
import type { BucketProtection, PostureSettings } from '../facts.ts';
import { type GuardOver, guardOver, type Over } from './guards-over.ts';
import { othersLetIn } from './others-let-in.ts';
import { type Deed, deniesFor } from './policy-guards.ts';

/** What keeps the log files of a bucket from being deleted or overwritten by whoever stole credentials. */
export type Immutability =
  | 'mfa-delete'
  | 'object-lock-compliance'
  | 'object-lock-governance'
  | 'scp-deny'
  | 'rcp-deny'
  | 'bucket-policy-deny'
  | 'bucket-policy-deny-removable'
  | 'scp-and-bucket-policy-deny'
  | 'nothing';

export type LogBucket = {
  arn: string;
  /** Patterns of the ARNs of the log files in it, one for each trail that delivers there. */
  logFiles: string[];
  protection: BucketProtection;
  /** The account that owns it; '' where nobody knows. */
  owner: string;
  /** What binds an account. */
  over: (account: string) => Over;
  /** What binds whoever acts on what the owner has. */
  overResources: Over;
};

/**
 * The first of three answers that is seen to be met: MFA delete; a default Object Lock that nobody gets
 * past and that is as long as the retention; versioning with a deny of whatever ends a version. What
 * could not be seen leaves it open only where no answer is proven.
 */
export function immutability(bucket: LogBucket, settings: PostureSettings): Reading<Immutability> {
  const { versioning } = bucket.protection;
  // While versioning is suspended, overwriting needs no MFA and leaves nothing behind.
  if (wasSeen(versioning) && versioning.seen.versioning && versioning.seen.mfaDelete)
    return { seen: 'mfa-delete' };
  const locked = lockGuard(bucket, settings);
  if ('seen' in locked && (locked.seen === 'compliance' || locked.seen === 'governance-guarded'))
    return {
      seen: locked.seen === 'compliance' ? 'object-lock-compliance' : 'object-lock-governance',
    };
  const kept = deletionDenied(bucket, settings);
  const versioned = wasSeen(versioning) && versioning.seen.versioning;
  if ('seen' in kept && kept.seen !== 'nothing' && versioned) return kept;
  if (!wasSeen(versioning)) return versioning;
  if ('unseen' in locked) return locked;
  // Without versioning a deny keeps nobody from overwriting, whatever it says.
  if ('unseen' in kept && versioned) return kept;
  return { seen: 'nothing' };
}

/** How good the default Object Lock is; `none` without one. */
export type LockGuard = 'compliance' | 'governance-guarded' | 'too-weak' | 'too-short' | 'none';

/**
 * GOVERNANCE mode is as good as COMPLIANCE where a policy of the organization denies
 * `s3:BypassGovernanceRetention`: a bucket's own policy would not do, who may bypass may change it.
 */
export function lockGuard(
  bucket: LogBucket,
  { retentionDays, breakGlassRoles }: PostureSettings,
): Reading<LockGuard> {
  const { objectLock } = bucket.protection;
  if (!wasSeen(objectLock)) return objectLock;
  if (!objectLock.seen) return { seen: 'none' };
  const { mode, days } = objectLock.seen;
  if (days < retentionDays) return { seen: 'too-short' };
  if (mode === 'COMPLIANCE') return { seen: 'compliance' };
  let open: Unseen | null = null;
  for (const resource of bucket.logFiles) {
    const deed = { action: 's3:BypassGovernanceRetention', resource };
    const guard = boundBy(bucket, deed, breakGlassRoles);
    if ('unseen' in guard) open = guard.unseen;
    else if ('conditions' in guard) return { seen: 'too-weak' };
  }
  return open ? { unseen: open } : { seen: 'governance-guarded' };
}

/** What the policies of the organization have against a deed: those over whoever acts, or over what is acted on. */
function boundBy(
  bucket: LogBucket,
  deed: Deed,
  breakGlassRoles: string[],
): GuardOver & { resources?: true } {
  const guard = guardOn(bucket, deed, breakGlassRoles);
  if ('by' in guard) return guard;
  const over = guardOver(bucket.overResources, deed, breakGlassRoles);
  if ('by' in over) return { ...over, resources: true };
  return 'unseen' in guard ? guard : over;
}

/**
 * What service control policies have against a deed on the bucket. Those of its owner do not bind the
 * other accounts that its own policy lets in.
 */
function guardOn(
  { owner, over, protection }: LogBucket,
  deed: Deed,
  breakGlassRoles: string[],
): GuardOver {
  const guard = guardOver(over(owner), deed, breakGlassRoles);
  const { policy } = protection;
  if (!('by' in guard) || !wasSeen(policy)) return guard;
  const others = othersLetIn(policy.seen, deed, { owner, breakGlassRoles });
  const unbound = others.filter(
    (account) => 'conditions' in guardOver(over(account), deed, breakGlassRoles),
  );
  return unbound.length > 0 ? { conditions: unbound } : guard;
}

/** What would end a version of a log file: the deletion itself, or a change that lets it be deleted. */
function endings({ arn, logFiles }: LogBucket): Deed[] {
  return [
    ...logFiles.map((resource) => ({ action: 's3:DeleteObjectVersion', resource })),
    { action: 's3:PutBucketVersioning', resource: arn },
    { action: 's3:PutLifecycleConfiguration', resource: arn },
  ];
}

/** Whoever may change a bucket's policy may also take its deny away. */
function removals({ arn }: LogBucket): Deed[] {
  return ['s3:PutBucketPolicy', 's3:DeleteBucketPolicy'].map((action) => ({
    action,
    resource: arn,
  }));
}

function deletionDenied(
  bucket: LogBucket,
  { breakGlassRoles }: PostureSettings,
): Reading<Immutability> {
  const { policy } = bucket.protection;
  const by = (deed: Deed) => {
    const guard = boundBy(bucket, deed, breakGlassRoles);
    if ('by' in guard) return guard.resources ? 'rcp' : 'scp';
    const document = wasSeen(policy) ? policy.seen : null;
    if (document && deniesFor(document, deed, breakGlassRoles)) return 'bucket-policy';
    if ('unseen' in guard) return guard;
    return wasSeen(policy) ? 'nobody' : { unseen: policy.unseen };
  };
  const guards = endings(bucket).map(by);
  if (guards.includes('nobody')) return { seen: 'nothing' };
  for (const guard of guards) if (typeof guard === 'object') return guard;
  if (!guards.includes('bucket-policy'))
    return { seen: guards.includes('rcp') ? 'rcp-deny' : 'scp-deny' };
  const guarded = removals(bucket).map(by);
  if (!guarded.every((guard) => guard === 'scp' || guard === 'rcp' || guard === 'bucket-policy'))
    return { seen: 'bucket-policy-deny-removable' };
  const above = guards.includes('scp') || guards.includes('rcp');
  return { seen: above ? 'scp-and-bucket-policy-deny' : 'bucket-policy-deny' };
}
