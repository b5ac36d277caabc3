import type { Heard, Name } from './heard.ts';
import type { Plan, Vocabulary } from './plan.ts';
import type { Unit } from './sentence.ts';
import { unique } from './unique.ts';
import { is, wordsOf } from './unit.ts';

/** “X and Y”; “…, and when” joins no names. */
function joinsNames(unit: Unit, at: number, units: Unit[]): boolean {
  return is(unit, 'and') && !is(units[at + 1], 'asked');
}

/** Without any of these a search would be for everything that ever happened. */
export function saysNothing(plan: Plan, units: Unit[]): boolean {
  const {
    verbs,
    eventNames,
    eventSources,
    resources,
    actor,
    addresses,
    outcome,
    accounts,
    regions,
  } = plan;
  const where =
    accounts !== 'all' ||
    regions !== 'all' ||
    Object.values(plan.except).some((some) => some.length > 0);
  const ranked = plan.shape === 'count' && plan.groupBy.length > 0;
  return (
    verbs.length + eventNames.length + eventSources.length + resources.length + addresses.length ===
      0 &&
    actor === null &&
    outcome !== 'denied' &&
    outcome !== 'failed' &&
    outcome !== 'throttled' &&
    !(ranked && plan.order === 'count') &&
    plan.via.length === 0 &&
    plan.readOnly === null &&
    !((where || ranked) && units.some((unit) => is(unit, 'activity', 'history', 'verb')))
  );
}

/** Failed attempts are never hidden: unless the words say otherwise, every outcome counts. */
export function outcomeOf(units: Unit[]): Plan['outcome'] {
  // “실패한 시도도”, “실패한 것도”: beside the successes.
  const also = units.some(
    (unit, at) =>
      is(unit, 'outcome') &&
      (/(?:시도|거|건|것)도$/.test(unit.words) ||
        /^(?:시도|거|건|것)도$/.test(wordsOf(units[at + 1]))),
  );
  if (also) return 'any';
  const heard = units.flatMap((unit) => (is(unit, 'outcome') ? [unit.meaning.outcome] : []));
  return (
    heard.find((outcome) => outcome === 'denied' || outcome === 'throttled') ??
    heard.find((outcome) => outcome !== 'any') ??
    'any'
  );
}

export function accountsOf(
  ids: string[],
  ous: string[],
  { accounts }: Vocabulary,
): Plan['accounts'] {
  const inOus = accounts.filter(({ ou, ouIds = [] }) =>
    ous.some(
      (one) =>
        ouIds.includes(one) ||
        ou === one ||
        ou.startsWith(`${one}/`) ||
        ou.split('/').includes(one),
    ),
  );
  const all = unique([...ids, ...inOus.map(({ id }) => id)]);
  return all.length > 0 ? all : 'all';
}

/** “by terraform or a person?” asks how it was done; “via terraform” restricts. */
export function viaOf(units: Unit[]): Plan['via'] {
  const alternative = units.some(
    (unit) => is(unit, 'who') && /^(?:person|people|human|사람이)$/.test(unit.words),
  );
  if (alternative) return [];
  return unique(units.flatMap((unit) => (is(unit, 'via') ? [unit.meaning.via] : [])));
}

/** “terminate i-…”, “i-… 삭제해줘”: somebody who wants it done. We only look. */
export function isOrder({ units, all, asksWho }: Heard): boolean {
  const [first, second] = units;
  // “was there any delete”: nobody gives an order in the past.
  if (all.some((unit) => /^(?:was|were|is|are|has|have|had)\b/i.test(wordsOf(unit)))) return false;
  if (asksWho || units.some((unit) => is(unit, 'count', 'outcome', 'asked', 'aux'))) return false;
  // “delete된 키 있어요?”: done already.
  const done = /^(?:된|됐|돼|되|한|했)/.test(wordsOf(all[first ? all.indexOf(first) + 1 : 0]));
  if (is(first, 'verb') && done) return false;
  // “change history of …” names what happened.
  if (is(first, 'verb') && ORDERS.test(first.words)) return !is(second, 'history');
  // “i-0abc stop 좀 해줘”.
  const asksFor = all.some(
    (unit, at) =>
      is(unit, 'verb') &&
      all.slice(at + 1, at + 3).some((one) => /^해 ?(?:줘|주세|라$|달라)/.test(wordsOf(one))),
  );
  return asksFor || units.some((unit) => is(unit, 'verb') && ORDERS_KO.test(unit.words));
}

export function resourcesOf({ names }: Heard, actor: Plan['actor']): string[] {
  return (
    names
      .filter(({ role, value }) => role === 'resource' && value !== actor?.value)
      // A person is known by the name that was typed, and by the address that belongs to it.
      .flatMap(({ words, value }) => unique([words, value]))
  );
}

/** Ids of one kind may stand beside each other (“i-1 and i-2”); other names together restrict each other. */
export function unlike(names: Name[]): string[] {
  return unique(
    names.map(({ kind, value }) =>
      kind === 'id' ? value.slice(0, value.lastIndexOf('-')) : `${kind} ${value}`,
    ),
  );
}

/** “AdministratorAccess to ops-breakglass”: one event carries both, what is given and whom it is given. */
export function givenTo(
  names: Name[],
  { verbs, resourceType: type }: Plan,
  units: Unit[],
): Pick<Plan, 'resources' | 'alsoResources'> | null {
  const gives = verbs.length > 0 && verbs.every((verb) => verb === 'attach' || verb === 'detach');
  if (!gives || names.length !== 2 || units.some(joinsNames)) return null;
  // A person goes by several names, any of which will do; a thing has the one that was typed.
  const rank = ({ kind, beside }: Name) =>
    kind === 'person' ? 0 : type !== null && beside === type ? 1 : 2;
  const [other, thing] = names.toSorted((one, two) => rank(one) - rank(two));
  if (!other || !thing || thing.kind === 'person') return null;
  return { resources: unique([other.words, other.value]), alsoResources: [thing.value] };
}

const ORDERS_KO = /(?:해|워|려|꺼|켜|어|여) ?(?:줘요?|주세요|줄래|라|주십시오)$/;
const ORDERS =
  /^(?:delete|remove|terminate|destroy|drop|kill|nuke|wipe|purge|stop|disable|shut down|turn off|start|enable|turn on|reboot|restart|create|launch|make|change|modify|update|attach|grant|give|detach|revoke|open|close|block|share)$/i;
