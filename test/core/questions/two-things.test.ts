import { asked, planned, vocabulary } from './phrases.ts';

/** The question is asked back, with nothing of it dropped in silence. */
function askedBack(words: string): void {
  const understanding = asked(words);
  if ('plan' in understanding)
    throw new Error(`not asked back: “${words}” ${JSON.stringify(understanding.plan)}`);
}

test.each([
  'who deleted buckets in prod or created buckets in dev',
  'who assumed a role in prod from dev',
  'was anything deleted in prod by someone from network',
  'which role of the audit account was assumed from the network account',
  '운영 계정에서 만들고 개발 계정에서 지운 버킷',
  'who copied snapshots from us-east-1 to eu-west-1',
])('“%s”: places that play different parts are not searched alike', askedBack);

test.each([
  ['who deleted buckets in prod and dev', ['444455556666', '555566667777']],
  ['who deleted buckets in prod, dev and audit', ['444455556666', '555566667777', '333344445555']],
  ['운영이랑 개발 계정에서 지워진 버킷', ['444455556667', '555566667778']],
])('“%s” means all of its places', (words, accounts) => {
  expect(planned(words)).toMatchObject({ accounts });
});

test.each([
  '22번이랑 3389번 포트 연 사람',
  'who opened ssh and rdp to the world',
  'who opened port 22 and port 3389 on sg-04cfb7a4712d75b00',
  '0.0.0.0/0 말고 10.0.0.0/8 연 사람',
])('“%s”: none of several ports or ranges is dropped', askedBack);

test.each([
  'who turned cloudtrail off and on again in prod',
  'who deleted the biggest bucket',
  'who terminated the largest instances yesterday',
  '누가 버킷을 삭제할 수 있어?',
  'OrgAdmin 역할 누가 변경할 수 있나요',
])('“%s” asks for more than events tell', askedBack);

test('what is asked politely is a question like any other', () => {
  expect(planned('어제 버킷 지운 사람 알려줄 수 있어?')).toMatchObject({ verbs: ['delete'] });
});

test.each([
  'who removed a member from group admins',
  'who removed a user from the group admins',
  'who removed users from the identity center group admins',
])('“%s”: the group itself is not removed', (words) => {
  const { eventNames, resources } = planned(words);
  expect(eventNames).toContain('RemoveMemberFromGroup');
  expect(eventNames).not.toContain('DeleteGroup');
  expect(resources).toEqual(['admins']);
});

test.each([
  ['bob이 버킷 지웠어?', 'bob'],
  ['carol이 인스턴스를 껐나요', 'carol'],
  ['bob 어제 뭐 했어?', 'bob'],
  ['MinJae 오늘 뭐했어', 'MinJae'],
  ['deploy-bot이 오늘 s3에서 뭐 했어', 'deploy-bot'],
  ['carol이 guardduty 관련해서 거부당한 호출 몇 건?', 'carol'],
])('“%s”: whoever does it is no thing', (words, value) => {
  const plan = planned(words);
  expect(plan.actor).toEqual({ kind: 'name', value });
  expect(plan.resources).toEqual([]);
});

test.each([
  'how many calls did bob make yesterday',
  'how many GetParameters calls did bob make',
  'calls bob made in prod yesterday',
  'how many access denied errors did user bob get this week',
])('“%s”: to make a call creates nothing, to get an error reads nothing', (words) => {
  expect(planned(words)).toMatchObject({ verbs: [], actor: { value: 'bob' } });
});

test.each([
  ['how many buckets did bob make yesterday', 'create'],
  ['who got secret prod/db/password', 'read'],
])('“%s” says with its noun that something was done', (words, verb) => {
  expect(planned(words)).toMatchObject({ verbs: [verb] });
});

test.each([
  ['how often was bucket finance-reports changed per day and account', ['day', 'account']],
  ['deletions by user and region this month', ['actor', 'region']],
  ['top 5 services by errors yesterday', ['source']],
  ['top 5 users by region', ['actor', 'region']],
  ['errors by code today', ['error']],
])('“%s” is grouped by all that was said', (words, groupBy) => {
  expect(planned(words)).toMatchObject({ shape: 'count', groupBy });
});

test('the volume that somebody tried to create is called nothing', () => {
  expect(planned('what size was the volume bob tried to create')).toMatchObject({
    actor: { kind: 'name', value: 'bob' },
    resources: [],
  });
});

test('what is ranked by its errors is ranked by what failed', () => {
  expect(planned('top 3 accounts by errors')).toMatchObject({ outcome: 'failed', limit: 3 });
});

test.each([
  ['console actions not by root or alice@example.com', ['root', 'alice@example.com']],
  ['루트 말고 chulsoo@example.com 말고 누가 트레일 지웠어', ['root', 'chulsoo@example.com']],
])('“%s” leaves out everybody whom it names', (words, left) => {
  const understanding = asked(words);
  if (!('plan' in understanding)) return;
  expect(understanding.plan.actor).toBeNull();
  expect(understanding.plan.except.actors.map(({ value }) => value)).toEqual(left);
});

test('not by root or somebody is understood, and not turned into by somebody', () => {
  const { actor, except } = planned('console actions not by root or alice@example.com');
  expect(actor).toBeNull();
  expect(except.actors).toHaveLength(2);
});

