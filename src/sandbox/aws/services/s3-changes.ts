import { AwsFault, type Call } from '../service.ts';
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
      'MFA Delete cannot be enabled on a bucket with a lifecycle configuration.',
      409,
    );
  }
  if (Status === 'Suspended' && bucket.objectLock !== undefined) {
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

function malformed(): AwsFault {
  return new AwsFault(
    'MalformedXML',
    'The XML you provided was not well-formed or did not validate against our published schema',
    400,
  );
}
