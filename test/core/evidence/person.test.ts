import fc from 'fast-check';
import type { CloudTrailEvent } from '../../../src/core/evidence/event.ts';
import {
  copyToFollow,
  HOP_LIMIT,
  type Issued,
  issuedKeyOf,
  keyToFollow,
  personBehind,
} from '../../../src/core/evidence/person.ts';
import type { Gap, Issuing } from '../../../src/core/evidence/source.ts';
import type { JsonObject } from '../../../src/core/json.ts';
import { session, soundEvent } from './sound.ts';

/** Somebody assumes a role and is handed the key of `session`. */
function assuming(userIdentity: JsonObject, difference: JsonObject = {}): CloudTrailEvent {
  return soundEvent({
    eventID: '11111111-51d5-4765-ad83-4db65d506d9c',
    eventTime: '2026-11-20T05:30:00Z',
    eventSource: 'sts.amazonaws.com',
    eventName: 'AssumeRole',
    userIdentity,
    requestParameters: { roleArn: 'arn:aws:iam::111122223333:role/ops', roleSessionName: 'bob' },
    responseElements: {
      credentials: { accessKeyId: 'ASIAQ7Z1SESSION2KEY3' },
      assumedRoleUser: { arn: 'arn:aws:sts::111122223333:assumed-role/ops/bob' },
    },
    ...difference,
  });
}

const issuedBy = (...events: CloudTrailEvent[]): Issued => {
  const issued = new Map<string, Issuing>();
  for (const event of events) {
    const key = issuedKeyOf(event) ?? '';
    issued.set(key, { events: [...(issued.get(key)?.events ?? []), event], gaps: [] });
  }
  return issued;
};
const NONE: Issued = new Map();
const USER = {
  type: 'IAMUser',
  arn: 'arn:aws:iam::111122223333:user/carol',
  userName: 'carol',
  accountId: '111122223333',
};
const SSO = {
  type: 'AssumedRole',
  arn: 'arn:aws:sts::131313131313:assumed-role/AWSReservedSSO_Engineer_9f1e2d3c4b5a6978/bob@bora.example',
  accountId: '131313131313',
  accessKeyId: 'ASIAQ7Z1IDENTITY2KEY',
  sessionContext: {
    sessionIssuer: {
      arn: 'arn:aws:iam::131313131313:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Engineer_9f1e2d3c4b5a6978',
    },
  },
};

test.each<[string, JsonObject, string, string]>([
  ['an IAM user', USER, 'carol', 'direct'],
  [
    'a user known by ARN only',
    { type: 'IAMUser', arn: 'arn:aws:iam::1:user/team/dave' },
    'dave',
    'direct',
  ],
  ['root', { type: 'Root', arn: 'arn:aws:iam::1:root' }, 'root', 'direct'],
  ['a user without a type', { arn: 'arn:aws:iam::1:user/dave' }, 'dave', 'direct'],
  [
    'a federated session of a user',
    {
      type: 'FederatedUser',
      arn: 'arn:aws:sts::1:federated-user/guest',
      sessionContext: { sessionIssuer: { type: 'IAMUser', arn: 'arn:aws:iam::1:user/dave' } },
    },
    'dave',
    'direct',
  ],
  [
    'a service',
    { type: 'AWSService', invokedBy: 'config.amazonaws.com' },
    'config.amazonaws.com',
    'service',
  ],
  [
    'a workload with a token',
    { type: 'WebIdentityUser', userName: 'repo:bora/shop:ref:main' },
    'repo:bora/shop:ref:main',
    'service',
  ],
  ['somebody of Identity Center', SSO, 'bob@bora.example', 'declared'],
  [
    'somebody on whose behalf it was',
    session('ops', 'x', { onBehalfOf: { userId: 'u-1', identityStoreArn: 'arn:x' } }),
    'u-1',
    'declared',
  ],
  [
    'a source identity',
    session('ops', 'x', { sessionContext: { sourceIdentity: 'erin' } }),
    'erin',
    'declared',
  ],
  ['a session name', session('ops', 'bob'), 'bob', 'session-name-only'],
  [
    'a session name that an SDK made up',
    session('ops', 'aws-go-sdk-1722587398902687000'),
    'ops',
    'unresolved',
  ],
  [
    'an instance',
    session('web', 'i-0dbc91f429e48eeed', { sessionContext: { ec2RoleDelivery: '2.0' } }),
    'i-0dbc91f429e48eeed',
    'service',
  ],
  [
    'a service role',
    session('x', 'AutoScaling', {
      sessionContext: {
        sessionIssuer: {
          arn: 'arn:aws:iam::1:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling',
        },
      },
      invokedBy: 'autoscaling.amazonaws.com',
    }),
    'autoscaling.amazonaws.com',
    'service',
  ],
  ['nobody', {}, 'unknown', 'unresolved'],
])('the record itself tells of %s', (_, userIdentity, name, proof) => {
  expect(personBehind(soundEvent({ userIdentity }), NONE)).toMatchObject({ name, proof });
});

