import type {
  AccountFacts,
  OrganizationAccount,
  PostureFacts,
  PostureSettings,
  ServiceControlPolicy,
} from '../../../../src/core/posture/facts.ts';
import { PolicyDocument } from '../../../../src/core/posture/guards/policy-document.ts';
import { judged, refused } from '../judged.ts';
import {
  denied,
  failed,
  GUARD,
  MANAGEMENT,
  ORG_TRAIL,
  seen,
  soundAccount,
  soundFacts,
} from '../sound.ts';

const SHOP: OrganizationAccount = {
  id: '444455556666',
  name: 'shop',
  ou: 'Workloads/Production',
  ouIds: ['ou-work', 'ou-prod'],
  state: 'ACTIVE',
};
const LABS: OrganizationAccount = {
  id: '141414141414',
  name: 'labs',
  ou: 'Acquired',
  ouIds: ['ou-acquired'],
  state: 'ACTIVE',
};
const BOSS: OrganizationAccount = { ...SHOP, id: MANAGEMENT, name: 'boss', ou: '', ouIds: [] };

type Differs = {
  organization?: Partial<PostureFacts['organization']>;
  members?: OrganizationAccount[];
  accounts?: PostureFacts['accounts'];
  settings?: Partial<PostureSettings>;
};

/** The one finding about the organization. */
function finding(check: string, { organization, members = [BOSS, SHOP, LABS], ...rest }: Differs) {
  const sound = soundFacts().organization;
  const [found, ...more] = judged(
    check,
    {
      organization: { ...sound, accounts: seen(members), ...organization },
      accounts: rest.accounts ?? members.map(({ id, name, ou }) => soundAccount({ id, name, ou })),
    },
    rest.settings,
  );
  if (!found || more.length > 0) throw new Error('the organization is one subject');
  return found;
}

function guard(targets: string[], statement: object = {}): ServiceControlPolicy {
  const [sound] = GUARD.document.Statement;
  return {
    ...GUARD,
    targets,
    document: PolicyDocument.parse({ Statement: { ...sound, ...statement } }),
  };
}

function ownTrail(account: string, name = 'own') {
  const arn = `arn:aws:cloudtrail:us-east-1:${account}:trail/${name}`;
  return soundAccount({ id: account, trails: seen([{ arn, homeRegion: 'us-east-1' }]) });
}

/** What is allowed where FullAWSAccess was taken away. */
function allowList(targets: string[], statement: object, withoutFullAccess = targets): Differs {
  const document = PolicyDocument.parse({
    Statement: { Effect: 'Allow', Resource: '*', ...statement },
  });
  const policy = { id: 'p-allow', name: 'allow-list', document, targets };
  return { organization: { policies: seen([policy]), withoutFullAccess: seen(withoutFullAccess) } };
}

