import fc from 'fast-check';
import type { Answer } from '../../../src/core/evidence/answer.ts';
import { conclude, type Evidence } from '../../../src/core/evidence/conclude.ts';
import type { CloudTrailEvent } from '../../../src/core/evidence/event.ts';
import type { Searched } from '../../../src/core/evidence/source.ts';
import { tellAnswer } from '../../../src/core/evidence/tell.ts';
import type { JsonObject } from '../../../src/core/json.ts';
import { plain } from '../../../src/core/prose.ts';
import type { Plan } from '../../../src/core/questions/plan.ts';
import { found, soundEvent, soundPlan } from './sound.ts';

const uuid = (n: number) => `${String(n).padStart(8, '0')}-51d5-4765-ad83-4db65d506d9c`;

function concluded(
  events: CloudTrailEvent[],
  plan: Partial<Plan> = {},
  searched: Partial<Searched> = {},
): Answer {
  const evidence: Evidence[] = [{ source: 'LookupEvents', found: found(events, searched) }];
  const asked = {
    id: 'q1',
    question: 'who?',
    language: 'en' as const,
    echo: 'who',
    plan: soundPlan(plan),
  };
  return conclude(asked, evidence, new Map());
}

const GAP = { account: '444455556666', region: 'eu-west-1', reason: 'AccessDenied' };

test('an answer is exactly the document that others build on', () => {
  expect(concluded([soundEvent()])).toEqual({
    schemaVersion: 1,
    id: 'q1',
    question: 'who?',
    lang: 'en',
    verdict: 'found',
    understood: { echo: 'who', plan: soundPlan() },
    total: 1,
    events: [
      {
        eventID: '0ea6b2d5-51d5-4765-ad83-4db65d506d9c',
        eventTime: '2026-11-20T05:32:07Z',
        eventSource: 'ec2.amazonaws.com',
        eventName: 'TerminateInstances',
        account: '111122223333',
        region: 'ap-northeast-2',
        outcome: 'ok',
        sourceIPAddress: '203.0.113.10',
        actor: { arn: 'arn:aws:iam::111122223333:user/alice', name: 'alice', type: 'IAMUser' },
        person: {
          name: 'alice',
          proof: 'direct',
          chain: ['IAM user arn:aws:iam::111122223333:user/alice'],
          chainKo: ['IAM 사용자 arn:aws:iam::111122223333:user/alice'],
        },
        resources: ['i-0dbc91f429e48eeed'],
        via: 'cli',
        details: [{ name: 'instanceId', value: 'i-0dbc91f429e48eeed' }],
        origin: 'test',
      },
    ],
    groups: [],
    coverage: {
      from: '2026-11-01T00:00:00Z',
      to: '2026-12-01T00:00:00Z',
      accounts: { searched: 2, of: 2 },
      regions: { searched: 1, of: 1 },
      categories: ['management'],
      sources: ['LookupEvents'],
      gaps: [],
    },
    text: '',
    spread: {
      first: '2026-11-20T05:32:07Z',
      last: '2026-11-20T05:32:07Z',
      accounts: ['111122223333'],
      regions: ['ap-northeast-2'],
      actors: [{ name: 'alice', count: 1 }],
      eventNames: [{ name: 'TerminateInstances', count: 1 }],
      failed: 0,
    },
    settledUntil: null,
  });
});

test.each<[string, Partial<Plan>, Partial<Searched>, Answer['verdict']]>([
  ['all was seen', {}, {}, 'none'],
  ['something was not seen', {}, { gaps: [GAP] }, 'none-visible'],
  [
    'the window was searched in part',
    {},
    { from: '2026-11-10T00:00:00Z', to: '2026-11-20T00:00:00Z' },
    'none-visible',
  ],
  ['only data events could tell', { eventNames: ['GetObject'] }, {}, 'unknowable'],
  [
    'data events were searched',
    { eventNames: ['GetObject'] },
    { categories: ['data', 'management'] },
    'none',
  ],
  [
    'data events could tell more',
    { eventNames: ['GetObject', 'DeleteBucket'] },
    {},
    'none-visible',
  ],
  [
    'the same name is a management event elsewhere',
    { eventNames: ['Query'], eventSources: ['timestream.amazonaws.com'] },
    {},
    'none',
  ],
  [
    'nothing is kept of that time',
    {},
    { from: '2026-08-01T00:00:00Z', to: '2026-08-01T00:00:00Z' },
    'unknowable',
  ],
])('nothing was found and %s', (_, plan, searched, verdict) => {
  expect(concluded([], plan, searched).verdict).toBe(verdict);
});

