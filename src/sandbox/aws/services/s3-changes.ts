import { AwsFault, type Call, type World } from '../service.ts';
import type { BucketState } from '../world.ts';
import { isPublic } from './s3-public.ts';

/** What changes the protection of a bucket. */

/**
 * MFA delete is changed only by the root user with the serial number and code of the device.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketVersioning.html
 */
export function putBucketVersioning(bucket: BucketState, { input, caller }: Call) {
  const { VersioningConfiguration: { Status, MFADelete } = {}, MFA = '' } = input;
  if (Status !== 'Enabled' && Status !== 'Suspended') throw malformed();
  const mfaDelete = MFADelete === undefined ? bucket.mfaDelete : MFADelete === 'Enabled';
  const byRoot = caller.arn.endsWith(':root') && /^\S+ \d{6}$/.test(MFA);
  if ((mfaDelete || bucket.mfaDelete) && !byRoot) {
    throw new AwsFault('AccessDenied', 'Mfa Authentication must be used for this request', 403);
  }
  if (mfaDelete && bucket.lifecycle !== undefined) {
    throw new AwsFault(
      'InvalidBucketState',
      'Mfa Authentication is not supported on a bucket with lifecycle configuration. Delete lifecycle configuration before enabling Mfa Authentication.',
      409,
    );
  }
  if (Status === 'Suspended' && (bucket.objectLock !== undefined || bucket.lockable)) {
    throw new AwsFault(
      'InvalidBucketState',
      'An Object Lock configuration is present on this bucket, so the versioning state cannot be changed.',
      409,
    );
  }
  return { versioning: Status, mfaDelete } as const;
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketPolicy.html */
export function putBucketPolicy(bucket: BucketState, { input }: Call) {
  let policy: unknown;
  try {
    policy = JSON.parse(input.Policy ?? '');
  } catch {
    throw new AwsFault('MalformedPolicy', 'Policies must be valid JSON', 400);
  }
  if (typeof policy !== 'object' || policy === null || !('Statement' in policy)) {
    throw new AwsFault('MalformedPolicy', 'Missing required field Statement', 400);
  }
  const { publicAccessBlock: block } = bucket;
  const blocked = block === true || (block !== false && block.blockPublicPolicy);
  if (blocked && isPublic(policy as { [name: string]: unknown })) {
    throw new AwsFault('AccessDenied', 'Access Denied', 403);
  }
  return { policy: policy as { [name: string]: unknown } };
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutPublicAccessBlock.html */
export function putPublicAccessBlock(_bucket: BucketState, { input }: Call) {
  const block = input.PublicAccessBlockConfiguration;
  if (!block) throw malformed();
  return {
    publicAccessBlock: {
      blockPublicAcls: block.BlockPublicAcls === true,
      ignorePublicAcls: block.IgnorePublicAcls === true,
      blockPublicPolicy: block.BlockPublicPolicy === true,
      restrictPublicBuckets: block.RestrictPublicBuckets === true,
    },
  };
}

/**
 * S3 delivers access logs within one account and region; an empty status switches them off.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketLogging.html
 */
export function putBucketLogging(bucket: BucketState, { input }: Call, world: World) {
  const { LoggingEnabled: to } = input.BucketLoggingStatus ?? {};
  if (!to) return { accessLogging: undefined };
  if (to.TargetGrants?.length > 0 || to.TargetObjectKeyFormat) {
    throw new AwsFault('NotImplemented', 'grants and key formats of access logs', 501);
  }
  const target = world.buckets.get(to.TargetBucket);
  if (target?.account !== bucket.account) {
    throw new AwsFault(
      'InvalidTargetBucketForLogging',
      'The target bucket for logging does not exist, is not owned by you, or does not have the appropriate grants for the log-delivery group.',
      400,
    );
  }
  if (target.region !== bucket.region) {
    throw new AwsFault(
      'CrossLocationLoggingProhibitted',
      'Cross S3 location logging not allowed.',
      403,
    );
  }
  return { accessLogging: { bucket: to.TargetBucket, prefix: to.TargetPrefix ?? '' } };
}

/**
 * Object Lock can be switched on for a bucket that has versioning, and never off; only its default may
 * change. https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObjectLockConfiguration.html
 */
export function putObjectLockConfiguration(bucket: BucketState, { input }: Call) {
  const { ObjectLockEnabled, Rule } = input.ObjectLockConfiguration ?? {};
  if (ObjectLockEnabled !== 'Enabled') throw malformed();
  if (bucket.versioning !== 'Enabled') {
    throw new AwsFault(
      'InvalidBucketState',
      "Versioning must be 'Enabled' on the bucket to apply a Object Lock configuration",
      409,
    );
  }
  if (!Rule) return { lockable: true, objectLock: undefined };
  const { Mode, Days, Years } = Rule.DefaultRetention ?? {};
  const days: number | undefined = Days ?? (Years === undefined ? undefined : Years * 365);
  if ((Mode !== 'GOVERNANCE' && Mode !== 'COMPLIANCE') || days === undefined || Days * Years > 0) {
    throw malformed();
  }
  if (days < 1 || days > 36_500) {
    throw new AwsFault(
      'InvalidArgument',
      'Default retention period must be a positive integer value.',
      400,
    );
  }
  return { lockable: true, objectLock: { mode: Mode, days } };
}

function malformed(): AwsFault {
  return new AwsFault(
    'MalformedXML',
    'The XML you provided was not well-formed or did not validate against our published schema',
    400,
  );
}
