import { echo } from '../../../src/core/questions/index.ts';
import { asked, planned } from './phrases.ts';

/** Both are in words that the parser reads on its own; the first is what people say instead. */
test.each([
  ['who deleted bucket acme-logs, we got paged', 'who deleted bucket acme-logs'],
  ["what'd alice@example.com do yesterday", 'what did alice@example.com do yesterday'],
  [
    'who deleted bucket acme-logs since the outage on Tuesday',
    'who deleted bucket acme-logs since Tuesday',
  ],
  [
    'who deleted bucket acme-logs after the release on friday',
    'who deleted bucket acme-logs since friday',
  ],
  ['which bucket… err, which user deleted bucket acme-logs', 'which user deleted bucket acme-logs'],
  ['failed calls in prod? nobody should be there', 'failed calls in prod'],
  ['how many distinct users deleted buckets', 'how many users deleted buckets'],
  ['writes only by bob', 'writes by bob'],
  ['bad password attempts yesterday', 'failed console logins yesterday'],
  ['비밀번호 틀린 사람 어제', '콘솔 로그인 실패한 사람 어제'],
  ['어제치 버킷 삭제 건수', '어제 버킷 삭제 건수'],
  ['origin of vpce-0a9b8c7d6e5f40312?', 'who created vpce-0a9b8c7d6e5f40312?'],
  [
    'snap-083d3b857c13988bc was given to 999988887777',
    'snap-083d3b857c13988bc was shared with 999988887777',
  ],
  ['top five users by errors', 'top 5 users by errors'],
  ['who tagged i-0aa11bb22cc33dd44', 'who changed tags on i-0aa11bb22cc33dd44'],
  ['who gave themselves more rights this week', 'who escalated privileges this week'],
])('“%s” is “%s”', (said, plain) => {
  const { asks: _, ...plan } = planned(plain);
  expect(planned(said)).toMatchObject(plan);
});

test('a turn of phrase within quotes is a name, and stays one', () => {
  expect(planned('who deleted bucket "last w/o y\'day"').resources).toEqual(["last w/o y'day"]);
});

describe('what is said only to say what is not meant', () => {
  test.each([
    ['트레일 말고 버킷 지운 사람', '버킷 지운 사람'],
    ['throttled 말고 AccessDenied만, prod 이번 주', 'AccessDenied, prod 이번 주'],
    ['deletions, not updates, by alice@example.com', 'deletions by alice@example.com'],
    ['오토스케일링이 띄운 인스턴스만, 사람이 띄운 건 빼고', '오토스케일링이 띄운 인스턴스만'],
  ])('“%s” is “%s”', (said, plain) => {
    expect(planned(said)).toEqual(planned(plain));
  });

  test.each([
    // One is a part of the other, or both may be said of one event.
    'who deleted buckets but not objects',
    '버킷 말고 객체 지운 사람',
    'who stopped but not terminated instances',
    '실패 말고 AccessDenied만, prod 이번 주',
    // The kind of a thing that has a name: without it the name would be of another kind.
    'orders 테이블 말고 버킷 지운 사람',
    '사람이 띄운 건 빼고 인스턴스',
  ])('“%s” is asked back', (said) => {
    expect(asked(said)).toEqual({ unclear: expect.anything() });
  });

  test('what carries its own particle is not what is left out', () => {
    const plan = planned('AKIAIOSFODNN7EXAMPLE 로 S3 말고 다른 서비스 호출한 거');
    expect(plan.actor).toEqual({ kind: 'access-key', value: 'AKIAIOSFODNN7EXAMPLE' });
    expect(plan.except).toMatchObject({ actors: [], eventSources: ['s3.amazonaws.com'] });
  });

  test('the same deed on both sides: by this, not by that', () => {
    const { except, verbs, resourceType } = planned('cdk로 만든 거 말고 콘솔로 만든 람다');
    expect({ via: except.via, verbs, resourceType }).toEqual({
      via: ['iac'],
      verbs: ['create'],
      resourceType: 'function',
    });
  });
});

