/** Where a message of ours stands or goes. */
import { z } from 'zod';
import type { ReplyTo } from '../core/request.ts';
import type { Telling } from '../core/telling.ts';

export type Posted = { channel: string; ts: string };
export const Posted = z.object({ channel: z.string(), ts: z.string() });

/**
 * A message that many read keeps its language: a request its own, an answer that of its question, whoever
 * presses a button of it. What only the asker sees is in theirs.
 */
export function readerOf(telling: Telling, replyTo: ReplyTo): ReplyTo {
  switch (telling.kind) {
    case 'fix':
      return { ...replyTo, ...replyTo.messageReader };
    case 'answer':
    case 'events':
    case 'file':
      return { ...replyTo, language: telling.answer.lang };
    default:
      return replyTo;
  }
}

/** The message that carried the button, which only decisions rewrite. */
export function buttonsPlace({ channel, messageTs }: ReplyTo): Posted | undefined {
  return messageTs === undefined ? undefined : { channel, ts: messageTs };
}

/** A request for approval belongs where approvers see it, not in the thread where it was thought of. */
export function unthreaded({ threadTs: _, ...replyTo }: ReplyTo): ReplyTo {
  return replyTo;
}

export const untold = ({ channel }: ReplyTo, cause: unknown) =>
  new Error(`telling Slack channel ${channel}`, { cause });
