import { asked, planned } from './phrases.ts';

test.each([
  ['anything fishy going on in the dev account?', { shape: 'detect', accounts: ['555566667777'] }],
  ['any unusual activity in kms', { shape: 'detect', eventSources: ['kms.amazonaws.com'] }],
  ['s3에 이상한 활동 있어?', { shape: 'detect', eventSources: ['s3.amazonaws.com'] }],
  [
    'what does config say of sg-04cfb7a4712d75b00',
    { shape: 'state', state: { property: 'configuration', rule: null } },
  ],
  [
    '어떤 변경 때문에 sg-04cfb7a4712d75b00 규칙 위반이 됐어?',
    { shape: 'cause', resources: ['sg-04cfb7a4712d75b00'] },
  ],
  ['which accounts are not covered by a trail', { shape: 'coverage', about: 'trails' }],
  [
    'are we recording s3 data events for finance-reports?',
    { shape: 'coverage', about: 'data-events', resources: ['finance-reports'] },
  ],
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

test('a detector that is named is not narrowed to a service, and that is said', () => {
  expect(asked('any calls from new regions in kms')).toHaveProperty('unclear');
});

test.each([
  ['access review of role deploy-bot', { kind: 'role', value: 'deploy-bot' }],
  ['deploy-bot 역할 접근 권한 검토해줘', { kind: 'role', value: 'deploy-bot' }],
  ['access review of alice@example.com', { kind: 'email', value: 'alice@example.com' }],
  ['alice@example.com 액세스 리뷰', { kind: 'email', value: 'alice@example.com' }],
])('“%s” is told by all that was done', (words, actor) => {
  expect(planned(words)).toMatchObject({ shape: 'search', actor, verbs: [], eventNames: [] });
});

test.each([
  ['who shared anything outside the org', 'shared-external'],
  ['조직 외부에 공유한 사람 있어?', 'shared-external'],
])('“%s” searches the calls that can share', (words, kind) => {
  const { set, eventNames, content } = planned(words);
  expect({ set, kind: content?.kind }).toEqual({ set: 'sharing', kind });
  expect(eventNames).toEqual(expect.arrayContaining(['ModifySnapshotAttribute', 'PutKeyPolicy']));
});

test('a thing that is shared with an account outside the organization is one kind of thing', () => {
  expect(planned('who shared a snapshot with an account outside the organization')).toMatchObject({
    resourceType: 'snapshot',
    content: { kind: 'shared-external' },
  });
});

test.each([
  'who downloaded the most data this week',
  'large downloads from s3 this week',
  '이번 주 데이터 가장 많이 다운로드한 사람',
])('“%s” weighs only calls that send objects out', (words) => {
  expect(planned(words)).toMatchObject({
    shape: 'count',
    measure: 'bytes',
    eventNames: expect.arrayContaining(['GetObject']),
    eventSources: ['s3.amazonaws.com'],
  });
});
