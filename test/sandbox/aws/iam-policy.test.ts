import type { Asked } from '../../../src/sandbox/aws/services/iam-conditions.ts';
import { decide, parsePolicy, speakingTo } from '../../../src/sandbox/aws/services/iam-policy.ts';

const TRAIL = 'arn:aws:cloudtrail:ap-northeast-2:111122223333:trail/bora-org-trail';

function asked(difference: Partial<Asked> = {}): Asked {
  return { action: 'cloudtrail:UpdateTrail', resource: TRAIL, context: {}, ...difference };
}

function allow(difference: object) {
  const statement = { Effect: 'Allow', Action: '*', Resource: '*', ...difference };
  return parsePolicy({ Version: '2012-10-17', Statement: statement }, 'a policy');
}

function decisionOn(statement: object, difference: Partial<Asked> = {}) {
  return decide([allow(statement)], asked(difference));
}

test.each([
  ['cloudtrail:UpdateTrail', true],
  ['cloudtrail:Update*', true],
  ['CloudTrail:updatetrail', true],
  ['*', true],
  ['cloudtrail:?pdateTrail', true],
  ['cloudtrail:UpdateTrai', false],
  ['cloudtrail:UpdateTrail.*', false],
  ['xcloudtrail:*', false],
])('the action pattern %s', (Action, allowed) => {
  expect(decisionOn({ Action })).toBe(allowed ? 'allowed' : 'no-allow');
});

test.each([
  [TRAIL, true],
  ['arn:aws:cloudtrail:*:*:trail/*', true],
  ['arn:aws:cloudtrail:*:111122223333:trail/bora-?rg-trail', true],
  [TRAIL.toUpperCase(), false],
  ['arn:aws:cloudtrail:*:999999999999:trail/*', false],
  ['arn:aws:s3:::*', false],
])('the resource pattern %s', (Resource, allowed) => {
  expect(decisionOn({ Resource })).toBe(allowed ? 'allowed' : 'no-allow');
});

test('an action without a resource needs a statement about everything', () => {
  const everywhere = { resource: '*' };
  expect(decisionOn({ Resource: '*' }, everywhere)).toBe('allowed');
  expect(decisionOn({ Resource: TRAIL }, everywhere)).toBe('no-allow');
});

test('NotAction and NotResource mean everything else', () => {
  const policy = parsePolicy(
    { Statement: { Effect: 'Allow', NotAction: 'cloudtrail:*', Resource: '*' } },
    'a policy',
  );
  expect(decide([policy], asked())).toBe('no-allow');
  expect(decide([policy], asked({ action: 's3:GetObject' }))).toBe('allowed');
  const spared = parsePolicy(
    { Statement: { Effect: 'Allow', Action: '*', NotResource: `${TRAIL}*` } },
    'a policy',
  );
  expect(decide([spared], asked())).toBe('no-allow');
  expect(decide([spared], asked({ resource: `x${TRAIL}` }))).toBe('allowed');
});

test('an explicit deny wins over every allow, in whatever order', () => {
  const deny = allow({ Effect: 'Deny', Action: 'cloudtrail:UpdateTrail' });
  expect(decide([allow({}), deny], asked())).toBe('explicit-deny');
  expect(decide([deny, allow({})], asked())).toBe('explicit-deny');
  expect(decide([], asked())).toBe('no-allow');
});

