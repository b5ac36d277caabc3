import type { Plan } from '../../../src/core/questions/index.ts';

/**
 * What each phrasing of the 25 kinds means, written by hand from its words, in their order. A slot that
 * is not named must be empty; `names` are event names that the plan must hold, `neither` names that it
 * must not.
 */
export type Slots = Partial<
  Pick<
    Plan,
    | 'shape'
    | 'asks'
    | 'verbs'
    | 'set'
    | 'actor'
    | 'accounts'
    | 'regions'
    | 'outcome'
    | 'addresses'
    | 'via'
    | 'readOnly'
    | 'content'
    | 'about'
    | 'groupBy'
    | 'order'
    | 'limit'
    | 'resources'
    | 'eventSources'
  >
> & {
  /** `from/to` in UTC without seconds; not named: assumed. */
  time?: string;
  /** The kind of thing; checked where it is named. */
  type?: string | null;
  names?: string[];
  neither?: string[];
  except?: Partial<Plan['except']>;
  state?: Partial<NonNullable<Plan['state']>>;
};

/** `asked back` is a question of ours in return, with a hint and no plan of its own. */
export type Expected = Slots | 'asked back';

// The asker sits in Seoul; it is Sunday 22 November 2026, six in the evening.
const TODAY = '2026-11-21T15:00/2026-11-22T09:00';
const YESTERDAY = '2026-11-20T15:00/2026-11-21T15:00';
const LAST_NIGHT = '2026-11-21T09:00/2026-11-21T21:00';
const THIS_WEEK = '2026-11-15T15:00/2026-11-22T09:00';
const LAST_WEEK = '2026-11-08T15:00/2026-11-15T15:00';
const THIS_MONTH = '2026-10-31T15:00/2026-11-22T09:00';
const LAST_MONTH = '2026-09-30T15:00/2026-10-31T15:00';
const PAST_24_HOURS = '2026-11-21T09:00/2026-11-22T09:00';
const PAST_7_DAYS = '2026-11-15T09:00/2026-11-22T09:00';
const PAST_30_DAYS = '2026-10-23T09:00/2026-11-22T09:00';
const PAST_MONTH = '2026-10-22T09:00/2026-11-22T09:00';
const TWO_TO_FOUR = '2026-11-22T05:00/2026-11-22T07:00';

const PROD = ['444455556666'];
const PROD_KO = ['444455556667'];

const root: Slots = { actor: { kind: 'root', value: 'root' } };
const alice: Slots = { actor: { kind: 'email', value: 'alice@example.com' } };
const name = (value: string): Slots => ({ actor: { kind: 'name', value } });
const role = (value: string): Slots => ({ actor: { kind: 'role', value } });
const key: Slots = { actor: { kind: 'access-key', value: 'AKIAIOSFODNN7EXAMPLE' } };
const service = (value: string): Slots => ({
  actor: { kind: 'service', value: `${value}.amazonaws.com` },
});
const open = (port: number | null, cidr: string | null): Slots => ({
  verbs: ['open'],
  type: 'security-group',
  names: ['AuthorizeSecurityGroupIngress', 'ModifySecurityGroupRules'],
  neither: ['RevokeSecurityGroupIngress'],
  content: { kind: 'port-open', port, cidr },
});
const terminated: Slots = {
  verbs: ['delete'],
  type: 'instance',
  names: ['TerminateInstances'],
  neither: ['StopInstances', 'DeleteVolume'],
};
/** 종료, 내리다: terminated or stopped. Both are searched. */
const ended: Slots = {
  verbs: ['delete', 'stop'],
  type: 'instance',
  names: ['TerminateInstances', 'StopInstances'],
};
const event: Slots = { shape: 'event', resources: ['0ea6b2d5-51d5-4765-ad83-4db65d506d9c'] };
const consoleLogin: Slots = { verbs: ['sign-in'], names: ['ConsoleLogin'] };
const byTool: Slots = { except: { via: ['iac', 'service'] } };
const state = (property: NonNullable<Plan['state']>['property'], type: string | null): Slots => ({
  shape: 'state',
  type,
  state: { property },
});
const cause = (property: NonNullable<Plan['state']>['property']): Slots => ({
  shape: 'cause',
  state: { property },
});

