import { mayFollow } from './follow-up.ts';
import { personMeant, thingsMeant } from './pronouns.ts';
import { normalise } from './words.ts';

/** May it be about the answer before, or the question before it, rather than a question of its own? */
export function goesOn(words: string): boolean {
  const text = normalise(words).slice(0, LONGEST);
  return mayFollow(text) || personMeant(text) || thingsMeant(text);
}

/** Nobody goes on from an answer in more words than this. */
const LONGEST = 200;
