import type { Answer, AnswerEvent } from '../../../src/core/evidence/answer.ts';
import { conclude, unanswered } from '../../../src/core/evidence/conclude.ts';
import type { CloudTrailEvent } from '../../../src/core/evidence/event.ts';
import type { Searched } from '../../../src/core/evidence/source.ts';
import { tellAnswer } from '../../../src/core/evidence/tell.ts';
import type { JsonObject } from '../../../src/core/json.ts';
import { plain } from '../../../src/core/prose.ts';
import type { Plan } from '../../../src/core/questions/plan.ts';
import type { Language } from '../../../src/core/reader.ts';
import { found, session, soundEvent, soundPlan, soundRecord } from './sound.ts';

function answer(
  events: CloudTrailEvent[],
  language: Language,
  searched: Partial<Searched> = {},
  plan: Partial<Plan> = {},
): Answer {
  const asked = { id: 'q1', question: '?', language, echo: 'who · i-0dbc', plan: soundPlan(plan) };
  return conclude(asked, [{ source: 'LookupEvents', found: found(events, searched) }], new Map());
}

const numbered = (n: number) => `${String(n).padStart(8, '0')}-51d5-4765-ad83-4db65d506d9c`;

function told(...args: Parameters<typeof answer>): string[] {
  return plain(tellAnswer(answer(...args)), 'Asia/Seoul').split('\n');
}

test('one event: who, what, when, where and how well it is proven, in English', () => {
  expect(told([soundEvent()], 'en')).toEqual([
    'alice (direct) called TerminateInstances on i-0dbc91f429e48eeed',
    '2026-11-20 14:32:07 KST (05:32:07 UTC) · account 111122223333 · ap-northeast-2 · CLI · address 203.0.113.10',
    'Proof: the record itself names who called ← IAM user arn:aws:iam::111122223333:user/alice',
    'Evidence: event 0ea6b2d5-51d5-4765-ad83-4db65d506d9c · ec2.amazonaws.com · outcome ok · read in test',
    'Searched 2/2 accounts · 1/1 regions · 2026-11-01 09:00:00 KST (00:00:00 UTC) – 2026-12-01 09:00:00 KST (00:00:00 UTC) · management events · LookupEvents',
    'Understood: who · i-0dbc',
  ]);
});

test('the same in Korean', () => {
  expect(told([soundEvent()], 'ko')).toEqual([
    'alice 님이 TerminateInstances 호출을 실행했습니다 (직접) — 대상 i-0dbc91f429e48eeed',
    '2026-11-20 14:32:07 KST (05:32:07 UTC) · 계정 111122223333 · ap-northeast-2 · CLI · 주소 203.0.113.10',
    '근거: 기록 자체에 호출한 사람이 적혀 있습니다 ← IAM 사용자 arn:aws:iam::111122223333:user/alice',
    '증거: 이벤트 0ea6b2d5-51d5-4765-ad83-4db65d506d9c · ec2.amazonaws.com · 결과 ok · 출처 test',
    '검색한 범위: 계정 2/2 · 리전 1/1 · 2026-11-01 09:00:00 KST (00:00:00 UTC) – 2026-12-01 09:00:00 KST (00:00:00 UTC) · 관리 이벤트 · LookupEvents',
    '이해한 질문: who · i-0dbc',
  ]);
});

test('a denied call was tried, not done; its target comes from the message', () => {
  const denied = soundEvent({
    eventName: 'DeleteTrail',
    errorCode: 'AccessDenied',
    errorMessage:
      'User: x is not authorized to perform: cloudtrail:DeleteTrail on resource: arn:aws:cloudtrail:eu-west-1:1:trail/t',
    requestParameters: null,
  });
  expect(told([denied], 'en')[0]).toBe(
    'alice (direct) tried DeleteTrail, which failed: AccessDenied on arn:aws:cloudtrail:eu-west-1:1:trail/t',
  );
  expect(told([denied], 'ko')[0]).toBe(
    'alice 님이 DeleteTrail 호출을 시도했지만 실패했습니다: AccessDenied (직접) — 대상 arn:aws:cloudtrail:eu-west-1:1:trail/t',
  );
});

test('a session name is never told as a person', () => {
  const named = soundEvent({ userIdentity: session('ops', 'bob') });
  expect(told([named], 'en')[0]).toMatch(/^bob \(by session name only – not proof\) called/);
  expect(told([named], 'ko')[0]).toMatch(/^bob 세션이 TerminateInstances/);
});

const NO: [string, Partial<Searched>, Partial<Plan>, RegExp, RegExp][] = [
  ['complete', {}, {}, /^No\. There is no such event/, /^아니요\. 그런 이벤트가 없습니다/],
  [
    'not everything seen',
    { gaps: [{ account: '1', region: '', reason: 'AccessDenied' }] },
    {},
    /^None found, but not everything could be seen/,
    /^찾지 못했습니다\. 다만 볼 수 없었던 곳/,
  ],
  [
    'nothing seen',
    { accounts: { searched: [], of: ['1'] }, gaps: [{ account: '1', region: '', reason: 'x' }] },
    {},
    /^Nothing could be seen/,
    /^아무것도 볼 수 없었습니다/,
  ],
  [
    'not recorded',
    {},
    { eventNames: ['GetObject'] },
    /^This cannot be known: these calls are data events/,
    /^알 수 없습니다: 이 호출은 데이터 이벤트/,
  ],
];
test.each(NO)('no has its own words when %s', (_, searched, plan, en, ko) => {
  expect(told([], 'en', searched, plan)[0]).toMatch(en);
  expect(told([], 'ko', searched, plan)[0]).toMatch(ko);
});

