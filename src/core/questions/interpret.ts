import type { Language } from '../reader.ts';
import { actorsOf } from './actors.ts';
import { resourceType } from './catalogue.ts';
import { type Choice, choiceIn, narrowingIn, ownerAsCreator, runAsLaunch } from './choices.ts';
import { echo } from './echo.ts';
import { LIMIT } from './exact-form.ts';
import { type Heard, hear, is } from './heard.ts';
import type { Odd } from './odd.ts';
import { asName, placesIn } from './places.ts';
import { nothingExcepted, type Plan, type Understanding, type Vocabulary } from './plan.ts';
import { say } from './say.ts';
import type { Unit } from './sentence.ts';
import { type SeveralKinds, severalKinds } from './several-kinds.ts';
import {
  accountsOf,
  countOrList,
  givenTo,
  isOrder,
  outcomeOf,
  resourcesOf,
  saysNothing,
  unlike,
  viaOf,
} from './slots.ts';
import { eventsMeant } from './what.ts';

/**
 * From the parts of a sentence to one plan. Every slot is filled on its own; a part that no slot can
 * hold makes the question unclear instead of being left out.
 */
export function interpret(
  units: Unit[],
  time: Plan['time'],
  vocabulary: Vocabulary,
  language: Language,
): Understanding {
  const says = say(language);
  const { units: placed, unsure } = placesIn(resolveMembers(units, vocabulary));
  if (unsure.length > 0) {
    const readings = [
      placed,
      placed.map((unit, at) => (unsure.includes(at) ? asName(unit) : unit)),
    ];
    const read = readings.map((reading) => planFrom(reading, time, vocabulary, language));
    const plans = read.flatMap((one) => ('plan' in one ? [one.plan] : []));
    const [word] = unsure.map((at) => wordsAt(placed, at));
    // What else is unclear is asked first; it would be so in either reading.
    return plans.length === 0
      ? (read[0] as Understanding)
      : unclear(says.placeOrName(word ?? ''), plans, language);
  }
  return planFrom(placed, time, vocabulary, language);
}

/** Words of a language do not look like this: they hold no digit, sign or capital. */
const NAME_LIKE = /^(?=.*[A-Za-z])(?:.*[\d_./:@-]|.*[A-Z])/;

/** “bucket xyz”: whatever it is, it narrows the bucket. */
function followsKind(units: Unit[], word: string): boolean {
  const at = units.findIndex((unit) => unit.is === 'word' && unit.words === word);
  return is(units[at - 1], 'type');
}

function wordsAt(units: Unit[], at: number): string {
  const unit = units[at];
  return unit?.is === 'span' ? (unit.words ?? unit.value) : '';
}

function planFrom(
  units: Unit[],
  time: Plan['time'],
  vocabulary: Vocabulary,
  language: Language,
): Understanding {
  const says = say(language);
  const heard = hear(units, language === 'ko');
  if (heard.units.some((unit) => unit.is === 'span' && unit.kind === 'member'))
    return unclear(says.unresolvedMember);
  const narrowing = narrowingIn(heard.all);
  if (narrowing !== null) return unclear(says.restricts(narrowing));
  const meant = ownerAsCreator(heard) ?? runAsLaunch(heard);
  if (meant) return planFrom(meant, time, vocabulary, language);
  const plansOf = (sentences: Unit[][]) =>
    sentences.flatMap((sentence) => {
      const read = planFrom(sentence, time, vocabulary, language);
      return 'plan' in read ? [read.plan] : [];
    });
  const planned = severalKinds(heard) ?? choiceIn(heard) ?? planOf(heard, time, vocabulary);
  if ('plan' in planned && planned.plan.shape === 'event') return planned;
  const refused = heard.units.find((unit) => is(unit, 'refused'));
  if (is(refused, 'refused')) {
    // What is asked beside the why and the first can be answered, if the asker wants it.
    const { words, meaning } = refused;
    const offered = meaning.why === 'why' || meaning.why === 'first';
    const readings =
      offered && 'plan' in planned && heard.unknown.length === 0 ? [planned.plan] : [];
    return unclear(says.refused(words, meaning.why), readings, language);
  }
  const [unknown] = heard.unknown;
  if (unknown !== undefined) {
    const readings = 'plan' in planned ? [planned.plan] : [];
    const joins = heard.units.some((unit) => is(unit, 'and'));
    const named = NAME_LIKE.test(unknown);
    return unclear(
      named ? says.unknownName(unknown) : says.unknownWord(unknown),
      // A name that is left out would make another question.
      named || followsKind(heard.all, unknown) || joins ? [] : readings,
      language,
    );
  }
  if ('plan' in planned) return planned;
  if (planned.odd === 'nothing') return { notUnderstood: says.nothing };
  if (planned.odd === 'order') return { notUnderstood: says.order };
  if (planned.odd === 'kinds')
    return unclear(says.severalKinds(planned.kinds), plansOf(planned.sentences), language);
  if (planned.odd === 'choose')
    return unclear(says.choose(planned.words, planned.about), plansOf(planned.sentences), language);
  return unclear(tell(planned, language));
}

