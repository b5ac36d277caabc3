import fc from 'fast-check';
import { bursts } from '../../../src/core/detections/bursts.ts';
import type { Judgement } from '../../../src/core/detections/judge.ts';
import { DETECTORS } from '../../../src/core/detections/registry.ts';
import { networkOf } from '../../../src/core/detections/unusual.ts';
import type { CloudTrailEvent } from '../../../src/core/evidence/event.ts';
import { detectionRules } from '../../../src/policies.ts';
import { soundEvent } from '../evidence/sound.ts';
import { eventsOf, judged } from './examples.ts';

const idsOf = (judgement: Judgement) =>
  judgement.status === 'found' ? judgement.events.map(({ eventID }) => eventID).toSorted() : [];

const cases = detectionRules().flatMap((rule) => {
  const detector = DETECTORS.find(({ id }) => id === rule.id);
  if (!detector) throw new Error(`no detector ${rule.id}`);
  return rule.examples.map((example) => ({
    name: `${rule.id}: ${example.case}`,
    detector,
    rule,
    example,
  }));
});

test.each(cases)(
  'the order of the events changes nothing: $name',
  ({ detector, rule, example }) => {
    const events = eventsOf(example.events);
    const first = judged(detector, rule.threshold, example, events);
    fc.assert(
      fc.property(fc.shuffledSubarray(events, { minLength: events.length }), (mixed) => {
        const again = judged(detector, rule.threshold, example, mixed);
        expect(again.status).toBe(first.status);
        expect(idsOf(again)).toEqual(idsOf(first));
      }),
      { numRuns: 20 },
    );
  },
);

/** What people of another account do all day, before, between and after. */
const unrelated = fc
  .array(
    fc.record({
      minute: fc.integer({ min: -600, max: 600 }),
      eventName: fc.constantFrom('DescribeInstances', 'StartInstances', 'CreateTags'),
      errorCode: fc.constantFrom('', 'Client.UnauthorizedOperation'),
      awsRegion: fc.constantFrom('ap-northeast-2', 'eu-south-2'),
    }),
    { maxLength: 30 },
  )
  .map((calls) =>
    calls.map(({ minute, eventName, errorCode, awsRegion }, index) =>
      soundEvent({
        eventID: `ffffffff-0000-4000-8000-${String(index).padStart(12, '0')}`,
        eventTime: new Date(Date.parse('2026-11-20T05:00:00Z') + minute * 60_000)
          .toISOString()
          .replace('.000Z', 'Z'),
        eventName,
        awsRegion,
        recipientAccountId: '555566667777',
        readOnly: eventName === 'DescribeInstances',
        userIdentity: { type: 'IAMUser', userName: 'zoe', accountId: '555566667777' },
        errorCode,
      }),
    ),
  );

test.each(cases.filter(({ example }) => example.status === 'found'))(
  'events of others take nothing away: $name',
  ({ detector, rule, example }) => {
    const events = eventsOf(example.events);
    const alone = idsOf(judged(detector, rule.threshold, example, events));
    fc.assert(
      fc.property(unrelated, (others) => {
        const together = judged(detector, rule.threshold, example, [...others, ...events]);
        expect(together.status).toBe('found');
        expect(idsOf(together)).toEqual(expect.arrayContaining(alone));
      }),
      { numRuns: 20 },
    );
  },
);

test('a burst is what a window of any place would hold, by a slower rule', () => {
  const series = fc.array(fc.integer({ min: 0, max: 3600 }), { maxLength: 40 });
  fc.assert(
    fc.property(series, fc.integer({ min: 1, max: 6 }), (seconds, enough) => {
      const events = seconds.map((second, index) =>
        soundEvent({
          eventID: `0ea6b2d5-51d5-4765-ad83-${String(index).padStart(12, '0')}`,
          eventTime: new Date(Date.parse('2026-11-20T05:00:00Z') + second * 1000)
            .toISOString()
            .replace('.000Z', 'Z'),
        }),
      );
      const at = (event: CloudTrailEvent) => Date.parse(event.eventTime ?? '');
      const slow = events.filter((event) =>
        events.some((start) => {
          const inside = events.filter(
            (one) => at(one) >= at(start) && at(one) - at(start) <= 300_000,
          );
          return inside.length >= enough && inside.includes(event);
        }),
      );
      const fast = bursts(events, { minutes: 5, enough, kindOf: () => 'all' });
      expect(fast.map(({ eventID }) => eventID).toSorted()).toEqual(
        slow.map(({ eventID }) => eventID).toSorted(),
      );
    }),
  );
});

test('what is alike counts once, in a window that moves on', () => {
  const at = (minute: number, eventName: string) =>
    soundEvent({
      eventName,
      eventTime: `2026-11-20T05:${String(minute).padStart(2, '0')}:00Z`,
    });
  const alike = ({ eventName }: CloudTrailEvent) => eventName;
  const burst = { minutes: 5, enough: 2, kindOf: () => 'all', alike };
  const names = (events: CloudTrailEvent[]) => bursts(events, burst).map((one) => one.eventName);
  expect(names([at(0, 'A'), at(1, 'A'), at(2, 'A')])).toEqual([]);
  expect(names([at(0, 'A'), at(4, 'A'), at(8, 'B')])).toEqual(['A', 'B']);
  expect(names([at(0, 'A'), at(1, 'A'), at(9, 'B')])).toEqual([]);
});

test.each([
  ['203.0.113.10', '203.0.113'],
  ['203.0.113.200', '203.0.113'],
  ['2001:db8:1:2::3', '2001:db8:1'],
  ['2001:0db8:0001:9::1', '2001:db8:1'],
  ['::1', '0:0:0'],
  ['cloudformation.amazonaws.com', null],
  ['AWS Internal', null],
  ['', null],
])('the network of %s is %s', (address, network) => {
  expect(networkOf(address, 24, 48)).toBe(network);
});
