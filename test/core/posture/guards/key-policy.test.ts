import { cloudTrailAccess } from '../../../../src/core/posture/guards/key-policy.ts';
import { PolicyDocument } from '../../../../src/core/posture/guards/policy-document.ts';

const ACCOUNT = '111122223333';
const TRAIL = `arn:aws:cloudtrail:us-east-1:${ACCOUNT}:trail/org-trail`;
const ours = {
  trail: TRAIL,
  account: ACCOUNT,
  organization: 'o-sound',
  key: `arn:aws:kms:us-east-1:${ACCOUNT}:key/k`,
};
const CLOUDTRAIL = { Service: 'cloudtrail.amazonaws.com' };
const describing = {
  Effect: 'Allow',
  Principal: CLOUDTRAIL,
  Action: 'kms:DescribeKey',
  Resource: '*',
};
const owner = {
  Effect: 'Allow',
  Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` },
  Action: 'kms:*',
  Resource: '*',
};

function use(Condition: object, differs: object = {}) {
  return {
    Effect: 'Allow',
    Principal: CLOUDTRAIL,
    Action: 'kms:GenerateDataKey*',
    Resource: '*',
    Condition,
    ...differs,
  };
}

test('CT-10: while nobody knows our organization, a key for an organization may be for ours', () => {
  const key = use({ StringEquals: { 'aws:SourceOrgID': 'o-sound' } });
  const policy = PolicyDocument.parse({ Statement: [owner, describing, key] });
  expect(cloudTrailAccess(policy, { ...ours, organization: null })).toBe('confined');
  // Whoever belongs to no organization has none that could be meant.
  expect(cloudTrailAccess(policy, { ...ours, organization: '' })).toBe('refused');
});

function access(...Statement: object[]) {
  return cloudTrailAccess(PolicyDocument.parse({ Statement }), ours);
}

describe('CT-10: a key is confined to its trails by', () => {
  test.each<[string, object]>([
    ['aws:SourceArn', { StringEquals: { 'aws:SourceArn': TRAIL } }],
    ['aws:SourceArn, however it is spelled', { ArnLike: { 'AWS:sourceARN': [TRAIL] } }],
    [
      'the encryption context of the account',
      {
        StringLike: {
          'kms:EncryptionContext:aws:cloudtrail:arn': `arn:aws:cloudtrail:*:${ACCOUNT}:trail/*`,
        },
      },
    ],
    ['the account', { StringEquals: { 'aws:SourceAccount': [ACCOUNT, '999900001111'] } }],
    ['the organization', { StringEquals: { 'aws:SourceOrgID': 'o-sound' } }],
    ['something that we do not know', { StringEquals: { 'aws:NewInTheYear2030': 'x' } }],
    ['an operator that we do not know', { DateLessThan: { 'aws:CurrentTime': '2099-01-01' } }],
  ])('%s', (_, condition) => {
    expect(access(owner, describing, use(condition))).toBe('confined');
  });
});

describe('CT-10: a stranger’s trail may use the key where', () => {
  test.each<[string, object]>([
    ['nothing confines it', {}],
    [
      'the condition names no account',
      {
        StringLike: {
          'kms:EncryptionContext:aws:cloudtrail:arn': 'arn:aws:cloudtrail:*:*:trail/*',
        },
      },
    ],
    ['the condition is one that every call meets', { Bool: { 'aws:SecureTransport': 'true' } }],
    ['only others are kept out', { StringNotEquals: { 'aws:SourceAccount': '999900001111' } }],
  ])('%s', (_, condition) => {
    expect(access(owner, describing, use(condition))).toBe('unconfined');
  });

  test.each<[string, object, object]>([
    [
      'all values of a key that is not there are as they should be',
      { 'ForAllValues:StringEquals': { 'aws:PrincipalOrgID': 'o-sound' } },
      {},
    ],
    ['every service is let in', {}, { Principal: { Service: '*' } }],
  ])('%s', (_, condition, differs) => {
    expect(access(owner, describing, use(condition, differs))).toBe('unconfined');
  });

  test('everybody may use it', () => {
    const everybody = { Effect: 'Allow', Principal: '*', Action: 'kms:*', Resource: '*' };
    expect(access(everybody)).toBe('unconfined');
  });
});

describe('CT-10: CloudTrail is refused where', () => {
  test.each<[string, object[]]>([
    ['the policy speaks only of its own account', [owner]],
    ['it may describe the key and not use it', [owner, describing]],
    ['it may use the key and not describe it', [owner, use({})]],
    [
      'another trail is named',
      [describing, use({ StringEquals: { 'aws:SourceArn': `${TRAIL}-2` } })],
    ],
    [
      'another account is named',
      [describing, use({ StringEquals: { 'aws:SourceAccount': '999900001111' } })],
    ],
    [
      'describing hangs on an encryption context, which only encrypting has',
      [
        use(
          { StringLike: { 'kms:EncryptionContext:aws:cloudtrail:arn': TRAIL } },
          { Action: ['kms:GenerateDataKey*', 'kms:DescribeKey'] },
        ),
      ],
    ],
    [
      'a denial comes on top',
      [
        describing,
        use({ StringEquals: { 'aws:SourceArn': TRAIL } }),
        { Effect: 'Deny', Principal: '*', Action: 'kms:GenerateDataKey*', Resource: '*' },
      ],
    ],
    [
      'a denial of all outside the organization forgets that a service has none',
      [
        describing,
        use({}),
        {
          Effect: 'Deny',
          Principal: '*',
          Action: 'kms:*',
          Resource: '*',
          Condition: { StringNotEquals: { 'aws:PrincipalOrgID': 'o-sound' } },
        },
      ],
    ],
    [
      'another service is meant',
      [describing, use({}, { Principal: { Service: 's3.amazonaws.com' } })],
    ],
    ['another key is meant', [describing, use({}, { Resource: 'arn:aws:kms:us-east-1:1:key/x' })]],
    [
      'the account lets its own people in through S3, as AWS does for its own keys',
      [
        owner,
        {
          Effect: 'Allow',
          Principal: { AWS: '*' },
          Action: ['kms:GenerateDataKey*', 'kms:DescribeKey'],
          Resource: '*',
          Condition: {
            StringEquals: {
              'kms:CallerAccount': ACCOUNT,
              'kms:ViaService': 's3.us-east-1.amazonaws.com',
            },
          },
        },
      ],
    ],
  ])('%s', (_, statements) => {
    expect(access(...statements)).toBe('refused');
  });
});

describe('CT-10: CloudTrail is not refused by a denial', () => {
  const sound = [owner, describing, use({ StringEquals: { 'aws:SourceArn': TRAIL } })];
  test.each<[string, object]>([
    ['that leaves services out', { Bool: { 'aws:PrincipalIsAWSService': 'false' } }],
    [
      'that leaves services out beside the organization',
      {
        StringNotEqualsIfExists: { 'aws:PrincipalOrgID': 'o-sound' },
        BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' },
      },
    ],
    ['of calls without TLS', { Bool: { 'aws:SecureTransport': 'false' } }],
    ['of which we do not know whom it meets', { StringEquals: { 'aws:NewInTheYear2030': 'x' } }],
    ['of calls without a source', { Null: { 'aws:SourceArn': 'true' } }],
  ])('%s', (_, Condition) => {
    const denial = { Effect: 'Deny', Principal: '*', Action: 'kms:*', Resource: '*', Condition };
    expect(access(...sound, denial)).toBe('confined');
  });
});
