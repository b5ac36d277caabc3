import { changes, isAccountName } from './in-place.ts';
import { nameOf } from './name-of.ts';
import type { Vocabulary } from './plan.ts';
import type { Unit } from './sentence.ts';
import { is, wordsOf } from './unit.ts';

/**
 * Accounts, units and regions are where something is done; sometimes they are what it is done to: “removed
 * account 123456789012 from the organization”, “detached the SCP from OU Production”, “enabled me-south-1”.
 * Those calls are recorded in the management account, so the place that was named would hide every one of
 * them. What something is done to becomes a name; `odd` is a unit of the organization whose id, by which
 * alone the calls name it, nobody knows.
 */
export function doneToPlaces(
  units: Unit[],
  { accounts }: Pick<Vocabulary, 'accounts'>,
): { units: Unit[] } | { odd: string } {
  if (switchesRegion(units)) return { units: ofRegion(units) };
  // Its contacts are changed in the account itself, or for it in the management account: no plan holds both.
  const contact = units.some(
    (unit) =>
      (is(unit, 'type') && unit.meaning.type === 'account-contact') ||
      (isAccountName(unit) && changes(units)),
  );
  const account = units.find((unit) => unit.is === 'span' && unit.kind === 'account');
  if (contact && account?.is === 'span') return { odd: account.words ?? account.value };
  const kind = kindOf(units);
  if (kind === null) return { units };
  const at = units.flatMap((_, where) => (isObject(units, where, kind) ? [where] : []));
  if (at.length === 0) return { units };
  let odd: string | null = null;
  const told = units.flatMap((unit, where): Unit[] => {
    if (
      kind === 'account' &&
      is(unit, 'principal') &&
      at.some((one) => Math.abs(one - where) === 1)
    )
      return [{ is: 'meaning', meaning: { says: 'type', type: 'aws-account' }, words: unit.words }];
    if (is(unit, 'verb')) return [givingOrTaking(unit)];
    if (unit.is !== 'span' || !at.includes(where)) return [unit];
    if (unit.kind === 'account') return [{ ...unit, kind: 'quoted' }];
    const id = idOf(unit.value, accounts);
    if (id === null) odd = unit.words ?? unit.value;
    return [{ ...unit, kind: 'quoted', value: id ?? unit.value }];
  });
  return odd === null ? { units: told } : { odd };
}

type Kind = 'organization' | 'service-control-policy' | 'account';

/** What is done to accounts and units: members come and go, policies are attached, accounts opened and closed. */
function kindOf(units: Unit[]): Kind | null {
  const types = units.flatMap((unit) => (is(unit, 'type') ? [unit.meaning.type] : []));
  const verbs = units.flatMap((unit) => (is(unit, 'verb') ? unit.meaning.verbs : []));
  if (verbs.length === 0 || types.length > 1) return null;
  const [type] = types;
  const every = (...some: string[]) => verbs.every((verb) => some.includes(verb));
  if (type === 'organization') return every('create', 'delete', 'attach', 'detach') ? type : null;
  if (type === 'service-control-policy') return every('delete', 'attach', 'detach') ? type : null;
  // Beside the name of a thing the account is where it was.
  const named = units.some((unit) => unit.is !== 'meaning' && nameOf(unit)?.named);
  return type === undefined && !named && every('create', 'delete', 'close', 'stop')
    ? 'account'
    : null;
}

/** “in account X” stays a place; the other ways of naming one say what it was done to. */
function isObject(units: Unit[], at: number, kind: Kind): boolean {
  const unit = units[at];
  if (unit?.is !== 'span' || (unit.kind !== 'account' && unit.kind !== 'ou')) return false;
  const before = units.slice(0, at).findLast((one) => !is(one, 'principal') && !isArticle(one));
  if (is(before, 'place') || /^(?:in|inside|within|at)$/i.test(wordsOf(before))) return false;
  const said = isAccountWord(units[at - 1]) || isAccountWord(units[at + 1]);
  const particle = isAccountWord(units[at + 1]) ? wordsOf(units[at + 1]) : unit.particle;
  // “계정에서 뗀” takes away from it; anything else is done in it.
  if (/에서(?:의|는)?$/.test(particle)) return kind === 'service-control-policy' && takes(units);
  return kind === 'account' ? unit.kind === 'account' && said : true;
}

