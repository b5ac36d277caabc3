import type { Calendar, Range } from './calendar.ts';
import { dateIn } from './dates.ts';

const DAY = 24 * 60 * 60 * 1000;

/** The latest day of that number which has begun, this month or before. */
export function dayOfMonth(day: number, { at, now, today }: Calendar): Range | 'ambiguous' {
  if (day < 1 || day > 31) return 'ambiguous';
  for (let back = 0; back < 3; back += 1) {
    const from = at(today.year, today.month - back, day);
    const month = at(today.year, today.month - back + 1, 1);
    if (from < month && from < now)
      return { from, to: at(today.year, today.month - back, day + 1) };
  }
  return 'ambiguous';
}

/** 초, 중순, 말: the first ten days of a month, the second ten, and what is left of it. */
export function thirdOf(
  month: Range | 'ambiguous',
  third: number,
  { at, day, today }: Calendar,
): Range | 'ambiguous' {
  if (typeof month === 'string') return month;
  const offset = (days: number) =>
    at(today.year, today.month, today.day + Math.round((month.from - day(0).from) / DAY) + days);
  return { from: offset(third * 10), to: third === 2 ? month.to : offset(third * 10 + 10) };
}

/** The nth week of a month, Monday first; the first is the one whose Thursday lies in it. */
export function weekOfMonth(
  month: Range | 'ambiguous',
  nth: number,
  calendar: Calendar,
): Range | 'ambiguous' {
  if (typeof month === 'string') return month;
  const first = weekAround(month, calendar);
  if (typeof first === 'string') return first;
  const thursday = first.from + 3.5 * DAY;
  const weeks = Math.round((first.from - calendar.week(0).from) / (7 * DAY));
  const week = calendar.week(weeks + nth + (thursday < month.from ? 1 : 0));
  return week.from + 3.5 * DAY < month.to ? week : 'ambiguous';
}

/** “week of nov 9”: from the Monday before that day to the next. */
export function weekAround(day: Range | 'ambiguous', calendar: Calendar): Range | 'ambiguous' {
  if (typeof day === 'string') return day;
  const weeks = Math.floor((day.from + DAY / 4 - calendar.week(0).from) / (7 * DAY));
  return calendar.week(weeks);
}

/** “11/18” has one reading, “3/4” two: but Korean always says the month first. */
export function monthAndDay(match: RegExpMatchArray, calendar: Calendar): Range | 'ambiguous' {
  const [first, second] = [Number(match[1]), Number(match[2])];
  const korean = /[가-힣]/.test(match.input ?? '');
  if (first > 12 && second > 12) return 'ambiguous';
  if (first <= 12 && (second > 12 || korean)) return dateIn(`${first}월 ${second}일`, calendar);
  return first > 12 ? dateIn(`${second}월 ${first}일`, calendar) : 'ambiguous';
}
