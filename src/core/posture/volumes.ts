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

/** `days` is the longest time that the files cover of any account that was counted. */
export type Monthly = { events: number; seen: number; days: number };

/**
 * How many events a month brings, if it goes on in every account as in the time that the files cover of
 * it; null where they hold none of them: nobody knows whether there are none, or none were recorded.
 * Less than a day of records counts as a whole one, since nobody can say what the rest of it is like.
 */
export function perMonth(volumes: Volumes, counts: (volume: Volume) => boolean): Monthly | null {
  const month: Monthly = { events: 0, seen: 0, days: 0 };
  for (const [days, its] of byAccount(volumes)) {
    const seen = its.filter(counts).reduce((sum, { events }) => sum + events, 0);
    if (seen === 0) continue;
    month.events += (seen / days) * MONTH_DAYS;
    month.seen += seen;
    month.days = Math.max(month.days, days);
  }
  return month.seen > 0 ? month : null;
}

/** The counts of each account, with the days from its first record to its last. */
function byAccount({ counts, first, last }: Volumes): [days: number, its: Volume[]][] {
  const accounts = new Map<string, Volume[]>();
  for (const volume of counts) {
    const its = accounts.get(volume.account);
    if (its) its.push(volume);
    else accounts.set(volume.account, [volume]);
  }
  // The first and the last day are seldom whole ones: no account has more days than all files together.
  const longest = (Date.parse(last ?? '') - Date.parse(first ?? '')) / DAY;
  return [...accounts.values()].map((its) => {
    const days = its.map(({ day }) => Date.parse(day)).sort((a, b) => a - b);
    const own = ((days.at(-1) ?? 0) - (days[0] ?? 0)) / DAY + 1;
    return [Math.max(1, Math.min(own, longest)), its];
  });
}
