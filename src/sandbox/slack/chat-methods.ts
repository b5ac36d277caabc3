import { randomUUID } from 'node:crypto';
import { checkMessage, refusedBlocks, withIds } from './block-check.ts';
import { paged } from './directory-methods.ts';
import { granted, type Method, type Methods, refused, type Stage } from './stage.ts';
import { type Answer, type Block, type Fields, listOf, type Message, textOf } from './workspace.ts';

/** Longest `text` of a message (docs.slack.dev, chat.postMessage). */
const TEXT_LIMIT = 40_000;
const DAYS_AHEAD = 120;

/** Everything about messages, refused as Slack refuses it. */
export const chatMethods: Methods = {
  'chat.postMessage': postMessage,
  'chat.postEphemeral': postEphemeral,
  'chat.update': updateMessage,
  'chat.delete': async (args, stage) => {
    const own = await ownMessage(args, stage);
    if (own === 'foreign') return refused('cant_delete_message');
    return own ? stage.workspace.call('chat.delete', args) : refused('message_not_found');
  },
  'chat.scheduleMessage': schedule,
  'chat.scheduledMessages.list': (_args, stage) =>
    granted({
      scheduled_messages: [...scheduledOf(stage).values()].map(({ cancel: _, ...shown }) => shown),
      response_metadata: { next_cursor: '' },
    }),
  'chat.deleteScheduledMessage': (args, stage) => {
    const scheduled = scheduledOf(stage);
    const found = scheduled.get(textOf(args.scheduled_message_id));
    if (!found) return refused('invalid_scheduled_message_id');
    found.cancel();
    scheduled.delete(found.id);
    return granted();
  },
  'conversations.history': lasting('conversations.history'),
  'conversations.replies': lasting('conversations.replies'),
  'reactions.get': async (args, stage) => {
    const found = await findMessage(textOf(args.channel), textOf(args.timestamp), stage);
    return found
      ? granted({ type: 'message', channel: args.channel, message: found })
      : refused('message_not_found');
  },
  'reactions.add': async (args, stage) => {
    const found = await findMessage(textOf(args.channel), textOf(args.timestamp), stage);
    const same = listOf(found?.reactions).find(({ name }) => name === args.name);
    if (Array.isArray(same?.users) && same.users.includes(stage.seed.app.user))
      return refused('already_reacted');
    return stage.workspace.call('reactions.add', args);
  },
};

async function postMessage(args: Fields, stage: Stage): Promise<Answer> {
  const fault = refusedContent(args) ?? (await refusedPlace(textOf(args.channel), stage));
  return fault ?? stage.workspace.call('chat.postMessage', ready(args));
}

async function postEphemeral(args: Fields, stage: Stage): Promise<Answer> {
  const fault = refusedContent(args) ?? (await refusedPlace(textOf(args.channel), stage));
  if (fault) return fault;
  if (!(await membersOf(textOf(args.channel), stage)).includes(textOf(args.user)))
    return refused('user_not_in_channel');
  return stage.workspace.call('chat.postEphemeral', ready(args));
}

async function updateMessage(args: Fields, stage: Stage): Promise<Answer> {
  const own = await ownMessage(args, stage);
  if (own === 'foreign') return refused('cant_update_message');
  if (!own) return refused('message_not_found');
  // Blocks that are not given stay; an empty list takes them away (docs.slack.dev, chat.update).
  const blocks = args.blocks ?? own.blocks;
  const text = args.text ?? (args.blocks ? '' : own.text);
  const complete = { ...args, text, ...(blocks ? { blocks } : {}) };
  return refusedContent(complete) ?? stage.workspace.call('chat.update', ready(complete));
}

/** What Slack says of the words and blocks of a message, or nothing when they will do. */
function refusedContent(args: Fields): Answer | undefined {
  const text = textOf(args.text) || textOf(args.markdown_text);
  const blocks = args.blocks === undefined ? [] : args.blocks;
  const empty = Array.isArray(blocks) && blocks.length === 0;
  if (!text && empty && !listOf(args.attachments).length) return refused('no_text');
  if (text.length > TEXT_LIMIT) return refused('msg_too_long');
  const found = checkMessage(blocks);
  if (found === 'msg_blocks_too_long') return refused(found);
  return found.length ? refusedBlocks('invalid_blocks', found) : undefined;
}

