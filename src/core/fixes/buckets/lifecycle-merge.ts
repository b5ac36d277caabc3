import { isEnabled, isNarrowed, type LifecycleRule, prefixOf } from './lifecycle-rule.ts';

/** What the lifecycle of a log bucket must come to. */
export type Keeping = {
  retentionDays: number;
  /** `AWSLogs/`, below the prefix of each trail that delivers there. */
  logPrefixes: string[];
};

/** The name of the rules that this fix adds; with a number where it is taken. */
export const OURS = 'trailwarden-log-files';

/** Glacier Instant Retrieval bills 90 days at least, and what lies there is still read at once. */
const COLD = 'GLACIER_IR';
const COLD_AFTER = 90;
const COLD_AT_LEAST = 90;
const ABORT_AFTER = 7;

/**
 * The rules that there are, with what deletes log files too early put off to the end of the retention,
 * and beside them what no rule does for all log files. Nothing is taken away, nothing is moved forward,
 * and a rule about anything else stays as it is. To merge twice changes nothing.
 */
export function keptLongEnough(rules: LifecycleRule[], keeping: Keeping): LifecycleRule[] {
  const mended = rules.map((rule) => (isAboutLogs(rule, keeping) ? putOff(rule, keeping) : rule));
  const all = [...mended];
  for (const prefix of keeping.logPrefixes) {
    const rule = missing(mended, prefix, keeping);
    if (rule) all.push({ ...rule, ID: unusedName(OURS, all) });
  }
  return all;
}

/** A rule whose objects may be log files: its prefix lies above or below theirs. */
export function isAboutLogs(rule: LifecycleRule, { logPrefixes }: Keeping): boolean {
  const prefix = prefixOf(rule);
  return (
    isEnabled(rule) &&
    logPrefixes.some((logs) => logs.startsWith(prefix) || prefix.startsWith(logs))
  );
}

/** Only later, never earlier: current versions, those on a date, and noncurrent versions. */
function putOff(rule: LifecycleRule, { retentionDays }: Keeping): LifecycleRule {
  const { Expiration, NoncurrentVersionExpiration: old, Transitions = [] } = rule;
  let mended = rule;
  if (Expiration?.Date) {
    // S3 takes no rule that counts days here and names dates there: then it must rest.
    if (Transitions.some((move) => move.Date)) return { ...rule, Status: 'Disabled' };
    const { Date: _, ...rest } = Expiration;
    mended = { ...mended, Expiration: { ...rest, Days: later(retentionDays, rule) } };
  } else if (Expiration?.Days !== undefined && Expiration.Days < retentionDays) {
    mended = { ...mended, Expiration: { ...Expiration, Days: retentionDays } };
  }
  if (old?.NoncurrentDays !== undefined && old.NoncurrentDays < retentionDays) {
    mended = {
      ...mended,
      NoncurrentVersionExpiration: { ...old, NoncurrentDays: retentionDays },
    };
  }
  return mended;
}

/** What a rule of ours must do for one prefix that no other does for all of it; undefined for nothing. */
function missing(
  rules: LifecycleRule[],
  prefix: string,
  keeping: Keeping,
): LifecycleRule | undefined {
  const about = rules.filter((rule) => isAboutLogs(rule, { ...keeping, logPrefixes: [prefix] }));
  const whole = about.filter((rule) => !isNarrowed(rule) && prefix.startsWith(prefixOf(rule)));
  const expirations = about.flatMap(({ Expiration }) => Expiration?.Days ?? []);
  // The shorter of two rules wins: ours is as long as the longest that there is.
  const days = Math.max(keeping.retentionDays, ...expirations);
  const expires = whole.some(({ Expiration }) => Expiration?.Days !== undefined);
  // Where rules keep log files for ever, somebody decided so; where there is no rule, nobody did.
  const mayExpire = !expires && (rules.length === 0 || expirations.length > 0);
  const last = mayExpire ? days : Math.min(...expirations, Number.POSITIVE_INFINITY);
  const moves = about.some(({ Transitions }) => (Transitions ?? []).length > 0);
  const rule = {
    ...(!moves &&
      last >= COLD_AFTER + COLD_AT_LEAST && {
        Transitions: [{ Days: COLD_AFTER, StorageClass: COLD }],
      }),
    ...(mayExpire && { Expiration: { Days: days } }),
    ...(!whole.some((one) => one.NoncurrentVersionExpiration) && {
      NoncurrentVersionExpiration: { NoncurrentDays: days },
    }),
    ...(!whole.some((one) => one.AbortIncompleteMultipartUpload !== undefined) && {
      AbortIncompleteMultipartUpload: { DaysAfterInitiation: ABORT_AFTER },
    }),
  };
  if (Object.keys(rule).length === 0) return undefined;
  // Rules of the first kind have no filter, and S3 takes no rules of both kinds together.
  const old = rules.some(({ Filter, Prefix }) => Filter === undefined && Prefix !== undefined);
  return {
    Status: 'Enabled',
    ...(old ? { Prefix: prefix } : { Filter: { Prefix: prefix } }),
    ...rule,
  };
}

/** An expiration must come after the last move of the same rule. */
function later(retentionDays: number, { Transitions = [] }: LifecycleRule): number {
  const moved = Math.max(0, ...Transitions.map(({ Days = 0 }) => Days));
  return Math.max(retentionDays, moved + 1);
}

function unusedName(name: string, rules: LifecycleRule[]): string {
  const used = new Set(rules.map(({ ID }) => ID));
  let free = name;
  for (let more = 2; used.has(free); more += 1) free = `${name}-${more}`;
  return free;
}
