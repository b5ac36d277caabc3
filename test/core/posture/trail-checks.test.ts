import type {
  KeyFacts,
  LogGroupFacts,
  PostureFacts,
  PostureSettings,
  TrailFacts,
  TrailSettings,
} from '../../../src/core/posture/facts.ts';
import type { Status } from '../../../src/core/posture/finding.ts';
import type { Rule } from '../../../src/core/posture/rule.ts';
import { findingsOf as judgeAll } from '../../../src/core/posture/scan.ts';
import { postureRules } from '../../../src/policies.ts';
import {
  denied,
  failed,
  MANAGEMENT,
  ORG_TRAIL,
  READ_AT,
  seen,
  soundFacts,
  soundKey,
  soundLogGroup,
  soundSettings,
  soundTrail,
} from './sound.ts';

/** Every check of a trail and of what stands around it, from facts to the status of its finding. */
type Case = [Status, string, Partial<PostureFacts>, Partial<PostureSettings>?];

const trail = (differs: Partial<TrailFacts>, settings: Partial<TrailSettings> = {}) => ({
  trails: [soundTrail(differs, settings)],
});
const key = (differs: Partial<KeyFacts>) => ({ keys: [soundKey(differs)] });
const group = (differs: Partial<LogGroupFacts>) => ({ logGroups: [soundLogGroup(differs)] });
const none = { accounts: [], trails: [], buckets: [], keys: [], logGroups: [] };

const hours = (ago: number) => new Date(Date.parse(READ_AT) - ago * 3_600_000).toISOString();
const arriving = { lastSuccess: hours(0.1), error: null };
function delivering(s3: { lastSuccess: string | null; error: string | null }) {
  const sinks = { s3, digest: arriving, cloudWatchLogs: arriving, sns: arriving };
  return trail({
    deliveries: [{ region: 'us-east-1', sinks: seen(sinks), loggingSince: hours(999) }],
  });
}
const unasked = (sinks: ReturnType<typeof denied>) =>
  trail({ deliveries: [{ region: 'us-east-1', sinks }] });

const store = {
  arn: `arn:aws:cloudtrail:us-east-1:${MANAGEMENT}:eventdatastore/1`,
  name: 'audit',
  status: 'ENABLED',
  organization: true,
  multiRegion: true,
  terminationProtection: true,
  retentionDays: 366,
  kmsKey: 'arn:aws:kms:us-east-1:111122223333:key/k',
};
const lake = (stores: PostureFacts['lakes'][number]['stores']) => ({
  lakes: [{ account: MANAGEMENT, region: 'us-east-1', stores }],
});
const state = (of: string) =>
  key({ description: seen({ state: of, manager: 'CUSTOMER' as const, deletionDate: null }) });

const CASES: { [check: string]: Case[] } = {
  'trail-log-file-validation': [
    ['PASS', 'is on', {}],
    ['FAIL', 'is off', trail({}, { logFileValidation: false })],
    ['NOT_APPLICABLE', 'there is no trail', none],
    ['NOT_VISIBLE', 'the owner refuses', trail({ settings: denied() })],
    ['ERROR', 'the owner is throttled', trail({ settings: failed() })],
  ],
  'trail-delivery': [
    ['PASS', 'everything arrives', delivering(arriving)],
    [
      'FAIL',
      'an error without a newer success',
      delivering({ lastSuccess: null, error: 'NoSuchBucket' }),
    ],
    ['FAIL', 'nothing for two days', delivering({ lastSuccess: hours(48), error: null })],
    [
      'PASS',
      'an error with a newer success',
      delivering({ lastSuccess: hours(0.5), error: 'AccessDenied' }),
    ],
    ['NOT_APPLICABLE', 'the trail is stopped', trail({ logging: seen(false) })],
    ['NOT_VISIBLE', 'one region refuses', unasked(denied())],
    ['ERROR', 'one region is throttled', unasked(failed())],
  ],
  'trail-kms-encryption': [
    ['PASS', 'has a key', {}],
    ['FAIL', 'has none', trail({}, { kmsKey: null })],
    ['NOT_APPLICABLE', 'there is no trail', none],
    ['NOT_VISIBLE', 'the owner refuses', trail({ settings: denied() })],
    ['ERROR', 'the owner is throttled', trail({ settings: failed() })],
  ],
  'trail-kms-key-usable': [
    ['PASS', 'works', {}],
    ['PASS', 'works and does not rotate', key({ rotation: seen(false) })],
    ['FAIL', 'is disabled', state('Disabled')],
    ['FAIL', 'is about to be deleted', state('PendingDeletion')],
    ['FAIL', 'lets CloudTrail not in', key({ policy: seen({ Statement: [] }) })],
    [
      'FAIL',
      'is disabled, and its policy is unseen',
      {
        keys: [{ ...soundKey(), ...state('Disabled').keys[0], policy: denied() } as KeyFacts],
      },
    ],
    ['NOT_APPLICABLE', 'no trail has a key', trail({}, { kmsKey: null })],
    [
      'NOT_VISIBLE',
      'is another account’s, which refuses',
      key({ description: denied(), policy: denied() }),
    ],
    ['ERROR', 'KMS is throttled', key({ policy: failed() })],
  ],
  'trail-cloudwatch-logs': [
    ['PASS', 'has a log group', {}],
    ['FAIL', 'has none', trail({}, { logGroup: null })],
    ['NOT_APPLICABLE', 'there is no trail', none],
    ['NOT_VISIBLE', 'the owner refuses', trail({ settings: denied() })],
    ['ERROR', 'the owner is throttled', trail({ settings: failed() })],
  ],
  'log-group-retention': [
    ['PASS', 'is long enough', {}],
    ['PASS', 'is for ever', group({ settings: seen({ retentionDays: null, kmsKey: null }) })],
    ['FAIL', 'is too short', group({ settings: seen({ retentionDays: 30, kmsKey: null }) })],
    ['NOT_APPLICABLE', 'no trail has a log group', trail({}, { logGroup: null })],
    ['NOT_VISIBLE', 'the account refuses', group({ settings: denied() })],
    ['ERROR', 'the account is throttled', group({ settings: failed() })],
  ],
  'alarms-for-sensitive-calls': [
    ['PASS', 'each raises one', {}],
    ['FAIL', 'none raises one', group({ filters: seen([]) })],
    [
      'NOT_APPLICABLE',
      'a SIEM alarms instead',
      group({ filters: seen([]) }),
      { alarmsElsewhere: 'SIEM' },
    ],
    ['NOT_APPLICABLE', 'no trail has a log group', trail({}, { logGroup: null })],
    ['NOT_VISIBLE', 'the account refuses', group({ filters: denied() })],
    ['ERROR', 'the account is throttled', group({ filters: failed() })],
  ],
  'lake-stores': [
    ['PASS', 'are protected', lake(seen([store]))],
    ['FAIL', 'are not protected', lake(seen([{ ...store, terminationProtection: false }]))],
    ['FAIL', 'have no key', lake(seen([{ ...store, kmsKey: null }]))],
    ['FAIL', 'are being deleted', lake(seen([{ ...store, status: 'PENDING_DELETION' }]))],
    ['NOT_APPLICABLE', 'there are none', lake(seen([]))],
    ['NOT_VISIBLE', 'the account refuses', lake(denied())],
    ['ERROR', 'the account is throttled', lake(failed())],
  ],
  'trail-notifications': [
    ['PASS', 'are sent', {}],
    ['FAIL', 'are not sent', trail({}, { snsTopic: null })],
    ['NOT_APPLICABLE', 'there is no trail', none],
    ['NOT_VISIBLE', 'the owner refuses', trail({ settings: denied() })],
    ['ERROR', 'the owner is throttled', trail({ settings: failed() })],
  ],
  'trail-tags': [
    ['PASS', 'are there', {}],
    ['FAIL', 'are missing', {}, { requiredTags: ['cost-center'] }],
    ['FAIL', 'are none', trail({ tags: seen({}) })],
    ['NOT_APPLICABLE', 'there is no trail', none],
    ['NOT_VISIBLE', 'the owner refuses', trail({ tags: denied() })],
    ['ERROR', 'the owner is throttled', trail({ tags: failed() })],
  ],
};

