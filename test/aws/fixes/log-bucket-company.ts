import type { ScenarioFile } from '../../../src/sandbox/aws/scenario.ts';
import type { BucketState } from '../../../src/sandbox/aws/world.ts';
import type { Company } from './small-company.ts';

type Bucket = NonNullable<ScenarioFile['buckets']>[number];

export const ARCHIVE = '222233334444';
export const LOG_BUCKET = 'arn:aws:s3:::bora-payments-audit-logs';
const TRAIL = 'arn:aws:cloudtrail:ap-northeast-2:666677778888:trail/payments-audit';

/** What the policy of a sound log bucket says, statement by statement. */
export const statements = {
  acl: {
    Sid: 'AWSCloudTrailAclCheck',
    Effect: 'Allow',
    Principal: { Service: 'cloudtrail.amazonaws.com' },
    Action: 's3:GetBucketAcl',
    Resource: LOG_BUCKET,
    Condition: { StringEquals: { 'aws:SourceArn': TRAIL } },
  },
  write: {
    Sid: 'AWSCloudTrailWrite',
    Effect: 'Allow',
    Principal: { Service: 'cloudtrail.amazonaws.com' },
    Action: 's3:PutObject',
    Resource: `${LOG_BUCKET}/AWSLogs/666677778888/*`,
    Condition: {
      StringEquals: { 's3:x-amz-acl': 'bucket-owner-full-control', 'aws:SourceArn': TRAIL },
    },
  },
  tls: {
    Sid: 'OnlyOverTls',
    Effect: 'Deny',
    Principal: '*',
    Action: 's3:*',
    Resource: [LOG_BUCKET, `${LOG_BUCKET}/*`],
    Condition: { Bool: { 'aws:SecureTransport': 'false' } },
  },
};

/** The log bucket of the small company's trail, in the log archive, sound unless said otherwise. */
export function logBucket(different: Partial<Bucket> = {}): Bucket {
  return {
    name: 'bora-payments-audit-logs',
    account: ARCHIVE,
    region: 'ap-northeast-2',
    policy: {
      Version: '2012-10-17',
      Statement: [statements.acl, statements.write, statements.tls],
    },
    ...different,
  };
}

/** The same as it is now in the simulator; `name` for another one. */
export function bucketNow({ running }: Company, name = 'bora-payments-audit-logs'): BucketState {
  const bucket = running.world.buckets.get(name);
  if (!bucket) throw new Error(`the company lost the bucket ${name}`);
  return bucket;
}
