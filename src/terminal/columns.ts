/**
 * How wide is a text in a terminal? Hangul, Han, Kana and most emoji take two columns, marks that combine
 * take none (Unicode Standard Annex 11). All texts here are harmless already: no controls, no escapes.
 */
export function columns(text: string): number {
  let width = 0;
  for (const character of text) width += widthOf(character);
  return width;
}

/** The text with blanks up to a width; what is wider stays as it is. */
export function padded(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - columns(text)));
}

/** The text cut to a width, with an ellipsis where something is missing. */
export function cut(text: string, width: number): string {
  if (columns(text) <= width) return text;
  let shown = '';
  let used = 1;
  for (const character of text) {
    used += widthOf(character);
    if (used > width) break;
    shown += character;
  }
  return `${shown.trimEnd()}…`;
}

/** The text in lines of at most this width, broken at blanks; a word that is wider is broken where it must. */
export function wrapped(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/).flatMap((word) => pieces(word, width))) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (columns(longer) <= width) line = longer;
    else {
      lines.push(line);
      line = word;
    }
  }
  return line === '' ? lines : [...lines, line];
}

function pieces(word: string, width: number): string[] {
  if (columns(word) <= width) return word === '' ? [] : [word];
  const all: string[] = [];
  let piece = '';
  let used = 0;
  for (const character of word) {
    if (used + widthOf(character) > width && piece !== '') {
      all.push(piece);
      piece = '';
      used = 0;
    }
    piece += character;
    used += widthOf(character);
  }
  return [...all, piece];
}

function widthOf(character: string): 0 | 1 | 2 {
  const point = character.codePointAt(0) ?? 0;
  if (point < 0x300) return 1;
  if (COMBINING.test(character)) return 0;
  return WIDE.some(([first, last]) => point >= first && point <= last) ? 2 : 1;
}

/** Marks, and the vowels and finals of Hangul written in parts, which stand in the column of their initial. */
const COMBINING = /[\p{Mn}\p{Me}\p{Cf}\u1160-\u11ff]/u;

/** East_Asian_Width W and F, in the blocks that matter. */
const WIDE: [first: number, last: number][] = [
  [0x1100, 0x115f],
  [0x231a, 0x231b],
  [0x23e9, 0x23f3],
  [0x26aa, 0x26ab],
  [0x2705, 0x2705],
  [0x274c, 0x274c],
  [0x2b1b, 0x2b1c],
  [0x2e80, 0x303e],
  [0x3041, 0xa4cf],
  [0xa960, 0xa97f],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe30, 0xfe6f],
  [0xff00, 0xff60],
  [0xffe0, 0xffe6],
  [0x1f300, 0x1f64f],
  [0x1f680, 0x1f6ff],
  [0x1f7e0, 0x1f7eb],
  [0x1f900, 0x1faff],
  [0x20000, 0x3fffd],
];