describe('logging-guarded-by-scp', () => {
  const ALL = 'StopLogging/DeleteTrail/UpdateTrail/PutEventSelectors';
  const policies = (...some: ServiceControlPolicy[]): Differs => ({
    organization: { policies: seen(some) },
  });

  test.each<[string, string, Differs, string]>([
    [
      'attached to the root',
      'PASS',
      policies(guard(['r-1'])),
      'All accounts that were asked (2) are bound by protect-audit-trail',
    ],
    [
      'CT-34: the management account is never bound, and that is said',
      'PASS',
      policies(guard(['r-1'])),
      `The management account (${MANAGEMENT}) never is`,
    ],
    ['attached to the OUs above', 'PASS', policies(guard(['ou-work', 'ou-acquired'])), ''],
    ['attached to the accounts', 'PASS', policies(guard([SHOP.id, LABS.id])), ''],
    [
      'CT-34: one OU is left out',
      'FAIL',
      policies(guard(['ou-work'])),
      `Acquired: labs (${LABS.id}) → ${ALL}`,
    ],
    ['nobody is guarded', 'FAIL', policies(), `Workloads/Production: shop (${SHOP.id}) → ${ALL}`],
    [
      'CT-34: one call is left out, and named',
      'FAIL',
      policies(
        guard(['r-1'], {
          Action: ['cloudtrail:StopLogging', 'cloudtrail:DeleteTrail', 'cloudtrail:UpdateTrail'],
        }),
      ),
      '→ PutEventSelectors',
    ],
    [
      'two policies that guard it together',
      'PASS',
      policies(
        guard(['r-1'], { Action: ['cloudtrail:StopLogging', 'cloudtrail:DeleteTrail'] }),
        guard(['ou-work', 'ou-acquired'], { Action: ['cloudtrail:Update*', 'cloudtrail:Put*'] }),
      ),
      '',
    ],
    [
      'but for break-glass roles',
      'PASS',
      {
        ...policies(
          guard(['r-1'], {
            Condition: { ArnNotLike: { 'aws:PrincipalArn': ['arn:aws:iam::*:role/break-glass'] } },
          }),
        ),
        settings: { breakGlassRoles: ['break-glass'] },
      },
      '',
    ],
    [
      'but for a role that nobody calls break-glass: the condition is told',
      'FAIL',
      policies(
        guard(['r-1'], {
          Condition: {
            ArnNotLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/AWSControlTowerExecution' },
          },
        }),
      ),
      'protect-audit-trail: ArnNotLike aws:PrincipalArn arn:aws:iam::*:role/AWSControlTowerExecution',
    ],
    [
      'of the organization’s trail only, while labs may make trails of its own',
      'FAIL',
      policies(guard(['r-1'], { Resource: ORG_TRAIL })),
      'Acquired',
    ],
    [
      'of the very trails that the accounts have',
      'PASS',
      {
        ...policies(guard(['r-1'], { Resource: 'arn:aws:cloudtrail:*:*:trail/own' })),
        accounts: [soundAccount({ id: MANAGEMENT }), ownTrail(SHOP.id), ownTrail(LABS.id)],
      },
      '',
    ],
    [
      'of another trail than the account has',
      'FAIL',
      {
        ...policies(guard(['r-1'], { Resource: 'arn:aws:cloudtrail:*:*:trail/own' })),
        accounts: [
          soundAccount({ id: MANAGEMENT }),
          ownTrail(SHOP.id),
          ownTrail(LABS.id, 'legacy'),
        ],
      },
      'labs',
    ],
    [
      'of the accounts’ own trails only, while one of them administers the organization’s',
      'FAIL',
      {
        organization: {
          policies: seen([guard(['r-1'], { Resource: `arn:aws:cloudtrail:*:${LABS.id}:trail/*` })]),
          administrators: seen([{ account: LABS.id, services: ['cloudtrail.amazonaws.com'] }]),
        },
        members: [BOSS, LABS],
      },
      'labs',
    ],
    [
      'CT-34: the policies are refused',
      'NOT_VISIBLE',
      { organization: { policies: refused('organizations:ListPolicies', MANAGEMENT) } },
      `organizations:ListPolicies for role trailwarden-read in account ${MANAGEMENT}`,
    ],
    ['a policy could not be understood', 'ERROR', { organization: { policies: failed() } }, ''],
    [
      'the accounts are refused',
      'NOT_VISIBLE',
      { organization: { accounts: refused('organizations:ListAccounts', MANAGEMENT) } },
      'organizations:ListAccounts',
    ],
    [
      'CT-34: an allow list in place of FullAWSAccess has no room for it',
      'PASS',
      allowList(['ou-work', 'ou-acquired'], { Action: ['ec2:*', 'cloudtrail:LookupEvents'] }),
      'allow-list',
    ],
    [
      'CT-34: an allow list that leaves those calls out',
      'PASS',
      allowList(['r-1'], { NotAction: ['cloudtrail:*'] }),
      '',
    ],
    [
      'CT-34: an allow list has room for one of the calls',
      'FAIL',
      allowList(['r-1'], { Action: ['ec2:*', 'cloudtrail:Stop*'] }),
      '→ StopLogging',
    ],
    [
      'CT-34: an allow list beside FullAWSAccess denies nothing',
      'FAIL',
      allowList(['r-1'], { Action: ['ec2:*'] }, []),
      ALL,
    ],
    [
      'CT-34: an allow list of one OU binds no other',
      'FAIL',
      allowList(['ou-work'], { Action: ['ec2:*'] }),
      `Acquired: labs (${LABS.id}) → ${ALL}`,
    ],
    [
      'nobody may ask where FullAWSAccess was taken away',
      'NOT_VISIBLE',
      {
        organization: {
          ...allowList(['r-1'], { Action: ['ec2:*'] }).organization,
          withoutFullAccess: refused('organizations:ListPoliciesForTarget', MANAGEMENT),
        },
      },
      'organizations:ListPoliciesForTarget',
    ],
    [
      'CT-34: nobody knows which account is the management account, which is never bound',
      'NOT_VISIBLE',
      { ...policies(guard(['r-1'])), organization: { managementAccount: null } },
      'organizations:DescribeOrganization',
    ],
    [
      'nobody knows which account is in which OU',
      'NOT_VISIBLE',
      {
        organization: {
          policies: seen([guard(['ou-work'])]),
          units: refused('organizations:ListRoots', MANAGEMENT),
        },
        members: [BOSS, { ...SHOP, ouIds: [] }],
      },
      'organizations:ListRoots',
    ],
    [
      'an account was listed and not met under any OU',
      'ERROR',
      {
        ...policies(guard(['ou-work', 'ou-acquired'])),
        members: [BOSS, SHOP, { ...LABS, ou: '', ouIds: [], unplaced: true }],
      },
      LABS.id,
    ],
    [
      'an account was not met under any OU, and the root has the guard',
      'PASS',
      {
        ...policies(guard(['r-1'])),
        members: [BOSS, SHOP, { ...LABS, ouIds: [], unplaced: true }],
      },
      '',
    ],
    [
      'the account belongs to no organization',
      'NOT_APPLICABLE',
      { organization: { alone: true, managementAccount: null, policies: seen([]) } },
      'no organization',
    ],
    [
      'only the management account was asked',
      'NOT_APPLICABLE',
      { accounts: [soundAccount({ id: MANAGEMENT })] },
      'never bind the management account',
    ],
    [
      'a suspended account needs no guard',
      'PASS',
      { ...policies(guard(['ou-work'])), members: [BOSS, SHOP, { ...LABS, state: 'SUSPENDED' }] },
      'All accounts that were asked (1)',
    ],
    [
      'an account whose trails could not be read is judged all the same',
      'FAIL',
      {
        ...policies(guard(['ou-work'])),
        accounts: [
          soundAccount({ id: MANAGEMENT }),
          soundAccount({ id: SHOP.id }),
          soundAccount({ id: LABS.id, trails: denied() }),
        ],
      },
      'labs',
    ],
  ])('%s: %s', (_, status, differs, told) => {
    const found = finding('logging-guarded-by-scp', differs);
    expect(found.status).toBe(status);
    expect(found.detail).toContain(told);
  });

  test('is one finding of the management account, with the accounts that are not guarded', () => {
    expect(finding('logging-guarded-by-scp', policies(guard(['ou-work'])))).toMatchObject({
      subject: 'o-sound',
      owner: MANAGEMENT,
      covers: [LABS.id],
    });
  });

  test('of a thousand accounts of one OU names three', () => {
    const members = Array.from({ length: 1_000 }, (_, index) => ({
      ...LABS,
      id: String(100_000_000_000 + index),
      name: `lab-${index}`,
    }));
    const { detail, covers } = finding('logging-guarded-by-scp', {
      ...policies(),
      members: [BOSS, ...members],
    });
    expect(detail).toContain('lab-2 (100000000002) + 997 →');
    expect(covers).toHaveLength(1_000);
  });
});

