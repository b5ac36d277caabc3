import type { Finding, ScannedAccount } from '../posture/finding.ts';

/** What changed between the last two scans, and what stands. Composed by `composeDigest`, drawn by each surface. */
export type Digest = {
  organization: string;
  simulated: boolean;
  /** ISO 8601 UTC; `previousAt` is null for the first scan ever. */
  scannedAt: string;
  previousAt: string | null;
  new: Finding[];
  regressed: Finding[];
  fixed: Finding[];
  stillOpen: Finding[];
  /** Findings that could not be judged this time, and accounts that could not be seen. */
  notVisible: Finding[];
  unseenAccounts: ScannedAccount[];
  /** All accounts, so that findings can name them. */
  ledger: Pick<ScannedAccount, 'id' | 'name'>[];
  accounts: { visible: number; of: number };
};
