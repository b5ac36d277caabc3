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
  /** The same two texts for Korean readers. */
  ko?: { title: string; detail: string };
  evidence: Proof[];
  /** What AWS Config says of the same thing; null where Config has nothing to say and why is in `detail`. */
  config: {
    agrees: boolean | null;
    detail: string /** The same for Korean readers. */;
    ko?: string;
  } | null;
  fix: { id: string; class: 'A' | 'B' | 'C' | 'X' } | null;
  controls: { [framework: string]: string[] };
  exception: null;
};

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
  findings: Finding[];
  coverage: CoverageCell[];
  totals: Record<Status, number>;
};
