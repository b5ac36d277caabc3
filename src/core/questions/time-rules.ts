import { CLOCK_RULES } from './clock-rules.ts';
import { DATE, dateIn, MONTH_ALONE } from './dates.ts';
import { HALF_OPEN_RULES } from './half-open-rules.ts';
import { MONTH_RULES } from './month-rules.ts';
import { dayOfMonth, monthAndDay } from './months.ts';
import { DAYTIMES, END, type Rule, START } from './time-rule.ts';
import {
  ago,
  aside,
  between,
  DAYS_KO,
  dayOfWeek,
  daysTo,
  lastWeekend,
  namedQuarter,
  past,
  quarter,
  since,
  WORDS,
  weekday,
  weekdayKo,
  within,
} from './time-words.ts';

const NUMBER =
  '\\d{1,4}|an?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|couple of|한|두|세|네|하루|이틀|사흘|일주일';
const UNIT_EN = 'minutes?|mins?|m|hours?|hrs?|h|days?|d|weeks?|w|months?|years?';
const UNIT_KO = '분|시간|일|주일|주|개월|달|년';
const WEEKDAY =
  'mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:r(?:s(?:day)?)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?';
const WEEKDAY_FULL = 'monday|tuesday|wednesday|thursday|friday|saturday|sunday';
const NAMED_KO = '오늘|어제|엊그제|그제|그저께|지난 ?주|이번 ?주|지난 ?달|이번 ?달|작년|올해';
/** In order: what says more comes first, and what was read is not read again. */
export const RULES: Rule[] = [
  ...HALF_OPEN_RULES,
  ...MONTH_RULES,
  {
    pattern: new RegExp(`(${NAMED_KO})(?:부터|에서|~)\\s?(${NAMED_KO})(?:까지|\\s?사이에?)`, 'g'),
    means: ([, first = '', last = ''], calendar) => {
      const [from, to] = [first, last].map((name) => WORDS[name.replaceAll(' ', '')]?.(calendar));
      if (!from || !to || typeof from === 'string' || typeof to === 'string') return 'ambiguous';
      return from.from < to.to ? { from: from.from, to: to.to } : 'ambiguous';
    },
  },
  {
    pattern: new RegExp(`${START}since (?:the )?(\\d{1,2})(?:st|nd|rd|th)(?= |[?!.,]|$)`, 'g'),
    means: ([, day = ''], calendar) => since(dayOfMonth(Number(day), calendar), calendar),
  },
  // 이틀 전, 사흘 전부터: days that have names of their own.
  {
    pattern: /(?<![가-힣])(하루|이틀|사흘|나흘|닷새|엿새|열흘|보름)\s?전(부터)?(?:에)?(?![가-힣])/g,
    means: ([, days = '', from], calendar) =>
      ago(String(DAYS_KO[days] ?? 1), '일', calendar, from !== undefined),
  },
  {
    pattern: /(?<![가-힣])연초(부터)?(?:\s?이후)?(?![가-힣])/g,
    means: ([, from], calendar) => (from ? since(calendar.year(0), calendar) : 'ambiguous'),
  },
  // “…, october?” at the end; “march” and “may” may be words there.
  {
    pattern:
      /, ?(january|february|april|june|july|august|september|october|november|december)(?=[?!.]*$)/g,
    means: ([, month = ''], calendar) => dateIn(month, calendar),
  },
  {
    pattern: new RegExp(
      `${START}(?:between|from) (?:last )?(${WEEKDAY}) (?:and|to|until|till|through|-) (${WEEKDAY})${END}`,
      'g',
    ),
    means: ([, from = '', to = ''], calendar) =>
      daysTo(weekday(from, calendar, 0), weekday(to, calendar, 0), calendar),
  },
  {
    pattern: /([월화수목금토일])요일(?:부터|에서|~) ?([월화수목금토일])요일(?:까지|사이에?)?/g,
    means: ([, from = '', to = ''], calendar) =>
      daysTo(weekdayKo(from, calendar, 0), weekdayKo(to, calendar, 0), calendar),
  },
  {
    pattern: new RegExp(
      `${START}(?:on |last |this (?:past )?)?(${WEEKDAY_FULL}) (morning|afternoon|evening|night)${END}`,
      'g',
    ),
    means: ([words, name = '', part = ''], calendar) =>
      within(weekday(name, calendar, words.startsWith('last') ? 1 : 0), DAYTIMES[part], calendar),
  },
  {
    pattern: new RegExp(
      `${START}(?:between|from) (${DATE}) (?:and|to|until|till|through|-) (${DATE})${END}`,
      'g',
    ),
    means: ([, from = '', to = ''], calendar) => between(from, to, calendar),
  },
  {
    pattern: new RegExp(`(${DATE}) ?(?:to|through|until|till|–) ?(${DATE})${END}`, 'g'),
    means: ([, from = '', to = ''], calendar) => between(from, to, calendar),
  },
  {
    pattern: new RegExp(`(${DATE})\\s?(?:부터|에서|~|-)\\s?(${DATE})\\s?(?:까지|사이)?`, 'g'),
    means: ([, from = '', to = ''], calendar) => between(from, to, calendar),
  },
  {
    pattern: new RegExp(`${START}(after|before) (${DATE})${END}`, 'g'),
    means: ([, side, day = ''], calendar) => aside(side, dateIn(day, calendar), calendar),
  },
  {
    pattern: new RegExp(`(${DATE})\\s?(?:이전|전)(?:에|까지)?(?![가-힣])`, 'g'),
    means: ([, day = ''], calendar) => aside('before', dateIn(day, calendar), calendar),
  },
  {
    pattern: new RegExp(`${START}(after|before) (last )?(${WEEKDAY})${END}`, 'g'),
    means: ([, side, last, name = ''], calendar) =>
      aside(side, weekday(name, calendar, last ? 1 : 0), calendar),
  },
  {
    pattern: new RegExp(
      `(?<!day )${START}(after|before) (?:the )?(yesterday|today|last week|last month|this week|this month)${END}`,
      'g',
    ),
    means: ([, side, name = ''], calendar) =>
      aside(side, WORDS[name]?.(calendar) ?? 'ambiguous', calendar),
  },
  {
    pattern: new RegExp(`${START}since (${DATE})${END}`, 'g'),
    means: ([, day = ''], calendar) => since(dateIn(day, calendar), calendar),
  },
  {
    pattern: new RegExp(`(${DATE})\\s?(?:부터|이후로?|이래로?)`, 'g'),
    means: ([, day = ''], calendar) => since(dateIn(day, calendar), calendar),
  },
  {
    pattern: new RegExp(`${START}since (?:last )?(${WEEKDAY})${END}`, 'g'),
    means: ([, name = ''], calendar) => since(weekday(name, calendar, 0), calendar),
  },
  {
    pattern: /([월화수목금토일])요일(?:부터| 이후)/g,
    means: ([, name = ''], calendar) => since(weekdayKo(name, calendar, 0), calendar),
  },
  {
    pattern: new RegExp(
      `${START}since (?:the )?(yesterday|today|this morning|last night|last week|last month|this week|this month)${END}`,
      'g',
    ),
    means: ([, name = ''], calendar) => since(WORDS[name]?.(calendar) ?? 'ambiguous', calendar),
  },
  {
    pattern:
      /(어제|그제|그저께|오늘|지난 ?주|저번 ?주|지난 ?달|저번 ?달|이번 ?주|이번 ?달)(?: ?아침)?부터/g,
    means: ([, name = ''], calendar) =>
      since(WORDS[name.replaceAll(' ', '')]?.(calendar) ?? 'ambiguous', calendar),
  },
  {
    pattern: new RegExp(
      `${START}(?:(?:in|within|over|during|for|of) )?(?:the )?(?:past|last|previous|recent) (${NUMBER}) ?(${UNIT_EN})${END}`,
      'g',
    ),
    means: ([, count = '', unit = ''], calendar) => past(count, unit, calendar),
  },
  {
    pattern: new RegExp(
      `${START}(?:(?:in|within|over|during|for) )?(?:the )?(?:past (hour|day|week|month|year)|last (hour|day|minute)|the last (week|month|year))${END}`,
      'g',
    ),
    means: ([, unit, short, long], calendar) => past('1', unit ?? short ?? long ?? '', calendar),
  },
  {
    pattern: new RegExp(
      `(?:최근|지난|과거|요)\\s?(${NUMBER})\\s?(${UNIT_KO})(?:\\s?(?:동안|간|이내|안에|내에|내|사이에?|치))?`,
      'g',
    ),
    means: ([, count = '', unit = ''], calendar) => past(count, unit, calendar),
  },
  {
    pattern: /(?:최근|지난)\s?(하루|이틀|사흘|일주일)(?:\s?(?:동안|간|이내|안에|사이에?))?/g,
    means: ([, count = ''], calendar) => past(count, '일', calendar),
  },
  {
    pattern: new RegExp(`(${NUMBER})\\s?(${UNIT_KO})\\s?(?:동안|이내|안에|간)`, 'g'),
    means: ([, count = '', unit = ''], calendar) => past(count, unit, calendar),
  },
  {
    pattern: new RegExp(`${START}(?:since )?(?:about )?(${NUMBER}) (${UNIT_EN}) ago${END}`, 'g'),
    means: ([words, count = '', unit = ''], calendar) =>
      ago(count, unit, calendar, words.startsWith('since')),
  },
  {
    pattern: new RegExp(`(?:약 )?(?!한 ?일)(${NUMBER})\\s?(${UNIT_KO})\\s?전(부터)?(?:에)?`, 'g'),
    means: ([, count = '', unit = '', from], calendar) =>
      ago(count, unit, calendar, from !== undefined),
  },
  {
    pattern: new RegExp(
      `${START}(?:the )?(day before yesterday|yesterday|today|last night|tonight|this (?:week|month|year)|last (?:week|month|year)|(?:last|previous) weekend|this weekend)(?: (morning|afternoon|evening|night))?${END}`,
      'g',
    ),
    means: ([, name = '', part], calendar) => {
      const named = WORDS[name]?.(calendar) ?? 'ambiguous';
      if (!part || named === 'ambiguous') return named;
      return within(named, DAYTIMES[part], calendar);
    },
  },
  {
    pattern: new RegExp(`${START}this (morning|afternoon|evening)${END}`, 'g'),
    means: ([, part = ''], calendar) => within(calendar.day(0), DAYTIMES[part], calendar),
  },
  {
    pattern: /(?:어젯밤|간밤|지난밤|어제 ?밤)/g,
    means: (_, calendar) => within(calendar.day(-1), DAYTIMES.밤, calendar),
  },
  {
    pattern: /(지난 ?주|저번 ?주|전주|이번 ?주|금주)\s?([월화수목금토일])요일/g,
    means: ([, week = '', name = ''], calendar) =>
      dayOfWeek(name, /^(?:이번|금)/.test(week) ? 0 : -1, calendar),
  },
  {
    pattern:
      /(오늘|어제|엊그제|엊그저께|그저께|그제|지난 ?주말|저번 ?주말|이번 ?주말|지난 ?주|저번 ?주|전주|이번 ?주|금주|지난 ?달|저번 ?달|전월|이번 ?달|금월|올해(?! ?[1-4]\/?분기)|작년)(?=[^가-힣]|에|의|는|은|도|$|[가-힣])/g,
    means: ([, name = ''], calendar) => WORDS[name.replaceAll(' ', '')]?.(calendar) ?? 'ambiguous',
  },
  {
    pattern: new RegExp(`${START}(?:on |last |this (?:past )?)(${WEEKDAY})${END}`, 'g'),
    means: ([words, name = ''], calendar) =>
      weekday(name, calendar, words.startsWith('last') ? 1 : 0),
  },
  {
    pattern: new RegExp(`${START}(${WEEKDAY_FULL})${END}`, 'g'),
    means: ([, name = ''], calendar) => weekday(name, calendar, 0),
  },
  {
    pattern: /(지난 ?|저번 ?)?([월화수목금토일])요일/g,
    means: ([, last, name = ''], calendar) => weekdayKo(name, calendar, last ? 1 : 0),
  },
  {
    pattern: new RegExp(`(?:${START}(?:on|at|in|during|of) )?(${DATE})(?![\\w-])`, 'g'),
    means: ([, day = ''], calendar) => dateIn(day, calendar),
  },
  {
    pattern: new RegExp(`${START}(in|during|since) (${MONTH_ALONE})${END}`, 'g'),
    means: ([, preposition, month = ''], calendar) => {
      const range = dateIn(month, calendar);
      return preposition === 'since' ? since(range, calendar) : range;
    },
  },
  {
    pattern: new RegExp(`${START}(in|during|since) (20\\d{2})${END}`, 'g'),
    means: ([, preposition, year = ''], calendar) => {
      const range = dateIn(`${year}년`, calendar);
      return preposition === 'since' ? since(range, calendar) : range;
    },
  },
  // “on the 7th”, “7일에”: the latest such day; “the 7th bucket” is none.
  {
    pattern: new RegExp(`${START}on (?:the )?(\\d{1,2})(?:st|nd|rd|th)(?= |[?!.,]|$)`, 'g'),
    means: ([, day = ''], calendar) => dayOfMonth(Number(day), calendar),
  },
  {
    pattern: /(?<![\d월][ ]?)(\d{1,2})일(?:날|자)?에(?=[\s,.?!]|$)/g,
    means: ([, day = ''], calendar) => dayOfMonth(Number(day), calendar),
  },
  // A calendar quarter: “last quarter”, “Q3 2026”, “3분기”.
  {
    pattern: new RegExp(
      `${START}(?:(?:in|during|for|over) )?(?:the )?(this|last|previous|current|past) quarter${END}`,
      'g',
    ),
    means: ([, which = ''], calendar) =>
      quarter(/^(?:this|current)$/.test(which) ? 0 : -1, calendar),
  },
  {
    pattern: new RegExp(`${START}(?:in |during )?q([1-4])(?:,? (?:of )?(20\\d{2}))?${END}`, 'g'),
    means: ([, which = '', year], calendar) => namedQuarter(Number(which), year, calendar),
  },
  {
    pattern: /(이번|지난|저번|금|전) ?분기/g,
    means: ([, which = ''], calendar) => quarter(/^(?:이번|금)$/.test(which) ? 0 : -1, calendar),
  },
  {
    pattern: /(?:(20\d{2})년 ?|올해 ?)?([1-4])\/?분기/g,
    means: ([, year, which = ''], calendar) => namedQuarter(Number(which), year, calendar),
  },
  {
    pattern: new RegExp(
      `${START}(?:(?:over|on|at|during|in) )?(?:the|this past) weekend${END}`,
      'g',
    ),
    means: (_, calendar) => lastWeekend(calendar),
  },
  {
    pattern: /(?<![가-힣])주말(?: ?(?:동안|사이|중|내내))?/g,
    means: (_, calendar) => lastWeekend(calendar),
  },
  {
    pattern: new RegExp(`${START}overnight${END}|밤새|밤사이`, 'g'),
    means: (_, calendar) => within(calendar.day(-1), DAYTIMES.밤, calendar),
  },
  {
    pattern: new RegExp(
      `${START}since the (?:start|beginning) of (?:the|this) (week|month|year)${END}|${START}(week|month|year) to date${END}`,
      'g',
    ),
    means: ([, one, other], calendar) =>
      since(calendar[(one ?? other ?? 'week') as 'week' | 'month' | 'year'](0), calendar),
  },
  {
    pattern: /(?:이번 ?달 ?초|월초)부터/g,
    means: (_, calendar) => since(calendar.month(0), calendar),
  },
  {
    pattern: new RegExp(`${START}(?:the )?(?:past|last) fortnight${END}`, 'g'),
    means: (_, calendar) => past('2', 'weeks', calendar),
  },
  {
    pattern:
      /(?:최근|지난|요)\s?(보름|열흘|한 ?주|닷새|나흘|엿새)(?:\s?(?:동안|간|이내|안에|사이에?))?/g,
    means: ([, count = ''], calendar) =>
      past(String(DAYS_KO[count.replace(' ', '')] ?? 7), '일', calendar),
  },
  // The year first leaves no doubt.
  {
    pattern: /(?<![\w/.])(20\d{2})[/.](\d{1,2})[/.](\d{1,2})(?![\w/]|\.\d)/g,
    means: ([, year = '', month = '', day = ''], calendar) =>
      dateIn(`${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`, calendar),
  },
  // Day and month in digits: which comes first only a number above twelve tells, or the language.
  {
    pattern: /(?<![\w.:/-])(\d{1,2})\/(\d{1,2})(?![\w./:-])/g,
    means: (match, calendar) => monthAndDay(match, calendar),
  },
  {
    pattern: /(?<![\w.:/-])\d{1,2}[/.]\d{1,2}(?:[/.]\d{2,4})?(?![\w./:-])/g,
    means: () => 'ambiguous',
  },
  ...CLOCK_RULES,
];
