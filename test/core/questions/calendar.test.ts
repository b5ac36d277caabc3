import fc from 'fast-check';
import { asked, planned } from './phrases.ts';

/** Sunday, 22 November 2026, 18:00 in Seoul. */
const rangeOf = (words: string, now = '2026-11-22T09:00:00Z', timeZone = 'Asia/Seoul') => {
  const { time } = planned(`who deleted bucket finance-reports ${words}`, { now, timeZone });
  return `${time.from.slice(0, 16)} ${time.to.slice(0, 16)}`;
};

test.each([
  ['this quarter', '2026-09-30T15:00 2026-11-22T09:00'],
  ['지난 분기', '2026-06-30T15:00 2026-09-30T15:00'],
  ['in q1 2026', '2025-12-31T15:00 2026-03-31T15:00'],
  ['올해 2분기에', '2026-03-31T15:00 2026-06-30T15:00'],
  ['over the weekend', '2026-11-20T15:00 2026-11-22T09:00'],
  ['last weekend', '2026-11-13T15:00 2026-11-15T15:00'],
  ['주말에', '2026-11-20T15:00 2026-11-22T09:00'],
  ['overnight', '2026-11-21T09:00 2026-11-21T21:00'],
  ['on friday night', '2026-11-20T09:00 2026-11-20T21:00'],
  ['from monday to wednesday', '2026-11-15T15:00 2026-11-18T15:00'],
  ['월요일부터 수요일까지', '2026-11-15T15:00 2026-11-18T15:00'],
  ['yesterday 2-4pm', '2026-11-21T05:00 2026-11-21T07:00'],
  ['since 9am', '2026-11-22T00:00 2026-11-22T09:00'],
  ['어제 오전 9시부터', '2026-11-21T00:00 2026-11-22T09:00'],
  ['오늘 새벽에', '2026-11-21T15:00 2026-11-21T21:00'],
  ['최근 보름 동안', '2026-11-07T09:00 2026-11-22T09:00'],
  ['since the beginning of the month', '2026-10-31T15:00 2026-11-22T09:00'],
  ['nov 3rd to nov 5th', '2026-11-02T15:00 2026-11-05T15:00'],
  ['on 2026/11/03', '2026-11-02T15:00 2026-11-03T15:00'],
])('“%s” in Seoul', (words, range) => {
  expect(rangeOf(words)).toBe(range);
});

test.each(['on 03/04/2026', 'on 3/4', 'between 2 and 4'])(
  '“%s” can be read in several ways, and is asked back',
  (words) => {
    expect(asked(`who deleted bucket finance-reports ${words}`)).toHaveProperty('unclear');
  },
);

/** Clocks went back in New York on Sunday, 1 November 2026, at two in the morning. */
test.each([
  ['today', '2026-11-01T04:00 2026-11-01T20:00'],
  ['this morning', '2026-11-01T04:00 2026-11-01T17:00'],
  ['today between 3am and 4am', '2026-11-01T08:00 2026-11-01T09:00'],
  ['last night', '2026-10-31T22:00 2026-11-01T11:00'],
  ['this weekend', '2026-10-31T04:00 2026-11-01T20:00'],
  ['yesterday', '2026-10-31T04:00 2026-11-01T04:00'],
])('“%s” on the day when clocks go back', (words, range) => {
  expect(rangeOf(words, '2026-11-01T20:00:00Z', 'America/New_York')).toBe(range);
});

const TIMES = fc.constantFrom(
  'today',
  'yesterday',
  'last night',
  'this week',
  'last week',
  'over the weekend',
  'this quarter',
  'last quarter',
  'since monday',
  'since last friday',
  'in the past 3 days',
  'last month',
  'overnight',
  '어젯밤',
  '지난주',
  '지난 분기',
  '주말에',
  '월요일부터',
  '최근 열흘',
);
const ZONES = fc.constantFrom(
  'UTC',
  'Asia/Seoul',
  'America/New_York',
  'Europe/Berlin',
  'Australia/Lord_Howe',
  'Pacific/Kiritimati',
);

test('whenever and wherever it is asked, a time begins before it ends, and ends by now', () => {
  fc.assert(
    fc.property(
      TIMES,
      ZONES,
      fc.date({
        min: new Date('2024-01-02T00:00:00Z'),
        max: new Date('2030-01-01T00:00:00Z'),
        noInvalidDate: true,
      }),
      (words, timeZone, now) => {
        const understanding = asked(`who deleted bucket finance-reports ${words}`, {
          now: now.toISOString(),
          timeZone,
        });
        // In the first minutes of a day nothing of it has passed yet.
        if (!('plan' in understanding)) return;
        const { from, to, zone } = understanding.plan.time;
        expect(Date.parse(from)).toBeLessThan(Date.parse(to));
        expect(Date.parse(to)).toBeLessThanOrEqual(now.getTime());
        expect(zone).toBe(timeZone);
      },
    ),
    { numRuns: 300 },
  );
});
