import { sentOut, sharedAtAll } from './at-all.ts';
import { eventsFor, permissionEventsFor, resourceType } from './catalogue.ts';
import { contentOf } from './content.ts';
import type { Heard } from './heard.ts';
import { chooseAmong, typeOfId, typesMeant } from './kinds.ts';
import type { Meant, Odd } from './odd.ts';
import type { Plan, Verb } from './plan.ts';
import { accountAsObject, otherClause, restrictsNothingYet } from './restrictions.ts';
import type { Unit } from './sentence.ts';
import { setMeant } from './sets-meant.ts';
import { settingMeant } from './settings.ts';
import { is, wordsOf } from './unit.ts';
import { verbsMeant } from './verbs-meant.ts';
import { SERVICES, serviceMeant } from './whole-services.ts';

/** Which events would answer: from the verbs, the kinds of things, and what an event must hold. */
export function eventsMeant(heard: Heard, plan: Plan): Meant | Odd {
  const { units } = heard;
  const named = unique(
    units.flatMap((unit) => (unit.is === 'span' && unit.kind === 'event' ? [unit.value] : [])),
  );
  const content = contentOf(heard);
  if (content && 'odd' in content) return content;
  const kinds = typesMeant(heard, plan);
  const database =
    content?.kind.startsWith('port-') && kinds.some((kind) => kind.startsWith('db-'));
  // “opened the database port”: in the security group; of one database no such call tells.
  if (database && plan.resources.length > 0)
    return { odd: 'restricts', words: plan.resources.join(', ') };
  const said = database ? [] : kinds;
  const set = setMeant(heard, plan, said);
  if (set) return set;
  const sent = sentOut(heard, said, content);
  if (sent) return sent;
  if (content?.kind === 'shared-external' && said.length + plan.resources.length === 0) {
    const sharing = sharedAtAll(heard, content);
    if (sharing) return sharing;
  }
  const setting = settingMeant(heard, said);
  if (setting) return { set: null, eventSources: [], readOnly: null, ...setting };
  const ports = content?.kind === 'port-open' || content?.kind === 'port-close';
  // People sign in to an account by several ways; only where one is named is it the only one.
  const signsIn = heard.verbs.length === 1 && heard.verbs[0] === 'sign-in' && content === null;
  const anyWay = signsIn && !plan.via.includes('console');
  const untold = ports
    ? ['security-group']
    : anyWay
      ? ['sign-in']
      : content?.kind === 'no-final-snapshot'
        ? ['db-instance']
        : [];
  const types = said.length === 0 ? untold : said;
  const first = types[0] ?? null;
  // “groups open to the world”: how things are, not what was done.
  const open = units.some((unit) => is(unit, 'verb') && unit.words.toLowerCase() === 'open');
  const does = units.some((unit) => is(unit, 'aux') && !unit.meaning.passive);
  if (open && !does && !heard.asksWho) return { odd: 'state' };
  const clause = otherClause(heard, plan) ?? accountAsObject(heard, plan);
  if (clause !== null) return { odd: 'restricts', words: clause };
  const idle = units.find((unit) => restrictsNothingYet(unit, heard, content, plan));
  if (idle?.is === 'meaning') return { odd: 'restricts', words: idle.words };
  const verbs = verbsMeant(
    heard,
    content,
    types.find((type) => type === 'public-access-block') ?? first,
  );
  if ('odd' in verbs) return verbs;
  const meant: Meant = {
    verbs: verbs.verbs,
    set: null,
    eventNames: [],
    eventSources: [],
    resourceType: first,
    content,
    readOnly: null,
  };

  if (named.length > 0) {
    const other = meant.verbs.find(
      (verb) =>
        !LIGHT.includes(verb) && !named.some((name) => eventsFor(verb, null).names.includes(name)),
    );
    if (other) return { odd: 'restricts', words: other };
    return { ...meant, verbs: [], resourceType: null, eventNames: named };
  }
  if (
    units.some((unit) => is(unit, 'history')) &&
    meant.verbs.length === 0 &&
    types.length > 0 &&
    plan.resources.length + (plan.actor ? 1 : 0) > 0
  )
    return { ...meant, resourceType: plan.resources.length > 0 ? first : null };
  // “all changes to X”, “what did bob change”: everything that writes.
  const general =
    first === null || (!heard.asksWho && !resourceType(first)?.part && plan.resources.length > 0);
  const whole = plan.actor !== null && plan.resources.length === 0 ? serviceMeant(units) : null;
  const changes = meant.verbs.length === 1 && meant.verbs[0] === 'change';
  // “did bob touch lambda”: every change of the service, of whatever kind of thing.
  if (whole !== null && changes)
    return { ...meant, verbs: [], resourceType: null, eventSources: [whole], readOnly: false };
  if (general && changes && !units.some((unit) => is(unit, 'permission')))
    return {
      ...meant,
      verbs: [],
      resourceType: plan.resources.length > 0 ? first : null,
      eventSources: plan.actor?.kind === 'service' ? [] : servicesIn(units),
      readOnly: false,
    };
  // A session leaves its name in the call that issued it and in every call of its own.
  if (first === 'session' && plan.resources.length > 0) return { ...meant, verbs: [] };
  if (meant.verbs.length === 0) return withoutVerb(heard, plan, meant, types);
  return withVerbs(heard, plan, meant, types);
}

