import type { CloudTrailEvent } from '../evidence/event.ts';

/**
 * The events that lie in a stretch of at most `minutes` with enough of their own kind. `weightOf` says
 * how much of them there is in one stretch; events without a time belong to none.
 */
export function bursts(
  events: CloudTrailEvent[],
  minutes: number,
  kindOf: (event: CloudTrailEvent) => string,
  isEnough: (stretch: CloudTrailEvent[]) => boolean,
): CloudTrailEvent[] {
  const kinds = new Map<string, { at: number; event: CloudTrailEvent }[]>();
  for (const event of events) {
    if (event.eventTime === null) continue;
    const kind = kindOf(event);
    const known = kinds.get(kind) ?? [];
    known.push({ at: Date.parse(event.eventTime), event });
    kinds.set(kind, known);
  }
  const found = new Set<CloudTrailEvent>();
  for (const series of kinds.values()) {
    const sorted = series.toSorted((a, b) => a.at - b.at);
    let start = 0;
    sorted.forEach(({ at }, end) => {
      while (at - (sorted[start]?.at ?? at) > minutes * 60_000) start += 1;
      const stretch = sorted.slice(start, end + 1).map(({ event }) => event);
      if (isEnough(stretch)) for (const event of stretch) found.add(event);
    });
  }
  return [...found];
}
