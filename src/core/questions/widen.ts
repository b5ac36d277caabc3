import type { Plan } from './plan.ts';

const DAY = 24 * 60 * 60 * 1000;

/** The windows that people think in, in days. */
const WINDOWS = [1, 7, 30, 90, 365, 3650];

/** How far back LookupEvents reaches; an archive says for itself how far it does. */
export const LOOKUP_DAYS = 90;

/**
 * The same question over the next sensible window that holds the one before: a day, a week, a month,
 * 90 days, as far back as an archive reaches (`reach`, ISO 8601 UTC). null where it was all searched.
 */
export function wider(plan: Plan, now: string, reach: string | null = null): Plan | null {
  const to = Date.parse(now);
  const from = Date.parse(plan.time.from);
  const lookup = to - LOOKUP_DAYS * DAY;
  const oldest = reach === null ? lookup : Math.min(lookup, Date.parse(reach));
  if (Number.isNaN(from + oldest) || from <= oldest) return null;
  // A window that holds the one before to its beginning, and is longer than that one by an hour at least.
  const days = WINDOWS.find((each) => to - each * DAY < from - DAY / 24);
  const begin = Math.max(oldest, days === undefined ? oldest : to - days * DAY);
  return {
    ...plan,
    time: {
      from: new Date(begin).toISOString(),
      to: new Date(to).toISOString(),
      zone: plan.time.zone,
      assumed: false,
    },
  };
}

/**
 * The same question asked again now. A window that was only assumed moves along; one that ended at the
 * moment of asking (“since Monday”) goes on to now; any other stays as it was named.
 */
export function refreshed(plan: Plan, askedAt: string, now: string): Plan {
  const { from, to, assumed } = plan.time;
  const length = Date.parse(to) - Date.parse(from);
  const atEnd = Math.abs(Date.parse(to) - Date.parse(askedAt)) < 60_000;
  if (Number.isNaN(length)) return plan;
  if (assumed)
    return {
      ...plan,
      time: { ...plan.time, from: new Date(Date.parse(now) - length).toISOString(), to: now },
    };
  return atEnd && Date.parse(now) > Date.parse(to)
    ? { ...plan, time: { ...plan.time, to: now } }
    : plan;
}
