import { z } from 'zod';

/**
 * A moment, written so that a story stays fresh: ISO 8601 (`2026-11-17T14:05:00Z`), a distance from the
 * scenario's clock (`-3h`, `-12d 14:05`), or `last tuesday 14:05`. Clock times are UTC.
 */
const When = z
  .string()
  .regex(
    /^(now|-\d+[smhd]( \d\d:\d\d(:\d\d)?)?|last (mon|tues|wednes|thurs|fri|satur|sun)day \d\d:\d\d(:\d\d)?|\d{4}-\d\d-\d\dT.*)$/,
    'a moment such as `2026-11-17T14:05:00Z`, `-3h`, `-12d 14:05` or `last tuesday 14:05`',
  );
const AccountId = z.string().regex(/^\d{12}$/, 'an account id of 12 digits, in quotes');

const Account = z.strictObject({
  id: AccountId,
  name: z.string(),
  email: z.string().optional(),
  /** Organizations' `State` and `Status`. */
  status: z
    .enum(['ACTIVE', 'SUSPENDED', 'PENDING_CLOSURE', 'PENDING_ACTIVATION'])
    .default('ACTIVE'),
  /** True: the organization trail never reached this account. */
  outsideOrganizationTrail: z.boolean().default(false),
  /** Opt-in regions that are enabled beyond the scenario's default ones. */
  optedInRegions: z.array(z.string()).default([]),
});

type Unit = {
  name: string;
  id?: string | undefined;
  units?: Unit[];
  accounts?: z.input<typeof Account>[];
};
export type UnitSetup = {
  name: string;
  id?: string | undefined;
  units: UnitSetup[];
  accounts: z.output<typeof Account>[];
};
const OrganizationalUnit: z.ZodType<UnitSetup, Unit> = z.strictObject({
  name: z.string(),
  id: z.string().optional(),
  get units() {
    return z.array(OrganizationalUnit).default([]);
  },
  accounts: z.array(Account).default([]),
}) as never;

/** A role that exists in accounts: who may assume it, and what it may do. */
const Role = z.strictObject({
  name: z.string(),
  accounts: z.union([z.literal('all'), z.array(AccountId)]).default('all'),
  except: z.array(AccountId).default([]),
  trust: z.strictObject({
    /** ARNs of principals (roles, users) that may assume it; an account's root ARN means anyone there. */
    principals: z.array(z.string()),
    externalId: z.string().optional(),
    sourceIdentity: z.boolean().default(false),
  }),
  /** IAM actions with `*` wildcards, as `service:Action`; `policies/iam/*.json` may be named as a file. */
  allow: z.array(z.string()).default([]),
  /** IAM policy documents by file name under policies/iam/, such as `read.json`. */
  policies: z.array(z.string()).default([]),
});

const Fault = z.strictObject({
  /** `cloudtrail:LookupEvents`, `s3:*` or `*`. */
  operation: z.string().default('*'),
  account: AccountId.optional(),
  region: z.string().optional(),
  /** How often it strikes; without it, always. */
  times: z.number().int().positive().optional(),
  probability: z.number().min(0).max(1).optional(),
  /** Wait this long first, in milliseconds. */
  delayMs: z.number().nonnegative().optional(),
  effect: z
    .enum([
      'throttle',
      'deny',
      'expired-credentials',
      'internal-error',
      'hang',
      'reset',
      'truncate',
      'none',
    ])
    .default('none'),
});
export type Fault = z.output<typeof Fault>;

const Selectors = z.union([
  z.strictObject({ basic: z.array(z.record(z.string(), z.unknown())) }),
  z.strictObject({ advanced: z.array(z.record(z.string(), z.unknown())) }),
]);

const Trail = z.strictObject({
  name: z.string(),
  account: AccountId,
  homeRegion: z.string(),
  multiRegion: z.boolean().default(true),
  organization: z.boolean().default(false),
  logFileValidation: z.boolean().default(true),
  globalServiceEvents: z.boolean().default(true),
  logging: z.boolean().default(true),
  bucket: z.string(),
  prefix: z.string().optional(),
  kmsKey: z.string().optional(),
  /** As CloudTrail spells them; without it: all management events, read and write. */
  selectors: Selectors.optional(),
  insights: z.array(z.string()).default([]),
  createdAt: When.default('-900d 09:00'),
  stoppedAt: When.optional(),
  /** When log file validation was switched off: the last digest is of that hour. */
  validationStoppedAt: When.optional(),
  /** `LatestDeliveryError` by region (`*` for every region). */
  deliveryErrors: z.record(z.string(), z.string()).default({}),
  tags: z.record(z.string(), z.string()).default({}),
});
export type TrailSetup = z.output<typeof Trail>;

const Bucket = z.strictObject({
  name: z.string(),
  account: AccountId,
  region: z.string(),
  versioning: z.enum(['Enabled', 'Suspended', 'Off']).default('Enabled'),
  mfaDelete: z.boolean().default(false),
  objectLock: z
    .strictObject({ mode: z.enum(['GOVERNANCE', 'COMPLIANCE']), days: z.number().int() })
    .optional(),
  policy: z.record(z.string(), z.unknown()).optional(),
  lifecycle: z.array(z.record(z.string(), z.unknown())).optional(),
  kmsKey: z.string().optional(),
  publicAccessBlock: z.boolean().default(true),
  tags: z.record(z.string(), z.string()).default({}),
});
export type BucketSetup = z.output<typeof Bucket>;

