import { harmless, type Line, type Prose, withInstants } from '../prose.ts';
import type { Answer } from './answer.ts';
import { tellCoverage } from './tell-coverage.ts';

/** How many sentences an answer about the record itself has at most. */
const LINES = 40;

/**
 * The answer to a question about the record itself: its sentences stand in `reason`, the first of them
 * is the answer. What was searched for the last answer is told as that answer told it.
 */
export function tellCoverageAnswer(answer: Answer, ko: boolean): Prose {
  const [first = '', ...others] = (answer.reason ?? '').split('\n');
  const cannot: Line =
    answer.verdict === 'unknowable'
      ? [{ strong: ko ? '알 수 없습니다: ' : 'This cannot be known: ' }]
      : [];
  const last = answer.understood.plan?.about === 'last-search' && answer.verdict === 'found';
  return [
    [...cannot, ...said(first)],
    ...others.slice(0, LINES).map(said),
    ...(last ? tellCoverage(answer, ko) : []),
  ];
}

/** Sentences of ours in which names of others stand: running text, made harmless, times in the reader's zone. */
function said(sentence: string): Line {
  return withInstants(sentence, (part) => harmless(part, 900));
}
