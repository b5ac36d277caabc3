import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fixes } from '../../src/aws/fixes/index.ts';
import { writeOf } from '../../src/aws/fixes/writes/index.ts';
import { needs as session } from '../../src/aws/session.ts';
import { decide, parsePolicy } from '../../src/sandbox/aws/services/iam-policy.ts';

type Statement = { Effect: string; Action: string[]; Resource?: string | string[] };

const bot = document('bot.json');
const read = document('read.json');
/** Of the configuration's `aws.fixRoles`. */
const FAMILIES = [
  'config',
  'containment',
  'lake',
  'log-bucket',
  'log-key',
  'logs',
  'network',
  'trail',
  'trail-create',
  'trail-retire',
];
const families = [...new Set(fixes.flatMap(({ writes }) => Object.keys(writes)))];

test('the bot by itself may do exactly what opening a session needs, on the read role and the fix roles', () => {
  expect(actionsOf(bot)).toEqual([...session.bot].sort());
  expect(bot.Statement.flatMap(({ Resource }) => Resource)).toEqual([
    'arn:aws:iam::*:role/trailwarden-read',
    ...FAMILIES.map((family) => `arn:aws:iam::*:role/trailwarden-fix-${family}`),
  ]);
  expect(FAMILIES).toEqual(expect.arrayContaining(families));
});

test.each(families)(
  'the fix role of the family %s may do exactly what its fixes need',
  (family) => {
    const needed = fixes.flatMap(({ writes, passesRole = [] }) => [
      ...(writes[family] ?? []).flatMap((api) => writeOf(api).actions),
      ...(passesRole.includes(family) ? ['iam:PassRole'] : []),
    ]);
    expect(actionsOf(document(`fix-${family}.json`))).toEqual([...new Set(needed)].sort());
  },
);

/** What CloudTrail itself asks of whoever creates a trail of an organization. */
const ASKED_BY_CLOUDTRAIL = [
  'iam:GetRole',
  'organizations:DescribeOrganization',
  'organizations:ListAWSServiceAccessForOrganization',
];

/** What Config asks in the name of whoever makes an aggregator of an organization. */
const ASKED_BY_CONFIG = ['organizations:ListDelegatedAdministrators'];
const ASKED_BY: { [family: string]: string[] } = {
  'trail-create': ASKED_BY_CLOUDTRAIL,
  config: ASKED_BY_CONFIG,
};

test.each(families)('the fix role of the family %s grants no pattern and no reading', (family) => {
  const granted = actionsOf(document(`fix-${family}.json`));
  const own = ASKED_BY[family] ?? [];
  for (const action of granted.filter((one) => !own.includes(one))) {
    expect(action).toMatch(/^[a-z0-9]+:(?!Get|List|Describe)[A-Z][A-Za-z]+$/);
  }
});

const ASKED_BY_SERVICES = [...ASKED_BY_CLOUDTRAIL, ...ASKED_BY_CONFIG];

test('the read role may do what the fixes read, and nothing that they change', () => {
  const allowed = actionsOf(read);
  for (const { needs, writes } of fixes) {
    expect(allowed).toEqual(expect.arrayContaining(needs.read));
    for (const api of Object.values(writes).flat())
      for (const action of writeOf(api).actions.filter((one) => !ASKED_BY_SERVICES.includes(one)))
        expect(allowed).not.toContain(action);
  }
});

describe('the trust of the fix role', () => {
  const document = JSON.parse(
    text('fix-trust.json')
      .replaceAll(/\$\{BotRoleArn\}/g, 'arn:aws:iam::333344445555:role/trailwarden-bot')
      .replaceAll(/\$\{OrganizationId\}/g, 'o-bora12345')
      .replaceAll(/\$\{ExternalId\}/g, 'trailwarden-sandbox'),
  );
  // A trust policy speaks of its own role and names no resource; the evaluator wants to hear of one.
  const Statement = document.Statement.map((each: object) => ({ ...each, Resource: '*' }));
  const trust = parsePolicy({ ...document, Statement }, 'fix-trust.json');
  const sound = {
    'aws:principalorgid': 'o-bora12345',
    'sts:externalid': 'trailwarden-sandbox',
    'sts:sourceidentity': 'tw-fix-1',
    'sts:rolesessionname': 'tw-0a1b2c3d-4e5f6a7b',
    'aws:tagkeys': ['tw:plan', 'tw:req', 'tw:appr'],
    'aws:requesttag/tw:plan': '0a1b',
    'aws:requesttag/tw:req': 'U01ALICE',
    'aws:requesttag/tw:appr': 'U03MINA',
  };

  // Each of the three is asked for by itself when a session with a source and tags is opened.
  const actions = ['sts:AssumeRole', 'sts:SetSourceIdentity', 'sts:TagSession'];

  test('lets in the session of a plan', () => {
    expect(actions.map((action) => asked(action, sound))).toEqual(actions.map(() => 'allowed'));
  });

  test.each([
    ['another organization', { 'aws:principalorgid': 'o-other' }],
    ['another installation', { 'sts:externalid': 'guessed' }],
    ['no external id', { 'sts:externalid': undefined }],
    ['a session that names no fix', { 'sts:sourceidentity': undefined }],
    ['a session that is named after somebody else', { 'sts:sourceidentity': 'admin' }],
    ['a session name of its own choice', { 'sts:rolesessionname': 'admin' }],
    ['a session without its plan', { 'aws:requesttag/tw:plan': undefined }],
    ['a session without its approver', { 'aws:requesttag/tw:appr': undefined }],
    ['a session with further tags', { 'aws:tagkeys': ['tw:plan', 'tw:req', 'tw:appr', 'admin'] }],
  ])('keeps out %s', (_, different) => {
    const answers = actions.map((action) => asked(action, { ...sound, ...different }));
    expect(answers).toContain('no-allow');
  });

  test('names the one principal that may come, never a whole account', () => {
    const { Statement } = JSON.parse(text('fix-trust.json'));
    for (const { Principal } of Statement) {
      expect(Principal).toEqual({ AWS: expect.stringMatching(/^\$\{BotRoleArn\}$/) });
    }
    expect(Statement.map(({ Action }: { Action: string }) => Action)).toEqual(session.bot);
  });

  function asked(action: string, facts: { [key: string]: string | string[] | undefined }) {
    const known = Object.entries(facts).filter(
      (fact): fact is [string, string | string[]] => fact[1] !== undefined,
    );
    return decide([trust], {
      action,
      resource: 'arn:aws:iam::666677778888:role/trailwarden-fix-trail',
      context: Object.fromEntries(known),
    });
  }
});

function document(name: string): { Statement: Statement[] } {
  return JSON.parse(text(name));
}

function text(name: string): string {
  return readFileSync(join(__dirname, '../../policies/iam', name), 'utf8');
}

function actionsOf({ Statement }: { Statement: Statement[] }): string[] {
  expect(Statement.every(({ Effect }) => Effect === 'Allow')).toBe(true);
  return Statement.flatMap(({ Action }) => Action).sort();
}