const used = soundEvent({ userIdentity: session('ops', 'bob') });

test('the user who was handed the key is proven', () => {
  expect(personBehind(used, issuedBy(assuming(USER)))).toMatchObject({
    name: 'carol',
    proof: 'proven-chain',
    chain: [
      'AssumeRole ops issued ASIAQ7Z1SESSION2KEY3 (event 11111111-51d5-4765-ad83-4db65d506d9c, 111122223333)',
      'IAM user arn:aws:iam::111122223333:user/carol',
    ],
  });
});

test('the copy of the account that was left names who it was', () => {
  const entered = assuming({
    type: 'AWSAccount',
    accountId: '131313131313',
    principalId: 'AROAX:bob@bora.example',
  });
  const left = assuming(SSO, {
    recipientAccountId: '131313131313',
    eventID: '22222222-51d5-4765-ad83-4db65d506d9c',
  });
  expect(personBehind(used, issuedBy(entered, left))).toMatchObject({
    name: 'bob@bora.example',
    proof: 'proven-chain',
  });
  expect(personBehind(used, issuedBy(entered))).toMatchObject({
    name: 'bob@bora.example',
    proof: 'session-name-only',
  });
});

test('a call that two accounts recorded is one person, whichever copy is asked', () => {
  const shared = { sharedEventID: '99999999-51d5-4765-ad83-4db65d506d9c' };
  const entered = assuming(
    { type: 'AWSAccount', accountId: '131313131313', principalId: 'AROAX:bob' },
    shared,
  );
  const left = assuming(SSO, { ...shared, eventID: '22222222-51d5-4765-ad83-4db65d506d9c' });
  expect(keyToFollow(entered)).toBe('ASIAQ7Z1SESSION2KEY3');
  expect(personBehind(entered, issuedBy(entered, left))).toMatchObject({
    name: 'bob@bora.example',
    proof: 'proven-chain',
  });
});

test.each<[string, JsonObject]>([
  [
    'another session',
    {
      responseElements: {
        credentials: { accessKeyId: 'ASIAQ7Z1SESSION2KEY3' },
        assumedRoleUser: { arn: 'arn:aws:sts::1:assumed-role/other/eve' },
      },
    },
  ],
  ['a later time', { eventTime: '2026-11-21T05:30:00Z' }],
  ['another day', { eventTime: '2026-11-19T05:30:00Z' }],
  ['a refusal', { errorCode: 'AccessDenied' }],
])('an event that issued the same key to %s proves nothing', (_, difference) => {
  expect(personBehind(used, issuedBy(assuming(USER, difference))).proof).toBe('session-name-only');
});

test.each(['AKIA****************', 'ASIAXXXXXXXXXXXXXXXX', 'XXXXXXXX'])(
  'the placeholder %s is not followed',
  (accessKeyId) => {
    expect(
      keyToFollow(soundEvent({ userIdentity: session('ops', 'bob', { accessKeyId }) })),
    ).toBeNull();
  },
);

