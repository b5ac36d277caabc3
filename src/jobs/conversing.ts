import type { Answer } from '../core/evidence/answer.ts';
import type { JsonObject } from '../core/json.ts';
import { KEPT_DAYS, type KeptAnswer, keptOf, keptReading } from '../core/kept-answer.ts';
import type { Plan, Understanding, Vocabulary } from '../core/questions/plan.ts';
import type { Reader } from '../core/reader.ts';
import type { ReplyTo } from '../core/request.ts';
import type { Telling } from '../core/telling.ts';

/** Of one question: who hears of progress, how many events are wanted, and the answer before it. */
export type About = {
  progress?: (done: number, of: number) => void;
  /** Told before a search that takes long: about so many seconds. */
  expect?: (seconds: number) => void;
  listed?: number;
  previous?: KeptAnswer;
};

/** What a conversation needs of the world. */
export type Conversing = {
  now(): Date;
  vocabulary(): Promise<Vocabulary>;
  ask(words: string, reader: Reader, about: About): Promise<Answer>;
  answer(understood: Understanding, words: string, reader: Reader, about: About): Promise<Answer>;
  /** One event as it was recorded; `reasons` say why it may not have been found. */
  record(
    place: KeptAnswer['events'][number],
    plan: Plan,
  ): Promise<{ record: JsonObject; origin: string } | { reasons: string[] }>;
  /** From when on an archive holds events, ISO 8601 UTC; null where there is none. */
  reach?(): Promise<string | null>;
  keepAnswer(answer: KeptAnswer, threads: string[], expiresAt: string): Promise<void>;
  keptAnswer(planHash: string): Promise<KeptAnswer | undefined>;
  lastAnswer(thread: string): Promise<KeptAnswer | undefined>;
  /** Where it stands now, for who replies to it. */
  tell(to: ReplyTo, telling: Telling): Promise<{ channel: string; ts: string } | null | undefined>;
};

/** How a long search shows how far it is. */
export type Watching = Pick<About, 'progress' | 'expect'>;

/**
 * Keeps before it tells: a button may be pressed at once. `askedAt` is the moment that the times of its
 * plan were understood at, ISO 8601 UTC, where that was not now: what ended then goes on to the moment
 * when it is asked again.
 */
export async function tellAndKeep(
  answer: Answer,
  replyTo: ReplyTo,
  world: Conversing,
  askedAt = world.now().toISOString(),
): Promise<void> {
  const expires = expiryOf(world.now());
  const kept = keptOf(answer, askedAt);
  for (const { plan } of answer.readings ?? [])
    await world.keepAnswer(keptReading(plan, answer, askedAt), [], expires);
  if (kept) await world.keepAnswer(kept, [conversationOf(replyTo)], expires);
  const posted = await world.tell(replyTo, { kind: 'answer', answer });
  // Whoever replies to the answer itself goes on with it, too.
  if (kept && posted) await world.keepAnswer(kept, [`${posted.channel}:${posted.ts}`], expires);
}

export function expiryOf(now: Date): string {
  return new Date(now.getTime() + KEPT_DAYS * 24 * 60 * 60 * 1000).toISOString();
}

/** A thread; a direct message is one conversation; slash commands of one person in one channel, too. */
export function conversationOf({ channel, threadTs, user }: ReplyTo): string {
  if (threadTs !== undefined) return `${channel}:${threadTs}`;
  return channel.startsWith('D') ? channel : `${channel}:@${user}`;
}
