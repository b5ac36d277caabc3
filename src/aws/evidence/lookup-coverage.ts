import type { Gap, Searched } from '../../core/evidence/source.ts';
import type { Where } from '../session.ts';

/** What became of one lookup in one place, as far as coverage speaks of it. */
export type Looked = { where: Where; gaps: Gap[]; complete: boolean };

/** CloudTrail delivers in about five minutes, and promises fifteen to nobody. */
const SETTLING = 15 * 60_000;

/**
 * What the lookups looked at. An account counts as searched where every one of its lookups came to its
 * end; a region, where every account that could be asked at all was asked there.
 */
export function searchedIn(
  of: { accounts: string[]; regions: string[] },
  looks: Looked[],
  window: { from: string; to: string },
  known: Gap[],
  now: number,
): Searched {
  const failed = looks.filter(({ complete }) => !complete).map(({ where }) => where);
  const asked = looks.map(({ where }) => where);
  const blind = (account: string) =>
    asked.some((where) => where.account === account) &&
    asked
      .filter((where) => where.account === account)
      .every((where) => failed.some((f) => f.account === account && f.region === where.region));
  const accounts = of.accounts.filter(
    (account) =>
      asked.some((where) => where.account === account) &&
      !failed.some((where) => where.account === account),
  );
  const regions = of.regions.filter(
    (region) =>
      asked.some((where) => where.region === region && !blind(where.account)) &&
      !failed.some((where) => where.region === region && !blind(where.account)),
  );
  return {
    from: window.from,
    to: window.to,
    accounts: { searched: accounts, of: of.accounts },
    regions: { searched: regions, of: of.regions },
    categories: ['management'],
    gaps: [
      ...known,
      ...merged(
        looks.flatMap(({ gaps }) => gaps),
        of.regions.length,
      ),
    ],
    settledUntil: new Date(now - SETTLING).toISOString(),
  };
}

/** The same reason in every region of an account is told once. */
function merged(gaps: Gap[], regions: number): Gap[] {
  const alike = new Map<string, Map<string, Gap>>();
  for (const gap of gaps) {
    const key = JSON.stringify([gap.account, gap.reason]);
    alike.set(key, (alike.get(key) ?? new Map()).set(gap.region, gap));
  }
  return [...alike.values()].flatMap((group) => {
    const all = [...group.values()];
    return all.length > 1 && all.length >= regions ? [{ ...(all[0] as Gap), region: '' }] : all;
  });
}
