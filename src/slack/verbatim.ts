/** Text as it stands, such as JSON: never parsed by Slack, and in pieces where it is long. */
import type { RichTextBlock } from '@slack/types';
import { harmless } from '../core/prose.ts';

/** Text whose lines matter, such as JSON: as it stands, but for what nobody would see. */
export function verbatim(blockId: string, text: string): RichTextBlock {
  const lines = text.split('\n').map((line) => harmless(line, PIECE));
  return {
    type: 'rich_text',
    block_id: blockId,
    elements: [
      {
        type: 'rich_text_preformatted',
        elements: [{ type: 'text', text: bounded(lines.join('\n')) || ' ' }],
      },
    ],
  };
}

/** Spelling out what nobody would see makes a text longer; Slack takes 3,000 characters, and never half of a `\\u{…}`. */
function bounded(text: string): string {
  if (text.length <= LONGEST) return text;
  return `${text.slice(0, LONGEST - 1).replace(/\\u\{[^}]*$|[\ud800-\udbff]$/, '')}…`;
}
const LONGEST = 2_900;

/** Characters of one piece of verbatim text; Slack takes 3,000 of a text, and this one grows by what is spelled out. */
const PIECE = 2_400;

/** A text that may be long, in blocks of its own; past a few of them nobody reads it in Slack. */
export function verbatims(id: string, text: string): RichTextBlock[] {
  return inPieces(text.slice(0, MOST_BLOCKS * PIECE))
    .slice(0, MOST_BLOCKS)
    .map((piece, at) => verbatim(`${id}-${at}`, piece));
}
const MOST_BLOCKS = 4;

/** Text in pieces that fit one block each, at the ends of lines where there are any. */
export function inPieces(text: string): string[] {
  const pieces: string[] = [];
  let rest = text;
  while (rest.length > PIECE) {
    const end = rest.lastIndexOf('\n', PIECE);
    const at = end > PIECE / 2 ? end : PIECE;
    pieces.push(rest.slice(0, at));
    rest = rest.slice(end === at ? at + 1 : at);
  }
  return [...pieces, rest];
}
