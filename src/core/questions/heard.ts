import { isActor, NOBODY, typeBeside } from './actor-heard.ts';
import { inPlace } from './in-place.ts';
import { apart } from './joined-names.ts';
import { isRankNumber } from './measures.ts';
import { type Name, nameOf, ROLES } from './name-of.ts';
import { isHonoured, isPlace, parted, placed } from './placed.ts';
import type { Verb } from './plan.ts';
import type { Unit } from './sentence.ts';
import { is, wordsOf } from './unit.ts';
import { verbsOf } from './verbs-heard.ts';

export type { Name } from './name-of.ts';

/** What was heard, slot by slot, before any of it is put together. */
export type Heard = {
  units: Unit[];
  /** The same with the words that say nothing: what stood directly beside what. */
  all: Unit[];
  asksWho: boolean;
  korean: boolean;
  verbs: Verb[];
  types: { id: string; asked: boolean; words: string }[];
  names: Name[];
  /** Words that nothing explains, and that may restrict the question. */
  unknown: string[];
  /** Names that are joined to the one who acts: “alice or *bob*”. */
  joined: Name[];
};

/** Gives every name of the sentence its part in it; what has none is unknown. */
export function hear(said: Unit[], korean: boolean): Heard {
  const names = apart(said);
  if (names === null) return hearAlone(said, korean);
  const heard = hearAlone(names.first, korean);
  const actor = heard.names.find(({ words, role }) => role === 'actor' && words === names.of);
  if (!actor) return hearAlone(said, korean);
  const joined = names.others.flatMap((unit): Name[] => {
    const name = nameOf(unit);
    return name ? [{ ...name, role: 'actor', beside: actor.beside }] : [];
  });
  return { ...heard, joined, names: [...heard.names, ...joined] };
}

function hearAlone(said: Unit[], korean: boolean): Heard {
  const all = inPlace(said);
  const units = all.filter((unit) => !is(unit, 'nothing'));
  const asksWho = units.some((unit) => is(unit, 'who') || is(unit, 'whose'));
  const names: Name[] = [];
  const unknown: string[] = [];
  units.forEach((unit, at) => {
    const name = nameOf(unit);
    if (!name || isRankNumber(units, at)) return;
    const actor =
      !hasSubject(all, unit) &&
      !isOneOfMany(all, unit) &&
      (isActor(units, at, asksWho) || signsInAs(all, unit));
    const beside = typeBeside(units, at, korean);
    // “in data-platform” is a place, and one that the vocabulary does not know.
    const place = unit.is === 'word' && isPlace(units, at);
    const known =
      (actor && (name.latin || isHonoured(unit)) && !NOBODY.test(name.value)) ||
      (!place &&
        (name.named ||
          placed(units, at, korean, name.latin, parted(all, unit)) ||
          isHonoured(unit)));
    if (known)
      names.push({
        value: name.value,
        words: name.words,
        kind: name.kind,
        role: actor ? 'actor' : 'resource',
        // What stands beside a person is not what the person is: “by alice on kms”.
        beside: actor && beside !== null && !ROLES.includes(beside) ? null : beside,
      });
    else if (!isDescribing(all, unit)) unknown.push(name.value);
  });
  const verbs = new Set(verbsOf(units));
  return {
    units,
    all,
    asksWho,
    korean,
    verbs: [...verbs],
    types: [...typesOf(units), ...keysChanged(units, names, asksWho)],
    names,
    unknown,
    joined: [],
  };
}

/** “does that include failed logins”: the subject is said already, and the word behind it is a verb. */
function hasSubject(all: Unit[], unit: Unit): boolean {
  const at = all.indexOf(unit);
  return (
    unit.is === 'word' &&
    /^(?:that|it|they|we|you|i|this|these|those|he|she)$/i.test(wordsOf(all[at - 1])) &&
    // “do you cover deletions”.
    is(all[at - 2], 'aux', 'activity')
  );
}

/** “which of the contractors deleted it”: one of those whom the word means, and nobody who is called so. */
function isOneOfMany(all: Unit[], unit: Unit): boolean {
  if (unit.is !== 'word' || unit.named) return false;
  const at = all.indexOf(unit);
  const of = /^(?:the|our|my|those|these)$/i.test(wordsOf(all[at - 1])) ? at - 2 : at - 1;
  return /^of$/i.test(wordsOf(all[of])) && is(all[of - 1], 'asked', 'who');
}

/** “who deactivated AKIA…”: what was done to a key that was named by its id alone. */
function keysChanged(units: Unit[], [name, ...others]: Name[], asksWho: boolean): Heard['types'] {
  const verbs = units.flatMap((unit) => (is(unit, 'verb') ? unit.meaning.verbs : []));
  const changed = verbs.length > 0 && verbs.every((verb) => TO_A_KEY.includes(verb));
  if (!asksWho || !changed || name?.kind !== 'access-key' || others.length > 0) return [];
  if (!name.value.startsWith('AKIA') || units.some((unit) => is(unit, 'type', 'service')))
    return [];
  return [{ id: 'access-key', asked: false, words: name.words }];
}

/** “our bastion i-0abc…”: the id alone says which one it is, whatever else it is called. */
function isDescribing(all: Unit[], unit: Unit): boolean {
  if (unit.is !== 'word' || unit.named) return false;
  const at = all.indexOf(unit);
  const next = all[at + 1];
  return (
    /^(?:our|the|my|우리|저희|그|이)$/i.test(wordsOf(all[at - 1])) &&
    next?.is === 'span' &&
    (next.kind === 'id' || next.kind === 'arn')
  );
}

/** “signed in as alice@example.com”, “alice로 로그인한”: whose sign-in it was, whoever asks. */
function signsInAs(all: Unit[], unit: Unit): boolean {
  const person = unit.is === 'span' ? /^(?:email|person)$/.test(unit.kind) : !isNamed(unit);
  if (!person) return false;
  const at = all.indexOf(unit);
  const signsIn = (one: Unit | undefined) =>
    is(one, 'verb') && one.meaning.verbs.join() === 'sign-in';
  if (/^as$/i.test(wordsOf(all[at - 1]))) return all.some(signsIn);
  return unit.is !== 'meaning' && /^(?:으로|로)$/.test(unit.particle) && signsIn(all[at + 1]);
}

/** `OrgAdmin`, `deploy-role`: what is called so is a role more often than a person. */
function isNamed(unit: Unit): boolean {
  return unit.is !== 'word' || !/^[a-z]{2,20}$/.test(unit.words);
}

/** What is done to a key; everything else is done with it. */
export const TO_A_KEY: Verb[] = ['delete', 'create', 'stop', 'start', 'change'];

function typesOf(units: Unit[]): Heard['types'] {
  return units.flatMap((unit, at) => {
    if (!is(unit, 'type')) return [];
    const asked = is(units[at - 1], 'asked', 'count', 'rank') || isRankNumber(units, at - 1);
    return [{ id: unit.meaning.type, asked, words: unit.words }];
  });
}
