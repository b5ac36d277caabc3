import { holds } from '../../../src/core/evidence/content.ts';
import { matches, NOTHING_KNOWN } from '../../../src/core/evidence/match.ts';
import { sharedWith } from '../../../src/core/evidence/sharing.ts';
import type { JsonObject } from '../../../src/core/json.ts';
import type { Plan } from '../../../src/core/questions/plan.ts';
import { soundEvent, soundPlan } from './sound.ts';

type Content = NonNullable<Plan['content']>;
type Row = [what: string, record: JsonObject];

const OURS = { accounts: ['111122223333', '444455556666'] };
const told = (content: Content, record: JsonObject, known = OURS) =>
  holds(content, soundEvent({ responseElements: null, requestParameters: null, ...record }), known);

const sg = (eventName: string, requestParameters: JsonObject, more: JsonObject = {}) => ({
  eventName,
  requestParameters,
  ...more,
});
const rule = (differs: JsonObject = {}) => ({
  items: [
    {
      ipProtocol: 'tcp',
      fromPort: 22,
      toPort: 22,
      ipRanges: { items: [{ cidrIp: '0.0.0.0/0' }] },
      ...differs,
    },
  ],
});

describe('ports', () => {
  const ssh: Content = { kind: 'port-open', port: 22, cidr: '0.0.0.0/0' };

  test.each<Row>([
    ['a nested rule', sg('AuthorizeSecurityGroupIngress', { ipPermissions: rule() })],
    [
      'a flat rule',
      sg('AuthorizeSecurityGroupIngress', {
        cidrIp: '0.0.0.0/0',
        fromPort: 22,
        toPort: 22,
        ipProtocol: 'tcp',
        ipPermissions: {},
      }),
    ],
    [
      'a range of ports around it',
      sg('AuthorizeSecurityGroupIngress', { ipPermissions: rule({ fromPort: 0, toPort: 1024 }) }),
    ],
    [
      'every protocol',
      sg('AuthorizeSecurityGroupIngress', {
        ipPermissions: rule({ ipProtocol: '-1', fromPort: -1, toPort: -1 }),
      }),
    ],
    [
      'everybody of IPv6',
      sg('AuthorizeSecurityGroupIngress', {
        ipPermissions: rule({ ipRanges: {}, ipv6Ranges: { items: [{ cidrIpv6: '::/0' }] } }),
      }),
    ],
    [
      'a rule that was modified',
      sg('ModifySecurityGroupRules', {
        ModifySecurityGroupRulesRequest: {
          SecurityGroupRule: {
            SecurityGroupRule: {
              IpProtocol: 'tcp',
              FromPort: 22,
              ToPort: 22,
              CidrIpv4: '0.0.0.0/0',
            },
          },
        },
      }),
    ],
    [
      'ports as text',
      sg('AuthorizeSecurityGroupIngress', {
        ipPermissions: rule({ fromPort: '22', toPort: '22' }),
      }),
    ],
    [
      'a refused attempt, which its outcome tells apart',
      sg(
        'AuthorizeSecurityGroupIngress',
        { ipPermissions: rule() },
        { errorCode: 'Client.UnauthorizedOperation' },
      ),
    ],
  ])('%s opens 22', (_, record) => {
    expect(told(ssh, record)).toBe(true);
  });

  test.each<Row>([
    [
      'another port',
      sg('AuthorizeSecurityGroupIngress', { ipPermissions: rule({ fromPort: 443, toPort: 443 }) }),
    ],
    [
      '2222',
      sg('AuthorizeSecurityGroupIngress', {
        ipPermissions: rule({ fromPort: 2222, toPort: 2222 }),
      }),
    ],
    [
      'an office',
      sg('AuthorizeSecurityGroupIngress', {
        ipPermissions: rule({ ipRanges: { items: [{ cidrIp: '203.0.113.0/24' }] } }),
      }),
    ],
    [
      'another group',
      sg('AuthorizeSecurityGroupIngress', {
        ipPermissions: rule({ ipRanges: {}, groups: { items: [{ groupId: 'sg-2' }] } }),
      }),
    ],
    [
      'a type of ICMP of that number',
      sg('AuthorizeSecurityGroupIngress', {
        ipPermissions: rule({ ipProtocol: 'icmp', fromPort: 22, toPort: -1 }),
      }),
    ],
    ['a revoked rule', sg('RevokeSecurityGroupIngress', { ipPermissions: rule() })],
    ['an outbound rule', sg('AuthorizeSecurityGroupEgress', { ipPermissions: rule() })],
    [
      'a call whose parameters were lost',
      sg('AuthorizeSecurityGroupIngress', null as unknown as JsonObject),
    ],
  ])('%s does not', (_, record) => {
    expect(told(ssh, record)).toBe(false);
  });

  test('an outbound rule opens its port outwards, where outbound rules alone are asked for', () => {
    const outbound = soundEvent(sg('AuthorizeSecurityGroupEgress', { ipPermissions: rule() }));
    const plan = (...eventNames: string[]) =>
      matches(soundPlan({ eventNames, content: ssh }), outbound);
    expect(plan('AuthorizeSecurityGroupEgress', 'ModifySecurityGroupRules')).toBe('yes');
    expect(plan('AuthorizeSecurityGroupIngress', 'AuthorizeSecurityGroupEgress')).toBe('no');
  });

  test('a revoked rule closes its port, whether the request or the answer names it', () => {
    const closed: Content = { kind: 'port-close', port: 22, cidr: null };
    expect(told(closed, sg('RevokeSecurityGroupIngress', { ipPermissions: rule() }))).toBe(true);
    const byId = sg('RevokeSecurityGroupIngress', {
      securityGroupRuleIds: { items: [{ securityGroupRuleId: 'sgr-1' }] },
    });
    const answer = {
      revokedSecurityGroupRuleSet: {
        items: [{ ipProtocol: 'tcp', fromPort: 22, toPort: 22, cidrIpv4: '0.0.0.0/0' }],
      },
    };
    expect(told(closed, { ...byId, responseElements: answer })).toBe(true);
    expect(told(closed, sg('AuthorizeSecurityGroupIngress', { ipPermissions: rule() }))).toBe(
      false,
    );
    expect(told({ ...closed, port: 443 }, { ...byId, responseElements: answer })).toBe(false);
  });
});