/** Verbs so light that another word of the question carries the meaning. */
const LIGHT: Verb[] = ['use', 'assume', 'read'];

function withVerbs(heard: Heard, plan: Plan, meant: Meant, types: string[]): Meant | Odd {
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
  if (is(service, 'service') && plan.actor?.kind !== 'service') {
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
  const other = own.find((one) => one !== type.id);
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

function withoutVerb(heard: Heard, plan: Plan, meant: Meant, types: string[]): Meant | Odd {
  const { units } = heard;
  if (meant.content?.kind === 'no-mfa') {
    return {
      ...meant,
      verbs: ['sign-in'],
      resourceType: 'console',
      eventNames: eventsFor('sign-in', 'console').names,
    };
  }
  if (types.includes('console')) {
    const { names } = eventsFor('sign-in', 'console');
    return { ...meant, verbs: ['sign-in'], resourceType: 'console', eventNames: names };
  }
  const failed = heard.units.some((unit) => is(unit, 'error-code'));
  if (meant.content && !failed) return { odd: 'state' };
  // “run command in dev”, “quota increase requests”: the kind of thing is itself something done.
  const deed = DEEDS[types[0] ?? ''];
  if (deed !== undefined && plan.resources.length === 0)
    return withVerbs(heard, plan, { ...meant, verbs: [deed] }, types.slice(0, 1));
  // “new roles this week”: what is new was created; “peered” is a connection that was made.
  const isNew = heard.all.some((unit) => NEW.test(wordsOf(unit)));
  const peered = units.some((unit) => is(unit, 'type') && /^(?:peered|피어링한)/.test(unit.words));
  if (peered) {
    const { names, sources } = eventsFor('create', 'vpc-peering');
    const verbs: Verb[] = ['create'];
    return {
      ...meant,
      verbs,
      resourceType: 'vpc-peering',
      eventNames: names,
      eventSources: sources,
    };
  }
  if (types.length > 0 && isNew && plan.resources.length === 0 && plan.actor === null)
    return withVerbs(heard, plan, { ...meant, verbs: ['create'] }, types);
  const services = units.flatMap((unit) => (is(unit, 'service') ? [unit.meaning.source] : []));
  const sources = plan.actor?.kind === 'service' ? [] : services;
  const type = types[0];
  if (type === undefined) return { ...meant, eventSources: unique(sources) };
  // The type of a thing that is named says nothing more; a type alone narrows what is searched.
  if (
    plan.resources.length > 0 ||
    plan.actor?.kind === 'access-key' ||
    plan.actor?.kind === 'instance'
  )
    return meant;
  if (plan.actor && heard.names.some(({ role, beside }) => role === 'actor' && beside === type))
    return { ...meant, resourceType: null };
  const whole = SERVICES[type];
  const asks = units.some((unit) => is(unit, 'activity', 'history', 'outcome', 'count'));
  if (whole && asks) return { ...meant, resourceType: null, eventSources: [whole] };
  return { odd: 'state' };
}

/** “put a user into a group”: no policy is meant, which is attached as well. */
function addsMembers(units: Unit[]): boolean {
  return (
    units.some((unit) => is(unit, 'type') && /group$/.test(unit.meaning.type)) &&
    units.some((unit) => is(unit, 'principal') && unit.meaning.kind === 'user') &&
    units.some((unit) => is(unit, 'verb') && /^(?:add|put|추가|넣|집어넣)/i.test(unit.words))
  );
}

function saysStop(units: Unit[]): boolean {
  return units.some((unit) => is(unit, 'verb') && /^(?:stop|중지|정지|중단|멈)/i.test(unit.words));
}

/** Kinds of things that are calls in themselves. */
const DEEDS: Record<string, Verb> = {
  command: 'use',
  'service-quota': 'create',
  'support-case': 'create',
};

function servicesIn(units: Unit[]): string[] {
  return unique(units.flatMap((unit) => (is(unit, 'service') ? [unit.meaning.source] : [])));
}

const NEW = /^(?:new|newly|새|새로|새로운|신규)$/i;

function unique<T>(values: T[]): T[] {
  return [...new Set(values)];
}