function isAccountWord(unit: Unit | undefined): boolean {
  return is(unit, 'principal') && unit.meaning.kind === 'account';
}

function isArticle(unit: Unit): boolean {
  return /^(?:the|our|my|a|an|ou|organizational unit)$/i.test(wordsOf(unit));
}

function takes(units: Unit[]): boolean {
  return units.some(
    (unit) =>
      is(unit, 'verb') &&
      unit.meaning.verbs.every((verb) => verb === 'detach' || verb === 'delete'),
  );
}

/** “added to the organization”, “removed the SCP from …”: nothing is created or deleted. */
function givingOrTaking(unit: Unit & { is: 'meaning' }): Unit {
  if (/^(?:add|추가|넣|집어넣|등록|enroll)/i.test(unit.words))
    return { ...unit, meaning: { says: 'verb', verbs: ['attach'] } };
  if (/^(?:remov|drop|kick|제거|빼|뺐|뺀|삭제)/i.test(unit.words))
    return { ...unit, meaning: { says: 'verb', verbs: ['detach'] } };
  return unit;
}

/** The id of a unit, as the paths of its accounts tell it. */
function idOf(unit: string, accounts: Vocabulary['accounts']): string | null {
  for (const { ou, ouIds = [] } of accounts) {
    if (ouIds.includes(unit)) return unit;
    const path = ou.split('/');
    const depth = path.findIndex(
      (name, at) => name === unit || path.slice(0, at + 1).join('/') === unit,
    );
    const id = depth < 0 ? undefined : ouIds[depth];
    if (id !== undefined) return id;
  }
  return null;
}

/** “who enabled me-south-1”: nothing else is named that could have been switched on there. */
function switchesRegion(units: Unit[]): boolean {
  const verbs = units.flatMap((unit) => (is(unit, 'verb') ? unit.meaning.verbs : []));
  if (verbs.length === 0 || !verbs.every((verb) => verb === 'start' || verb === 'stop'))
    return false;
  const at = units.findIndex((unit) => unit.is === 'span' && unit.kind === 'region');
  const region = units[at];
  if (region?.is !== 'span' || /에서|에$/.test(region.particle)) return false;
  const before = units.slice(0, at).findLast((unit) => !isArticle(unit) && !isRegionWord(unit));
  if (is(before, 'place') || /^(?:in|inside|within|at|from|on)$/i.test(wordsOf(before)))
    return false;
  if (/에서|에$/.test(isRegionWord(units[at + 1]) ? wordsOf(units[at + 1]) : '')) return false;
  return units.every(
    (unit) =>
      unit.is !== 'word' &&
      (!is(unit, 'type', 'service', 'property', 'permission') || isRegionWord(unit)) &&
      (unit.is !== 'span' || ['region', 'account', 'ou', 'time'].includes(unit.kind)),
  );
}

function ofRegion(units: Unit[]): Unit[] {
  return units.flatMap((unit): Unit[] => {
    if (isRegionWord(unit)) return [];
    if (unit.is !== 'span' || unit.kind !== 'region') return [unit];
    return [
      { is: 'meaning', meaning: { says: 'type', type: 'region' }, words: 'region' },
      { ...unit, kind: 'quoted', words: unit.value },
    ];
  });
}

function isRegionWord(unit: Unit | undefined): boolean {
  if (is(unit, 'type')) return unit.meaning.type === 'region';
  return is(unit, 'asked') && unit.meaning.group === 'region';
}
