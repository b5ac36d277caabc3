import { eventsCsv } from '../core/evidence/events-csv.ts';
import type { KeptAnswer } from '../core/kept-answer.ts';
import { exactForm } from '../core/questions/index.ts';
import type { ReplyTo } from '../core/request.ts';
import type { Conversing, Watching } from './conversing.ts';

/** Rows of one file. Who needs more narrows the time, or exports in the terminal. */
export const MOST_ROWS = 5_000;

/** Every event of an answer as a file, found again by its plan, where the answer was given. */
export async function exportEvents(
  kept: KeptAnswer,
  replyTo: ReplyTo,
  watching: Watching,
  world: Conversing,
): Promise<void> {
  const reader = { ...replyTo, language: kept.lang };
  const about = { ...watching, listed: MOST_ROWS };
  const answer = await world.answer({ plan: kept.plan }, kept.question, reader, about);
  await world.tell(replyTo, {
    kind: 'file',
    name: `trailwarden-${kept.planHash.slice(0, 12)}.csv`,
    content: [...eventsCsv(answer.events, replyTo.timeZone)].join(''),
    rows: answer.events.length,
    answer,
    form: exactForm(kept.plan),
  });
}
