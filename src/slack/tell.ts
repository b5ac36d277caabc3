/** Telling: what a job has to say becomes a message, posted or updated where it was asked. */
import type { ModalView } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import type { FixRecord } from '../core/fixes/fix.ts';
import type { ReplyTo } from '../core/request.ts';
import type { Telling } from '../core/telling.ts';
import type { Message } from './fit.ts';
import { slackError } from './members.ts';
import { messageOf } from './message.ts';
import { fileMessage } from './messages/file.ts';
import { chaptersOf } from './messages/fix-thread.ts';
import { otherView } from './modal.ts';
import { buttonsPlace, Posted, readerOf, unthreaded, untold } from './place.ts';
import { respond } from './response-url.ts';
import { windowOf } from './windows.ts';

/** Resolves to where it stands, or undefined for what nobody can rewrite (ephemeral, or by response_url). */
export type Tell = (replyTo: ReplyTo, telling: Telling) => Promise<Posted | undefined>;

/** Slack allows about fifty updates a minute; a line that changes more often helps nobody. */
const PROGRESS_EVERY_MS = 2_500;

/** Nothing in our messages is ever parsed, linked or unfurled by Slack on its own. */
const QUIET = {
  unfurl_links: false,
  unfurl_media: false,
  link_names: false,
  parse: 'none',
} as const;

/** Slack's words for "you are not in that channel": then only the response_url is left. */
const NOT_THERE = ['not_in_channel', 'channel_not_found', 'is_archived'];

/** `whisper` shows a message to the asker alone; `now` is milliseconds since 1970. */
export type Voice = {
  tell: Tell;
  /** Tells what only the asker may read, wherever they asked. */
  confide: Tell;
  whisper: (replyTo: ReplyTo, message: Message) => Promise<Posted | undefined>;
};

