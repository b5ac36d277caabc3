import { allows, type Context } from './key-policy.ts';
import type { PolicyDocument } from './policy-document.ts';

/** A trail and where it writes. `organization`: the organization's id for its trail, null for an account's own. */
export type Writing = {
  trail: string;
  account: string;
  organization: string | null;
  bucketArn: string;
  prefix: string | null;
};

/**
 * Whether the policy of a log bucket lets CloudTrail deliver for a trail: it looks at the bucket's ACL and
 * puts objects below `AWSLogs/` (user guide, "Amazon S3 bucket policy for CloudTrail"). An organization
 * trail writes below its owner's account id and below the organization's id. A condition that we do not
 * know may be met.
 */
export function cloudTrailMayDeliver(policy: PolicyDocument | null, ours: Writing): boolean {
  if (policy === null) return false;
  const { bucketArn, prefix, account, organization } = ours;
  const below = `${bucketArn}/${prefix ? `${prefix}/` : ''}AWSLogs`;
  const folders = [account, ...(organization ? [organization] : [])];
  const context = contextOf(ours);
  return (
    allows(policy, 's3:GetBucketAcl', context, bucketArn, true) &&
    folders.every((folder) =>
      allows(
        policy,
        's3:PutObject',
        { ...context, 's3:x-amz-acl': 'bucket-owner-full-control' },
        `${below}/${folder}/CloudTrail/a.json.gz`,
        true,
      ),
    )
  );
}

function contextOf({ trail, account }: Writing): Context {
  return {
    'aws:sourcearn': trail,
    'aws:sourceaccount': account,
    'aws:principalisawsservice': 'true',
    'aws:principalservicename': 'cloudtrail.amazonaws.com',
    'aws:securetransport': 'true',
    'aws:principalaccount': null,
    'aws:principalorgid': null,
    'aws:principalorgpaths': null,
    'aws:sourcevpc': null,
    'aws:sourcevpce': null,
  };
}
