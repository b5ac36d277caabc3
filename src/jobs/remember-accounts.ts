import type { KeptAccount } from '../core/posture/kept/keep.ts';
import {
  aggregatorIn,
  type KeptAggregator,
  writtenAggregator,
} from '../core/posture/kept/kept-aggregator.ts';
import { type KeptLake, lakesIn, writtenLakes } from '../core/posture/kept/kept-lakes.ts';
import { type KeptRow, keptAccount, keptRow } from '../core/posture/kept/kept-rows.ts';
import { sharing } from '../core/posture/kept/sharing.ts';

/** What remembering needs of a store. */
type Keeping = {
  keepAccounts(rows: KeptRow[]): Promise<void>;
  forgetAccounts(accounts: string[]): Promise<void>;
  keptAccounts(): Promise<KeptRow[]>;
  finishKept(since: string): Promise<void>;
  setting(key: string): Promise<string | undefined>;
  putSetting(key: string, value: string): Promise<void>;
};

/** Accounts written at once: a scan that is killed loses these at most, and reads them again. */
const AT_ONCE = 25;

/** Under which name the store keeps where there was no event data store. */
const LAKES = 'kept-lakes';

/** … and where the organization's aggregator was. */
const AGGREGATOR = 'kept-aggregator';

/** How long rows are of use to anybody. */
const KEPT_MS = 86_400_000;

/**
 * The memory of one scan over a store: what earlier ones left, and what this one leaves while it reads.
 * `fresh` reads everything anew, and still leaves it to others. `odd` hears of a row that is not ours.
 */
export function remembering(
  store: Keeping,
  { fresh, odd }: { fresh: boolean; odd(account: string): void },
) {
  let waiting: KeptRow[] = [];

  async function flush(): Promise<void> {
    const rows = waiting;
    waiting = [];
    if (rows.length > 0) await store.keepAccounts(rows);
  }

  async function readKept(): Promise<KeptAccount[]> {
    if (fresh) return [];
    const share = sharing();
    return (await store.keptAccounts()).flatMap((row) => {
      const account = keptAccount(row);
      if (!account) odd(row.account);
      return account ? { ...account, facts: share.account(account.facts) } : [];
    });
  }

  let known: Promise<KeptAccount[]> | undefined;
  return {
    /** As it was when first asked for: what this scan leaves is no news to itself. */
    kept(): Promise<KeptAccount[]> {
      known ??= readKept();
      return known;
    },
    async remember(account: KeptAccount): Promise<void> {
      const row = keptRow(account);
      // What could not be seen now must not be hidden by what an earlier scan saw.
      if (row) waiting.push(row);
      else await store.forgetAccounts([account.account]);
      if (waiting.length >= AT_ONCE) await flush();
    },
    async keptLakes(): Promise<KeptLake[]> {
      return fresh ? [] : lakesIn((await store.setting(LAKES)) ?? '');
    },
    async rememberLakes(lakes: KeptLake[]): Promise<void> {
      await store.putSetting(LAKES, writtenLakes(lakes));
    },
    async keptAggregator(): Promise<KeptAggregator | null> {
      return fresh ? null : aggregatorIn((await store.setting(AGGREGATOR)) ?? '');
    },
    async rememberAggregator(aggregator: KeptAggregator): Promise<void> {
      const written = writtenAggregator(aggregator);
      // It hardly ever moves, and writing waits for the disk.
      if (written !== (await store.setting(AGGREGATOR)))
        await store.putSetting(AGGREGATOR, written);
    },
    /** The scan has ended: from now on its rows need Config's word to be kept. */
    async finish(now: Date): Promise<void> {
      await flush();
      await store.finishKept(new Date(now.getTime() - KEPT_MS).toISOString());
    },
  };
}
