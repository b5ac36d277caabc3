import { addressIn } from '../../../src/core/evidence/address.ts';
import { matches } from '../../../src/core/evidence/match.ts';
import type { JsonObject } from '../../../src/core/json.ts';
import type { Plan } from '../../../src/core/questions/plan.ts';
import { session, soundEvent, soundPlan } from './sound.ts';

const actor = (kind: NonNullable<Plan['actor']>['kind'], value = '') => ({
  actor: { kind, value },
});
const at = (from: string, to: string) => ({ time: { from, to, zone: 'UTC', assumed: false } });

const FITS: [string, Partial<Plan>, JsonObject][] = [
  ['anything', {}, {}],
  ['the event name', { eventNames: ['TerminateInstances'] }, {}],
  [
    'a name whose record has a version',
    { eventNames: ['CreateFunction'] },
    { eventName: 'CreateFunction20150331' },
  ],
  ['a verb where no names are known', { verbs: ['delete'] }, {}],
  ['the instance', { resources: ['i-1', 'i-0dbc91f429e48eeed'] }, {}],
  [
    'an event by its id',
    { shape: 'event', resources: ['0ea6b2d5-51d5-4765-ad83-4db65d506d9c'] },
    {},
  ],
  ['a user by name', actor('name', 'Alice'), {}],
  [
    'a person by the name before the @',
    actor('name', 'bob'),
    { userIdentity: session('ops', 'bob@example.com') },
  ],
  [
    'a person by e-mail',
    actor('email', 'Bob@example.com'),
    { userIdentity: session('ops', 'bob@example.com') },
  ],
  ['a role by name', actor('role', 'ops'), { userIdentity: session('ops', 'bob') }],
  [
    'a role by ARN',
    actor('arn', 'arn:aws:iam::111122223333:role/ops'),
    { userIdentity: session('ops', 'bob') },
  ],
  [
    'a role with a path',
    actor('arn', 'arn:aws:iam::111122223333:role/a/ops'),
    { userIdentity: session('ops', 'bob') },
  ],
  ['a key', actor('access-key', 'AKIAQ7Z1ALICE2KEY3X4'), {}],
  ['a service', actor('service', 'autoscaling'), { sourceIPAddress: 'autoscaling.amazonaws.com' }],
  ['root', actor('root'), { userIdentity: { type: 'Root', arn: 'arn:aws:iam::1:root' } }],
  [
    'an instance',
    actor('instance', 'i-0DBC91f429e48eeed'),
    { userIdentity: session('web', 'i-0dbc91f429e48eeed') },
  ],
  ['the first moment of the window', at('2026-11-20T05:32:07Z', '2026-11-20T06:00:00Z'), {}],
  ['the account', { accounts: ['111122223333'] }, {}],
  ['the region', { regions: ['ap-northeast-2'] }, {}],
  [
    'a user in a region, though users live in none',
    { regions: ['ap-northeast-2'], resourceType: 'iam-user' },
    { eventSource: 'iam.amazonaws.com', awsRegion: 'us-east-1' },
  ],
  ['a denial of EC2', { outcome: 'denied' }, { errorCode: 'Client.UnauthorizedOperation' }],
  ['a denial', { outcome: 'denied' }, { errorCode: 'AccessDeniedException' }],
  ['any failure', { outcome: 'failed' }, { errorCode: 'NoSuchBucket' }],
  ['a network', { addresses: ['203.0.113.0/24'] }, {}],
  ['the command line', { via: ['cli'] }, {}],
  [
    'the console as text',
    { via: ['console'] },
    { sessionCredentialFromConsole: 'true', userAgent: 'AWS Internal' },
  ],
  [
    'CloudFormation',
    { via: ['iac'] },
    { userIdentity: { type: 'AssumedRole', invokedBy: 'cloudformation.amazonaws.com' } },
  ],
  ['writes', { readOnly: false }, {}],
  ['writes by name, where the record does not say', { readOnly: false }, { readOnly: null }],
];
test.each(FITS)('a plan for %s is met', (_, plan, record) => {
  expect(matches(soundPlan(plan), soundEvent(record))).toBe('yes');
});

