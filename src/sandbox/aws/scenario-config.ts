import { z } from 'zod';
import { AccountId, When } from './scenario-words.ts';

/** What a scenario says of AWS Config. */

/** The managed rules of Config that are simulated. */
const ManagedRule = z.enum([
  'CLOUD_TRAIL_ENABLED',
  'MULTI_REGION_CLOUD_TRAIL_ENABLED',
  'CLOUD_TRAIL_LOG_FILE_VALIDATION_ENABLED',
  'CLOUD_TRAIL_ENCRYPTION_ENABLED',
  'CLOUDTRAIL_S3_DATAEVENTS_ENABLED',
  'S3_BUCKET_MFA_DELETE_ENABLED',
  'S3_BUCKET_DEFAULT_LOCK_ENABLED',
  'CLOUD_TRAIL_CLOUD_WATCH_LOGS_ENABLED',
  'CLOUDTRAIL_SECURITY_TRAIL_ENABLED',
  'CLOUDTRAIL_ALL_READ_S3_DATA_EVENT_CHECK',
  'CLOUDTRAIL_ALL_WRITE_S3_DATA_EVENT_CHECK',
  'CLOUDTRAIL_S3_BUCKET_ACCESS_LOGGING',
  'CLOUDTRAIL_S3_BUCKET_PUBLIC_ACCESS_PROHIBITED',
  'S3_BUCKET_LOGGING_ENABLED',
  'S3_BUCKET_PUBLIC_READ_PROHIBITED',
  'S3_BUCKET_PUBLIC_WRITE_PROHIBITED',
  'S3_BUCKET_SSL_REQUESTS_ONLY',
  'S3_BUCKET_VERSIONING_ENABLED',
  'S3_LIFECYCLE_POLICY_CHECK',
  'CMK_BACKING_KEY_ROTATION_ENABLED',
  'KMS_CMK_NOT_SCHEDULED_FOR_DELETION',
  'CW_LOGGROUP_RETENTION_PERIOD_CHECK',
  'CLOUDWATCH_ALARM_ACTION_CHECK',
]);
export type ManagedRule = z.output<typeof ManagedRule>;

export const ConfigSetup = z.strictObject({
  /** Every ACTIVE account records in every enabled region, but for these. */
  recorders: z
    .array(
      z.strictObject({
        account: AccountId,
        region: z.string().default('*'),
        state: z.enum(['absent', 'stopped', 'failing', 'recording']),
        stoppedAt: When.optional(),
        /** The resource types that it leaves out, or the only ones that it records; neither: it takes all. */
        excludes: z.array(z.string()).optional(),
        only: z.array(z.string()).optional(),
      }),
    )
    .default([]),
  aggregator: z
    .strictObject({
      name: z.string(),
      account: AccountId,
      region: z.string(),
      /** The role that it asks Organizations with; without it, one of its service. */
      role: z.string().optional(),
      /** The accounts that it unites by their ids; without them, it is the organization's. */
      accounts: z.array(AccountId).optional(),
      /** The regions that it unites; without them, all. */
      regions: z.array(z.string()).optional(),
      /** Accounts whose data is not fresh: OUTDATED, and as it was three days before the start. */
      stale: z.array(AccountId).default([]),
      /** What differs of single sources; FAILED without a moment means that nothing ever came. */
      sources: z
        .array(
          z.strictObject({
            account: AccountId,
            region: z.string().default('*'),
            status: z.enum(['SUCCEEDED', 'FAILED', 'OUTDATED']),
            at: When.optional(),
            error: z.string().optional(),
          }),
        )
        .default([]),
    })
    .optional(),
  /** Where every delivery channel delivers to. */
  deliveryBucket: z.string().default('config-history'),
  /** How long a change takes to reach Config's items, in milliseconds; before, it tells the older state. */
  lagMs: z.number().nonnegative().default(0),
  /** How old the state is that rules have judged, in milliseconds. */
  verdictLagMs: z.number().nonnegative().default(0),
  /** Managed rules present in every recording account and region, by their identifier. */
  rules: z.array(ManagedRule).default([]),
  /** Verdicts that differ from what the state itself says. */
  verdicts: z
    .array(
      z.strictObject({
        rule: ManagedRule,
        account: AccountId,
        region: z.string(),
        resource: z.string(),
        compliance: z.enum(['COMPLIANT', 'NON_COMPLIANT', 'INSUFFICIENT_DATA']),
        at: When,
      }),
    )
    .default([]),
  /** Older states of resources, for GetResourceConfigHistory. */
  history: z
    .array(
      z.strictObject({
        account: AccountId,
        region: z.string(),
        type: z.string(),
        id: z.string(),
        at: When,
        status: z.string().default('OK'),
        configuration: z.record(z.string(), z.unknown()),
        supplementary: z.record(z.string(), z.unknown()).default({}),
      }),
    )
    .default([]),
});
export type ConfigSetup = z.output<typeof ConfigSetup>;