export function slackVoice(client: WebClient, now: () => number): Voice {
  const progress = new Map<string, ProgressLine>();
  const chaptersTold = new Set<string>();

  const tell: Tell = async (replyTo, telling) => {
    const message = messageOf(telling, readerOf(telling, replyTo));
    if (replyTo.view !== undefined) return fill(replyTo.view, telling, message, replyTo);
    switch (telling.kind) {
      case 'progress':
        return showProgress(replyTo, message);
      case 'refused':
      case 'trouble':
        await clearProgress(replyTo);
        return whisper(replyTo, message);
      case 'fix': {
        await clearProgress(replyTo);
        const place = telling.fix.message ?? buttonsPlace(replyTo);
        const posted = place
          ? await rewrite(place, replyTo, message)
          : await post(unthreaded(replyTo), message);
        if (posted) await tellChapters(telling.fix, posted, readerOf(telling, replyTo));
        return posted;
      }
      case 'file':
        if (telling.rows === 0) return settle(replyTo, message);
        await clearProgress(replyTo);
        return sendFile(replyTo, telling, replyTo.channel, 'here');
      case 'record':
      case 'plan':
      case 'decision':
      case 'acceptance':
      case 'fixes':
        return whisper(replyTo, message);
      default:
        return settle(replyTo, message);
    }
  };

  /** The same for the asker alone: nothing of it can be read by anybody else, also not its progress. */
  const confide: Tell = async (replyTo, telling) => {
    if (telling.kind === 'progress') return undefined;
    if (telling.kind === 'file' && telling.rows > 0) {
      const { channel } = await client.conversations.open({ users: replyTo.user });
      const direct = channel?.id;
      if (!direct) throw untold(replyTo, new Error('Slack opened no direct message'));
      const sent = await sendFile(
        { ...unthreaded(replyTo), channel: direct },
        telling,
        direct,
        'here',
      );
      await whisper(replyTo, fileMessage(telling, readerOf(telling, replyTo), 'direct'));
      return sent;
    }
    if (replyTo.view !== undefined) return tell(replyTo, telling);
    const message = messageOf(telling, readerOf(telling, replyTo));
    for (const part of [message, ...message.thread]) await whisper(replyTo, part);
    return undefined;
  };

  return { tell, confide, whisper };

  /** Fills the window that was opened for this. It is the presser's; nobody else sees it. */
  async function fill(
    view: string,
    telling: Telling,
    { blocks }: Message,
    reader: ReplyTo,
  ): Promise<undefined> {
    if (telling.kind === 'progress') return undefined;
    return showIn(view, windowOf(telling, blocks, reader), reader);
  }

  /** What the thread has to hold by now, each chapter once; a process that starts anew may repeat the last. */
  async function tellChapters(fix: FixRecord, posted: Posted, reader: ReplyTo): Promise<void> {
    for (const { name, replies } of chaptersOf(fix, reader)) {
      const key = `${fix.id} ${name}`;
      if (chaptersTold.has(key)) continue;
      if (chaptersTold.size >= MOST_CHAPTERS) chaptersTold.clear();
      chaptersTold.add(key);
      await continueInThread(unthreaded(reader), posted, replies);
    }
  }

  async function showIn(view: string, filled: ModalView, reader: ReplyTo): Promise<undefined> {
    try {
      await client.views.update({ view_id: view, view: filled });
    } catch (error) {
      // Whoever closed the window does not wait for it any more.
      if (slackError(error) !== 'not_found') throw untold(reader, error);
    }
    return undefined;
  }

  /** Uploads a file with its line; where Slack takes none, its first rows are shown and the way to all of it. */
  async function sendFile(
    replyTo: ReplyTo,
    file: Extract<Telling, { kind: 'file' }>,
    channel: string,
    where: 'here' | 'direct',
  ): Promise<Posted | undefined> {
    const thread = replyTo.threadTs ? { thread_ts: replyTo.threadTs } : {};
    const reader = readerOf(file, replyTo);
    try {
      await client.filesUploadV2({
        ...thread,
        channel_id: channel,
        filename: file.name,
        title: file.name,
        content: file.content,
      });
    } catch (error) {
      const refused = slackError(error);
      if (refused === null) throw untold(replyTo, error);
      return post(replyTo, fileMessage(file, reader, { refused }));
    }
    return post(replyTo, fileMessage(file, reader, where));
  }

  /** Posts the line once, then edits it now and then. */
  async function showProgress(replyTo: ReplyTo, message: Message): Promise<Posted | undefined> {
    const key = lineOf(replyTo);
    const shown = progress.get(key);
    if (!shown) {
      const line = post(replyTo, message, 'response_url never');
      progress.set(key, { line, at: now() });
      return line;
    }
    if (now() - shown.at < PROGRESS_EVERY_MS) return shown.line;
    shown.at = now();
    shown.line = shown.line.then(async (place) => {
      if (place) await update(place, message);
      return place;
    });
    return shown.line;
  }

  /** The final word takes the place of the progress line where there was one. */
  async function settle(replyTo: ReplyTo, message: Message): Promise<Posted | undefined> {
    const shown = await take(replyTo);
    const posted = shown ? await rewrite(shown, replyTo, message) : await post(replyTo, message);
    if (posted) await continueInThread(replyTo, posted, message.thread);
    return posted;
  }

  async function continueInThread(replyTo: ReplyTo, { channel, ts }: Posted, thread: Message[]) {
    for (const reply of thread) {
      const thread_ts = replyTo.threadTs ?? ts;
      await client.chat.postMessage({
        channel,
        thread_ts,
        text: reply.text,
        blocks: reply.blocks,
        ...QUIET,
      });
    }
  }

  async function post(
    replyTo: ReplyTo,
    message: Message,
    otherwise: 'response_url' | 'response_url never' = 'response_url',
  ): Promise<Posted | undefined> {
    const { text, blocks } = message;
    const thread = replyTo.threadTs ? { thread_ts: replyTo.threadTs } : {};
    try {
      const answer = await client.chat.postMessage({
        channel: replyTo.channel,
        text,
        blocks,
        ...thread,
        ...QUIET,
      });
      return Posted.parse(answer);
    } catch (error) {
      if (!NOT_THERE.includes(slackError(error) ?? '')) throw untold(replyTo, error);
      if (otherwise === 'response_url never') return undefined;
      if (!replyTo.responseUrl) throw untold(replyTo, error);
      await respond(replyTo.responseUrl, message, 'in_channel');
      return undefined;
    }
  }

  /** Only the asker sees it. In a direct message everybody is the asker. */
  async function whisper(replyTo: ReplyTo, message: Message): Promise<Posted | undefined> {
    const { channel, user, threadTs, view } = replyTo;
    const { text, blocks } = message;
    if (view !== undefined) return showIn(view, otherView(blocks, replyTo), replyTo);
    if (channel.startsWith('D') || user === '') return post(replyTo, message);
    const thread = threadTs ? { thread_ts: threadTs } : {};
    try {
      await client.chat.postEphemeral({
        channel,
        user,
        text,
        blocks,
        ...thread,
        link_names: false,
        parse: 'none',
      });
    } catch (error) {
      if (!replyTo.responseUrl) throw untold(replyTo, error);
      await respond(replyTo.responseUrl, message, 'ephemeral');
    }
    return undefined;
  }

  /** Rewrites a message of ours; posts anew where somebody deleted it, so that the story is not lost. */
  async function rewrite(
    place: Posted,
    replyTo: ReplyTo,
    message: Message,
  ): Promise<Posted | undefined> {
    try {
      await update(place, message);
      return place;
    } catch (error) {
      const gone = ['message_not_found', 'cant_update_message', ...NOT_THERE];
      if (!gone.includes(slackError(error) ?? '')) throw untold(replyTo, error);
      return post(unthreaded({ ...replyTo, channel: place.channel }), message);
    }
  }

  async function update({ channel, ts }: Posted, { text, blocks }: Message): Promise<void> {
    await client.chat.update({ channel, ts, text, blocks, link_names: false, parse: 'none' });
  }

  /** Takes the progress line away when nothing will stand in its place. */
  async function clearProgress(replyTo: ReplyTo): Promise<void> {
    const shown = await take(replyTo);
    if (!shown) return;
    try {
      await client.chat.delete(shown);
    } catch (error) {
      // Somebody was quicker; what matters is that the line is gone.
      if (slackError(error) !== 'message_not_found') throw untold(replyTo, error);
    }
  }

  /** The progress line, once its last edit has arrived: an edit under way must not overtake the end. */
  async function take(replyTo: ReplyTo): Promise<Posted | undefined> {
    const key = lineOf(replyTo);
    const shown = progress.get(key);
    progress.delete(key);
    // Whoever told the progress has been told that it failed; the end is told all the same.
    return shown?.line.catch(() => undefined);
  }
}

/** The progress line of one asking: whatever language it stands in, its end takes its place. */
const lineOf = (replyTo: ReplyTo) => JSON.stringify({ ...replyTo, language: null });

/** Remembered as told; more than are open at a time. */
const MOST_CHAPTERS = 5_000;

/** `line` settles when what was last said of the progress stands in Slack; `at` in milliseconds. */
type ProgressLine = { line: Promise<Posted | undefined>; at: number };