describe('two beside each other', () => {
  test.each([
    [
      'prod vs dev: deletions per day last week',
      ['444455556666', '555566667777'],
      ['day', 'account'],
    ],
    ['which had more deletions, prod or dev', ['444455556666', '555566667777'], ['account']],
    ['prod랑 dev 비교해서 삭제 건수', ['444455556666', '555566667777'], ['account']],
  ])('“%s” counts each', (words, accounts, groupBy) => {
    const plan = planned(words);
    expect(plan).toMatchObject({ shape: 'count', accounts, verbs: ['delete'] });
    expect(plan.groupBy).toEqual(groupBy);
  });

  test.each([
    [
      '오사카랑 싱가포르 호출 건수 각각',
      { regions: ['ap-northeast-3', 'ap-southeast-1'], groupBy: ['region'] },
    ],
    ['who assumed role etl-writer, how many times each', { groupBy: ['actor'] }],
    ['alice@example.com vs bob@example.com deletions', { groupBy: ['actor'] }],
  ])('“%s”', (words, slots) => {
    expect(planned(words)).toMatchObject({ shape: 'count', ...slots });
  });

  test.each(['who deleted more buckets than last week', 'deletions in prod vs', '버킷 각각'])(
    '“%s”: nothing to hold it against, so it is asked back',
    (words) => {
      expect('plan' in asked(words)).toBe(false);
    },
  );
});

describe('how the rows are wanted', () => {
  test.each([
    ['changes to rtb-07a6b5c4d3e2f1a09, oldest first, just 5', { order: 'oldest', limit: 5 }],
    ['changes to rtb-07a6b5c4d3e2f1a09, newest first', { order: 'newest' }],
    ['rtb-07a6b5c4d3e2f1a09 변경 이력 오래된 순으로', { order: 'oldest' }],
    ['지난주 버킷 삭제 이벤트 세 개만', { limit: 3 }],
    ['acct ranking: most failed calls, top five', { limit: 5, order: 'count' }],
  ])('“%s”', (words, slots) => {
    expect(planned(words)).toMatchObject(slots);
  });

  test('days that are counted have their own order', () => {
    expect('plan' in asked('deletions per day, oldest first')).toBe(false);
  });
});

describe('times', () => {
  test.each([
    [
      'who deleted bucket a-1 from nov 3 up to but not including nov 5',
      '2026-11-02T15:00:00.000Z',
      '2026-11-04T15:00:00.000Z',
    ],
    [
      '11월 3일부터 11월 5일 전까지 a-1 버킷 지운 사람',
      '2026-11-02T15:00:00.000Z',
      '2026-11-04T15:00:00.000Z',
    ],
    [
      'who deleted bucket a-1 2026-11-19 04:00-06:30 UTC',
      '2026-11-19T04:00:00.000Z',
      '2026-11-19T06:30:00.000Z',
    ],
    [
      'who deleted bucket a-1 yesterday around 3am',
      '2026-11-20T17:30:00.000Z',
      '2026-11-20T19:00:00.000Z',
    ],
    ['어제 새벽 3시쯤 a-1 버킷 지운 사람', '2026-11-20T17:30:00.000Z', '2026-11-20T19:00:00.000Z'],
    [
      'who deleted bucket a-1 yesterday aroud 3am',
      '2026-11-20T17:30:00.000Z',
      '2026-11-20T19:00:00.000Z',
    ],
    [
      'who deleted bucket a-1 on friday evning',
      '2026-11-20T09:00:00.000Z',
      '2026-11-20T15:00:00.000Z',
    ],
  ])('“%s”', (words, from, to) => {
    expect(planned(words).time).toMatchObject({ from, to });
  });

  test('what was typed wrongly beside a time is told', () => {
    expect(asked('who deleted bucket a-1 yesterday aroud 3am')).toMatchObject({
      assumed: [{ typed: 'aroud', meant: 'around' }],
    });
  });

  test('an occasion without its time is asked about', () => {
    expect('plan' in asked('who deleted bucket a-1 since the outage')).toBe(false);
  });
});

