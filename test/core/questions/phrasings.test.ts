import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { asked, planned, shared, withShared } from './phrases.ts';

const describeShared = withShared ? describe : describe.skip;
if (!withShared) console.log(`The phrasings are not tested: ${shared} is absent.`);

type Kind = { kind: string; en: string[]; ko: string[] };

/** The least share of phrasings that must become a plan, for the kinds that this parser is for. */
const FLOORS: Record<string, number> = {
  'who-did': 1,
  'permission-change': 0.75,
  'exposure-change': 1,
  'resource-history': 1,
  'actor-activity': 1,
  creator: 1,
  signin: 0.9,
  'root-usage': 1,
  'key-usage': 1,
  'logging-tamper': 1,
  'data-access': 1,
  'share-external': 0.8,
  'event-by-id': 1,
};

/** Kinds about what we cannot know yet: not one phrasing may become a plan that pretends to. */
const REFUSED = ['anomaly', 'config-state', 'noncompliant-who', 'coverage'];

describeShared('the phrasings of 25 kinds', () => {
  const kinds: Kind[] = JSON.parse(readFileSync(join(shared, 'question-phrasings.json'), 'utf8'));
  const share = ({ en, ko }: Kind) => {
    const all = [...en, ...ko];
    return { planned: all.filter((words) => 'plan' in asked(words)).length, of: all.length };
  };

  test.each(Object.entries(FLOORS))(
    '%s: at least %d of the phrasings become a plan',
    (name, floor) => {
      const kind = kinds.find(({ kind: one }) => one === name);
      if (!kind) throw new Error(`no phrasings of ${name}`);
      const { planned: some, of } = share(kind);
      expect(some / of).toBeGreaterThanOrEqual(floor);
    },
  );

  test.each(REFUSED)('%s: nothing becomes a plan', (name) => {
    const kind = kinds.find(({ kind: one }) => one === name);
    expect(
      [...(kind?.en ?? []), ...(kind?.ko ?? [])].filter((words) => 'plan' in asked(words)),
    ).toEqual([]);
  });

  test('over all kinds, the rate is told', () => {
    const shares = kinds.map((kind) => ({ kind: kind.kind, ...share(kind) }));
    const all = shares.reduce((sum, { planned: some }) => sum + some, 0);
    const of = shares.reduce((sum, { of: some }) => sum + some, 0);
    console.log(
      `${all} of ${of} phrasings become a plan: ${shares.map((one) => `${one.kind} ${one.planned}/${one.of}`).join(', ')}`,
    );
    expect(all / of).toBeGreaterThanOrEqual(0.65);
  });
});

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
  'did anyone other than bob delete a bucket',
  'who deleted all buckets except logs',
  'i-0aa11bb22cc33dd44 안 지운 사람',
  '삭제되지 않은 버킷',
  '운영 계정 빼고 버킷 지운 사람',
  'who deleted the first instance today',
  '버킷을 처음 만든 사람',
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
  'who shared ami-0123456789abcdef0 with 123456789012',
  'who attached AdministratorAccess to alice',
  'who deleted i-0aa11bb22cc33dd44 or vol-0fc2e34e74650e145',
  'who opened ports 22 and 3389',
  'who deleted buckets on 03/04/2026',
  'who deleted buckets yesterday or last week',
  'who will have deleted buckets on 2030-01-01',
  'which buckets are public?',
  'who deleted buckets after the migration',
  'who deleted a bucket that bob@example.com created',
  'who deleted the resources created by Alice Kim',
  '김철수가 만든 버킷을 누가 지웠어',
  'who created account 444455556666',
  '444455556666 계정 누가 만들었어',
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
