import { nameOf } from './name-of.ts';
import { NEVER_NAMES } from './placed.ts';
import type { Unit } from './sentence.ts';
import { is } from './unit.ts';

/**
 * “what did alice and bob delete”: names that stand beside each other, joined, and the sentence with the
 * first alone in their place. Whether they act or something was done to them, the sentence tells. Null
 * where no names are joined, or several times.
 */
export function apart(units: Unit[]): { first: Unit[]; of: string; others: Unit[] } | null {
  const from = units.findIndex((unit, at) => isSomebody(unit) && joinedTo(units, at) !== null);
  const first = units[from];
  if (!first || first.is === 'meaning') return null;
  const others: Unit[] = [];
  let last = from;
  for (let next = joinedTo(units, last); next !== null; next = joinedTo(units, last)) {
    others.push(units[next] as Unit);
    last = next;
  }
  const end = units[last];
  // The particle of the last name tells what all of them did.
  const particle = end && end.is !== 'meaning' ? end.particle : '';
  return {
    first: [...units.slice(0, from), { ...first, particle }, ...units.slice(last + 1)],
    of: nameOf(first)?.words ?? '',
    others,
  };
}

/** The place of the name that is joined to this one: “alice *and bob*”, “alice랑 *bob*”. */
function joinedTo(units: Unit[], at: number): number | null {
  const unit = units[at];
  const touches =
    unit !== undefined &&
    unit.is !== 'meaning' &&
    /^(?:와|과|랑|이랑|하고|나|이나)$/.test(unit.particle);
  let next = at + 1;
  let joined = touches;
  for (
    ;
    is(units[next], 'and') || (units[next]?.is === 'meaning' && isComma(units[next]));
    next += 1
  )
    joined = true;
  return joined && isSomebody(units[next]) ? next : null;
}

const isComma = (unit: Unit | undefined) => unit?.is === 'meaning' && unit.words === ',';

/** Whoever may act: a person, an address, a word that could be a name. */
function isSomebody(unit: Unit | undefined): boolean {
  if (unit?.is === 'word')
    return /^[A-Za-z][\w.+@-]*$/.test(unit.words) && !NEVER_NAMES.test(unit.words);
  return unit?.is === 'span' && ['person', 'email', 'quoted', 'access-key'].includes(unit.kind);
}
