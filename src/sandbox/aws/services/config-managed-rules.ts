import type { AlarmSetup, KeySetup, LogGroupSetup, ManagedRule } from '../scenario.ts';
import type { BucketState, TrailState } from '../world.ts';
import { recordsAllBuckets, recordsAllManagementEvents } from './config-recorded.ts';
import { isPublic } from './s3-public.ts';

/** The managed rules of Config that are simulated, and what each says of the resources of a place. */

/** What stands in one account and region. `trails` has the copies of trails of other regions and accounts, too. */
export type Place = {
  account: string;
  region: string;
  trails: TrailState[];
  buckets: BucketState[];
  keys: KeySetup[];
  logGroups: LogGroupSetup[];
  alarms: AlarmSetup[];
};

type Judged = { id: string; compliant: boolean };
type Definition = {
  /** As the console names the rule when it is made. */
  name: string;
  description: string;
  resource: string;
  /** Whether it is asked by the clock; the others are asked when a resource changes. */
  periodic: boolean;
  evaluate(place: Place): Judged[];
};

/** https://docs.aws.amazon.com/config/latest/developerguide/managed-rules-by-aws-config.html */
export const managedRules: { [identifier in ManagedRule]: Definition } = {
  CLOUD_TRAIL_ENABLED: ofAccount(
    'cloudtrail-enabled',
    'Checks if an AWS CloudTrail trail is enabled in your AWS account.',
    ({ logging }) => logging,
  ),
  MULTI_REGION_CLOUD_TRAIL_ENABLED: ofAccount(
    'multi-region-cloudtrail-enabled',
    'Checks if there is at least one multi-region AWS CloudTrail.',
    (trail) => trail.logging && trail.multiRegion && recordsAllManagementEvents(trail),
  ),
  CLOUD_TRAIL_LOG_FILE_VALIDATION_ENABLED: ofTrails(
    'cloud-trail-log-file-validation-enabled',
    'Checks if AWS CloudTrail creates a signed digest file with logs.',
    ({ logFileValidation }) => logFileValidation,
  ),
  CLOUD_TRAIL_ENCRYPTION_ENABLED: ofTrails(
    'cloud-trail-encryption-enabled',
    'Checks if AWS CloudTrail is configured to use SSE-KMS encryption.',
    ({ kmsKey }) => kmsKey !== undefined,
  ),
  CLOUD_TRAIL_CLOUD_WATCH_LOGS_ENABLED: ofTrails(
    'cloud-trail-cloud-watch-logs-enabled',
    'Checks if AWS CloudTrail trails are configured to send logs to Amazon CloudWatch Logs.',
    ({ logGroup }) => logGroup !== undefined,
  ),
  CLOUDTRAIL_SECURITY_TRAIL_ENABLED: ofAccount(
    'cloudtrail-security-trail-enabled',
    'Checks that there is at least one AWS CloudTrail trail defined with security best practices.',
    (trail) =>
      trail.logging &&
      trail.multiRegion &&
      trail.globalServiceEvents &&
      trail.logFileValidation &&
      trail.kmsKey !== undefined &&
      recordsAllManagementEvents(trail),
  ),
  CLOUDTRAIL_S3_DATAEVENTS_ENABLED: ofAccount(
    'cloudtrail-s3-dataevents-enabled',
    'Checks if at least one trail logs S3 data events for all S3 buckets.',
    (trail) => trail.logging && recordsAllBuckets(trail),
  ),
  CLOUDTRAIL_ALL_READ_S3_DATA_EVENT_CHECK: ofAccount(
    'cloudtrail-all-read-s3-data-event-check',
    'Checks if an AWS CloudTrail multi-Region trail is enabled and logs all read S3 data events for your buckets.',
    (trail) => trail.logging && trail.multiRegion && recordsAllBuckets(trail, 'ReadOnly'),
  ),
  CLOUDTRAIL_ALL_WRITE_S3_DATA_EVENT_CHECK: ofAccount(
    'cloudtrail-all-write-s3-data-event-check',
    'Checks if a multi-Region AWS CloudTrail trail is enabled and logs all write S3 data events for your buckets.',
    (trail) => trail.logging && trail.multiRegion && recordsAllBuckets(trail, 'WriteOnly'),
  ),
  CLOUDTRAIL_S3_BUCKET_ACCESS_LOGGING: ofLogBuckets(
    'cloudtrail-s3-bucket-access-logging',
    'Checks if the S3 bucket configurations for your AWS CloudTrail logs have Amazon S3 server access logs enabled.',
    ({ accessLogging }) => accessLogging !== undefined,
  ),
  CLOUDTRAIL_S3_BUCKET_PUBLIC_ACCESS_PROHIBITED: ofLogBuckets(
    'cloudtrail-s3-bucket-public-access-prohibited',
    'Checks if the S3 bucket configurations for your AWS CloudTrail logs block public access to your S3 bucket.',
    (bucket) => !letsIn(bucket, ['READ', 'WRITE']),
  ),
  S3_BUCKET_MFA_DELETE_ENABLED: {
    ...ofBuckets(
      's3-bucket-mfa-delete-enabled',
      'Checks if MFA Delete is enabled in the Amazon S3 bucket versioning configuration.',
      ({ mfaDelete }) => mfaDelete,
      // MFA delete and a lifecycle exclude each other, so such buckets are not judged.
      ({ lifecycle }) => lifecycle === undefined,
    ),
    periodic: true,
  },
  S3_BUCKET_DEFAULT_LOCK_ENABLED: ofBuckets(
    's3-bucket-default-lock-enabled',
    'Checks if the S3 bucket has lock enabled, by default.',
    ({ objectLock }) => objectLock !== undefined,
  ),
  S3_BUCKET_LOGGING_ENABLED: ofBuckets(
    's3-bucket-logging-enabled',
    'Checks if logging is enabled for your S3 buckets.',
    ({ accessLogging }) => accessLogging !== undefined,
  ),
  S3_BUCKET_PUBLIC_READ_PROHIBITED: ofBuckets(
    's3-bucket-public-read-prohibited',
    'Checks if your Amazon S3 buckets do not allow public read access.',
    (bucket) => !letsIn(bucket, ['READ']),
  ),
  S3_BUCKET_PUBLIC_WRITE_PROHIBITED: ofBuckets(
    's3-bucket-public-write-prohibited',
    'Checks if your Amazon S3 buckets do not allow public write access.',
    (bucket) => !letsIn(bucket, ['WRITE']),
  ),
  S3_BUCKET_SSL_REQUESTS_ONLY: ofBuckets(
    's3-bucket-ssl-requests-only',
    'Checks if S3 buckets have policies that require requests to use SSL/TLS.',
    refusesPlainHttp,
  ),
  S3_BUCKET_VERSIONING_ENABLED: ofBuckets(
    's3-bucket-versioning-enabled',
    'Checks if versioning is enabled for your S3 buckets.',
    ({ versioning }) => versioning === 'Enabled',
  ),
  S3_LIFECYCLE_POLICY_CHECK: ofBuckets(
    's3-lifecycle-policy-check',
    'Checks if a lifecycle rule is configured for an Amazon S3 bucket.',
    ({ lifecycle = [] }) => lifecycle.some(({ Status }) => Status === 'Enabled'),
  ),
  CMK_BACKING_KEY_ROTATION_ENABLED: ofKeys(
    'cmk-backing-key-rotation-enabled',
    'Checks if automatic key rotation is enabled for every AWS KMS customer managed symmetric encryption key.',
    ({ rotation }) => rotation,
  ),
  KMS_CMK_NOT_SCHEDULED_FOR_DELETION: ofKeys(
    'kms-cmk-not-scheduled-for-deletion',
    'Checks if AWS KMS keys are not scheduled for deletion in AWS KMS.',
    ({ state }) => state !== 'PendingDeletion',
  ),
  CW_LOGGROUP_RETENTION_PERIOD_CHECK: {
    name: 'cw-loggroup-retention-period-check',
    description:
      'Checks if an Amazon CloudWatch LogGroup retention period is set to greater than 365 days or else a specified retention period.',
    resource: 'AWS::Logs::LogGroup',
    periodic: true,
    evaluate: ({ logGroups }) =>
      logGroups.map(({ name, retentionDays = Number.POSITIVE_INFINITY }) => ({
        id: name,
        compliant: retentionDays >= 365,
      })),
  },
  CLOUDWATCH_ALARM_ACTION_CHECK: {
    name: 'cloudwatch-alarm-action-check',
    description: 'Checks if CloudWatch alarms have an action configured.',
    resource: 'AWS::CloudWatch::Alarm',
    periodic: false,
    evaluate: ({ alarms }) =>
      alarms.map(({ name, actions }) => ({ id: name, compliant: actions.length > 0 })),
  },
};