function unclear(
  question: string,
  readings: Plan[] = [],
  language: Language = 'en',
): Understanding {
  return {
    unclear: { question, readings: readings.map((plan) => ({ echo: echo(plan, language), plan })) },
  };
}

function tell(
  planned: Exclude<Planned, { plan: Plan } | { odd: 'order' | 'kinds' | 'choose' }>,
  language: Language,
): string {
  const says = say(language);
  switch (planned.odd) {
    case 'nothing':
      return says.nothing;
    case 'no-event':
      return says.noEvent(planned.verb, resourceType(planned.type)?.[language] ?? planned.type);
    case 'several':
      return says.several(planned.names);
    case 'several-actors':
      return says.severalActors(planned.names);
    case 'state':
      return says.state;
    case 'restricts':
      return says.restricts(planned.words);
    case 'shared-with':
      return says.sharedWith;
  }
}

type Planned =
  | { plan: Plan }
  | Odd
  | SeveralKinds
  | Choice
  | { odd: 'nothing' }
  | { odd: 'several'; names: string[] }
  | { odd: 'several-actors'; names: string[] }
  | { odd: 'shared-with' }
  | { odd: 'order' };

function planOf(heard: Heard, time: Plan['time'], vocabulary: Vocabulary): Planned {
  const { units } = heard;
  const spans = (kind: string) =>
    units.flatMap((unit) => (unit.is === 'span' && unit.kind === kind ? [unit.value] : []));
  const plan: Plan = {
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
    time,
    accounts: accountsOf(spans('account'), spans('ou'), vocabulary),
    regions: spans('region').length > 0 ? unique(spans('region')) : 'all',
    outcome: outcomeOf(units),
    addresses: [],
    via: viaOf(units),
    readOnly: null,
    content: null,
    except: nothingExcepted(),
    state: null,
    about: null,
    groupBy: [],
    measure: 'calls',
    order: 'newest',
    limit: LIMIT,
  };
  if (isOrder(heard)) return { odd: 'order' };
  const nowhere = spans('ou').find((ou) => accountsOf([], [ou], vocabulary) === 'all');
  if (nowhere !== undefined) return { odd: 'restricts', words: nowhere };
  const eventIds = spans('event-id');
  if (eventIds.length > 0 && !heard.types.some(({ id }) => id === 'key'))
    return { plan: { ...plan, shape: 'event', resources: unique(eventIds) } };

  const actors = actorsOf(heard);
  if (actors.length > 1) return { odd: 'several-actors', names: actors.map(({ value }) => value) };
  plan.actor = actors[0] ?? null;
  plan.resources = unique([...resourcesOf(heard, plan.actor), ...eventIds]);

  const meant = eventsMeant(heard, plan);
  if ('odd' in meant) return meant;
  Object.assign(plan, meant);
  if (
    plan.verbs.includes('share') &&
    plan.accounts !== 'all' &&
    units.some((unit) => is(unit, 'towards'))
  )
    return { odd: 'shared-with' };
  const addresses = spans('address');
  if (plan.content && 'cidr' in plan.content) plan.content.cidr ??= addresses[0] ?? null;
  else plan.addresses = addresses;
  countOrList(plan, units);
  if (
    is(
      units.find((unit) => is(unit, 'latest')),
      'latest',
    )
  )
    plan.limit = 1;

  const whois =
    heard.asksWho &&
    plan.verbs.length === 0 &&
    units.every((unit) => unit.is !== 'meaning' || is(unit, 'who', 'aux'));
  if (whois && heard.names.every(({ kind }) => kind === 'word' || kind === 'person'))
    return { odd: 'nothing' };
  const bare =
    heard.names.every(({ kind }) => kind === 'word') &&
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
  if (saysNothing(plan, units)) return { odd: 'nothing' };
  const named = heard.names.filter(
    ({ role, value }) => role === 'resource' && value !== plan.actor?.value,
  );
  if (unlike(named).length > 1) {
    const pair = givenTo(named, plan, units);
    if (pair) return { plan: { ...plan, ...pair } };
    // Each name alone would be another question than the one that was asked.
    return { odd: 'several', names: named.map(({ words }) => words) };
  }
  return { plan };
}

/** Mentions become the people whom the vocabulary knows. */
function resolveMembers(units: Unit[], { people }: Vocabulary): Unit[] {
  return units.map((unit) => {
    if (unit.is !== 'span' || unit.kind !== 'member') return unit;
    const person = people.find(({ slackId }) => slackId === unit.value);
    return person ? { ...unit, kind: 'person', value: person.email ?? person.name } : unit;
  });
}

function unique<T>(values: T[]): T[] {
  return [...new Set(values)];
}
