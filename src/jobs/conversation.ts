import { type FollowUpContext, followUp, needsPrevious } from '../core/questions/follow-up.ts';
import { languageOf } from '../core/reader.ts';
import type { JobRequest, ReplyTo } from '../core/request.ts';
import { type Conversing, conversationOf, tellAndKeep, type Watching } from './conversing.ts';
import { exportEvents } from './export-events.ts';
import { listEvents } from './list-events.ts';

/**
 * A question, or what was said after an answer: then it changes the question before it. What is found
 * is told where it was asked, and kept for the buttons and for what is said next.
 */
export async function converse(
  { words, replyTo }: Extract<JobRequest, { job: 'answer-question' }>,
  watching: Watching,
  world: Conversing,
): Promise<void> {
  const previous = await world.lastAnswer(conversationOf(replyTo));
  if (!previous && needsPrevious(words)) {
    await world.tell(replyTo, { kind: 'refused', why: { kind: 'no-answer-before' } });
    return;
  }
  const heard = previous ? followUp(words, previous, await contextOf(replyTo, world)) : null;
  if (previous && heard !== null && 'act' in heard) {
    if (heard.act === 'csv') return exportEvents(previous, replyTo, watching, world);
    return listEvents(previous, previous.listed, replyTo, watching, world);
  }
  const about = { ...watching, ...(previous && { previous }) };
  const reader = { ...replyTo, language: languageOf(words) };
  const answer =
    heard !== null && !('act' in heard)
      ? await world.answer(heard, words, reader, about)
      : await world.ask(words, replyTo, about);
  await tellAndKeep(answer, replyTo, world);
}

async function contextOf({ timeZone }: ReplyTo, world: Conversing): Promise<FollowUpContext> {
  return { now: world.now().toISOString(), timeZone, vocabulary: await world.vocabulary() };
}
