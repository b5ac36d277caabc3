import type { Reading } from '../reading.ts';
import type { PolicyDocument } from './guards/policy-document.ts';

/**
 * What a scan has read, before anybody judges it: one value per thing that AWS was asked about. The
 * same thing is never here twice; a trail that a thousand accounts see is one trail and a thousand
 * sightings.
 */
export type PostureFacts = {
  /** ISO 8601 UTC; rules that speak of age compare with it. */
  readAt: string;
  organization: Organization;
  /** The accounts that were asked. */
  accounts: AccountFacts[];
  /** Every trail that one of them sees, by ARN, settings as its owner gave them. */
  trails: TrailFacts[];
  /** The buckets that trails deliver to, and the sensitive ones, by name. */
  buckets: BucketFacts[];
  /** What the configuration calls sensitive, and the buckets that it stands for; a name without a `*`, for itself. */
  sensitive: SensitiveFound[];
  /** The KMS keys that trails encrypt with, by ARN. */
  keys: KeyFacts[];
  /** The log groups that trails deliver to, by ARN. */
  logGroups: LogGroupFacts[];
  /** CloudTrail Lake, in every place that was asked for it. */
  lakes: LakeFacts[];
  /** The aggregators of Config, in every place that was asked for them. */
  aggregators: AggregatorPlace[];
  config: ConfigWord[];
  /** The trails of all accounts, and these buckets and keys, as an aggregator has them; absent without one. */
  mapped?: Witnessed<MappedResource[]>;
};

/** A resource as Config's aggregator has it; `at` is when Config captured it, ISO 8601 UTC. */
export type MappedResource = {
  type: 'AWS::CloudTrail::Trail' | 'AWS::S3::Bucket' | 'AWS::KMS::Key';
  arn: string;
  account: string;
  region: string;
  at: string;
};

/** `dark`: ids of accounts that could not be asked for theirs and may own more of them. */
export type SensitiveFound = {
  wanted: SensitiveBuckets;
  names: Witnessed<string[]>;
  dark?: string[];
};

/** Where a reading comes from. `at` is ISO 8601 UTC. */
export type Witness = { api: string; account: string; region: string; at: string };
export type Witnessed<T> = Reading<T> & { by: Witness };

export type Organization = {
  /** `o-…`; '' where Organizations could not be asked. */
  id: string;
  managementAccount: string | null;
  /** Set where the bot's own account belongs to no organization, as Organizations itself says. */
  alone?: true;
  /** Every account that Organizations names, closed ones too; a refusal says why there is no list. */
  accounts: Witnessed<OrganizationAccount[]>;
  /** Delegated administrators, each with the services it administers. */
  administrators: Witnessed<{ account: string; services: string[] }[]>;
  /** Service principals that the organization trusts (ListAWSServiceAccessForOrganization). */
  serviceAccess: Witnessed<string[]>;
  /** Service control policies, but for those that AWS attaches to everything and that allow all. */
  policies: Witnessed<ServiceControlPolicy[]>;
  /**
   * Targets (as in `ServiceControlPolicy`) from which AWS's FullAWSAccess was taken: there only what the
   * policies of the target itself allow is allowed. Absent where no policy allows anything by itself.
   */
  withoutFullAccess?: Witnessed<string[]>;
  /** Resource control policies, but for the one that AWS attaches to everything; they only deny. */
  resourcePolicies?: Witnessed<ServiceControlPolicy[]>;
  /** The ids of all OUs; unseen where nobody knows which account hangs under which. */
  units?: Witnessed<string[]>;
  /** The account whose credentials the bot was started with; '' where even that was refused. */
  self: string;
  /** `aws`, `aws-cn`, …: the second word of every ARN. */
  partition: string;
};

/** A resource control policy is told alike. `targets` are ids of the root (`r-…`), of OUs (`ou-…`) and of accounts. */
export type ServiceControlPolicy = {
  id: string;
  name: string;
  document: PolicyDocument;
  targets: string[];
};

export type OrganizationAccount = {
  id: string;
  name: string;
  /** Path of OU names from the root, such as `Workloads/Production`; '' for the root itself. */
  ou: string;
  /** Ids of the same OUs, from the root down. */
  ouIds: string[];
  /** Set where it was listed and not met on the way through the OUs: it was made or moved meanwhile. */
  unplaced?: true;
  /** `State` of Organizations, or the older `Status` where there is none. */
  state: string;
};

export type AccountFacts = {
  id: string;
  name: string;
  ou: string;
  /** The regions that are enabled there. */
  regions: Witnessed<string[]>;
  /** Regions that somebody opted into or out of, being switched right now included. */
  optedIn: Witnessed<{ region: string; state: OptInState }[]>;
  trails: Witnessed<Sighting[]>;
  recorders: Witnessed<RecorderFacts[]>;
};

/** `RegionOptStatus` of the Account Management API, but for those that are on by default or off. */
export type OptInState = 'ENABLED' | 'ENABLING' | 'DISABLING';

/**
 * A trail as one account sees it: its own, or the organization's. Whether it is logging is the trail's
 * own affair (`TrailFacts.logging`), read once: a member only proves that it sees it.
 */