describe('what is asked of us', () => {
  test.each([
    ['do you have eyes on prod at all?', 'accounts'],
    ['너 접근 안되는 계정 어디야', 'accounts'],
    ['oldest day I can ask you about', 'history'],
    ['so that last answer - did it include dev or nah', 'last-search'],
    ['방금 그 답변 어느 계정까지 뒤져본 거예요', 'last-search'],
    ['are lambda invokes being recorded', 'data-events'],
    ['acme-hr 버킷 객체 접근까지 로깅되고 있는 거 맞죠?', 'data-events'],
  ])('“%s”', (words, about) => {
    expect(planned(words)).toMatchObject({ shape: 'coverage', about });
  });

  test.each([
    ['can you see failed logins', 'failed logins'],
    ['do you see deletions in prod', 'deletions in prod'],
  ])('“%s” only sounds so', (words, plain) => {
    const { asks: _, ...plan } = planned(plain);
    expect(planned(words)).toMatchObject(plan);
  });

  test('nobody can be seen by a kind of thing', () => {
    expect('plan' in asked('do you cover lambda')).toBe(false);
  });
});

test.each([
  'was sg-0123456789abcdef0 edited by hand or by the pipeline?',
  'did cloudformation itself drop queue invoice-events or was that a person',
])('“%s” asks which, and leaves neither out', (words) => {
  expect(planned(words)).toMatchObject({ asks: 'how', via: [], except: { via: [], actors: [] } });
});

test('numbers that rise by themselves were changed by nobody', () => {
  expect(planned('who reduced retention on log group /aws/vpc/flow')).toMatchObject({
    verbs: ['change'],
    resourceType: 'log-retention',
  });
  expect('plan' in asked('have bucket deletions increased this week')).toBe(false);
});

describe('read wrongly once, by people who did not know the parser', () => {
  test('whoever was named and is pointed at is nobody else', () => {
    expect(planned('<@U01ALICE> 이 사람 지난주에 뭐 지웠어?')).toMatchObject({
      actor: { kind: 'email', value: 'alice@example.com' },
      resources: [],
      verbs: ['delete'],
    });
    expect(planned('김철수님 계정으로 dev 에서 삭제한 거')).toMatchObject({
      actor: { kind: 'email', value: 'chulsoo@example.com' },
      accounts: ['555566667777'],
    });
  });

  test('what a role called is not who took it on', () => {
    expect(planned('jenkins-agent role 지난 3시간 동안 호출한 API 종류별로 count')).toMatchObject({
      actor: { kind: 'role', value: 'jenkins-agent' },
      verbs: [],
      resources: [],
      groupBy: ['event'],
    });
  });

  test.each([
    ['오늘 에러 제일 많이 난 API 5개만', ['event'], 5],
    ['region별 RunInstances 몇 건인지 이번달', ['region'], 1000],
    ['user별로 버킷 삭제 건수', ['actor'], 1000],
    ['top 5 users by deletes this month', ['actor'], 5],
    ['top users by bucket deletions', ['actor'], 1000],
  ])('“%s” counts what it says', (words, groupBy, limit) => {
    expect(planned(words)).toMatchObject({ shape: 'count', groupBy, limit });
    expect(planned(words).eventNames).not.toContain('DeleteUser');
  });

  test('a thing that is counted is still the thing', () => {
    expect(planned('top users by bucket deletions').resourceType).toBe('bucket');
  });

  test('a state is asked of Config, a deed of the trail', () => {
    const off = 'versioning 꺼져있는 bucket list 뽑아주세요';
    expect(planned(off)).toMatchObject({ shape: 'state', state: { property: 'versioning' } });
    expect(planned('누가 버킷 versioning 껐어')).toMatchObject({ shape: 'search' });
  });

  test.each([
    'how much did we spend on nat gateways last month',
    'i-0c4e91b7f3a2d8856 stop 좀 해줘 급함',
  ])('“%s” is no question of ours', (words) => {
    expect('plan' in asked(words)).toBe(false);
  });

  test('deletions in S3 are of objects, too', () => {
    const { eventNames, eventSources } = planned('172.16.8.20 IP에서 s3 delete 한 거');
    expect({ eventNames, eventSources }).toEqual({
      eventNames: [],
      eventSources: ['s3.amazonaws.com'],
    });
  });
});

