import type { CloudTrailEvent } from '../core/evidence/event.ts';
import { leavesIn, leavesOf } from '../core/evidence/leaves.ts';
import { member } from '../core/evidence/parse-event.ts';
import type { Json } from '../core/json.ts';
import { addressWords } from './address-words.ts';
import { createIdentities, createInterner } from './intern.ts';
import { numbering } from './numbering.ts';
import { callerWordsIn, wordsIn } from './tokens.ts';
import { createTuples, TUPLE } from './tuples.ts';

/** Bytes of texts that a worker remembers before it starts afresh. */
const VOCABULARY = 3 * 1024 * 1024;

/** Texts with the tokens of what stands in them. */
export type Expanded = {
  texts: ReturnType<typeof createInterner>;
  tokens: number[][];
  /** The last part that this text's tokens were added to. */
  addedIn: number[];
  wordsIn(words: string): string[];
};

/** Whatever a worker has met so often that it is worth remembering. */
export type Vocabulary = ReturnType<typeof createVocabulary>;

export function createVocabulary() {
  const known = {
    texts: createInterner(),
    identities: createIdentities(),
    /** By identity: its tokens, and the last part that they were added to. */
    tokens: [] as number[][],
    addedIn: [] as number[],
    place: expanded(placeWords),
    address: expanded(addressWords),
    tuple: new Int32Array(TUPLE),
    calls: createTuples(),
    callers: createTuples(),
    callKeys: numbering(),
    callerKeys: numbering(),
    /** By caller: the last part that the tokens of the address were added to. */
    callerAddedIn: [] as number[],
  };
  const { texts, identities, place, address } = known;
  const sized = [texts, identities, place.texts, address.texts];
  return {
    ...known,
    /**
     * Starts afresh where too much was remembered. In place: the compiler has its code made for these
     * functions, and would have to begin anew with others.
     */
    limit() {
      if (sized.reduce((sum, one) => sum + one.size(), 0) <= VOCABULARY) return;
      const { calls, callers, callKeys, callerKeys } = known;
      for (const one of [...sized, calls, callers, callKeys, callerKeys]) one.clear();
      for (const list of [known.tokens, known.addedIn, known.callerAddedIn]) list.length = 0;
      for (const one of [place, address])
        for (const list of [one.tokens, one.addedIn]) list.length = 0;
    },
  };
}

function expanded(wordsOf: (words: string) => string[]): Expanded {
  return { texts: createInterner(), tokens: [], addedIn: [], wordsIn: wordsOf };
}

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
    const inside = typeof one === 'object' && one !== null ? one : member(one);
    if (inside !== null) waiting.push(...Object.values(inside));
    // Names may be numbers in exports.
    if (typeof one === 'number') texts.push(String(one));
  }
  return texts;
}

function placeWords(words: string): string[] {
  return leavesIn(words, '').flatMap(({ value }) => wordsIn(value));
}

/** The identifiers that stand in the message of a refused call. */
export function wordsOfError(errorMessage: string): string[] {
  // Only the message is read of such an event.
  const event = { record: {}, errorMessage } as unknown as CloudTrailEvent;
  return leavesOf(event).flatMap(({ value }) => wordsIn(value));
}
