import { callsOf } from '../../src/core/evidence/calls.ts';
import { matching } from '../../src/core/evidence/conclude.ts';
import type { CloudTrailEvent } from '../../src/core/evidence/event.ts';
import { groupsOf } from '../../src/core/evidence/groups.ts';
import type { EventSource, Search, Searched } from '../../src/core/evidence/source.ts';
import type { JsonObject } from '../../src/core/json.ts';
import type { Plan } from '../../src/core/questions/plan.ts';
import type { Reader } from '../../src/core/reader.ts';
import { answerPlan, type World } from '../../src/jobs/answer-question.ts';
import { detectionRules } from '../../src/policies.ts';
import { found, soundEvent, soundPlan } from '../core/evidence/sound.ts';

const READER: Reader = { language: 'en', timeZone: 'UTC' };
const TIME = {
  from: '2026-11-15T00:00:00Z',
  to: '2026-11-22T00:00:00Z',
  zone: 'UTC',
  assumed: false,
};

let number = 0;
/** A call with an event id of its own. */
function call(difference: JsonObject = {}): CloudTrailEvent {
  number += 1;
  return soundEvent({
    eventID: `0ea6b2d5-51d5-4765-ad83-${String(number).padStart(12, '0')}`,
    ...difference,
  });
}

const root = { type: 'Root', arn: 'arn:aws:iam::111122223333:root', accountId: '111122223333' };
const before = (difference: JsonObject = {}) =>
  call({ eventTime: '2026-11-01T05:00:00Z', ...difference });

/** A source that answers as the contract says: everything in the window, and what it looked at. */
function sourceOf(
  events: CloudTrailEvent[],
  { counts = false, costly = false, searched = {} as Partial<Searched>, name = 'archive' } = {},
) {
  const searches: Search[] = [];
  const plans: Plan[] = [];
  const all = {
    categories: ['management', 'data', 'insight'] as Searched['categories'],
    ...searched,
  };
  const source: EventSource = {
    name,
    needs: [],
    async find(search) {
      searches.push(search);
      const inside = events.filter(
        ({ eventTime, eventID }) =>
          eventTime !== null &&
          search.from <= eventTime &&
          eventTime < search.to &&
          (search.eventIds.length === 0 || search.eventIds.includes(eventID)),
      );
      return found(inside, { from: search.from, to: search.to, ...all });
    },
    issuing: async () => new Map(),
    ...(counts && {
      async tally(plan) {
        plans.push(plan);
        const evidence = [{ source: name, found: found(events) }];
        const calls = callsOf(matching({ ...plan, groupBy: [] }, evidence).events);
        const made = calls.map(({ event }) => event);
        return {
          total: made.length,
          calls: made.length,
          groups: groupsOf(plan, made),
          spread: null,
        };
      },
    }),
    ...(costly && { estimate: async () => ({ seconds: 1, requests: 1 }) }),
  };
  return { source, searches, plans };
}

function worldWith(sources: EventSource[], more: Partial<World> = {}): World {
  return {
    now: () => new Date('2026-11-22T09:00:00Z'),
    vocabulary: async () => ({ accounts: [], people: [] }),
    organizationAccounts: async () => ['111122223333', '444455556666'],
    sources,
    detections: detectionRules(),
    ...more,
  };
}

async function detect(sources: EventSource[], plan: Partial<Plan> = {}, more: Partial<World> = {}) {
  const asked = soundPlan({ shape: 'detect', time: TIME, ...plan });
  return answerPlan(asked, 'anything unusual?', READER, worldWith(sources, more));
}

const status = (answer: Awaited<ReturnType<typeof detect>>) =>
  Object.fromEntries((answer.detections ?? []).map((one) => [one.id, one.status]));

test('a quiet week over a complete archive is a no, by every detector', async () => {
  const { source } = sourceOf([before(), call()]);
  const answer = await detect([source]);
  expect(answer).toMatchObject({ verdict: 'none', total: 0, events: [] });
  expect(Object.values(status(answer))).toEqual(Array(13).fill('clean'));
  expect(answer.understood.plan?.shape).toBe('detect');
});

