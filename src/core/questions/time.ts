import { type Calendar, calendarOf, type Range } from './calendar.ts';
import { DATE, dateIn, MONTH_ALONE } from './dates.ts';
import type { Plan } from './plan.ts';
import { mask } from './spans.ts';

/** What the words say of time; `odd` is a time that was heard but can be read in several ways, or none. */
export type HeardTime =
  | { time: Plan['time']; rest: string }
  | { odd: string; why: 'ambiguous' | 'future' | 'several' };

/** Reads every time of the question and masks it. Without one: the last 90 days, said to be assumed. */
export function timeIn(text: string, now: string, zone: string): HeardTime {
  const named = /(?<![a-z])(utc|gmt|kst|jst)(?![a-z])|한국 ?시간(?:으로)?/i.exec(text);
  const spoken = named ? (ZONES[named[1]?.toLowerCase() ?? 'kst'] ?? zone) : zone;
  const calendar = calendarOf(now, spoken);
  let rest = named ? mask(text, [{ from: named.index, to: named.index + named[0].length }]) : text;
  const heard: { words: string; range: Range; clock: boolean }[] = [];
  for (const { pattern, means, clock } of RULES) {
    for (const match of rest.toLowerCase().matchAll(pattern)) {
      const day = heard.find((one) => !one.clock)?.range;
      const range = means(match, calendar, day);
      if (range === 'not-a-time') continue;
      if (range === 'ambiguous') return { odd: match[0].trim(), why: 'ambiguous' };
      heard.push({ words: match[0].trim(), range, clock: clock ?? false });
      rest = mask(rest, [{ from: match.index, to: match.index + match[0].length }]);
    }
  }
  const [first] = heard;
  if (!first) return { time: last90Days(calendar), rest };
  const clocks = heard.filter(({ clock }) => clock);
  const days = heard.filter(({ clock }) => !clock);
  if (clocks.length > 1 || days.length > 1)
    return { odd: heard.map(({ words }) => words).join(', '), why: 'several' };
  const { range, words } = clocks[0] ?? first;
  if (range.from >= calendar.now) return { odd: words, why: 'future' };
  return {
    time: {
      from: iso(range.from),
      to: iso(Math.min(range.to, calendar.now)),
      zone: spoken,
      assumed: false,
    },
    rest,
  };
}

const ZONES: Record<string, string> = {
  utc: 'UTC',
  gmt: 'UTC',
  kst: 'Asia/Seoul',
  jst: 'Asia/Tokyo',
};

const HOUR = 60 * 60 * 1000;
const DAY = 24 * 60 * 60 * 1000;

/** As far back as LookupEvents reaches. */
function last90Days({ now, zone }: Calendar): Plan['time'] {
  return { from: iso(now - 90 * DAY), to: iso(now), zone, assumed: true };
}

function iso(instant: number): string {
  return new Date(instant).toISOString();
}

type Rule = {
  pattern: RegExp;
  means: (
    match: RegExpMatchArray,
    calendar: Calendar,
    day: Range | undefined,
  ) => Range | 'ambiguous' | 'not-a-time';
  /** A time of day, which narrows the day that was named, or today. */
  clock?: true;
};

const NUMBER =
  '\\d{1,4}|an?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|couple of|한|두|세|네|하루|이틀|사흘|일주일';
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
const UNIT_EN = 'minutes?|mins?|m|hours?|hrs?|h|days?|d|weeks?|w|months?|years?';
const UNIT_KO = '분|시간|일|주일|주|개월|달|년';
const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const WEEKDAY =
  'mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:r(?:s(?:day)?)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?';
const WEEKDAY_FULL = 'monday|tuesday|wednesday|thursday|friday|saturday|sunday';
const START = '(?<![\\w\\ue000-])';
const END = '(?![\\w-])';
const CLOCK_EN = '(\\d{1,2})(?::(\\d{2}))?\\s?(am|pm)?';
const CLOCK_KO =
  '(?:(오전|오후|새벽|아침|저녁|밤|낮)\\s?)?(\\d{1,2})시(?:\\s?(\\d{1,2})분|\\s?(반))?';
const DAYTIMES: Record<string, [from: number, to: number]> = {
  새벽: [0, 6],
  아침: [6, 12],
  오전: [0, 12],
  낮: [12, 18],
  오후: [12, 24],
  저녁: [18, 24],
  밤: [18, 30],
  morning: [0, 12],
  afternoon: [12, 18],
  evening: [18, 24],
  night: [18, 30],
};