test('what could not be seen is told with its reason, alike regions together', () => {
  const regions = ['a', 'b', 'c', 'd', 'e'];
  const lines = told([], 'en', {
    gaps: [
      ...regions.map((region) => ({ account: '111122223333', region, reason: 'AccessDenied' })),
      { account: '', region: '', reason: 'Event history keeps 90 days' },
    ],
  });
  expect(lines).toContain('• 111122223333 (5 regions) AccessDenied');
  expect(lines).toContain('• Event history keeps 90 days');
});

test('of files it is told what they hold, and a reason of our own in the language of the reader', () => {
  const held = { events: 7, accounts: 2, first: null, last: null };
  expect(told([soundEvent()], 'en', { held }).at(-2)).toMatch(
    /^Searched the 7 events that the files hold · 2 accounts · 1 region · /,
  );
  const none = told([], 'ko', { held });
  expect(none[1]).toMatch(/^검색한 범위: 파일에 든 이벤트 7건 · 계정 2 · 리전 1 · /);
  expect(none[3]).toMatch(/^• 이 파일에는 계정 2개의 이벤트 7건/);
});

test('every reason of our own has its Korean words, and times in the zone of the reader', () => {
  const early = { from: '2026-11-10T00:00:00Z', to: '2026-11-20T00:00:00Z' };
  const lines = told([soundEvent({ eventTime: null })], 'ko', early, {
    eventNames: ['GetObject', 'TerminateInstances'],
  });
  expect(lines.slice(lines.indexOf('볼 수 없었던 곳:') + 1, -1)).toEqual([
    '• GetObject: 검색한 기록에는 데이터 이벤트가 없습니다',
    '• LookupEvents: 2026-11-10 09:00:00 KST (00:00:00 UTC) 이전과 2026-11-20 09:00:00 KST (00:00:00 UTC) 이후의 기록은 검색할 수 없었습니다',
    '• 조건에 맞는 기록 1건에 시각이 없어서 물어보신 기간에 드는지 알 수 없습니다',
  ]);
});

test('what may still be on its way is told', () => {
  expect(told([], 'en', { settledUntil: '2026-11-30T00:00:00Z' })).toContain(
    'Events after 2026-11-30 09:00:00 KST (00:00:00 UTC) may still be on their way.',
  );
});

test('many events begin with the exact count, the people, the places; then each of them, grouped', () => {
  const events = Array.from({ length: 40 }, (_, n) =>
    soundEvent({
      eventID: numbered(n),
      eventTime: `2026-11-20T05:${String(n).padStart(2, '0')}:00Z`,
      recipientAccountId: n % 2 ? '111122223333' : '444455556666',
      errorCode: n === 0 ? 'AccessDenied' : null,
    }),
  );
  const lines = told(events, 'en');
  expect(lines.slice(0, 7)).toEqual([
    '40 events by alice · 2 accounts · 1 region · 1 failed',
    '2026-11-20 14:00:00 KST (05:00:00 UTC) – 2026-11-20 14:39:00 KST (05:39:00 UTC)',
    'Actors: alice ×40',
    'Calls: TerminateInstances ×40',
    'Accounts: 111122223333, 444455556666',
    'Regions: ap-northeast-2',
    'alice (direct) called TerminateInstances 15 times on i-0dbc91f429e48eeed',
  ]);
  expect(lines).toContain('… and 10 more');
  expect(told(events, 'ko')[0]).toBe('40건 · alice · 계정 2개 · 리전 1개 · 실패 1건');
});

test('a call that two accounts recorded is told once, with where else it stands', () => {
  const shared = { sharedEventID: numbered(9) };
  const copy = soundEvent({
    ...shared,
    eventID: numbered(2),
    recipientAccountId: '444455556666',
    userIdentity: { type: 'AWSAccount', accountId: '111122223333' },
  });
  const twice = [soundEvent({ ...shared, eventID: numbered(1) }), copy];
  const lines = told(twice, 'en');
  expect(lines[0]).toMatch(/^alice \(direct\) called TerminateInstances on/);
  expect(lines).toContain(`Also recorded in 444455556666 (event ${numbered(2)})`);
  expect(told(twice, 'ko')).toContain(
    `같은 호출이 다른 계정에도 기록됨: 444455556666 (이벤트 ${numbered(2)})`,
  );
  const other = soundEvent({ eventID: numbered(3), eventName: 'StopInstances' });
  expect(told([...twice, other], 'en')[0]).toMatch(/^2 calls \(3 records\) by alice/);
  expect(told([...twice, other], 'ko')[0]).toMatch(/^호출 2건 \(기록 3건\) · alice/);
});

