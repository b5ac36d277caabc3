import { isAlternative } from './asks.ts';
import { type Heard, type Name, TO_A_KEY } from './heard.ts';
import type { Plan } from './plan.ts';
import type { Unit } from './sentence.ts';
import { is } from './unit.ts';

/** Everybody whom the question names as having acted: people, roles, keys, services, root. */
export function actorsOf(heard: Heard): NonNullable<Plan['actor']>[] {
  const { units, names, asksWho, verbs } = heard;
  const actors = names.filter(({ role }) => role === 'actor').map(actorOf);
  const credentials = units.some((unit) => is(unit, 'credentials'));
  for (const name of names) {
    if (name.kind === 'access-key' && usesKey(heard))
      actors.push({ kind: 'access-key', value: name.value });
    if (name.kind === 'id' && credentials && !verbs.some((verb) => verb !== 'use'))
      actors.push({ kind: 'instance', value: name.value });
  }
  const [tool] = units.flatMap((unit) => (is(unit, 'tool') ? [unit.meaning.name] : []));
  // “GitHub OIDC”: whose word is taken, before anybody has a session that could act.
  const provider = units.some((unit) => is(unit, 'type') && unit.meaning.type === 'web-identity');
  if (tool !== undefined && !provider && !isAlternative(units))
    actors.push({ kind: 'name', value: tool });
  if (units.some((unit) => is(unit, 'root'))) actors.push({ kind: 'root', value: 'root' });
  if (!asksWho) actors.push(...serviceActors(units));
  return actors.filter(
    (actor, at) => actors.findIndex(({ value }) => value === actor.value) === at,
  );
}

/** What was done with a key, unless its owner is asked for or something was done to the key. */
function usesKey({ units, verbs }: Heard): boolean {
  if (units.some((unit) => is(unit, 'whose'))) return false;
  return (
    verbs.every((verb) => verb === 'use' || verb === 'read') ||
    !verbs.some((verb) => TO_A_KEY.includes(verb))
  );
}

function actorOf(name: Name): NonNullable<Plan['actor']> {
  switch (name.kind) {
    case 'email':
      return { kind: 'email', value: name.value };
    case 'person':
      return { kind: name.value.includes('@') ? 'email' : 'name', value: name.value };
    case 'arn':
      return { kind: 'arn', value: name.value };
    case 'access-key':
      return { kind: 'access-key', value: name.value };
    case 'id':
      return { kind: 'instance', value: name.value };
    default:
      return { kind: name.beside === 'iam-role' ? 'role' : 'name', value: name.value };
  }
}

/** “did cloudformation delete …”, “오토스케일링이 …”. */
function serviceActors(units: Unit[]): NonNullable<Plan['actor']>[] {
  return units.flatMap((unit, at): NonNullable<Plan['actor']>[] => {
    if (!is(unit, 'service')) return [];
    const before = units[at - 1];
    const subject =
      is(before, 'by') ||
      (is(before, 'aux') && !before.meaning.passive && is(units[at + 1], 'verb')) ||
      is(units[at + 1], 'cause') ||
      /(?:이|가)$/.test(unit.words);
    return subject ? [{ kind: 'service', value: unit.meaning.source }] : [];
  });
}