export type Sighting = { arn: string; homeRegion: string };

/** The recorder of one region; `absent` is an answer, too. */
export type RecorderFacts = {
  region: string;
  state: Witnessed<RecorderState>;
  /** The types of the audit trail's own resources that it does not record; absent where nobody asked. */
  leavesOut?: string[];
};
export type RecorderState = 'recording' | 'stopped' | 'failing' | 'absent';

export type TrailFacts = {
  arn: string;
  /** The account in the ARN. */
  owner: string;
  homeRegion: string;
  settings: Witnessed<TrailSettings>;
  logging: Witnessed<boolean>;
  selectors: Witnessed<Selectors>;
  /** Insights that are switched on; none is an answer. */
  insights: Witnessed<Insight[]>;
  tags: Witnessed<{ [key: string]: string }>;
  /** What arrives, region by region: GetTrailStatus knows one region at a time. */
  deliveries: Delivery[];
};

export type TrailSettings = {
  name: string;
  multiRegion: boolean;
  organization: boolean;
  logFileValidation: boolean;
  /** IncludeGlobalServiceEvents. */
  globalServiceEvents: boolean;
  bucket: string;
  /** S3KeyPrefix. */
  prefix: string | null;
  /** KmsKeyId, which CloudTrail answers as the ARN of a key. */
  kmsKey: string | null;
  /** ARN of the CloudWatch Logs log group. */
  logGroup: string | null;
  /** SnsTopicARN. */
  snsTopic: string | null;
};

export type Insight = {
  type: 'ApiCallRateInsight' | 'ApiErrorRateInsight';
  /** Of management events, of data events, or of both. */
  categories: string[];
};

/** Where a trail delivers to: log files, their digests, CloudWatch Logs, notifications. */
export type Sink = 's3' | 'digest' | 'cloudWatchLogs' | 'sns';
/** The last success (ISO 8601 UTC) and the last error, as CloudTrail keeps them; an error is sticky. */
export type SinkState = { lastSuccess: string | null; error: string | null };
/** `loggingSince`: the last StartLoggingTime, ISO 8601 UTC; null where CloudTrail does not say. */
export type Delivery = {
  region: string;
  sinks: Witnessed<{ [sink in Sink]: SinkState }>;
  loggingSince?: string | null;
};

/** As CloudTrail answers them: basic or advanced, never both. */
export type Selectors = { basic: BasicSelector[] } | { advanced: AdvancedSelector[] };

export type BasicSelector = {
  readWriteType: 'All' | 'ReadOnly' | 'WriteOnly';
  managementEvents: boolean;
  excludedSources: string[];
  dataResources: { type: string; values: string[] }[];
};

/** All field selectors must hold (AND); within one, any value of an operator may (OR). */
export type AdvancedSelector = FieldSelector[];
export type FieldSelector = {
  field: string;
  equals: string[];
  startsWith: string[];
  endsWith: string[];
  notEquals: string[];
  notStartsWith: string[];
  notEndsWith: string[];
};

export type BucketFacts = {
  name: string;
  /** The account that owns it and the region that it is in: a bucket's name tells neither. */
  place: Witnessed<{ account: string; region: string }>;
  /** Null for a bucket whose protection nobody asked for. */
  protection: BucketProtection | null;
};

export type BucketProtection = {
  versioning: Witnessed<{ versioning: boolean; mfaDelete: boolean }>;
  /** Null: no Object Lock, or none by default. `days` counts years as 365. */
  objectLock: Witnessed<{ mode: 'COMPLIANCE' | 'GOVERNANCE'; days: number } | null>;
  lifecycle: Witnessed<LifecycleRule[]>;
  /** Null: the bucket has no policy. */
  policy: Witnessed<PolicyDocument | null>;
  /** `PolicyStatus.IsPublic`; false without a policy. */
  policyIsPublic: Witnessed<boolean>;
  /** All false where there is none. */
  publicAccessBlock: Witnessed<PublicAccessBlock>;
  /**
   * The block of the account that owns it, as AWS Config last captured it (`captured`, ISO 8601 UTC). Null
   * was not asked for, as nothing looked public; null that was seen is one that Config does not keep.
   */
  accountPublicAccessBlock: Witnessed<(PublicAccessBlock & { captured: string }) | null> | null;
  /** Groups that the ACL lets in, such as `AllUsers`. */
  aclGroups: Witnessed<string[]>;
  /** Server access logging; null: off. `targetLocked`: Object Lock there blocks the delivery. */
  accessLogging: Witnessed<AccessLogging | null>;
};

/** `targetRegion`: null where no bucket has that name any more; missing where nobody asked. */
export type AccessLogging = {
  targetBucket: string;
  targetLocked: Witnessed<boolean>;
  targetRegion?: Witnessed<string | null>;
};

export type PublicAccessBlock = {
  blockPublicAcls: boolean;
  ignorePublicAcls: boolean;
  blockPublicPolicy: boolean;
  restrictPublicBuckets: boolean;
};

