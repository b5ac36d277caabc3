/** What log files hold, counted by what CloudTrail charges for. A record that is there twice counts once. */
export type Volumes = {
  counts: Volume[];
  /** ISO 8601 UTC; null where no record carries a time. */
  first: string | null;
  last: string | null;
  /** How many files, or parts of them, could not be read: the counts are too low by what they hold. */
  unread: number;
};

/** Events of one account, region and day (UTC, `2026-11-22`). `bucket` is set for data events of S3. */
export type Volume = {
  account: string;
  region: string;
  day: string;
  kind: 'management-read' | 'management-write' | 'data-read' | 'data-write' | 'network';
  bucket: string | null;
  events: number;
};

const DAY = 86_400_000;
/** A month of AWS's price examples. */
const MONTH_DAYS = 30;

export type Monthly = { events: number; seen: number; days: number };

/**
 * How many events a month brings, if it goes on as in the time that the files cover; null where they
 * hold none of them: nobody knows whether there are none, or none were recorded. Less than a day of
 * records counts as a whole one, since nobody can say what the rest of it is like.
 */
export function perMonth(volumes: Volumes, counts: (volume: Volume) => boolean): Monthly | null {
  const { first, last } = volumes;
  const seen = volumes.counts.filter(counts).reduce((sum, { events }) => sum + events, 0);
  if (seen === 0 || first === null || last === null) return null;
  const days = Math.max(1, (Date.parse(last) - Date.parse(first)) / DAY);
  return { events: (seen / days) * MONTH_DAYS, seen, days };
}