test.each([
  ['a verb alone', { verbs: ['delete'] as Plan['verbs'] }],
  ['a caller alone', { actor: { kind: 'root', value: 'root' } } as Partial<Plan>],
])(
  '%s asks for objects and items too, so nothing among management events is no “no”',
  (_, plan) => {
    const answer = concluded([], soundPlan(plan), {});
    expect(answer.verdict).toBe('none-visible');
    expect(answer.coverage.gaps).toMatchObject([
      { reason: expect.stringContaining('data events') },
    ]);
  },
);

const HELD = { events: 5, accounts: 2, first: '2026-11-01T00:00:00Z', last: null };

test('files never say that something did not happen, and say what they hold', () => {
  const answer = concluded([], {}, { held: HELD });
  expect(answer.verdict).toBe('none-visible');
  expect(answer.coverage).toMatchObject({
    held: 5,
    gaps: [
      {
        reason:
          'these files hold 5 events of 2 accounts between 2026-11-01T00:00:00Z and ?; what is not in them cannot be told',
        ko: expect.stringContaining('알 수 없습니다'),
      },
    ],
  });
  expect(concluded([soundEvent()], {}, { held: HELD }).coverage.gaps).toEqual([]);
});

test('files beside a source that sees everything take nothing from its no', () => {
  const asked = { id: 'q', question: '', language: 'en' as const, echo: '', plan: soundPlan() };
  const evidence = [
    { source: 'log files', found: found([], { held: HELD }) },
    { source: 'LookupEvents', found: found([]) },
  ];
  const answer = conclude(asked, evidence, new Map());
  expect(answer.verdict).toBe('none');
  expect(answer.coverage.held).toBeUndefined();
});

test('without any source nothing is known', () => {
  const asked = { id: 'q', question: '', language: 'en' as const, echo: '', plan: soundPlan() };
  expect(conclude(asked, [], new Map()).verdict).toBe('none-visible');
});

test('what was found is an answer even where something was not seen', () => {
  const answer = concluded([soundEvent()], {}, { gaps: [GAP] });
  expect(answer.verdict).toBe('found');
  expect(answer.coverage.gaps).toEqual([GAP]);
});

test('an event delivered twice counts once, by whichever source', () => {
  const twice = soundEvent({ eventID: uuid(1).toUpperCase() });
  expect(concluded([soundEvent({ eventID: uuid(1) }), twice]).total).toBe(1);
});

/** A call into another account, as that account recorded it and as the caller's own account did. */
const entered = (more: JsonObject = {}) =>
  soundEvent({
    eventID: uuid(2),
    sharedEventID: uuid(9),
    recipientAccountId: '444455556666',
    userIdentity: { type: 'AWSAccount', accountId: '111122223333' },
    ...more,
  });
const left = soundEvent({ eventID: uuid(1), sharedEventID: uuid(9) });

test.each([
  ['first', [entered(), left]],
  ['last', [left, entered()]],
])(
  'copies of one call in two accounts are two events and one call, the vague copy %s',
  (_, events) => {
    const answer = concluded(events, { groupBy: ['actor'] });
    expect(answer).toMatchObject({
      total: 2,
      calls: 1,
      groups: [{ key: { actor: 'alice' }, count: 1 }],
      spread: {
        accounts: ['111122223333', '444455556666'],
        actors: [{ name: 'alice', count: 1 }],
        eventNames: [{ name: 'TerminateInstances', count: 1 }],
      },
    });
    expect(answer.events.map(({ eventID, copyOf }) => [eventID, copyOf])).toEqual([
      [uuid(1), undefined],
      [uuid(2), uuid(1)],
    ]);
  },
);

test.each([
  ['another name', { eventName: 'RunInstances' }],
  ['another time', { eventTime: '2026-11-20T05:32:08Z' }],
  ['the same account', { recipientAccountId: '111122223333' }],
  ['another shared id', { sharedEventID: uuid(8) }],
])('a record with %s is a call of its own', (_, more) => {
  const answer = concluded([left, entered(more)]);
  expect(answer).toMatchObject({ total: 2 });
  expect(answer.calls).toBeUndefined();
});

test('a placeholder in place of the shared id joins nothing', () => {
  const hidden = { sharedEventID: 'XXXX' };
  const events = [soundEvent({ ...hidden, eventID: uuid(1) }), entered(hidden)];
  expect(concluded(events).calls).toBeUndefined();
});

test('a placeholder in place of the event id hides nothing', () => {
  const events = [
    soundEvent({ eventID: 'XXXX', awsRegion: 'eu-west-1' }),
    soundEvent({ eventID: 'XXXX', awsRegion: 'eu-west-2' }),
    soundEvent({ eventID: 'XXXX', awsRegion: 'eu-west-2' }),
  ];
  expect(concluded(events).total).toBe(2);
});

