import type {
  AccountFacts,
  BasicSelector,
  BucketFacts,
  FieldSelector,
  KeyFacts,
  LogGroupFacts,
  PostureFacts,
  PostureSettings,
  ServiceControlPolicy,
  TrailFacts,
  TrailSettings,
  Witness,
  Witnessed,
} from '../../../src/core/posture/facts.ts';
import { PolicyDocument } from '../../../src/core/posture/guards/policy-document.ts';
import { CIS_FILTERS } from './alarms/cis-filters.ts';

/** A sound organization of two accounts with one organization trail; tests state what differs. */
export const MANAGEMENT = '111122223333';
export const ARCHIVE = '222233334444';
export const SHOP = '444455556666';
export const ORG_TRAIL = `arn:aws:cloudtrail:us-east-1:${MANAGEMENT}:trail/org-trail`;
export const TRAIL_KEY = `arn:aws:kms:us-east-1:${MANAGEMENT}:key/trail-key`;
export const LOG_GROUP = `arn:aws:logs:us-east-1:${MANAGEMENT}:log-group:org-trail`;
export const READ_AT = '2026-11-22T10:00:00.000Z';

const by: Witness = { api: 'test:Read', account: SHOP, region: 'us-east-1', at: READ_AT };

export function seen<T>(value: T): Witnessed<T> {
  return { seen: value, by };
}

export function denied(reason = 'AccessDenied: no'): Witnessed<never> {
  return { unseen: { kind: 'denied', reason, wouldNeed: 'a role' }, by };
}

export function failed(reason = 'ThrottlingException: Rate exceeded'): Witnessed<never> {
  return { unseen: { kind: 'failed', reason }, by };
}

export function soundTrail(
  differs: Partial<TrailFacts> = {},
  settings: Partial<TrailSettings> = {},
): TrailFacts {
  return {
    arn: ORG_TRAIL,
    owner: MANAGEMENT,
    homeRegion: 'us-east-1',
    settings: seen({
      name: 'org-trail',
      multiRegion: true,
      organization: true,
      logFileValidation: true,
      globalServiceEvents: true,
      bucket: 'org-logs',
      prefix: null,
      kmsKey: TRAIL_KEY,
      logGroup: LOG_GROUP,
      snsTopic: `arn:aws:sns:us-east-1:${MANAGEMENT}:org-trail`,
      ...settings,
    }),
    logging: seen(true),
    selectors: seen({ basic: [] }),
    insights: seen([
      { type: 'ApiCallRateInsight', categories: ['Management'] },
      { type: 'ApiErrorRateInsight', categories: ['Management'] },
    ]),
    tags: seen({ owner: 'platform' }),
    deliveries: [],
    ...differs,
  };
}

export function soundAccount(differs: Partial<AccountFacts> = {}): AccountFacts {
  return {
    id: SHOP,
    name: 'shop',
    ou: 'Workloads',
    regions: seen(['eu-west-1', 'us-east-1']),
    optedIn: seen([]),
    trails: seen([{ arn: ORG_TRAIL, homeRegion: 'us-east-1' }]),
    recorders: seen([
      { region: 'eu-west-1', state: seen('recording' as const) },
      { region: 'us-east-1', state: seen('recording' as const) },
    ]),
    ...differs,
  };
}

/** CloudTrail writes for the organization's trail, over TLS. */
export const SOUND_BUCKET_POLICY = PolicyDocument.parse({
  Statement: [
    {
      Effect: 'Allow',
      Principal: { Service: 'cloudtrail.amazonaws.com' },
      Action: 's3:PutObject',
      Resource: 'arn:aws:s3:::org-logs/AWSLogs/*',
      Condition: { StringEquals: { 'aws:SourceArn': ORG_TRAIL } },
    },
    {
      Effect: 'Deny',
      Principal: '*',
      Action: 's3:*',
      Resource: ['arn:aws:s3:::org-logs', 'arn:aws:s3:::org-logs/*'],
      Condition: { Bool: { 'aws:SecureTransport': 'false' } },
    },
  ],
});

/** The service control policy that keeps every account from silencing its trails. */
export const GUARD: ServiceControlPolicy = {
  id: 'p-guard',
  name: 'protect-audit-trail',
  targets: ['r-root'],
  document: PolicyDocument.parse({
    Statement: {
      Effect: 'Deny',
      Action: [
        'cloudtrail:StopLogging',
        'cloudtrail:DeleteTrail',
        'cloudtrail:UpdateTrail',
        'cloudtrail:PutEventSelectors',
      ],
      Resource: '*',
    },
  }),
};

