import type { Answer } from '../core/evidence/answer.ts';
import { type Evidence, matching } from '../core/evidence/conclude.ts';
import type { Known } from '../core/evidence/match.ts';
import { reaches } from '../core/evidence/reach.ts';
import { cutGap } from '../core/evidence/remaining.ts';
import type { EventSource } from '../core/evidence/source.ts';
import type { Plan } from '../core/questions/plan.ts';

/**
 * An answer over more events than a source hands over: its figures are taken from the source itself,
 * where that can count to the letter and nobody else has found anything. Else what was cut stays a gap.
 */
export async function withExactFigures(
  answer: Answer,
  plan: Plan,
  evidence: Evidence[],
  sources: EventSource[],
  known: Known,
): Promise<Answer> {
  const cut = evidence.find(({ found }) => found.completeFrom !== undefined);
  // The oldest of what was handed over are not the oldest there are, and no event is no answer.
  if (!cut || plan.order === 'oldest' || answer.total === 0) return answer;
  if (reaches(plan, known)) return answer;
  const others = evidence.filter((one) => one !== cut);
  const alone = matching(plan, others, known).events.length === 0;
  const source = sources.find(({ name }) => name === cut.source);
  const tally = alone ? ((await source?.tally?.(plan)) ?? null) : null;
  if (tally === null) return answer;
  // Of the bot's own calls only those that were handed over are known: better none than too few.
  const { own: _, calls: __, ...rest } = answer;
  const { events, completeFrom = '' } = cut.found;
  const told = cutGap(events.length, completeFrom);
  return {
    ...rest,
    total: tally.total,
    ...(tally.calls < tally.total && { calls: tally.calls }),
    groups: tally.groups.slice(0, plan.limit),
    spread: tally.spread,
    coverage: {
      ...answer.coverage,
      gaps: answer.coverage.gaps.filter(({ reason }) => reason !== told.reason),
    },
  };
}
