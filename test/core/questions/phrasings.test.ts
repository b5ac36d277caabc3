import { asked, planned } from './phrases.ts';

test.each([
  [
    'who changed the bucket policy on finance-reports?',
    {
      resourceType: 'bucket-policy',
      resources: ['finance-reports'],
      eventNames: ['PutBucketPolicy', 'DeleteBucketPolicy'],
    },
  ],
  [
    'OrgAdmin 역할 신뢰 정책 누가 수정했는지',
    { resources: ['OrgAdmin'], eventNames: ['UpdateAssumeRolePolicy'] },
  ],
  [
    'who opened port 22 to the world?',
    { verbs: ['open'], content: { kind: 'port-open', port: 22, cidr: '0.0.0.0/0' } },
  ],
  [
    'finance-reports 버킷 누가 퍼블릭으로 바꿨나요',
    { verbs: ['open'], content: { kind: 'public' }, resources: ['finance-reports'] },
  ],
  [
    'who stopped the prod web server i-0aa11bb22cc33dd44 last night',
    {
      accounts: ['444455556666'],
      eventNames: ['StopInstances'],
      resources: ['i-0aa11bb22cc33dd44'],
    },
  ],
  [
    'who deleted objects from bucket finance-reports',
    { eventNames: ['DeleteObject', 'DeleteObjects'], resources: ['finance-reports'] },
  ],
  ['finance-reports 버킷 객체 누가 지웠어?', { eventNames: ['DeleteObject', 'DeleteObjects'] }],
  [
    'everything role deploy-bot changed today',
    { actor: { kind: 'role', value: 'deploy-bot' }, readOnly: false, resources: [] },
  ],
  [
    '김철수가 지난주에 삭제한 리소스 목록',
    { actor: { kind: 'email', value: 'chulsoo@example.com' }, verbs: ['delete'] },
  ],
  ['what did <@U01ALICE> do yesterday?', { actor: { kind: 'email', value: 'alice@example.com' } }],
  [
    'CloudFormation이 tmp-test-2024 버킷 삭제했어?',
    {
      actor: { kind: 'service', value: 'cloudformation.amazonaws.com' },
      eventNames: ['DeleteBucket'],
    },
  ],
  ['who last modified sg-04cfb7a4712d75b00', { limit: 1, order: 'newest' }],
  [
    '어제 계정별로 인스턴스 몇 개 종료됐어?',
    { shape: 'count', groupBy: ['account'], verbs: ['delete', 'stop'] },
  ],
  [
    'show event 0ea6b2d5-51d5-4765-ad83-4db65d506d9c',
    { shape: 'event', resources: ['0ea6b2d5-51d5-4765-ad83-4db65d506d9c'] },
  ],
  [
    'failed console logins in the last 24 hours',
    { outcome: 'failed', eventNames: ['ConsoleLogin'] },
  ],
  [
    'unauthorized attempts on kms this week',
    { outcome: 'denied', eventSources: ['kms.amazonaws.com'] },
  ],
  [
    'who deleted log group /aws/lambda/billing-sync',
    { resources: ['/aws/lambda/billing-sync'], eventNames: ['DeleteLogGroup'] },
  ],
  [
    'who deleted/terminated i-0aa11bb22cc33dd44',
    { verbs: ['delete'], resources: ['i-0aa11bb22cc33dd44'] },
  ],
  [
    'who created and deleted bucket finance-reports',
    { verbs: ['create', 'delete'], eventNames: ['CreateBucket', 'DeleteBucket'] },
  ],
  [
    'who created users in the last 3 days',
    { resourceType: 'iam-user', eventNames: ['CreateUser'] },
  ],
  ['i-0aa11bb22cc33dd44 에 세션 연 사람', { eventNames: ['StartSession'] }],
  ['버지니아 리전에 누가 리소스 만들었어', { regions: ['us-east-1'], verbs: ['create'] }],
  [
    'who opened port 22 on security group sg-04cfb7a4712d75b00',
    { accounts: 'all', resourceType: 'security-group' },
  ],
  ['who deleted the network interface', { accounts: 'all', resourceType: 'network-interface' }],
  ['who suspended i-0aa11bb22cc33dd44', { accounts: 'all', verbs: ['stop'] }],
  ['who created a bucket in network', { accounts: ['121212121212'] }],
  ['who created a bucket in the security ou', { accounts: ['333344445555'] }],
  [
    'did anyone other than bob delete a bucket',
    { except: { actors: [{ kind: 'name', value: 'bob' }] }, verbs: ['delete'], actor: null },
  ],
  [
    '운영 계정 빼고 버킷 지운 사람',
    { except: { accounts: ['444455556667'] }, accounts: 'all', verbs: ['delete'] },
  ],
  ['버킷을 처음 만든 사람', { order: 'oldest', limit: 1, eventNames: ['CreateBucket'] }],
  [
    'who attached AdministratorAccess to alice',
    { resources: ['AdministratorAccess'], alsoResources: ['alice'], verbs: ['attach'] },
  ],
  ['which buckets are public?', { shape: 'state', resourceType: 'bucket' }],
  [
    'who did DeleteTrail in production',
    { accounts: ['444455556666', '444455556667'], eventNames: ['DeleteTrail'] },
  ],
])('%s', (words, slots) => {
  expect(planned(words)).toMatchObject(slots);
});

