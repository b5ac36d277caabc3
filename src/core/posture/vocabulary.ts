import type { Reading } from '../reading.ts';

/** What a named fact can be; a list is judged by being empty or not. */
export type FactValue = string | number | boolean | string[];
/** A fact as known: read, could not be read, or makes no sense for this subject (and why). */
export type Fact = Reading<FactValue> | { notApplicable: Reason };
/** Why there is nothing to judge, in both languages. */
export type Reason = { en: string; ko: string };

/**
 * The closed vocabulary of the rules: the kinds of subject that a rule may speak of, the facts that
 * each has, with the values of a sound one, and the further fields that its texts may name. The logic
 * behind a fact is code (`subjects/`); what must be true of it is data (`policies/posture/`).
 */
export const VOCABULARY = {
  /** One trail, by its ARN, whoever sees it. */
  trail: {
    facts: {
      logFileValidation: true,
      logging: true,
      kmsEncryption: true,
      cloudWatchLogs: 'own',
      notifications: true,
      tagsMissing: [] as string[],
      ownBucketsRecorded: [] as string[],
      paidTwice: [] as string[],
    },
    fields: {
      trail: 'audit-trail',
      owner: '111122223333',
      homeRegion: 'us-east-1',
      alsoRecordedBy: 'none',
      through: 'audit-trail',
    },
  },
  /** One trail and one of the places that it delivers to. */
  'trail-sink': {
    facts: { regionsNotDelivering: [] as string[] },
    fields: { trail: 'audit-trail', owner: '111122223333', sink: 's3', regions: '17' },
  },
  /** A KMS key that trails encrypt their log files with. */
  'trail-key': {
    facts: { state: 'Enabled', inBucketRegion: true, cloudTrail: 'confined', rotation: true },
    fields: {
      key: 'arn:aws:kms:us-east-1:111122223333:key/1a2b3c4d',
      owner: '111122223333',
      trails: 'audit-trail',
      region: 'us-east-1',
      bucketRegions: 'us-east-1',
      condition: 'Enabled',
      deletion: 'none',
      access: 'confined',
      rotates: 'on',
    },
  },
  /** A log group that trails deliver to. */
  'log-group': {
    facts: { keptLongEnough: true },
    fields: {
      logGroup: 'audit-trail',
      owner: '111122223333',
      retention: 'forever',
      wanted: '365',
      key: 'none',
      trails: 'audit-trail',
    },
  },
  /** The log groups of the organization's trails together, or of one account's, with their alarms. */
  alarms: {
    facts: { callsWithoutAlarm: [] as string[] },
    fields: { trails: 'audit-trail', owner: '111122223333', calls: '15', notUnderstood: 'none' },
  },
  /** An event data store of CloudTrail Lake. */
  'event-data-store': {
    facts: {
      terminationProtection: true,
      customerKey: true,
      keptLongEnough: true,
      status: 'ENABLED',
    },
    fields: { store: 'audit-store', owner: '111122223333', retention: '2557' },
  },
  /**
   * What is recorded of the accounts that one trail answers for: the organization trail for the
   * accounts that it reaches, and every other account for itself. So one fault is one finding.
   */
  recording: {
    facts: {
      accountsNotRecorded: [] as string[],
      regionsWithoutTrail: [] as string[],
      managementEventsMissing: [] as string[],
      sourcesLeftOut: 'none',
      accountsWithoutGlobalEvents: [] as string[],
      dataEventsMissing: [] as string[],
      networkActivityMissing: [] as string[],
      insightsMissing: [] as string[],
    },
    fields: {
      by: 'shop-prod (444455556666)',
      accounts: '1',
      leftOut: 'nothing',
      types: 'AWS::Lambda::Function',
      sources: 'ec2.amazonaws.com',
    },
  },
  /** The organization trail, with the accounts that it should reach. */
  'organization-trail': {
    facts: { accountsNotReached: [] as string[] },
    fields: { trail: 'audit-trail', accounts: '12', unanswered: '0', inactive: '1' },
  },
  /** A bucket that trails deliver to. */
  'log-bucket': {
    facts: {
      inLogArchive: true,
      publicThrough: [] as string[],
      accessLogging: 'server-access-logs',
      versioning: true,
      immutability: 'mfa-delete',
      mfaDelete: 'on',
      objectLock: 'compliance',
      lifecycleGaps: [] as string[],
      policyGaps: [] as string[],
    },
    fields: {
      bucket: 'audit-logs',
      owner: '222233334444',
      archive: '222233334444',
      trails: 'audit-trail',
      retention: '365',
      lifecycle: 'none',
      coldStorage: 'none',
      lock: 'COMPLIANCE, 400',
      block: 'on',
      accountBlock: 'not-asked',
      accountBlockAt: '',
      target: 'access-logs',
    },
  },
  /** The organization itself: who guards its trail, and who may act for it. */
  organization: {
    facts: {
      accountsNotGuarded: [] as string[],
      unexpectedAdministrators: [] as string[],
      cloudTrailAdministrators: 1,
    },
    fields: {
      management: '111122223333',
      accounts: '12',
      policies: 'protect-audit-trail',
      conditions: 'none',
      administrators: 'cloudtrail.amazonaws.com: 333344445555',
      unexpected: 'none',
    },
  },
  /** A bucket that the configuration calls sensitive. */
  'sensitive-bucket': {
    facts: { eventsRecorded: 'all' },
    fields: {
      bucket: 'customer-documents',
      owner: '444455556666',
      trails: 'audit-trail',
      wanted: 'write',
    },
  },
  /** What unites the organization's accounts in AWS Config: its aggregators, taken together. */
  aggregator: {
    facts: { holes: [] as string[] },
    fields: { aggregator: 'organization', place: '222233334444/us-east-1', gaps: 'none' },
  },
  /** One account and the Config recorders of its regions. */
  account: {
    facts: { regionsNotRecording: [] as string[], regionsNotAllowed: [] as string[] },
    fields: { account: 'shop-prod (444455556666)', regions: '17' },
  },
} satisfies {
  [kind: string]: { facts: { [fact: string]: FactValue }; fields: { [field: string]: string } };
};

export type SubjectKind = keyof typeof VOCABULARY;
export type FactsOf<K extends SubjectKind> = {
  [F in keyof (typeof VOCABULARY)[K]['facts']]: Fact;
};
export type FieldsOf<K extends SubjectKind> = {
  [F in keyof (typeof VOCABULARY)[K]['fields']]: string;
};