/** In order: what says more comes first, and what was read is not read again. */
const RULES: Rule[] = [
  {
    pattern: new RegExp(
      `${START}(?:between|from) (${DATE}) (?:and|to|until|till|through|-) (${DATE})${END}`,
      'g',
    ),
    means: ([, from = '', to = ''], calendar) => between(from, to, calendar),
  },
  {
    pattern: new RegExp(`(${DATE})\\s?(?:부터|에서|~|-)\\s?(${DATE})\\s?(?:까지|사이)?`, 'g'),
    means: ([, from = '', to = ''], calendar) => between(from, to, calendar),
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
      `${START}since (?:the )?(yesterday|today|this morning|last week|last month|this week|this month)${END}`,
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
    pattern: new RegExp(`(?:약 )?(${NUMBER})\\s?(${UNIT_KO})\\s?전(부터)?(?:에)?`, 'g'),
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
      return within(named, DAYTIMES[part]);
    },
  },
  {
    pattern: new RegExp(`${START}this (morning|afternoon|evening)${END}`, 'g'),
    means: ([, part = ''], calendar) => within(calendar.day(0), DAYTIMES[part]),
  },
  {
    pattern: /(?:어젯밤|간밤|지난밤|어제 ?밤)/g,
    means: (_, calendar) => within(calendar.day(-1), DAYTIMES.밤),
  },
  {
    pattern:
      /(오늘|어제|그저께|그제|지난 ?주말|저번 ?주말|이번 ?주말|지난 ?주|저번 ?주|전주|이번 ?주|금주|지난 ?달|저번 ?달|전월|이번 ?달|금월|올해|작년)(?=[^가-힣]|에|의|는|은|도|$|[가-힣])/g,
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
  // Day and month in digits: no telling which comes first.
  {
    pattern: /(?<![\w.:/-])\d{1,2}[/.]\d{1,2}(?:[/.]\d{2,4})?(?![\w./:-])/g,
    means: () => 'ambiguous',
  },
  {
    pattern: new RegExp(
      `${START}(?:between|from) ${CLOCK_EN} (?:and|to|until|till|-) ${CLOCK_EN}${END}`,
      'g',
    ),
    clock: true,
    means: ([, h1 = '', m1, half1, h2 = '', m2, half2], calendar, day) => {
      if (!half1 && !half2 && !(m1 && m2)) return 'ambiguous';
      return clockRange(hour(h1, half1 ?? half2), m1, hour(h2, half2), m2, day ?? calendar.day(0));
    },
  },
  {
    pattern: new RegExp(
      `${CLOCK_KO}\\s?(?:부터|에서|~|-)\\s?${CLOCK_KO}\\s?(?:까지)?\\s?(?:사이)?에?`,
      'g',
    ),
    clock: true,
    means: ([, part1, h1 = '', m1, half1, part2, h2 = '', m2, half2], calendar, day) => {
      const from = hourKo(h1, part1);
      const to = hourKo(h2, part2 ?? part1);
      if (from === 'ambiguous' || to === 'ambiguous') return 'ambiguous';
      return clockRange(from, half1 ? '30' : m1, to, half2 ? '30' : m2, day ?? calendar.day(0));
    },
  },
  {
    pattern: new RegExp(`${START}(?:at|around) (\\d{1,2})(?::(\\d{2}))? ?(am|pm)${END}`, 'g'),
    clock: true,
    means: ([, h = '', m, half], calendar, day) =>
      clockRange(
        hour(h, half),
        m,
        hour(h, half) + (m ? 0 : 1),
        m ? String(Number(m) + 1) : undefined,
        day ?? calendar.day(0),
      ),
  },
  {
    pattern: new RegExp(`${CLOCK_KO}\\s?(?:쯤|경|대)?에?(?![가-힣]*간)`, 'g'),
    clock: true,
    means: ([, part, h = '', m, half], calendar, day) => {
      const from = hourKo(h, part);
      if (from === 'ambiguous') return 'ambiguous';
      const minute = half ? '30' : m;
      return clockRange(
        from,
        minute,
        minute ? from : from + 1,
        minute ? String(Number(minute) + 1) : undefined,
        day ?? calendar.day(0),
      );
    },
  },
  {
    pattern: /(새벽|아침|오전|오후|저녁|밤)(?:에|중에?)?(?![가-힣])/g,
    clock: true,
    means: ([, part = ''], calendar, day) => within(day ?? calendar.day(0), DAYTIMES[part]),
  },
];

const WORDS: Record<string, (calendar: Calendar) => Range | 'ambiguous'> = {
  today: (c) => c.day(0),
  오늘: (c) => c.day(0),
  tonight: (c) => within(c.day(0), [18, 24]),
  'this morning': (c) => within(c.day(0), [0, 12]),
  yesterday: (c) => c.day(-1),
  어제: (c) => c.day(-1),
  'day before yesterday': (c) => c.day(-2),
  그제: (c) => c.day(-2),
  그저께: (c) => c.day(-2),
  'last night': (c) => within(c.day(-1), [18, 30]),
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
  const { from, to } = calendar.week(week);
  return { from: from + 5 * DAY, to };
}

