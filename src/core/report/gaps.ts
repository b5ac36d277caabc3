import type { CoverageCell, Scan, ScannedAccount } from '../posture/finding.ts';

/**
 * One place of the map. `off`: the region is not enabled there; `unseen`: nobody could look.
 */
export type Cell = 'recorded' | 'reads' | 'writes' | 'none' | 'off' | 'unseen';

/** Accounts whose rows of the map are equal, in the order of the scan. */
export type Row = { cells: Cell[]; accounts: ScannedAccount[] };

/** The map of accounts and regions; `rows` hold every account that was to be asked, the fullest first. */
export type CoverageMap = { regions: string[]; rows: Row[] };

/**
 * Where management events are recorded, equal accounts together: an organization of ten thousand is
 * mostly one row.
 */
export function coverageMapOf({ accounts, coverage }: Pick<Scan, 'accounts' | 'coverage'>) {
  const regions = [...new Set(coverage.map(({ region }) => region))].sort();
  const byAccount = Map.groupBy(coverage, ({ account }) => account);
  const rows = Map.groupBy(
    accounts
      .filter(({ closed }) => !closed)
      .map((account) => ({ account, cells: rowOf(byAccount.get(account.id), regions) })),
    ({ cells }) => cells.join(),
  );
  return {
    regions,
    rows: [...rows.values()]
      .map(
        (same): Row => ({
          cells: same[0]?.cells ?? [],
          accounts: same.map(({ account }) => account),
        }),
      )
      .sort((a, b) => fullness(b) - fullness(a) || b.accounts.length - a.accounts.length),
  } satisfies CoverageMap;
}

function rowOf(cells: CoverageCell[] | undefined, regions: string[]): Cell[] {
  if (!cells) return regions.map(() => 'unseen');
  const by = new Map(cells.map((cell) => [cell.region, cell]));
  return regions.map((region) => {
    const cell = by.get(region);
    if (!cell) return 'off';
    if (cell.managementRead && cell.managementWrite) return 'recorded';
    if (cell.managementRead) return 'reads';
    return cell.managementWrite ? 'writes' : 'none';
  });
}

/** Full rows first, then those with holes, then those that nobody could see. */
function fullness({ cells }: Row): number {
  if (isRecorded(cells)) return 2;
  return cells.includes('unseen') || cells.length === 0 ? 0 : 1;
}

/** Whether reads and writes are recorded in every region that is enabled there. */
export function isRecorded(cells: Cell[]): boolean {
  const asked = cells.filter((cell) => cell !== 'off');
  return asked.length > 0 && asked.every((cell) => cell === 'recorded');
}

/** Why an account is not fully recorded: the regions where something is missing, or that nobody could see it. */
export type Gap = { account: ScannedAccount; unseen: boolean; missing: string[]; of: number };

/** `998 of 1,000 accounts fully recorded; 2 gaps: …`. */
export function gapsOf({ regions, rows }: CoverageMap): {
  recorded: number;
  of: number;
  gaps: Gap[];
} {
  const open = rows.filter(({ cells }) => !isRecorded(cells));
  const of = rows.reduce((sum, { accounts }) => sum + accounts.length, 0);
  const gaps = open.flatMap(({ cells, accounts }) => {
    const missing = regions.filter((_, at) => HOLES.includes(cells[at] ?? 'unseen'));
    const asked = cells.filter((cell) => cell !== 'off').length;
    const unseen = missing.length === 0;
    return accounts.map((account): Gap => ({ account, unseen, missing, of: asked }));
  });
  return { recorded: of - gaps.length, of, gaps };
}

const HOLES: Cell[] = ['none', 'reads', 'writes'];