function ofAccount(
  name: string,
  description: string,
  meets: (trail: TrailState) => boolean,
): Definition {
  return {
    name,
    description,
    resource: 'AWS::::Account',
    periodic: true,
    evaluate: ({ account, trails }) => [{ id: account, compliant: trails.some(meets) }],
  };
}

/** Trails are judged once: where they live. */
function ofTrails(
  name: string,
  description: string,
  meets: (trail: TrailState) => boolean,
): Definition {
  return {
    name,
    description,
    resource: 'AWS::CloudTrail::Trail',
    periodic: true,
    evaluate: ({ account, region, trails }) =>
      trails
        .filter((trail) => trail.account === account && trail.homeRegion === region)
        .map((trail) => ({ id: trail.arn, compliant: meets(trail) })),
  };
}

function ofBuckets(
  name: string,
  description: string,
  meets: (bucket: BucketState) => boolean,
  judges: (bucket: BucketState) => boolean = () => true,
): Definition {
  return {
    name,
    description,
    resource: 'AWS::S3::Bucket',
    periodic: false,
    evaluate: ({ buckets }) =>
      buckets.filter(judges).map((bucket) => ({ id: bucket.name, compliant: meets(bucket) })),
  };
}

/** The buckets of the account's trails, where they are the account's own: of others it has no data. */
function ofLogBuckets(
  name: string,
  description: string,
  meets: (bucket: BucketState) => boolean,
): Definition {
  return {
    name,
    description,
    resource: 'AWS::S3::Bucket',
    periodic: true,
    evaluate: ({ buckets, trails }) =>
      buckets
        .filter((bucket) => trails.some((trail) => trail.bucket === bucket.name))
        .map((bucket) => ({ id: bucket.name, compliant: meets(bucket) })),
  };
}