async function refusedPlace(channel: string, stage: Stage): Promise<Answer | undefined> {
  if (!channel) return refused('channel_not_found');
  const { people, app } = stage.seed;
  if (channel.startsWith('U') || channel.startsWith('W'))
    return people.some(({ id }) => id === channel) ? undefined : refused('channel_not_found');
  const info = await stage.workspace.call('conversations.info', { channel });
  if (!info.ok) return refused('channel_not_found');
  const members = await membersOf(channel, stage);
  return members.includes(app.user) ? undefined : refused('not_in_channel');
}

async function membersOf(channel: string, { workspace }: Stage): Promise<string[]> {
  const { members } = await workspace.call('conversations.members', { channel });
  return Array.isArray(members) ? members.map(textOf) : [];
}

/** The arguments with the ids that Slack would generate. */
function ready(args: Fields): Fields {
  return {
    ...args,
    ...(args.text === undefined && args.markdown_text ? { text: args.markdown_text } : {}),
    ...(Array.isArray(args.blocks) && { blocks: withIds(args.blocks as Block[]) }),
  };
}

async function findMessage(
  channel: string,
  ts: string,
  { workspace }: Stage,
): Promise<Message | undefined> {
  const messages = await workspace.messages(channel);
  return messages.find((message) => message.ts === ts && message.subtype !== 'ephemeral');
}

async function ownMessage(args: Fields, stage: Stage): Promise<Message | 'foreign' | undefined> {
  const found = await findMessage(textOf(args.channel), textOf(args.ts), stage);
  return found && found.user !== stage.seed.app.user ? 'foreign' : found;
}

/** Reads a channel without what only one person may see: Slack does not keep that. */
function lasting(method: string): Method {
  return async (args, stage) => {
    const answer = await stage.workspace.call(method, args);
    if (!answer.ok) return answer;
    const kept = listOf(answer.messages).filter(
      ({ subtype, ts }) =>
        subtype !== 'ephemeral' &&
        (!args.oldest || Number(ts) > Number(args.oldest)) &&
        (!args.latest || Number(ts) < Number(args.latest)),
    );
    const page = paged(args, 'messages', kept);
    const { next_cursor } = page.response_metadata as { next_cursor: string };
    return { ...page, has_more: next_cursor !== '' };
  };
}

type Scheduled = {
  id: string;
  channel_id: string;
  post_at: number;
  date_created: number;
  text: string;
  cancel(): void;
};

/** Per running Slack, and gone with it. */
const scheduledByStage = new WeakMap<Stage, Map<string, Scheduled>>();

function scheduledOf(stage: Stage): Map<string, Scheduled> {
  const known = scheduledByStage.get(stage) ?? new Map<string, Scheduled>();
  scheduledByStage.set(stage, known);
  return known;
}

async function schedule(args: Fields, stage: Stage): Promise<Answer> {
  const fault = refusedContent(args) ?? (await refusedPlace(textOf(args.channel), stage));
  if (fault) return fault;
  const at = Number(args.post_at) * 1000;
  if (!(at > stage.now())) return refused('time_in_past');
  if (at > stage.now() + DAYS_AHEAD * 86_400_000) return refused('time_too_far');
  const scheduled = scheduledOf(stage);
  const id = `Q${randomUUID().slice(0, 8).toUpperCase()}`;
  const cancel = stage.at(at, () => {
    scheduled.delete(id);
    void postMessage(args, stage);
  });
  scheduled.set(id, {
    id,
    channel_id: textOf(args.channel),
    post_at: at / 1000,
    date_created: Math.floor(stage.now() / 1000),
    text: textOf(args.text),
    cancel,
  });
  return granted({
    scheduled_message_id: id,
    channel: args.channel,
    post_at: at / 1000,
    message: { text: args.text, type: 'delayed_message', user: stage.seed.app.user },
  });
}
