import { policyGaps } from '../../../../src/core/posture/guards/log-bucket-policy.ts';
import type { Surroundings } from '../../../../src/core/posture/guards/own-sources.ts';
import { PolicyDocument } from '../../../../src/core/posture/guards/policy-document.ts';

const BUCKET = 'arn:aws:s3:::logs';
const OWNER = '222233334444';
const MEMBER = '444455556666';
const TRAIL = `arn:aws:cloudtrail:us-east-1:${MEMBER}:trail/audit`;

const around: Surroundings = {
  bucketArn: BUCKET,
  owner: OWNER,
  organization: 'o-abcdefghij',
  accounts: new Set([OWNER, MEMBER]),
  breakGlassRoles: ['break-glass'],
};

const tls = {
  Effect: 'Deny',
  Principal: '*',
  Action: 's3:*',
  Resource: [BUCKET, `${BUCKET}/*`],
  Condition: { Bool: { 'aws:SecureTransport': 'false' } },
};
const write = {
  Effect: 'Allow',
  Principal: { Service: 'cloudtrail.amazonaws.com' },
  Action: 's3:PutObject',
  Resource: `${BUCKET}/AWSLogs/*`,
};

/** What is wrong with a policy of these statements, over TLS only. */
function gaps(...statements: object[]): string[] {
  return policyGaps(PolicyDocument.parse({ Statement: [tls, ...statements] }), around);
}

function confined(Condition: object): string[] {
  return gaps({ ...write, Condition });
}

test('no policy, and one without the deny, let requests without TLS in', () => {
  expect(policyGaps(null, around)).toEqual(['plain-http-allowed']);
  const half = { ...tls, Resource: `${BUCKET}/*` };
  expect(policyGaps(PolicyDocument.parse({ Statement: half }), around)).toEqual([
    'plain-http-allowed',
  ]);
  expect(gaps()).toEqual([]);
});

describe('CT-20: CloudTrail writes for us only where the statement says for whom', () => {
  test.each<[string, object]>([
    ['the ARN of a trail', { StringEquals: { 'aws:SourceArn': TRAIL } }],
    ['ARNs of several trails', { ArnLike: { 'aws:SourceArn': [TRAIL, `${TRAIL}-2`] } }],
    [
      'all trails of an account',
      { StringLike: { 'AWS:sourceArn': `arn:aws:cloudtrail:*:${MEMBER}:trail/*` } },
    ],
    ['an account', { StringEquals: { 'aws:SourceAccount': MEMBER } }],
    ['the organization', { StringEquals: { 'aws:SourceOrgID': 'o-abcdefghij' } }],
    [
      'a path of the organization',
      { 'ForAnyValue:StringLike': { 'aws:SourceOrgPaths': 'o-abcdefghij/r-1/*' } },
    ],
  ])('%s', (_, condition) => {
    expect(confined(condition)).toEqual([]);
  });

  test.each<[string, object]>([
    ['nothing at all', {}],
    ['only the ACL', { StringEquals: { 's3:x-amz-acl': 'bucket-owner-full-control' } }],
    [
      'trails of every account',
      { StringLike: { 'aws:SourceArn': 'arn:aws:cloudtrail:*:*:trail/*' } },
    ],
    ['any source', { StringLike: { 'aws:SourceArn': '*' } }],
    ['any organization', { StringLike: { 'aws:SourceOrgID': 'o-*' } }],
    ['another organization', { StringEquals: { 'aws:SourceOrgID': 'o-zzzzzzzzzz' } }],
    [
      'a trail of an account that is none of ours',
      { StringEquals: { 'aws:SourceArn': TRAIL.replace(MEMBER, '999999999999') } },
    ],
    [
      'a trail of ours or of a stranger',
      { StringEquals: { 'aws:SourceAccount': [MEMBER, '999999999999'] } },
    ],
    ['a source if there is one', { StringEqualsIfExists: { 'aws:SourceArn': TRAIL } }],
    ['everybody but one trail', { StringNotEquals: { 'aws:SourceArn': TRAIL } }],
    ['an empty list', { StringEquals: { 'aws:SourceArn': [] } }],
  ])('not by %s', (_, condition) => {
    expect(confined(condition)).toEqual(['cloudtrail.amazonaws.com (source-not-confined)']);
  });

  const perimeter = {
    Effect: 'Deny',
    Principal: '*',
    Action: 's3:*',
    Resource: [BUCKET, `${BUCKET}/*`],
    Condition: {
      StringNotEqualsIfExists: { 'aws:SourceOrgID': 'o-abcdefghij', 'aws:SourceAccount': MEMBER },
      Null: { 'aws:SourceAccount': 'false' },
      Bool: { 'aws:PrincipalIsAWSService': 'true' },
    },
  };

  test('a deny of services that act for strangers says the same (data perimeter)', () => {
    expect(gaps(write, perimeter)).toEqual([]);
  });

  test.each<[string, object]>([
    ['of one other thing only', { ...perimeter, Action: 's3:GetObject' }],
    ['of one principal only', { ...perimeter, Principal: { AWS: MEMBER } }],
    [
      'that lets a stranger past',
      {
        ...perimeter,
        Condition: { StringNotEquals: { 'aws:SourceAccount': [MEMBER, '999999999999'] } },
      },
    ],
    [
      'of organizations only, which an account of none does not have',
      {
        ...perimeter,
        Condition: {
          StringNotEqualsIfExists: { 'aws:SourceOrgID': 'o-abcdefghij' },
          Null: { 'aws:SourceOrgID': 'false' },
        },
      },
    ],
    [
      'in one region only',
      {
        ...perimeter,
        Condition: { ...perimeter.Condition, StringEquals: { 'aws:RequestedRegion': 'us-east-1' } },
      },
    ],
    [
      'without any condition about us',
      { ...perimeter, Condition: { Bool: { 'aws:PrincipalIsAWSService': 'true' } } },
    ],
  ])('but not a deny %s', (_, statement) => {
    expect(gaps(write, statement)).toEqual(['cloudtrail.amazonaws.com (source-not-confined)']);
  });

  test('any account will do while nobody knows which are ours', () => {
    const stranger = { StringEquals: { 'aws:SourceAccount': '999999999999' } };
    const document = PolicyDocument.parse({ Statement: [tls, { ...write, Condition: stranger }] });
    expect(policyGaps(document, { ...around, accounts: null, organization: '' })).toEqual([]);
  });
});

