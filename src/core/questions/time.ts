import { type Calendar, calendarOf, type Range } from './calendar.ts';
import type { Plan } from './plan.ts';
import { mask } from './spans.ts';
import { RULES } from './time-rules.ts';

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

const DAY = 24 * 60 * 60 * 1000;

/** As far back as LookupEvents reaches. */
function last90Days({ now, zone }: Calendar): Plan['time'] {
  return { from: iso(now - 90 * DAY), to: iso(now), zone, assumed: true };
}

function iso(instant: number): string {
  return new Date(instant).toISOString();
}