const region = { 'aws:requestedregion': 'eu-west-1' };
const tags = { 'aws:tagkeys': ['tw:plan', 'tw:req'] };
test.each<[string, object, Asked['context'], boolean]>([
  ['StringEquals', { StringEquals: { 'aws:RequestedRegion': ['eu-west-1', 'x'] } }, region, true],
  [
    'StringEquals, other case',
    { StringEquals: { 'aws:RequestedRegion': 'EU-west-1' } },
    region,
    false,
  ],
  ['StringEquals on nothing', { StringEquals: { 'aws:RequestedRegion': 'eu-west-1' } }, {}, false],
  [
    'StringEqualsIfExists on nothing',
    { StringEqualsIfExists: { 'sts:ExternalId': 'x' } },
    {},
    true,
  ],
  ['StringNotEquals', { StringNotEquals: { 'aws:RequestedRegion': 'eu-west-1' } }, region, false],
  ['StringNotEquals on nothing', { StringNotEquals: { 'aws:RequestedRegion': 'x' } }, {}, true],
  ['StringLike', { StringLike: { 'aws:RequestedRegion': 'eu-*' } }, region, true],
  ['StringNotLike', { StringNotLike: { 'aws:RequestedRegion': 'eu-*' } }, region, false],
  ['Bool', { Bool: { 'aws:SecureTransport': true } }, { 'aws:securetransport': 'true' }, true],
  [
    'Bool, the other way',
    { Bool: { 'aws:SecureTransport': 'false' } },
    { 'aws:securetransport': 'true' },
    false,
  ],
  ['Null: absent', { Null: { 'sts:SourceIdentity': 'true' } }, {}, true],
  ['Null: present', { Null: { 'aws:RequestedRegion': false } }, region, true],
  ['Null: must be present', { Null: { 'sts:SourceIdentity': 'false' } }, {}, false],
  [
    'ForAllValues',
    { 'ForAllValues:StringEquals': { 'aws:TagKeys': ['tw:plan', 'tw:req'] } },
    tags,
    true,
  ],
  [
    'ForAllValues, one strange',
    { 'ForAllValues:StringEquals': { 'aws:TagKeys': 'tw:plan' } },
    tags,
    false,
  ],
  [
    'ForAllValues on nothing',
    { 'ForAllValues:StringEquals': { 'aws:TagKeys': 'tw:plan' } },
    {},
    true,
  ],
  ['ForAnyValue', { 'ForAnyValue:StringEquals': { 'aws:TagKeys': 'tw:plan' } }, tags, true],
  [
    'ForAnyValue on nothing',
    { 'ForAnyValue:StringEquals': { 'aws:TagKeys': 'tw:plan' } },
    {},
    false,
  ],
  [
    'two conditions, one unmet',
    { StringEquals: { 'aws:RequestedRegion': 'eu-west-1', 'aws:PrincipalOrgID': 'o-1' } },
    region,
    false,
  ],
])('condition %s', (_, Condition, context, allowed) => {
  expect(decisionOn({ Condition }, { context })).toBe(allowed ? 'allowed' : 'no-allow');
});

test.each<[string, object]>([
  ['an unknown operator', { Condition: { NumericLessThan: { 'aws:TagKeys': '1' } } }],
  ['an unknown key', { Condition: { StringEquals: { 'aws:SourceVpc': 'vpc-1' } } }],
  [
    'a policy variable as value',
    { Condition: { StringEquals: { 'aws:PrincipalArn': `\${aws:x}` } } },
  ],
  ['a policy variable in a resource', { Resource: `arn:aws:s3:::\${aws:username}` }],
])('%s is refused when the policy is read', (_, statement) => {
  expect(() => allow(statement)).toThrow('is not simulated');
});

test.each<[string, object]>([
  ['an unknown effect', { Effect: 'Maybe' }],
  ['an unknown member', { Conditions: {} }],
  ['both Action and NotAction', { NotAction: '*' }],
  ['both Resource and NotResource', { NotResource: '*' }],
])('%s is no policy', (_, statement) => {
  expect(() => allow(statement)).toThrow(
    expect.objectContaining({ code: 'MalformedPolicyDocument' }),
  );
});

test('a resource’s policy speaks to the principals that it names', () => {
  const role = 'arn:aws:iam::111122223333:role/auditor';
  const says = (Principal: unknown) => {
    const heard = speakingTo(allow({ Principal }), '111122223333', [role]);
    return decide([heard], asked()) === 'allowed';
  };
  expect(says('*')).toBe(true);
  expect(says({ AWS: '*' })).toBe(true);
  expect(says({ AWS: ['111122223333'] })).toBe(true);
  expect(says({ AWS: 'arn:aws:iam::111122223333:root' })).toBe(true);
  expect(says({ AWS: role })).toBe(true);
  expect(says({ AWS: 'arn:aws:iam::999999999999:root' })).toBe(false);
  expect(says({ Service: 'cloudtrail.amazonaws.com' })).toBe(false);
  expect(says(undefined)).toBe(false);
});