test.each([
  // Counted by bucket, other things would be among them.
  '버킷별 삭제 건수',
  'errors per bucket',
  'does that include failed logins',
  'deleted by bob or by the pipeline?',
  'role etl-writer still used?',
  'who removed the tag Owner from i-0aa11bb22cc33dd44',
  "what's the oldest event you have for bucket acme-logs",
])('“%s” is asked back rather than read in part', (words) => {
  expect('plan' in asked(words)).toBe(false);
});

test.each([
  // A remark that says where or by what is no remark.
  'who deleted buckets yesterday? we never use tokyo',
  'who signed in to the console today? nobody should be in prod',
  'who deleted bucket acme-logs? they should not be contractors',
  // How often somebody did it, and no number of rows.
  'users with failed logins this week, no more than 5',
  'which users failed to log in at most 3',
  // The rest of a list, and no comparison.
  'show more from tokyo and seoul',
  '서울이랑 도쿄 버킷 삭제 더 보여줘',
  // What we cover, and no event.
  'do you see everything in prod except tokyo',
])('“%s” is asked back', (words) => {
  expect(asked(words)).toEqual({ unclear: expect.anything() });
});

test('a number of rows is one in either way of saying it', () => {
  expect(planned('who deleted buckets this week, at most 3 rows').limit).toBe(3);
  const plan = planned('who deleted buckets this week, max 3');
  expect(plan.limit).toBe(3);
  expect(echo(plan, 'en')).toContain(' · 3 at most · ');
  expect(echo(plan, 'ko')).toContain(' · 최대 3개 · ');
});

test.each([
  // Whose it is: nothing is called so.
  '김철수 계정에서 누가 버킷 지웠어',
  "who deleted alice@example.com's bucket",
  "who terminated alice@example.com's instance yesterday",
  'who exported log group /acme/audit to s3',
  'who deleted buckets via BreakGlassAdmin',
  'acme-invoices에 998877665544 권한 준 사람',
  // Some of those who may have done it.
  'which of the contractors deleted bucket acme-logs',
  'which of our interns deleted bucket acme-logs',
  'our intern is new, who deleted bucket acme-logs',
  'who deleted bucket acme-logs — human beings please',
  'who deleted bucket acme-logs and i want humans',
  '사람이 한 것만 궁금해요. acme-logs 버킷 누가 지웠어',
  'acme-logs 버킷 누가 지웠어. 개발자만 궁금함',
  // Of what we see, of whom and for what.
  'do you cover deletions in prod',
  'are lambda invocations by bob recorded',
  'are lambda invokes from the payments team logged',
  "which accounts of the data team can't you see",
  'is cloudtrail for lambda on in prod',
  'is cloudtrail in the payments team on',
  'is logging for the payments app enabled',
])('“%s” is not answered as if a part of it were not there', (words) => {
  expect('plan' in asked(words)).toBe(false);
});

test.each([
  ['who deleted user alice@example.com', 'iam-user'],
  ["who reset alice@example.com's password", 'login-profile'],
])('“%s”: a person is what a user is called', (words, type) => {
  expect(planned(words)).toMatchObject({ resourceType: type, resources: ['alice@example.com'] });
});
