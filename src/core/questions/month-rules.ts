import { DATE, dateIn, MONTH_ALONE } from './dates.ts';
import { thirdOf, weekAround, weekOfMonth } from './months.ts';
import { END, type Rule, START } from './time-rule.ts';
import { between, namedQuarter, since, WORDS } from './time-words.ts';

/** Months, and their days, thirds and weeks; in order, as in `time-rules.ts`, whose first they are. */
export const MONTH_RULES: Rule[] = [
  // “11월 10일부터 12일까지”, “nov 14-16”: the month is said once.
  {
    pattern:
      /((?:\d{4}년\s?)?\d{1,2}월)\s?(\d{1,2})일?\s?(?:부터|에서|~|-)\s?(\d{1,2})일(?:까지|\s?사이)?/g,
    means: ([, month = '', from = '', to = ''], calendar) =>
      between(`${month} ${from}일`, `${month} ${to}일`, calendar),
  },
  {
    pattern: new RegExp(
      `${START}(?:(?:on|from|between|during) )?(${MONTH_ALONE})\\.? (\\d{1,2}) ?(?:-|–|~|to|through|until|and) ?(\\d{1,2})(?:,? (\\d{4}))?(?: inclusive)?(?![\\w:-])`,
      'g',
    ),
    means: ([, month = '', from = '', to = '', year], calendar) => {
      const of = (day: string) => `${month} ${day}${year ? ` ${year}` : ''}`;
      return between(of(from), of(to), calendar);
    },
  },
  // “9월 초”, “지난달 말”, “early october”: a third of the month.
  {
    pattern:
      /((?:\d{4}년\s?)?\d{1,2}월|지난 ?달|저번 ?달|이번 ?달)\s?(초|초순|중순|말|하순)(?:에|쯤|경)?(?![가-힣])/g,
    means: ([, month = '', part = ''], calendar) => {
      const whole = WORDS[month.replaceAll(' ', '')]?.(calendar) ?? dateIn(month, calendar);
      return thirdOf(whole, /^초/.test(part) ? 0 : part === '중순' ? 1 : 2, calendar);
    },
  },
  {
    pattern: new RegExp(
      `${START}(?:in )?(early|mid|late)[ -](?:in )?(${MONTH_ALONE}|last month|this month)${END}`,
      'g',
    ),
    means: ([, part = '', month = ''], calendar) =>
      thirdOf(
        WORDS[month]?.(calendar) ?? dateIn(month, calendar),
        ['early', 'mid', 'late'].indexOf(part),
        calendar,
      ),
  },
  {
    pattern:
      /((?:\d{4}년\s?)?\d{1,2}월|지난 ?달|이번 ?달)\s?(첫|둘|셋|넷|다섯)(?:째|\s?번째)\s?주(?:에)?(?![가-힣])/g,
    means: ([, month = '', nth = ''], calendar) =>
      weekOfMonth(
        WORDS[month.replaceAll(' ', '')]?.(calendar) ?? dateIn(month, calendar),
        ['첫', '둘', '셋', '넷', '다섯'].indexOf(nth),
        calendar,
      ),
  },
  {
    pattern: new RegExp(`${START}(?:in |during )?(?:the )?week of (${DATE})${END}`, 'g'),
    means: ([, day = ''], calendar) => weekAround(dateIn(day, calendar), calendar),
  },
  {
    pattern: new RegExp(`${START}(?:in |during )?q([1-4]),? (?:of )?(this|last) year${END}`, 'g'),
    means: ([, which = '', year], { today, ...calendar }) =>
      namedQuarter(Number(which), String(year === 'last' ? today.year - 1 : today.year), {
        today,
        ...calendar,
      }),
  },
  {
    pattern: /(작년|지난해|올해)\s?(\d{1,2})월(?:\s?(\d{1,2})일)?/g,
    means: ([, year = '', month = '', day], calendar) =>
      dateIn(
        `${calendar.today.year - (year === '올해' ? 0 : 1)}년 ${month}월${day ? ` ${day}일` : ''}`,
        calendar,
      ),
  },
  {
    pattern: new RegExp(`${START}(?:in |during |since )?(20\\d{2})-(\\d{2})${END}`, 'g'),
    means: ([words, year = '', month = ''], calendar) => {
      const range = dateIn(`${year}년 ${Number(month)}월`, calendar);
      return words.startsWith('since') ? since(range, calendar) : range;
    },
  },
];
