import { type Fields, listOf, textOf } from './workspace.ts';

/** How a preformatted part is drawn, for who draws it differently from its plain text. */
type Preformatted = (code: string) => string;

/** The lines of a rich_text block's elements; `span` writes one piece of text, a mention or a link. */
export function richText(
  elements: unknown,
  span: (span: Fields) => string,
  preformatted: Preformatted = (code) => code,
): string {
  const lines = (element: Fields): string => {
    const inside = listOf(element.elements);
    switch (element.type) {
      case 'rich_text_list':
        return inside.map((entry, at) => `${bullet(element, at)} ${lines(entry)}`).join('\n');
      case 'rich_text_preformatted':
        return preformatted(inside.map(({ text, url }) => textOf(text) || textOf(url)).join(''));
      case 'rich_text_quote':
        return lines({ ...element, type: 'rich_text_section' })
          .split('\n')
          .map((line) => `> ${line}`)
          .join('\n');
      default:
        return inside.map(span).join('').replace(/\n$/, '');
    }
  };
  return listOf(elements).map(lines).join('\n');
}

function bullet({ style, offset, indent }: Fields, at: number): string {
  const sign = style === 'ordered' ? `${Number(offset ?? 0) + at + 1}.` : '•';
  return `${'\u2003'.repeat(Number(indent ?? 0))}${sign}`;
}