/** A bucket's policy with one statement; `as` says how the record writes it. */
const bucket = (
  statement: JsonObject,
  as: 'object' | 'text' | 'encoded' = 'object',
): JsonObject => {
  const document: JsonObject = {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: '*', ...statement }],
  };
  const text = JSON.stringify(document);
  const bucketPolicy = as === 'object' ? document : as === 'text' ? text : encodeURIComponent(text);
  return {
    eventName: 'PutBucketPolicy',
    eventSource: 's3.amazonaws.com',
    requestParameters: { bucketName: 'b', bucketPolicy },
  };
};

describe('public', () => {
  const open: Content = { kind: 'public' };

  test.each<Row>([
    ['a policy for everybody', bucket({ Principal: '*' })],
    ['the same as text', bucket({ Principal: '*' }, 'text')],
    ['the same, percent-encoded', bucket({ Principal: { AWS: '*' } }, 'encoded')],
    [
      'everybody in a list',
      bucket({ Principal: { AWS: ['arn:aws:iam::111122223333:root', '*'] } }),
    ],
    ['everybody but one', bucket({ NotPrincipal: { AWS: 'arn:aws:iam::111122223333:user/a' } })],
    [
      'everybody over TLS',
      bucket({ Principal: '*', Condition: { Bool: { 'aws:SecureTransport': 'true' } } }),
    ],
    [
      'everybody but a network',
      bucket({ Principal: '*', Condition: { NotIpAddress: { 'aws:SourceIp': '203.0.113.0/24' } } }),
    ],
    [
      'every address',
      bucket({ Principal: '*', Condition: { IpAddress: { 'aws:SourceIp': '0.0.0.0/0' } } }),
    ],
    [
      'an organization if there is one',
      bucket({
        Principal: '*',
        Condition: { StringEqualsIfExists: { 'aws:PrincipalOrgID': 'o-1' } },
      }),
    ],
    [
      'any organization',
      bucket({ Principal: '*', Condition: { StringLike: { 'aws:PrincipalOrgID': '*' } } }),
    ],
    [
      'a public list of access',
      {
        eventName: 'PutBucketAcl',
        requestParameters: { bucketName: 'b', 'x-amz-acl': ['public-read'] },
      },
    ],
    [
      'a grant for all users',
      {
        eventName: 'PutBucketAcl',
        requestParameters: {
          'x-amz-grant-read': 'uri="http://acs.amazonaws.com/groups/global/AllUsers"',
        },
      },
    ],
    [
      'a grant for all users, as a document',
      {
        eventName: 'PutBucketAcl',
        requestParameters: {
          AccessControlPolicy: {
            AccessControlList: {
              Grant: [
                {
                  Grantee: { URI: 'http://acs.amazonaws.com/groups/global/AllUsers' },
                  Permission: 'READ',
                },
              ],
            },
          },
        },
      },
    ],
    [
      'the block of a bucket taken away',
      { eventName: 'DeleteBucketPublicAccessBlock', requestParameters: { bucketName: 'b' } },
    ],
    [
      'the block of an account switched off in part',
      {
        eventName: 'PutAccountPublicAccessBlock',
        requestParameters: {
          PublicAccessBlockConfiguration: {
            BlockPublicAcls: true,
            IgnorePublicAcls: true,
            BlockPublicPolicy: false,
            RestrictPublicBuckets: true,
          },
        },
      },
    ],
    [
      'the block of snapshots taken away',
      { eventName: 'DisableSnapshotBlockPublicAccess', requestParameters: {} },
    ],
    [
      'a snapshot for all',
      {
        eventName: 'ModifySnapshotAttribute',
        requestParameters: { createVolumePermission: { add: { items: [{ group: 'all' }] } } },
      },
    ],
    [
      'an image for all',
      {
        eventName: 'ModifyImageAttribute',
        requestParameters: { launchPermission: { add: { items: [{ group: 'all' }] } } },
      },
    ],
    [
      'a database snapshot for all',
      {
        eventName: 'ModifyDBSnapshotAttribute',
        requestParameters: { attributeName: 'restore', valuesToAdd: ['all'] },
      },
    ],
    [
      'a document for all',
      { eventName: 'ModifyDocumentPermission', requestParameters: { accountIdsToAdd: ['all'] } },
    ],
    [
      'a database with a public address',
      { eventName: 'ModifyDBInstance', requestParameters: { publiclyAccessible: true } },
    ],
    [
      'a function with an open URL',
      { eventName: 'CreateFunctionUrlConfig', requestParameters: { authType: 'NONE' } },
    ],
    [
      'a function for everybody',
      {
        eventName: 'AddPermission20150331v2',
        requestParameters: { principal: '*', action: 'lambda:InvokeFunctionUrl' },
      },
    ],
    [
      'a registry for everybody',
      {
        eventName: 'SetRepositoryPolicy',
        requestParameters: {
          policyText: '{"Statement":[{"Effect":"Allow","Principal":"*","Action":"ecr:*"}]}',
        },
      },
    ],
    [
      'a topic for everybody',
      {
        eventName: 'SetTopicAttributes',
        requestParameters: {
          attributeName: 'Policy',
          attributeValue:
            '{"Statement":{"Effect":"Allow","Principal":{"AWS":"*"},"Action":"sns:Publish"}}',
        },
      },
    ],
    [
      'a queue for everybody',
      {
        eventName: 'SetQueueAttributes',
        requestParameters: {
          attributes: {
            Policy: '{"Statement":[{"Effect":"Allow","Principal":"*","Action":"sqs:*"}]}',
          },
        },
      },
    ],
    [
      'a key for everybody',
      {
        eventName: 'PutKeyPolicy',
        requestParameters: {
          policy:
            '{"Statement":[{"Effect":"Allow","Principal":{"AWS":"*"},"Action":"kms:*","Resource":"*"}]}',
        },
      },
    ],
    [
      'a search domain for everybody',
      {
        eventName: 'UpdateDomainConfig',
        requestParameters: {
          accessPolicies:
            '{"Statement":[{"Effect":"Allow","Principal":{"AWS":"*"},"Action":"es:*"}]}',
        },
      },
    ],
    [
      'a cluster with an open endpoint',
      {
        eventName: 'UpdateClusterConfig',
        eventSource: 'eks.amazonaws.com',
        requestParameters: { resourcesVpcConfig: { endpointPublicAccess: true } },
      },
    ],
    [
      'a group open to the world',
      sg('AuthorizeSecurityGroupIngress', { ipPermissions: rule({ fromPort: 443, toPort: 443 }) }),
    ],
  ])('%s', (_, record) => {
    expect(told(open, record)).toBe(true);
  });

  test.each<Row>([
    ['a policy that denies everybody', bucket({ Effect: 'Deny', Principal: '*' })],
    [
      'everybody of an organization',
      bucket({ Principal: '*', Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } } }),
    ],
    [
      'everybody of a network',
      bucket({ Principal: '*', Condition: { StringEquals: { 'aws:SourceVpce': 'vpce-1' } } }),
    ],
    ['one account', bucket({ Principal: { AWS: 'arn:aws:iam::444455556666:root' } })],
    ['a service', bucket({ Principal: { Service: 'cloudtrail.amazonaws.com' } })],
    [
      'a private list of access',
      { eventName: 'PutBucketAcl', requestParameters: { 'x-amz-acl': ['private'] } },
    ],
    [
      'a snapshot taken back from all',
      {
        eventName: 'ModifySnapshotAttribute',
        requestParameters: { createVolumePermission: { remove: { items: [{ group: 'all' }] } } },
      },
    ],
    [
      'a database snapshot taken back',
      { eventName: 'ModifyDBSnapshotAttribute', requestParameters: { valuesToRemove: ['all'] } },
    ],
    [
      'a database made private',
      { eventName: 'ModifyDBInstance', requestParameters: { publiclyAccessible: false } },
    ],
    [
      'a function whose URL asks who calls',
      { eventName: 'CreateFunctionUrlConfig', requestParameters: { authType: 'AWS_IAM' } },
    ],
    [
      'a function for everybody of an organization',
      {
        eventName: 'AddPermission20150331v2',
        requestParameters: { principal: '*', principalOrgID: 'o-1' },
      },
    ],
    [
      'a cluster with an endpoint for an office',
      {
        eventName: 'CreateCluster',
        eventSource: 'eks.amazonaws.com',
        requestParameters: {
          resourcesVpcConfig: { endpointPublicAccess: true, publicAccessCidrs: ['203.0.113.0/24'] },
        },
      },
    ],
    [
      'a policy that is read',
      { eventName: 'GetBucketPolicy', requestParameters: { bucketName: 'b' } },
    ],
    [
      'a policy that is broken text',
      {
        eventName: 'PutBucketPolicy',
        requestParameters: { bucketPolicy: '{"Statement":[{"Effect":"Allow","Principal":"*"' },
      },
    ],
  ])('%s is not', (_, record) => {
    expect(told(open, record)).toBe(false);
  });
});