test('what is left untold of one group is counted', () => {
  const events = Array.from({ length: 56 }, (_, n) => soundEvent({ eventID: numbered(n) }));
  expect(told(events, 'ko')).toContain('… 그 밖에 26건');
  expect(told(events, 'en')).toContain('… and 26 more');
});

test("the bot's own calls stand apart and last, however many they are", () => {
  const bots = Array.from({ length: 55 }, (_, n) =>
    soundEvent({
      eventID: numbered(n),
      eventName: 'AssumeRole',
      errorCode: 'AccessDenied',
      userIdentity: session('trailwarden-bot', 'trailwarden-bot'),
    }),
  );
  const mina = soundEvent({ eventTime: '2026-11-02T00:00:00Z', errorCode: 'AccessDenied' });
  const asked = { id: 'q', question: '', language: 'en' as const, echo: '', plan: soundPlan() };
  const evidence = [{ source: 'LookupEvents', found: found([...bots, mina]) }];
  const { text: _, ...whole } = conclude(asked, evidence, new Map(), ['trailwarden-bot']);
  expect(whole.total).toBe(56);
  expect(whole.events[0]?.actor.name).toBe('alice');
  const lines = plain(tellAnswer({ ...whole, text: '' })).split('\n');
  expect(lines[0]).toMatch(/^alice \(direct\) tried TerminateInstances/);
  expect(lines.find((line) => line.startsWith("The bot's own calls"))).toBe(
    `The bot's own calls: 55 · AssumeRole ×55 · 55 failed · 2026-11-20 05:32:07 UTC · event ${numbered(0)}`,
  );
  expect(lines.join('\n')).not.toContain('more');
  const korean = plain(tellAnswer({ ...whole, text: '', lang: 'ko' }));
  expect(korean).toContain('봇 자신의 호출: 55건 · AssumeRole ×55 · 실패 55건');
});

test('what the bot did is told in full where the bot was asked about', () => {
  const one = soundEvent({ userIdentity: session('trailwarden-read', 'trailwarden-read') });
  const plan = soundPlan({ actor: { kind: 'role', value: 'trailwarden-read' } });
  const asked = { id: 'q', question: '', language: 'en' as const, echo: '', plan };
  const evidence = [{ source: 'LookupEvents', found: found([one]) }];
  const whole = conclude(asked, evidence, new Map(), ['trailwarden-read']);
  expect(whole.own).toBeUndefined();
  expect(plain(tellAnswer(whole))).toMatch(/^trailwarden-read \(by session name only/);
});

test('counts are told group by group', () => {
  expect(told([soundEvent()], 'en', {}, { groupBy: ['actor'], shape: 'count' })).toContain(
    '• alice: 1',
  );
});

test('what was asked back comes with the readings to choose from', () => {
  const asked = { id: 'q', question: '?', language: 'en' as const, echo: '' };
  const readings = [
    { echo: 'this week', plan: soundPlan() },
    { echo: 'last week', plan: soundPlan() },
  ];
  const back = unanswered(asked, 'unclear', 'Which week do you mean?', readings);
  expect(plain(tellAnswer(back)).split('\n')).toEqual([
    'Which week do you mean?',
    '1. this week',
    '2. last week',
  ]);
});

test('a simulated organization is always told as one', () => {
  const simulated = { ...answer([soundEvent()], 'en'), simulated: true };
  expect(plain(tellAnswer(simulated))).toContain('Simulated organization: none of this is real.');
});

test('hostile text in any field of a record is quoted, harmless and short', () => {
  const hostile = [
    '<!channel>',
    '\u202eevil',
    '\u0000',
    'x'.repeat(100_000),
    '*bold* `code`\n# new line',
  ];
  for (const value of hostile)
    for (const field of [
      'eventName',
      'sourceIPAddress',
      'userAgent',
      'awsRegion',
      'recipientAccountId',
      'errorCode',
      'errorMessage',
    ]) {
      const record: JsonObject = {
        [field]: value,
        requestParameters: { [`${value}`.slice(0, 500)]: value, name: value },
        userIdentity: { type: 'IAMUser', userName: value, arn: value },
      };
      const prose = tellAnswer(answer([soundEvent(record)], 'en', {}, {}));
      // Our own words never hold what the record said.
      for (const span of prose.flat())
        if (typeof span === 'string') expect(span).not.toContain(value.slice(0, 50));
      const words = plain(prose);
      for (const invisible of ['\u0000', '\u202e']) expect(words).not.toContain(invisible);
      expect(words.length).toBeLessThan(20_000);
    }
});

test('every event of an answer can be told, whatever its record holds', () => {
  for (const proof of [
    'direct',
    'proven-chain',
    'declared',
    'session-name-only',
    'service',
    'unresolved',
  ] as const)
    for (const via of ['console', 'cli', 'sdk', 'iac', 'service'] as const) {
      const base = answer([soundEvent(soundRecord())], 'ko');
      const events = base.events.map(
        (event): AnswerEvent => ({ ...event, via, person: { name: 'x', proof } }),
      );
      expect(plain(tellAnswer({ ...base, events }))).not.toContain('undefined');
    }
});