describe('CT-20: nobody else may write, delete or reconfigure', () => {
  const stranger = { AWS: 'arn:aws:iam::999999999999:root' };

  test.each<[string, object, string[]]>([
    [
      'a stranger writes',
      { ...write, Principal: stranger },
      ['arn:aws:iam::999999999999:root (may-write)'],
    ],
    [
      'a stranger may do all',
      { ...write, Principal: stranger, Action: 's3:*' },
      ['may-write', 'may-delete', 'may-reconfigure'].map((what) => `${stranger.AWS} (${what})`),
    ],
    [
      'all but reading, by NotAction',
      { ...write, Principal: stranger, Action: undefined, NotAction: ['s3:Get*', 's3:Put*'] },
      ['may-delete', 'may-reconfigure'].map((what) => `${stranger.AWS} (${what})`),
    ],
    ['everybody writes', { ...write, Principal: '*' }, ['* (may-write)']],
    [
      'everybody but one writes',
      { ...write, Principal: undefined, NotPrincipal: stranger },
      ['* (may-write)'],
    ],
    [
      'everybody in the organization writes, which is everybody',
      {
        ...write,
        Principal: '*',
        Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-abcdefghij' } },
      },
      ['* (may-write)'],
    ],
    [
      'a role of the owner deletes',
      {
        ...write,
        Principal: { AWS: `arn:aws:iam::${OWNER}:role/ops` },
        Action: 's3:DeleteObject*',
      },
      [`arn:aws:iam::${OWNER}:role/ops (may-delete)`],
    ],
    [
      'a service may delete',
      {
        ...write,
        Action: 's3:DeleteObject',
        Condition: { StringEquals: { 'aws:SourceAccount': MEMBER } },
      },
      ['cloudtrail.amazonaws.com (may-delete)'],
    ],
    [
      'a lifecycle may be changed',
      { ...write, Principal: stranger, Action: 's3:putlifecycleconfiguration', Resource: BUCKET },
      [`${stranger.AWS} (may-reconfigure)`],
    ],
    [
      'a stranger calls a role of its own break-glass',
      { ...write, Principal: { AWS: 'arn:aws:iam::999999999999:role/break-glass' } },
      ['arn:aws:iam::999999999999:role/break-glass (may-write)'],
    ],
    [
      'everybody who calls a role break-glass',
      {
        ...write,
        Principal: '*',
        Condition: { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/break-glass' } },
      },
      ['* (may-write)'],
    ],
    [
      'a canonical user writes',
      { ...write, Principal: { CanonicalUser: 'abc' } },
      ['abc (may-write)'],
    ],
  ])('%s', (_, statement, expected) => {
    expect(gaps(statement)).toEqual(expected);
  });

  test.each<[string, object]>([
    [
      'a stranger reads',
      { ...write, Principal: stranger, Action: ['s3:GetObject', 's3:ListBucket'] },
    ],
    [
      'the owner, whose own policies decide',
      { ...write, Principal: { AWS: OWNER }, Action: 's3:*' },
    ],
    ['the owner by its root', { ...write, Principal: { AWS: `arn:aws:iam::${OWNER}:root` } }],
    [
      'a break-glass role',
      { ...write, Principal: { AWS: `arn:aws:iam::${MEMBER}:role/break-glass` }, Action: 's3:*' },
    ],
    [
      'everybody who is a break-glass role of ours, by account',
      {
        ...write,
        Principal: '*',
        Action: 's3:*',
        Condition: { ArnLike: { 'aws:PrincipalArn': `arn:aws:iam::${MEMBER}:role/break-glass` } },
      },
    ],
    [
      'everybody who is a break-glass role of ours, by organization',
      {
        ...write,
        Principal: '*',
        Action: 's3:*',
        Condition: {
          ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/break-glass' },
          StringEquals: { 'aws:PrincipalOrgID': 'o-abcdefghij' },
        },
      },
    ],
  ])('but %s', (_, statement) => {
    expect(gaps(statement)).toEqual([]);
  });

  test('what another statement denies to everybody is not allowed', () => {
    const deny = {
      Effect: 'Deny',
      Principal: '*',
      Action: 's3:PutObject',
      Resource: `${BUCKET}/*`,
    };
    expect(gaps({ ...write, Principal: stranger }, deny)).toEqual([]);
  });
});