describe('shared outside the organization', () => {
  const outside: Content = { kind: 'shared-external' };
  const trust = (principal: JsonObject) => ({
    eventName: 'UpdateAssumeRolePolicy',
    eventSource: 'iam.amazonaws.com',
    requestParameters: {
      roleName: 'OrgAdmin',
      policyDocument: encodeURIComponent(
        JSON.stringify({
          Statement: [{ Effect: 'Allow', Principal: principal, Action: 'sts:AssumeRole' }],
        }),
      ),
    },
  });

  test.each<[what: string, record: JsonObject, whom: string[]]>([
    [
      'a role that trusts a stranger',
      trust({ AWS: 'arn:aws:iam::999900001111:root' }),
      ['999900001111'],
    ],
    ['a role that trusts a bare account', trust({ AWS: '999900001111' }), ['999900001111']],
    [
      'a policy for an account in a condition',
      bucket({
        Principal: '*',
        Condition: { StringEquals: { 'aws:PrincipalAccount': '999900001111' } },
      }),
      ['999900001111'],
    ],
    [
      'a share of RAM',
      { eventName: 'CreateResourceShare', requestParameters: { principals: ['999900001111'] } },
      ['999900001111'],
    ],
    [
      'a grant of a key',
      {
        eventName: 'CreateGrant',
        requestParameters: { granteePrincipal: 'arn:aws:iam::999900001111:role/x' },
      },
      ['999900001111'],
    ],
    [
      'a topic by permission',
      {
        eventName: 'AddPermission',
        eventSource: 'sns.amazonaws.com',
        requestParameters: { aWSAccountId: ['999900001111'] },
      },
      ['999900001111'],
    ],
    [
      'a cluster snapshot',
      {
        eventName: 'AuthorizeSnapshotAccess',
        requestParameters: { accountWithRestoreAccess: '999900001111' },
      },
      ['999900001111'],
    ],
    ['everybody', bucket({ Principal: '*' }), ['all']],
  ])('%s', (_, record, whom) => {
    expect(told(outside, record)).toBe(true);
    expect(sharedWith(soundEvent(record))).toEqual(whom);
  });

  test.each<Row>([
    ['an account of the organization', trust({ AWS: 'arn:aws:iam::444455556666:root' })],
    ['the account itself', trust({ AWS: 'arn:aws:iam::111122223333:root' })],
    ['a service', trust({ Service: 'lambda.amazonaws.com' })],
    ['a provider of its own', trust({ Federated: 'arn:aws:iam::111122223333:saml-provider/okta' })],
    [
      'a share taken back',
      {
        eventName: 'DisassociateResourceShare',
        requestParameters: { principals: ['999900001111'] },
      },
    ],
    [
      'a permission taken back',
      { eventName: 'RemovePermission', requestParameters: { aWSAccountId: ['999900001111'] } },
    ],
    [
      'a stranger who is denied',
      bucket({ Effect: 'Deny', Principal: { AWS: 'arn:aws:iam::999900001111:root' } }),
    ],
  ])('%s is not', (_, record) => {
    expect(told(outside, record)).toBe(false);
  });

  test('where the accounts are not known, every other account counts', () => {
    const record = trust({ AWS: 'arn:aws:iam::444455556666:root' });
    expect(holds(outside, soundEvent(record), NOTHING_KNOWN)).toBe(true);
  });
});

