import { asked, planned } from './phrases.ts';

/** Words whose plain reading would answer another question, and answer it with a no. */

test.each([
  ['who deactivated AKIAIOSFODNN7EXAMPLE', ['UpdateAccessKey']],
  ['AKIAIOSFODNN7EXAMPLE 비활성화한 사람', ['UpdateAccessKey']],
  ['AKIAIOSFODNN7EXAMPLE 누가 삭제했어', ['DeleteAccessKey']],
  ['who created AKIAIOSFODNN7EXAMPLE', ['CreateAccessKey']],
])('“%s”: a key that is named by its id alone is a key', (words, eventNames) => {
  const plan = planned(words);
  expect(plan.eventNames).toEqual(eventNames);
  expect(plan.resources).toEqual(['AKIAIOSFODNN7EXAMPLE']);
});

test('what a key deleted was deleted with it', () => {
  expect(planned('what did AKIAIOSFODNN7EXAMPLE delete')).toMatchObject({
    verbs: ['delete'],
    eventNames: [],
    actor: { kind: 'access-key', value: 'AKIAIOSFODNN7EXAMPLE' },
  });
});

test.each(['when did we last rotate access keys of bob', 'bob 액세스 키 언제 교체됐어?'])(
  '“%s”: no call rotates a key, the new one and the old one tell',
  (words) => {
    expect(planned(words).eventNames).toEqual(
      expect.arrayContaining(['CreateAccessKey', 'UpdateAccessKey', 'DeleteAccessKey']),
    );
  },
);

test.each([
  ['who signed in with sso as alice@example.com', { kind: 'email', value: 'alice@example.com' }],
  ['who logged in as bob', { kind: 'name', value: 'bob' }],
  ['bob으로 로그인한 사람', { kind: 'name', value: 'bob' }],
])('“%s”: it is the sign-in of whom is named', (words, actor) => {
  expect(planned(words)).toMatchObject({ verbs: ['sign-in'], actor, resources: [] });
});

test('a role that somebody tries to assume from an account has not acted itself', () => {
  expect(planned('failed attempts to assume OrgAdmin from account 555566667777')).toMatchObject({
    verbs: ['assume'],
    actor: null,
    resources: ['OrgAdmin'],
    accounts: ['555566667777'],
    outcome: 'failed',
  });
});

test('to get AccessDenied is to read nothing', () => {
  expect(planned('how many AccessDenied did role ci-deployer get per day last week')).toMatchObject(
    {
      verbs: [],
      outcome: 'denied',
      actor: { kind: 'role', value: 'ci-deployer' },
    },
  );
});

test.each([
  'what did i-0dbc91f429e48eeed do',
  'which API did i-0dbc91f429e48eeed call',
  'i-0dbc91f429e48eeed 가 호출한 API',
])('“%s”: what an instance called with its role', (words) => {
  expect(planned(words)).toMatchObject({
    actor: { kind: 'instance', value: 'i-0dbc91f429e48eeed' },
    resources: [],
  });
});

test('what happened to an instance is about the instance', () => {
  expect(planned('what happened to i-0dbc91f429e48eeed')).toMatchObject({
    actor: null,
    resources: ['i-0dbc91f429e48eeed'],
  });
});

test.each([
  'who exposed rds orders-db to the internet',
  'who opened rds orders-db to 0.0.0.0/0',
  'orders-db 인터넷에 노출한 사람',
])('“%s”: a database is public as a whole, it has no ports of its own', (words) => {
  const plan = planned(words);
  expect(plan).toMatchObject({
    content: { kind: 'public' },
    resources: ['orders-db'],
    addresses: [],
  });
  expect(plan.eventNames).toContain('ModifyDBInstance');
});

test.each(['who opened the database port to the world', 'DB 포트 다 열어놓은 사람'])(
  '“%s”: the port is opened in a security group',
  (words) => {
    expect(planned(words)).toMatchObject({
      resourceType: 'security-group',
      content: { kind: 'port-open' },
    });
  },
);

test.each([
  'who called iam:PassRole',
  'PassRole 호출한 사람',
  'who used ec2:GetConsoleEverything',
  'who opened port 5432 on rds orders-db',
  'who changed the account name of dev',
  'who changed the alternate contact of account dev',
])('“%s” would find nothing whatever happened: it is asked back', (words) => {
  expect(asked(words)).toEqual({
    unclear: { question: expect.any(String), readings: expect.any(Array) },
  });
});