test('what is found stands under its detector, with its calls, and is counted once in all', async () => {
  const { source } = sourceOf([
    before(),
    call({ userIdentity: root, eventName: 'StopLogging', eventSource: 'cloudtrail.amazonaws.com' }),
    call(),
  ]);
  const answer = await detect([source]);
  expect(answer).toMatchObject({ verdict: 'found', total: 1 });
  expect(answer.detections?.filter((one) => one.status === 'found')).toEqual([
    expect.objectContaining({ id: 'logging-tampered', count: 1 }),
    expect.objectContaining({ id: 'root-use', count: 1 }),
    expect.objectContaining({ id: 'first-seen-call', count: 1 }),
  ]);
  const [first] = answer.detections ?? [];
  expect(first?.events).toMatchObject([{ eventName: 'StopLogging', actor: { name: 'root' } }]);
  expect(first?.reason).toEqual({
    en: '1 call (StopLogging: trail stopped) by root in 111122223333',
    ko: '111122223333에서 root의 호출 1건(StopLogging: 트레일 중지)',
  });
});

test('events that are counted and events that are read give the same answer', async () => {
  const events = [
    before(),
    before({ awsRegion: 'us-east-1' }),
    call(),
    call({ awsRegion: 'eu-south-2' }),
    call({ sourceIPAddress: '198.51.100.9' }),
    ...['ListKeys', 'ListUsers', 'ListRoles', 'ListGroups', 'GetUser', 'GetRole'].flatMap(
      (eventName) => [
        call({
          eventName,
          eventSource: 'iam.amazonaws.com',
          errorCode: 'AccessDenied',
          readOnly: true,
        }),
        call({
          eventName,
          eventSource: 'kms.amazonaws.com',
          errorCode: 'AccessDenied',
          readOnly: true,
        }),
      ],
    ),
    call({ eventName: 'CreateKeyPair' }),
  ];
  const read = await detect([sourceOf(events).source]);
  const counting = sourceOf(events, { counts: true });
  const counted = await detect([counting.source]);
  expect(counting.plans.length).toBeGreaterThan(0);
  expect(counted.detections).toEqual(read.detections);
  expect(status(read)).toMatchObject({
    'new-region': 'found',
    'first-seen-call': 'found',
    'new-address-for-key': 'found',
  });
});

test('with Event history alone, detectors that need every call say so; names are looked up', async () => {
  const { source, searches } = sourceOf([call({ userIdentity: root })], {
    costly: true,
    name: 'LookupEvents',
    searched: { categories: ['management'] },
  });
  const answer = await detect([source]);
  expect(status(answer)).toEqual({
    'logging-tampered': 'clean',
    'root-use': 'found',
    'privilege-escalation': 'clean',
    'exposure-or-sharing': 'clean',
    'bulk-deletion': 'not-checkable',
    'sign-in-without-mfa': 'clean',
    'failed-sign-in-burst': 'clean',
    'long-lived-key-created': 'clean',
    'new-address-for-key': 'not-checkable',
    'denied-burst': 'not-checkable',
    'new-region': 'not-checkable',
    'first-seen-call': 'not-checkable',
    'aws-insights': 'not-checkable',
  });
  expect(answer.detections?.find(({ id }) => id === 'new-region')?.reason.en).toMatch(/archive/);
  // Root is asked for by name, never by reading everything.
  expect(
    searches.filter(({ eventNames, actors }) => eventNames.length + actors.length === 0),
  ).toEqual([]);
  expect(searches).toContainEqual(expect.objectContaining({ actors: ['root'], sparing: true }));
});

test('one detector that cannot look is a "cannot be known", and one of many is no "no"', async () => {
  const history = () =>
    sourceOf([], { costly: true, name: 'LookupEvents', searched: { categories: ['management'] } })
      .source;
  const one = await detect([history()], { set: 'new-region' });
  expect(one).toMatchObject({ verdict: 'unknowable', reason: expect.stringMatching(/archive/) });
  expect((await detect([history()])).verdict).toBe('none-visible');
});

