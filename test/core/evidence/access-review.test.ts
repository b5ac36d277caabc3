import { accessReview, namesakes } from '../../../src/core/evidence/access-review.ts';
import { tellAccessReview, tellNamesakes } from '../../../src/core/evidence/tell-access-review.ts';
import type { JsonObject } from '../../../src/core/json.ts';
import { plain } from '../../../src/core/prose.ts';
import { session, soundEvent, soundPlan } from './sound.ts';

const ALICE = soundPlan({ actor: { kind: 'name', value: 'alice' } });
let made = 0;
function call(eventName: string, more: JsonObject = {}) {
  made += 1;
  return soundEvent({
    eventID: `${String(made).padStart(8, '0')}-51d5-4765-ad83-4db65d506d9c`,
    eventName,
    ...more,
  });
}
const user = (account: string, name = 'alice') => ({
  recipientAccountId: account,
  userIdentity: {
    type: 'IAMUser',
    arn: `arn:aws:iam::${account}:user/${name}`,
    accountId: account,
    userName: name,
  },
});
const crossed = { sharedEventID: '99999999-51d5-4765-ad83-4db65d506d9c' };
const ROLE = 'arn:aws:iam::444455556666:role/OrgAdmin';

const calls = [
  call('TerminateInstances'),
  call('RunInstances'),
  call('RunInstances'),
  call('DescribeInstances', { readOnly: true }),
  call('ListUsers', { readOnly: null, eventSource: 'iam.amazonaws.com' }),
  call('AssumeRole', {
    readOnly: true,
    eventSource: 'sts.amazonaws.com',
    requestParameters: { roleArn: ROLE },
    ...crossed,
  }),
  call('AssumeRole', {
    readOnly: true,
    eventSource: 'sts.amazonaws.com',
    requestParameters: { roleArn: ROLE },
    recipientAccountId: '444455556666',
    ...crossed,
  }),
  call('DeleteTrail', { errorCode: 'AccessDenied', eventSource: 'cloudtrail.amazonaws.com' }),
  call('StopInstances', { errorCode: 'Client.IncorrectInstanceState' }),
];

test('what somebody did is told by kind of call, what changed things first', () => {
  const review = accessReview(ALICE, calls);
  expect(review).toEqual({
    writes: [
      { name: 'ec2:RunInstances', count: 2 },
      { name: 'ec2:TerminateInstances', count: 1 },
    ],
    reads: [
      { name: 'ec2:DescribeInstances', count: 1 },
      { name: 'iam:ListUsers', count: 1 },
    ],
    rolesAssumed: [ROLE],
    denied: [{ name: 'cloudtrail:DeleteTrail', count: 1 }],
    otherFailures: 1,
  });
  expect(plain(tellAccessReview(review ?? undefined, false), 'UTC').split('\n')).toEqual([
    'Changes: ec2:RunInstances ×2, ec2:TerminateInstances',
    `Roles assumed: ${ROLE}`,
    'Reads: ec2:DescribeInstances, iam:ListUsers',
    'Denied: cloudtrail:DeleteTrail',
    'Failed otherwise: 1',
  ]);
  expect(plain(tellAccessReview(review ?? undefined, true), 'UTC')).toMatch(/^변경한 호출: ec2/);
});

test.each([
  ['that asks of a thing', { resources: ['i-0dbc91f429e48eeed'] }],
  ['that asks of one kind of call', { verbs: ['delete' as const] }],
  ['that counts', { shape: 'count' as const }],
  ['about nobody', { actor: null }],
])('a question %s has no review', (_, difference) => {
  expect(accessReview({ ...ALICE, ...difference }, calls)).toBeNull();
});

test('many kinds of call are cut with their number, and hostile names change nothing', () => {
  const many = Array.from({ length: 20 }, (_, n) => call(`Create<!channel>${n}`));
  const told = plain(tellAccessReview(accessReview(ALICE, many) ?? undefined, false), 'UTC');
  expect(told).toContain('… +8');
});

test('a bare name that fits several says so, a person of Identity Center is one in all accounts', () => {
  const reserved = 'AWSReservedSSO_Engineer_9f1e2d3c4b5a6978';
  const found = [
    call('RunInstances', user('111122223333')),
    call('RunInstances', user('111122223333')),
    call('RunInstances', user('444455556666')),
    call('RunInstances', { userIdentity: session('ops', 'alice') }),
    ...['111122223333', '131313131313'].map((accountId) =>
      call('RunInstances', {
        userIdentity: session(reserved, 'alice@bora.example', { accountId, sessionContext: {} }),
      }),
    ),
    call('AssumeRoleWithSAML', {
      userIdentity: {
        type: 'SAMLUser',
        userName: 'alice@bora.example',
        identityProvider: 'arn:aws:iam::1:saml-provider/AWSSSO_1_DO_NOT_DELETE',
      },
    }),
  ];
  const several = namesakes(ALICE, found);
  expect(several).toEqual([
    { kind: 'identity-center', name: 'alice@bora.example', account: '', calls: 3 },
    { kind: 'iam-user', name: 'alice', account: '111122223333', calls: 2 },
    { kind: 'iam-user', name: 'alice', account: '444455556666', calls: 1 },
    { kind: 'session', name: 'ops/alice', account: '111122223333', calls: 1 },
  ]);
  expect(plain(tellNamesakes(several, false), 'UTC')).toBe(
    'The name fits several: Identity Center user alice@bora.example (3), IAM user alice in 111122223333 (2), IAM user alice in 444455556666 (1), session ops/alice in 111122223333 (1)',
  );
  expect(plain(tellNamesakes(several, true), 'UTC')).toMatch(
    /^같은 이름을 쓰는 주체가 여럿입니다: /,
  );
  expect(namesakes(ALICE, found.slice(0, 2))).toEqual([]);
  const known = { ...ALICE, actor: { kind: 'email' as const, value: 'alice@bora.example' } };
  expect(namesakes(known, found)).toEqual([]);
});

test('the busiest of very many who share a name are told, the rest is counted', () => {
  const crowd = Array.from({ length: 9 }, (_, n) =>
    call('RunInstances', user(String(100_000_000_000 + n))),
  );
  expect(plain(tellNamesakes(namesakes(ALICE, crowd), false), 'UTC')).toMatch(/ and 3 more$/);
});
