import fc from 'fast-check';
import { type Freeze, frozenAt, readWeekly } from '../../../src/core/fixes/freeze.ts';

const plan = { fix: 'set-lifecycle', riskClass: 'C' as const };
const at = (instant: string) => new Date(instant);

const weekend: Freeze = {
  weekly: { from: { day: 4, minute: 16 * 60 }, to: { day: 0, minute: 8 * 60 } },
  timeZone: 'Asia/Seoul',
  reason: 'weekend',
};
const yearEnd: Freeze = {
  from: '2026-12-20T00:00:00.000Z',
  to: '2027-01-04T00:00:00.000Z',
  reason: 'year end',
};

test.each([
  // Friday 15:59, 16:00; Sunday; Monday 07:59 and 08:00 in Seoul, nine hours ahead of UTC.
  ['2026-11-20T06:59:59Z', null],
  ['2026-11-20T07:00:00Z', '2026-11-22T23:00:00.000Z'],
  ['2026-11-22T12:00:00Z', '2026-11-22T23:00:00.000Z'],
  ['2026-11-22T22:59:59Z', '2026-11-22T23:00:00.000Z'],
  ['2026-11-22T23:00:00Z', null],
])('on the clock of its zone a weekend at %s ends at %s', (instant, until) => {
  expect(frozenAt([weekend], plan, at(instant))?.until ?? null).toBe(until);
});

test('a freeze begins with its first moment and is over with its last', () => {
  expect(frozenAt([yearEnd], plan, at('2026-12-19T23:59:59Z'))).toBeNull();
  expect(frozenAt([yearEnd], plan, at('2026-12-20T00:00:00Z'))).toEqual({
    reason: 'year end',
    until: '2027-01-04T00:00:00.000Z',
  });
  expect(frozenAt([yearEnd], plan, at('2027-01-04T00:00:00Z'))).toBeNull();
});

test('a freeze that runs into the next one ends with that', () => {
  // The second of January 2027 is a Saturday: the weekend in Seoul has begun by then.
  const frozen = frozenAt(
    [{ ...yearEnd, to: '2027-01-02T00:00:00.000Z' }, weekend],
    plan,
    at('2026-12-30T00:00:00Z'),
  );
  expect(frozen).toEqual({ reason: 'year end', until: '2027-01-03T23:00:00.000Z' });
});

test('what follows without an end says so', () => {
  const all = ['Mon 00:00 - Thu 00:00', 'Wed 12:00 - Mon 00:00'].map(
    (text): Freeze => ({ weekly: week(text), timeZone: 'UTC', reason: 'for ever' }),
  );
  expect(frozenAt(all, plan, at('2026-11-20T00:00:00Z'))).toEqual({
    reason: 'for ever',
    until: null,
  });
});

test('classes and exceptions narrow a freeze', () => {
  const when = at('2026-12-25T00:00:00Z');
  const some: Freeze = { ...yearEnd, classes: ['B', 'C'], except: ['start-logging'] };
  expect(frozenAt([some], { fix: 'rotate-key', riskClass: 'A' }, when)).toBeNull();
  expect(frozenAt([some], { fix: 'start-logging', riskClass: 'B' }, when)).toBeNull();
  expect(frozenAt([some], { fix: 'enable-insights', riskClass: 'B' }, when)).not.toBeNull();
});

test.each([
  // New York, 2026: at 02:00 of March 8 it is 03:00, at 02:00 of November 1 it is 01:00 once more.
  ['Sun 02:30 - Sun 12:00', '2026-03-08T06:30:00Z', true],
  ['Sat 12:00 - Sun 02:30', '2026-03-08T07:29:59Z', true],
  ['Sat 12:00 - Sun 02:30', '2026-03-08T07:30:00Z', false],
  ['Sun 01:30 - Sun 12:00', '2026-11-01T05:29:59Z', false],
  ['Sun 01:30 - Sun 12:00', '2026-11-01T05:30:00Z', true],
  // The first 01:00 of the two, and the second: what has begun is not interrupted.
  ['Sun 01:30 - Sun 12:00', '2026-11-01T06:00:00Z', true],
  ['Sat 12:00 - Sun 01:30', '2026-11-01T06:29:59Z', true],
  ['Sat 12:00 - Sun 01:30', '2026-11-01T06:30:00Z', false],
])('where the clocks change, %s takes the longer stretch: %s %s', (weekly, instant, frozen) => {
  const freeze: Freeze = { weekly: week(weekly), timeZone: 'America/New_York', reason: 'night' };
  expect(frozenAt([freeze], plan, at(instant)) !== null).toBe(frozen);
});

