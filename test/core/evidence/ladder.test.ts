import type { CloudTrailEvent } from '../../../src/core/evidence/event.ts';
import { copyToFollow, type Issued, personBehind } from '../../../src/core/evidence/person.ts';
import { type IdentityUser, type Users, userKey } from '../../../src/core/evidence/users.ts';
import type { JsonObject } from '../../../src/core/json.ts';
import type { Reading } from '../../../src/core/reading.ts';
import { session, soundEvent } from './sound.ts';

const KEY = 'ASIAQ7Z1SESSION2KEY3';
const STORE = 'arn:aws:identitystore::111122223333:identitystore/d-9067642ac7';
const ALICE = { userId: '9067642ac7-aaaa', identityStoreArn: STORE };
const NOBODY: Issued = new Map();

/** A call that handed out the key of `session`. */
function opening(eventName: string, userIdentity: JsonObject, more: JsonObject = {}) {
  return soundEvent({
    eventID: '11111111-51d5-4765-ad83-4db65d506d9c',
    eventTime: '2026-11-20T05:30:00Z',
    eventSource: 'sts.amazonaws.com',
    eventName,
    userIdentity,
    requestParameters: { roleArn: 'arn:aws:iam::111122223333:role/ops' },
    responseElements: { credentials: { accessKeyId: KEY } },
    ...more,
  });
}

const issued = (...events: CloudTrailEvent[]): Issued => new Map([[KEY, { events, gaps: [] }]]);
const inStore = (looked: Reading<IdentityUser | null>): Users =>
  new Map([[userKey(ALICE), looked]]);
const named: IdentityUser = {
  userId: ALICE.userId,
  name: 'alice@bora.example',
  displayName: 'Alice',
  email: null,
  readAt: '2026-11-22T09:00:00Z',
};

const RESERVED = 'AWSReservedSSO_Engineer_9f1e2d3c4b5a6978';
const center = (more: JsonObject = {}) =>
  session(RESERVED, 'bob@bora.example', {
    sessionContext: {
      sessionIssuer: {
        type: 'Role',
        arn: `arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/${RESERVED}`,
      },
      attributes: { creationDate: '2026-11-20T05:30:00Z' },
    },
    ...more,
  });
const root = (more: JsonObject = {}) => ({
  type: 'Root',
  arn: 'arn:aws:iam::111122223333:root',
  accountId: '111122223333',
  accessKeyId: KEY,
  sessionContext: { assumedRoot: 'true', attributes: { creationDate: '2026-11-20T05:30:00Z' } },
  ...more,
});
const github = {
  type: 'WebIdentityUser',
  userName: 'repo:bora/shop:ref:refs/heads/main',
  identityProvider: 'arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com',
};
const federated = (provider: string) =>
  session('ci-deployer', 'GitHubActions', {
    sessionContext: {
      webIdFederationData: {
        federatedProvider: `arn:aws:iam::111122223333:oidc-provider/${provider}`,
      },
      attributes: { creationDate: '2026-11-20T05:30:00Z' },
    },
  });
const pod = (tags: [string, string][]) =>
  opening(
    'AssumeRole',
    { type: 'AWSService', invokedBy: 'pods.eks.amazonaws.com' },
    {
      requestParameters: {
        roleArn: 'arn:aws:iam::111122223333:role/ops',
        tags: tags.map(([key, value]) => ({ key, value })),
      },
    },
  );

