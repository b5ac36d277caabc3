import { z } from 'zod';
import { Bucket, Key } from './scenario-buckets.ts';
import { ConfigSetup } from './scenario-config.ts';
import { IamPolicy, IamRole, IamUser, SecurityGroup } from './scenario-identities.ts';
import {
  Account,
  OrganizationalUnit,
  Role,
  ServiceControlPolicy,
} from './scenario-organization.ts';
import { IdentityCenter } from './scenario-people.ts';
import { EventDataStore, Trail } from './scenario-trails.ts';
import { Alarm, LogGroup, Topic } from './scenario-watchers.ts';
import { AccountId, When } from './scenario-words.ts';

export type { BucketSetup, KeySetup } from './scenario-buckets.ts';
export type { ConfigSetup, ManagedRule } from './scenario-config.ts';
export type { IamRoleSetup, IamUserSetup, SecurityGroupSetup } from './scenario-identities.ts';
export type { ServiceControlPolicySetup, UnitSetup } from './scenario-organization.ts';
export type { EventDataStoreSetup, SinkTrouble, TrailSetup } from './scenario-trails.ts';
export type { AlarmSetup, LogGroupSetup, TopicSetup } from './scenario-watchers.ts';

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
    /** Without it, one that follows from the organization's id. */
    rootId: z
      .string()
      .regex(/^r-[0-9a-z]{4,32}$/, 'the id of a root')
      .optional(),
    delegatedAdministrators: z.record(z.string(), z.array(AccountId)).default({}),
    serviceAccess: z.array(z.string()).default([]),
    /** How ListAccounts pages: short pages, and empty ones with a token, happen at AWS too. */
    pageSize: z.number().int().positive().default(20),
    emptyPages: z.boolean().default(false),
    units: z.array(OrganizationalUnit),
    accounts: z.array(Account).default([]),
    /** Service control policies, beside FullAWSAccess, which AWS attaches to everything. */
    serviceControlPolicies: z.array(ServiceControlPolicy).default([]),
    /** Resource control policies, beside RCPFullAWSAccess; they are told, and bind nobody. */
    resourceControlPolicies: z.array(ServiceControlPolicy).default([]),
    /** `root`, ids of units, ids of accounts: what FullAWSAccess was detached from, for an allow list. */
    withoutFullAccess: z.array(z.string()).default([]),
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
  /** Users and roles that IAM knows beside `roles`, which are the bot's and its like. */
  iam: z
    .strictObject({
      roles: z.array(IamRole).default([]),
      users: z.array(IamUser).default([]),
      policies: z.array(IamPolicy).default([]),
    })
    .default(() => ({ roles: [], users: [], policies: [] })),
  securityGroups: z.array(SecurityGroup).default([]),
  config: ConfigSetup.default(ConfigSetup.parse({})),
  /** IAM Identity Center; without it, there is none. */
  identityCenter: IdentityCenter.optional(),
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
