import type { PostureFacts } from '../../../src/core/posture/facts.ts';
import type { Finding } from '../../../src/core/posture/finding.ts';
import { PolicyDocument } from '../../../src/core/posture/guards/policy-document.ts';
import { findingsOf } from '../../../src/core/posture/scan.ts';
import { postureRules } from '../../../src/policies.ts';
import {
  denied,
  MANAGEMENT,
  ORG_TRAIL,
  SHOP,
  SOUND_BUCKET_POLICY,
  seen,
  soundAccount,
  soundBucket,
  soundFacts,
  soundKey,
  soundLogGroup,
  soundSettings,
  soundTrail,
} from './sound.ts';

const rules = postureRules();

function judge(differs: Partial<PostureFacts>): Finding[] {
  return findingsOf(rules, soundFacts(differs), soundSettings(), []);
}

function of(findings: Finding[], check: string): Finding {
  const found = findings.filter((one) => one.check === check);
  expect(found).toHaveLength(1);
  return found[0] as Finding;
}

const { organization } = soundFacts();
const NOTHING = { trails: [], buckets: [], keys: [], logGroups: [] };

describe('organizations of odd shapes', () => {
  test('an organization that lists nobody has nothing that passes but itself', () => {
    const findings = judge({
      ...NOTHING,
      organization: { ...organization, accounts: seen([]) },
      accounts: [],
    });
    const passed = findings.filter(({ status }) => status === 'PASS').map(({ check }) => check);
    expect(passed).toEqual([]);
  });

  test('an account of no organization is judged by its own trail alone', () => {
    const self = '000012345678';
    const arn = `arn:aws:cloudtrail:us-east-1:${self}:trail/own`;
    const alone = {
      ...organization,
      id: '',
      managementAccount: null,
      alone: true as const,
      self,
      accounts: seen([{ id: self, name: '', ou: '', ouIds: [], state: 'ACTIVE' }]),
      policies: seen([]),
    };
    const findings = judge({
      organization: alone,
      accounts: [soundAccount({ id: self, trails: seen([{ arn, homeRegion: 'us-east-1' }]) })],
      trails: [soundTrail({ arn, owner: self }, { organization: false })],
    });
    // The zeros at its beginning are a part of its id.
    expect(of(findings, 'trail-logging')).toMatchObject({ status: 'PASS', owner: self });
    expect(of(findings, 'logging-guarded-by-scp').status).toBe('NOT_APPLICABLE');
    expect(of(findings, 'org-trail-covers-accounts').status).toBe('NOT_APPLICABLE');
  });

  test('an organization trail of another organization’s management account is judged as far as members see it', () => {
    const arn = 'arn:aws:cloudtrail:us-east-1:999988887777:trail/theirs';
    const accounts = soundFacts().accounts.map((account) => ({
      ...account,
      trails: seen([{ arn, homeRegion: 'us-east-1' }]),
    }));
    const findings = judge({
      accounts,
      trails: [
        soundTrail({
          arn,
          owner: '999988887777',
          selectors: denied('AccessDenied: owner'),
          insights: denied('AccessDenied: owner'),
          tags: denied('AccessDenied: owner'),
        }),
      ],
    });
    expect(of(findings, 'trail-logging')).toMatchObject({ status: 'PASS', owner: '999988887777' });
    expect(of(findings, 'trail-management-events').status).toBe('NOT_VISIBLE');
    expect(of(findings, 'trail-tags').status).toBe('NOT_VISIBLE');
  });

  test('of two aggregators the one that has everybody counts, and each of their troubles', () => {
    const aggregator = { name: 'all', organization: true, accounts: [], regions: null };
    const part = { name: 'part', organization: false, accounts: [SHOP], regions: ['us-east-1'] };
    const at = { account: MANAGEMENT, region: 'us-east-1' };
    const both = (troubled: typeof NO_TROUBLE) => [
      { ...at, found: seen([{ ...part, troubled: NO_TROUBLE }]) },
      { ...at, region: 'eu-west-1', found: seen([{ ...aggregator, troubled }]) },
    ];
    expect(of(judge({ aggregators: both(NO_TROUBLE) }), 'config-aggregator').status).toBe('PASS');
    const late = {
      account: SHOP,
      region: 'eu-west-1',
      status: 'OUTDATED' as const,
      at: '',
      error: '',
    };
    const troubled = of(judge({ aggregators: both(seen([late])) }), 'config-aggregator');
    expect(troubled).toMatchObject({
      status: 'FAIL',
      detail: expect.stringContaining(`${SHOP}/eu-west-1`),
    });
  });

  test('a trail of all regions answers for the regions that are on, and for no other', () => {
    const regions = Array.from({ length: 17 }, (_, index) => `xx-region-${index}`);
    const single = soundTrail({ homeRegion: 'xx-region-0' }, { multiRegion: false });
    const facts = {
      accounts: [soundAccount({ id: MANAGEMENT, regions: seen(regions.slice(0, 3)) })],
      trails: [single],
    };
    const told = of(judge(facts), 'trail-multi-region').detail;
    expect(told).toContain('xx-region-1');
    expect(told).toContain('xx-region-2');
    expect(told).not.toMatch(/xx-region-(0|3|1\d)/);
  });

  test('policies of thousands of statements are judged in time', () => {
    const many = Array.from({ length: 1_000 }, (_, index) => ({
      Sid: `s${index}`,
      Effect: index % 2 === 0 ? 'Deny' : 'Allow',
      Principal: { AWS: `arn:aws:iam::444455556666:role/r${index}` },
      Action: ['s3:Get*', 's3:*Object*'],
      Resource: `arn:aws:s3:::org-logs/AWSLogs/*/${index}/*`,
    }));
    const document = PolicyDocument.parse({
      Statement: [...SOUND_BUCKET_POLICY.Statement, ...many],
    });
    const { protection } = soundBucket();
    if (!protection) throw new Error('a sound bucket is protected');
    const key = PolicyDocument.parse({ Statement: many });
    const findings = judge({
      buckets: [soundBucket({ protection: { ...protection, policy: seen(document) } })],
      keys: [soundKey({ policy: seen(key) })],
      logGroups: [soundLogGroup()],
      trails: [soundTrail({ arn: ORG_TRAIL })],
    });
    expect(of(findings, 'log-bucket-policy').status).toBe('FAIL');
    expect(of(findings, 'trail-kms-key-usable').status).toBe('FAIL');
  });
});

const NO_TROUBLE = seen<
  { account: string; region: string; status: 'FAILED' | 'OUTDATED'; at: string; error: string }[]
>([]);