/** Hours of a day, counted from its midnight; more than 24 reach into the next. */
function within(day: Range, hours: [from: number, to: number] | undefined): Range {
  const [from, to] = hours ?? [0, 24];
  return { from: day.from + (from * DAY) / 24, to: day.from + (to * DAY) / 24 };
}

function since(
  start: Range | 'ambiguous' | 'not-a-time',
  { now }: Calendar,
): Range | 'ambiguous' | 'not-a-time' {
  return typeof start === 'string' ? start : { from: start.from, to: Math.max(now, start.from) };
}

/** Both ends belong to the range; a year that only one of them names holds for both. */
function between(from: string, to: string, calendar: Calendar): Range | 'ambiguous' {
  const year = /\d{4}/.exec(to)?.[0] ?? /\d{4}/.exec(from)?.[0];
  const start = dateIn(from, calendar, year);
  const end = dateIn(to, calendar, year);
  if (typeof start === 'string' || typeof end === 'string' || end.to <= start.from)
    return 'ambiguous';
  return { from: start.from, to: end.to };
}

function past(count: string, unit: string, { now, at, today }: Calendar): Range | 'ambiguous' {
  const many = NUMBERS[count] ?? Number(count);
  const length = lengthOf(unit);
  if (length !== undefined) return { from: now - many * length, to: now };
  const months = /^(?:years?|년)$/.test(unit) ? many * 12 : many;
  const midnight = at(today.year, today.month, today.day);
  return { from: at(today.year, today.month - months, today.day) + (now - midnight), to: now };
}

/** “3 days ago” is that day, “3 weeks ago” that week; “3 hours ago” is a moment nobody means exactly. */
function ago(count: string, unit: string, calendar: Calendar, from: boolean): Range | 'ambiguous' {
  const many = NUMBERS[count] ?? Number(count);
  if (from) return past(count, unit, calendar);
  if (/^(?:days?|d|일)$/.test(unit)) return calendar.day(-many);
  if (/^(?:weeks?|w|주|주일)$/.test(unit)) return calendar.week(-many);
  if (/^(?:months?|개월|달)$/.test(unit)) return calendar.month(-many);
  if (/^(?:years?|년)$/.test(unit)) return calendar.year(-many);
  return 'ambiguous';
}

function lengthOf(unit: string): number | undefined {
  if (/^(?:minutes?|mins?|m|분)$/.test(unit)) return 60_000;
  if (/^(?:hours?|hrs?|h|시간)$/.test(unit)) return 3_600_000;
  if (/^(?:days?|d|일)$/.test(unit)) return DAY;
  if (/^(?:weeks?|w|주|주일)$/.test(unit)) return 7 * DAY;
  return undefined;
}

/** The latest such day: today counts unless “last” was said. */
function weekday(name: string, calendar: Calendar, atLeast: number): Range {
  const index = WEEKDAYS.indexOf(name.slice(0, 3));
  const back = (calendar.today.weekday - index + 7) % 7;
  return calendar.day(-(back < atLeast ? back + 7 : back));
}

function weekdayKo(name: string, calendar: Calendar, atLeast: number): Range {
  return weekday(WEEKDAYS['월화수목금토일'.indexOf(name)] ?? 'mon', calendar, atLeast);
}

function hour(digits: string, half: string | undefined): number {
  const h = Number(digits);
  if (half === 'pm') return h < 12 ? h + 12 : h;
  return half === 'am' && h === 12 ? 0 : h;
}

/** Without 오전 or 오후, hours up to 12 may be either. */
function hourKo(digits: string, part: string | undefined): number | 'ambiguous' {
  const h = Number(digits);
  if (h > 12) return h;
  if (!part) return 'ambiguous';
  if (part === '오전' || part === '새벽' || part === '아침') return h === 12 ? 0 : h;
  if (part === '밤' && (h < 6 || h === 12)) return 'ambiguous';
  return h < 12 ? h + 12 : h;
}

function clockRange(
  h1: number,
  m1: string | undefined,
  h2: number,
  m2: string | undefined,
  day: Range,
): Range | 'ambiguous' {
  const from = h1 * 60 + Number(m1 ?? 0);
  const to = h2 * 60 + Number(m2 ?? 0);
  if (h1 > 24 || h2 > 24 || to <= from || day.to - day.from > 1.1 * DAY) return 'ambiguous';
  // A night begins in the evening: two o'clock of it is on the next day.
  const whole = day.to - day.from > 0.9 * DAY;
  if (whole) return { from: day.from + from * 60_000, to: day.from + to * 60_000 };
  for (const midnight of [day.from - 18 * HOUR, day.from + 6 * HOUR]) {
    const range = { from: midnight + from * 60_000, to: midnight + to * 60_000 };
    if (range.from >= day.from && range.to <= day.to) return range;
  }
  return 'ambiguous';
}
