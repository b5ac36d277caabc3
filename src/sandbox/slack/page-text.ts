import { type Fields, fieldsOf, textOf } from './workspace.ts';

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

export function codeLines(code: string): string {
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

/** One piece of a rich_text block as mrkdwn for the page. */
export function spanForPage(span: Fields, names: Names): string {
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
      return inert(textOf(span.fallback));
    case 'link':
      return `<${textOf(span.url)}|${inert(textOf(span.text ?? span.url))}>`;
    default:
      return styled(inert(textOf(span.text)), fieldsOf(span.style));
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
