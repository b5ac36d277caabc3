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
    facts: { logFileValidation: true, logging: true },
    fields: { trail: 'audit-trail', owner: '111122223333', homeRegion: 'us-east-1' },
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
    },
    fields: { by: 'shop-prod (444455556666)', accounts: '1', sourcesLeftOut: 'none' },
  },
  /** The organization trail, with the accounts that it should reach. */
  'organization-trail': {
    facts: { accountsNotReached: [] as string[] },
    fields: { trail: 'audit-trail', accounts: '12', unanswered: '0' },
  },
  /** A bucket that trails deliver to. */
  'log-bucket': {
    facts: { inLogArchive: true, deletionGuard: 'mfa-delete' },
    fields: {
      bucket: 'audit-logs',
      owner: '222233334444',
      archive: '222233334444',
      trails: 'audit-trail',
      lifecycle: 'none',
    },
  },
  /** A bucket that the configuration calls sensitive. */
  'sensitive-bucket': {
    facts: { writesRecorded: 'all' },
    fields: { bucket: 'customer-documents', owner: '444455556666', trails: 'audit-trail' },
  },
  /** One account and the Config recorders of its regions. */
  account: {
    facts: { regionsNotRecording: [] as string[] },
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
