import fc from 'fast-check';
import type {
  AccountFacts,
  PostureFacts,
  PostureSettings,
  TrailFacts,
} from '../../../src/core/posture/facts.ts';
import type { Finding, Status } from '../../../src/core/posture/finding.ts';
import { PolicyDocument } from '../../../src/core/posture/guards/policy-document.ts';
import { findingsOf } from '../../../src/core/posture/scan.ts';
import { postureRules } from '../../../src/policies.ts';
import {
  ARCHIVE,
  basic,
  denied,
  failed,
  field,
  GUARD,
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

const OWN_TRAIL = `arn:aws:cloudtrail:eu-west-1:${SHOP}:trail/own`;
const SENSITIVE = 'shop-documents';
const rules = postureRules();

const SETTINGS: PostureSettings = soundSettings({
  sensitiveBuckets: [{ by: { name: SENSITIVE }, record: 'write' }],
  dataEvents: ['AWS::Lambda::Function'],
  networkActivity: ['ec2.amazonaws.com'],
  delegatedAdministrators: { 'cloudtrail.amazonaws.com': [ARCHIVE] },
  regions: ['us-east-1'],
  requiredTags: ['owner'],
});

/** An organization trail, a trail of one account's own, and something of every other kind. */
function organization(): PostureFacts {
  const facts = soundFacts();
  const own = soundTrail(
    { arn: OWN_TRAIL, owner: SHOP, homeRegion: 'eu-west-1' },
    { organization: false, multiRegion: false, kmsKey: null, logGroup: null, bucket: 'own-logs' },
  );
  const both = [
    { arn: ORG_TRAIL, homeRegion: 'us-east-1' },
    { arn: OWN_TRAIL, homeRegion: 'eu-west-1' },
  ];
  const policy = PolicyDocument.parse(
    JSON.parse(JSON.stringify(SOUND_BUCKET_POLICY).replaceAll('org-logs', 'own-logs')),
  );
  const sinks = { lastSuccess: '2026-11-22T09:55:00.000Z', error: null };
  const arriving = (region: string) => ({
    region,
    sinks: seen({ s3: sinks, digest: sinks, cloudWatchLogs: sinks, sns: sinks }),
    loggingSince: '2026-01-01T00:00:00.000Z',
  });
  const protection = soundBucket().protection;
  if (!protection) throw new Error('a sound bucket is protected');
  return {
    ...facts,
    organization: {
      ...facts.organization,
      accounts: seen(
        [MANAGEMENT, SHOP, ARCHIVE].map((id) => ({
          id,
          name: id,
          ou: '',
          ouIds: [],
          state: 'ACTIVE',
        })),
      ),
      administrators: seen([{ account: ARCHIVE, services: ['cloudtrail.amazonaws.com'] }]),
      units: seen(['ou-1']),
    },
    accounts: [
      ...facts.accounts.filter(({ id }) => id !== SHOP),
      soundAccount({
        trails: seen(both),
        optedIn: seen([{ region: 'eu-south-1', state: 'ENABLED' }]),
      }),
      soundAccount({ id: ARCHIVE, name: 'archive' }),
    ],
    trails: [
      soundTrail({ deliveries: ['us-east-1', 'eu-west-1'].map(arriving) }),
      { ...own, deliveries: [arriving('eu-west-1')] },
    ],
    buckets: [
      soundBucket(),
      soundBucket({ name: 'own-logs', protection: { ...protection, policy: seen(policy) } }),
      soundBucket({
        name: SENSITIVE,
        place: seen({ account: SHOP, region: 'eu-west-1' }),
        protection: null,
      }),
    ],
    sensitive: SETTINGS.sensitiveBuckets.map((wanted) => ({ wanted, names: seen([SENSITIVE]) })),
    lakes: [
      {
        account: MANAGEMENT,
        region: 'us-east-1',
        stores: seen([
          {
            arn: `arn:aws:cloudtrail:us-east-1:${MANAGEMENT}:eventdatastore/1`,
            name: 'store',
            status: 'ENABLED',
            organization: true,
            multiRegion: true,
            terminationProtection: true,
            retentionDays: 400,
            kmsKey: null,
          },
        ]),
      },
    ],
    aggregators: [
      {
        account: MANAGEMENT,
        region: 'us-east-1',
        found: seen([
          { name: 'all', organization: true, accounts: [], regions: null, troubled: seen([]) },
        ]),
      },
    ],
  };
}

const DATA = [
  field('eventCategory', { equals: ['Data'] }),
  field('resources.type', { equals: ['AWS::S3::Object'] }),
];
const MANAGING = [field('eventCategory', { equals: ['Management'] })];

type Trouble = (facts: PostureFacts) => PostureFacts;
const onTrail =
  (arn: string, change: (trail: TrailFacts) => TrailFacts): Trouble =>
  (facts) => ({
    ...facts,
    trails: facts.trails.map((trail) => (trail.arn === arn ? change(trail) : trail)),
  });
const onSettings = (arn: string, change: object): Trouble =>
  onTrail(arn, (trail) => ({
    ...trail,
    settings:
      'seen' in trail.settings ? seen({ ...trail.settings.seen, ...change }) : trail.settings,
  }));
const onAccount =
  (id: string, change: Partial<AccountFacts>): Trouble =>
  (facts) => ({
    ...facts,
    accounts: facts.accounts.map((one) => (one.id === id ? { ...one, ...change } : one)),
  });
const onProtection =
  (change: object): Trouble =>
  (facts) => ({
    ...facts,
    buckets: facts.buckets.map((bucket) => ({
      ...bucket,
      protection: bucket.protection && { ...bucket.protection, ...change },
    })),
  });

/** What may be otherwise than sound, or sound in another way. */
const TROUBLES: Trouble[] = [
  ...[ORG_TRAIL, OWN_TRAIL].flatMap((arn) => [
    onTrail(arn, (trail) => ({ ...trail, logging: seen(false) })),
    onTrail(arn, (trail) => ({ ...trail, tags: seen({}) })),
    onTrail(arn, (trail) => ({ ...trail, insights: seen([]) })),
    onTrail(arn, (trail) => ({ ...trail, selectors: seen({ advanced: [DATA] }) })),
    onTrail(arn, (trail) => ({ ...trail, selectors: seen({ advanced: [DATA, MANAGING] }) })),
    onTrail(arn, (trail) => ({
      ...trail,
      selectors: seen({ basic: [basic({ readWriteType: 'WriteOnly' })] }),
    })),
    onTrail(arn, (trail) => ({
      ...trail,
      selectors: seen({ basic: [basic({ excludedSources: ['kms.amazonaws.com'] })] }),
    })),
    onSettings(arn, { multiRegion: arn === OWN_TRAIL }),
    onSettings(arn, { globalServiceEvents: false }),
    onSettings(arn, { logFileValidation: false }),
    onSettings(arn, { logGroup: null }),
    onSettings(arn, { kmsKey: null }),
    onSettings(arn, { snsTopic: null }),
    onSettings(arn, { bucket: 'own-logs' }),
  ]),
  onAccount(SHOP, { trails: seen([{ arn: OWN_TRAIL, homeRegion: 'eu-west-1' }]) }),
  onAccount(SHOP, { trails: seen([]) }),
  onAccount(SHOP, { recorders: seen([{ region: 'us-east-1', state: seen('stopped' as const) }]) }),
  onAccount(ARCHIVE, { optedIn: seen([]) }),
  onProtection({ versioning: seen({ versioning: true, mfaDelete: false }) }),
  onProtection({ versioning: seen({ versioning: false, mfaDelete: false }) }),
  onProtection({ objectLock: seen(null) }),
  onProtection({ objectLock: seen({ mode: 'GOVERNANCE', days: 400 }) }),
  onProtection({ objectLock: seen({ mode: 'COMPLIANCE', days: 30 }) }),
  onProtection({ policy: seen(null) }),
  onProtection({ policyIsPublic: seen(true) }),
  onProtection({ aclGroups: seen(['AllUsers']) }),
  onProtection({ accessLogging: seen(null) }),
  onProtection({
    publicAccessBlock: seen({
      blockPublicAcls: false,
      ignorePublicAcls: false,
      blockPublicPolicy: false,
      restrictPublicBuckets: false,
    }),
  }),
  onProtection({
    accessLogging: seen({
      targetBucket: 'access',
      targetRegion: seen('us-east-1'),
      targetLocked: seen(true),
    }),
  }),
  onProtection({
    lifecycle: seen([
      {
        id: 'short',
        enabled: true,
        prefix: '',
        narrowed: false,
        expirationDays: 30,
        noncurrentDays: 30,
        transitions: [],
      },
    ]),
  }),
  (facts) => ({ ...facts, keys: [soundKey({ rotation: seen(false) })] }),
  (facts) => ({ ...facts, keys: [soundKey({ policy: seen({ Statement: [] }) })] }),
  (facts) => ({ ...facts, logGroups: [soundLogGroup({ filters: seen([]) })] }),
  (facts) => ({
    ...facts,
    logGroups: [soundLogGroup({ settings: seen({ retentionDays: 1, kmsKey: null }) })],
  }),
  (facts) => ({ ...facts, lakes: facts.lakes.map((lake) => ({ ...lake, stores: seen([]) })) }),
  (facts) => ({
    ...facts,
    aggregators: facts.aggregators.map((place) => ({ ...place, found: seen([]) })),
  }),
  (facts) => ({
    ...facts,
    organization: { ...facts.organization, policies: seen([]) },
  }),
  // The log archive belongs to somebody else.
  (facts) => ({
    ...facts,
    organization: { ...facts.organization, accounts: soundFacts().organization.accounts },
  }),
  (facts) => ({
    ...facts,
    organization: {
      ...facts.organization,
      policies: seen([
        GUARD,
        {
          id: 'p-keep',
          name: 'keep-logs',
          targets: ['r-root'],
          document: PolicyDocument.parse({
            Statement: {
              Effect: 'Deny',
              Action: [
                's3:DeleteObjectVersion',
                's3:PutBucketVersioning',
                's3:PutLifecycleConfiguration',
                's3:BypassGovernanceRetention',
              ],
              Resource: '*',
            },
          }),
        },
      ]),
    },
  }),
  (facts) => ({
    ...facts,
    organization: {
      ...facts.organization,
      administrators: seen([{ account: SHOP, services: ['cloudtrail.amazonaws.com'] }]),
    },
  }),
];

type Path = (string | number)[];

/** Where the readings are, however deep: whatever says from where it was read. */
function readingsIn(value: unknown, path: Path = []): Path[] {
  if (value === null || typeof value !== 'object') return [];
  const here = 'by' in value && 'seen' in value ? [path] : [];
  return [
    ...here,
    ...Object.entries(value).flatMap(([key, one]) =>
      key === 'by' ? [] : readingsIn(one, [...path, key]),
    ),
  ];
}

/** The same facts, as if that one reading had been refused or broken. */
function without<T>(value: T, [step, ...rest]: Path, unseen: object): T {
  if (step === undefined) return unseen as T;
  const changed = without((value as { [key: string]: unknown })[step], rest, unseen);
  if (Array.isArray(value)) return value.with(Number(step), changed) as T;
  return { ...value, [step]: changed };
}

function judge(facts: PostureFacts): Map<string, Finding> {
  const findings = findingsOf(rules, facts, SETTINGS, []);
  return new Map(findings.map((one) => [`${one.check} ${one.subject}`, one]));
}

const OPEN: Status[] = ['NOT_VISIBLE', 'ERROR'];

/**
 * What nobody may conclude from knowing less. What was wrong in an account that cannot be asked for its
 * trails any more shows as that; what is judged of the others stands by itself.
 */
function tooSure(was: Map<string, Finding>, after: PostureFacts): string[] {
  const is = judge(after);
  const open = new Set(
    [...is.values()].filter(({ status }) => OPEN.includes(status)).map(({ check }) => check),
  );
  const dark = after.accounts.filter(({ trails }) => 'unseen' in trails).map(({ id }) => id);
  const isDark = ({ owner, covers }: Finding) => [owner, ...covers].some((id) => dark.includes(id));
  return [
    ...[...is].flatMap(([name, { check, status, subject }]) => {
      const known = was.get(name);
      const weaker =
        OPEN.includes(status) || (status === 'NOT_APPLICABLE' && known?.status === 'PASS');
      if (weaker || status === known?.status) return [];
      // Where nothing logs, that is the one finding; what a trail could not mend is wrong all the same.
      const silent = was.get(`trail-logging ${subject}`)?.status === 'FAIL';
      if (silent && known?.status === 'NOT_APPLICABLE' && status === 'FAIL') return [];
      // Whatever the first trail of all records, nobody has recorded it before.
      if (check === 'trail-duplicates' && known?.status !== 'FAIL' && status === 'PASS') return [];
      if (known && isDark(known) && open.has(check)) return [];
      return [`${name}: ${known?.status} became ${status}`];
    }),
    ...[...was].flatMap(([name, finding]) =>
      finding.status !== 'FAIL' || is.has(name) || open.has(finding.check) || isDark(finding)
        ? []
        : [`${name}: no longer told`],
    ),
  ];
}

const places = readingsIn(organization());

test('there is a reading of every kind to be refused', () => {
  expect(places.length).toBeGreaterThan(60);
});

test('each single reading that is refused or broken makes no judgement surer', () => {
  const before = organization();
  const was = judge(before);
  const surer = places.flatMap((path, index) => {
    const less = without(before, path, index % 2 === 0 ? denied() : failed());
    return tooSure(was, less).map((one) => `${path.join('.')} → ${one}`);
  });
  expect(surer).toEqual([]);
});

test('whatever is wrong, less that is seen never makes a judgement surer', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.nat({ max: TROUBLES.length - 1 }), { maxLength: 6 }),
      fc.uniqueArray(fc.tuple(fc.nat({ max: 200 }), fc.boolean()), {
        minLength: 1,
        maxLength: 3,
        selector: ([place]) => place,
      }),
      (troubles, unread) => {
        const facts = troubles.reduce((so, one) => TROUBLES[one]?.(so) ?? so, organization());
        let less = facts;
        const refusals: string[] = [];
        for (const [place, refused] of unread) {
          const left = readingsIn(less);
          const path = left[place % left.length] ?? [];
          refusals.push(path.join('.'));
          less = without(less, path, refused ? denied() : failed());
        }
        expect({ refusals, surer: tooSure(judge(facts), less) }).toEqual({ refusals, surer: [] });
      },
    ),
    { numRuns: 40 },
  );
});
