import type { Prose } from '../prose.ts';
import type { Answer } from './answer.ts';
import { tellCauses } from './tell-causes.ts';
import { tellClosing } from './tell-closing.ts';
import { tellCoverage } from './tell-coverage.ts';
import { tellCoverageAnswer } from './tell-coverage-answer.ts';
import { tellDetections } from './tell-detections.ts';
import { tellFound } from './tell-found.ts';
import { tellNothing, tellUnanswered } from './tell-nothing.ts';
import { tellStates } from './tell-states.ts';

/** An answer in its parts: the two lines that answer, what they rest on, what was searched, the plan. */
export type Chapters = { headline: Prose; evidence: Prose; coverage: Prose; closing: Prose };

/**
 * An answer in words, in the asker's language. The first lines say who, what, when, where and how well
 * it is proven; then the evidence; then what was searched and what was not. Composed from the answer
 * document alone, so that what is said can always be checked against it.
 */
export function tellAnswer(answer: Answer): Prose {
  const { headline, evidence, coverage, closing } = chaptersOf(answer);
  return [...headline, ...evidence, ...coverage, ...closing];
}

export function chaptersOf(answer: Answer): Chapters {
  const ko = answer.lang === 'ko';
  const closing = tellClosing(answer, ko);
  if (answer.verdict === 'unclear' || answer.verdict === 'not-understood') {
    const told = tellUnanswered(answer, ko);
    // A question of ours is one thing with its readings, also for who hears it; there are seldom many.
    return { headline: told.slice(0, 4), evidence: told.slice(4), coverage: [], closing };
  }
  const { headline, evidence } = body(answer, ko);
  const own = answer.understood.plan?.shape === 'coverage';
  return { headline, evidence, coverage: own ? [] : tellCoverage(answer, ko), closing };
}

function body(answer: Answer, ko: boolean): { headline: Prose; evidence: Prose } {
  const { shape } = answer.understood.plan ?? { shape: 'search' };
  if (shape === 'coverage') return inTwo(tellCoverageAnswer(answer, ko));
  if (shape === 'detect' && answer.detections) return tellDetections(answer.detections, ko);
  if (shape === 'state' && answer.states) return tellStates(answer, answer.states, ko);
  if (shape === 'cause' && answer.verdict !== 'found' && answer.causes)
    return { headline: tellNothing(answer, ko), evidence: tellCauses(answer.causes, ko) };
  return answer.verdict === 'found' ? tellFound(answer, ko) : inTwo(tellNothing(answer, ko));
}

const inTwo = (told: Prose) => ({ headline: told.slice(0, 2), evidence: told.slice(2) });