/** One rule of a bucket's lifecycle. Days since creation; dates are told as days from the reading. */
export type LifecycleRule = {
  id: string;
  enabled: boolean;
  /** '' for all objects; a rule with a filter by tag or size says so, and covers only some. */
  prefix: string;
  narrowed: boolean;
  expirationDays: number | null;
  /** It deletes everything there is on that day, however young. */
  onDate?: true;
  noncurrentDays: number | null;
  transitions: { days: number; storageClass: string }[];
};

/** A KMS key as a trail names it, read in the account and region of its ARN. */
export type KeyFacts = {
  arn: string;
  account: string;
  region: string;
  /** `KeyState` and `KeyManager` of DescribeKey; `deletionDate` is ISO 8601 UTC. */
  description: Witnessed<{
    state: string;
    manager: 'AWS' | 'CUSTOMER';
    deletionDate: string | null;
  }>;
  policy: Witnessed<PolicyDocument>;
  rotation: Witnessed<boolean>;
};

/** A log group, read in the account and region of its ARN. */
export type LogGroupFacts = {
  arn: string;
  account: string;
  region: string;
  /** Null days: kept for ever. */
  settings: Witnessed<{ retentionDays: number | null; kmsKey: string | null }>;
  /** Its metric filters, each with the alarms on its metrics. */
  filters: Witnessed<MetricFilter[]>;
};

export type MetricFilter = { name: string; pattern: string; alarms: MetricAlarm[] };
/** `listeners`: confirmed subscriptions of its SNS topics and actions that need none. */
export type MetricAlarm = { name: string; enabled: boolean; listeners: Witnessed<number> };

/** The event data stores of CloudTrail Lake in one account and region. */
export type LakeFacts = { account: string; region: string; stores: Witnessed<EventDataStore[]> };
export type EventDataStore = {
  arn: string;
  name: string;
  status: string;
  organization: boolean;
  multiRegion: boolean;
  terminationProtection: boolean;
  retentionDays: number;
  kmsKey: string | null;
};

/** The aggregators of one account and region. */
export type AggregatorPlace = {
  account: string;
  region: string;
  found: Witnessed<AggregatorFacts[]>;
};
export type AggregatorFacts = {
  name: string;
  /** It unites the whole organization, or named accounts. */
  organization: boolean;
  accounts: string[];
  /** Null: all regions. */
  regions: string[] | null;
  /** The sources whose data is late or missing; `at` is ISO 8601 UTC, '' where it never came. */
  troubled: Witnessed<
    { account: string; region: string; status: 'FAILED' | 'OUTDATED'; at: string; error: string }[]
  >;
};

/** What the managed Config rules of one account and region say of the resources there. */
export type ConfigWord = {
  account: string;
  region: string;
  /** By the rule's identifier, such as `CLOUD_TRAIL_LOG_FILE_VALIDATION_ENABLED`; a missing key is an absent rule. */
  rules: Witnessed<{ [identifier: string]: Witnessed<ConfigVerdict[]> }>;
  /** How the rules of each identifier are set up: Security Hub, a conformance pack and a person may each have one. */
  setUp?: { [identifier: string]: ConfigRuleFacts[] };
};

export type ConfigRuleFacts = {
  name: string;
  /** Asked by the clock, every so many hours; null: when a resource changes. */
  everyHours: number | null;
  /** What it looks at: resource types, one resource, a tag; null: everything that it can judge. */
  scope: { types: string[]; resource: string | null; tag: string | null } | null;
};

export type ConfigVerdict = {
  /** Name, ARN or account id, as Config names the resource. */
  resource: string;
  compliance: 'COMPLIANT' | 'NON_COMPLIANT' | 'INSUFFICIENT_DATA' | 'NOT_APPLICABLE';
  /** ISO 8601 UTC. */
  at: string;
  /** Name of the rule that said so. */
  rule?: string;
};

/** What the configuration says of the organization. */
export type PostureSettings = {
  logArchiveAccount: string | null;
  sensitiveBuckets: SensitiveBuckets[];
  /** Log files and log groups must be kept for so many days. */
  retentionDays: number;
  /** Resource types, such as `AWS::Lambda::Function`, all of whose data events must be recorded. */
  dataEvents: string[];
  /** Event sources, such as `ec2.amazonaws.com`, whose network activity events must be recorded. */
  networkActivity: string[];
  /** Tags that every trail must have; empty: any tag will do. */
  requiredTags: string[];
  /** Account ids that may be delegated administrators, by service principal; null: nobody said. */
  delegatedAdministrators: { [service: string]: string[] } | null;
  /** Regions that may be enabled; null: nobody said. */
  regions: string[] | null;
  /** Names of roles, `*` allowed, that guards against changes to the trail may leave out. */
  breakGlassRoles: string[];
  /** Where sensitive calls raise an alarm instead of in CloudWatch (a SIEM); null: nowhere. */
  alarmsElsewhere: string | null;
};

/** Buckets by name (`*` allowed) or by a tag (`key=value`), and which object-level events they need. */
export type SensitiveBuckets = {
  by: { name: string } | { tag: string };
  record: 'write' | 'read-write';
};
