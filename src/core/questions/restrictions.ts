import type { Heard } from './heard.ts';
import type { Plan, Verb } from './plan.ts';
import type { Unit } from './sentence.ts';
import { is } from './unit.ts';

/**
 * “who deleted the bucket that bob created” asks two things of two people; one plan holds one. Verbs
 * that are joined (“created and deleted”, “만들고 지운”) are asked of the same person.
 */
export function otherClause({ units, verbs }: Heard, { actor }: Plan): string | null {
  const told = units.filter(
    (unit) =>
      is(unit, 'verb') &&
      // In “make changes” it is the noun that tells what was done.
      unit.meaning.verbs.some((verb) => verbs.includes(verb)) &&
      !unit.meaning.verbs.some((verb) => verb === 'use' || verb === 'assume'),
  );
  const kinds = new Set(told.map((unit) => (is(unit, 'verb') ? unit.meaning.verbs.join() : '')));
  if (kinds.size < 2) return null;
  const person =
    actor !== null ||
    units.some((unit) => unit.is === 'span' && (unit.kind === 'person' || unit.kind === 'email'));
  const joined =
    units.some((unit) => is(unit, 'and')) ||
    told.some((unit) => is(unit, 'verb') && /(?:고|거나|며|면서|[가-힣]다가?)$/.test(unit.words));
  const shaped =
    units.some((unit) => is(unit, 'public', 'external', 'world', 'port', 'permission')) ||
    units.some((unit) => unit.is === 'span' && unit.kind === 'port');
  const last = told.at(-1);
  return (joined && !person) || shaped || last?.is !== 'meaning' ? null : last.words;
}

/** “who created account 123456789012”: the account is the thing, not the place to look. */
export function accountAsObject({ units, types, verbs }: Heard, plan: Plan): string | null {
  if (types.length + plan.resources.length > 0 || plan.accounts === 'all') return null;
  if (verbs.length === 0 || verbs.some((verb) => TO_NO_ACCOUNT.includes(verb))) return null;
  const at = units.findIndex((unit) => is(unit, 'principal') && unit.meaning.kind === 'account');
  const unit = units[at];
  if (unit?.is !== 'meaning') return null;
  const spans = [units[at - 1], units[at + 1]].some(
    (one) => one?.is === 'span' && (one.kind === 'account' || one.kind === 'ou'),
  );
  const place =
    is(units[at - 1], 'place') ||
    is(units[at - 2], 'place') ||
    /(?:에서|에|의|내|안)$/.test(unit.words);
  return spans && !place ? unit.words : null;
}

/** What is done in an account, or by way of it, and never to it. */
const TO_NO_ACCOUNT: Verb[] = ['sign-in', 'assume', 'use', 'read'];

/** A word that only means something beside another one, which is missing here. */
export function restrictsNothingYet(
  unit: Unit,
  { verbs }: Heard,
  content: Plan['content'],
  { actor }: Plan,
): boolean {
  if (is(unit, 'world'))
    return (
      !content?.kind.startsWith('port-') && content?.kind !== 'public' && !/^전체/.test(unit.words)
    );
  if (is(unit, 'credentials')) return actor?.kind !== 'instance';
  if (is(unit, 'permission')) return verbs.length === 0;
  return false;
}
