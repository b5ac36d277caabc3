import { calendarOf, type Range } from './calendar.ts';
import type { Plan } from './plan.ts';

type Unit = 'day' | 'week' | 'month' | 'year';
export type Shift = { unit: Unit; by: -1 | 1 };

/** “and the day before that?”, “그 전날은?”: a stretch of the calendar beside the one that was asked about. */
export function shiftIn(text: string): Shift | null {
  const [, unit, side, before, which] = ENGLISH.exec(text) ?? [];
  const english = unit ?? which;
  if (english !== undefined)
    return {
      unit: english.toLowerCase() as Unit,
      by: /after|next|following/i.test(side ?? before ?? '') ? 1 : -1,
    };
  const korean = KOREAN.exec(text)?.[1]?.replace(/\s/g, '');
  if (korean === undefined) return null;
  const by = korean.startsWith('다음') || korean.startsWith('이튿') ? 1 : -1;
  return {
    unit: /주$/.test(korean)
      ? 'week'
      : /달$/.test(korean)
        ? 'month'
        : /해$/.test(korean)
          ? 'year'
          : 'day',
    by,
  };
}

const ENGLISH =
  /^(?:(?:and|ok|so|then|now|also|what about|how about|same for)[ ,]+)*(?:on |for |in )?(?:the )?(?:(day|week|month|year) (before|after)(?: (?:that|it|this|then))?|(previous|preceding|next|following) (day|week|month|year))$/i;
const KOREAN =
  /^(?:그럼|그러면|그리고)? ?(?:그|바로) ?(전날|전 ?주|전 ?달|전 ?해|이전 ?주|이전 ?달|다음 ?날|다음 ?주|다음 ?달|다음 ?해|이튿날)(?:은요?|는요?|에는요?|엔요?|에|도|도요)?$/;

/** That stretch in the zone of the time before; null where no time was named, or it has not begun. */
export function shiftedTime(
  { from, to, zone, assumed }: Plan['time'],
  { unit, by }: Shift,
  now: string,
): Plan['time'] | null {
  if (assumed) return null;
  // Counted from the edge of what was asked about: the day before three days is before the first of them.
  const edge = by < 0 ? from : new Date(Date.parse(to) - 1).toISOString();
  const calendar = calendarOf(edge, zone);
  const range: Range = calendar[unit](by);
  const until = Math.min(range.to, Date.parse(now));
  if (range.from >= until) return null;
  return {
    from: new Date(range.from).toISOString(),
    to: new Date(until).toISOString(),
    zone,
    assumed: false,
  };
}
