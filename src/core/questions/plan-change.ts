import { canonicalJson } from '../json.ts';
import { languageOf } from '../reader.ts';
import type { Change } from './follow-up-words.ts';
import type { Plan, Vocabulary } from './plan.ts';
import { understand } from './understand.ts';

/** A question that every restriction can be added to, without a slot that a restriction fills. */
const CARRIER = { id: 'i-0123456789abcdef0', en: 'who deleted', ko: '누가 지웠어' };

/**
 * What words such as “last month in the dev account” restrict, found by saying them within a whole
 * question: so they are understood by the one parser, with all its care. null where they are no mere
 * restriction; `question` where the parser did not understand them.
 */
export function changeIn(
  words: string,
  context: { now: string; timeZone: string; vocabulary: Vocabulary },
): Change | { question: string; readings: [] } | null {
  // Whoever speaks of the thing in the carrier speaks of something else.
  if (words.includes(CARRIER.id)) return null;
  const sentence = (said: string) =>
    languageOf(words) === 'ko'
      ? `${said} ${CARRIER.id} ${CARRIER.ko}`
      : `${CARRIER.en} ${CARRIER.id} ${said}`;
  const plain = understand(sentence('').trim(), context);
  const said = understand(sentence(words), context);
  if (!('plan' in plain)) return null;
  if ('notUnderstood' in said) return { question: said.notUnderstood, readings: [] };
  // The readings would be of the carrier, which nobody asked about.
  if ('unclear' in said) return { question: said.unclear.question, readings: [] };
  return difference(plain.plan, said.plan);
}

function difference(plain: Plan, said: Plan): Change | null {
  const same = (slot: keyof Plan) => canonicalJson(plain[slot]) === canonicalJson(said[slot]);
  if (!KEPT.every(same) || (said.shape !== plain.shape && said.shape !== 'count')) return null;
  const slots = CHANGING.filter((slot) => !same(slot));
  const change: Change = Object.fromEntries(slots.map((slot) => [slot, said[slot]]));
  // Who is named now takes the place of everybody who was named before.
  if (!same('actor')) change.alsoActors = said.alsoActors;
  if (!said.time.assumed) change.time = said.time;
  if (!same('except')) change.except = said.except;
  return change;
}

/** What a restriction never touches. */
const KEPT = [
  ...(['verbs', 'set', 'eventNames', 'eventSources', 'resourceType', 'resources'] as const),
  ...(['alsoResources', 'state', 'about', 'measure'] as const),
];

const CHANGING = [
  ...(['accounts', 'regions', 'actor', 'outcome', 'addresses', 'via', 'readOnly'] as const),
  ...(['content', 'groupBy', 'atLeast', 'order', 'limit'] as const),
];
