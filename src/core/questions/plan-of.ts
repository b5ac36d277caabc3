import { isThrottled } from '../evidence/match.ts';
import { actorsOf } from './actors.ts';
import { asksOf } from './asks.ts';
import type { Choice } from './choices.ts';
import { contradiction } from './contradiction.ts';
import { LIMIT } from './exact-form.ts';
import type { LeftOut } from './except.ts';
import type { Heard } from './heard.ts';
import { measure } from './measures.ts';
import { notItsName } from './not-its-name.ts';
import { isSomewhere, notSearched, ofUs } from './not-searched.ts';
import type { Odd } from './odd.ts';
import type { Plan, Vocabulary } from './plan.ts';
import type { Unit } from './sentence.ts';
import type { SeveralKinds } from './several-kinds.ts';
import { shaped, unspent } from './shapes.ts';
import { sharedTo } from './shared-to.ts';
import {
  accountsOf,
  givenTo,
  isOrder,
  outcomeOf,
  resourcesOf,
  saysNothing,
  unlike,
  viaOf,
} from './slots.ts';
import { unique } from './unique.ts';
import { is } from './unit.ts';
import { eventsMeant } from './what.ts';
import { serviceIn } from './whole-services.ts';

export type Planned =
  | { plan: Plan }
  | Odd
  | SeveralKinds
  | Choice
  | { odd: 'nothing' }
  | { odd: 'several'; names: string[] }
  | { odd: 'several-actors'; names: string[] }
  | { odd: 'shared-with' }
  | { odd: 'order' };

/** What is known of a question beside its sentence. */
export type Beside = {
  time: Plan['time'];
  vocabulary: Vocabulary;
  left: Pick<LeftOut, 'except' | 'readOnly'>;
  /** What the bot is asked about itself; null for all other questions. */
  about: Plan['about'];
};

/** One plan of what was heard, slot by slot; or what no slot can hold. */
export function planOf(heard: Heard, beside: Beside): Planned {
  const { units } = heard;
  const { vocabulary, left, about } = beside;
  const spans = (kind: string) =>
    units.flatMap((unit) => (unit.is === 'span' && unit.kind === kind ? [unit.value] : []));
  const plan: Plan = {
    ...blank(beside),
    asks: asksOf(heard),
    accounts: accountsOf(spans('account'), spans('ou'), vocabulary),
    regions: spans('region').length > 0 ? unique(spans('region')) : 'all',
    outcome: outcomeOf(heard.all),
    via: viaOf(units),
  };
  const withWhom = sharedTo(heard.all);
  if (plan.accounts !== 'all' && withWhom.length > 0) {
    const places = plan.accounts.filter((id) => !withWhom.includes(id));
    plan.accounts = places.length > 0 ? places : 'all';
    plan.alsoResources = withWhom;
  }
  if (isOrder(heard)) return { odd: 'order' };
  const nowhere = spans('ou').find((ou) => accountsOf([], [ou], vocabulary) === 'all');
  if (nowhere !== undefined) return { odd: 'restricts', words: nowhere };
  const eventIds = spans('event-id');
  if (eventIds.length > 0 && !isThing(heard))
    return { plan: { ...plan, shape: 'event', resources: unique(eventIds) } };

  const actors = actorsOf(heard);
  // “alice or bob”: any of them; other names together are not said of one call.
  if (actors.length > 1 + heard.joined.length)
    return { odd: 'several-actors', names: actors.map(({ value }) => value) };
  plan.actor = actors[0] ?? null;
  plan.alsoActors = actors.slice(1);
  plan.resources = unique([...resourcesOf(heard, plan.actor), ...eventIds]);

  const other = about === null ? shaped(heard, plan) : ofUs(heard, plan, about);
  if (other !== null) {
    if ('odd' in other) return other;
    const kept = notSearched(heard, other.plan, vocabulary);
    if ('odd' in kept) return kept;
    const idle = unspent(heard, kept.plan);
    return idle === null ? whole(heard, kept.plan) : { odd: 'restricts', words: idle };
  }

  const meant = eventsMeant(heard, plan);
  if ('odd' in meant) return meant;
  Object.assign(plan, meant);
  const error = units.find((unit) => is(unit, 'error-code'));
  if (is(error, 'error-code') && plan.outcome === 'any')
    plan.outcome = isThrottled(error.meaning.code) ? 'throttled' : 'failed';
  // One signs in to the console: it is where, not by what.
  if (plan.verbs.join() === 'sign-in' && plan.via.join() === 'console') {
    plan.via = [];
    plan.resourceType = 'console';
  }
  if (left.readOnly !== null) {
    if (plan.verbs.length > 0 || plan.readOnly === true)
      return { odd: 'restricts', words: 'except' };
    plan.readOnly = left.readOnly;
  }
  if (
    plan.verbs.includes('share') &&
    plan.accounts !== 'all' &&
    units.some((unit) => is(unit, 'towards'))
  )
    return { odd: 'shared-with' };
  const addresses = spans('address');
  // “opened 10.0.0.0/8, not 0.0.0.0/0”: a range that was not opened is not where a call came from.
  if (plan.content && 'cidr' in plan.content && left.except.addresses.length > 0)
    return { odd: 'restricts', words: left.except.addresses.join(', ') };
  // “who released eip 198.51.100.7”: the address is the thing, nobody called from it.
  if (plan.resourceType === 'elastic-ip' && plan.resources.length === 0) plan.resources = addresses;
  else if (plan.content && 'cidr' in plan.content) plan.content.cidr ??= addresses[0] ?? null;
  else plan.addresses = plan.content?.kind === 'public' ? addresses.filter(isSomewhere) : addresses;
  const github = units.some((unit) => is(unit, 'tool') && unit.meaning.name === 'GitHubActions');
  if (plan.resourceType === 'web-identity' && github) plan.resources = [GITHUB];
  measure(plan, heard);
  if (units.some((unit) => is(unit, 'first')) && isFirstOf(heard.all)) {
    plan.order = 'oldest';
    plan.limit = 1;
  }
  if (plan.shape === 'count') plan.asks = 'who';
  const idle = unspent(heard, plan);
  if (idle !== null) return { odd: 'restricts', words: idle };
  return saysEnough(heard, plan) ?? whole(heard, plan);
}