test('whether something was done is no order to do it', () => {
  expect(planned('was there any delete in prod over the weekend')).toMatchObject({
    verbs: ['delete'],
    accounts: ['444455556666'],
  });
});

test.each([
  ['did bob change security groups yesterday', 'AuthorizeSecurityGroupIngress', []],
  ['what buckets did bob change', 'PutBucketPolicy', []],
  ['alice가 보안그룹 변경했어?', 'AuthorizeSecurityGroupIngress', []],
])('“%s”: of whatever else the person changed nothing is asked', (words, event) => {
  const plan = planned(words);
  expect(plan.eventNames).toContain(event);
  expect(plan.actor).not.toBeNull();
});

test.each([
  ['what did bob change in lambda', 'lambda.amazonaws.com'],
  ['did alice@example.com touch route53', 'route53.amazonaws.com'],
])('“%s”: the changes of one service', (words, source) => {
  expect(planned(words)).toMatchObject({ eventSources: [source], readOnly: false });
});

test('a person who is asked about by an auxiliary acts, whoever it was done to', () => {
  expect(planned('did <@U01ALICE> add anyone to group break-glass-admins')).toMatchObject({
    actor: { value: 'alice@example.com' },
    resources: ['break-glass-admins'],
  });
});

test.each([
  ['security groups where ::/0 got added in prod', '::/0', null],
  ['who added 0.0.0.0/0 to sg-04cfb7a4712d75b00', '0.0.0.0/0', null],
])('“%s”: a range that is added to a group is opened', (words, cidr, port) => {
  const plan = planned(words);
  expect(plan.eventNames).toContain('AuthorizeSecurityGroupIngress');
  expect(plan).toMatchObject({ content: { kind: 'port-open', port, cidr }, addresses: [] });
});

test('an ARN is one name, whatever its end looks like; an event id in quotes is an event id', () => {
  const arn = 'arn:aws:kms:ap-northeast-2:444455556666:key/0f9e8d7c-6b5a-4c3d-9e2f-1a0b9c8d7e6f';
  expect(planned(`whose kms key is this: ${arn}`).resources).toEqual([arn]);
  const id = '7f3c2a10-9b4d-4e6f-8a21-5c0d9e7b1f34';
  expect(planned(`\`${id}\` what is this`)).toMatchObject({ shape: 'event', resources: [id] });
});

test.each([
  ['non-compliant things under rule restricted-ssh', 'restricted-ssh', []],
  ['encrypted-volumes 룰 위반 누가 만든 건가요', 'encrypted-volumes', []],
  ['who broke the s3 public rule on finance-reports?', null, ['finance-reports']],
  ['finance-reports 규칙 위반 누가 만들었어?', null, ['finance-reports']],
])('“%s”: the rule and the thing are told apart', (words, rule, resources) => {
  expect(planned(words)).toMatchObject({ resources, state: { rule } });
});

test.each(['prod 말고 prod에서 삭제한 사람', 'who deleted buckets in prod but not in prod'])(
  '“%s” contradicts itself, and is asked back',
  (words) => {
    expect('plan' in asked(words)).toBe(false);
  },
);

test('failures that are wanted, too, leave the successes in', () => {
  expect(planned('`prod/db` 시크릿 조회한 사람, 실패한 시도도').outcome).toBe('any');
  expect(planned('`prod/db` 시크릿 조회 실패한 사람').outcome).toBe('failed');
});

test('an address of an elastic IP is the thing, nobody called from it', () => {
  expect(planned('who released eip 52.79.10.20')).toMatchObject({
    resources: ['52.79.10.20'],
    addresses: [],
  });
});

test('whoever takes on a role by OIDC has no session yet', () => {
  const plan = planned('깃헙 OIDC로 역할 받아간 기록');
  expect(plan).toMatchObject({ actor: null, eventNames: ['AssumeRoleWithWebIdentity'] });
  expect(plan.resources).toEqual(['token.actions.githubusercontent.com']);
});

test('what an id is called beside it narrows nothing; without the id it does', () => {
  expect(planned('why did our bastion i-0dbc91f429e48eeed disappear').resources).toEqual([
    'i-0dbc91f429e48eeed',
  ]);
  expect('plan' in asked('why did our bastion disappear')).toBe(false);
});
