import type { PostureSettings } from '../posture/facts.ts';
import type { Scan } from '../posture/finding.ts';

/**
 * What the configuration says that fixes need to know beside what they read. A fix that misses one of
 * these says so instead of choosing by itself.
 */
export type FixSettings = PostureSettings & {
  /** Names of the buckets that may receive access logs: the one of the log bucket's account and region. */
  accessLogBuckets: string[];
  /** ARNs of the keys that trails may be encrypted with: the one of the log bucket's region. */
  trailKeys: string[];
  /** ARNs of SNS topics that security hears: the one of the log group's account and region. */
  alarmTopics: string[];
  /** Where the organization's trail is to write, should there be none: a bucket of the log-archive account. */
  organizationTrail?: { name: string; bucket: string };
  /** The scans that are kept, newest first: what was sound once. Absent where none are kept. */
  lastScans?(count: number): Promise<Scan[]>;
};
