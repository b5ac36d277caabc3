import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { needs as lookupEvents } from '../../src/aws/evidence/lookup-events.ts';
import { factReaders } from '../../src/aws/facts/index.ts';
import { fixes } from '../../src/aws/fixes/index.ts';
import { READ_SESSION } from '../../src/aws/session.ts';
import { decide, parsePolicy } from '../../src/sandbox/aws/services/iam-policy.ts';

const ROLE = 'arn:aws:iam::666677778888:role/trailwarden-read';

describe('the trust of the read role', () => {
  const trust = parsePolicy(
    JSON.parse(
      text('read-trust.json')
        .replaceAll(/\$\{OrganizationId\}/g, 'o-bora12345')
        .replaceAll(/\$\{ExternalId\}/g, 'trailwarden-sandbox')
        // A trust policy speaks of its own role and names no resource; the evaluator wants to hear of one.
        .replaceAll(/"Action"/g, '"Resource": "*", "Action"'),
    ),
    'read-trust.json',
  );
  const sound = {
    'aws:principalorgid': 'o-bora12345',
    'sts:externalid': 'trailwarden-sandbox',
    'sts:sourceidentity': READ_SESSION.SourceIdentity,
    'sts:rolesessionname': READ_SESSION.RoleSessionName,
  };
  // AWS asks for both, and tells the second of no external id: a statement that wants one for both
  // keeps the bot out of every account (Service Authorization Reference, AWS STS).
  const asked = ({ 'sts:externalid': externalId, ...further }: typeof sound) =>
    [
      { action: 'sts:AssumeRole', context: { ...further, 'sts:externalid': externalId } },
      { action: 'sts:SetSourceIdentity', context: further },
    ].map((request) => decide([trust], { ...request, resource: ROLE }));

  test('lets in the session that the bot opens', () => {
    expect(asked(sound)).toEqual(['allowed', 'allowed']);
  });

  test('names the one principal that may come, never a whole account', () => {
    const { Statement } = JSON.parse(text('read-trust.json'));
    for (const { Principal } of Statement)
      expect(Principal).toEqual({ AWS: expect.stringMatching(/^\$\{BotRoleArn\}$/) });
  });

  test.each([
    ['another organization', { 'aws:principalorgid': 'o-other' }],
    ['another installation', { 'sts:externalid': 'guessed' }],
    ['a session that names somebody else', { 'sts:sourceidentity': 'admin' }],
  ])('keeps out %s', (_, different) => {
    expect(asked({ ...sound, ...different })).toContain('no-allow');
  });
});

const document: { Statement: { Effect: string; Action: string[]; Resource: string }[] } =
  JSON.parse(text('read.json'));
const granted = document.Statement.flatMap(({ Action }) => Action);

test('the read role may do exactly what the readers, the event sources and the re-checks need', () => {
  const needed = new Set([
    ...factReaders.flatMap(({ needs }) => needs),
    ...lookupEvents,
    ...fixes.flatMap(({ needs }) => needs.read),
  ]);
  expect([...granted].sort()).toEqual([...needed].sort());
});

test('nothing is granted twice, by wildcard, or by another effect than Allow', () => {
  expect(new Set(granted).size).toBe(granted.length);
  expect(granted.filter((action) => action.includes('*'))).toEqual([]);
  expect(document.Statement.map(({ Effect }) => Effect)).toEqual(['Allow']);
});

test('it reads: no action changes anything, and none opens the logs themselves', () => {
  for (const action of granted)
    expect(action).toMatch(/^[a-z0-9]+:(Get|List|Describe|Lookup|Select)/);
  expect(granted).not.toContain('s3:GetObject');
});

function text(name: string): string {
  return readFileSync(join(__dirname, '../../policies/iam', name), 'utf8');
}
