import { DATE, dateIn } from './dates.ts';
import { END, type Rule, START } from './time-rule.ts';

/** “from nov 3 up to but not including nov 5”, “11월 3일부터 11월 5일 전까지”: the last day is left out. */
export const HALF_OPEN_RULES: Rule[] = [
  {
    pattern: new RegExp(
      `${START}(?:(?:from|between) )?(${DATE}),? (?:and |up )?(?:to|until|till),? (?:but )?(?:not including|excluding|not counting) (${DATE})${END}`,
      'g',
    ),
    means: ([, from = '', to = ''], calendar) => untilDay(from, to, calendar),
  },
  {
    pattern: new RegExp(`(${DATE})\\s?부터\\s?(${DATE})\\s?(?:전까지|이전까지|미만까지|미만)`, 'g'),
    means: ([, from = '', to = ''], calendar) => untilDay(from, to, calendar),
  },
];

function untilDay(
  from: string,
  to: string,
  calendar: Parameters<Rule['means']>[1],
): ReturnType<Rule['means']> {
  const year = /\d{4}/.exec(to)?.[0] ?? /\d{4}/.exec(from)?.[0];
  const [first, last] = [dateIn(from, calendar, year), dateIn(to, calendar, year)];
  if (typeof first === 'string' || typeof last === 'string' || last.from <= first.from)
    return 'ambiguous';
  return { from: first.from, to: last.from };
}
