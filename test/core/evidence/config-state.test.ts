import fc from 'fast-check';
import { brokenIn, changeBefore } from '../../../src/core/evidence/config-cause.ts';
import { changedMembers } from '../../../src/core/evidence/config-diff.ts';
import type { ConfigItem } from '../../../src/core/evidence/config-item.ts';
import { type Block, byGravity, stateOf } from '../../../src/core/evidence/config-state.ts';
import { changedBy, configTypes, typeOfId } from '../../../src/core/evidence/config-types.ts';
import type { Json, JsonObject } from '../../../src/core/json.ts';

function item(
  more: Partial<ConfigItem> & { configuration?: Json; supplementary?: JsonObject },
): ConfigItem {
  const { configuration = null, supplementary = {}, ...rest } = more;
  return {
    account: '111122223333',
    region: 'eu-west-1',
    resourceType: 'AWS::S3::Bucket',
    resourceId: 'site',
    resourceName: 'site',
    arn: 'arn:aws:s3:::site',
    at: '2026-11-20T00:00:00.000Z',
    deleted: false,
    content: { configuration, supplementaryConfiguration: supplementary, tags: {} },
    ...rest,
  };
}

const policy = (more: object = {}, principal: unknown = '*') => ({
  BucketPolicy: {
    policyText: JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: principal,
          Action: 's3:GetObject',
          Resource: 'arn:aws:s3:::site/*',
          ...more,
        },
      ],
    }),
  },
});
const acl = (grantee: Json) => ({
  AccessControlList: JSON.stringify({ grantList: [{ grantee, permission: 'Read' }] }),
});
const block = (more: Partial<Block>) => ({
  PublicAccessBlockConfiguration: {
    ignorePublicAcls: false,
    restrictPublicBuckets: false,
    ...more,
  },
});
const judged = (supplementary: JsonObject, account: Partial<Block> | null = null) =>
  stateOf(
    'public',
    item({ supplementary }),
    new Map(
      account
        ? [['111122223333', { ignorePublicAcls: false, restrictPublicBuckets: false, ...account }]]
        : [],
    ),
  );

test.each([
  ['no policy, no ACL', {}, null, false],
  ['a policy for everybody', policy(), null, true],
  ['a policy for everybody as AWS', policy({}, { AWS: '*' }), null, true],
  ['a policy for one account', policy({}, { AWS: 'arn:aws:iam::444455556666:root' }), null, false],
  ['a policy that denies everybody', policy({ Effect: 'Deny' }), null, false],
  [
    'a policy with a fixed organization',
    policy({ Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } } }),
    null,
    false,
  ],
  [
    'a policy with a wildcard for a condition',
    policy({ Condition: { StringLike: { 'aws:PrincipalArn': '*' } } }),
    null,
    true,
  ],
  [
    'a policy that asks for TLS only',
    policy({ Condition: { Bool: { 'aws:SecureTransport': 'true' } } }),
    null,
    true,
  ],
  [
    'a policy for the whole Internet',
    policy({ Condition: { IpAddress: { 'aws:SourceIp': '0.0.0.0/0' } } }),
    null,
    true,
  ],
  [
    'a policy for one network',
    policy({ Condition: { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } } }),
    null,
    false,
  ],
  [
    'its own block over a policy',
    { ...policy(), ...block({ restrictPublicBuckets: true }) },
    null,
    false,
  ],
  [
    'the wrong block over a policy',
    { ...policy(), ...block({ ignorePublicAcls: true }) },
    null,
    true,
  ],
  ['the block of its account', policy(), { restrictPublicBuckets: true }, false],
  ['an ACL for everybody', acl('AllUsers'), null, true],
  ['an ACL for all who sign in', acl('AuthenticatedUsers'), null, true],
  ['an ACL for one account', acl({ id: '4444', displayName: null }), null, false],
  [
    'an ACL that is ignored',
    { ...acl('AllUsers'), ...block({ ignorePublicAcls: true }) },
    null,
    false,
  ],
])('%s: public %s', (_, supplementary, account, wrong) => {
  expect(judged(supplementary as JsonObject, account as Partial<Block> | null)?.wrong).toBe(wrong);
});

