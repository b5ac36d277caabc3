import type { CoverageCell, Scan, ScannedAccount } from '../posture/finding.ts';

/**
 * One place of the map. `off`: the region is not enabled there; `unseen`: nobody could look.
 */
export type Cell = 'recorded' | 'reads' | 'writes' | 'none' | 'off' | 'unseen';

/** Accounts whose rows of the map are equal, in the order of the scan, and the trails that record any of them. */
export type Row = { cells: Cell[]; accounts: ScannedAccount[]; trails: string[] };

/** The map of accounts and regions; `rows` hold every account that was to be asked, the fullest first. */
export type CoverageMap = { regions: string[]; rows: Row[] };

/**
 * Where management events are recorded, equal accounts together: an organization of ten thousand is
 * mostly one row.
 */
export function coverageMapOf({
  accounts,
  coverage,
}: Pick<Scan, 'accounts' | 'coverage'>): CoverageMap {
  const regions = regionsOf(coverage);
  const byAccount = Map.groupBy(coverage, ({ account }) => account);
  return { regions, rows: rowsOf(accounts, byAccount, regions) };
}

function regionsOf(coverage: CoverageCell[]): string[] {
  return [...new Set(coverage.map(({ region }) => region))].sort();
}

function rowsOf(
  accounts: ScannedAccount[],
  byAccount: Map<string, CoverageCell[]>,
  regions: string[],
): Row[] {
  const asked = accounts
    .filter(({ closed }) => !closed)
    .map((account) => ({ account, cells: rowOf(byAccount.get(account.id), regions) }));
  return [...Map.groupBy(asked, ({ cells }) => cells.join()).values()]
    .map(
      (same): Row => ({
        cells: same[0]?.cells ?? [],
        accounts: same.map(({ account }) => account),
        trails: trailsOf(same.flatMap(({ account }) => byAccount.get(account.id) ?? [])),
      }),
    )
    .sort((a, b) => fullness(b) - fullness(a) || b.accounts.length - a.accounts.length);
}

function trailsOf(cells: CoverageCell[]): string[] {
  const all = new Set<string>();
  for (const { trails } of cells) for (const trail of trails) all.add(trail);
  return [...all].sort();
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

/** A map for the accounts of each OU, by its path, all with the same regions; '' is what hangs at the root. */
export function mapsByUnit({ accounts, coverage }: Pick<Scan, 'accounts' | 'coverage'>) {
  const regions = regionsOf(coverage);
  const byAccount = Map.groupBy(coverage, ({ account }) => account);
  const units = Map.groupBy(accounts, ({ ou }) => ou);
  return [...units]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([ou, its]) => ({ ou, rows: rowsOf(its, byAccount, regions) }))
    .filter(({ rows }) => rows.length > 0);
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