export const EXPECTED: Record<string, { en: Expected[]; ko: Expected[] }> = {
  'who-did': {
    en: [
      { ...terminated, resources: ['i-0dbc91f429e48eeed'] },
      { ...terminated, resources: ['i-0dbc91f429e48eeed'] },
      {
        verbs: ['stop'],
        names: ['StopInstances'],
        neither: ['TerminateInstances'],
        resources: ['i-0aa11bb22cc33dd44'],
        accounts: PROD,
        time: LAST_NIGHT,
      },
      {
        verbs: ['delete'],
        type: 'db-instance',
        names: ['DeleteDBInstance'],
        resources: ['orders-db'],
      },
      {
        verbs: ['delete'],
        type: 'function',
        names: ['DeleteFunction'],
        resources: ['billing-sync'],
        time: YESTERDAY,
      },
      { verbs: ['delete'], names: ['DeleteVolume'], resources: ['vol-0fc2e34e74650e145'] },
      { verbs: ['create'], names: ['CreateVpc'], resources: ['vpc-06fe1a64761a0f720'] },
    ],
    ko: [
      terminated,
      { ...terminated, resources: ['i-0dbc91f429e48eeed'] },
      {
        verbs: ['delete'],
        type: 'db-instance',
        names: ['DeleteDBInstance'],
        resources: ['orders-db'],
        time: YESTERDAY,
      },
      { verbs: ['stop'], names: ['StopInstances'], resources: ['i-0aa11bb22cc33dd44'] },
      { verbs: ['delete'], names: ['DeleteFunction'], resources: ['billing-sync'] },
      { verbs: ['delete'], names: ['DeleteVolume'], resources: ['vol-0fc2e34e74650e145'] },
      { verbs: ['create'], type: 'vpc', names: ['CreateVpc'], time: LAST_WEEK },
    ],
  },
  'permission-change': {
    en: [
      {
        verbs: ['change'],
        names: ['PutBucketPolicy', 'DeleteBucketPolicy'],
        resources: ['finance-reports'],
      },
      {
        verbs: ['attach'],
        names: ['AttachUserPolicy'],
        neither: ['AttachVolume'],
        resources: ['AdministratorAccess', 'alice'],
      },
      {
        verbs: ['change'],
        type: 'iam-policy',
        names: ['CreatePolicyVersion', 'PutUserPolicy'],
        time: THIS_WEEK,
      },
      {
        verbs: ['attach'],
        names: ['AttachRolePolicy', 'PutRolePolicy'],
        resources: ['deploy-bot'],
        content: { kind: 'admin-grant' },
      },
      { verbs: ['change'], names: ['UpdateAssumeRolePolicy'], resources: ['OrgAdmin'] },
      {
        verbs: ['change'],
        names: ['PutBucketPolicy', 'PutBucketAcl'],
        neither: ['CreateBucket'],
        resources: ['logs-archive'],
      },
    ],
    ko: [
      { verbs: ['change'], type: 'bucket', names: ['PutBucketPolicy', 'PutBucketAcl'] },
      {
        verbs: ['change'],
        names: ['PutBucketPolicy', 'DeleteBucketPolicy'],
        resources: ['finance-reports'],
      },
      {
        verbs: ['attach'],
        names: ['AttachUserPolicy', 'PutUserPolicy'],
        resources: ['alice'],
        content: { kind: 'admin-grant' },
      },
      {
        verbs: ['change'],
        type: 'iam-policy',
        names: ['CreatePolicyVersion', 'PutUserPolicy'],
        time: THIS_WEEK,
      },
      { verbs: ['change'], names: ['UpdateAssumeRolePolicy'], resources: ['OrgAdmin'] },
      {
        verbs: ['attach'],
        names: ['AttachRolePolicy', 'PutRolePolicy'],
        resources: ['deploy-bot'],
      },
    ],
  },
  'exposure-change': {
    en: [
      open(22, '0.0.0.0/0'),
      { ...open(null, '0.0.0.0/0'), resources: ['sg-04cfb7a4712d75b00'] },
      {
        verbs: ['open'],
        type: 'bucket',
        names: ['PutBucketPolicy', 'PutBucketAcl'],
        content: { kind: 'public' },
        resources: ['finance-reports'],
      },
      {
        verbs: ['stop'],
        names: ['DeleteBucketPublicAccessBlock', 'PutBucketPublicAccessBlock'],
        content: { kind: 'public' },
        accounts: PROD,
      },
      {
        verbs: ['open'],
        type: 'db-snapshot',
        names: ['ModifyDBSnapshotAttribute'],
        content: { kind: 'public' },
        resources: ['exfil-snap'],
      },
    ],
    ko: [
      open(22, null),
      { ...open(null, '0.0.0.0/0'), resources: ['sg-04cfb7a4712d75b00'] },
      {
        verbs: ['open'],
        type: 'bucket',
        names: ['PutBucketPolicy', 'PutBucketAcl'],
        content: { kind: 'public' },
        resources: ['finance-reports'],
      },
      {
        verbs: ['stop'],
        names: ['DeleteBucketPublicAccessBlock', 'PutBucketPublicAccessBlock'],
        content: { kind: 'public' },
        accounts: PROD_KO,
      },
      {
        ...open(null, '0.0.0.0/0'),
        neither: ['AuthorizeSecurityGroupEgress'],
      },
    ],
  },
  'resource-history': {
    en: [
      { resources: ['sg-04cfb7a4712d75b00'], time: YESTERDAY },
      { type: 'bucket', resources: ['finance-reports'] },
      { resources: ['i-0dbc91f429e48eeed'], readOnly: false, time: PAST_7_DAYS },
      { type: 'load-balancer', resources: ['api-alb'], readOnly: false, time: TWO_TO_FOUR },
      { type: 'iam-role', resources: ['OrgAdmin'], time: LAST_MONTH },
    ],
    ko: [
      { resources: ['sg-04cfb7a4712d75b00'], time: YESTERDAY },
      { type: 'bucket', resources: ['finance-reports'], readOnly: false },
      { resources: ['i-0dbc91f429e48eeed'], readOnly: false, time: PAST_7_DAYS },
      { type: 'load-balancer', resources: ['api-alb'], readOnly: false, time: TWO_TO_FOUR },
      { type: 'iam-role', resources: ['OrgAdmin'], time: LAST_MONTH },
    ],
  },
  'actor-activity': {
    en: [
      { ...alice, time: YESTERDAY },
      { ...name('bob'), time: PAST_24_HOURS },
      { ...role('deploy-bot'), readOnly: false, time: TODAY },
      {
        actor: { kind: 'arn', value: 'arn:aws:iam::111122223333:user/charlie' },
        time: THIS_WEEK,
      },
      { ...name('carol'), verbs: ['delete'], time: LAST_WEEK },
    ],
    ko: [
      { ...alice, time: YESTERDAY },
      { ...name('bob'), time: PAST_24_HOURS },
      { ...role('deploy-bot'), readOnly: false, time: TODAY },
      { ...name('charlie'), time: THIS_WEEK },
      {
        actor: { kind: 'email', value: 'chulsoo@example.com' },
        verbs: ['delete'],
        time: LAST_WEEK,
      },
    ],
  },
  creator: {
    en: [
      { verbs: ['create'], names: ['RunInstances'], resources: ['i-0dbc91f429e48eeed'] },
      { verbs: ['create'], names: ['CreateBucket'], resources: ['tmp-test-2024'] },
      { verbs: ['create'], names: ['RunInstances'], resources: ['i-0aa11bb22cc33dd44'] },
      {
        verbs: ['change'],
        names: ['AuthorizeSecurityGroupIngress', 'RevokeSecurityGroupIngress'],
        resources: ['sg-04cfb7a4712d75b00'],
        order: 'newest',
        limit: 1,
      },
      { verbs: ['create'], names: ['CreateRole'], resources: ['OrgAdmin'], asks: 'when' },
    ],
    ko: [
      { verbs: ['create'], names: ['RunInstances'], resources: ['i-0dbc91f429e48eeed'] },
      { verbs: ['create'], names: ['CreateBucket'], resources: ['tmp-test-2024'] },
      { verbs: ['create'], names: ['RunInstances'], resources: ['i-0aa11bb22cc33dd44'] },
      {
        verbs: ['change'],
        names: ['AuthorizeSecurityGroupIngress', 'RevokeSecurityGroupIngress'],
        resources: ['sg-04cfb7a4712d75b00'],
        order: 'newest',
        limit: 1,
      },
      { verbs: ['create'], names: ['CreateRole'], resources: ['OrgAdmin'], asks: 'when' },
    ],
  },
  signin: {
    en: [
      { ...consoleLogin, time: TODAY },
      { ...consoleLogin, outcome: 'failed', time: PAST_24_HOURS },
      { ...consoleLogin, content: { kind: 'no-mfa' }, time: THIS_WEEK },
      { ...name('alice'), ...consoleLogin, time: YESTERDAY },
      // No record says which country a call came from.
      'asked back',
    ],
    ko: [
      { ...consoleLogin, time: TODAY },
      { ...consoleLogin, outcome: 'failed', time: PAST_24_HOURS },
      { ...consoleLogin, content: { kind: 'no-mfa' } },
      { ...name('alice'), ...consoleLogin, time: YESTERDAY },
      consoleLogin,
    ],
  },
  'root-usage': {
    en: [
      root,
      { ...root, time: PAST_30_DAYS },
      { ...root, ...consoleLogin },
      { ...root, time: THIS_MONTH },
      { ...root, accounts: PROD },
    ],
    ko: [
      root,
      { ...root, time: PAST_30_DAYS },
      { ...root, ...consoleLogin },
      { ...root, time: THIS_MONTH },
      { ...root, accounts: PROD_KO },
    ],
  },
  'denied-errors': {
    en: [
      { outcome: 'denied', time: TODAY },
      { shape: 'count', outcome: 'failed', groupBy: ['error'], order: 'count', time: PAST_MONTH },
      { ...role('deploy-bot'), outcome: 'failed' },
      { shape: 'count', outcome: 'denied', groupBy: ['actor'], order: 'count' },
      { outcome: 'denied', eventSources: ['kms.amazonaws.com'], time: THIS_WEEK },
    ],
    ko: [
      { outcome: 'denied', time: TODAY },
      { shape: 'count', outcome: 'failed', groupBy: ['error'], order: 'count', time: LAST_MONTH },
      { ...role('deploy-bot'), outcome: 'failed' },
      { shape: 'count', outcome: 'denied', groupBy: ['actor'], order: 'count' },
      { outcome: 'denied', eventSources: ['kms.amazonaws.com'], time: THIS_WEEK },
    ],
  },
  'top-count': {
    en: [
      { shape: 'count', groupBy: ['actor'], order: 'count', limit: 10, time: THIS_WEEK },
      { ...terminated, shape: 'count', groupBy: ['account'], time: YESTERDAY },
      {
        shape: 'count',
        verbs: ['delete'],
        names: ['DeleteBucket'],
        neither: ['DeleteObject'],
        groupBy: ['actor'],
        time: LAST_MONTH,
      },
      { shape: 'count', groupBy: ['account'], readOnly: false, order: 'count' },
      { ...consoleLogin, shape: 'count', groupBy: ['day'], time: THIS_WEEK },
    ],
    ko: [
      { shape: 'count', groupBy: ['actor'], order: 'count', limit: 10, time: THIS_WEEK },
      { ...ended, shape: 'count', groupBy: ['account'], time: YESTERDAY },
      {
        shape: 'count',
        verbs: ['delete'],
        names: ['DeleteBucket'],
        neither: ['DeleteObject'],
        groupBy: ['actor'],
        time: LAST_MONTH,
      },
      { shape: 'count', groupBy: ['account'], readOnly: false, order: 'count' },
      { ...consoleLogin, shape: 'count', groupBy: ['day'], time: THIS_WEEK },
    ],
  },
  'key-usage': {
    en: [
      key,
      key,
      { ...key, shape: 'count', groupBy: ['address'] },
      { verbs: ['create'], names: ['CreateAccessKey'], time: THIS_WEEK },
      { verbs: ['delete'], names: ['DeleteAccessKey'], resources: ['bob'] },
    ],
    ko: [
      key,
      key,
      { ...key, shape: 'count', groupBy: ['address'] },
      { verbs: ['create'], names: ['CreateAccessKey'], time: THIS_WEEK },
      { verbs: ['delete'], names: ['DeleteAccessKey'], resources: ['bob'] },
    ],
  },
  'ip-activity': {
    en: [
      { addresses: ['203.0.113.10'] },
      { addresses: ['203.0.113.10'], time: YESTERDAY },
      { addresses: ['198.51.100.7'] },
      { addresses: ['203.0.113.0/24'] },
      { ...name('alice'), shape: 'count', groupBy: ['address'] },
    ],
    ko: [
      { addresses: ['203.0.113.10'] },
      { addresses: ['203.0.113.10'], time: YESTERDAY },
      { addresses: ['198.51.100.7'] },
      { addresses: ['203.0.113.0/24'] },
      { ...name('alice'), shape: 'count', groupBy: ['address'] },
    ],
  },
  'assume-role': {
    en: [
      { verbs: ['assume'], names: ['AssumeRole'], resources: ['OrgAdmin'] },
      { ...name('alice'), verbs: ['assume'], names: ['AssumeRole'], time: YESTERDAY },
      { verbs: ['assume'], names: ['AssumeRole', 'SwitchRole'], accounts: PROD },
      {
        verbs: ['assume'],
        names: ['AssumeRole'],
        content: { kind: 'cross-account' },
        time: THIS_WEEK,
      },
      { verbs: ['assume'], names: ['AssumeRole'], resources: ['break-glass'] },
    ],
    ko: [
      { verbs: ['assume'], names: ['AssumeRole'], resources: ['OrgAdmin'] },
      { ...name('alice'), verbs: ['assume'], names: ['AssumeRole'], time: YESTERDAY },
      { verbs: ['assume'], names: ['AssumeRole', 'SwitchRole'], accounts: PROD_KO },
      {
        // An event named as CloudTrail writes it needs no verb.
        names: ['AssumeRole'],
        content: { kind: 'cross-account' },
        time: THIS_WEEK,
      },
      // A role by what it is for, not by its name: which one is meant, only the asker knows.
      'asked back',
    ],
  },
  anomaly: {
    en: [
      { shape: 'detect' },
      { shape: 'detect', time: TODAY },
      { shape: 'detect', accounts: PROD, time: LAST_NIGHT },
      { shape: 'detect', time: THIS_WEEK },
      { shape: 'detect', set: 'new-region' },
    ],
    ko: [
      { shape: 'detect' },
      { shape: 'detect', time: TODAY },
      { shape: 'detect', accounts: PROD_KO, time: LAST_NIGHT },
      { shape: 'detect', time: THIS_WEEK },
      { shape: 'detect' },
    ],
  },
  'logging-tamper': {
    en: [
      { verbs: ['stop'], names: ['StopLogging'], neither: ['StartLogging', 'StopInstances'] },
      { verbs: ['stop'], names: ['DeleteDetector'], neither: ['StopLogging', 'CreateDetector'] },
      {
        verbs: ['stop'],
        names: ['StopConfigurationRecorder'],
        neither: ['StartConfigurationRecorder', 'StopLogging'],
      },
      { verbs: ['delete'], names: ['DeleteFlowLogs'], neither: ['DeleteVpc'] },
      {
        type: 'trail',
        verbs: ['change'],
        names: ['UpdateTrail', 'StopLogging', 'PutEventSelectors', 'DeleteTrail'],
        time: THIS_MONTH,
      },
    ],
    ko: [
      { verbs: ['stop'], names: ['StopLogging'], neither: ['StartLogging', 'StopInstances'] },
      { verbs: ['stop'], names: ['DeleteDetector'], neither: ['StopLogging', 'CreateDetector'] },
      {
        verbs: ['stop'],
        names: ['StopConfigurationRecorder'],
        neither: ['StartConfigurationRecorder', 'StopLogging'],
      },
      { verbs: ['delete'], names: ['DeleteFlowLogs'], neither: ['DeleteVpc'] },
      {
        type: 'trail',
        verbs: ['change'],
        names: ['UpdateTrail', 'StopLogging', 'PutEventSelectors', 'DeleteTrail'],
        time: THIS_MONTH,
      },
    ],
  },
  'data-access': {
    en: [
      { verbs: ['read'], names: ['GetObject'], resources: ['s3://finance-reports/q3.xlsx'] },
      { verbs: ['read'], names: ['GetSecretValue'], resources: ['prod/db/password'] },
      {
        verbs: ['delete'],
        names: ['DeleteObject', 'DeleteObjects'],
        neither: ['DeleteBucket'],
        resources: ['finance-reports'],
      },
      {
        verbs: ['read'],
        names: ['Decrypt'],
        resources: ['1234abcd-12ab-34cd-56ef-1234567890ab'],
      },
      { verbs: ['read'], type: 'table', names: ['Scan'], resources: ['orders'] },
    ],
    ko: [
      { verbs: ['read'], names: ['GetObject'], resources: ['s3://finance-reports/q3.xlsx'] },
      { verbs: ['read'], names: ['GetSecretValue'], resources: ['prod/db/password'] },
      {
        verbs: ['delete'],
        names: ['DeleteObject', 'DeleteObjects'],
        neither: ['DeleteBucket'],
        resources: ['finance-reports'],
      },
      {
        verbs: ['read'],
        names: ['Decrypt'],
        resources: ['1234abcd-12ab-34cd-56ef-1234567890ab'],
      },
      { verbs: ['read'], type: 'table', names: ['Scan', 'GetItem'], resources: ['orders'] },
    ],
  },
  'share-external': {
    en: [
      {
        verbs: ['share'],
        names: ['ModifySnapshotAttribute'],
        content: { kind: 'shared-external' },
        resources: ['snap-083d3b857c13988bc'],
      },
      {
        verbs: ['share'],
        type: 'image',
        names: ['ModifyImageAttribute'],
        content: { kind: 'shared-external' },
      },
      {
        verbs: ['share'],
        type: 'db-snapshot',
        names: ['ModifyDBSnapshotAttribute'],
        time: THIS_MONTH,
      },
      {
        verbs: ['share'],
        names: ['PutBucketPolicy'],
        content: { kind: 'shared-external' },
        resources: ['finance-reports'],
      },
      { verbs: ['share'], content: { kind: 'shared-external' } },
    ],
    ko: [
      {
        verbs: ['share'],
        names: ['ModifySnapshotAttribute'],
        content: { kind: 'shared-external' },
        resources: ['snap-083d3b857c13988bc'],
      },
      {
        verbs: ['share'],
        type: 'image',
        names: ['ModifyImageAttribute'],
        content: { kind: 'shared-external' },
      },
      {
        verbs: ['share'],
        type: 'db-snapshot',
        names: ['ModifyDBSnapshotAttribute'],
        time: THIS_MONTH,
      },
      {
        verbs: ['share'],
        names: ['PutBucketPolicy'],
        content: { kind: 'shared-external' },
        resources: ['finance-reports'],
      },
      { verbs: ['share'], content: { kind: 'shared-external' } },
    ],
  },
  'how-done': {
    en: [
      { ...terminated, resources: ['i-0dbc91f429e48eeed'], asks: 'how' },
      { via: ['console'], readOnly: false, time: TODAY },
      { ...byTool, verbs: ['create'], time: THIS_WEEK },
      {
        ...service('cloudformation'),
        verbs: ['delete'],
        names: ['DeleteBucket'],
        resources: ['tmp-test-2024'],
      },
      { actor: { kind: 'name', value: 'GitHubActions' }, readOnly: false },
    ],
    ko: [
      { ...terminated, resources: ['i-0dbc91f429e48eeed'], asks: 'how' },
      { via: ['console'], readOnly: false, time: TODAY },
      { ...byTool, verbs: ['create'], time: THIS_WEEK },
      {
        ...service('cloudformation'),
        verbs: ['delete'],
        names: ['DeleteBucket'],
        resources: ['tmp-test-2024'],
      },
      { actor: { kind: 'name', value: 'GitHubActions' }, readOnly: false },
    ],
  },
  'why-gone': {
    en: [
      { ...terminated, resources: ['i-0dbc91f429e48eeed'], asks: 'why' },
      { ...terminated, resources: ['i-0aa11bb22cc33dd44'], asks: 'why' },
      { ...terminated, resources: ['i-0aa11bb22cc33dd44'] },
      { ...terminated, ...service('autoscaling'), resources: ['i-0dbc91f429e48eeed'] },
      { verbs: ['delete'], names: ['DeleteBucket'], resources: ['tmp-test-2024'] },
    ],
    ko: [
      { ...terminated, resources: ['i-0dbc91f429e48eeed'], asks: 'why' },
      { ...ended, resources: ['i-0aa11bb22cc33dd44'], asks: 'why' },
      { ...ended, resources: ['i-0aa11bb22cc33dd44'], asks: 'why' },
      { ...ended, ...service('autoscaling'), resources: ['i-0dbc91f429e48eeed'] },
      { verbs: ['delete'], names: ['DeleteBucket'], resources: ['tmp-test-2024'] },
    ],
  },
  'region-activity': {
    en: [
      { except: { regions: ['ap-northeast-2'] } },
      { verbs: ['create'], regions: ['us-west-2'], time: TODAY },
      // Nothing tells the parser which regions are allowed; where the rules say it, they are left out.
      'asked back',
      { verbs: ['create'], except: { regions: ['ap-northeast-2'] } },
      { regions: ['eu-central-1'], time: THIS_WEEK },
    ],
    ko: [
      { except: { regions: ['ap-northeast-2'] } },
      { verbs: ['create'], regions: ['us-west-2'], time: TODAY },
      'asked back',
      { verbs: ['create'], regions: ['us-east-1'] },
      { regions: ['eu-central-1'], time: THIS_WEEK },
    ],
  },
  'config-state': {
    en: [
      state('public', 'bucket'),
      state('open-to-world', 'security-group'),
      { ...state('unencrypted', 'volume'), accounts: PROD },
      state('noncompliant', null),
      { ...state('versioning', 'bucket'), resources: ['finance-reports'] },
    ],
    ko: [
      state('public', 'bucket'),
      state('open-to-world', 'security-group'),
      { ...state('unencrypted', 'volume'), accounts: PROD_KO },
      state('noncompliant', null),
      { ...state('versioning', 'bucket'), resources: ['finance-reports'] },
    ],
  },
  'noncompliant-who': {
    en: [
      { ...cause('public'), resources: ['finance-reports'] },
      { ...cause('noncompliant'), resources: ['sg-04cfb7a4712d75b00'] },
      { ...cause('noncompliant'), time: TODAY },
      { ...cause('noncompliant'), resources: ['finance-reports'] },
      { ...cause('unencrypted'), resources: ['vol-0fc2e34e74650e145'] },
    ],
    ko: [
      { ...cause('noncompliant'), resources: ['finance-reports'] },
      { ...cause('noncompliant'), resources: ['sg-04cfb7a4712d75b00'] },
      { ...cause('noncompliant'), time: TODAY },
      { ...cause('noncompliant'), resources: ['finance-reports'] },
      cause('noncompliant'),
    ],
  },
  coverage: {
    en: [
      { shape: 'coverage', about: 'trails' },
      { shape: 'coverage', about: 'history' },
      { shape: 'coverage', about: 'data-events', resources: ['finance-reports'] },
      { shape: 'coverage', about: 'accounts' },
      { shape: 'coverage', about: 'last-search' },
    ],
    ko: [
      { shape: 'coverage', about: 'trails' },
      { shape: 'coverage', about: 'history' },
      { shape: 'coverage', about: 'data-events', resources: ['finance-reports'] },
      { shape: 'coverage', about: 'accounts' },
      { shape: 'coverage', about: 'last-search' },
    ],
  },
  'event-by-id': {
    en: [event, event, event, event, event],
    ko: [event, event, event, event, event],
  },
  // Without a question before it, a follow-up is asked back with a hint.
  'follow-up': {
    en: ['asked back', 'asked back', 'asked back', 'asked back', 'asked back'],
    ko: ['asked back', 'asked back', 'asked back', 'asked back', 'asked back'],
  },
};