describe('delegated-administrators', () => {
  const CLOUDTRAIL = 'cloudtrail.amazonaws.com';
  const administrators = (
    ...all: [string, ...string[]][]
  ): Partial<PostureFacts['organization']> => ({
    administrators: seen(all.map(([account, ...services]) => ({ account, services }))),
  });
  const list = { delegatedAdministrators: { [CLOUDTRAIL]: [SHOP.id] } };

  test.each<[string, string, Differs, string]>([
    [
      'on the list',
      'PASS',
      { organization: administrators([SHOP.id, CLOUDTRAIL]), settings: list },
      SHOP.id,
    ],
    ['nobody is one', 'PASS', { organization: administrators(), settings: list }, 'none'],
    [
      'CT-32: a stranger',
      'FAIL',
      { organization: administrators([LABS.id, CLOUDTRAIL]), settings: list },
      `${CLOUDTRAIL}: labs (${LABS.id})`,
    ],
    [
      'CT-32: the first is a stranger, and the last is not',
      'FAIL',
      {
        organization: administrators([LABS.id, CLOUDTRAIL], [SHOP.id, CLOUDTRAIL]),
        settings: list,
      },
      'labs',
    ],
    [
      'of another service, that the list does not name, whoever it is',
      'PASS',
      {
        organization: administrators([LABS.id, 'sso.amazonaws.com'], [SHOP.id, CLOUDTRAIL]),
        settings: list,
      },
      'sso.amazonaws.com',
    ],
    [
      'a stranger to the list of a service beside CloudTrail',
      'FAIL',
      {
        organization: administrators([LABS.id, 'config.amazonaws.com', 'sso.amazonaws.com']),
        settings: {
          delegatedAdministrators: { [CLOUDTRAIL]: [LABS.id], 'config.amazonaws.com': [SHOP.id] },
        },
      },
      `Not on the list: config.amazonaws.com: labs (${LABS.id}). `,
    ],
    [
      'a list that allows a service nobody',
      'FAIL',
      {
        organization: administrators([SHOP.id, CLOUDTRAIL]),
        settings: { delegatedAdministrators: { [CLOUDTRAIL]: [] } },
      },
      `Not on the list: ${CLOUDTRAIL}: shop`,
    ],
    [
      'a list that names no service',
      'NOT_APPLICABLE',
      {
        organization: administrators([LABS.id, CLOUDTRAIL]),
        settings: { delegatedAdministrators: {} },
      },
      'posture.delegatedAdministrators',
    ],
    [
      'CT-32: nobody gave a list, and CloudTrail has no more than three',
      'NOT_APPLICABLE',
      { organization: administrators([LABS.id, CLOUDTRAIL]) },
      'posture.delegatedAdministrators',
    ],
    [
      'CT-32: CloudTrail takes three at most, whoever they are',
      'FAIL',
      {
        organization: administrators(
          ...['1', '2', '3', '4'].map((digit): [string, string] => [digit.repeat(12), CLOUDTRAIL]),
        ),
      },
      'Administrators of CloudTrail: 4',
    ],
    [
      'CT-32: a member may not ask',
      'NOT_VISIBLE',
      {
        organization: {
          administrators: refused('organizations:ListDelegatedAdministrators', SHOP.id),
        },
        settings: list,
      },
      `organizations:ListDelegatedAdministrators for role trailwarden-read in account ${SHOP.id}`,
    ],
    [
      'Organizations is throttled',
      'ERROR',
      { organization: { administrators: failed() }, settings: list },
      '',
    ],
    [
      'the account belongs to no organization',
      'NOT_APPLICABLE',
      { organization: { alone: true } },
      'no organization',
    ],
  ])('%s: %s', (_, status, differs, told) => {
    const found = finding('delegated-administrators', differs);
    expect(found).toMatchObject({ status, owner: MANAGEMENT });
    expect(found.detail).toContain(told);
  });
});

