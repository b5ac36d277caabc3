/** What Slack delivers, parsed once: who asks, from where, in which words, and where the answer goes. */
import { z } from 'zod';
import { type Language, languageOf } from '../core/reader.ts';
import type { ReplyTo } from '../core/request.ts';
import { type Command, readCommand } from './commands.ts';
import type { User } from './members.ts';

/** Where somebody asked, as the delivery has it. */
export type Asked = {
  channel: string;
  user: string;
  threadTs?: string | undefined;
  responseUrl?: string | undefined;
  messageTs?: string | undefined;
};

/** A message that a person wrote to us alone: no edits, joins, bots or files (`subtype`, `bot_id`). */
export const DirectMessage = z.object({
  channel_type: z.literal('im'),
  subtype: z.undefined().optional(),
  bot_id: z.undefined().optional(),
  channel: z.string(),
  user: z.string(),
  text: z.string(),
  thread_ts: z.string().optional(),
});

/** A pressed button, with what we use of it. */
export const Press = z.object({
  user: z.object({ id: z.string() }),
  channel: z.object({ id: z.string() }),
  message: z.object({ ts: z.string(), thread_ts: z.string().optional() }).optional(),
  container: z
    .object({
      message_ts: z.string().optional(),
      thread_ts: z.string().optional(),
      is_ephemeral: z.boolean().optional(),
    })
    .optional(),
  response_url: z.string().optional(),
  trigger_id: z.string().optional(),
  actions: z.tuple(
    [
      z.object({
        value: z.string().optional(),
        selected_option: z.object({ value: z.string() }).nullish(),
      }),
    ],
    z.unknown(),
  ),
});

export type Press = z.infer<typeof Press>;

/** In a conversation everything that is no command is meant as a question. */
export function readChat(words: string): Command {
  const command = readCommand(words);
  return command.kind === 'help' && command.notUnderstood !== undefined
    ? { kind: 'question', words }
    : command;
}

export function replyToOf(
  { channel, user, ...rest }: Asked,
  words: string,
  who: User | null,
): ReplyTo {
  return {
    channel,
    user,
    ...(rest.threadTs === undefined ? {} : { threadTs: rest.threadTs }),
    ...(rest.responseUrl === undefined ? {} : { responseUrl: rest.responseUrl }),
    ...(rest.messageTs === undefined ? {} : { messageTs: rest.messageTs }),
    language: languageFor(words, who),
    timeZone: knownZone(who?.tz ?? 'UTC'),
  };
}

/** The language of the words; where there is hardly a word to go by, the language that they use Slack in. */
function languageFor(words: string, who: User | null): Language {
  const isQuestion = readChat(words).kind === 'question' && /\p{L}{2}/u.test(words);
  if (isQuestion || languageOf(words) === 'ko') return languageOf(words);
  return who?.locale?.startsWith('ko') ? 'ko' : 'en';
}

export function knownZone(zone: string): string {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone;
  } catch {
    // A zone that this machine does not know; UTC is what the times are in anyway.
    return 'UTC';
  }
}
