import type { Unit } from './sentence.ts';
import { isPartOf } from './several-kinds.ts';
import { is, wordsOf } from './unit.ts';

/**
 * “스로틀링 말고 AccessDenied”, “not buckets but trails”, “deletions, not updates”: where the one that is
 * meant shuts the other out by itself, naming it says all. Whatever else is left out stays, and is read
 * as an exception or asked about.
 */
export function contrasted(units: Unit[]): Unit[] {
  const gone = new Set<number>();
  units.forEach((unit, at) => {
    const span = is(unit, 'except') && unit.meaning.side === 'after' ? korean(units, at) : null;
    const other = span ?? (isNot(unit) ? english(units, at) : null);
    for (let where = other?.from ?? 0; where < (other?.to ?? 0); where += 1) gone.add(where);
  });
  return gone.size === 0 ? units : units.filter((_, at) => !gone.has(at));
}

type Stretch = { from: number; to: number };

/** “X 말고 Y”, and “사람이 띄운 건 빼고” where a service launched what is meant. */
function korean(units: Unit[], at: number): Stretch | null {
  const last = step(units, at, -1);
  const meant = units.slice(at + 1);
  const people = madeByPeople(units, last, at);
  if (people !== null) return people;
  const deed = otherPeople(units, last, at);
  if (deed !== null) return deed;
  const left = units[last];
  if (!left || !meant.some((one) => shutsOut(one, left))) return null;
  let from = last;
  // “클라우드트레일 S3 버킷 말고”: the kinds before it belong to it, unless one is what is meant.
  while (isSameSort(units[from - 1], left) && !sameAs(units[from - 1], meant)) from -= 1;
  return isName(units[from - 1]) ? null : { from, to: at + 1 };
}

/** “not X but Y”, “Y, not X”, “Y but not X”. */
function english(units: Unit[], at: number): Stretch | null {
  const first = step(units, at, 1);
  const left = units[first];
  if (!left || isName(units[first - 1]) || isName(units[first + 1])) return null;
  const behind = step(units, first, 1);
  const but = /^but$/i.test(wordsOf(units[behind]));
  const closes = units[behind] === undefined || wordsOf(units[behind]) === ',';
  const meant = but ? units.slice(behind + 1) : closes ? units.slice(0, at) : [];
  if (!meant.some((one) => shutsOut(one, left))) return null;
  // A verb that is not done may be a condition of its own; only its noun says what is not meant.
  const deeds =
    is(left, 'verb') && ![left, ...meant].every((one) => !is(one, 'verb') || DEEDS.test(one.words));
  return deeds ? null : { from: at, to: but ? behind + 1 : first + 1 };
}

const DEEDS = /(?:tions?|als|ments|reads|writes|changes|updates|stops|starts|logins|sign-?ins)$/i;

function isNot(unit: Unit): boolean {
  const negated = is(unit, 'refused') && unit.meaning.why === 'negation';
  return (
    (negated && /^(?:not|and not)$/i.test(unit.words)) ||
    (is(unit, 'except') && /^(?:but )?not$|^rather than$|^instead of$/i.test(unit.words))
  );
}

/** Does an event that is meant by the first never count as the other? */
function shutsOut(one: Unit, other: Unit): boolean {
  if (is(one, 'outcome') && is(other, 'outcome')) {
    const [a, b] = [one.meaning.outcome, other.meaning.outcome];
    return a !== b && [a, b].every((each) => ['ok', 'denied', 'throttled'].includes(each));
  }
  if (is(one, 'per')) {
    if (is(other, 'per')) return one.meaning.group !== other.meaning.group;
    return other.is === 'word' && /^(?:요일|주|월|분기)$/.test(other.words);
  }
  if (is(one, 'type') && is(other, 'type')) {
    const [a, b] = [one.meaning.type, other.meaning.type];
    return a !== b && !isPartOf(a, [b]) && !isPartOf(b, [a]);
  }
  if (is(one, 'verb') && is(other, 'verb'))
    return (
      one.meaning.verbs.every((verb) => !other.meaning.verbs.includes(verb)) &&
      DEEDS.test(other.words)
    );
  return false;
}

/** “오토스케일링이 띄운 인스턴스 … 사람이 띄운 건 빼고”: what a service launched no person did. */
function madeByPeople(units: Unit[], last: number, at: number): Stretch | null {
  const verb = units[last];
  const who = units[last - 1];
  if (!is(verb, 'verb') || !is(who, 'who') || !/^사람/.test(who.words)) return null;
  const same = units.some(
    (one, where) =>
      where !== last &&
      is(one, 'verb') &&
      one.meaning.verbs.join() === verb.meaning.verbs.join() &&
      is(units[where - 1], 'service', 'tool') &&
      /(?:이|가)$/.test(wordsOf(units[where - 1])),
  );
  return same ? { from: last - 1, to: at + 1 } : null;
}

/** “detach 한 사람 말고 delete 한 사람”: those who did one thing, and not those who did the other. */
function otherPeople(units: Unit[], last: number, at: number): Stretch | null {
  if (!is(units[last], 'who')) return null;
  let from = last - 1;
  while (is(units[from], 'nothing', 'activity')) from -= 1;
  const verb = units[from];
  if (!is(verb, 'verb')) return null;
  const other = units.findIndex((one, where) => where > at && is(one, 'verb'));
  const meant = units[other];
  const disjoint =
    is(meant, 'verb') && meant.meaning.verbs.every((one) => !verb.meaning.verbs.includes(one));
  const people = units.slice(other + 1).some((one) => is(one, 'who'));
  return disjoint && people ? { from, to: at + 1 } : null;
}

function step(units: Unit[], from: number, by: 1 | -1): number {
  let at = from + by;
  while (is(units[at], 'nothing') && wordsOf(units[at]) !== ',') at += by;
  return at;
}

function isSameSort(unit: Unit | undefined, other: Unit): boolean {
  return is(other, 'type') && is(unit, 'type', 'service');
}

function sameAs(unit: Unit | undefined, meant: Unit[]): boolean {
  return meant.some(
    (one) => is(one, 'type') && is(unit, 'type') && one.meaning.type === unit.meaning.type,
  );
}

/** The name of a thing, which would be left without its kind. */
function isName(unit: Unit | undefined): boolean {
  return (
    unit?.is === 'word' ||
    (unit?.is === 'span' && unit.kind !== 'account' && unit.kind !== 'region')
  );
}