describe('regions-opted-in', () => {
  const optedIn = (...all: [string, 'ENABLED' | 'ENABLING' | 'DISABLING'][]) =>
    seen(all.map(([region, state]) => ({ region, state })));
  const allowed = { regions: ['us-east-1', 'ap-east-1'] };

  test.each<[string, string, AccountFacts['optedIn'], Partial<PostureSettings>, string]>([
    ['none', 'PASS', optedIn(), allowed, ''],
    ['an allowed one', 'PASS', optedIn(['ap-east-1', 'ENABLED']), allowed, ''],
    ['a further one', 'FAIL', optedIn(['me-south-1', 'ENABLED']), allowed, 'me-south-1 (enabled)'],
    [
      'CT-35: one that is being enabled right now',
      'FAIL',
      optedIn(['me-south-1', 'ENABLING']),
      allowed,
      'me-south-1 (being enabled right now)',
    ],
    ['one that is being disabled', 'PASS', optedIn(['me-south-1', 'DISABLING']), allowed, ''],
    [
      'nobody said which are allowed',
      'NOT_APPLICABLE',
      optedIn(['me-south-1', 'ENABLED']),
      {},
      'posture.regions',
    ],
    [
      'refused',
      'NOT_VISIBLE',
      refused('account:ListRegions', SHOP.id),
      allowed,
      `account:ListRegions for role trailwarden-read in account ${SHOP.id}`,
    ],
    ['throttled', 'ERROR', failed(), allowed, ''],
  ])('%s: %s', (_, status, regions, settings, told) => {
    const [found, ...more] = judged(
      'regions-opted-in',
      { accounts: [soundAccount({ id: SHOP.id, optedIn: regions })] },
      settings,
    );
    expect(more).toEqual([]);
    expect(found).toMatchObject({ status, owner: SHOP.id, subject: SHOP.id });
    expect(found?.detail).toContain(told);
  });

  test('CT-35: regions that are on by default cannot be disabled, so nobody is told to', () => {
    const accounts = [soundAccount({ regions: seen(['eu-west-1', 'us-east-1']) })];
    expect(judged('regions-opted-in', { accounts }, { regions: ['us-east-1'] })).toMatchObject([
      { status: 'PASS' },
    ]);
  });
});
