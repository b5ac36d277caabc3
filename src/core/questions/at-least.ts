import type { Plan } from './plan.ts';

/**
 * “more than 20 calls”, “5번 이상”: how many a group must count at least, and the words with the plain
 * ranking in its place, which says what is counted. Null where nothing is compared so.
 */
export function comparisonIn(text: string): { least: number; text: string } | null {
  for (const { pattern, beyond, instead } of COMPARISONS) {
    const match = pattern.exec(text);
    if (!match) continue;
    const least = Number(match[1]) + (beyond(match[0]) ? 1 : 0);
    const rest = text.slice(match.index + match[0].length);
    return { least, text: `${text.slice(0, match.index)}${instead(match[0])}${rest}` };
  }
  return null;
}

/** The plan whose groups count so many; null where nothing is grouped, so that the number would be lost. */
export function withLeast(plan: Plan, least: number): Plan | null {
  if (plan.shape !== 'count' || plan.groupBy.length === 0 || plan.measure !== 'calls') return null;
  return { ...plan, atLeast: least };
}

const NOUN = '(?:calls?|times|events?|requests?|errors?|failures?|attempts?|denials?|deletions?)';

const COMPARISONS: {
  pattern: RegExp;
  beyond: (words: string) => boolean;
  instead: (words: string) => string;
}[] = [
  {
    pattern: new RegExp(
      `(?<![\\w-])(?:more than|over|at least|no fewer than|no less than) (\\d{1,6}) (?:times|${NOUN})(?![\\w-])`,
      'i',
    ),
    beyond: (words) => /^(?:more|over)/i.test(words),
    instead: (words) =>
      /times$/i.test(words) ? 'the most' : `the most ${words.split(' ').at(-1)}`,
  },
  {
    pattern: new RegExp(`(?<![\\w-])(\\d{1,6})(?:\\+| or more) (?:times|${NOUN})(?![\\w-])`, 'i'),
    beyond: () => false,
    instead: (words) =>
      /times$/i.test(words) ? 'the most' : `the most ${words.split(' ').at(-1)}`,
  },
  {
    pattern: /(\d{1,6}) ?(?:번|건|회|차례) ?(?:이상|초과|넘게|넘은|넘는)(?:인|으로|이나|한)?/,
    beyond: (words) => /초과|넘/.test(words),
    instead: () => '가장 많은',
  },
];