const ZONES = [
  'UTC',
  'Asia/Seoul',
  'America/New_York',
  'Europe/Berlin',
  'Australia/Lord_Howe',
  'Asia/Kathmandu',
  'America/St_Johns',
  'Pacific/Auckland',
];
const weekTime = fc.record({
  day: fc.integer({ min: 0, max: 6 }),
  minute: fc.integer({ min: 0, max: 1439 }),
});
const weekly = fc
  .record({ from: weekTime, to: weekTime })
  .filter(({ from, to }) => from.day !== to.day || from.minute !== to.minute);
const instants = fc.integer({
  min: Date.UTC(2026, 0, 1) / 60_000,
  max: Date.UTC(2028, 0, 1) / 60_000,
});

test('whatever the zone: inside on the wall is frozen; frozen but outside only where clocks change', () => {
  fc.assert(
    fc.property(weekly, fc.constantFrom(...ZONES), instants, (window, timeZone, minute) => {
      const now = new Date(minute * 60_000);
      const inside = insideOnTheWall(window, wallOf(now, timeZone));
      const frozen = frozenAt([{ weekly: window, timeZone, reason: 'r' }], plan, now) !== null;
      if (inside) expect(frozen).toBe(true);
      else if (frozen) expect(changesNear(now, timeZone)).toBe(true);
    }),
    { numRuns: 400 },
  );
});

test('until the end it is frozen, and at the end it is not', () => {
  fc.assert(
    fc.property(
      weekly,
      fc.constantFrom(...ZONES),
      instants,
      fc.double({ min: 0, max: 1, noNaN: true }),
      (window, timeZone, minute, share) => {
        const freezes: Freeze[] = [{ weekly: window, timeZone, reason: 'r' }];
        const now = new Date(minute * 60_000);
        const until = frozenAt(freezes, plan, now)?.until;
        if (until === undefined || until === null) return;
        const end = Date.parse(until);
        const between = new Date(now.getTime() + Math.floor((end - 1 - now.getTime()) * share));
        expect(frozenAt(freezes, plan, between)?.until).toBe(until);
        expect(frozenAt(freezes, plan, new Date(end))).toBeNull();
      },
    ),
    { numRuns: 300 },
  );
});

test.each([
  ['Fri 16:00 - Mon 08:00', { from: { day: 4, minute: 960 }, to: { day: 0, minute: 480 } }],
  ['friday 16:00-monday 08:00', { from: { day: 4, minute: 960 }, to: { day: 0, minute: 480 } }],
  ['Mon 00:00 – Fri 24:00', { from: { day: 0, minute: 0 }, to: { day: 4, minute: 1440 } }],
  ['Fri 16:00', null],
  ['Fri 16:00 - Fri 16:00', null],
  ['Sun 24:00 - Mon 00:00', null],
  ['Fry 16:00 - Mon 08:00', null],
  ['Fri 16:60 - Mon 08:00', null],
  ['Fri 24:01 - Mon 08:00', null],
  ['Fri 4pm - Mon 08:00', null],
  ['', null],
])('%j is read as %j', (text, expected) => expect(readWeekly(text)).toEqual(expected));

function week(text: string) {
  const read = readWeekly(text);
  if (!read) throw new Error(text);
  return read;
}

/** Minutes since Monday 00:00 as a clock on the wall shows them, without any of our own arithmetic. */
function wallOf(now: Date, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone,
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(now);
  const part = (type: string) => parts.find((one) => one.type === type)?.value ?? '';
  const day = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'].indexOf(part('weekday'));
  return day * 1440 + Number(part('hour')) * 60 + Number(part('minute'));
}

function insideOnTheWall({ from, to }: ReturnType<typeof week>, wall: number): boolean {
  const [start, end] = [from, to].map(({ day, minute }) => day * 1440 + minute);
  if (start === undefined || end === undefined) throw new Error('no window');
  return start < end ? wall >= start && wall < end : wall >= start || wall < end;
}

function changesNear(now: Date, timeZone: string): boolean {
  const shift = (hours: number) =>
    wallOf(new Date(now.getTime() + hours * 3_600_000), timeZone) - hours * 60;
  const normal = (minutes: number) => ((minutes % 10_080) + 10_080) % 10_080;
  return [-26, 26].some((hours) => normal(shift(hours)) !== normal(shift(0)));
}
