import type {
  BucketFacts,
  BucketProtection,
  LifecycleRule,
  PostureFacts,
  PostureSettings,
  ServiceControlPolicy,
} from '../../../../src/core/posture/facts.ts';
import { PolicyDocument } from '../../../../src/core/posture/guards/policy-document.ts';
import { judged, refused } from '../judged.ts';
import {
  ARCHIVE,
  denied,
  failed,
  field,
  MANAGEMENT,
  ORG_TRAIL,
  SHOP,
  SOUND_BUCKET_POLICY,
  seen,
  soundAccount,
  soundBucket,
  soundFacts,
  soundTrail,
} from '../sound.ts';

const BUCKET = 'arn:aws:s3:::org-logs';
const LOGS = `${BUCKET}/AWSLogs/*`;

type Differs = {
  protection?: Partial<BucketProtection>;
  bucket?: Partial<BucketFacts>;
  policies?: PostureFacts['organization']['policies'];
  units?: PostureFacts['organization']['units'];
  settings?: Partial<PostureSettings>;
  facts?: Partial<PostureFacts>;
};

/** The finding about the log bucket of a sound organization, whose log archive is a member, with what differs. */
function finding(check: string, differs: Differs = {}) {
  const { organization } = soundFacts();
  const { accounts, policies } = organization;
  const archive = {
    id: ARCHIVE,
    name: 'log-archive',
    ou: 'Security',
    ouIds: ['ou-security'],
    state: 'ACTIVE',
  };
  const [found, ...more] = judged(
    check,
    {
      organization: {
        ...organization,
        accounts: seen([...('seen' in accounts ? accounts.seen : []), archive]),
        policies: differs.policies ?? policies,
        ...(differs.units && { units: differs.units }),
      },
      accounts: [
        soundAccount({ id: MANAGEMENT, name: 'management', ou: '' }),
        soundAccount(),
        soundAccount({ id: ARCHIVE, name: 'log-archive', ou: 'Security' }),
      ],
      buckets: [soundBucket({ protection: protectionWith(differs.protection), ...differs.bucket })],
      ...differs.facts,
    },
    differs.settings,
  );
  if (!found || more.length > 0) throw new Error('one log bucket is one finding');
  return found;
}

function protectionWith(differs: Partial<BucketProtection> = {}): BucketProtection {
  const sound = soundBucket().protection;
  if (!sound) throw new Error('a sound log bucket has its protection read');
  return { ...sound, ...differs };
}

/** Neither MFA delete nor Object Lock: what else there is must answer. */
const BARE: Partial<BucketProtection> = {
  versioning: seen({ versioning: true, mfaDelete: false }),
  objectLock: seen(null),
};

function lock(mode: 'COMPLIANCE' | 'GOVERNANCE', days: number): Partial<BucketProtection> {
  return { ...BARE, objectLock: seen({ mode, days }) };
}

function scp(
  statement: object,
  targets = ['ou-security'],
): PostureFacts['organization']['policies'] {
  const policy: ServiceControlPolicy = {
    id: 'p-1',
    name: 'keep-logs',
    document: PolicyDocument.parse({ Statement: { Effect: 'Deny', ...statement } }),
    targets,
  };
  return seen([policy]);
}

const ENDINGS = [
  's3:DeleteObjectVersion',
  's3:PutBucketVersioning',
  's3:PutLifecycleConfiguration',
];
const KEEP = { Action: ENDINGS, Resource: '*' };
const KEEP_HERE = { Action: ENDINGS, Resource: [BUCKET, `${BUCKET}/*`], Principal: '*' };

function policy(...statements: object[]): BucketProtection['policy'] {
  return seen(
    PolicyDocument.parse({ Statement: [...SOUND_BUCKET_POLICY.Statement, ...statements] }),
  );
}

function rule(differs: Partial<LifecycleRule>): BucketProtection['lifecycle'] {
  return seen([
    {
      id: 'tidy',
      enabled: true,
      prefix: '',
      narrowed: false,
      expirationDays: null,
      noncurrentDays: null,
      transitions: [],
      ...differs,
    },
  ]);
}

const CHECKS = [
  'log-bucket-not-public',
  'log-bucket-access-logging',
  'log-bucket-versioning',
  'log-bucket-mfa-delete',
  'log-bucket-object-lock',
  'log-bucket-immutable',
  'log-bucket-lifecycle',
  'log-bucket-policy',
  'log-archive-account',
];