/** Keys, groups and people of Identity Center have ids that look like those of events. */
function isThing({ units, types }: Heard): boolean {
  if (types.some(({ id }) => id === 'key')) return true;
  // “무결성 검증” beside an event is what is to be done with it.
  const isKind = (unit: Heard['units'][number] | undefined) =>
    unit !== undefined &&
    is(unit, 'type') &&
    unit.meaning.type !== 'log-file-validation' &&
    // “<- guardduty pointed at this”: who speaks of it.
    serviceIn(unit) === null;
  return units.some(
    (unit, at) =>
      unit.is === 'span' &&
      unit.kind === 'event-id' &&
      (isKind(units[at - 1]) || isKind(units[at + 1])),
  );
}

/** A plan of nothing yet: every slot is empty but the time and what is left out. */
function blank({ time, left }: Beside): Plan {
  return {
    shape: 'search',
    asks: 'who',
    verbs: [],
    set: null,
    eventNames: [],
    eventSources: [],
    resourceType: null,
    resources: [],
    alsoResources: [],
    actor: null,
    alsoActors: [],
    time,
    accounts: 'all',
    regions: 'all',
    outcome: 'any',
    addresses: [],
    via: [],
    readOnly: null,
    content: null,
    except: left.except,
    state: null,
    about: null,
    groupBy: [],
    atLeast: null,
    measure: 'calls',
    order: 'newest',
    limit: LIMIT,
  };
}

/** “first deleted”, “처음 만든 사람”; “the first instance” is one of several things. */
function isFirstOf(all: Unit[]): boolean {
  const at = all.findIndex((unit) => is(unit, 'first'));
  const next = all.slice(at + 1).find((unit) => !is(unit, 'nothing'));
  return is(next, 'verb', 'who', 'activity', 'aux') || at === all.length - 1;
}

/** What is too little to search for: it would be everything that ever happened, or nothing in particular. */
function saysEnough(heard: Heard, plan: Plan): Planned | null {
  const { units } = heard;
  const whois =
    heard.asksWho &&
    plan.verbs.length === 0 &&
    plan.addresses.length === 0 &&
    units.every((unit) => unit.is !== 'meaning' || is(unit, 'who', 'aux'));
  const behind = heard.all.some((unit) => is(unit, 'nothing') && /^behind$/i.test(unit.words));
  const told = behind && units.some((unit) => unit.is === 'word' && unit.named);
  if (whois && !told && heard.names.every(({ kind }) => kind === 'word' || kind === 'person'))
    return { odd: 'nothing' };
  const bare =
    heard.names.every(({ kind }) => kind === 'word') &&
    plan.addresses.length === 0 &&
    !units.some((unit) => unit.is === 'meaning');
  if (bare && plan.eventNames.length === 0) return { odd: 'nothing' };
  const pointing = units.find((unit) => is(unit, 'anaphor'));
  const pointed =
    plan.resources.length > 0 ||
    plan.actor !== null ||
    heard.types.length > 0 ||
    plan.eventNames.length > 0;
  if (
    pointing?.is === 'meaning' &&
    (/account|계정/.test(pointing.words) ? plan.accounts === 'all' : !pointed)
  )
    return { odd: 'restricts', words: pointing.words };
  const nobody = plan.actor === null ? somebodyElse(heard.all) : null;
  if (nobody !== null) return { odd: 'restricts', words: nobody };
  return saysNothing(plan, units) ? { odd: 'nothing' } : null;
}

/** “what did he change”, “그 사람이 뭐 바꿨어”: somebody who was not named, and whom the question does not ask for. */
function somebodyElse(all: Unit[]): string | null {
  const at = all.findIndex(
    (unit, where) =>
      is(unit, 'nothing') &&
      (/^(?:he|she|him|her)$/i.test(unit.words) ||
        (/^(?:그|저)$/.test(unit.words) && is(all[where + 1], 'who'))),
  );
  const unit = all[at];
  if (unit?.is !== 'meaning') return null;
  const asks = all.some((one, where) => is(one, 'who', 'whose') && where !== at + 1);
  return asks ? null : unit.words;
}

/** Every name must have its place: several of different kinds restrict each other. */
function whole(heard: Heard, plan: Plan): Planned {
  const both = contradiction(plan);
  if (both !== null) return { odd: 'restricts', words: both };
  const nameless = notItsName(heard, plan);
  if (nameless !== null) return { odd: 'restricts', words: nameless };
  const named = heard.names.filter(
    ({ role, value }) =>
      role === 'resource' && value !== plan.actor?.value && value !== plan.state?.rule,
  );
  if (unlike(named).length <= 1) return { plan };
  const pair = givenTo(named, plan, heard.units);
  if (pair) return { plan: { ...plan, ...pair } };
  // Each name alone would be another question than the one that was asked.
  return { odd: 'several', names: named.map(({ words }) => words) };
}

/** What GitHub is called where its word is taken for who somebody is. */
const GITHUB = 'token.actions.githubusercontent.com';
