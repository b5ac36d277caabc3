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

/**
 * What a sink of a trail answers: an error, since which nothing arrived for two days, or an error (they
 * stick at AWS) with the moment of the last success; null: nothing ever arrived.
 */
const SinkTrouble = z.union([
  z.string(),
  z.strictObject({ error: z.string().optional(), lastSuccess: When.nullable() }),
]);
export type SinkTrouble = z.output<typeof SinkTrouble>;

/** Troubles by sink; a text is an error of log files and digests alike. */
const DeliveryErrors = z
  .union([
    z.string(),
    z.strictObject({
      s3: SinkTrouble.optional(),
      digest: SinkTrouble.optional(),
      cloudWatchLogs: SinkTrouble.optional(),
      sns: SinkTrouble.optional(),
    }),
  ])
  .transform((said) => (typeof said === 'string' ? { s3: said, digest: said } : said));

/** An Insights type; without categories, as it was before there were any: of management events. */
const Insight = z
  .union([
    z.string(),
    z.strictObject({
      type: z.string(),
      categories: z.array(z.enum(['Management', 'Data'])).optional(),
    }),
  ])
  .transform((said) => (typeof said === 'string' ? { type: said } : said));

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
  insights: z.array(Insight).default([]),
  /** ARN of the log group that it delivers to, and of the role with which it does. */
  logGroup: z.string().optional(),
  logRole: z.string().optional(),
  /** ARN of the topic that is told of log files. */
  snsTopic: z.string().optional(),
  createdAt: When.default('-900d 09:00'),
  stoppedAt: When.optional(),
  /** When log file validation was switched off: the last digest is of that hour. */
  validationStoppedAt: When.optional(),
  /** By region (`*` for every region): what the sinks answer there. */
  deliveryErrors: z.record(z.string(), DeliveryErrors).default({}),
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
  /** True: all four settings; false: none was ever made. */
  publicAccessBlock: z
    .union([
      z.boolean(),
      z.strictObject({
        blockPublicAcls: z.boolean().default(false),
        ignorePublicAcls: z.boolean().default(false),
        blockPublicPolicy: z.boolean().default(false),
        restrictPublicBuckets: z.boolean().default(false),
      }),
    ])
    .default(true),
  /** What its ACL grants beyond its owner, to AWS's own groups or to another account. */
  grants: z
    .array(
      z.strictObject({
        to: z.union([z.enum(['AllUsers', 'AuthenticatedUsers', 'LogDelivery']), AccountId]),
        permission: z.enum(['READ', 'WRITE', 'READ_ACP', 'WRITE_ACP', 'FULL_CONTROL']),
      }),
    )
    .default([]),
  /** Where the server access logs go; without it, it has none. */
  accessLogging: z.strictObject({ bucket: z.string(), prefix: z.string().default('') }).optional(),
  createdAt: When.default('-900d 08:30'),
  /** When its settings last changed, as Config noticed; without it, when it was created. */
  changedAt: When.optional(),
  tags: z.record(z.string(), z.string()).default({}),
});
export type BucketSetup = z.output<typeof Bucket>;

const Key = z.strictObject({
  id: z.string(),
  account: AccountId,
  region: z.string(),
  alias: z.string().optional(),
  state: z
    .enum(['Enabled', 'Disabled', 'PendingDeletion', 'PendingImport', 'Unavailable'])
    .default('Enabled'),
  /** When a key that is PendingDeletion is gone. */
  deletionDate: When.optional(),
  manager: z.enum(['CUSTOMER', 'AWS']).default('CUSTOMER'),
  policy: z.record(z.string(), z.unknown()).optional(),
  rotation: z.boolean().default(true),
});

export type KeySetup = z.output<typeof Key>;

