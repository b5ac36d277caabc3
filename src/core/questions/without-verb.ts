import { eventsFor } from './catalogue.ts';
import type { Heard } from './heard.ts';
import type { Meant, Odd } from './odd.ts';
import type { Plan, Verb } from './plan.ts';
import { unique } from './unique.ts';
import { is, wordsOf } from './unit.ts';
import { SERVICES } from './whole-services.ts';
import { withVerbs } from './with-verbs.ts';

/** Which calls are asked for where no word says what was done: “new roles”, “run command in dev”. */
export function withoutVerb(heard: Heard, plan: Plan, meant: Meant, types: string[]): Meant | Odd {
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

/** Kinds of things that are calls in themselves. */
const DEEDS: Record<string, Verb> = {
  command: 'use',
  'service-quota': 'create',
  'support-case': 'create',
};

const NEW = /^(?:new|newly|새|새로|새로운|신규)$/i;
