import type { Unit } from './sentence.ts';
import { is } from './unit.ts';

/**
 * Accounts and units of an organization are often called by ordinary words: `audit`, `network`,
 * `shop-prod`. They are a place after “in” or before “account”, the name of a thing after its kind
 * (“stack shop-staging”), and may be either in “the audit trail”. Names become quoted spans; `unsure`
 * counts the words that only the asker can tell.
 */
export function placesIn(units: Unit[]): { units: Unit[]; unsure: number[] } {
  const parts = units.map((unit, at) => (isNamedPlace(unit) ? partOf(units, at) : null));
  // “in audit and network”, “audit과 network에서”: what is joined to a place is one.
  parts.forEach((part, at) => {
    if (part === 'place') for (const other of joinedTo(units, at)) parts[other] = 'place';
  });
  const placed = units.filter((_, at) => parts[at] === 'place');
  const unsure: number[] = [];
  const told = units.map((unit, at): Unit => {
    // “security 조직 단위에서”: the words after the name of a unit say what it is.
    if (parts[at - 1] === 'place' && /^조직 단위(?:에서|에|의|내|안)/.test(wordsOf(unit)))
      return { is: 'meaning', meaning: { says: 'nothing' }, words: wordsOf(unit) };
    if (unit.is !== 'span' || parts[at] === null || parts[at] === 'place') return unit;
    const said = placed.some((one) => one.is === 'span' && one.value === unit.value);
    if (parts[at] === 'name' || said) return asName(unit);
    unsure.push(at);
    return unit;
  });
  return { units: told, unsure };
}

/** The account's name as the name of a thing. */
export function asName(unit: Unit): Unit {
  if (unit.is !== 'span') return unit;
  return { ...unit, kind: 'quoted', value: unit.words ?? unit.value };
}

/** Digits are an account's id, and nothing is called by them. */
function isNamedPlace(unit: Unit | undefined): unit is Unit & { is: 'span' } {
  return (
    unit?.is === 'span' &&
    (unit.kind === 'account' || unit.kind === 'ou') &&
    !/^\d/.test(unit.words ?? unit.value)
  );
}

const ARTICLES = /^(?:the|a|an|our|my|this|that|whole|entire|그|저|우리|해당)$/i;
const AT = /^(?:in|inside|at|on|from|across|within|throughout)$/i;

function partOf(units: Unit[], at: number): 'place' | 'name' | 'either' {
  const unit = units[at];
  const [before, next] = [units[at - 1], units[at + 1]];
  const kinds = (one: Unit | undefined) =>
    is(one, 'type') &&
    !['aws-account', 'organization', 'organizational-unit'].includes(one.meaning.type);
  let from = at - 1;
  while (ARTICLES.test(wordsOf(units[from]))) from -= 1;
  // One signs in to a place, and where nothing else is named one accesses it.
  const nothingElse = !units.some((one) => is(one, 'type'));
  const signsIn = units.some(
    (one) =>
      is(one, 'verb') &&
      (one.meaning.verbs.includes('sign-in') ||
        (nothingElse && /^(?:access|접근)/i.test(one.words))),
  );
  const particle = unit?.is === 'span' ? unit.particle : '';
  // “in the audit trail”, “on shop-staging stack”: what is meant is the trail, and the stack.
  if (AT.test(wordsOf(units[from])) && kinds(next)) return 'either';
  if (AT.test(wordsOf(units[from])) || /^(?:에서|내|안|쪽에서)/.test(particle)) return 'place';
  if (/^(?:안|내|안에|내에|내부|쪽)(?:에서|에|서)?$/.test(wordsOf(next)) || signsIn) return 'place';
  // “개발 계정에서 개발 스택”: the word for account belongs to the name before it.
  const called = isAccountWord(units[from]) && !isNamedPlace(units[from - 1]);
  if (isAccountWord(next) || called) return 'place';
  if (/^(?:에|로|으로)(?:는|도)?$/.test(particle))
    return units.some((one) => is(one, 'verb') && one.meaning.verbs.includes('attach'))
      ? 'either'
      : 'place';
  // “the prod web server i-0abc”: the thing has its name, and what is said of it is its environment.
  const identified = units.some(
    (one) =>
      (one.is === 'span' && ['id', 'arn', 's3', 'quoted'].includes(one.kind)) ||
      (one.is === 'word' && one.named),
  );
  if (identified && ENVIRONMENT.test(unit?.is === 'span' ? (unit.words ?? '') : '')) return 'place';
  // “prod 변경 내역”: nothing else is called by the name of an environment.
  // “weird한 거? sandbox-jisoo”: the detectors look at places, and at nothing that has a name.
  if (nothingElse && units.some((one) => is(one, 'anomaly'))) return 'place';
  // “the root credentials of legacy-crm”: every account has its own.
  if (/^of$/.test(wordsOf(units[from])) && is(units[from - 1], 'root')) return 'place';
  // “unencrypted instances, payments-dev”: several things have no one name.
  const apart = wordsOf(before) === ',' && next === undefined;
  if (apart && units.some((one) => is(one, 'type') && /[a-z]s$/i.test(one.words))) return 'place';
  // “network-hub 쪽입니다”.
  if (/^쪽에서/.test(wordsOf(next))) return 'place';
  const told = units.some((one) => is(one, 'history', 'activity', 'anomaly', 'asked', 'outcome'));
  const acted = units.some((one) => is(one, 'verb') && !one.meaning.verbs.includes('change'));
  const environment = ENVIRONMENT.test(unit?.is === 'span' ? (unit.words ?? '') : '');
  if (nothingElse && told && !acted && environment && !is(before, 'by', 'aux')) return 'place';
  // “calls to prod”: nothing is given to it.
  const gives = units.some(
    (one) =>
      is(one, 'verb') && one.meaning.verbs.some((verb) => verb === 'attach' || verb === 'detach'),
  );
  if (!gives && /^(?:to|into|against|toward|towards)$/.test(wordsOf(units[from]))) return 'place';
  const shares = units.some((one) => is(one, 'verb') && one.meaning.verbs.includes('share'));
  if (shares && /^(?:with|to)$/.test(wordsOf(units[from]))) return 'place';
  const english = /^[a-z]/i.test(wordsOf(before));
  const principal = is(before, 'principal') && before.meaning.kind !== 'account';
  return is(before, 'by') || (english && (kinds(before) || principal)) ? 'name' : 'either';
}

const ENVIRONMENT =
  /(?:^|[-_])(?:prod|production|staging|stage|dev|development|qa|test)$|운영|개발/i;

function isAccountWord(unit: Unit | undefined): boolean {
  if (is(unit, 'principal')) return unit.meaning.kind === 'account';
  return /^(?:ou|ous|organizational units?|조직 단위|계정)/i.test(wordsOf(unit));
}

function joinedTo(units: Unit[], at: number): number[] {
  const joined: number[] = [];
  for (const step of [-1, 1]) {
    let from = at;
    for (;;) {
      let next = from + step;
      const near = units[step < 0 ? next : from];
      const particle =
        near?.is === 'span' && /^(?:와|과|랑|이랑|하고|나|이나)$/.test(near.particle);
      const beside = next;
      while (is(units[next], 'and') || wordsOf(units[next]) === ',') next += step;
      if (next === beside && !particle) break;
      if (!isNamedPlace(units[next])) break;
      joined.push(next);
      from = next;
    }
  }
  return joined;
}

function wordsOf(unit: Unit | undefined): string {
  return unit?.is === 'meaning' ? unit.words.toLowerCase() : '';
}
