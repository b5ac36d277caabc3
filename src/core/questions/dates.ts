import type { Calendar, Range } from './calendar.ts';

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const MONTH =
  'jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?';

const ISO =
  '\\d{4}-\\d{2}-\\d{2}(?:[t ]\\d{2}:\\d{2}(?::\\d{2}(?:\\.\\d{1,9})?)?(?:z|[+-]\\d{2}:?\\d{2})?(?! ?(?:[~–-]|to |부터|에서) ?\\d{1,2}:))?';
const DAY_MONTH = `\\d{1,2}(?:st|nd|rd|th)? (?:of )?(?:${MONTH})\\.?(?:,? \\d{4})?(?!\\w)`;
const MONTH_DAY = `(?:${MONTH})\\.? \\d{1,2}(?:st|nd|rd|th)?(?:,? \\d{4})?(?!\\w)`;
const MONTH_YEAR = `(?:${MONTH}) \\d{4}(?!\\w)`;
const KOREAN = '(?:\\d{4}년\\s?)?\\d{1,2}월(?:\\s?\\d{1,2}일)?(?:\\s?\\(\\d{4}년?\\))?|\\d{4}년';

/** A month alone, which is a date only after a word that says so: “may” is also a verb. */
export const MONTH_ALONE = `(?:${MONTH})`;

/** Any date that names its month, as the source of a pattern without groups. */
export const DATE = `(?<![\\w-])(?:${ISO}|${DAY_MONTH}|${MONTH_YEAR}|${MONTH_DAY}|${KOREAN})`;

/** The day, month, year, minute or second that a date names; the latest that has begun when the year is missing. */
export function dateIn(words: string, calendar: Calendar, year?: string): Range | 'ambiguous' {
  const iso =
    /^(\d{4})-(\d{2})-(\d{2})(?:[t ](\d{2}):(\d{2})(?::(\d{2}))?(?:\.\d+)?(z|[+-]\d{2}:?\d{2})?)?$/.exec(
      words,
    );
  if (iso) return isoDate(iso, calendar);
  const korean =
    /^(?:(\d{4})년\s?)?(?:(\d{1,2})월)?(?:\s?(\d{1,2})일)?(?:\s?\((\d{4})년?\))?$/.exec(words);
  if (korean) {
    const [, before, month, day, after] = korean;
    return named(before ?? after ?? year, month && Number(month), day && Number(day), calendar);
  }
  const month =
    MONTHS.indexOf(/[a-z]{3}/.exec(words.replace(/\d+(?:st|nd|rd|th)/, ''))?.[0] ?? '') + 1;
  const digits = [...words.matchAll(/\d+/g)].map(([number]) => number);
  const spoken = digits.find((number) => number.length === 4) ?? year;
  const day = digits.find((number) => number.length < 4);
  return named(spoken, month, day && Number(day), calendar);
}

function isoDate(parts: RegExpExecArray, { at }: Calendar): Range | 'ambiguous' {
  const [words, year, month, day, hour, minute, second, zone] = parts;
  const [y, m, d] = [Number(year), Number(month), Number(day)];
  if (!exists(y, m, d)) return 'ambiguous';
  if (!hour) return { from: at(y, m, d), to: at(y, m, d + 1) };
  if (Number(hour) > 23 || Number(minute) > 59) return 'ambiguous';
  const length = second ? 1000 : 60_000;
  const from = zone
    ? Date.parse(
        words
          .toUpperCase()
          .replace(' ', 'T')
          .replace(/([+-]\d{2})(\d{2})$/, '$1:$2'),
      )
    : at(y, m, d, Number(hour), Number(minute)) + Number(second ?? 0) * 1000;
  return Number.isNaN(from) ? 'ambiguous' : { from, to: from + length };
}

function named(
  year: string | undefined,
  month: number | '' | undefined,
  day: number | '' | undefined,
  { at, now, today }: Calendar,
): Range | 'ambiguous' {
  if (!month)
    return year ? { from: at(Number(year), 1, 1), to: at(Number(year) + 1, 1, 1) } : 'ambiguous';
  const years = year ? [Number(year)] : [today.year, today.year - 1];
  for (const y of years) {
    if (!exists(y, month, day || 1)) return 'ambiguous';
    const range = day
      ? { from: at(y, month, day), to: at(y, month, day + 1) }
      : { from: at(y, month, 1), to: at(y, month + 1, 1) };
    if (year || range.from < now) return range;
  }
  return 'ambiguous';
}

function exists(year: number, month: number, day: number): boolean {
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}
