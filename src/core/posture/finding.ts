import type { Json } from '../json.ts';

export type Status = 'PASS' | 'FAIL' | 'NOT_APPLICABLE' | 'NOT_VISIBLE' | 'ERROR';

/** Gravest first. */
export const SEVERITIES = ['critical', 'high', 'medium', 'low', 'info'] as const;
export type Severity = (typeof SEVERITIES)[number];
export const severityRank = (severity: Severity): number => SEVERITIES.indexOf(severity);

/** One API answer that a finding rests on. `at` is ISO 8601 UTC. */
export type Proof = {
  api: string;
  account: string;
  region: string;
  at: string;
  fields: { [field: string]: Json };
};

/** The `findings[]` of `posture --json`, schemaVersion 1. */
export type Finding = {
  /** Stable across scans: a short hash of check and subject. */
  id: string;
  /** The stable name of the check, as the file of its rule is called. */
  check: string;
  status: Status;
  severity: Severity;
  /** The ARN of the thing that is wrong, or the id of the account. */
  subject: string;
  /** The account in which it must be mended. */
  owner: string;
  /** The accounts that are concerned. */
  covers: string[];
  title: string;
  detail: string;
  /** What to do about it, where it fails: the `do` of the rule. */
  remedy?: string;
  /** The same texts for Korean readers. */
  ko?: { title: string; detail: string; remedy?: string };
  evidence: Proof[];
  /** What AWS Config says of the same thing; null where no managed rule asks it. */
  config: ConfigSays | null;
  /** Since when a failing finding is so, and who made it so; null where it was not looked for. */
  since?: Since | null;
  /** What it costs, where the finding is about money. */
  cost?: Cost | null;
  fix: { id: string; class: 'A' | 'B' | 'C' | 'X' } | null;
  controls: { [framework: string]: string[] };
  /** Somebody accepted it for a time. It stays wrong: the status is what was seen. */
  exception: Exception | null;
  /** Somebody put it off: nobody is reminded of it until then (ISO 8601 UTC). */
  snoozed?: { until: string; by: string };
};

export type ConfigSays = {
  agrees: boolean | null;
  detail: string;
  /** The same for Korean readers. */
  ko?: string;
  /** Identifier of the managed rule, its verdict, and the instant of it (ISO 8601 UTC). */
  rule?: string;
  verdict?: string;
  at?: string;
  /** Why it says something else, or nothing. */
  because?:
    | 'stale'
    | 'excluded'
    | 'rule-absent'
    | 'insufficient-data'
    | 'recorder-stopped'
    | 'asks-something-else'
    | 'not-visible';
};

/** Joined from the history that Config keeps of the resource and the event that made it so. */
export type Since = {
  /** The event's time, or the capture time of the configuration item; ISO 8601 UTC, '' if neither. */
  at: string;
  event: {
    eventID: string;
    eventName: string;
    person: string;
    /** The grade of proof of `core/evidence`. */
    proof: string;
  } | null;
  detail: string;
  ko: string;
  evidence: Proof[];
};

/** Per month, in US dollars; null: the volume is unknown, and only the unit price can be said. */
export type Cost = {
  monthly: number | null;
  unitPrice: string;
  /** The unit price for Korean readers. */
  ko?: string;
  assumptions: { en: string; ko: string }[];
};

/** From `policies/exceptions.yml`. `expires` is a date, the last day (UTC) on which it holds. */
export type Exception = { reason: string; owner: string; expires: string; expired: boolean };

/** An exception that a scan of the whole organization has no use for; `of` is a subject, an account or an OU. */
export type UnusedException = { checks: string[]; of: string; owner: string; expires: string };

export type ScannedAccount = {
  id: string;
  name: string;
  /** Path of OU names from the root, such as `Workloads/Production`. */
  ou: string;
  visible: boolean;
  reason: string | null;
  /** Set for an account that Organizations lists as suspended or closed: nobody asked it. */
  closed?: true;
};

export type CoverageCell = {
  account: string;
  region: string;
  managementRead: boolean;
  managementWrite: boolean;
  /** Event sources whose management events are left out, such as `kms.amazonaws.com`. */
  excludedSources?: string[];
  /** In the region of IAM, STS and CloudFront only: whether their events are recorded. */
  globalServiceEvents?: boolean;
  /** Such as `AWS::S3::Object write arn:aws:s3:::customer-documents/*`. */
  dataEvents: string[];
  trails: string[];
};

/** The document of `posture --json`, schemaVersion 1. */
export type Scan = {
  schemaVersion: 1;
  organization: string;
  /** True for a simulated organization: everything that shows the scan says so. */
  simulated?: boolean;
  scannedAt: string;
  durationMs: number;
  apiCalls: number;
  accounts: ScannedAccount[];
  /** Set where nobody could list the organization's accounts: there may be others than these. */
  unlisted?: true;
  /** Accounts that were not asked and own what findings are about. */
  others?: { id: string; name: string }[];
  findings: Finding[];
  coverage: CoverageCell[];
  totals: Record<Status, number>;
  /** How many of the FAIL findings are accepted by an exception that has not expired. */
  excepted: number;
  /** Failing findings whose history was read now, is known from before, or waits for the next scan. */
  traced?: { asked: number; kept: number; notAsked: number };
  /** Set where a scan of everything met nothing that they accept: it is mended or gone. */
  unusedExceptions?: UnusedException[];
  /** Set where accounts were not read anew: from an earlier scan that died, or that Config proves unchanged. */
  kept?: { resumed: number; unchanged: number; of: number; from: string };
};
