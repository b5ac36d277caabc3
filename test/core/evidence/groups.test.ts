import fc from 'fast-check';
import { bytesOut } from '../../../src/core/evidence/bytes-out.ts';
import { conclude } from '../../../src/core/evidence/conclude.ts';
import type { CloudTrailEvent } from '../../../src/core/evidence/event.ts';
import { groupsOf } from '../../../src/core/evidence/groups.ts';
import type { JsonObject } from '../../../src/core/json.ts';
import type { Plan } from '../../../src/core/questions/plan.ts';
import { found, session, soundEvent, soundPlan } from './sound.ts';

let number = 0;
function call(difference: JsonObject = {}): CloudTrailEvent {
  number += 1;
  return soundEvent({
    eventID: `0ea6b2d5-51d5-4765-ad83-${String(number).padStart(12, '0')}`,
    ...difference,
  });
}

const counting = (groupBy: Plan['groupBy'], more: Partial<Plan> = {}) =>
  soundPlan({ shape: 'count', groupBy, order: 'count', ...more });

test.each<[Plan['groupBy'][number], JsonObject, string]>([
  ['actor', {}, 'alice'],
  ['actor', { userIdentity: session('Admin', 'bob') }, 'Admin/bob'],
  ['account', {}, '111122223333'],
  ['region', {}, 'ap-northeast-2'],
  ['event', { eventName: 'CreateFunction20150331' }, 'CreateFunction'],
  ['source', {}, 'ec2.amazonaws.com'],
  ['address', {}, '203.0.113.10'],
  // 05:32 in UTC is 14:32 in Seoul, where the asker lives.
  ['day', { eventTime: '2026-11-20T16:00:00Z' }, '2026-11-21'],
  ['hour', {}, '2026-11-20 14'],
  ['resource', {}, 'i-0dbc91f429e48eeed'],
  ['error', { errorCode: 'Client.UnauthorizedOperation' }, 'Client.UnauthorizedOperation'],
  ['error', {}, ''],
  ['via', {}, 'cli'],
])('by %s', (slot, record, value) => {
  expect(groupsOf(counting([slot]), [call(record)])).toEqual([
    { key: { [slot]: value }, count: 1 },
  ]);
});

test('who is throttled, at which call, the busiest first', () => {
  const events = [
    ...Array.from({ length: 3 }, () =>
      call({ eventName: 'DescribeInstances', errorCode: 'Client.RequestLimitExceeded' }),
    ),
    call({
      eventName: 'PutMetricData',
      errorCode: 'Throttling',
      userIdentity: session('batch', 'x'),
    }),
    call(),
  ];
  const plan = counting(['actor', 'event'], { outcome: 'throttled' });
  const answer = conclude(
    { id: '1', question: '', language: 'en', echo: '', plan },
    [{ source: 's', found: found(events) }],
    new Map(),
  );
  expect(answer.groups).toEqual([
    { key: { actor: 'alice', event: 'DescribeInstances' }, count: 3 },
    { key: { actor: 'batch/x', event: 'PutMetricData' }, count: 1 },
  ]);
});

test('a call that two accounts recorded counts once', () => {
  const sharedEventID = '11111111-2222-4333-8444-555555555555';
  const events = [
    call({ sharedEventID, eventName: 'AssumeRole' }),
    call({ sharedEventID, eventName: 'AssumeRole', recipientAccountId: '444455556666' }),
  ];
  const plan = counting(['event']);
  const answer = conclude(
    { id: '1', question: '', language: 'en', echo: '', plan },
    [{ source: 's', found: found(events) }],
    new Map(),
  );
  expect(answer).toMatchObject({ total: 2, calls: 1, groups: [{ count: 1 }] });
});

test('the counts of all groups are the calls, whatever they are grouped by', () => {
  const calls = fc.array(
    fc.record({
      eventName: fc.constantFrom('A', 'B'),
      awsRegion: fc.constantFrom('us-east-1', 'eu-west-1'),
      sourceIPAddress: fc.constantFrom('203.0.113.1', '203.0.113.2'),
    }),
    { maxLength: 50 },
  );
  const slots = fc.uniqueArray(fc.constantFrom('event', 'region', 'address', 'actor', 'hour'), {
    minLength: 1,
  });
  fc.assert(
    fc.property(calls, slots, (records, groupBy) => {
      const groups = groupsOf(
        counting(groupBy as Plan['groupBy']),
        records.map((one) => call(one)),
      );
      expect(groups.reduce((sum, { count }) => sum + count, 0)).toBe(records.length);
      const keys = groups.map(({ key }) => JSON.stringify(key));
      expect(new Set(keys).size).toBe(keys.length);
      expect(groups.map(({ count }) => count)).toEqual(
        groups.map(({ count }) => count).toSorted((a, b) => b - a),
      );
    }),
  );
});

describe('bytes out', () => {
  const out = (bytes: JsonObject[string], more: JsonObject = {}) =>
    call({
      eventName: 'GetObject',
      eventSource: 's3.amazonaws.com',
      additionalEventData: { bytesTransferredOut: bytes },
      ...more,
    });
  const bytes = (groupBy: Plan['groupBy']) => counting(groupBy, { measure: 'bytes' });

  test.each<[JsonObject[string], bigint]>([
    [512, 512n],
    ['512', 512n],
    ['512.0', 512n],
    [0, 0n],
    ['', 0n],
    ['many', 0n],
    ['-5', 0n],
    [null, 0n],
    ['90071992547409930', 90_071_992_547_409_930n],
  ])('%j', (said, read) => {
    expect(bytesOut(out(said))).toBe(read);
  });

  test('are summed by who took them, the greatest first; who took none stands there with none', () => {
    const events = [
      out(100),
      out('5000000000', { userIdentity: session('Export', 'x') }),
      out(4, { userIdentity: session('Export', 'x') }),
      call({ userIdentity: session('Idle', 'y') }),
    ];
    expect(groupsOf(bytes(['actor']), events)).toEqual([
      { key: { actor: 'Export/x' }, count: 5_000_000_004 },
      { key: { actor: 'alice' }, count: 100 },
      { key: { actor: 'Idle/y' }, count: 0 },
    ]);
    expect(groupsOf(bytes([]), events)).toEqual([{ key: {}, count: 5_000_000_104 }]);
  });
});
