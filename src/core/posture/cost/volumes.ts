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

/** Volumes with the indexes that pricing needs: there may be as many accounts as trails. */
export type Counted = {
  of(account: string): Volume[];
  /** Data events of one bucket, whoever made the calls. */
  inBucket(name: string): Volume[];
  /** How long the files cover an account, in days. */
  days(account: string): number;
  unread: number;
};

export function counted({ counts, first, last, unread }: Volumes): Counted {
  const ofAccount = Map.groupBy(counts, ({ account }) => account);
  const ofBucket = Map.groupBy(counts, ({ bucket }) => bucket);
  // The first and the last day are seldom whole ones: no account has more days than all files together.
  const longest = (Date.parse(last ?? '') - Date.parse(first ?? '')) / DAY;
  const days = new Map(
    [...ofAccount].map(([account, its]) => [account, Math.max(1, Math.min(span(its), longest))]),
  );
  return {
    of: (account) => ofAccount.get(account) ?? [],
    inBucket: (name) => ofBucket.get(name) ?? [],
    days: (account) => days.get(account) ?? 1,
    unread,
  };
}

/** Calendar days from the first to the last, both included. */
function span(volumes: Volume[]): number {
  let [from, to] = ['9', ''];
  for (const { day } of volumes) {
    if (day < from) from = day;
    if (day > to) to = day;
  }
  return (Date.parse(to) - Date.parse(from)) / DAY + 1;
}

/** `days` is the longest time that the files cover of any account that was counted. */
export type Monthly = { events: number; seen: number; days: number };

/**
 * How many of these events a month brings, if it goes on in every account as in the time that the files
 * cover of it; null where there are none: nobody knows whether none were made, or none were recorded.
 * Less than a day of records counts as a whole one, since nobody can say what the rest of it is like.
 */
export function perMonth(volumes: Volume[], { days }: Counted): Monthly | null {
  const month: Monthly = { events: 0, seen: 0, days: 0 };
  for (const { account, events } of volumes) {
    if (events === 0) continue;
    month.events += (events / days(account)) * MONTH_DAYS;
    month.seen += events;
    month.days = Math.max(month.days, days(account));
  }
  return month.seen > 0 ? month : null;
}
