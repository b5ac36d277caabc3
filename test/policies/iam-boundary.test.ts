import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decide, parsePolicy } from '../../src/sandbox/aws/services/iam-policy.ts';

const FOLDER = join(__dirname, '../../policies/iam');
const document = (name: string) => JSON.parse(readFileSync(join(FOLDER, name), 'utf8'));

/** The boundary of each family's role; what has none of its own shares the first. */
const OWN = ['config', 'containment', 'trail-create', 'trail-retire'];
const boundaryOf = (family: string) => `boundary-${OWN.includes(family) ? family : 'fix'}.json`;

const families = readdirSync(FOLDER).flatMap(
  (name) => /^fix-(?!(?:trail-)?trust)([a-z-]+)\.json$/.exec(name)?.[1] ?? [],
);
const boundaries = readdirSync(FOLDER).filter((name) => name.startsWith('boundary-'));

/** What no role of the bot may ever do, whatever its own policy says; a sample of each kind. */
const NEVER = [
  ['organizations:LeaveOrganization', '*'],
  ['organizations:AttachPolicy', '*'],
  ['kms:ScheduleKeyDeletion', 'arn:aws:kms:eu-west-1:222233334444:key/1'],
  ['kms:DisableKey', 'arn:aws:kms:eu-west-1:222233334444:key/1'],
  ['kms:Decrypt', 'arn:aws:kms:eu-west-1:222233334444:key/1'],
  ['iam:PutRolePolicy', 'arn:aws:iam::222233334444:role/trailwarden-fix-trail'],
  ['iam:DeleteRolePermissionsBoundary', 'arn:aws:iam::222233334444:role/trailwarden-fix-trail'],
  ['iam:UpdateAssumeRolePolicy', 'arn:aws:iam::222233334444:role/trailwarden-bot'],
  ['iam:CreatePolicyVersion', 'arn:aws:iam::222233334444:policy/trailwarden-boundary'],
  ['s3:DeleteObjectVersion', 'arn:aws:s3:::logs/AWSLogs/1'],
  ['s3:GetObject', 'arn:aws:s3:::logs/AWSLogs/1'],
  ['s3:PutObject', 'arn:aws:s3:::logs/AWSLogs/1'],
  ['s3:DeleteBucket', 'arn:aws:s3:::logs'],
  ['s3:BypassGovernanceRetention', 'arn:aws:s3:::logs/AWSLogs/1'],
  ['cloudtrail:DeleteEventDataStore', 'arn:aws:cloudtrail:eu-west-1:1:eventdatastore/1'],
  ['guardduty:DeleteDetector', '*'],
  ['sts:AssumeRole', 'arn:aws:iam::222233334444:role/admin'],
  ['ec2:TerminateInstances', '*'],
] as const;

/** The policy that bounds the roles that fixes make. */
const MADE = 'arn:aws:iam::222233334444:policy/trailwarden-boundary-made-role';

test('there is a boundary for every family, and a family for every boundary of its own', () => {
  expect(families).toContain('trail');
  for (const family of families) expect(boundaries).toContain(boundaryOf(family));
});

test.each(families)('the boundary of %s lets all through that its policy grants', (family) => {
  const boundary = parsePolicy(document(boundaryOf(family)), boundaryOf(family));
  for (const { Action, Resource } of document(`fix-${family}.json`).Statement) {
    for (const action of [Action].flat())
      for (const pattern of [Resource].flat()) {
        const resource = pattern.replaceAll('*', 'x');
        const context = { 'iam:permissionsboundary': MADE };
        const decision = decide([boundary], { action, resource, context });
        expect({ action, decision }).toEqual({ action, decision: 'allowed' });
      }
  }
});

test.each([
  ['iam:CreateUser', 'user/new'],
  ['iam:CreateAccessKey', 'user/alice'],
  ['iam:AttachRolePolicy', 'role/build'],
  ['iam:UpdateAssumeRolePolicy', 'role/build'],
  ['iam:DeleteRolePermissionsBoundary', 'role/build'],
  ['iam:PassRole', 'role/build'],
])('no boundary lets %s through, on whomever', (action, resource) => {
  for (const name of boundaries) {
    // Delivery needs PassRole; the policies of these roles say to which service.
    if (action === 'iam:PassRole' && /-(fix|config)\.json$/.test(name)) continue;
    const asked = { action, resource: `arn:aws:iam::222233334444:${resource}`, context: {} };
    const decision = decide([parsePolicy(document(name), name)], asked);
    expect({ name, allowed: decision === 'allowed' }).toEqual({ name, allowed: false });
  }
});