test('the total is exact, the events are cut, newest first unless asked otherwise', () => {
  const events = Array.from({ length: 70 }, (_, n) =>
    soundEvent({
      eventID: uuid(n),
      eventTime: `2026-11-20T05:${String(n % 60).padStart(2, '0')}:00Z`,
    }),
  );
  const answer = concluded(events);
  expect(answer.total).toBe(70);
  expect(answer.events).toHaveLength(30);
  expect(answer.events[0]?.eventTime).toBe('2026-11-20T05:59:00Z');
  expect(concluded(events, { order: 'oldest' }).events[0]?.eventTime).toBe('2026-11-20T05:00:00Z');
  expect(concluded(events, { limit: 3 }).events).toHaveLength(3);
});

test('counts are grouped by what was asked for, the largest first', () => {
  const events = [
    soundEvent({ eventID: uuid(1), eventTime: '2026-11-20T16:00:00Z' }),
    soundEvent({ eventID: uuid(2), eventTime: '2026-11-20T14:00:00Z' }),
    soundEvent({ eventID: uuid(3), eventTime: '2026-11-20T13:00:00Z', errorCode: 'AccessDenied' }),
  ];
  expect(concluded(events, { groupBy: ['actor', 'day'] }).groups).toEqual([
    { key: { actor: 'alice', day: '2026-11-20' }, count: 2 },
    { key: { actor: 'alice', day: '2026-11-21' }, count: 1 },
  ]);
  expect(concluded(events).spread?.failed).toBe(1);
});

test('a matching record that lost its time is told, not counted', () => {
  const answer = concluded([soundEvent({ eventTime: null })]);
  expect(answer).toMatchObject({ verdict: 'none-visible', total: 0 });
  expect(answer.coverage.gaps[0]?.reason).toMatch(/^1 matching record/);
});

test('the accounts that a call let in stand beside it', () => {
  const event = soundEvent({
    eventName: 'ModifySnapshotAttribute',
    requestParameters: {
      snapshotId: 'snap-1',
      createVolumePermission: { add: { items: [{ userId: '098797384747' }] } },
    },
  });
  expect(concluded([event]).events[0]?.sharedWith).toEqual(['098797384747']);
});

test('whatever the records hold, every event is counted once and shown at most once', () => {
  const anything = fc.record({
    eventID: fc.integer({ min: 0, max: 5 }).map(uuid),
    requestParameters: fc.jsonValue(),
    responseElements: fc.jsonValue(),
    additionalEventData: fc.jsonValue(),
    userIdentity: fc.jsonValue(),
    errorMessage: fc.jsonValue(),
    userAgent: fc.jsonValue(),
  });
  fc.assert(
    fc.property(fc.array(anything, { maxLength: 12 }), (records) => {
      const events = records.map((record) => soundEvent(record as JsonObject));
      const answer = concluded(events, { groupBy: ['actor', 'address'] });
      const ids = new Set(events.map(({ eventID }) => eventID));
      expect(answer.total).toBe(ids.size);
      expect(new Set(answer.events.map(({ eventID }) => eventID))).toEqual(ids);
      expect(answer.groups.reduce((sum, { count }) => sum + count, 0)).toBe(ids.size);
      expect(plain(tellAnswer(answer)).length).toBeGreaterThan(0);
    }),
  );
});

test('what AWS repeats in a refusal is shown without the signature and the token that were sent', () => {
  const token = `FwoGZXIvYXdzE${'Ab1'.repeat(20)}`;
  const event = soundEvent({
    errorCode: 'AccessDenied',
    errorMessage: `no: https://s3.example/x?X-Amz-Signature=0123abcd&X-Amz-Security-Token=${token} ${'.'.repeat(1_900)} ${token}`,
  });
  const answer = concluded([event], { outcome: 'any' });
  expect(answer.events[0]?.errorMessage).toContain('X-Amz-Signature=[redacted]');
  expect(JSON.stringify(answer)).not.toMatch(/0123abcd|FwoGZXIvYXdz/);
  expect(plain(tellAnswer(answer))).not.toMatch(/0123abcd|FwoGZXIvYXdz/);
});

test('of files without a single event no window is told that there is not', () => {
  const held = { events: 0, accounts: 0, first: null, last: null };
  const answer = concluded([], {}, { held });
  const reasons = answer.coverage.gaps.map(({ reason }) => reason).join();
  expect(reasons).toContain('these files hold no event at all');
  expect(answer.text + reasons).not.toContain('?');
});
