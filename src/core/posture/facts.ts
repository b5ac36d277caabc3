import type { Reading } from '../reading.ts';

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
  /** What the configured names of sensitive buckets stand for; without a `*`, for themselves. */
  sensitive: { pattern: string; names: Witnessed<string[]> }[];
  config: ConfigWord[];
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
  /** The account whose credentials the bot was started with; '' where even that was refused. */
  self: string;
  /** `aws`, `aws-cn`, …: the second word of every ARN. */
  partition: string;
};

export type OrganizationAccount = {
  id: string;
  name: string;
  /** Path of OU names from the root, such as `Workloads/Production`; '' for the root itself. */
  ou: string;
  /** Ids of the same OUs, from the root down. */
  ouIds: string[];
  /** `State` of Organizations, or the older `Status` where there is none. */
  state: string;
};

export type AccountFacts = {
  id: string;
  name: string;
  ou: string;
  /** The regions that are enabled there. */
  regions: Witnessed<string[]>;
  trails: Witnessed<Sighting[]>;
  recorders: Witnessed<RecorderFacts[]>;
};

/** A trail as one account sees it: its own, or the organization's. */
export type Sighting = { arn: string; homeRegion: string; logging: Witnessed<boolean> };

/** The recorder of one region; `absent` is an answer, too. */
export type RecorderFacts = { region: string; state: Witnessed<RecorderState> };
export type RecorderState = 'recording' | 'stopped' | 'failing' | 'absent';

export type TrailFacts = {
  arn: string;
  /** The account in the ARN. */
  owner: string;
  homeRegion: string;
  settings: Witnessed<TrailSettings>;
  logging: Witnessed<boolean>;
  selectors: Witnessed<Selectors>;
};

export type TrailSettings = {
  name: string;
  multiRegion: boolean;
  organization: boolean;
  logFileValidation: boolean;
  bucket: string;
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
  lifecycleRules: Witnessed<number>;
};

/** What the managed Config rules of one account and region say of the resources there. */
export type ConfigWord = {
  account: string;
  region: string;
  /** By the rule's identifier, such as `CLOUD_TRAIL_LOG_FILE_VALIDATION_ENABLED`; a missing key is an absent rule. */
  rules: Witnessed<{ [identifier: string]: Witnessed<ConfigVerdict[]> }>;
};

export type ConfigVerdict = {
  /** Name, ARN or account id, as Config names the resource. */
  resource: string;
  compliance: 'COMPLIANT' | 'NON_COMPLIANT' | 'INSUFFICIENT_DATA' | 'NOT_APPLICABLE';
  /** ISO 8601 UTC. */
  at: string;
};

/** What the configuration says of the organization. */
export type PostureSettings = {
  logArchiveAccount: string | null;
  /** Names, `*` allowed, of the buckets whose object-level writes must be recorded. */
  sensitiveBuckets: string[];
};
