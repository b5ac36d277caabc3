import type { Plan } from './plan.ts';

const DAY = 24 * 60 * 60 * 1000;

/** As far back as LookupEvents reaches; said to be assumed wherever it is shown. */
export function last90Days(now: string, zone: string): Plan['time'] {
  const end = Date.parse(now);
  return { from: iso(end - 90 * DAY), to: iso(end), zone, assumed: true };
}

function iso(instant: number): string {
  return new Date(instant).toISOString();
}