describe.each(boundaries)('%s', (name) => {
  const boundary = parsePolicy(document(name), name);
  const decided = (action: string, resource: string) =>
    decide([boundary], { action, resource, context: {} });

  test.each(NEVER)('never lets %s through', (action, resource) => {
    expect(decided(action, resource)).not.toBe('allowed');
  });

  test('stops and deletes no trail, but for the role whose only use that is', () => {
    const trail = 'arn:aws:cloudtrail:eu-west-1:222233334444:trail/t';
    const retires = name === 'boundary-trail-retire.json';
    for (const action of ['cloudtrail:StopLogging', 'cloudtrail:DeleteTrail'])
      expect(decided(action, trail) === 'allowed').toBe(retires);
  });
});

describe.each(['logs', 'config'])(
  'whoever takes over the process, with the role of %s',
  (family) => {
    const [policy, boundary] = [`fix-${family}.json`, boundaryOf(family)].map((name) =>
      parsePolicy(document(name), name),
    );
    const may = (action: string, context: { [key: string]: string }) =>
      [policy, boundary].map(
        (one) =>
          one &&
          decide([one], {
            action,
            resource: 'arn:aws:iam::222233334444:role/trailwarden/any',
            context,
          }) === 'allowed',
      );

    test.each([
      ['without a boundary', {}],
      ['under a boundary of another name', { 'iam:permissionsboundary': `${MADE}-2` }],
      [
        'under one that allows everything',
        { 'iam:permissionsboundary': 'arn:aws:iam::aws:policy/AdministratorAccess' },
      ],
    ])(
      'makes and writes no role %s, by the policy alone and by the boundary alone',
      (_, context) => {
        for (const action of ['iam:CreateRole', 'iam:PutRolePolicy'])
          expect(may(action, context)).toEqual([false, false]);
      },
    );

    test('makes roles under the one boundary, and takes them away', () => {
      const context = { 'iam:permissionsboundary': MADE };
      for (const action of ['iam:CreateRole', 'iam:PutRolePolicy'])
        expect(may(action, context)).toEqual([true, true]);
      for (const action of ['iam:DeleteRole', 'iam:DeleteRolePolicy'])
        expect(may(action, {})).toEqual([true, true]);
    });

    test.each([
      'iam:PutRolePermissionsBoundary',
      'iam:DeleteRolePermissionsBoundary',
      'iam:AttachRolePolicy',
      'iam:UpdateAssumeRolePolicy',
      'iam:CreatePolicy',
      'iam:CreatePolicyVersion',
      'iam:SetDefaultPolicyVersion',
    ])('does not get around it by %s', (action) => {
      expect(may(action, { 'iam:permissionsboundary': MADE })).toEqual([false, false]);
    });
  },
);

test('a role that a fix made can deliver to our log groups and list the organization, whatever is written into it', () => {
  const boundary = document('boundary-made-role.json');
  expect(boundary.Statement.flatMap(({ Action }: { Action: string[] }) => Action)).toEqual([
    'logs:CreateLogStream',
    'logs:PutLogEvents',
    'organizations:DescribeOrganization',
    'organizations:ListAWSServiceAccessForOrganization',
    'organizations:ListAccounts',
    'organizations:ListDelegatedAdministrators',
  ]);
  const asked = (resource: string) =>
    decide([parsePolicy(boundary, 'made')], {
      action: 'logs:PutLogEvents',
      resource,
      context: {},
    });
  const groups = 'arn:aws:logs:eu-west-1:222233334444:log-group:';
  expect(asked(`${groups}trailwarden/cloudtrail/own:log-stream:1`)).toBe('allowed');
  expect(asked(`${groups}/aws/lambda/payments:log-stream:1`)).toBe('no-allow');
});
