import { sentOut, sharedAtAll } from './at-all.ts';
import { eventsFor, resourceType } from './catalogue.ts';
import { contentOf } from './content.ts';
import type { Heard } from './heard.ts';
import { typesMeant } from './kinds.ts';
import type { Meant, Odd } from './odd.ts';
import type { Plan, Verb } from './plan.ts';
import { accountAsObject, otherClause, restrictsNothingYet } from './restrictions.ts';
import type { Unit } from './sentence.ts';
import { setMeant } from './sets-meant.ts';
import { settingMeant } from './settings.ts';
import { unique } from './unique.ts';
import { is } from './unit.ts';
import { verbsMeant } from './verbs-meant.ts';
import { serviceMeant } from './whole-services.ts';
import { withVerbs } from './with-verbs.ts';
import { withoutVerb } from './without-verb.ts';

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

function servicesIn(units: Unit[]): string[] {
  return unique(units.flatMap((unit) => (is(unit, 'service') ? [unit.meaning.source] : [])));
}
