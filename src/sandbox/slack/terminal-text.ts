import { richText } from './rich-text.ts';
import type { Seed } from './seed.ts';
import { type Block, type Fields, fieldsOf, listOf, type Message, textOf } from './workspace.ts';

/** A message as lines of text: its blocks when it has some, else its words. */
export function messageAsText({ blocks, text }: Message, seed: Seed): string {
  return blocks?.length ? blocksAsText(blocks, seed) : mrkdwnAsText(text, seed);
}

export function blocksAsText(blocks: Block[], seed: Seed): string {
  return blocks
    .map((block) => blockAsText(block, seed))
    .filter((lines) => lines)
    .join('\n');
}

function blockAsText(block: Block, seed: Seed): string {
  const words = (value: unknown): string => {
    const { type, text } = fieldsOf(value);
    return type === 'mrkdwn' ? mrkdwnAsText(textOf(text), seed) : visible(textOf(text));
  };
  switch (block.type) {
    case 'divider':
      return '────────';
    case 'header':
      return words(block.text).toUpperCase();
    case 'section':
      return [words(block.text), ...listOf(block.fields).map(words)]
        .filter((line) => line)
        .join('\n');
    case 'context':
      return listOf(block.elements)
        .map((element) => words(element) || visible(textOf(element.alt_text)))
        .join(' · ');
    case 'rich_text':
      return visible(richText(block.elements, (span) => spanAsText(span, seed)));
    case 'image':
      return `[picture: ${visible(textOf(block.alt_text))}]`;
    case 'table':
    case 'data_table':
      return tableAsText(block, seed);
    case 'markdown':
      return visible(textOf(block.text));
    case 'data_visualization':
      return `[chart: ${visible(textOf(block.title))}]`;
    case 'actions':
      return ''; // The buttons are listed with their numbers.
    default:
      return words(block.text) || visible(textOf(block.title));
  }
}

function tableAsText(block: Block, seed: Seed): string {
  const rows = (Array.isArray(block.rows) ? block.rows : []).map((row) =>
    listOf(row).map((cell) =>
      visible(
        cell.type === 'rich_text'
          ? richText(cell.elements, (span) => spanAsText(span, seed))
          : textOf(cell.text) || textOf(cell.value),
      ),
    ),
  );
  const widths = (rows[0] ?? []).map((_, at) =>
    Math.max(...rows.map((row) => (row[at] ?? '').length)),
  );
  return rows
    .map((row) => row.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join('  '))
    .join('\n');
}

/** mrkdwn without its marks; a name for each id, an address after each label. */
export function mrkdwnAsText(mrkdwn: string, seed: Seed): string {
  const plain = mrkdwn
    .split(/(<[^<>\n]*>)/)
    .map((part, index) => (index % 2 ? referenceAsText(part.slice(1, -1), seed) : part))
    .join('')
    .replace(/```\n?/g, '')
    .replace(/(^|[\s(])\*([^*\n]+)\*/g, '$1$2');
  return visible(plain.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&'));
}

function referenceAsText(written: string, seed: Seed): string {
  const [target = '', label] = written.split('|');
  if (target.startsWith('@')) return `@${nameOf(target.slice(1), seed)}`;
  if (target.startsWith('#')) return `#${nameOf(target.slice(1), seed)}`;
  if (target.startsWith('!subteam^')) return `@${nameOf(target.slice(9), seed)}`;
  if (target.startsWith('!date^')) return label ?? '';
  if (target.startsWith('!')) return `@${target.slice(1)}`;
  return label === undefined ? target : `${label} (${target})`;
}

function spanAsText(span: Fields, seed: Seed): string {
  switch (span.type) {
    case 'user':
      return `@${nameOf(textOf(span.user_id), seed)}`;
    case 'channel':
      return `#${nameOf(textOf(span.channel_id), seed)}`;
    case 'usergroup':
      return `@${nameOf(textOf(span.usergroup_id), seed)}`;
    case 'broadcast':
      return `@${textOf(span.range)}`;
    case 'emoji':
      return `:${textOf(span.name)}:`;
    case 'date':
      return textOf(span.fallback);
    case 'link':
      return span.text ? `${textOf(span.text)} (${textOf(span.url)})` : textOf(span.url);
    default:
      return textOf(span.text);
  }
}

function nameOf(id: string, { people, channels, userGroups, app }: Seed): string {
  if (id === app.user) return app.name;
  const named = [...people, ...channels].find((one) => one.id === id)?.name;
  return named ?? userGroups.find((group) => group.id === id)?.handle ?? id;
}

/** A terminal obeys control characters, so none of somebody else's text reaches it. */
function visible(text: string): string {
  return text.replace(/[\p{Cc}\p{Bidi_Control}]/gu, (character) =>
    character === '\n' ? character : `\\u{${character.codePointAt(0)?.toString(16)}}`,
  );
}
