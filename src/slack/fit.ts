/**
 * Does it fit into Slack? The one place that knows Slack's limits for a message and what to do with what
 * is left over: it is counted aloud or continued in the thread, never silently cut.
 *
 * Limits: 50 blocks (docs.slack.dev, Block Kit); blocks together about 13,200 characters (undocumented,
 * `msg_blocks_too_long`, slackapi/bolt-js issue 2509). We stay below both.
 */
import type { KnownBlock } from '@slack/types';
import type { Line, Prose } from '../core/prose.ts';
import type { Reader } from '../core/reader.ts';
import { fallback, note, shortened, shortenedNote } from './render.ts';

export const MAX_BLOCKS = 50;
export const MAX_CHARACTERS = 12_000;
/** Replies in the thread; past them the rest is counted. One message a second is what Slack allows. */
const MAX_REPLIES = 8;

/** What Slack gets: blocks for the eye, `text` for notifications and screen readers, replies in the thread. */
export type Message = { text: string; blocks: KnownBlock[]; thread: Message[] };

export type Draft = {
  /** The whole story in two or three sentences. */
  text: Prose;
  /** Always shown, above the items. */
  head: KnownBlock[];
  /** Shown as far as they fit; each item stays together. */
  items?: KnownBlock[][];
  /** Always shown, below the items. */
  tail?: KnownBlock[];
  /** What is said when `left` items do not fit here; `inThread` when they follow in the thread. */
  more?: (left: number, inThread: boolean) => Line;
  /** Whether what does not fit follows in the thread, or is only counted. */
  overflow?: 'thread' | 'count';
};

/** The message, within the limits whatever its items are. */
export function fitted(draft: Draft, reader: Reader): Message {
  const { head, items = [], tail = [], overflow = 'count' } = draft;
  const inThread = overflow === 'thread';
  const { shown, left } = fill([...head, ...tail], items);
  const blocks = [...head, ...shown.flat()];
  if (left.length > 0) blocks.push(moreNote(draft, left.length, inThread, reader));
  return {
    text: fallback(draft.text, reader),
    blocks: squeezed([...blocks, ...tail]),
    thread: inThread ? replies(draft, left, reader) : [],
  };
}

function replies(draft: Draft, items: KnownBlock[][], reader: Reader): Message[] {
  const pages: Message[] = [];
  let rest = items;
  while (rest.length > 0 && pages.length < MAX_REPLIES) {
    const { shown, left } = fill([], rest);
    const blocks = shown.flat();
    if (left.length > 0) {
      const continues = pages.length + 1 < MAX_REPLIES;
      blocks.push(moreNote(draft, left.length, continues, reader));
    }
    const text = fallback(draft.text.slice(0, 1), reader);
    pages.push({ text, blocks: squeezed(blocks), thread: [] });
    rest = left;
  }
  return pages;
}

/** As many items as fit beside what is fixed, and those that do not. At least one, so that it ends. */
function fill(fixed: KnownBlock[], items: KnownBlock[][]) {
  // One block and 400 characters are kept for the line that says what is left.
  let blocks = fixed.length + 1;
  let characters = size(fixed) + 400;
  let count = 0;
  for (const item of items) {
    blocks += item.length;
    characters += size(item);
    if (blocks > MAX_BLOCKS || characters > MAX_CHARACTERS) break;
    count += 1;
  }
  const taken = fixed.length === 0 ? Math.max(count, 1) : count;
  return { shown: items.slice(0, taken), left: items.slice(taken) };
}

/**
 * What must be shown and is still too long: every long value in it is shortened in its middle, step by
 * step, until the message can be posted. Only hostile input comes here.
 */
function squeezed(blocks: KnownBlock[]): KnownBlock[] {
  let fitting = blocks;
  for (const most of [300, 150, 80, 40, 20]) {
    if (size(fitting) <= MAX_CHARACTERS) return fitting;
    fitting = fitting.map((block) => cut(block, most));
  }
  return fitting;
}

function cut(block: KnownBlock, most: number): KnownBlock {
  if (block.type === 'rich_text') return shortened(block, most);
  return block.type === 'context' ? shortenedNote(block, most) : block;
}

const size = (blocks: KnownBlock[]) => JSON.stringify(blocks).length;

function moreNote(draft: Draft, left: number, inThread: boolean, reader: Reader): KnownBlock {
  const line = draft.more?.(left, inThread) ?? defaultMore(left, inThread, reader);
  return note('more', [line], reader);
}

function defaultMore(left: number, inThread: boolean, { language }: Reader): Line {
  if (language === 'ko')
    return [`그 외 ${left}건${inThread ? ' (스레드에 이어집니다)' : '이 더 있습니다'}`];
  return [`and ${left} more${inThread ? ', in the thread' : ''}`];
}