test('종료 of an instance may mean terminated or stopped: both are searched', () => {
  const { eventNames, verbs } = planned('누가 i-0aa11bb22cc33dd44 인스턴스를 종료했나요?');
  expect(verbs).toEqual(['delete', 'stop']);
  expect(eventNames).toEqual(expect.arrayContaining(['TerminateInstances', 'StopInstances']));
});

test.each([
  'who did not delete i-0aa11bb22cc33dd44',
  'who hasn’t logged in this month',
  'who deleted all buckets except logs',
  'i-0aa11bb22cc33dd44 안 지운 사람',
  '삭제되지 않은 버킷',
  'who deleted the first instance today',
  'who deleted more than 5 instances',
  '인스턴스 5개 이상 지운 사람',
  'who deleted 5 instances',
  'who deleted large instances',
  'who deleted the multi-region trail',
  'who deleted a bucket accidentally',
  'who changed instance type of i-0aa11bb22cc33dd44',
  'who disabled the config recorder in data-platform',
  'data-platform에서 config 레코더 누가 껐어',
  'who can delete i-0aa11bb22cc33dd44',
  'who deleted it',
  'who deleted users in this account',
  'who shared ami-0123456789abcdef0 with the account prod',
  'who deleted i-0aa11bb22cc33dd44 or vol-0fc2e34e74650e145',
  'who opened ports 22 and 3389',
  'who deleted buckets on 03/04/2026',
  'who deleted buckets yesterday or last week',
  'who will have deleted buckets on 2030-01-01',
  'who deleted buckets after the migration',
  'who deleted a bucket that bob@example.com created',
  'who deleted the resources created by Alice Kim',
  '김철수가 만든 버킷을 누가 지웠어',
  'i-0aa11bb22cc33dd44 보안 그룹 바꾼 사람',
  'who made an rds snapshot public or shared it',
  'who updated lambda config of the old function',
  'who gave s3 access to alice@example.com',
])('“%s” holds a restriction that no slot can hold: it is asked back, never dropped', (words) => {
  expect(asked(words)).toEqual({
    unclear: { question: expect.any(String), readings: expect.any(Array) },
  });
});

test.each([
  'hello',
  'who did it',
  '',
  '   ',
  'who is Alice Kim',
  'delete bucket finance-reports',
  'i-0aa11bb22cc33dd44 삭제해줘',
  '안녕하세요',
  '🤷',
  'a'.repeat(100_000),
])('“%.40s” is no question that we can answer, and the reply says what is', (words) => {
  expect(asked(words)).toEqual({ notUnderstood: expect.any(String) });
});
