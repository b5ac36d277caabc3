import { type KeptAnswer, keptOf } from '../core/kept-answer.ts';
import type { ReplyTo } from '../core/request.ts';
import {
  type Conversing,
  conversationOf,
  expiryOf,
  tellAndKeep,
  type Watching,
} from './conversing.ts';

/** How many events are listed at a time. */
export const PAGE = 10;

/** “show more”: the next events of the same list, by the same plan. */
export async function listEvents(
  kept: KeptAnswer,
  from: number,
  replyTo: ReplyTo,
  watching: Watching,
  world: Conversing,
): Promise<void> {
  const reader = { ...replyTo, language: kept.lang };
  const about = { ...watching, listed: from + PAGE };
  const answer = await world.answer({ plan: kept.plan }, kept.question, reader, about);
  const events = answer.events.slice(from, from + PAGE);
  if (events.length === 0) {
    // Where less is found than before, what could not be seen is the news; of nothing, that it is nothing.
    if (answer.total === 0 || answer.total < kept.total)
      return tellAndKeep(answer, replyTo, world, kept.askedAt);
    const why = { kind: 'nothing-more' as const, total: answer.total };
    await world.tell(replyTo, { kind: 'refused', why });
    return;
  }
  const again = keptOf(answer, kept.askedAt);
  if (again) {
    const listed = { ...again, listed: from + events.length };
    await world.keepAnswer(listed, [conversationOf(replyTo)], expiryOf(world.now()));
  }
  await world.tell(replyTo, { kind: 'events', answer, events, from });
}