describe.each(CHECKS)('%s', (check) => {
  test('holds for a sound bucket, in the account that owns it, for everybody who is recorded there', () => {
    expect(finding(check)).toMatchObject({
      status: 'PASS',
      subject: BUCKET,
      owner: ARCHIVE,
      covers: [MANAGEMENT, SHOP, ARCHIVE],
    });
  });

  test('lesson 7, 20, CT-14: of a bucket whose owner could not be found is not visible, never wrong', () => {
    const place = refused('s3:ListAllMyBuckets', '999900001111');
    const protection = Object.fromEntries(
      Object.keys(protectionWith()).map((name) => [name, place]),
    ) as unknown as BucketProtection;
    const found = finding(check, { bucket: { place, protection } });
    expect(found.status).toBe('NOT_VISIBLE');
    expect(found.detail).toContain('s3:ListAllMyBuckets');
    expect(found.detail).toContain('999900001111');
  });

  test('of a trail whose settings are refused is not visible: nobody knows its bucket', () => {
    const settings = refused('cloudtrail:GetTrail', MANAGEMENT);
    const found = finding(check, { facts: { trails: [soundTrail({ settings })], buckets: [] } });
    expect(found).toMatchObject({ status: 'NOT_VISIBLE', subject: ORG_TRAIL });
    expect(found.detail).toContain('cloudtrail:GetTrail');
  });

  test('has nothing to judge where no trail is', () => {
    const nobody = [soundAccount({ trails: seen([]) })];
    expect(finding(check, { facts: { accounts: nobody, trails: [] } }).status).toBe(
      'NOT_APPLICABLE',
    );
  });
});

const READINGS = {
  'log-bucket-not-public': ['policyIsPublic', 's3:GetBucketPolicyStatus'],
  'log-bucket-access-logging': ['accessLogging', 's3:GetBucketLogging'],
  'log-bucket-versioning': ['versioning', 's3:GetBucketVersioning'],
  'log-bucket-mfa-delete': ['versioning', 's3:GetBucketVersioning'],
  'log-bucket-object-lock': ['objectLock', 's3:GetBucketObjectLockConfiguration'],
  'log-bucket-lifecycle': ['lifecycle', 's3:GetLifecycleConfiguration'],
  'log-bucket-policy': ['policy', 's3:GetBucketPolicy'],
} as const;

describe.each(Object.entries(READINGS))('%s', (check, [reading, api]) => {
  // What would make up for it must not answer in its place.
  const rest: Partial<BucketProtection> =
    reading === 'policyIsPublic'
      ? { publicAccessBlock: blockWith({ restrictPublicBuckets: false }) }
      : {};
  const alone = reading === 'versioning' ? { objectLock: seen(null) } : {};

  test('that is refused names the permission and the account', () => {
    const protection = { ...rest, ...alone, [reading]: refused(api, ARCHIVE) };
    const found = finding(check, { protection });
    expect(found.status).toBe('NOT_VISIBLE');
    expect(found.detail).toContain(`${api} for role trailwarden-read in account ${ARCHIVE}`);
  });

  test('that breaks is an error', () => {
    const protection = { ...rest, ...alone, [reading]: failed() };
    expect(finding(check, { protection }).status).toBe('ERROR');
  });
});

function blockWith(differs: object): BucketProtection['publicAccessBlock'] {
  return seen({
    blockPublicAcls: true,
    ignorePublicAcls: true,
    blockPublicPolicy: true,
    restrictPublicBuckets: true,
    ...differs,
  });
}

/** The block of the account that owns the bucket, as Config tells it. */
function accountBlock(differs: object): Partial<BucketProtection> {
  const block = blockWith({ captured: '2026-11-20T08:00:00Z', ...differs });
  return { accountPublicAccessBlock: block as BucketProtection['accountPublicAccessBlock'] };
}