test.each([
  ['who tried to delete bucket finance-reports but failed', 'failed'],
  ['who tried to stop i-0aa11bb22cc33dd44 but was denied', 'failed'],
  ['did bob succeed in deleting bucket finance-reports', 'ok'],
])('“%s” says how it went', (words, outcome) => {
  expect(planned(words)).toMatchObject({ outcome });
});

test('the console password is a thing, the console is a way', () => {
  expect(planned('who changed the console password of bob')).toMatchObject({
    resourceType: 'login-profile',
    via: [],
  });
  expect(planned('who deleted bucket finance-reports via the console')).toMatchObject({
    via: ['console'],
  });
});

test('an id that looks like an event’s belongs to the thing beside it', () => {
  const id = '114bd550-8061-702c-4bb4-2a771ff86cfb';
  expect(planned(`who added a member to identity center group ${id}`)).toMatchObject({
    shape: 'search',
    resources: [id],
  });
  expect(planned(`show event ${id}`)).toMatchObject({ shape: 'event', resources: [id] });
});

test('who is behind a session’s name is asked of that name', () => {
  expect(planned('who is behind aws-go-sdk-1722375070115152000')).toMatchObject({
    resources: ['aws-go-sdk-1722375070115152000'],
  });
});

test.each([
  ['who shared ami-0123456789abcdef0 with 123456789012', 'image'],
  ['snapshots shared with 123456789012 this month', 'snapshot'],
  ['123456789012 계정에 공유한 스냅샷', 'snapshot'],
  ['123456789012 계정에 스냅샷 공유한 사람', 'snapshot'],
])('“%s”: whom it was shared with is no place to look', (words, resourceType) => {
  expect(planned(words)).toMatchObject({
    verbs: ['share'],
    resourceType,
    accounts: 'all',
    alsoResources: ['123456789012'],
  });
});

test.each([
  'who shared a snapshot with 123456789012 in prod',
  'who shared a snapshot with 123456789012 or 210987654321',
])('“%s”: of several accounts none is dropped', askedBack);

test.each([
  ['which calls failed with NoSuchBucket?', 'NoSuchBucket'],
  ['ValidationException 난 호출', 'ValidationException'],
  ['how many ThrottlingException errors today', 'ThrottlingException'],
  ['Client.InvalidAMIID.NotFound 에러 몇 건', 'Client.InvalidAMIID.NotFound'],
  ['who got EntityTemporarilyUnmodifiableException', 'EntityTemporarilyUnmodifiableException'],
])('“%s”: an error is no thing', (words, value) => {
  expect(planned(words)).toMatchObject({
    verbs: [],
    resources: [],
    outcome: 'failed',
    content: { kind: 'parameter', name: 'errorCode', value },
  });
});

test('an error that is left out is asked back', () => askedBack('errors other than NoSuchBucket'));

test.each([
  [
    'who pushed an ssh key to i-0aa11bb22cc33dd44',
    ['SendSSHPublicKey', 'SendSerialConsoleSSHPublicKey'],
  ],
  ['i-0aa11bb22cc33dd44에 시리얼 콘솔 SSH 키 보낸 사람', ['SendSerialConsoleSSHPublicKey']],
  ['who enabled serial console access in prod', ['EnableSerialConsoleAccess']],
  ['who deleted dns query logging yesterday', ['DeleteResolverQueryLogConfig']],
  ['who changed the ACL of the bucket finance-reports', null],
  ['finance-reports 버킷 ACL 바꾼 사람', ['PutBucketAcl']],
  ['who got a federation token today', ['GetFederationToken']],
  ['who opened a cloudshell session', ['CreateSession']],
  ['who created an account assignment today', ['CreateAccountAssignment']],
  ['who tried to delete an rds instance yesterday', ['DeleteDBInstance']],
  ['who tried to stop the config recorder', ['StopConfigurationRecorder']],
  ['ap-northeast-2 리전에서 오늘 유저 만든 사람', ['CreateUser']],
])('“%s” is known by the calls that do it', (words, eventNames) => {
  if (eventNames === null) return askedBack(words);
  expect(planned(words)).toMatchObject({ eventNames });
});

test.each([
  ['i-0aa11bb22cc33dd44 유저데이터 누가 바꿨어', 'ModifyInstanceAttribute', 'userData'],
  ['who attached a layer to function billing-sync', 'UpdateFunctionConfiguration', 'layers'],
  ['who changed the master password of rds orders-db', 'ModifyDBInstance', 'masterUserPassword'],
])(
  '“%s”: of a call that changes many things, only where it changes this one',
  (words, name, part) => {
    const plan = planned(words);
    expect(plan.eventNames).toContain(name);
    expect(plan.content).toEqual({ kind: 'parameter', name: part, value: null });
  },
);

test('the words of the tests are those of an organization that is known', () => {
  expect(vocabulary.accounts.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['prod', 'dev', 'audit', 'network', '운영', '개발']),
  );
});

test.each([
  ['who deleted kb-1234567890', 'delete'],
  ['kb-1234567890 누가 지웠어', 'delete'],
  ['who stopped job-7', 'stop'],
])('“%s”: a thing of no known kind is not sought among known calls only', (words, verb) => {
  expect(planned(words)).toMatchObject({ verbs: [verb], eventNames: [], resourceType: null });
});
