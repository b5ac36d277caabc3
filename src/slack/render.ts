/**
 * The one renderer between what we say and Slack. Nothing else in this folder writes text into a block,
 * so nothing that came from a log, a tag or a person can ping, link, hide or pose as markup.
 *
 * Evidence goes into `rich_text` elements, which Slack never parses as mrkdwn. Where Slack allows only
 * mrkdwn (context lines, the fallback text) the three control characters are escaped and quoted values
 * stand in code spans without backticks.
 */
import type { ContextBlock, HeaderBlock, RichTextBlock, RichTextElement } from '@slack/types';
import { clock, harmless, type Line, type Prose, type Span } from '../core/prose.ts';
import type { Reader } from '../core/reader.ts';

/** Our own sentences are short; anything longer carries something from outside and is cut in its middle. */
const TEXT_LIMIT = 600;
/** A quoted value, unless its span says otherwise; the same as in `plain()`. */
const QUOTE_LIMIT = 200;
/** Parts of one line; each costs some eighty characters of the message beside its text. */
const SPANS_SHOWN = 80;
const MEMBER = /^[UW][A-Z0-9]{2,30}$/;

/** Paragraphs: one line of prose, one line on the screen. */
export function paragraph(blockId: string, prose: Prose, reader: Reader): RichTextBlock {
  const lines = prose.map((line) => elements(line, reader));
  const joined = lines.flatMap((line, at): RichTextElement[] =>
    at === 0 ? line : [{ type: 'text', text: '\n' }, ...line],
  );
  return {
    type: 'rich_text',
    block_id: blockId,
    elements: [{ type: 'rich_text_section', elements: joined }],
  };
}

/** One bullet for each line, under an introduction where there is one. */
export function bullets(
  blockId: string,
  intro: Line | null,
  points: Prose,
  reader: Reader,
): RichTextBlock {
  return {
    type: 'rich_text',
    block_id: blockId,
    elements: [
      ...(intro ? [{ type: 'rich_text_section' as const, elements: elements(intro, reader) }] : []),
      {
        type: 'rich_text_list',
        style: 'bullet',
        elements: points.map((point) => ({
          type: 'rich_text_section',
          elements: elements(point, reader),
        })),
      },
    ],
  };
}

/** A small grey line. Slack draws only mrkdwn there, hence the escaping. */
export function note(blockId: string, prose: Prose, reader: Reader): ContextBlock {
  const text = within(prose.map((line) => mrkdwnLine(line, reader)).join('\n'), 3000);
  return {
    type: 'context',
    block_id: blockId,
    elements: [{ type: 'mrkdwn', text: text || '—', verbatim: true }],
  };
}

export function heading(blockId: string, words: string): HeaderBlock {
  return {
    type: 'header',
    block_id: blockId,
    text: { type: 'plain_text', text: label(words, 150), emoji: false },
  };
}

/**
 * The `text` of a message: what notifications show and the only thing that screen readers read.
 * Times and mentions are spelled out, because nothing in it may be a tag.
 */
export function fallback(prose: Prose, reader: Reader): string {
  const lines = prose.map((line) => line.map((span) => spokenSpan(span, reader)).join(''));
  return within(lines.join('\n'), 3000);
}

/** Harmless, escaped and cut for places that show plain text: buttons, headings, labels. */
export function label(words: string, max: number): string {
  // Escaping may only make a text longer; cut before it, so that no `&lt;` is cut in half.
  for (let length = max; length > 0; length -= 5) {
    const text = escaped(shown(oneLine(words, max), length));
    if (text.length <= max) return text || '—';
  }
  return '—';
}

/** A typed sentence of the core that carries names from outside: made harmless, set as running text. */
export function sentence(text: string, max = TEXT_LIMIT): string {
  return shown(oneLine(text, max), max);
}

/**
 * Harmless and of bounded length: spelling out what is invisible makes a text up to nine times as long,
 * and a value of such characters must not push the rest of a message over Slack's limits.
 */
function shown(text: string, max = QUOTE_LIMIT): string {
  for (let room = max; room > 8; room = Math.floor(room / 2)) {
    const safe = harmless(text, room);
    if (safe.length <= max * 2) return safe;
  }
  return harmless(text, 8);
}

/** The same block with every text of more than `most` characters cut in its middle. */
export function shortened(block: RichTextBlock, most: number): RichTextBlock {
  const cut = (it: RichTextElement): RichTextElement =>
    it.type === 'text' && it.text !== '\n' ? { ...it, text: harmless(it.text, most) } : it;
  return {
    ...block,
    elements: block.elements.map((part) =>
      part.type === 'rich_text_list'
        ? {
            ...part,
            elements: part.elements.map((it) => ({ ...it, elements: it.elements.map(cut) })),
          }
        : part.type === 'rich_text_section'
          ? { ...part, elements: part.elements.map(cut) }
          : part,
    ),
  };
}

