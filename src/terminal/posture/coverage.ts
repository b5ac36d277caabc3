import { harmless } from '../../core/prose.ts';
import { type Cell, isRecorded, type Row } from '../../core/report/gaps.ts';
import { padded, wrapped } from '../columns.ts';
import { type Ink, type InkLine, type Tone, widthOf } from '../ink.ts';
import { howFar } from './row-words.ts';
import type { Table } from './table.ts';

/** What one place looks like; the shape alone says it where there is no colour. */
const SIGN: Record<Cell, { text: string; tone: Tone }> = {
  recorded: { text: '▮', tone: 'good' },
  reads: { text: 'r', tone: 'bad' },
  writes: { text: 'w', tone: 'bad' },
  none: { text: '▯', tone: 'bad' },
  unseen: { text: '?', tone: 'unsure' },
  off: { text: ' ', tone: 'quiet' },
};

/** Rows and accounts that are named; the rest is counted. */
const ROWS = 12;
const NAMES = 3;

/**
 * The map in characters: a column for each region, a line for each way in which accounts are recorded,
 * with how many accounts that is. What is missing is named beside it.
 */
export function coverageLines(table: Table): InkLine[] {
  const { map, recorded, words } = table;
  if (recorded.of === 0 || map.regions.length === 0) return [];
  const areas = areasOf(map.regions);
  const shown = map.rows.slice(0, ROWS);
  const left = map.rows.slice(ROWS).reduce((sum, { accounts }) => sum + accounts.length, 0);
  return [
    [
      { text: words.coverage, tone: 'strong' },
      `  ${words.recorded(recorded.recorded, recorded.of)}`,
    ],
    [
      `  ${areas.map(({ name, regions }) => padded(name, Math.max(regions.length, name.length))).join(' ')}`,
    ],
    ...shown.flatMap((row) => rowLines(row, areas, table)),
    ...(left > 0 ? [[`  ${words.andMore(left)}`]] : []),
    legend(shown, table),
  ];
}

/** The cells of a row, and beside them who it is and what is missing, on as many lines as that takes. */
function rowLines(row: Row, areas: Area[], table: Table): InkLine[] {
  const cells = areas.flatMap(({ name, regions }, at): Ink[] => [
    at > 0 ? ' ' : '',
    ...regions.map((index) => SIGN[row.cells[index] ?? 'unseen']),
    ' '.repeat(Math.max(0, name.length - regions.length)),
  ]);
  const indent = widthOf(cells) + 4;
  const [first = '', ...rest] = wrapped(rowWords(row, table), Math.max(20, table.width - indent));
  return [['  ', ...cells, '  ', first], ...rest.map((line) => [' '.repeat(indent) + line])];
}

type Area = { name: string; regions: number[] };

/** Regions by the first part of their name: `ap`, `eu`, `us`, …; `regions` are indexes into the row. */
function areasOf(regions: string[]): Area[] {
  const areas = Map.groupBy(regions.keys(), (index) => regions[index]?.split('-')[0] ?? '');
  return [...areas].map(([name, indexes]) => ({ name: harmless(name, 8), regions: indexes }));
}

function rowWords(row: Row, { words, called, map }: Table): string {
  const { accounts, cells } = row;
  if (isRecorded(cells)) return `${words.accounts(accounts.length)}: ${words.allRegions}`;
  const names = accounts.slice(0, NAMES).map(({ id }) => harmless(called(id), 60));
  const more = accounts.length > NAMES ? ` ${words.andMore(accounts.length - NAMES)}` : '';
  const who =
    accounts.length > 1
      ? `${words.accounts(accounts.length)} (${names.join(', ')}${more})`
      : names.join();
  return `${who}: ${howFar(cells, map.regions, words)}`;
}

function legend(rows: Row[], { words }: Table): InkLine {
  const used = new Set(rows.flatMap(({ cells }) => cells));
  const signs = (Object.keys(SIGN) as Cell[]).filter((cell) => used.has(cell) && cell !== 'off');
  return [
    {
      text: `  ${signs.map((cell) => `${SIGN[cell].text} ${words.legend[cell]}`).join('  ')}`,
      tone: 'quiet',
    },
  ];
}