export function soundBucket(differs: Partial<BucketFacts> = {}): BucketFacts {
  return {
    name: 'org-logs',
    place: seen({ account: ARCHIVE, region: 'us-east-1' }),
    protection: {
      versioning: seen({ versioning: true, mfaDelete: true }),
      objectLock: seen({ mode: 'COMPLIANCE' as const, days: 400 }),
      lifecycle: seen([]),
      policy: seen(SOUND_BUCKET_POLICY),
      policyIsPublic: seen(false),
      publicAccessBlock: seen({
        blockPublicAcls: true,
        ignorePublicAcls: true,
        blockPublicPolicy: true,
        restrictPublicBuckets: true,
      }),
      accountPublicAccessBlock: null,
      aclGroups: seen([]),
      accessLogging: seen({ targetBucket: 'access-logs', targetLocked: seen(false) }),
    },
    ...differs,
  };
}

export function soundKey(differs: Partial<KeyFacts> = {}): KeyFacts {
  const CloudTrail = { Service: ['cloudtrail.amazonaws.com'] };
  return {
    arn: TRAIL_KEY,
    account: MANAGEMENT,
    region: 'us-east-1',
    description: seen({ state: 'Enabled', manager: 'CUSTOMER' as const, deletionDate: null }),
    policy: seen({
      Statement: [
        { Effect: 'Allow' as const, Principal: CloudTrail, Action: ['kms:DescribeKey'] },
        {
          Effect: 'Allow' as const,
          Principal: CloudTrail,
          Action: ['kms:GenerateDataKey*'],
          Condition: { StringEquals: { 'aws:SourceArn': [ORG_TRAIL] } },
        },
      ],
    }),
    rotation: seen(true),
    ...differs,
  };
}

export function soundLogGroup(differs: Partial<LogGroupFacts> = {}): LogGroupFacts {
  return {
    arn: LOG_GROUP,
    account: MANAGEMENT,
    region: 'us-east-1',
    settings: seen({ retentionDays: 400, kmsKey: null }),
    filters: seen(
      Object.entries(CIS_FILTERS).map(([name, pattern]) => ({
        name,
        pattern,
        alarms: [{ name, enabled: true, listeners: seen(1) }],
      })),
    ),
    ...differs,
  };
}

export function soundFacts(differs: Partial<PostureFacts> = {}): PostureFacts {
  const management = { id: MANAGEMENT, name: 'management', ou: '', ouIds: [], state: 'ACTIVE' };
  const shop = { id: SHOP, name: 'shop', ou: 'Workloads', ouIds: ['ou-1'], state: 'ACTIVE' };
  return {
    readAt: READ_AT,
    organization: {
      id: 'o-sound',
      managementAccount: MANAGEMENT,
      accounts: seen([management, shop]),
      administrators: seen([]),
      serviceAccess: seen(['cloudtrail.amazonaws.com', 'config.amazonaws.com']),
      policies: seen([GUARD]),
      self: MANAGEMENT,
      partition: 'aws',
    },
    accounts: [soundAccount({ id: MANAGEMENT, name: 'management', ou: '' }), soundAccount()],
    trails: [soundTrail()],
    buckets: [soundBucket()],
    sensitive: [],
    keys: [soundKey()],
    logGroups: [soundLogGroup()],
    lakes: [],
    aggregators: [],
    config: [],
    ...differs,
  };
}

export function basic(differs: Partial<BasicSelector> = {}): BasicSelector {
  return {
    readWriteType: 'All',
    managementEvents: true,
    excludedSources: [],
    dataResources: [],
    ...differs,
  };
}

export function field(name: string, conditions: Partial<FieldSelector>): FieldSelector {
  return {
    field: name,
    equals: [],
    startsWith: [],
    endsWith: [],
    notEquals: [],
    notStartsWith: [],
    notEndsWith: [],
    ...conditions,
  };
}

export function soundSettings(differs: Partial<PostureSettings> = {}): PostureSettings {
  return {
    logArchiveAccount: ARCHIVE,
    sensitiveBuckets: [],
    retentionDays: 365,
    dataEvents: [],
    networkActivity: [],
    requiredTags: [],
    delegatedAdministrators: null,
    regions: null,
    breakGlassRoles: [],
    alarmsElsewhere: null,
    ...differs,
  };
}