const group = (rule: JsonObject) =>
  stateOf(
    'open-to-world',
    item({ resourceType: 'AWS::EC2::SecurityGroup', configuration: { ipPermissions: [rule] } }),
    new Map(),
  );

test.each([
  [
    { fromPort: 22, toPort: 22, ipProtocol: 'tcp', ipRanges: ['0.0.0.0/0'] },
    'open to the world: tcp 22',
  ],
  [
    { fromPort: 80, toPort: 90, ipProtocol: 'tcp', ipv4Ranges: [{ cidrIp: '0.0.0.0/0' }] },
    'open to the world: tcp 80-90',
  ],
  [
    { ipProtocol: '-1', ipv6Ranges: [{ cidrIpv6: '::/0' }] },
    'open to the world: every port and protocol',
  ],
  [
    { fromPort: 22, toPort: 22, ipProtocol: 'tcp', ipRanges: ['10.0.0.0/8'] },
    'not open to the world',
  ],
  [
    { fromPort: 22, toPort: 22, ipProtocol: 'tcp', ipRanges: ['0.0.0.0/00'] },
    'not open to the world',
  ],
])('the rule %j: %s', (rule, says) => {
  expect(group(rule as unknown as JsonObject)?.says).toBe(says);
});

test('what cannot be read is neither closed nor open, neither public nor private', () => {
  const rules = item({
    resourceType: 'AWS::EC2::SecurityGroup',
    configuration: { ipPermissions: 'odd' },
  });
  const unread = { wrong: false, unread: true };
  expect(stateOf('open-to-world', rules, new Map())).toMatchObject(unread);
  expect(judged({ BucketPolicy: { policyText: '{"Statement":' } })).toMatchObject(unread);
  expect(judged({ AccessControlList: 'odd' })).toMatchObject(unread);
  expect(judged({ BucketPolicy: { policyText: null } })).toMatchObject({ wrong: false });
  expect(judged({ BucketPolicy: { policyText: null } })).not.toHaveProperty('unread');
});

test('what is wrong comes first, and whole accounts last', () => {
  const state = (resource: string, wrong: boolean, resourceType = 'AWS::S3::Bucket') => ({
    ...{ resourceType, resource, account: '1', region: 'r', says: '', wrong, at: null },
  });
  const sorted = byGravity([
    state('ok', false),
    state('1', true, 'AWS::::Account'),
    state('b', true),
  ]);
  expect(sorted.map(({ resource }) => resource)).toEqual(['b', '1', 'ok']);
});

describe('what changed between two items', () => {
  const with_ = (configuration: Json) => item({ configuration });
  const paths = (before: Json, after: Json) =>
    changedMembers(with_(before), with_(after)).members.map(({ path }) => path);

  test('policies in a text are opened, elements are known by their name, order is no change', () => {
    const statement = (Sid: string, Action: string) => ({ Sid, Action });
    const text = (...list: object[]) => ({ policy: JSON.stringify({ Statement: list }) });
    expect(
      paths(
        text(statement('A', 's3:Get'), statement('B', 's3:Put')),
        text(statement('B', 's3:Put'), statement('A', 's3:*')),
      ),
    ).toEqual(['configuration.policy.Statement.[A].Action']);
    expect(paths({ list: ['a', 'b'] }, { list: ['b', 'a'] })).toEqual([]);
  });

  test('nothing of a deleted resource is left', () => {
    const gone = { ...item({}), deleted: true };
    expect(changedMembers(with_({ a: 1 }), gone).members).toEqual([
      { path: 'configuration.a', before: '1', after: null },
    ]);
  });

  test('what a function runs with is hidden, and that it changed is not', () => {
    const { members } = changedMembers(
      with_({ environment: { variables: { KEY: 'one' } } }),
      with_({ environment: { variables: { KEY: 'two' } } }),
    );
    expect(members).toHaveLength(1);
    expect(JSON.stringify(members)).not.toMatch(/one|two/);
  });

  test('any two contents: no change is told of equal ones, and all of unequal ones are real', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (one, other) => {
        expect(paths(one as Json, structuredClone(one) as Json)).toEqual([]);
        for (const { before, after } of changedMembers(with_(one as Json), with_(other as Json))
          .members)
          expect(before).not.toEqual(after);
      }),
    );
  });
});

