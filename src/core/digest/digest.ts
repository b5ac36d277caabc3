import type { Changes } from '../posture/compare.ts';
import type { ScannedAccount } from '../posture/finding.ts';

/** What changed between the last two scans, and what stands. Composed by `composeDigest`, drawn by each surface. */
export type Digest = Changes & {
  organization: string;
  simulated: boolean;
  /** ISO 8601 UTC; `previousAt` is null for the first scan ever. */
  scannedAt: string;
  previousAt: string | null;
  unseenAccounts: ScannedAccount[];
  /** All accounts, so that findings can name them. */
  ledger: Pick<ScannedAccount, 'id' | 'name'>[];
  accounts: { visible: number; of: number };
};