function ofKeys(name: string, description: string, meets: (key: KeySetup) => boolean): Definition {
  return {
    name,
    description,
    resource: 'AWS::KMS::Key',
    periodic: true,
    evaluate: ({ keys }) =>
      keys
        .filter(({ manager }) => manager === 'CUSTOMER')
        .map((key) => ({ id: key.id, compliant: meets(key) })),
  };
}

/** True when the public gets in, by policy or by ACL, past what the public access block stops. */
function letsIn(bucket: BucketState, ways: string[]): boolean {
  const { publicAccessBlock: block, policy, grants } = bucket;
  if (block === true) return false;
  const byPolicy = policy !== undefined && isPublic(policy);
  const byAcl = grants.some(
    ({ to, permission }) =>
      ['AllUsers', 'AuthenticatedUsers'].includes(to) &&
      (permission === 'FULL_CONTROL' || ways.includes(permission)),
  );
  const blocked = block === false ? undefined : block;
  return (
    (byPolicy && blocked?.restrictPublicBuckets !== true) ||
    (byAcl && blocked?.ignorePublicAcls !== true)
  );
}

function refusesPlainHttp({ policy }: BucketState): boolean {
  const statements = [(policy?.Statement ?? []) as object | object[]].flat();
  return statements.some((statement) => {
    const { Effect, Condition } = statement as {
      Effect?: string;
      Condition?: { Bool?: { [key: string]: unknown } };
    };
    const secure = Object.entries(Condition?.Bool ?? {}).find(
      ([key]) => key.toLowerCase() === 'aws:securetransport',
    );
    return Effect === 'Deny' && String(secure?.[1]) === 'false';
  });
}
