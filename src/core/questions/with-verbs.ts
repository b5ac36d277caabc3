import { eventsFor, permissionEventsFor, resourceType } from './catalogue.ts';
import type { Heard } from './heard.ts';
import { chooseAmong, typeOfId } from './kinds.ts';
import type { Meant, Odd } from './odd.ts';
import type { Plan, Verb } from './plan.ts';
import type { Unit } from './sentence.ts';
import { isPartOf } from './several-kinds.ts';
import { unique } from './unique.ts';
import { is } from './unit.ts';

/** Which calls do what was said to one of the kinds of things that were named. */
export function withVerbs(heard: Heard, plan: Plan, meant: Meant, types: string[]): Meant | Odd {
  const direction = heard.units.find((unit) => is(unit, 'direction'));
  const owner =
    types.length > 1 && types.includes('iam-policy')
      ? types.find((type) => permissionEventsFor(type).length > 0)
      : undefined;
  if (owner !== undefined) return policyOf(owner, meant);
  const chosen = types.length > 1 ? chooseAmong(types, meant.verbs, heard.korean) : types;
  const foreign = foreignTo(chosen, plan);
  const names: string[] = [];
  const sources: string[] = [];
  const verbs: Verb[] = [];
  for (const verb of meant.verbs) {
    const found =
      chosen.length > 0
        ? chosen.map((type) => eventsFor(verb, type))
        : [meant.content?.kind === 'admin-grant' ? grants() : untyped(verb, plan)];
    const told = found.flatMap(({ names: some }) => some);
    // A recorder is stopped by a call of that name; “turned off” may be any way to lose it.
    const literal = verb === 'stop' && chosen.includes('config-recorder') && saysStop(heard.units);
    const joins = verb === 'attach' && addsMembers(heard.units);
    const all = literal
      ? told.filter((name) => name.startsWith('Stop'))
      : verb === 'use' && saysExport(heard.units)
        ? told.filter((name) => name.includes('Export'))
        : joins && told.some((name) => name.startsWith('Add'))
          ? told.filter((name) => name.startsWith('Add'))
          : told;
    const these =
      foreign === null ? all : all.filter((name) => eventsFor(verb, foreign).names.includes(name));
    if (foreign !== null && these.length === 0)
      return { odd: 'restricts', words: resourceType(chosen[0] ?? '')?.en ?? '' };
    if (these.length === 0 && chosen.length > 0) {
      // 내리다 deletes or stops: of a thing that cannot be stopped it deletes.
      if ((verb === 'use' || verb === 'stop') && meant.verbs.length > 1) continue;
      // To deploy is to create or to change, whichever there is of the kind.
      if (
        isDeploying(heard.units) &&
        chosen.some((type) => meant.verbs.some((one) => eventsFor(one, type).names.length > 0))
      )
        continue;
      return { odd: 'no-event', verb, type: chosen[0] ?? '' };
    }
    verbs.push(verb);
    names.push(...these);
    sources.push(...found.flatMap(({ sources: some }) => some));
  }
  const permission = heard.units.some((unit) => is(unit, 'permission'));
  const type = chosen[0] ?? null;
  if (permission) {
    const about = permissionEventsFor(type);
    if (
      meant.verbs.every((verb) => ['change', 'attach', 'detach', 'delete', 'open'].includes(verb))
    ) {
      if (about.length === 0) return { odd: 'no-event', verb: 'permission', type: type ?? '' };
      const attach = meant.verbs.every((verb) => verb === 'attach') && type !== null;
      return { ...meant, verbs, resourceType: type, eventNames: unique(attach ? names : about) };
    }
    if (!meant.verbs.every((verb) => verb === 'create'))
      return { odd: 'restricts', words: 'permission' };
    // “a new role appeared … and its permissions?”: both are asked for.
    if (type) names.push(...eventsFor('attach', type).names);
  }
  // “an RDS instance” is no cluster; “the database” may be either.
  const single = heard.types.some(
    ({ id, words }) => id === 'db-instance' && /instance|인스턴스/i.test(words),
  );
  const instances = single ? names.filter((name) => !name.includes('DBCluster')) : names;
  const kept = is(direction, 'direction')
    ? instances.filter(
        (name) => name.endsWith(direction.meaning.ending) || name === 'ModifySecurityGroupRules',
      )
    : instances;
  if (names.length > 0 && kept.length === 0) return { odd: 'restricts', words: 'inbound' };
  const service = heard.units.find((unit) => is(unit, 'service'));
  // “did CloudFormation delete it or a person”: one of those who may have done it.
  if (is(service, 'service') && plan.actor?.kind !== 'service' && plan.asks !== 'how') {
    if (type === null) sources.push(service.meaning.source);
    else if (
      !resourceType(type)?.sources.some((source) =>
        source.split('.')[0]?.startsWith(service.meaning.source.split('.')[0] ?? ''),
      )
    )
      return { odd: 'restricts', words: service.words };
  }
  return {
    ...meant,
    verbs,
    resourceType: type,
    eventNames: unique(kept),
    eventSources: unique(sources),
  };
}