test('a chain of roles is followed to its beginning, a loop is left', () => {
  const keyOf = (hop: number) => `ASIAQ7Z1HOP${String(hop).padStart(9, '0')}K`;
  const hop = (n: number, userIdentity: JsonObject) =>
    assuming(userIdentity, {
      eventID: `${n}0000000-51d5-4765-ad83-4db65d506d9c`,
      responseElements: { credentials: { accessKeyId: keyOf(n) } },
    });
  const by = (n: number) => session('ops', 'bob', { accessKeyId: keyOf(n) });
  const last = soundEvent({ userIdentity: by(0) });
  const chain = issuedBy(hop(0, by(1)), hop(1, by(2)), hop(2, USER));
  expect(personBehind(last, chain)).toMatchObject({ name: 'carol', proof: 'proven-chain' });
  expect(personBehind(last, chain).chain).toHaveLength(4);
  const loop = issuedBy(hop(0, by(1)), hop(1, by(0)));
  expect(personBehind(last, loop)).toMatchObject({ proof: 'session-name-only' });
});

test('an issuer that could not be read is told as that, never as nothing there', () => {
  const used = soundEvent({ userIdentity: session('ops', 'bob') });
  const looked = (gaps: Gap[]): Issued => new Map([['ASIAQ7Z1SESSION2KEY3', { events: [], gaps }]]);
  const end = 'the event that issued ASIAQ7Z1SESSION2KEY3 was not found';
  expect(personBehind(used, looked([])).chain).toEqual([`${end} where we could look`]);
  const closed = { account: '1', region: '', reason: 'AccessDenied', ko: '닫힌 계정입니다' };
  const dark = personBehind(used, looked([closed, { ...closed, region: 'us-east-1' }]));
  expect(dark).toMatchObject({
    proof: 'session-name-only',
    chain: [`${end}, and not everything could be read: 1 AccessDenied`],
    chainKo: [
      expect.stringMatching(/^ASIAQ7Z1SESSION2KEY3 키를 발급한 이벤트: .*1 닫힌 계정입니다$/),
    ],
  });
});

test('every hop has its words in both languages', () => {
  const used = soundEvent({ userIdentity: session('ops', 'bob') });
  const { chain, chainKo } = personBehind(used, issuedBy(assuming(USER)));
  expect(chainKo).toHaveLength(chain.length);
  expect(chainKo[0]).toMatch(/^AssumeRole ops 호출이 ASIAQ7Z1SESSION2KEY3 키를 발급/);
});

test('a declared identity stands where the chain ends before a person', () => {
  const declared = soundEvent({
    userIdentity: session('ops', 'bob', { sessionContext: { sourceIdentity: 'erin' } }),
  });
  expect(personBehind(declared, NONE)).toMatchObject({ name: 'erin', proof: 'declared' });
});

test('whatever the record says, there is an answer and a chain that ends', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), (userIdentity, responseElements) => {
      const event = soundEvent({ userIdentity, responseElements } as JsonObject);
      const person = personBehind(event, issuedBy(event));
      expect(person.chain.length).toBeLessThanOrEqual(HOP_LIMIT + 2);
      expect(person.name).not.toBe('');
    }),
  );
});

test.each(['****', '{"Statement":[]}', 'arn%3Aaws', ''])(
  '%s is no key that was handed out',
  (key) => {
    const answer = { responseElements: { credentials: { accessKeyId: key } } };
    expect(issuedKeyOf(soundEvent(answer))).toBeNull();
  },
);

test('a shared id that an export has made unreadable leads to no other call', () => {
  const outside = { type: 'AWSAccount', accountId: '999988887777', principalId: 'AROAX' };
  const entered = soundEvent({ sharedEventID: '****', userIdentity: outside });
  expect(copyToFollow(entered)).toBeNull();
  // Nor where a key led to calls that have the same.
  const key = 'ASIAQ7Z1SESSION2KEY3';
  const handedOut = { responseElements: { credentials: { accessKeyId: key } } };
  const assumed = soundEvent({ ...handedOut, sharedEventID: '****', userIdentity: outside });
  const anothers = assuming(USER, { sharedEventID: '****' });
  const issued: Issued = new Map([[key, { events: [anothers], gaps: [] }]]);
  expect(personBehind(assumed, issued).proof).toBe('unresolved');
});