test('a few accounts are read whole even through Event history', async () => {
  const denied = Array.from({ length: 12 }, (_, index) =>
    call({ eventName: `List${index}`, errorCode: 'AccessDenied', readOnly: true }),
  );
  const { source } = sourceOf(denied, { costly: true, searched: { categories: ['management'] } });
  const answer = await detect([source], { set: 'denied-burst', accounts: ['111122223333'] });
  expect(answer.detections).toMatchObject([{ id: 'denied-burst', status: 'found', count: 12 }]);
});

test('a gap in an account that was reached keeps every detector from being clean', async () => {
  const gaps = [{ account: '444455556666', region: '', reason: 'cut', ko: '잘림' }];
  const answer = await detect([sourceOf([before()], { searched: { gaps } }).source]);
  expect(answer.verdict).toBe('unknowable');
  expect(new Set(Object.values(status(answer)))).toEqual(new Set(['not-checkable']));
  expect(answer.detections?.[0]?.reason.en).toMatch(/444455556666: cut/);
});

test('an account that nobody reached is no "no", and a clean detector says of how many it is', async () => {
  const searched = {
    accounts: { searched: ['111122223333'], of: ['111122223333', '444455556666'] },
    gaps: [{ account: '444455556666', region: '', reason: 'AccessDenied', ko: '거부됨' }],
  };
  const answer = await detect([sourceOf([before()], { searched }).source]);
  expect(answer.verdict).toBe('none-visible');
  expect(new Set(Object.values(status(answer)))).toEqual(new Set(['clean']));
  expect(answer.detections?.[0]?.reason).toEqual({
    en: 'nothing of this kind in 1 of 2 accounts; the others could not be seen',
    ko: '계정 2개 중 1개에는 이런 일이 없고, 나머지는 볼 수 없었습니다',
  });
  expect(answer.coverage.gaps).toMatchObject([{ account: '444455556666' }]);
});

test('an archive that ends before the time asked about knows nothing of it', async () => {
  const { source } = sourceOf([before()], { searched: { to: '2026-11-16T00:00:00Z' } });
  const answer = await detect([source], { set: 'logging' });
  expect(answer.detections).toMatchObject([{ id: 'logging-tampered', status: 'not-checkable' }]);
});

test('without the thirty days before, nothing is called new', async () => {
  const { source } = sourceOf([call({ awsRegion: 'eu-south-2' })], {
    searched: { from: '2026-11-14T00:00:00Z' },
  });
  const answer = await detect([source], { set: 'new-region' });
  expect(answer.detections).toMatchObject([{ status: 'not-checkable', count: 0 }]);
});

test('places and actors of the plan restrict what is judged', async () => {
  const events = [
    before(),
    call({ eventName: 'StopLogging', eventSource: 'cloudtrail.amazonaws.com' }),
    call({
      eventName: 'DeleteTrail',
      eventSource: 'cloudtrail.amazonaws.com',
      recipientAccountId: '444455556666',
    }),
  ];
  const { source } = sourceOf(events);
  const answer = await detect([source], { set: 'logging-tampered', accounts: ['444455556666'] });
  expect(answer.detections?.[0]).toMatchObject({
    count: 1,
    events: [{ eventName: 'DeleteTrail' }],
  });
  const bob = await detect([source], { set: 'logging', actor: { kind: 'name', value: 'bob' } });
  expect(bob.detections?.[0]).toMatchObject({ status: 'clean' });
});

test('a set of events names its detectors; what no detector knows is refused', async () => {
  const { source } = sourceOf([before()]);
  expect(Object.keys(status(await detect([source], { set: 'sign-in' })))).toEqual([
    'root-use',
    'sign-in-without-mfa',
    'failed-sign-in-burst',
  ]);
  await expect(detect([source], { set: 'moon' })).rejects.toThrow(/no detector moon/);
});
