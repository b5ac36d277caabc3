import { leavesIn, namedInError } from '../core/evidence/leaves.ts';
import { member, text } from '../core/evidence/parse-event.ts';
import type { Json } from '../core/json.ts';
import { callerWordsIn, wordsIn } from './tokens.ts';

/** What a caller may be asked for by. */
export function callerWords(identity: Json): string[] {
  const places = leavesIn(identity, '').flatMap(({ value }) => wordsIn(value));
  return [...new Set([...places, ...textsIn(identity).flatMap(callerWordsIn)])];
}

/** Every text in an identity as it is written, also in objects that were written as texts. */
function textsIn(identity: Json): string[] {
  const texts: string[] = [];
  const waiting: Json[] = [identity];
  for (let one = waiting.pop(); one !== undefined; one = waiting.pop()) {
    if (typeof one === 'string') texts.push(one);
    // Names may be numbers in exports.
    if (typeof one === 'number') texts.push(String(one));
    const inside = typeof one === 'object' && one !== null ? one : member(one);
    // One by one: a list may be longer than what a call can be given at once.
    for (const value of Object.values(inside ?? {})) waiting.push(value);
  }
  return texts;
}

/** The identifiers that stand in a text: itself, or what is in it where it is a document. */
export function placeWords(words: string): string[] {
  // Credentials as a text: their key is read as it stands, whatever else is percent-encoded beside it.
  const key = text(member(words)?.accessKeyId);
  const places = leavesIn(words, '').flatMap(({ value }) => wordsIn(value));
  return key === null ? places : [...places, key];
}

/** The identifiers that stand in the message of a refused call. */
export function wordsOfError(errorMessage: string): string[] {
  return namedInError(errorMessage).flatMap(wordsIn);
}