const MISSES: [string, Partial<Plan>, JsonObject][] = [
  ['another event', { eventNames: ['StopInstances'] }, {}],
  ['another verb', { verbs: ['create'] }, {}],
  ['another instance', { resources: ['i-0dbc91f429e48eee'] }, {}],
  ['another user', actor('name', 'ali'), {}],
  ['a role that only resembles', actor('role', 'op'), { userIdentity: session('ops', 'bob') }],
  [
    'a session of another role',
    actor('arn', 'arn:aws:sts::111122223333:assumed-role/ops/eve'),
    { userIdentity: session('ops', 'bob') },
  ],
  [
    'root, when a service acts as root',
    actor('root'),
    { userIdentity: { type: 'Root', invokedBy: 'x.amazonaws.com' } },
  ],
  ['the moment the window ends', at('2026-11-20T05:00:00Z', '2026-11-20T05:32:07Z'), {}],
  ['another account', { accounts: ['999999999999'] }, {}],
  ['another region', { regions: ['eu-west-1'] }, {}],
  [
    'anything in a region, when it is of no region',
    { regions: ['ap-northeast-2'] },
    { eventSource: 'iam.amazonaws.com', awsRegion: 'us-east-1' },
  ],
  ['success', { outcome: 'ok' }, { errorCode: 'AccessDenied' }],
  ['a denial, when it only failed', { outcome: 'denied' }, { errorCode: 'NoSuchBucket' }],
  ['another network', { addresses: ['203.0.114.0/24'] }, {}],
  [
    'CloudFormation, by the user agent that anybody can send',
    { via: ['iac', 'service'] },
    { userAgent: 'cloudformation.amazonaws.com' },
  ],
];
test.each(MISSES)('a plan for %s is not met', (_, plan, record) => {
  expect(matches(soundPlan(plan), soundEvent(record))).toBe('no');
});

test('a record without a time fits only a window that nobody asked for', () => {
  const undated = soundEvent({ eventTime: null });
  expect(matches(soundPlan(), undated)).toBe('undated');
  const { time } = soundPlan();
  expect(matches(soundPlan({ time: { ...time, assumed: true } }), undated)).toBe('yes');
});

const NESTED = {
  groupId: 'sg-1',
  ipPermissions: {
    items: [
      {
        ipProtocol: 'tcp',
        fromPort: 20,
        toPort: 25,
        ipRanges: { items: [{ cidrIp: '0.0.0.0/0' }] },
      },
    ],
  },
};
const FLAT = {
  groupId: 'sg-1',
  ipProtocol: 'tcp',
  fromPort: '22',
  toPort: '22',
  cidrIp: '10.0.0.0/8',
};
const opened = (request: JsonObject) =>
  soundEvent({ eventName: 'AuthorizeSecurityGroupIngress', requestParameters: request });
const port = (port: number | null, cidr: string | null) =>
  soundPlan({ content: { kind: 'port-open', port, cidr } });

test('an opened port is seen nested and flat, in a range, for every protocol', () => {
  expect(matches(port(22, null), opened(NESTED))).toBe('yes');
  expect(matches(port(22, '0.0.0.0/0'), opened(NESTED))).toBe('yes');
  expect(matches(port(22, null), opened(FLAT))).toBe('yes');
  expect(matches(port(3389, null), opened({ ipProtocol: '-1', cidrIp: '0.0.0.0/0' }))).toBe('yes');
  expect(matches(port(26, null), opened(NESTED))).toBe('no');
  expect(matches(port(22, '0.0.0.0/0'), opened(FLAT))).toBe('no');
});

const wanted = (kind: 'public' | 'shared-external' | 'no-mfa') => soundPlan({ content: { kind } });
const OPEN_POLICY = JSON.stringify({
  Statement: [{ Effect: 'Allow', Principal: '*', Action: 's3:GetObject' }],
});