/** The same for a note, which may hold several values and keeps several times as much. */
export function shortenedNote(block: ContextBlock, most: number): ContextBlock {
  const elements = block.elements.map((it) =>
    'text' in it ? { ...it, text: within(it.text, most * 8) } : it,
  );
  return { ...block, elements };
}

/** White space as single blanks. Cut first: nobody should pay for 100 KB of which a line is shown. */
function oneLine(text: string, max: number): string {
  const near = text.length > max * 8 ? `${text.slice(0, max * 4)}…${text.slice(-max * 4)}` : text;
  return near.replace(/\s+/g, ' ');
}

function elements(line: Line, reader: Reader): RichTextElement[] {
  const drawn = line
    .slice(0, SPANS_SHOWN)
    .map((span) => element(span, reader))
    .filter((it) => !isEmpty(it));
  const left = line.length - SPANS_SHOWN;
  if (left > 0) drawn.push({ type: 'text', text: ` … (+${left})` });
  // Slack refuses an empty section.
  return drawn.length > 0 ? drawn : [{ type: 'text', text: ' ' }];
}

const isEmpty = (it: RichTextElement) => it.type === 'text' && it.text === '';

function element(span: Span, reader: Reader): RichTextElement {
  if (typeof span === 'string') return { type: 'text', text: shown(span, TEXT_LIMIT) };
  if ('strong' in span) {
    return { type: 'text', text: shown(span.strong, TEXT_LIMIT), style: { bold: true } };
  }
  if ('quote' in span) return code(shown(span.quote, span.max));
  if ('at' in span) return { type: 'text', text: shown(clock(span.at, reader.timeZone)) };
  if ('member' in span) {
    return MEMBER.test(span.member)
      ? { type: 'user', user_id: span.member }
      : code(shown(span.member));
  }
  return isOurLink(span.link)
    ? { type: 'link', url: span.link, text: shown(span.label, 100) }
    : code(shown(span.link));
}

const code = (text: string): RichTextElement => ({
  type: 'text',
  text: text === '' ? '""' : text,
  style: { code: true },
});

function mrkdwnLine(line: Line, reader: Reader): string {
  return line.map((span) => mrkdwnSpan(span, reader)).join('');
}

function mrkdwnSpan(span: Span, reader: Reader): string {
  if (typeof span === 'string') return unmarked(span);
  if ('strong' in span) return `*${unmarked(span.strong)}*`;
  if ('quote' in span) return mrkdwnCode(shown(span.quote, span.max));
  // A time that cannot be read is shown as it stands, so it is no safer than a quote.
  if ('at' in span) return unmarked(clock(span.at, reader.timeZone));
  if ('member' in span) {
    return MEMBER.test(span.member) ? `<@${span.member}>` : mrkdwnCode(shown(span.member));
  }
  if (!isOurLink(span.link)) return mrkdwnCode(shown(span.link));
  return `<${escaped(span.link).replaceAll('|', '%7C')}|${unmarked(span.label)}>`;
}

/** Running text in mrkdwn: escaped, and with the marks that would start bold, italics, strike or code defused. */
function unmarked(text: string): string {
  return escaped(shown(text, TEXT_LIMIT)).replaceAll('`', 'ˋ').replaceAll('*', '∗');
}

const mrkdwnCode = (text: string) => `\`${escaped(text).replaceAll('`', 'ˋ') || '""'}\``;

function spokenSpan(span: Span, reader: Reader): string {
  if (typeof span === 'string') return unmarked(span);
  if ('strong' in span) return unmarked(span.strong);
  if ('quote' in span) return unmarked(shown(span.quote, span.max));
  // A time that cannot be read is shown as it stands, so it is no safer than a quote.
  if ('at' in span) return unmarked(clock(span.at, reader.timeZone));
  // A mention in the fallback would ping again with every update; the blocks carry the real one.
  if ('member' in span) return unmarked(shown(span.member));
  return unmarked(span.label);
}

/** Slack's three control characters; nothing else in its markup can start a mention or a link. */
function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** Links are our own or none: the AWS console and nothing that a log could name. */
function isOurLink(link: string): boolean {
  return /^https:\/\/([a-z0-9-]+\.)?console\.aws\.amazon\.com\/[^\s<>|]*$/.test(link);
}

/** Cuts escaped text without cutting an entity in half; says that it cut. */
function within(text: string, max: number): string {
  if (text.length <= max) return text;
  return `${text.slice(0, max - 1).replace(/&[a-z]*$|\\u\{[^}]*$|[\ud800-\udbff]$/, '')}…`;
}
