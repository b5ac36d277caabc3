/**
 * What log files or an archive hold, counted by what CloudTrail charges for. A record that is there twice
 * counts once.
 */
export type Volumes = {
  counts: Volume[];
  /** ISO 8601 UTC; null where no record carries a time. */
  first: string | null;
  last: string | null;
  /** How many files, or parts of them, could not be read: the counts are too low by what they hold. */
  unread: number;
  /** What an archive knows of its own completeness; absent where files were given, of which nobody knows. */
  archive?: Archived;
};

export type Archived = {
  accounts: { [id: string]: Covered };
  /** Data events of S3 whose bucket was not read: they are counted without one. */
  unplaced: number;
};

/** How much of an account an archive holds in the time that was counted. */
export type Covered = {
  /** From the account's first log file to the end of the archive, without the days that are lost. */
  days: number;
  /** Days on which nothing was delivered, although something is nearly always, or to nobody else either. */
  lost: number;
  /** Such days of single regions, which are not left out: the counts are too low by what happened there. */
  missing: number;
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
  /** How long the files cover an account, in days; at least one. */
  days(account: string): number;
  /** What is known to be absent; nothing of files that were given. */
  absent(account: string): Pick<Covered, 'lost' | 'missing'>;
  /** The time that was counted, and whether it is an archive's; `unplaced` as in it. */
  span: { first: string | null; last: string | null };
  archived: boolean;
  unplaced: number;
  unread: number;
};

export function counted({ counts, first, last, unread, archive }: Volumes): Counted {
  const ofAccount = Map.groupBy(counts, ({ account }) => account);
  const ofBucket = Map.groupBy(counts, ({ bucket }) => bucket);
  // The first and the last day are seldom whole ones: no account has more days than all files together.
  const longest = (Date.parse(last ?? '') - Date.parse(first ?? '')) / DAY;
  // An archive knows of quiet days that they were quiet; of files, only those between two events are known.
  const covered = (account: string, its: Volume[]) =>
    archive?.accounts[account]?.days ?? Math.min(span(its), longest);
  const days = new Map(
    [...ofAccount].map(([account, its]) => [account, Math.max(1, covered(account, its))]),
  );
  return {
    of: (account) => ofAccount.get(account) ?? [],
    inBucket: (name) => ofBucket.get(name) ?? [],
    days: (account) => days.get(account) ?? 1,
    absent: (account) => archive?.accounts[account] ?? { lost: 0, missing: 0 },
    span: { first, last },
    archived: archive !== undefined,
    unplaced: archive?.unplaced ?? 0,
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

/**
 * `days` is the longest time that the files cover of any account that was counted, `lost` the most days
 * that are absent of one; `missing` are those of single regions, of all of them.
 */
export type Monthly = {
  events: number;
  seen: number;
  days: number;
  lost: number;
  missing: number;
};

/**
 * How many of these events a month brings, if it goes on in every account as in the time that the files
 * cover of it; null where there are none: nobody knows whether none were made, or none were recorded.
 * Less than a day of records counts as a whole one, since nobody can say what the rest of it is like.
 */
export function perMonth(volumes: Volume[], { days, absent }: Counted): Monthly | null {
  const month: Monthly = { events: 0, seen: 0, days: 0, lost: 0, missing: 0 };
  const met = new Set<string>();
  for (const { account, events } of volumes) {
    if (events === 0) continue;
    month.events += (events / days(account)) * MONTH_DAYS;
    month.seen += events;
    if (met.has(account)) continue;
    met.add(account);
    const { lost, missing } = absent(account);
    month.days = Math.max(month.days, days(account));
    month.lost = Math.max(month.lost, lost);
    month.missing += missing;
  }
  return month.seen > 0 ? month : null;
}