describe('log-bucket-not-public', () => {
  const open = blockWith({ ignorePublicAcls: false, restrictPublicBuckets: false });

  test.each<[string, string, Partial<BucketProtection>, string]>([
    [
      'a public policy',
      'FAIL',
      { policyIsPublic: seen(true), publicAccessBlock: open },
      'its policy',
    ],
    [
      'CT-14: a policy that S3 calls public and the block takes back',
      'PASS',
      { policyIsPublic: seen(true), publicAccessBlock: blockWith({ ignorePublicAcls: false }) },
      'partly on',
    ],
    [
      'CT-14: the ACL lets in everybody with an AWS account',
      'FAIL',
      { aclGroups: seen(['AuthenticatedUsers']), publicAccessBlock: open },
      'everybody with an AWS account',
    ],
    [
      'the ACL lets in everybody',
      'FAIL',
      { aclGroups: seen(['AllUsers']), publicAccessBlock: open },
      'its ACL (everybody)',
    ],
    ['an ACL that is ignored', 'PASS', { aclGroups: seen(['AllUsers']) }, ''],
    [
      'the ACL lets S3 deliver logs, which is nobody',
      'PASS',
      { aclGroups: seen(['LogDelivery']), publicAccessBlock: open },
      '',
    ],
    [
      'a public ACL counts though the policy status is refused',
      'FAIL',
      { aclGroups: seen(['AllUsers']), publicAccessBlock: open, policyIsPublic: denied() },
      '',
    ],
    [
      'a public policy, and nobody knows whether the block takes it back',
      'NOT_VISIBLE',
      { policyIsPublic: seen(true), publicAccessBlock: denied() },
      '',
    ],
    ['nobody knows the ACL', 'NOT_VISIBLE', { aclGroups: denied(), publicAccessBlock: open }, ''],
    [
      'what the block takes back need not be seen',
      'PASS',
      { aclGroups: denied(), policyIsPublic: denied() },
      '',
    ],
    [
      'without any block, but closed',
      'PASS',
      { publicAccessBlock: open },
      "the account's, asked of AWS Config: not asked, as nothing looked public",
    ],
    [
      'CT-14: a public policy that the block of the account holds',
      'PASS',
      { policyIsPublic: seen(true), publicAccessBlock: open, ...accountBlock({}) },
      'this is what Config last captured, 2026-11-20T08:00:00Z',
    ],
    [
      'a block of the account that takes back the policy and not the ACL',
      'FAIL',
      {
        policyIsPublic: seen(true),
        aclGroups: seen(['AllUsers']),
        publicAccessBlock: open,
        ...accountBlock({ ignorePublicAcls: false }),
      },
      "public through its ACL (everybody) (its own block of public access: partly on; the account's, asked of AWS Config: partly on, 2026-11-20T08:00:00Z)",
    ],
    [
      'a block of the account that is off',
      'FAIL',
      {
        policyIsPublic: seen(true),
        publicAccessBlock: open,
        ...accountBlock({ ignorePublicAcls: false, restrictPublicBuckets: false }),
      },
      'asked of AWS Config: off, 2026-11-20T08:00:00Z',
    ],
    [
      'Config keeps no block of the account',
      'FAIL',
      {
        policyIsPublic: seen(true),
        publicAccessBlock: open,
        accountPublicAccessBlock: seen(null),
      },
      'Config keeps none',
    ],
    [
      'the block of the account is refused: the bucket is public by itself all the same',
      'FAIL',
      { policyIsPublic: seen(true), publicAccessBlock: open, accountPublicAccessBlock: denied() },
      'could not be read, so it may still hold',
    ],
  ])('%s: %s', (_, status, protection, told) => {
    const found = finding('log-bucket-not-public', { protection });
    expect(found.status).toBe(status);
    expect(found.detail).toContain(told);
  });
});

describe('log-bucket-access-logging', () => {
  const off = { accessLogging: seen(null) };
  const target = (differs: object) => ({
    accessLogging: seen({
      targetBucket: 'access-logs',
      targetLocked: seen(false),
      targetRegion: seen('us-east-1'),
      ...differs,
    }),
  });

  /** The organization trail records data events by these selectors. */
  const recording = (...fields: Parameters<typeof field>[]): Partial<PostureFacts> => ({
    trails: [
      soundTrail({
        selectors: seen({
          advanced: [
            [
              field('eventCategory', { equals: ['Data'] }),
              field('resources.type', { equals: ['AWS::S3::Object'] }),
              ...fields.map((one) => field(...one)),
            ],
          ],
        }),
      }),
    ],
  });

  test.each<[string, string, Partial<BucketProtection>, Partial<PostureFacts>, string]>([
    ['access logs to another bucket', 'PASS', target({}), {}, 'server access logs'],
    ['off', 'FAIL', off, {}, 'is off'],
    [
      'lesson 23, CT-15: Object Lock on the target blocks the delivery',
      'FAIL',
      target({ targetLocked: seen(true) }),
      {},
      'Object Lock on the bucket for access logs blocks their delivery',
    ],
    [
      'CT-15: the target is in another region',
      'FAIL',
      target({ targetRegion: seen('eu-west-1') }),
      {},
      'another region',
    ],
    ['the target is gone', 'FAIL', target({ targetRegion: seen(null) }), {}, 'is gone'],
    [
      'CT-15: the target may be in another account, which is refused',
      'NOT_VISIBLE',
      target({ targetRegion: refused('s3:GetBucketLocation', ARCHIVE) }),
      {},
      's3:GetBucketLocation',
    ],
    [
      'lesson 26, CT-15: data events of the whole bucket say the same and more',
      'PASS',
      off,
      recording(['resources.ARN', { startsWith: [`${BUCKET}/`] }]),
      'data events of all its objects',
    ],
    [
      'lesson 26: data events where the target of access logs is locked',
      'PASS',
      target({ targetLocked: seen(true) }),
      recording(),
      'data events of all its objects',
    ],
    [
      'data events of a bucket whose name only begins the same',
      'FAIL',
      off,
      recording(['resources.ARN', { startsWith: [`${BUCKET}-2/`] }]),
      '',
    ],
    [
      'data events of writes do not tell who reads',
      'FAIL',
      off,
      recording(['readOnly', { equals: ['false'] }]),
      '',
    ],
    [
      'data events of a trail that nobody could read',
      'NOT_VISIBLE',
      off,
      { trails: [soundTrail({ selectors: refused('cloudtrail:GetEventSelectors', MANAGEMENT) })] },
      'cloudtrail:GetEventSelectors',
    ],
    [
      'data events in an account that was not asked',
      'NOT_VISIBLE',
      off,
      { accounts: [soundAccount()] },
      'was not asked for its trails',
    ],
    [
      'lesson 7: logging is refused, and data events prove it all the same',
      'PASS',
      { accessLogging: denied() },
      recording(),
      '',
    ],
  ])('%s: %s', (_, status, protection, facts, told) => {
    const found = finding('log-bucket-access-logging', { protection, facts });
    expect(found.status).toBe(status);
    expect(found.detail).toContain(told);
  });
});

