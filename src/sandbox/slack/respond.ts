import { checkMessage, refusedBlocks, withIds } from './block-check.ts';
import type { ResponsePlace } from './interactions.ts';
import { granted, refused, type Stage } from './stage.ts';
import { type Answer, type Block, type Fields, listOf, textOf } from './workspace.ts';

/** Does what an answer to a command or a click asks for; only its addressee sees it unless it says otherwise. */
export async function answerAt(
  place: ResponsePlace,
  answer: Fields,
  { workspace }: Stage,
): Promise<Answer> {
  const { channel, message, user } = place;
  if (answer.delete_original && message)
    return workspace.call('chat.delete', { channel, ts: message });
  const text = textOf(answer.text);
  if (!text && !listOf(answer.blocks).length) return refused('no_text');
  const faults = checkMessage(answer.blocks ?? []);
  if (faults === 'msg_blocks_too_long') return refused(faults);
  if (faults.length) return refusedBlocks('invalid_blocks', faults);
  const content = {
    channel,
    text,
    ...(Array.isArray(answer.blocks) && { blocks: withIds(answer.blocks as Block[]) }),
    ...(answer.thread_ts ? { thread_ts: answer.thread_ts } : {}),
  };
  if (answer.replace_original && message)
    return workspace.call('chat.update', { ...content, ts: message });
  if (answer.response_type === 'in_channel') return workspace.call('chat.postMessage', content);
  await workspace.call('chat.postEphemeral', { ...content, user });
  return granted();
}