type Case = { by: JsonObject; links?: Issued; users?: Users; more?: JsonObject };
test.each<[string, Case, string, string, RegExp]>([
  [
    'somebody of Identity Center whose sign-in is at hand',
    {
      by: center(),
      links: issued(
        opening('AssumeRoleWithSAML', { type: 'SAMLUser', userName: 'bob@bora.example' }),
      ),
    },
    'bob@bora.example',
    'proven-chain',
    /signed in over SAML$/,
  ],
  [
    'somebody of Identity Center whose sign-in is not',
    { by: center() },
    'bob@bora.example',
    'declared',
    /^Identity Center, AWSReservedSSO_Engineer/,
  ],
  [
    'a role that only calls itself reserved',
    {
      by: session(RESERVED, 'bob', {
        sessionContext: { sessionIssuer: { arn: `arn:aws:iam::1:role/${RESERVED}` } },
      }),
    },
    'bob',
    'session-name-only',
    /was not found/,
  ],
  [
    'a user of the identity store by id',
    {
      by: { type: 'IdentityCenterUser', onBehalfOf: ALICE },
      users: inStore({ seen: named }),
    },
    'alice@bora.example',
    'declared',
    /user 9067642ac7-aaaa of identity store d-9067642ac7 is alice@bora.example \(read 2026/,
  ],
  [
    'a user who has left the identity store',
    { by: { type: 'IdentityCenterUser', onBehalfOf: ALICE }, users: inStore({ seen: null }) },
    ALICE.userId,
    'unresolved',
    /the user 9067642ac7-aaaa is no longer in the identity store d-9067642ac7$/,
  ],
  [
    'a user of a store that may not be read',
    {
      by: { type: 'IdentityCenterUser', onBehalfOf: ALICE },
      users: inStore({ unseen: { kind: 'denied', reason: 'AccessDeniedException: no' } }),
    },
    ALICE.userId,
    'declared',
    /could not be read: AccessDeniedException: no$/,
  ],
  [
    'a sign-in of Identity Center before July 2025',
    {
      by: { type: 'Unknown', userName: 'bob@bora.example' },
      more: { eventSource: 'sso.amazonaws.com', eventName: 'Federate' },
    },
    'bob@bora.example',
    'direct',
    /^Identity Center$/,
  ],
  [
    'a type that nobody knows, elsewhere',
    { by: { type: 'Unknown', userName: 'bob' } },
    'bob',
    'unresolved',
    /names no access key/,
  ],
  [
    'a CI run',
    { by: github },
    'repo:bora/shop:ref:refs/heads/main',
    'service',
    /CI run of repository bora\/shop, ref:refs\/heads\/main \(token of token.actions/,
  ],
  [
    'a CI run behind a session named GitHubActions',
    {
      by: federated('token.actions.githubusercontent.com'),
      links: issued(opening('AssumeRoleWithWebIdentity', github)),
    },
    'repo:bora/shop:ref:refs/heads/main',
    'service',
    /who started it is known there, not in AWS$/,
  ],
  [
    'a CI run of which only the provider is known',
    { by: federated('token.actions.githubusercontent.com') },
    'ci-deployer',
    'service',
    /which one stands in the AssumeRoleWithWebIdentity/,
  ],
  [
    'a service account of Kubernetes',
    {
      by: {
        type: 'WebIdentityUser',
        userName: 'system:serviceaccount:shop:cart',
        identityProvider: 'arn:aws:iam::1:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/E1',
      },
    },
    'system:serviceaccount:shop:cart',
    'service',
    /service account cart of namespace shop/,
  ],
  [
    'a person with a token of Google',
    {
      by: {
        type: 'WebIdentityUser',
        userName: '1234',
        identityProvider: 'accounts.google.com',
      },
    },
    '1234',
    'direct',
    /token of accounts.google.com/,
  ],
  [
    'a pod, by the tags that EKS set',
    {
      by: session('cart', 'eks-shop-cart-7d9f-0a1b2c3d-1111-2222-3333-444455556666'),
      links: issued(
        pod([
          ['eks-cluster-name', 'shop'],
          ['kubernetes-namespace', 'shop'],
          ['kubernetes-service-account', 'cart'],
          ['kubernetes-pod-name', 'cart-7d9f'],
        ]),
      ),
    },
    'system:serviceaccount:shop:cart',
    'service',
    /EKS Pod Identity: service account cart of namespace shop in cluster shop, pod cart-7d9f/,
  ],
  [
    'a pod of which EKS set no tags',
    { by: session('cart', 'x'), links: issued(pod([])) },
    'pods.eks.amazonaws.com',
    'service',
    /AWS service$/,
  ],
  [
    'a session that is only named like a pod',
    { by: session('cart', 'eks-shop-cart-7d9f-0a1b2c3d-1111-2222-3333-444455556666') },
    'cart',
    'unresolved',
    /named like a pod of EKS, which the record does not confirm$/,
  ],
  [
    'a session that is only named like an instance',
    { by: session('web', 'i-0dbc91f429e48eeed') },
    'web',
    'unresolved',
    /named like an EC2 instance, which the record does not confirm$/,
  ],
  ['a session of Granted', { by: session('ops', 'gntd-abc') }, 'ops', 'unresolved', /Granted/],
  [
    'a session that only claims to be CloudFormation',
    { by: session('ops', 'AWSCloudFormation') },
    'ops',
    'unresolved',
    /name that a service gives, which the record does not confirm$/,
  ],
  [
    'CloudFormation with a role of its own',
    { by: session('cfn', 'AWSCloudFormation', { invokedBy: 'cloudformation.amazonaws.com' }) },
    'cloudformation.amazonaws.com',
    'service',
    /AWS service/,
  ],
  [
    'CloudFormation with the session of a person',
    {
      by: session('ops', 'bob', { invokedBy: 'cloudformation.amazonaws.com' }),
      links: issued(opening('AssumeRole', { type: 'IAMUser', userName: 'carol' })),
    },
    'carol',
    'proven-chain',
    /IAM user/,
  ],
  [
    'a federated session whose opening is at hand',
    {
      by: {
        type: 'FederatedUser',
        arn: 'arn:aws:sts::1:federated-user/guest',
        accessKeyId: KEY,
        sessionContext: { sessionIssuer: { type: 'IAMUser', arn: 'arn:aws:iam::1:user/dave' } },
      },
      links: issued(opening('GetFederationToken', { type: 'IAMUser', userName: 'dave' })),
    },
    'dave',
    'proven-chain',
    /← IAM user/,
  ],
  [
    'an IAM user with a session token',
    { by: { type: 'IAMUser', userName: 'dave', accessKeyId: KEY } },
    'dave',
    'direct',
    /^IAM user/,
  ],
  [
    'root that somebody of the management account assumed',
    {
      by: root(),
      links: issued(opening('AssumeRoot', { type: 'IAMUser', userName: 'erin' })),
    },
    'erin',
    'proven-chain',
    /IAM user/,
  ],
  [
    'root that nobody knows who assumed',
    { by: root() },
    'root',
    'unresolved',
    /assumed by whoever called AssumeRoot/,
  ],
  [
    'root itself, signed in to the console',
    { by: root({ sessionContext: { attributes: {} } }) },
    'root',
    'direct',
    /^root user of 111122223333$/,
  ],
])('%s', (_, { by, links = NOBODY, users, more }, name, proof, says) => {
  const event = soundEvent({ userIdentity: by, ...more });
  const person = personBehind(event, links, users);
  expect([person.name, person.proof]).toEqual([name, proof]);
  expect(person.chain.join(' ← ')).toMatch(says);
  expect(person.chainKo).toHaveLength(person.chain.length);
});

test('a sign-in at Identity Center that fits is told, and proves no more than it does', () => {
  const event = soundEvent({ userIdentity: center() });
  const signIn = (more: JsonObject = {}, by: JsonObject = { userName: 'bob@bora.example' }) =>
    soundEvent({
      eventID: '33333333-51d5-4765-ad83-4db65d506d9c',
      eventTime: '2026-11-20T05:29:58Z',
      eventSource: 'sso.amazonaws.com',
      eventName: 'GetRoleCredentials',
      recipientAccountId: '999999999999',
      userIdentity: { type: 'IdentityCenterUser', ...by },
      requestParameters: null,
      serviceEventDetails: { account_id: '111122223333', role_name: 'Engineer' },
      ...more,
    });
  const beside = (one: CloudTrailEvent, users?: Users) =>
    personBehind(event, issued(one), users).chain.slice(1);
  expect(personBehind(event, issued(signIn())).proof).toBe('declared');
  expect(beside(signIn())).toEqual([
    expect.stringMatching(/^GetRoleCredentials .* fits: .*no key/),
  ]);
  const byId = signIn({}, { onBehalfOf: ALICE });
  const bob = { ...named, name: 'bob@bora.example' };
  expect(beside(byId, inStore({ seen: bob }))).toHaveLength(1);
  expect(beside(byId, inStore({ seen: named }))).toEqual([]);
  expect(beside(byId)).toEqual([]);
  for (const other of [
    { serviceEventDetails: { account_id: '111122223333', role_name: 'Admin' } },
    { serviceEventDetails: { account_id: '444455556666', role_name: 'Engineer' } },
    { eventTime: '2026-11-20T05:10:00Z' },
    { eventTime: '2026-11-20T05:45:00Z' },
    { errorCode: 'AccessDenied' },
    { eventName: 'ListAccounts' },
  ])
    expect(beside(signIn(other))).toEqual([]);
});

test('a call that reached another account’s thing is followed to the account that made it', () => {
  const shared = { sharedEventID: '99999999-51d5-4765-ad83-4db65d506d9c' };
  const there = soundEvent({
    ...shared,
    eventName: 'PutKeyPolicy',
    userIdentity: { type: 'AWSAccount', accountId: '131313131313', principalId: 'AIDAX' },
  });
  const here = soundEvent({
    ...shared,
    eventID: '22222222-51d5-4765-ad83-4db65d506d9c',
    recipientAccountId: '131313131313',
    eventName: 'PutKeyPolicy',
    userIdentity: { type: 'IAMUser', userName: 'frank' },
  });
  const link = copyToFollow(there);
  expect(link).toBe(shared.sharedEventID);
  const known: Issued = new Map([[link ?? '', { events: [there, here], gaps: [] }]]);
  expect(personBehind(there, known)).toMatchObject({ name: 'frank', proof: 'proven-chain' });
  const alone = personBehind(there, NOBODY);
  expect(alone.proof).toBe('unresolved');
  expect(alone.chain.at(-1)).toContain('the record of account 131313131313');
});

test('several callers who would have been handed one key prove nothing', () => {
  const event = soundEvent({ userIdentity: session('ops', 'bob') });
  const by = (name: string, eventID: string) =>
    opening('AssumeRole', { type: 'IAMUser', arn: `arn:aws:iam::1:user/${name}` }, { eventID });
  const two = [by('carol', 'a'), by('dave', 'b')];
  const person = personBehind(event, issued(...two));
  expect(person).toMatchObject({ name: 'bob', proof: 'session-name-only' });
  expect(person.chain.at(-1)).toContain('several different calls');
  expect(personBehind(event, issued(...two.toReversed()))).toEqual(person);
});

test('a declared identity outlasts the chain, and yields to a person at its end', () => {
  const by = session('ops', 'bob', { sessionContext: { sourceIdentity: 'erin' } });
  const event = soundEvent({ userIdentity: by });
  expect(personBehind(event, NOBODY)).toMatchObject({ name: 'erin', proof: 'declared' });
  const next = session('first', 'x', { accessKeyId: 'ASIAQ7Z1OTHER2KEY3X4' });
  expect(personBehind(event, issued(opening('AssumeRole', next)))).toMatchObject({
    name: 'erin',
    proof: 'declared',
  });
  const person = { type: 'IAMUser', userName: 'carol' };
  expect(personBehind(event, issued(opening('AssumeRole', person)))).toMatchObject({
    name: 'carol',
    proof: 'proven-chain',
  });
});
