import { type Reading, wasSeen } from '../../reading.ts';
import type { BucketProtection, LifecycleRule } from '../facts.ts';

/**
 * The lifecycle rules that would delete log files before the retention is over, each as `name (why)`.
 * Without a rule they are kept for ever. Such deletions are in no trail, only in access logs.
 */
export function lifecycleGaps(
  { lifecycle, versioning, objectLock }: BucketProtection,
  logPrefixes: string[],
  retentionDays: number,
): Reading<string[]> {
  if (!wasSeen(lifecycle)) return lifecycle;
  const rules = lifecycle.seen.filter((rule) => isAboutLogs(rule, logPrefixes));
  const gaps = rules.flatMap((rule) => expirationGap(rule, retentionDays));
  const short = rules.filter(
    ({ noncurrentDays }) => noncurrentDays !== null && noncurrentDays < retentionDays,
  );
  // An overwritten log file is a noncurrent version from that day on: only a lock that is long enough
  // keeps it, and without versioning there is none to delete.
  const unversioned = wasSeen(versioning) && !versioning.seen.versioning;
  const locked = wasSeen(objectLock) && (objectLock.seen?.days ?? 0) >= retentionDays;
  if (short.length > 0 && !unversioned && !locked) {
    if (!wasSeen(objectLock)) return gaps.length > 0 ? { seen: gaps } : objectLock;
    if (!wasSeen(versioning)) return gaps.length > 0 ? { seen: gaps } : versioning;
    gaps.push(...short.map((rule) => `${called(rule)} (noncurrent-too-early)`));
  }
  return { seen: gaps };
}

function isAboutLogs({ enabled, prefix }: LifecycleRule, logPrefixes: string[]): boolean {
  return enabled && logPrefixes.some((logs) => logs.startsWith(prefix) || isWithin(prefix, logs));
}

/**
 * Below `AWSLogs/`, and then below the organization's id where it is its trail, each account has a folder
 * for each service: `CloudTrail/`, `CloudTrail-Digest/`, and Config's or the flow logs' beside them.
 */
function isWithin(prefix: string, logs: string): boolean {
  if (!prefix.startsWith(logs)) return false;
  const folders = prefix
    .slice(logs.length)
    .replace(/^o-[a-z0-9]+\//, '')
    .split('/');
  const [, service = ''] = folders;
  return service.startsWith('CloudTrail') || 'CloudTrail'.startsWith(service);
}

function expirationGap(rule: LifecycleRule, retentionDays: number): string[] {
  const { expirationDays, onDate, narrowed } = rule;
  if (expirationDays === null) return [];
  if (onDate) return [`${called(rule)} (expires-on-a-date)`];
  if (expirationDays >= retentionDays) return [];
  return [`${called(rule)} (${narrowed ? 'expires-some-too-early' : 'expires-too-early'})`];
}

function called({ id, prefix }: LifecycleRule): string {
  return id || prefix || 'rule';
}

/** The first move of all log files to colder storage, such as `GLACIER, 90`; `none` where they stay. */
export function coldStorage({ lifecycle }: BucketProtection, logPrefixes: string[]): string {
  if (!wasSeen(lifecycle)) return 'unknown';
  const [first] = lifecycle.seen
    .filter((rule) => rule.enabled && !rule.narrowed)
    .filter(({ prefix }) => logPrefixes.every((logs) => logs.startsWith(prefix)))
    .flatMap(({ transitions }) => transitions)
    .sort((a, b) => a.days - b.days);
  return first ? `${first.storageClass}, ${first.days}` : 'none';
}