/** “the security group of i-…”: the identifier is of another kind than the thing; only what is done to both can be meant. */
function foreignTo(chosen: string[], plan: Plan): string | null {
  const type = resourceType(chosen[0] ?? '');
  if (!type || type.part) return null;
  const own = plan.resources.flatMap((resource) => typeOfId(resource) ?? []);
  const other = own.find((one) => one !== type.id && !isPartOf(type.id, [one]));
  return other === undefined || own.includes(type.id) ? null : other;
}

/** “the policy of bucket x”, “a policy to role y”: the permissions of the thing. */
function policyOf(type: string, meant: Meant): Meant | Odd {
  const own = `${type}-policy`;
  const direct = meant.verbs.flatMap((verb) => eventsFor(verb, own).names);
  if (direct.length > 0) return { ...meant, resourceType: own, eventNames: unique(direct) };
  const permission = permissionEventsFor(type);
  const policies = permission.filter((name) => name.includes('Policy'));
  const all = policies.length > 0 ? policies : permission;
  const names = meant.verbs.flatMap((verb) => {
    if (verb === 'attach') return eventsFor('attach', type).names;
    if (verb === 'create') return all.filter((name) => /^(?:Put|Attach|Add|Set)/.test(name));
    if (verb === 'delete' || verb === 'detach')
      return all.filter((name) => /^(?:Delete|Detach|Remove|Revoke)/.test(name));
    return verb === 'change' ? all : [];
  });
  if (names.length === 0) return { odd: 'no-event', verb: meant.verbs[0] ?? '', type };
  return { ...meant, resourceType: type, eventNames: unique(names) };
}

/**
 * Verbs that the names of calls tell, whatever they are done to (`DeleteKnowledgeBase`). Whoever asks who
 * created bob does not mean the access key that was created for bob.
 */
const ANY_CALL: Verb[] = ['read', 'delete', 'stop', 'start', 'reboot'];

/** All calls that can give somebody every right. */
function grants(): { names: string[]; sources: string[] } {
  const types = ['iam-user', 'iam-role', 'iam-group', 'iam-policy', 'permission-set'];
  const names = types.flatMap((type) => eventsFor('attach', type).names);
  return { names: unique([...names, 'CreatePolicyVersion']), sources: [] };
}

/** Without a type: for a thing that is named, what the catalogue knows; for all that a person did, any event of that kind. */
function untyped(verb: Verb, plan: Plan): { names: string[]; sources: string[] } {
  if (verb === 'sign-in') return eventsFor('sign-in', 'console');
  if (verb === 'assume') return eventsFor('assume', 'iam-role');
  if (verb === 'use') return { names: [], sources: [] };
  // What is known by its name alone may be of a kind that no catalogue lists: any call that does so.
  if (ANY_CALL.includes(verb)) return { names: [], sources: [] };
  return plan.resources.length > 0 ? eventsFor(verb, null) : { names: [], sources: [] };
}

/** “put a user into a group”: no policy is meant, which is attached as well. */
function addsMembers(units: Unit[]): boolean {
  return (
    units.some((unit) => is(unit, 'type') && /group$/.test(unit.meaning.type)) &&
    units.some((unit) => is(unit, 'principal') && unit.meaning.kind === 'user') &&
    units.some((unit) => is(unit, 'verb') && /^(?:add|put|추가|넣|집어넣)/i.test(unit.words))
  );
}

/** A snapshot is exported by a call of that name; it is used by others as well. */
function saysExport(units: Unit[]): boolean {
  return units.some((unit) => is(unit, 'verb') && /^(?:export|익스포트)/i.test(unit.words));
}

function isDeploying(units: Unit[]): boolean {
  return units.some((unit) => is(unit, 'verb') && /deploy/i.test(unit.words));
}

function saysStop(units: Unit[]): boolean {
  return units.some((unit) => is(unit, 'verb') && /^(?:stop|중지|정지|중단|멈)/i.test(unit.words));
}
