import type { Reading } from '../reading.ts';
import type { Candidates } from './config-candidates.ts';
import type { ConfigItem } from './config-item.ts';
import type { AccountBlocks } from './config-state.ts';
import type { Gap } from './source.ts';

/** Where Config is asked; accounts are ids. */
export type ConfigScope = { accounts: string[] | 'all'; regions: string[] | 'all' };

/** What of it was asked, and what Config cannot know there: no recorder, late data, refusals. */
export type ConfigSearched = {
  /** `AWS Config (bora-organization)`. */
  source: string;
  accounts: { searched: number; of: number };
  regions: { searched: number; of: number };
  gaps: Gap[];
};

export type ConfigVerdictSeen = {
  rule: string;
  compliance: string;
  resourceType: string;
  resourceId: string;
  account: string;
  region: string;
  at: string | null;
};

/** AWS Config, as far as questions ask it. */
export type ConfigEdge = {
  /** The items that may be what was asked, whole; `resources` narrows to ids, names and ARNs. */
  items(
    wanted: { candidates: Candidates[]; resources: string[] } & ConfigScope,
  ): Promise<Reading<{ items: ConfigItem[]; blocks: AccountBlocks; searched: ConfigSearched }>>;
  /** What rules say: of these resources, or of all that break one; `rule` narrows by its name. */
  verdicts(
    wanted: { rule: string | null; resources: string[] } & ConfigScope,
  ): Promise<Reading<{ verdicts: ConfigVerdictSeen[]; searched: ConfigSearched }>>;
  /** The states of one resource between two moments, newest first; ids likeliest first. */
  history(
    wanted: { account: string; region: string; type: string; ids: string[] },
    between: { from?: string; to: string },
  ): Promise<Reading<ConfigItem[]>>;
};
