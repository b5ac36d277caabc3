import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { knowledgeReaders } from '../../src/aws/evidence/knowledge.ts';
import { needs as lake } from '../../src/aws/evidence/lake.ts';
import { needs as lookupEvents } from '../../src/aws/evidence/lookup-events.ts';
import { needs as people } from '../../src/aws/evidence/people.ts';
import { factReaders } from '../../src/aws/facts/index.ts';
import { needs as guards } from '../../src/aws/fixes/guards.ts';
import { fixes } from '../../src/aws/fixes/index.ts';
import { needs as logBucket } from '../../src/aws/log-bucket.ts';
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

const document: {
  Statement: { Sid: string; Effect: string; Action: string[]; Resource: string }[];
} = JSON.parse(text('read.json'));
const granted = document.Statement.flatMap(({ Action }) => Action);

test('the read role may do exactly what the readers, the event sources and the re-checks need', () => {
  const needed = new Set([
    ...factReaders.flatMap(({ needs }) => needs),
    ...lookupEvents,
    ...knowledgeReaders.flatMap(({ needs }) => needs),
    ...lake,
    ...people,
    ...logBucket,
    ...fixes.flatMap(({ needs }) => needs.read),
    ...guards,
  ]);
  expect([...granted].sort()).toEqual([...needed].sort());
});

test('nothing is granted twice, by wildcard, or by another effect than Allow', () => {
  expect(new Set(granted).size).toBe(granted.length);
  expect(granted.filter((action) => action.includes('*'))).toEqual([]);
  expect(new Set(document.Statement.map(({ Effect }) => Effect))).toEqual(new Set(['Allow']));
});

test('it reads: no action changes anything', () => {
  // A pattern is tried on what the call brings along, and nothing is kept.
  // Lake's queries can only select, whatever IAM calls their start (query-limitations of its guide).
  const others = ['kms:Decrypt', 'cloudtrail:StartQuery', 'logs:TestMetricFilter'];
  for (const action of granted.filter((one) => !others.includes(one)))
    expect(action).toMatch(/^[a-z0-9-]+:(BatchGet|Get|List|Describe|Lookup|Select)/);
});

describe('of what stands in buckets the read role sees', () => {
  const policy = parsePolicy(document, 'read.json');
  const may = (action: string, resource: string, context = {}) =>
    decide([policy], { action, resource, context });
  const files =
    'arn:aws:s3:::logs/AWSLogs/o-bora12345/444455556666/CloudTrail/eu-west-1/2026/11/22';
  const trail = 'arn:aws:cloudtrail:eu-west-1:111122223333:trail/all';

  test.each([
    ['log files of trails', `${files}/a.json.gz`, 'allowed'],
    ['… under a prefix', `arn:aws:s3:::logs/p/${files.slice(18)}/a.json.gz`, 'allowed'],
    [
      'what other services log',
      'arn:aws:s3:::logs/AWSLogs/444455556666/Config/a.json.gz',
      'no-allow',
    ],
    ['anything else', 'arn:aws:s3:::customers/a.json', 'no-allow'],
  ])('%s: %s is %s', (_, resource, decision) => {
    expect(may('s3:GetObject', resource)).toBe(decision);
  });

  test('it lists nothing but the folders of log files', () => {
    const list = (prefix: string) =>
      may('s3:ListBucket', 'arn:aws:s3:::logs', { 's3:prefix': prefix });
    expect(list('AWSLogs/o-bora12345/')).toBe('allowed');
    expect(list('p/AWSLogs/')).toBe('allowed');
    expect(list('')).toBe('no-allow');
    expect(list('customers/')).toBe('no-allow');
  });

  test('it decrypts what a trail encrypted, and nothing else', () => {
    const open = (context: object) => may('kms:Decrypt', 'arn:aws:kms:eu-west-1:1:key/k', context);
    expect(open({ 'kms:encryptioncontext:aws:cloudtrail:arn': trail })).toBe('allowed');
    expect(open({})).toBe('no-allow');
  });
});

function text(name: string): string {
  return readFileSync(join(__dirname, '../../policies/iam', name), 'utf8');
}
