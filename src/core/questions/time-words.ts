import type { Calendar, Range } from './calendar.ts';
import { dateIn } from './dates.ts';

const HOUR = 60 * 60 * 1000;
const DAY = 24 * 60 * 60 * 1000;

/** Times that have a name of their own. */
export const WORDS: Record<string, (calendar: Calendar) => Range | 'ambiguous'> = {
  today: (c) => c.day(0),
  오늘: (c) => c.day(0),
  tonight: (c) => within(c.day(0), [18, 24], c),
  'this morning': (c) => within(c.day(0), [0, 12], c),
  yesterday: (c) => c.day(-1),
  어제: (c) => c.day(-1),
  'day before yesterday': (c) => c.day(-2),
  그제: (c) => c.day(-2),
  그저께: (c) => c.day(-2),
  엊그제: (c) => c.day(-2),
  엊그저께: (c) => c.day(-2),
  'last night': (c) => within(c.day(-1), [18, 30], c),
  'this week': (c) => c.week(0),
  이번주: (c) => c.week(0),
  금주: (c) => c.week(0),
  'last week': (c) => c.week(-1),
  지난주: (c) => c.week(-1),
  저번주: (c) => c.week(-1),
  전주: (c) => c.week(-1),
  'this month': (c) => c.month(0),
  이번달: (c) => c.month(0),
  금월: (c) => c.month(0),
  'last month': (c) => c.month(-1),
  지난달: (c) => c.month(-1),
  저번달: (c) => c.month(-1),
  전월: (c) => c.month(-1),
  'this year': (c) => c.year(0),
  올해: (c) => c.year(0),
  'last year': (c) => c.year(-1),
  작년: (c) => c.year(-1),
  'this weekend': (c) => weekend(c, 0),
  이번주말: (c) => weekend(c, 0),
  'last weekend': (c) => weekend(c, -1),
  'previous weekend': (c) => weekend(c, -1),
  지난주말: (c) => weekend(c, -1),
  저번주말: (c) => weekend(c, -1),
};

function weekend(calendar: Calendar, week: number): Range {
  const saturday = week * 7 - calendar.today.weekday + 5;
  return { from: calendar.day(saturday).from, to: calendar.day(saturday + 1).to };
}

/** “the weekend”: the latest that has begun. */
export function lastWeekend(calendar: Calendar): Range {
  const here = weekend(calendar, 0);
  return here.from < calendar.now ? here : weekend(calendar, -1);
}

/** The calendar quarter that lies so many quarters from this one. */
export function quarter(offset: number, { at, today }: Calendar): Range {
  const first = Math.floor((today.month - 1) / 3) * 3 + 1 + offset * 3;
  return { from: at(today.year, first, 1), to: at(today.year, first + 3, 1) };
}

/** “Q3”: of the year that was named, else the latest that has begun. */
export function namedQuarter(which: number, year: string | undefined, calendar: Calendar): Range {
  const { at, now, today } = calendar;
  const of = (y: number): Range => ({ from: at(y, which * 3 - 2, 1), to: at(y, which * 3 + 1, 1) });
  if (year) return of(Number(year));
  return of(today.year).from < now ? of(today.year) : of(today.year - 1);
}

/** From one day to another, both included; the latest such days, so the first may lie a week before. */
export function daysTo(first: Range, last: Range, { day }: Calendar): Range {
  const offset = Math.round((first.from - day(0).from) / DAY);
  const from = first.from <= last.from ? first.from : day(offset - 7).from;
  return { from, to: last.to };
}

/** From an hour of a day until that day ends, or now. */
export function sinceClock(
  hours: number,
  minutes: string | undefined,
  day: Range | undefined,
  calendar: Calendar,
): Range | 'ambiguous' {
  const of = day ?? calendar.day(0);
  const from = clockOf(of, hours * 60 + Number(minutes ?? 0), calendar);
  const to = day ? Math.max(calendar.now, from) : calendar.now;
  return hours > 24 || of.to - of.from > 1.1 * DAY || from >= to ? 'ambiguous' : { from, to };
}

/**
 * Hours of a day, counted from its midnight; more than 24 reach into the next. They are hours of the
 * wall clock: on days when clocks change, six in the morning is not six hours after midnight.
 */
export function within(
  day: Range,
  hours: [from: number, to: number] | undefined,
  calendar: Calendar,
): Range {
  const [from, to] = hours ?? [0, 24];
  return { from: clockOf(day, from * 60, calendar), to: clockOf(day, to * 60, calendar) };
}

/** The instant so many minutes of the wall clock after the midnight of a day. */
function clockOf({ from }: Range, minutes: number, { at, today, day }: Calendar): number {
  const offset = Math.round((from - day(0).from) / DAY);
  return at(today.year, today.month, today.day + offset, 0, minutes);
}

export function since(
  start: Range | 'ambiguous' | 'not-a-time',
  { now }: Calendar,
): Range | 'ambiguous' | 'not-a-time' {
  return typeof start === 'string' ? start : { from: start.from, to: Math.max(now, start.from) };
}

/** “after aug 1” is since that day; “before” reaches back as far as LookupEvents does. */
export function aside(
  side: string | undefined,
  day: Range | 'ambiguous',
  calendar: Calendar,
): Range | 'ambiguous' {
  if (typeof day === 'string') return day;
  if (side === 'after') return { from: day.from, to: Math.max(calendar.now, day.from) };
  const from = calendar.now - 90 * DAY;
  return from < day.from ? { from, to: day.from } : 'ambiguous';
}

/** Days that Korean counts by names of their own. */
export const DAYS_KO: Record<string, number> = {
  하루: 1,
  이틀: 2,
  사흘: 3,
  나흘: 4,
  닷새: 5,
  엿새: 6,
  한주: 7,
  열흘: 10,
  보름: 15,
};