const LogGroup = z.strictObject({
  name: z.string(),
  account: AccountId,
  region: z.string(),
  /** Without it, kept for ever. */
  retentionDays: z.number().int().positive().optional(),
  kmsKey: z.string().optional(),
  filters: z
    .array(
      z.strictObject({
        name: z.string(),
        pattern: z.string(),
        metric: z.string(),
        namespace: z.string(),
      }),
    )
    .default([]),
});
export type LogGroupSetup = z.output<typeof LogGroup>;

const Alarm = z.strictObject({
  name: z.string(),
  account: AccountId,
  region: z.string(),
  metric: z.string(),
  namespace: z.string(),
  /** ARNs of what it does when it goes off. */
  actions: z.array(z.string()).default([]),
  /** `ActionsEnabled`. */
  enabled: z.boolean().default(true),
  state: z.enum(['OK', 'ALARM', 'INSUFFICIENT_DATA']).default('OK'),
});
export type AlarmSetup = z.output<typeof Alarm>;

const Topic = z.strictObject({
  name: z.string(),
  account: AccountId,
  region: z.string(),
  subscriptions: z
    .array(
      z.strictObject({
        protocol: z.string(),
        endpoint: z.string(),
        /** False: nobody has answered the message that asks. */
        confirmed: z.boolean().default(true),
      }),
    )
    .default([]),
});
export type TopicSetup = z.output<typeof Topic>;

/** A store of CloudTrail Lake. */
const EventDataStore = z.strictObject({
  name: z.string(),
  account: AccountId,
  region: z.string(),
  id: z.string(),
  status: z
    .enum([
      'CREATED',
      'ENABLED',
      'PENDING_DELETION',
      'STARTING_INGESTION',
      'STOPPING_INGESTION',
      'STOPPED_INGESTION',
    ])
    .default('ENABLED'),
  organization: z.boolean().default(false),
  multiRegion: z.boolean().default(true),
  terminationProtection: z.boolean().default(true),
  retentionDays: z.number().int().positive().default(366),
  kmsKey: z.string().optional(),
  createdAt: When.default('-700d 09:00'),
  selectors: z
    .array(z.record(z.string(), z.unknown()))
    .default([{ FieldSelectors: [{ Field: 'eventCategory', Equals: ['Management'] }] }]),
});
export type EventDataStoreSetup = z.output<typeof EventDataStore>;

/** A service control policy and what it is attached to: `root`, ids of units, ids of accounts. */
const ServiceControlPolicy = z.strictObject({
  id: z.string().regex(/^p-[0-9a-zA-Z_]{8,128}$/, 'the id of a policy'),
  name: z.string(),
  description: z.string().default(''),
  document: z.record(z.string(), z.unknown()),
  targets: z.array(z.string()).default([]),
});
export type ServiceControlPolicySetup = z.output<typeof ServiceControlPolicy>;

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
    /** Service control policies, beside FullAWSAccess, which AWS attaches to everything. */
    serviceControlPolicies: z.array(ServiceControlPolicy).default([]),
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
  logGroups: z.array(LogGroup).default([]),
  alarms: z.array(Alarm).default([]),
  topics: z.array(Topic).default([]),
  eventDataStores: z.array(EventDataStore).default([]),
  config: ConfigSetup.default(ConfigSetup.parse({})),
  /** Named callers: a userIdentity each, so that events can say `by: mina`. */
  cast: z.record(z.string(), z.record(z.string(), z.unknown())).default({}),
  events: z.array(Event).default([]),
  faults: z.array(Fault).default([]),
  /** How long an event of a live call takes to appear in LookupEvents, in milliseconds. */
  eventLagMs: z.number().nonnegative().default(0),
  /** Whether calls beyond AWS's documented quotas are throttled; LookupEvents and trail writes always are. */
  quotas: z.boolean().default(false),
  /** False: calls leave no records, so that memory does not grow with them; for benchmarks. */
  recordCalls: z.boolean().default(true),
  /** Latency of every answer, in milliseconds. */
  latencyMs: z.number().nonnegative().default(0),
});
export type Scenario = z.output<typeof Scenario>;
export type ScenarioFile = z.input<typeof Scenario>;
