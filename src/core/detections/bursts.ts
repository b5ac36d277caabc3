import type { CloudTrailEvent } from '../evidence/event.ts';

/** What makes a burst: so much of one kind within so many minutes. */
export type Burst = {
  minutes: number;
  enough: number;
  /** Events of one kind are counted together, such as those of one user. */
  kindOf(event: CloudTrailEvent): string;
  /** How much one event counts; 1 unless it says otherwise. */
  weightOf?(event: CloudTrailEvent): number;
  /** Events that are alike count once in a stretch: the second refusal of one call tells nothing new. */
  alike?(event: CloudTrailEvent): string;
};

type Timed = { at: number; event: CloudTrailEvent };

/** The events that lie in a stretch of enough of their own kind; events without a time belong to none. */
export function bursts(events: CloudTrailEvent[], burst: Burst): CloudTrailEvent[] {
  const kinds = new Map<string, Timed[]>();
  for (const event of events) {
    if (event.eventTime === null) continue;
    const kind = burst.kindOf(event);
    const known = kinds.get(kind) ?? [];
    known.push({ at: Date.parse(event.eventTime), event });
    kinds.set(kind, known);
  }
  return [...kinds.values()].flatMap((series) => burstsIn(series, burst));
}

/** One pass over a series in order of time, however dense it is. */
function burstsIn(series: Timed[], { minutes, enough, weightOf, alike }: Burst): CloudTrailEvent[] {
  const sorted = series.toSorted((a, b) => a.at - b.at);
  const found: CloudTrailEvent[] = [];
  const inside = new Map<string, number>();
  let weight = 0;
  let start = 0;
  /** Events before this one are in `found` already, or will never be. */
  let told = 0;
  const count = ({ event }: Timed, change: 1 | -1) => {
    const times = (alike && inside.get(alike(event))) || 0;
    if (alike) inside.set(alike(event), times + change);
    // Of what is alike only the first counts, and only the last that leaves takes its weight away.
    if (!alike || times + Math.min(change, 0) === 0) weight += change * (weightOf?.(event) ?? 1);
  };
  sorted.forEach((last, end) => {
    count(last, 1);
    for (let first = sorted[start]; first && last.at - first.at > minutes * 60_000; ) {
      count(first, -1);
      start += 1;
      first = sorted[start];
    }
    if (weight < enough) return;
    for (told = Math.max(told, start); told <= end; told += 1)
      found.push((sorted[told] as Timed).event);
  });
  return found;
}