/** 지난주 화요일: the Tuesday of that week, Monday first. */
export function dayOfWeek(name: string, week: number, calendar: Calendar): Range {
  const offset = week * 7 - calendar.today.weekday + '월화수목금토일'.indexOf(name);
  return calendar.day(offset);
}

/** Both ends belong to the range; a year that only one of them names holds for both. */
export function between(from: string, to: string, calendar: Calendar): Range | 'ambiguous' {
  const year = /\d{4}/.exec(to)?.[0] ?? /\d{4}/.exec(from)?.[0];
  const start = dateIn(from, calendar, year);
  const end = dateIn(to, calendar, year);
  if (typeof start === 'string' || typeof end === 'string' || end.to <= start.from)
    return 'ambiguous';
  // A day that ends a range belongs to it; an hour and minute are where it ends.
  const last = /\d[t ]\d{2}:/.test(to) && end.from > start.from ? end.from : end.to;
  return { from: start.from, to: last };
}

export function past(
  count: string,
  unit: string,
  { now, at, today }: Calendar,
): Range | 'ambiguous' {
  const many = NUMBERS[count] ?? Number(count);
  const length = lengthOf(unit);
  if (length !== undefined) return { from: now - many * length, to: now };
  const months = /^(?:years?|년)$/.test(unit) ? many * 12 : many;
  const midnight = at(today.year, today.month, today.day);
  return { from: at(today.year, today.month - months, today.day) + (now - midnight), to: now };
}

/** “3 days ago” is that day, “3 weeks ago” that week; “3 hours ago” is a moment nobody means exactly. */
export function ago(
  count: string,
  unit: string,
  calendar: Calendar,
  from: boolean,
): Range | 'ambiguous' {
  const many = NUMBERS[count] ?? Number(count);
  if (from) return past(count, unit, calendar);
  if (/^(?:days?|d|일)$/.test(unit)) return calendar.day(-many);
  if (/^(?:weeks?|w|주|주일)$/.test(unit)) return calendar.week(-many);
  if (/^(?:months?|개월|달)$/.test(unit)) return calendar.month(-many);
  if (/^(?:years?|년)$/.test(unit)) return calendar.year(-many);
  // Somebody who says “3 hours ago” means about then, or since then: both lie in what is searched.
  const length = lengthOf(unit);
  if (length === undefined) return 'ambiguous';
  return { from: calendar.now - (many + Math.max(0.5, many / 4)) * length, to: calendar.now };
}

function lengthOf(unit: string): number | undefined {
  if (/^(?:minutes?|mins?|m|분)$/.test(unit)) return 60_000;
  if (/^(?:hours?|hrs?|h|시간)$/.test(unit)) return 3_600_000;
  if (/^(?:days?|d|일)$/.test(unit)) return DAY;
  if (/^(?:weeks?|w|주|주일)$/.test(unit)) return 7 * DAY;
  return undefined;
}

/** The latest such day: today counts unless “last” was said. */
export function weekday(name: string, calendar: Calendar, atLeast: number): Range {
  const index = WEEKDAYS.indexOf(name.slice(0, 3));
  const back = (calendar.today.weekday - index + 7) % 7;
  return calendar.day(-(back < atLeast ? back + 7 : back));
}

export function weekdayKo(name: string, calendar: Calendar, atLeast: number): Range {
  return weekday(WEEKDAYS['월화수목금토일'.indexOf(name)] ?? 'mon', calendar, atLeast);
}

export function hour(digits: string, half: string | undefined): number {
  const h = Number(digits);
  if (half === 'pm') return h < 12 ? h + 12 : h;
  return half === 'am' && h === 12 ? 0 : h;
}

/** Without 오전 or 오후, hours up to 12 may be either. */
export function hourKo(digits: string, part: string | undefined): number | 'ambiguous' {
  const h = Number(digits);
  // “09시” is written on a clock of 24 hours.
  if (h > 12 || (!part && digits.startsWith('0'))) return h;
  if (!part) return 'ambiguous';
  if (part === '오전' || part === '새벽' || part === '아침') return h === 12 ? 0 : h;
  if (part === '밤' && (h < 6 || h === 12)) return 'ambiguous';
  return h < 12 ? h + 12 : h;
}

export function clockRange(
  h1: number,
  m1: string | undefined,
  h2: number,
  m2: string | undefined,
  day: Range,
  calendar: Calendar,
): Range | 'ambiguous' {
  const from = h1 * 60 + Number(m1 ?? 0);
  const end = h2 * 60 + Number(m2 ?? 0);
  // “between 22:30 and 01:15”: on the day after.
  const to = end <= from && h1 >= 18 && h2 <= 6 ? end + 24 * 60 : end;
  if (h1 > 24 || h2 > 24 || to <= from || day.to - day.from > 1.1 * DAY) return 'ambiguous';
  // A night begins in the evening: two o'clock of it is on the next day.
  const whole = day.to - day.from > 0.9 * DAY;
  const on = (of: Range): Range => ({
    from: clockOf(of, from, calendar),
    to: clockOf(of, to, calendar),
  });
  if (whole) return on(day);
  for (const midnight of [day.from - 18 * HOUR, day.from + 6 * HOUR]) {
    const range = on({ from: midnight, to: midnight + DAY });
    if (range.from >= day.from && range.to <= day.to) return range;
  }
  return 'ambiguous';
}

const NUMBERS: Record<string, number> = {
  a: 1,
  an: 1,
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
  twelve: 12,
  'couple of': 2,
  한: 1,
  두: 2,
  세: 3,
  네: 4,
  하루: 1,
  이틀: 2,
  사흘: 3,
  일주일: 7,
};

const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
