import { type Fields, fieldsOf, listOf, textOf } from './workspace.ts';

/** What stands behind ids that the page does not know. */
export type Names = { userGroups: { [id: string]: string } };

/**
 * mrkdwn as local-slack's page understands it. The page shows `&lt;` as it is written, knows no code
 * of several lines, no dates and no user groups. Escaped text must stay text: where the page would take
 * it for a mention or a link, a word joiner keeps the two apart.
 */
export function textForPage(mrkdwn: string, names: Names): string {
  return mrkdwn
    .split(/(```[\s\S]*?```|`[^`\n]+`|<[^<>\n]*>)/)
    .map((part) => {
      if (part.startsWith('```')) return codeLines(unescaped(part.slice(3, -3)));
      if (part.length > 2 && part.startsWith('`'))
        return `\`${inert(unescaped(part.slice(1, -1)))}\``;
      if (part.length > 2 && part.startsWith('<')) return reference(part, names);
      return apart(unescaped(part));
    })
    .join('');
}

/** Text in which nothing is markup, not even where it looks like it. */
export function inert(text: string): string {
  return apart(text)
    .replace(/\*([^*\n]+)\*/g, '∗$1∗')
    .replace(/(^|[\s(])_(?=[^_\n]+_)/g, '$1\u2060_')
    .replace(/~(?=[^~\n]+~)/g, '∼')
    .replaceAll('`', 'ˋ');
}

function apart(text: string): string {
  return text.replace(/<(?=@|#|!|https?:)/g, '<\u2060');
}

function unescaped(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

function codeLines(code: string): string {
  return code
    .replace(/^\n|\n$/g, '')
    .split('\n')
    .map(fixedWidth)
    .join('\n');
}

/** The page draws code of one line only, and browsers join spaces. */
export function fixedWidth(line: string): string {
  return line ? `\`${inert(line).replaceAll(' ', '\u00a0')}\`` : '';
}

/** `<!date^…|fallback>`, `<!subteam^S…>`, `<!channel>`; people, channels and links the page knows. */
function reference(written: string, names: Names): string {
  const [target = '', label] = written.slice(1, -1).split('|');
  if (target.startsWith('!date^')) return inert(unescaped(label ?? ''));
  if (target.startsWith('!subteam^'))
    return `*@${names.userGroups[target.slice(9)] ?? label ?? target.slice(9)}*`;
  if (target.startsWith('!')) return `*@${target.slice(1)}*`;
  return label === undefined ? written : `<${target}|${unescaped(label)}>`;
}

/** A rich_text block's elements as mrkdwn for the page, or without any markup. */
export function richText(
  elements: unknown,
  names: Names,
  as: 'marked' | 'plain' = 'marked',
): string {
  return listOf(elements)
    .map((element) => part(element, names, as))
    .join('\n');
}

function part(element: Fields, names: Names, as: 'marked' | 'plain'): string {
  const spans = listOf(element.elements);
  switch (element.type) {
    case 'rich_text_list':
      return spans
        .map((entry, index) => {
          const sign =
            element.style === 'ordered' ? `${Number(element.offset ?? 0) + index + 1}.` : '•';
          return `${'\u2003'.repeat(Number(element.indent ?? 0))}${sign} ${part(entry, names, as)}`;
        })
        .join('\n');
    case 'rich_text_preformatted': {
      const code = spans.map((span) => textOf(span.text) || textOf(span.url)).join('');
      return as === 'plain' ? code : codeLines(code);
    }
    case 'rich_text_quote':
      return part({ ...element, type: 'rich_text_section' }, names, as)
        .split('\n')
        .map((line) => `> ${line}`)
        .join('\n');
    default:
      return spans
        .map((span) => spanText(span, names, as))
        .join('')
        .replace(/\n$/, '');
  }
}

function spanText(span: Fields, names: Names, as: 'marked' | 'plain'): string {
  const words = as === 'plain' ? textOf : (value: unknown) => inert(textOf(value));
  switch (span.type) {
    case 'user':
      return `<@${textOf(span.user_id)}>`;
    case 'channel':
      return `<#${textOf(span.channel_id)}>`;
    case 'usergroup':
      return `*@${names.userGroups[textOf(span.usergroup_id)] ?? textOf(span.usergroup_id)}*`;
    case 'broadcast':
      return `*@${textOf(span.range)}*`;
    case 'emoji':
      return `:${textOf(span.name)}:`;
    case 'date':
      return words(span.fallback);
    case 'link': {
      const label = words(span.text ?? span.url);
      return as === 'plain' ? label : `<${textOf(span.url)}|${label}>`;
    }
    default:
      return as === 'plain' ? textOf(span.text) : styled(words(span.text), fieldsOf(span.style));
  }
}

/** Marks stand at the words themselves: the page takes no mark beside a space. */
function styled(words: string, style: Fields): string {
  const marks = [
    style.code ? '`' : '',
    style.bold ? '*' : '',
    style.italic ? '_' : '',
    style.strike ? '~' : '',
  ].join('');
  if (!marks) return words;
  const closing = [...marks].reverse().join('');
  return words
    .split('\n')
    .map((line) => {
      const [, before = '', inside = '', after = ''] = /^(\s*)(.*?)(\s*)$/.exec(line) ?? [];
      return inside ? `${before}${closing}${inside}${marks}${after}` : line;
    })
    .join('\n');
}