const Key = z.strictObject({
  id: z.string(),
  account: AccountId,
  region: z.string(),
  alias: z.string().optional(),
  state: z.enum(['Enabled', 'Disabled', 'PendingDeletion']).default('Enabled'),
  policy: z.record(z.string(), z.unknown()).optional(),
  rotation: z.boolean().default(true),
});

/** The managed rules of Config that are simulated. */
const ManagedRule = z.enum([
  'CLOUD_TRAIL_ENABLED',
  'MULTI_REGION_CLOUD_TRAIL_ENABLED',
  'CLOUD_TRAIL_LOG_FILE_VALIDATION_ENABLED',
  'CLOUD_TRAIL_ENCRYPTION_ENABLED',
  'CLOUDTRAIL_S3_DATAEVENTS_ENABLED',
  'S3_BUCKET_MFA_DELETE_ENABLED',
  'S3_BUCKET_DEFAULT_LOCK_ENABLED',
]);
export type ManagedRule = z.output<typeof ManagedRule>;

const ConfigSetup = z.strictObject({
  /** Every ACTIVE account records in every enabled region, but for these. */
  recorders: z
    .array(
      z.strictObject({
        account: AccountId,
        region: z.string().default('*'),
        state: z.enum(['absent', 'stopped', 'failing', 'recording']),
        stoppedAt: When.optional(),
      }),
    )
    .default([]),
  aggregator: z
    .strictObject({
      name: z.string(),
      account: AccountId,
      region: z.string(),
      /** Accounts whose data is not fresh. */ stale: z.array(AccountId).default([]),
    })
    .optional(),
  /** Where every delivery channel delivers to. */
  deliveryBucket: z.string().default('config-history'),
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
      }),
    )
    .default([]),
});
export type ConfigSetup = z.output<typeof ConfigSetup>;

/** One CloudTrail record of the story; what is not said is filled in from the scenario. */
const Event = z.strictObject({
  at: When,
  account: AccountId,
  region: z.string(),
  /** `ec2:TerminateInstances`, by signing name of the event source. */
  call: z.string(),
  /** A person or workload of `cast`, or a userIdentity in full. */
  by: z.union([z.string(), z.record(z.string(), z.unknown())]),
  request: z.record(z.string(), z.unknown()).nullable().optional(),
  response: z.record(z.string(), z.unknown()).nullable().optional(),
  error: z.strictObject({ code: z.string(), message: z.string().optional() }).optional(),
  resources: z.array(z.record(z.string(), z.unknown())).optional(),
  /** Further members of the record, such as `sharedEventID`, `additionalEventData`, `eventID`. */
  more: z.record(z.string(), z.unknown()).optional(),
  /** Repeats: this many times, this far apart (`1d`, `6h`), going back from `at`. */
  repeat: z
    .strictObject({ times: z.number().int().positive(), every: z.string().regex(/^\d+[mhd]$/) })
    .optional(),
});
export type EventSetup = z.output<typeof Event>;

/** The one declarative description of a simulated organization, its history and its troubles. */
export const Scenario = z.strictObject({
  name: z.string(),
  description: z.string().default(''),
  clock: z.union([z.literal('now'), z.string()]).default('now'),
  regions: z.array(z.string()).min(1),
  organization: z.strictObject({
    id: z.string(),
    managementAccount: AccountId,
    delegatedAdministrators: z.record(z.string(), z.array(AccountId)).default({}),
    serviceAccess: z.array(z.string()).default([]),
    /** How ListAccounts pages: short pages, and empty ones with a token, happen at AWS too. */
    pageSize: z.number().int().positive().default(20),
    emptyPages: z.boolean().default(false),
    units: z.array(OrganizationalUnit),
    accounts: z.array(Account).default([]),
  }),
  /** Long-lived keys: the bot's own credentials and IAM users. */
  keys: z.array(
    z.strictObject({
      accessKeyId: z.string(),
      principal: z.string(),
      allow: z.array(z.string()).default([]),
      policies: z.array(z.string()).default([]),
    }),
  ),
  roles: z.array(Role),
  trails: z.array(Trail).default([]),
  buckets: z.array(Bucket).default([]),
  kmsKeys: z.array(Key).default([]),
  config: ConfigSetup.default(ConfigSetup.parse({})),
  /** Named callers: a userIdentity each, so that events can say `by: mina`. */
  cast: z.record(z.string(), z.record(z.string(), z.unknown())).default({}),
  events: z.array(Event).default([]),
  faults: z.array(Fault).default([]),
  /** How long an event of a live call takes to appear in LookupEvents, in milliseconds. */
  eventLagMs: z.number().nonnegative().default(0),
  /** Latency of every answer, in milliseconds. */
  latencyMs: z.number().nonnegative().default(0),
});
export type Scenario = z.output<typeof Scenario>;
export type ScenarioFile = z.input<typeof Scenario>;