test.each<[string, 'public' | 'shared-external' | 'no-mfa', JsonObject]>([
  [
    'a snapshot given to another account',
    'shared-external',
    {
      requestParameters: {
        snapshotId: 'snap-1',
        createVolumePermission: { add: { items: [{ userId: '098797384747' }] } },
      },
    },
  ],
  [
    'a database snapshot given to another account',
    'shared-external',
    { requestParameters: { valuesToAdd: ['098797384747'] } },
  ],
  [
    'a role that trusts another account',
    'shared-external',
    {
      requestParameters: {
        assumeRolePolicyDocument:
          '{"Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::193672423079:root"}}]}',
      },
    },
  ],
  [
    'an image for everybody',
    'public',
    { requestParameters: { launchPermission: { add: { items: [{ group: 'all' }] } } } },
  ],
  ['a bucket policy for everybody', 'public', { requestParameters: { bucketPolicy: OPEN_POLICY } }],
  [
    'a block switched off',
    'public',
    {
      eventName: 'PutBucketPublicAccessBlock',
      requestParameters: {
        PublicAccessBlockConfiguration: { BlockPublicAcls: true, BlockPublicPolicy: false },
      },
    },
  ],
  ['a block removed', 'public', { eventName: 'DeleteBucketPublicAccessBlock' }],
  [
    'a port for the world',
    'public',
    { eventName: 'AuthorizeSecurityGroupIngress', requestParameters: NESTED },
  ],
  ['a public ACL', 'public', { requestParameters: { 'x-amz-acl': 'public-read' } }],
  [
    'a sign-in without MFA',
    'no-mfa',
    { eventName: 'ConsoleLogin', additionalEventData: { MFAUsed: 'No' } },
  ],
])('%s is %s', (_, kind, record) => {
  expect(matches(wanted(kind), soundEvent(record))).toBe('yes');
});

test.each<[string, 'public' | 'shared-external' | 'no-mfa', JsonObject]>([
  [
    'a snapshot taken back',
    'shared-external',
    {
      requestParameters: {
        createVolumePermission: { remove: { items: [{ userId: '098797384747' }] } },
      },
    },
  ],
  [
    'a role that trusts its own account',
    'shared-external',
    {
      requestParameters: {
        assumeRolePolicyDocument: '{"Statement":[{"Principal":{"AWS":"111122223333"}}]}',
      },
    },
  ],
  [
    'a role that trusts a service',
    'shared-external',
    {
      requestParameters: {
        assumeRolePolicyDocument: '{"Statement":[{"Principal":{"Service":"ec2.amazonaws.com"}}]}',
      },
    },
  ],
  [
    'a policy that denies everybody',
    'public',
    { requestParameters: { bucketPolicy: '{"Statement":[{"Effect":"Deny","Principal":"*"}]}' } },
  ],
  [
    'a block switched on',
    'public',
    {
      eventName: 'PutBucketPublicAccessBlock',
      requestParameters: { PublicAccessBlockConfiguration: { BlockPublicAcls: true } },
    },
  ],
  [
    'a sign-in with MFA',
    'no-mfa',
    { eventName: 'ConsoleLogin', additionalEventData: { MFAUsed: 'Yes' } },
  ],
])('%s is not %s', (_, kind, record) => {
  expect(matches(wanted(kind), soundEvent(record))).toBe('no');
});

test.each([
  ['203.0.113.10', '203.0.113.10', true],
  ['203.0.113.10', '203.0.113.11', false],
  ['203.0.113.130', '203.0.113.128/25', true],
  ['203.0.113.10', '203.0.113.128/25', false],
  ['2001:db8::1', '2001:db8::/32', true],
  ['2001:db9::1', '2001:db8::/32', false],
  ['209.209.254.999', '209.209.254.999', true],
  ['ec2.amazonaws.com', '10.0.0.0/8', false],
  ['10.0.0.1', '10.0.0.0/99', false],
])('%s in %s: %p', (address, range, expected) => {
  expect(addressIn(address, range)).toBe(expected);
});