describe('log-bucket-versioning', () => {
  test('CT-16: suspended or off is wrong', () => {
    const protection = { versioning: seen({ versioning: false, mfaDelete: false }) };
    expect(finding('log-bucket-versioning', { protection }).status).toBe('FAIL');
  });
});

describe('log-bucket-immutable', () => {
  const settings = { breakGlassRoles: ['break-glass'] };
  const butForBreakGlass = {
    Condition: { ArnNotLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/break-glass' } },
  };

  test.each<[string, string, Differs, string]>([
    ['MFA delete', 'PASS', {}, 'by MFA delete'],
    [
      'CT-17: MFA delete while versioning is suspended, so that who overwrites needs no MFA',
      'FAIL',
      {
        protection: { ...BARE, versioning: seen({ versioning: false, mfaDelete: true }) },
      },
      'neither versioning with MFA delete',
    ],
    [
      'an SCP on the account, while the bucket policy lets an account delete that it does not bind',
      'FAIL',
      {
        protection: {
          ...BARE,
          policy: policy({
            Effect: 'Allow',
            Principal: { AWS: 'arn:aws:iam::999999999999:root' },
            Action: 's3:DeleteObjectVersion',
            Resource: `${BUCKET}/*`,
          }),
        },
        policies: scp(KEEP),
      },
      '',
    ],
    [
      'an SCP on the account, while the bucket policy lets its own administrator delete',
      'PASS',
      {
        protection: {
          ...BARE,
          policy: policy({
            Effect: 'Allow',
            Principal: { AWS: `arn:aws:iam::${ARCHIVE}:role/admin` },
            Action: 's3:DeleteObjectVersion',
            Resource: `${BUCKET}/*`,
          }),
        },
        policies: scp(KEEP),
      },
      '',
    ],
    [
      'CT-18: GOVERNANCE mode, while the bucket policy lets strangers bypass it',
      'FAIL',
      {
        protection: {
          ...lock('GOVERNANCE', 400),
          policy: policy({
            Effect: 'Allow',
            Principal: '*',
            Action: 's3:Bypass*',
            Resource: `${BUCKET}/*`,
          }),
        },
        policies: scp({ Action: 's3:Bypass*', Resource: '*' }),
      },
      '',
    ],
    [
      'CT-17: Object Lock in COMPLIANCE mode',
      'PASS',
      { protection: lock('COMPLIANCE', 365) },
      'COMPLIANCE',
    ],
    [
      'CT-18: a lock that is shorter than the retention',
      'FAIL',
      { protection: lock('COMPLIANCE', 364) },
      'COMPLIANCE, 364',
    ],
    ['CT-18: GOVERNANCE mode can be bypassed', 'FAIL', { protection: lock('GOVERNANCE', 400) }, ''],
    [
      'CT-18: GOVERNANCE mode that an SCP lets nobody bypass',
      'PASS',
      {
        protection: lock('GOVERNANCE', 400),
        policies: scp({ Action: 's3:Bypass*', Resource: '*', ...butForBreakGlass }),
        settings,
      },
      'lets nobody bypass',
    ],
    [
      'GOVERNANCE mode that only the bucket policy guards',
      'FAIL',
      {
        protection: {
          ...lock('GOVERNANCE', 400),
          policy: policy({
            Effect: 'Deny',
            Principal: '*',
            Action: 's3:BypassGovernanceRetention',
            Resource: `${BUCKET}/*`,
          }),
        },
      },
      '',
    ],
    [
      'CT-17: versioning and a deny by an SCP on the OU',
      'PASS',
      { protection: BARE, policies: scp(KEEP) },
      'service control policies',
    ],
    ['an SCP on the root', 'PASS', { protection: BARE, policies: scp(KEEP, ['r-root']) }, ''],
    ['an SCP on the account', 'PASS', { protection: BARE, policies: scp(KEEP, [ARCHIVE]) }, ''],
    ['an SCP on another OU', 'FAIL', { protection: BARE, policies: scp(KEEP, ['ou-1']) }, ''],
    [
      'an SCP but for break-glass roles',
      'PASS',
      { protection: BARE, policies: scp({ ...KEEP, ...butForBreakGlass }), settings },
      '',
    ],
    [
      'an SCP but for a role that nobody calls break-glass',
      'FAIL',
      { protection: BARE, policies: scp({ ...KEEP, ...butForBreakGlass }) },
      '',
    ],
    [
      'an SCP that forgets the lifecycle',
      'FAIL',
      { protection: BARE, policies: scp({ ...KEEP, Action: ENDINGS.slice(0, 2) }) },
      '',
    ],
    [
      'an SCP that knows only the log files',
      'FAIL',
      { protection: BARE, policies: scp({ ...KEEP, Resource: LOGS }) },
      '',
    ],
    [
      'an SCP cannot keep who is not bound by it: the management account',
      'FAIL',
      {
        protection: BARE,
        policies: scp(KEEP, ['r-root']),
        bucket: { place: seen({ account: MANAGEMENT, region: 'us-east-1' }) },
      },
      '',
    ],
    [
      'a deny without versioning: who overwrites deletes',
      'FAIL',
      {
        protection: { ...BARE, versioning: seen({ versioning: false, mfaDelete: false }) },
        policies: scp(KEEP),
      },
      '',
    ],
    [
      'CT-17: a deny in the bucket policy, which can be lifted',
      'PASS',
      { protection: { ...BARE, policy: policy({ Effect: 'Deny', ...KEEP_HERE }) } },
      'whoever may change that policy can lift',
    ],
    [
      'a bucket policy that guards itself, too',
      'PASS',
      {
        protection: {
          ...BARE,
          policy: policy({
            Effect: 'Deny',
            ...KEEP_HERE,
            Action: [...ENDINGS, 's3:PutBucketPolicy', 's3:DeleteBucketPolicy'],
          }),
        },
      },
      'versioning and a deny in the bucket policy.',
    ],
    [
      'an SCP and the bucket policy together',
      'PASS',
      {
        protection: {
          ...BARE,
          policy: policy({
            Effect: 'Deny',
            ...KEEP_HERE,
            Action: [...ENDINGS.slice(0, 1), 's3:PutBucketPolicy', 's3:DeleteBucketPolicy'],
          }),
        },
        policies: scp({ ...KEEP, Action: ENDINGS.slice(1) }),
      },
      'policies of the organization and the bucket policy',
    ],
    ['none of the three', 'FAIL', { protection: BARE }, 'neither versioning with MFA delete'],
    [
      'the SCPs are refused, and nothing else is proven',
      'NOT_VISIBLE',
      { protection: BARE, policies: refused('organizations:ListPolicies', MANAGEMENT) },
      'organizations:ListPolicies',
    ],
    [
      'the SCPs are refused, and Object Lock answers',
      'PASS',
      {
        protection: lock('COMPLIANCE', 400),
        policies: refused('organizations:ListPolicies', MANAGEMENT),
      },
      '',
    ],
    [
      'nobody knows in which OU the archive is',
      'NOT_VISIBLE',
      {
        protection: BARE,
        policies: scp(KEEP, ['ou-1']),
        units: refused('organizations:ListRoots', MANAGEMENT),
      },
      'organizations:ListRoots',
    ],
    [
      'nobody knows in which OU the archive is, but the root has the policy',
      'PASS',
      {
        protection: BARE,
        policies: scp(KEEP, ['r-root']),
        units: refused('organizations:ListRoots', MANAGEMENT),
      },
      '',
    ],
    [
      'Object Lock answers where versioning is refused',
      'PASS',
      { protection: { ...lock('COMPLIANCE', 400), versioning: denied() } },
      '',
    ],
    [
      'MFA delete may be on: versioning is refused, and there is no lock',
      'NOT_VISIBLE',
      { protection: { ...BARE, versioning: denied() } },
      '',
    ],
    [
      'there may be a lock: that is refused, and MFA delete is off',
      'NOT_VISIBLE',
      { protection: { ...BARE, objectLock: denied() } },
      '',
    ],
    ['S3 breaks', 'ERROR', { protection: { ...BARE, versioning: failed() } }, ''],
    [
      'the retention is the one that is configured',
      'PASS',
      { protection: lock('COMPLIANCE', 90), settings: { retentionDays: 90 } },
      '',
    ],
  ])('%s: %s', (_, status, differs, told) => {
    const found = finding('log-bucket-immutable', differs);
    expect(found.status).toBe(status);
    expect(found.detail).toContain(told);
  });

  test('a trail with a prefix has its log files below it', () => {
    const trails = [soundTrail({}, { prefix: 'org' })];
    const onlyThere = { ...KEEP, Resource: [BUCKET, `${BUCKET}/org/AWSLogs/*`] };
    const elsewhere = { ...KEEP, Resource: [BUCKET, LOGS] };
    const status = (statement: object) =>
      finding('log-bucket-immutable', {
        protection: BARE,
        policies: scp(statement),
        facts: { trails },
      }).status;
    expect([status(onlyThere), status(elsewhere)]).toEqual(['PASS', 'FAIL']);
  });
});

describe('log-bucket-mfa-delete', () => {
  const lifecycle = rule({ expirationDays: 400 });

  test.each<[string, string, Differs, string]>([
    [
      'off, and nothing else keeps the log files',
      'FAIL',
      { protection: BARE },
      'MFA delete is off',
    ],
    [
      'lesson 22, CT-17: MFA delete is not asked for where a lifecycle rule exists',
      'NOT_APPLICABLE',
      { protection: { ...BARE, lifecycle } },
      'does not take MFA delete beside them',
    ],
    [
      'lesson 22: nor where versioning could not even be read',
      'NOT_APPLICABLE',
      { protection: { ...BARE, versioning: denied(), lifecycle } },
      'lifecycle rules',
    ],
    [
      'CT-17: Object Lock keeps them instead',
      'NOT_APPLICABLE',
      { protection: lock('COMPLIANCE', 400) },
      'Object Lock in COMPLIANCE mode',
    ],
    [
      'CT-17: a deny keeps them instead',
      'NOT_APPLICABLE',
      { protection: BARE, policies: scp(KEEP) },
      'service control policy',
    ],
    [
      'there may be a lifecycle rule',
      'NOT_VISIBLE',
      { protection: { ...BARE, lifecycle: denied() } },
      '',
    ],
    [
      'there may be a deny',
      'NOT_VISIBLE',
      { protection: BARE, policies: refused('organizations:ListPolicies', MANAGEMENT) },
      'organizations:ListPolicies',
    ],
    ['on, beside whatever', 'PASS', { protection: { lifecycle: denied() } }, ''],
  ])('%s: %s', (_, status, differs, told) => {
    const found = finding('log-bucket-mfa-delete', differs);
    expect(found.status).toBe(status);
    expect(found.detail).toContain(told);
  });
});

describe('log-bucket-object-lock', () => {
  test.each<[string, string, Differs, string]>([
    ['COMPLIANCE mode, long enough', 'PASS', { protection: lock('COMPLIANCE', 365) }, '365'],
    [
      'CT-18: too short',
      'FAIL',
      { protection: lock('COMPLIANCE', 30) },
      'too short: COMPLIANCE, 30 days',
    ],
    ['CT-18: too weak', 'FAIL', { protection: lock('GOVERNANCE', 400) }, 'too weak'],
    [
      'CT-18: GOVERNANCE mode that nobody may bypass',
      'PASS',
      { protection: lock('GOVERNANCE', 400), policies: scp({ Action: '*', Resource: '*' }) },
      'bypass',
    ],
    [
      'none, which another check tells',
      'NOT_APPLICABLE',
      { protection: BARE },
      'log-bucket-immutable',
    ],
    [
      'too short, but MFA delete keeps the log files',
      'NOT_APPLICABLE',
      { protection: { objectLock: seen({ mode: 'COMPLIANCE', days: 30 }) } },
      'MFA delete keeps the log files',
    ],
    [
      'GOVERNANCE mode, and the SCPs are refused',
      'NOT_VISIBLE',
      {
        protection: lock('GOVERNANCE', 400),
        policies: refused('organizations:ListPolicies', MANAGEMENT),
      },
      'organizations:ListPolicies',
    ],
  ])('%s: %s', (_, status, differs, told) => {
    const found = finding('log-bucket-object-lock', differs);
    expect(found.status).toBe(status);
    expect(found.detail).toContain(told);
  });
});

describe('log-bucket-lifecycle', () => {
  const lockless = { objectLock: seen(null) };

  test.each<[string, string, Partial<BucketProtection>, string]>([
    [
      'without a rule they are kept for ever',
      'PASS',
      {},
      'first move to colder storage, in days: none',
    ],
    ['as long as the retention', 'PASS', { lifecycle: rule({ expirationDays: 365 }) }, ''],
    [
      'CT-19: shorter than the retention',
      'FAIL',
      { lifecycle: rule({ expirationDays: 364 }) },
      'tidy (expires too early)',
    ],
    [
      'a rule that is switched off',
      'PASS',
      { lifecycle: rule({ enabled: false, expirationDays: 1 }) },
      '',
    ],
    [
      'a rule about other objects',
      'PASS',
      { lifecycle: rule({ prefix: 'athena-results/', expirationDays: 1 }) },
      '',
    ],
    [
      'a rule about some log files',
      'FAIL',
      { lifecycle: rule({ prefix: 'AWSLogs/o-sound/', expirationDays: 1 }) },
      '',
    ],
    ...[
      'AWSLogs/444455556666/Config/',
      'AWSLogs/o-sound/444455556666/Config/ap-northeast-2/',
      'AWSLogs/444455556666/vpcflowlogs/',
    ].map((prefix): [string, string, Partial<BucketProtection>, string] => [
      `CT-19: what another service writes beside log files (${prefix})`,
      'PASS',
      { lifecycle: rule({ prefix, expirationDays: 1 }) },
      '',
    ]),
    ...[
      'AWSLogs/444455556666/CloudTrail/',
      'AWSLogs/444455556666/CloudTrail-Digest/',
      'AWSLogs/444455556666/C',
      'AWSLogs/444455556666/',
      'AWSLogs/o-sound/444455556666/CloudTrail/us-east-1/',
      'AWSLogs/o-sound/444455',
    ].map((prefix): [string, string, Partial<BucketProtection>, string] => [
      `CT-19: some log files (${prefix})`,
      'FAIL',
      { lifecycle: rule({ prefix, expirationDays: 1 }) },
      '',
    ]),
    [
      'a rule by tag or size: some of them',
      'FAIL',
      { lifecycle: rule({ narrowed: true, expirationDays: 1 }) },
      'some of them',
    ],
    [
      'a rule with a date deletes the newest, too',
      'FAIL',
      { lifecycle: rule({ expirationDays: 3_650, onDate: true }) },
      'on one day',
    ],
    [
      'CT-19: overwritten versions go early',
      'FAIL',
      { ...lockless, lifecycle: rule({ noncurrentDays: 30 }) },
      'overwritten and deleted versions',
    ],
    [
      'CT-19: overwritten versions cannot go before the lock is over',
      'PASS',
      { lifecycle: rule({ noncurrentDays: 30 }) },
      '',
    ],
    [
      'CT-19: a lock that is shorter than the retention does not keep them',
      'FAIL',
      {
        objectLock: seen({ mode: 'COMPLIANCE', days: 90 }),
        lifecycle: rule({ noncurrentDays: 30 }),
      },
      '',
    ],
    [
      'without versioning there is no overwritten version to delete',
      'PASS',
      {
        ...lockless,
        versioning: seen({ versioning: false, mfaDelete: false }),
        lifecycle: rule({ noncurrentDays: 30 }),
      },
      '',
    ],
    [
      'a lock may keep overwritten versions, and is refused',
      'NOT_VISIBLE',
      {
        objectLock: refused('s3:GetBucketObjectLockConfiguration', ARCHIVE),
        lifecycle: rule({ noncurrentDays: 30 }),
      },
      's3:GetBucketObjectLockConfiguration',
    ],
    [
      'CT-19: the move to Glacier is told',
      'PASS',
      { lifecycle: rule({ transitions: [{ days: 90, storageClass: 'GLACIER' }] }) },
      'GLACIER, 90',
    ],
  ])('%s: %s', (_, status, protection, told) => {
    const found = finding('log-bucket-lifecycle', { protection });
    expect(found.status).toBe(status);
    expect(found.detail).toContain(told);
  });
});

describe('log-bucket-policy', () => {
  const write = {
    Effect: 'Allow',
    Principal: { Service: 'cloudtrail.amazonaws.com' },
    Action: 's3:PutObject',
    Resource: LOGS,
  };

  test.each<[string, string, Partial<BucketProtection>, string]>([
    ['no policy at all denies no plain HTTP', 'FAIL', { policy: seen(null) }, 'without TLS'],
    [
      'CT-20: the statement of 2015, for whoever asks CloudTrail',
      'FAIL',
      { policy: policy(write) },
      'cloudtrail.amazonaws.com (may write for strangers, because no condition names sources of ours only)',
    ],
    [
      'CT-20: a stranger may put objects',
      'FAIL',
      { policy: policy({ ...write, Principal: { AWS: 'arn:aws:iam::999999999999:root' } }) },
      'arn:aws:iam::999999999999:root (may write objects)',
    ],
    [
      'Config delivers here, too',
      'PASS',
      {
        policy: policy({
          ...write,
          Principal: { Service: 'config.amazonaws.com' },
          Condition: { StringEquals: { 'aws:SourceAccount': SHOP } },
        }),
      },
      '',
    ],
  ])('%s: %s', (_, status, protection, told) => {
    const found = finding('log-bucket-policy', { protection });
    expect(found.status).toBe(status);
    expect(found.detail).toContain(told);
  });
});

describe('log-bucket-policy, while nobody may list the accounts of the organization', () => {
  const { organization } = soundFacts();
  const unlisted = {
    organization: {
      ...organization,
      id: '',
      managementAccount: null,
      accounts: refused('organizations:ListAccounts', MANAGEMENT),
    },
  };
  const writeFor = (condition: object) => ({
    protection: {
      policy: policy({
        Effect: 'Allow',
        Principal: { Service: 'config.amazonaws.com' },
        Action: 's3:PutObject',
        Resource: LOGS,
        Condition: { StringEquals: condition },
      }),
    },
    facts: unlisted,
  });

  test.each([
    ['an account', { 'aws:SourceAccount': '999999999999' }],
    ['an organization', { 'aws:SourceOrgID': 'o-someone00' }],
  ])('a service that writes for %s that nobody knows leaves it open', (_, condition) => {
    expect(finding('log-bucket-policy', writeFor(condition))).toMatchObject({
      status: 'NOT_VISIBLE',
      detail: expect.stringContaining('organizations:ListAccounts'),
    });
  });

  test('a service that writes for an account that was asked is one of ours', () => {
    const found = finding('log-bucket-policy', writeFor({ 'aws:SourceAccount': SHOP }));
    expect(found.status).toBe('PASS');
  });

  test('an account of no organization has none that a service could write for', () => {
    const alone = { ...organization, id: '', alone: true as const, managementAccount: null };
    const found = finding('log-bucket-policy', {
      ...writeFor({ 'aws:SourceOrgID': 'o-someone00' }),
      facts: { organization: alone },
    });
    expect(found.status).toBe('FAIL');
  });
});

describe('log-archive-account', () => {
  const at = (account: string, settings: Partial<PostureSettings> = {}) =>
    finding('log-archive-account', {
      bucket: { place: seen({ account, region: 'us-east-1' }) },
      settings,
    });

  test.each<[string, string, Partial<PostureSettings>, string]>([
    ['CT-13: in a workload account', SHOP, {}, 'FAIL'],
    [
      'CT-13: in the management account, even when that is configured',
      MANAGEMENT,
      { logArchiveAccount: MANAGEMENT },
      'FAIL',
    ],
    [
      'somewhere, while no log archive account is configured',
      ARCHIVE,
      { logArchiveAccount: null },
      'NOT_APPLICABLE',
    ],
  ])('%s', (_, account, settings, status) => {
    expect(at(account, settings)).toMatchObject({ status, owner: account });
  });
});

describe('a deny in a resource control policy', () => {
  const { organization } = soundFacts();
  const archive = { id: ARCHIVE, name: 'log-archive', ou: '', ouIds: [], state: 'ACTIVE' };
  const under = (
    resourcePolicies: NonNullable<PostureFacts['organization']['resourcePolicies']>,
    policy: BucketProtection['policy'] = seen(SOUND_BUCKET_POLICY),
  ) =>
    finding('log-bucket-immutable', {
      protection: { ...BARE, policy },
      facts: {
        organization: {
          ...organization,
          accounts: seen([archive]),
          policies: seen([]),
          resourcePolicies,
        },
      },
    });
  const KEPT = { ...KEEP, Principal: '*' };

  test('CT-17: keeps log files from whoever comes, other accounts too', () => {
    expect(under(scp(KEPT, ['r-root']))).toMatchObject({
      status: 'PASS',
      detail: expect.stringContaining('resource control policies'),
      evidence: expect.arrayContaining([
        expect.objectContaining({ fields: { ResourceControlPolicies: ['keep-logs'] } }),
      ]),
    });
    const letting = policy({
      Effect: 'Allow',
      Principal: { AWS: `arn:aws:iam::${SHOP}:root` },
      Action: 's3:DeleteObjectVersion',
      Resource: `${BUCKET}/*`,
    });
    expect(under(scp(KEPT, [ARCHIVE]), letting).status).toBe('PASS');
  });

  test('CT-17: of another OU, or of one deed alone, keeps nothing', () => {
    expect(under(scp(KEPT, ['ou-other'])).status).toBe('FAIL');
    const one = scp({ ...KEPT, Action: 's3:DeleteObjectVersion' }, ['r-root']);
    expect(under(one).status).toBe('FAIL');
  });

  test('that may not be read leaves it open', () => {
    expect(under(refused('organizations:ListPolicies', MANAGEMENT)).status).toBe('NOT_VISIBLE');
  });
});

describe('while nobody knows which account is the management account', () => {
  const { organization } = soundFacts();
  const headless = { organization: { ...organization, managementAccount: null } };

  test('CT-13: the configured log archive may be it', () => {
    const found = finding('log-archive-account', { facts: headless });
    expect(found).toMatchObject({
      status: 'NOT_VISIBLE',
      detail: expect.stringContaining('organizations:DescribeOrganization'),
    });
  });

  test('a service control policy may bind nobody who could delete log files', () => {
    const archive = { id: ARCHIVE, name: 'log-archive', ou: '', ouIds: [], state: 'ACTIVE' };
    const guarded = (managementAccount: string | null) => ({
      ...organization,
      managementAccount,
      accounts: seen([archive]),
      policies: scp(KEEP, ['r-root']),
    });
    const status = (managementAccount: string | null) =>
      finding('log-bucket-immutable', {
        protection: BARE,
        facts: { organization: guarded(managementAccount) },
      }).status;
    expect(status(MANAGEMENT)).toBe('PASS');
    expect(status(ARCHIVE)).toBe('FAIL');
    expect(status(null)).toBe('NOT_VISIBLE');
  });
});

test('every reading of the bucket is evidence, of the account that owns it', () => {
  const { evidence } = finding('log-bucket-immutable', { policies: scp(KEEP) });
  expect(evidence).toContainEqual(
    expect.objectContaining({ fields: { ServiceControlPolicies: ['keep-logs'] } }),
  );
  expect(evidence).toContainEqual(
    expect.objectContaining({ fields: { versioning: true, mfaDelete: true } }),
  );
});
