import { asked, planned } from './phrases.ts';

test.each([
  ['anything fishy going on in the dev account?', { shape: 'detect', accounts: ['555566667777'] }],
  ['뭔가 수상한 움직임 있었나', { shape: 'detect', set: null }],
  ['anything suspicious from 203.0.113.10 today', { shape: 'detect', addresses: ['203.0.113.10'] }],
  ['최근 새로운 리전에서 호출 있었어?', { shape: 'detect', set: 'new-region' }],
  [
    'which volumes are not encrypted',
    { shape: 'state', state: { property: 'unencrypted', rule: null } },
  ],
  [
    'which security groups allow 0.0.0.0/0',
    { shape: 'state', state: { property: 'open-to-world', rule: null } },
  ],
  [
    'public buckets outside the dev account',
    { shape: 'state', accounts: expect.not.arrayContaining(['555566667777']) },
  ],
  [
    'finance-reports 버킷 설정 보여줘',
    { shape: 'state', state: { property: 'configuration', rule: null } },
  ],
  [
    'why is finance-reports noncompliant',
    { shape: 'cause', asks: 'why', resources: ['finance-reports'] },
  ],
  ['sg-04cfb7a4712d75b00 왜 비준수야', { shape: 'cause', resources: ['sg-04cfb7a4712d75b00'] }],
  ['do all accounts have cloudtrail turned on', { shape: 'coverage', about: 'trails' }],
  ['cloudtrail 안 켜진 계정 있어?', { shape: 'coverage', about: 'trails' }],
  ['how many days of history do you have', { shape: 'coverage', about: 'history' }],
  ['며칠 전까지 검색돼?', { shape: 'coverage', about: 'history' }],
  ['못 보는 계정 있나', { shape: 'coverage', about: 'accounts' }],
  ['방금 어디까지 찾아봤어?', { shape: 'coverage', about: 'last-search' }],
  [
    'are s3 object reads being recorded for finance-reports',
    { shape: 'coverage', about: 'data-events', resources: ['finance-reports'] },
  ],
])('“%s” is no search for events', (words, slots) => {
  expect(planned(words)).toMatchObject({ verbs: [], eventNames: [], ...slots });
});

test.each([
  ['who turned off cloudtrail in prod', { shape: 'search', verbs: ['stop'] }],
  ['who disabled data events for bucket finance-reports yesterday', { shape: 'search' }],
  ['who made the bucket finance-reports public', { shape: 'search', content: { kind: 'public' } }],
  ['who opened sg-04cfb7a4712d75b00 to the world', { shape: 'search', verbs: ['open'] }],
])('“%s” asks who did something', (words, slots) => {
  const understanding = asked(words);
  if ('plan' in understanding) expect(understanding.plan).toMatchObject(slots);
  else expect(understanding).toHaveProperty('unclear');
});

test.each([
  'which buckets were public last week',
  'security groups with port 22 open to the world',
  'suspicious deletions of buckets today',
  'did bob make public buckets noncompliant through 203.0.113.9',
  'how many noncompliant resources per account',
])('“%s”: a restriction that such a plan cannot hold is asked back', (words) => {
  expect(asked(words)).toHaveProperty('unclear');
});

test.each([
  ['top 3 denied actions', { groupBy: ['event'], outcome: 'denied', limit: 3 }],
  ['which service had the most errors yesterday', { groupBy: ['source'], outcome: 'failed' }],
  ['busiest regions this month', { groupBy: ['region'] }],
  ['이번 달 인스턴스 제일 많이 만든 사람 3명', { groupBy: ['actor'], verbs: ['create'], limit: 3 }],
  ['가장 많이 호출된 API 10개', { groupBy: ['event'], limit: 10 }],
  ['top 10 ip addresses by failed logins', { groupBy: ['address'], outcome: 'failed', limit: 10 }],
])('“%s” counts, the greatest first', (words, slots) => {
  expect(planned(words)).toMatchObject({ shape: 'count', order: 'count', ...slots });
});

test('the most data is counted in bytes', () => {
  expect(planned('who downloaded the most data from bucket finance-reports')).toMatchObject({
    shape: 'count',
    measure: 'bytes',
    groupBy: ['actor'],
    resources: ['finance-reports'],
  });
});

test.each([
  ['any privilege escalation this week', 'privilege-escalation', 'AttachUserPolicy'],
  ['who tampered with audit logs', 'logging', 'StopLogging'],
  ['expensive things created this week', 'cost', 'RunInstances'],
  ['지난 3일간 권한 변경 내역', 'permission', 'PutRolePolicy'],
])('“%s” means the set %s', (words, set, name) => {
  expect(planned(words)).toMatchObject({ set, eventNames: expect.arrayContaining([name]) });
});

test.each([
  ['denied calls on s3 by role deploy-bot', { actor: { kind: 'role', value: 'deploy-bot' } }],
  ['who changed iam stuff in prod', { eventSources: ['iam.amazonaws.com'], readOnly: false }],
  ['list everything the role deploy-bot deleted this month', { resourceType: null }],
  ['denied calls by alice@example.com on kms', { eventSources: ['kms.amazonaws.com'] }],
])('“%s”: a service, a role and a kind each keep their place', (words, slots) => {
  expect(planned(words)).toMatchObject({ shape: 'search', groupBy: [], ...slots });
});