describe('every right', () => {
  const admin: Content = { kind: 'admin-grant' };
  const attach = (policyArn: string, eventName = 'AttachUserPolicy') => ({
    eventName,
    eventSource: 'iam.amazonaws.com',
    requestParameters: { userName: 'bob', policyArn },
  });
  const put = (statement: JsonObject, eventName = 'PutRolePolicy') => ({
    eventName,
    eventSource: 'iam.amazonaws.com',
    requestParameters: {
      roleName: 'r',
      policyDocument: JSON.stringify({
        Statement: { Effect: 'Allow', Resource: '*', ...statement },
      }),
    },
  });

  test.each<Row>([
    ['AdministratorAccess', attach('arn:aws:iam::aws:policy/AdministratorAccess')],
    [
      'AdministratorAccess of another partition',
      attach('arn:aws-cn:iam::aws:policy/AdministratorAccess', 'AttachRolePolicy'),
    ],
    [
      'all of IAM, with which one gives oneself the rest',
      attach('arn:aws:iam::aws:policy/IAMFullAccess'),
    ],
    [
      'a permission set',
      {
        eventName: 'AttachManagedPolicyToPermissionSet',
        eventSource: 'sso.amazonaws.com',
        requestParameters: { managedPolicyArn: 'arn:aws:iam::aws:policy/AdministratorAccess' },
      },
    ],
    [
      'a cluster',
      {
        eventName: 'AssociateAccessPolicy',
        eventSource: 'eks.amazonaws.com',
        requestParameters: {
          policyArn: 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy',
        },
      },
    ],
    ['a document of everything', put({ Action: '*' })],
    [
      'everything in a list',
      put({ Action: ['s3:GetObject', '*:*'], Resource: ['arn:aws:s3:::b', '*'] }),
    ],
    ['everything but one action', put({ NotAction: 'organizations:*' })],
    ['all of IAM in a document', put({ Action: 'iam:*' }, 'CreatePolicyVersion')],
  ])('%s', (_, record) => {
    expect(told(admin, record)).toBe(true);
  });

  test.each<Row>([
    [
      'a policy taken away',
      attach('arn:aws:iam::aws:policy/AdministratorAccess', 'DetachUserPolicy'),
    ],
    [
      'a policy whose name only begins so',
      attach('arn:aws:iam::111122223333:policy/AdministratorAccessReadOnly'),
    ],
    ['power without IAM', attach('arn:aws:iam::aws:policy/PowerUserAccess')],
    ['everything but IAM', put({ NotAction: ['iam:*', 'organizations:*'] })],
    ['everything denied', put({ Effect: 'Deny', Action: '*' })],
    ['everything on one bucket', put({ Action: '*', Resource: 'arn:aws:s3:::b' })],
    ['all of one service', put({ Action: 's3:*' })],
    [
      'the policy of a key, which speaks of the key',
      put({ Action: '*', Principal: { AWS: 'arn:aws:iam::111122223333:root' } }, 'PutKeyPolicy'),
    ],
    [
      'an allow and a deny in two statements',
      {
        eventName: 'PutRolePolicy',
        requestParameters: {
          policyDocument: JSON.stringify({
            Statement: [
              { Effect: 'Allow', Action: 's3:*', Resource: '*' },
              { Effect: 'Deny', Action: '*', Resource: '*' },
            ],
          }),
        },
      },
    ],
  ])('%s is not', (_, record) => {
    expect(told(admin, record)).toBe(false);
  });
});

test('a database deleted without a last snapshot', () => {
  const last: Content = { kind: 'no-final-snapshot' };
  const remove = (skipFinalSnapshot: JsonObject[string]) => ({
    eventName: 'DeleteDBInstance',
    requestParameters: { dBInstanceIdentifier: 'orders', skipFinalSnapshot },
  });
  expect(told(last, remove(true))).toBe(true);
  expect(told(last, remove('true'))).toBe(true);
  expect(told(last, remove(false))).toBe(false);
  expect(
    told(last, {
      eventName: 'DeleteDBInstance',
      requestParameters: { dBInstanceIdentifier: 'orders' },
    }),
  ).toBe(false);
});
