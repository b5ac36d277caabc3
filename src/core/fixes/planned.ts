import type { Bilingual } from '../reader.ts';
import type { FixPlan } from './fix.ts';
import type { Obstacle } from './obstacle.ts';

/** What a fix answers that is asked for its plan. */
export type Planned = { plan: FixPlan } | 'already-sound' | { cannot: Obstacle };

/** Something has to be done or decided first: why nothing is proposed, and what to do instead. */
export function first(why: Bilingual, instead: Bilingual): { cannot: Obstacle } {
  return { cannot: { kind: 'precondition', why, instead } };
}