const rules = postureRules();
const findingsOf = (asked: Rule[], facts: PostureFacts, settings: PostureSettings) =>
  judgeAll(asked, facts, settings, []);

describe.each(Object.entries(CASES))('%s', (check, cases) => {
  const rule = rules.find(({ id }) => id === check);
  if (!rule) throw new Error(`there is no rule ${check}`);
  const findings = ([, , facts, settings]: Case) =>
    findingsOf([rule], soundFacts(facts), soundSettings(settings));

  test.each(cases)('%s: %s', (...one) => {
    const [first, ...others] = findings(one);
    expect(first).toMatchObject({ check, status: one[0], owner: expect.any(String) });
    // One thing that is wrong is one finding, however many accounts see it.
    expect(others.filter(({ status }) => status === 'FAIL')).toEqual([]);
    for (const text of [first?.detail ?? '', first?.ko?.detail ?? ''])
      expect(text).toMatch(/^[^{}?]+$/);
  });

  test('has every outcome', () => {
    expect(new Set(cases.map(([status]) => status)).size).toBe(5);
  });
});

describe('what AWS answers is hostile text', () => {
  const evil = '<!channel> \u202Eevil\u0000 <https://evil.example|click>';
  const texts = (check: string, facts: Partial<PostureFacts>) =>
    findingsOf(
      rules.filter(({ id }) => id === check),
      soundFacts(facts),
      soundSettings(),
    ).flatMap(({ detail, ko }) => [detail, ko?.detail ?? '']);

  test.each<[string, Partial<PostureFacts>]>([
    ['trail-delivery', delivering({ lastSuccess: null, error: evil })],
    [
      'alarms-for-sensitive-calls',
      group({ filters: seen([{ name: evil, pattern: '%', alarms: [] }]) }),
    ],
    ['log-group-retention', group({ settings: seen({ retentionDays: 1, kmsKey: evil }) })],
    ['lake-stores', lake(seen([{ ...store, name: evil, kmsKey: null }]))],
    ['trail-kms-key-usable', state(evil)],
    ['trail-tags', trail({ tags: { unseen: { kind: 'denied', reason: evil }, by: denied().by } })],
  ])('%s shows no control and no turned text of it', (check, facts) => {
    const shown = texts(check, facts);
    expect(shown.join()).toContain('evil');
    for (const text of shown) expect(text).not.toMatch(/\p{Cc}|\p{Cf}/u);
  });

  test('an error as long as a book is cut', () => {
    const [text = ''] = texts(
      'trail-delivery',
      delivering({ lastSuccess: null, error: 'x'.repeat(100_000) }),
    );
    expect(text.length).toBeLessThan(1_000);
  });
});

test('a finding of an organization trail is of the management account, and covers all who see it', () => {
  const [finding] = findingsOf(
    rules.filter(({ id }) => id === 'trail-kms-encryption'),
    soundFacts(trail({}, { kmsKey: null })),
    soundSettings(),
  );
  expect(finding).toMatchObject({
    subject: ORG_TRAIL,
    owner: MANAGEMENT,
    covers: [MANAGEMENT, '444455556666'],
  });
  expect(finding?.evidence[0]).toMatchObject({ api: 'test:Read', fields: { kmsKey: null } });
});
