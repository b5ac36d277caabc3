import { styleText } from 'node:util';
import { columns, wrapped } from './columns.ts';

/** How a part of a line looks where there is colour. Without it, nothing is lost: the words say it, too. */
export type Tone = keyof typeof STYLES;
export type Ink = string | { text: string; tone: Tone };
export type InkLine = Ink[];

const STYLES = {
  critical: ['bold', 'whiteBright', 'bgRed'],
  high: ['bold', 'red'],
  medium: ['bold', 'yellow'],
  low: ['bold', 'cyan'],
  info: ['bold', 'blue'],
  good: ['green'],
  bad: ['red'],
  unsure: ['magenta'],
  strong: ['bold'],
  quiet: ['dim'],
} as const satisfies { [tone: string]: Parameters<typeof styleText>[0] };

/** The sheet of paper: how wide it is, and whether it takes colour. */
export type Sheet = { width: number; colour: boolean };

/** What stdout is: the width of the terminal, and colour where it has it and NO_COLOR does not forbid it. */
export function sheetOf(
  stdout: Pick<NodeJS.WriteStream, 'isTTY' | 'columns' | 'hasColors'>,
): Sheet {
  if (!stdout.isTTY) return { width: UNSEEN_WIDTH, colour: false };
  return {
    width: Math.min(WIDEST, Math.max(NARROWEST, stdout.columns)),
    colour: stdout.hasColors(),
  };
}

/** Of a pipe or a file, whose reader nobody knows. */
const UNSEEN_WIDTH = 100;
/** Lines that are longer are hard to read, and shorter ones hold no column beside another. */
const WIDEST = 140;
const NARROWEST = 48;

/** Lines as text; no line ends in blanks. */
export function drawn(lines: InkLine[], { colour }: Pick<Sheet, 'colour'>): string {
  return lines
    .map((line) => line.map((ink) => (colour ? coloured(ink) : textOf(ink))).join(''))
    .map((line) => line.trimEnd())
    .join('\n');
}

export function widthOf(line: InkLine): number {
  return columns(line.map(textOf).join(''));
}

/** The line on as many lines as the width takes, those that follow a little further in; each word keeps its tone. */
export function within(width: number, line: InkLine): InkLine[] {
  if (widthOf(line) <= width) return [line];
  const lead = /^ */.exec(line.map(textOf).join(''))?.[0].length ?? 0;
  const indent = ' '.repeat(Math.min(lead + 2, 12));
  const lines: InkLine[] = [];
  let current: InkLine = [];
  for (const word of line.flatMap((ink) => wordsOf(ink, width - indent.length))) {
    const fits = widthOf([...current, textOf(word).trimEnd()]) <= width;
    if (!fits && current.length > 0) {
      lines.push(current);
      current = [indent];
    }
    current.push(word);
  }
  return [...lines, current];
}

/** The words of a part, each with the blanks behind it and none wider than a line. */
function wordsOf(ink: Ink, width: number): Ink[] {
  const parts = textOf(ink).match(/^ +|\S+ */g) ?? [];
  return parts
    .flatMap((part) => (columns(part.trimEnd()) <= width ? [part] : wrapped(part, width)))
    .map((text) => (typeof ink === 'string' ? text : { text, tone: ink.tone }));
}

function textOf(ink: Ink): string {
  return typeof ink === 'string' ? ink : ink.text;
}

function coloured(ink: Ink): string {
  if (typeof ink === 'string' || ink.text === '') return textOf(ink);
  return styleText([...STYLES[ink.tone]], ink.text, { validateStream: false });
}
