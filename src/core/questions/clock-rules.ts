import type { Range } from './calendar.ts';
import { CLOCK_EN, CLOCK_KO, DAYTIMES, END, type Rule, START } from './time-rule.ts';
import { clockRange, hour, hourKo, sinceClock, within } from './time-words.ts';

/** Times of day, in order: what says more comes first. They narrow the day that was named, or today. */
export const CLOCK_RULES: Rule[] = [
  {
    pattern:
      /(?<![\w:-])(?:between |from )?(\d{1,2}):(\d{2}) ?(?:-|–|~|to|and|until|부터|에서) ?(\d{1,2}):(\d{2})(?! ?[ap]m)(?:까지)?(?: ?사이)?(?![\d:])/g,
    clock: true,
    means: ([, h1 = '', m1, h2 = '', m2], calendar, day) =>
      clockRange(Number(h1), m1, Number(h2), m2, day ?? calendar.day(0), calendar),
  },
  {
    pattern: new RegExp(
      `${START}(?:before|until|till|by) (?:(\\d{1,2})(?::(\\d{2}))? ?(am|pm)|(\\d{1,2}):(\\d{2}))${END}`,
      'g',
    ),
    clock: true,
    means: ([, h = '', m, half, h24, m24], calendar, day) =>
      clockRange(
        0,
        undefined,
        h24 === undefined ? hour(h, half) : Number(h24),
        h24 === undefined ? m : m24,
        day ?? calendar.day(0),
        calendar,
      ),
  },
  {
    pattern: new RegExp(
      `${START}(?:between|from) ${CLOCK_EN} (?:and|to|until|till|-) ${CLOCK_EN}${END}`,
      'g',
    ),
    clock: true,
    means: ([, h1 = '', m1, half1, h2 = '', m2, half2], calendar, day) => {
      if (!half1 && !half2 && !(m1 && m2)) return 'ambiguous';
      return clockRange(
        hour(h1, half1 ?? half2),
        m1,
        hour(h2, half2),
        m2,
        day ?? calendar.day(0),
        calendar,
      );
    },
  },
  {
    pattern: new RegExp(
      `${START}${CLOCK_EN} ?(?:-|–|~|to|until|till) ?(\\d{1,2})(?::(\\d{2}))? ?(am|pm)${END}`,
      'g',
    ),
    clock: true,
    means: ([, h1 = '', m1, half1, h2 = '', m2, half2], calendar, day) =>
      clockRange(
        hour(h1, half1 ?? half2),
        m1,
        hour(h2, half2),
        m2,
        day ?? calendar.day(0),
        calendar,
      ),
  },
  // “since 14:30”: hours of the day's clock, where they can be no others.
  {
    pattern: new RegExp(
      `${START}(?:since|after) (1[3-9]|2[0-3]|0\\d):(\\d{2})(?! ?[ap]m)${END}`,
      'g',
    ),
    clock: true,
    means: ([, h = '', m], calendar, day) => sinceClock(Number(h), m, day, calendar),
  },
  {
    pattern: new RegExp(`${START}(?:since|after) (\\d{1,2})(?::(\\d{2}))? ?(am|pm)${END}`, 'g'),
    clock: true,
    means: ([, h = '', m, half], calendar, day) => sinceClock(hour(h, half), m, day, calendar),
  },
  {
    pattern: new RegExp(
      `${CLOCK_KO}\\s?(?:부터|이후로?)(?!\\s?(?:오전|오후|새벽|아침|저녁|밤|낮)?\\s?\\d)`,
      'g',
    ),
    clock: true,
    means: ([, part, h = '', m, half], calendar, day) => {
      const minute = half ? '30' : m;
      const from = hourKo(h, part);
      if (from !== 'ambiguous') return sinceClock(from, minute, day, calendar);
      // Half past nine in the evening is still to come: the morning is meant.
      const evening = day === undefined || day.from === calendar.day(0).from;
      const later = sinceClock(Number(h) + 12, minute, calendar.day(0), calendar);
      const ahead = later === 'ambiguous' || later.from >= calendar.now;
      return evening && ahead && Number(h) < 12
        ? sinceClock(Number(h), minute, day, calendar)
        : 'ambiguous';
    },
  },
  {
    pattern: new RegExp(
      `${CLOCK_KO}\\s?(?:부터|에서|~|-)\\s?${CLOCK_KO}(?:\\s?까지)?(?:\\s?사이)?(?:에(?![가-힣]))?`,
      'g',
    ),
    clock: true,
    means: ([, part1, h1 = '', m1, half1, part2, h2 = '', m2, half2], calendar, day) => {
      const from = hourKo(h1, part1);
      const to = !part1 && !part2 && h1.startsWith('0') ? Number(h2) : hourKo(h2, part2 ?? part1);
      if (from === 'ambiguous' || to === 'ambiguous') return 'ambiguous';
      return clockRange(
        from,
        half1 ? '30' : m1,
        to,
        half2 ? '30' : m2,
        day ?? calendar.day(0),
        calendar,
      );
    },
  },
  {
    pattern: new RegExp(
      `(?<!부터 ?|에서 ?|~ ?|- ?)${CLOCK_KO}\\s?(?:이전|전|까지)(?:에)?(?![가-힣])`,
      'g',
    ),
    clock: true,
    means: ([, part, h = '', m, half], calendar, day) => {
      const to = hourKo(h, part);
      if (to === 'ambiguous') return 'ambiguous';
      return clockRange(0, undefined, to, half ? '30' : m, day ?? calendar.day(0), calendar);
    },
  },
  {
    pattern: new RegExp(
      `${START}(?:(?:at )?(around|about) |at )?(\\d{1,2})(?::(\\d{2}))? ?(am|pm)${END}`,
      'g',
    ),
    clock: true,
    means: ([, around, h = '', m, half], calendar, day) =>
      roughly(
        around,
        clockRange(
          hour(h, half),
          m,
          hour(h, half) + (m ? 0 : 1),
          m ? String(Number(m) + 1) : undefined,
          day ?? calendar.day(0),
          calendar,
        ),
      ),
  },
  {
    pattern: new RegExp(
      `${CLOCK_KO}(?![가-힣]*간)(?:\\s?(?:(쯤|경|무렵|즈음)|대))?(?:에(?![가-힣]))?`,
      'g',
    ),
    clock: true,
    means: ([, part, h = '', m, half, around], calendar, day) => {
      const from = hourKo(h, part);
      if (from === 'ambiguous') return 'ambiguous';
      const minute = half ? '30' : m;
      return roughly(
        around,
        clockRange(
          from,
          minute,
          minute ? from : from + 1,
          minute ? String(Number(minute) + 1) : undefined,
          day ?? calendar.day(0),
          calendar,
        ),
      );
    },
  },
  {
    pattern:
      /(새벽|아침|오전|점심|오후|저녁|밤)(?:때|시간|시간대|쯤)?(?:에|중에?)?(?:요)?(?![가-힣])/g,
    clock: true,
    means: ([, part = ''], calendar, day) =>
      within(day ?? calendar.day(0), DAYTIMES[part], calendar),
  },
];

const HALF_AN_HOUR = 30 * 60 * 1000;

/** “around 3am” begins before three, and “around 3:10” ends later than the minute. */
function roughly(around: string | undefined, range: Range | 'ambiguous'): Range | 'ambiguous' {
  if (around === undefined || range === 'ambiguous') return range;
  return { from: range.from - HALF_AN_HOUR, to: Math.max(range.to, range.from + HALF_AN_HOUR) };
}
