import { isQuestion, mayFollow } from './follow-up.ts';
import { personMeant, thingsMeant } from './pronouns.ts';
import { understand } from './understand.ts';
import { normalise } from './words.ts';

/** May it be about the answer before, or the question before it, rather than a question of its own? */
export function goesOn(words: string): boolean {
  const whole = normalise(words);
  const text = whole.slice(0, LONGEST);
  if (mayFollow(text) || personMeant(text) || thingsMeant(text)) return true;
  return whole.length <= LONGEST && !standsAlone(text);
}

/** Nobody goes on from an answer in more words than this. */
const LONGEST = 200;

/** Does it say by itself what it is about? “last 90 days” does not, and what is not understood may not. */
function standsAlone(text: string): boolean {
  const read = understand(text, SOMEWHERE);
  return 'plan' in read && isQuestion(read.plan, text);
}

/** When and where it is asked changes what is found, and not whether it is a question. */
const SOMEWHERE = {
  now: '2026-01-01T00:00:00.000Z',
  timeZone: 'UTC',
  vocabulary: { accounts: [], people: [] },
};