describe('when a rule came to be broken', () => {
  const verdict = (at: string, complianceType: string, rule = 'r1') =>
    item({
      at,
      configuration: { complianceType, configRuleList: [{ configRuleName: rule, complianceType }] },
    });
  const states = [
    verdict('2026-11-09T00:00:00Z', 'COMPLIANT'),
    verdict('2026-11-07T00:00:00Z', 'NON_COMPLIANT'),
    verdict('2026-11-06T00:00:00Z', 'NON_COMPLIANT'),
    verdict('2026-11-05T00:00:00Z', 'COMPLIANT'),
  ];

  test('the first of the last run, the state before it, and whether it is mended', () => {
    expect(brokenIn(states, null, '2026-11-30T00:00:00Z')).toEqual({
      at: '2026-11-06T00:00:00Z',
      after: '2026-11-05T00:00:00Z',
      rules: ['r1'],
      still: false,
    });
    expect(brokenIn(states.slice(1), 'r1', '2026-11-30T00:00:00Z')?.still).toBe(true);
  });

  test('another rule, and a time before it, know of none', () => {
    expect(brokenIn(states, 'another', '2026-11-30T00:00:00Z')).toBeNull();
    expect(brokenIn(states, null, '2026-11-05T12:00:00Z')).toBeNull();
  });

  test('the change is the last state by then, with the one before it', () => {
    const kept = ['2026-11-08', '2026-11-05', '2026-11-01'].map((at) =>
      item({ at: `${at}T12:00:00Z` }),
    );
    const broken = brokenIn(states, null, '2026-11-30T00:00:00Z');
    if (!broken) throw new Error('the rule is broken');
    expect(changeBefore(kept, broken)).toMatchObject({
      change: { at: '2026-11-05T12:00:00Z' },
      previous: { at: '2026-11-01T12:00:00Z' },
    });
  });
});

test('ids tell their type, kinds of things tell Config’s, and nothing else does', () => {
  expect(typeOfId('i-0abc1234')).toBe('AWS::EC2::Instance');
  expect(typeOfId('i-0abc123')).toBeNull();
  expect(typeOfId('sun-prod-bucket')).toBeNull();
  expect(configTypes('bucket')).toEqual(['AWS::S3::Bucket']);
  expect(configTypes('AWS::S3::Bucket')).toEqual(['AWS::S3::Bucket']);
  expect(configTypes("AWS::S3::Bucket' OR 'a'='a")).toEqual([]);
});

test('a call tells which resource it changed, as Config calls it', () => {
  const call = (eventSource: string, eventName: string, resources: string[]) =>
    changedBy({ eventSource, eventName, resources } as never);
  expect(call('s3.amazonaws.com', 'PutBucketPolicy', ['arn:aws:s3:::site'])).toMatchObject({
    type: 'AWS::S3::Bucket',
    ids: ['site', 'arn:aws:s3:::site'],
  });
  expect(
    call('cloudtrail.amazonaws.com', 'StopLogging', ['arn:aws:cloudtrail:r:1:trail/t'])?.ids[0],
  ).toBe('arn:aws:cloudtrail:r:1:trail/t');
  expect(call('s3.amazonaws.com', 'PutObject', ['site'])).toBeNull();
  expect(call('iam.amazonaws.com', 'UpdateAssumeRolePolicy', ['deploy'])?.type).toBe(
    'AWS::IAM::Role',
  );
});
