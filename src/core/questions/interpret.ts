import type { Language } from '../reader.ts';
import { apposed } from './apposed.ts';
import { resourceType } from './catalogue.ts';
import { choiceIn, narrowingIn, ownerAsCreator, runAsLaunch } from './choices.ts';
import { contrasted } from './contrast.ts';
import { doneToPlaces } from './done-to-places.ts';
import { echo } from './echo.ts';
import { leftOut } from './except.ts';
import { hear } from './heard.ts';
import { peopleIn } from './people.ts';
import { asName, placesIn } from './places.ts';
import type { Plan, Understanding } from './plan.ts';
import { type Beside, type Planned, planOf } from './plan-of.ts';
import { say } from './say.ts';
import type { Unit } from './sentence.ts';
import { severalKinds } from './several-kinds.ts';
import { sideBySide } from './side-by-side.ts';
import { nearNames, nearWord } from './slips.ts';
import { is } from './unit.ts';

/**
 * From the parts of a sentence to one plan. Every slot is filled on its own; a part that no slot can
 * hold makes the question unclear instead of being left out.
 */
export function interpret(
  units: Unit[],
  known: Pick<Beside, 'time' | 'vocabulary' | 'about'>,
  language: Language,
): Understanding {
  const says = say(language);
  const people = peopleIn(units, known.vocabulary);
  const { several } = people;
  if (several) {
    const read = several.units.map((unit) =>
      interpret(units.with(several.at, unit), known, language),
    );
    const plans = read.flatMap((one) => ('plan' in one ? [one.plan] : []));
    const names = several.units.flatMap((unit) => (unit.is === 'span' ? [unit.value] : []));
    return unclear(says.severalActors(names), plans, language);
  }
  const { units: said, ...left } = leftOut(
    sideBySide(contrasted(apposed(people.units))),
    known.vocabulary,
  );
  const done = doneToPlaces(said, known.vocabulary);
  if ('odd' in done) return unclear(says.restricts(done.odd));
  const kept = done.units;
  const beside = { ...known, left };
  const { units: placed, unsure } = placesIn(kept);
  // What is asked about us is asked of places: no thing has a name there but for its data.
  const ofUs = known.about !== null && known.about !== 'data-events';
  if (unsure.length > 0 && !ofUs) {
    const readings = [
      placed,
      placed.map((unit, at) => (unsure.includes(at) ? asName(unit) : unit)),
    ];
    const read = readings.map((reading) => planFrom(reading, beside, language));
    const plans = read.flatMap((one) => ('plan' in one ? [one.plan] : []));
    const [word] = unsure.map((at) => wordsAt(placed, at));
    // What else is unclear is asked first; it would be so in either reading.
    return plans.length === 0
      ? (read[0] as Understanding)
      : unclear(says.placeOrName(word ?? ''), plans, language);
  }
  return planFrom(placed, beside, language);
}

/** Words of a language do not look like this: they hold no digit, sign or capital. */
const NAME_LIKE = /^(?=.*[A-Za-z])(?:.*[\d_./:@-]|.*[A-Z])/;

/** “bucket xyz”: whatever it is, it narrows the bucket. */
function followsKind(units: Unit[], word: string): boolean {
  const at = units.findIndex((unit) => unit.is === 'word' && unit.words === word);
  return is(units[at - 1], 'type');
}

function isWord(unit: Unit, words: string): boolean {
  return unit.is === 'word' && unit.words === words;
}

function wordsAt(units: Unit[], at: number): string {
  const unit = units[at];
  return unit?.is === 'span' ? (unit.words ?? unit.value) : '';
}

function planFrom(units: Unit[], beside: Beside, language: Language): Understanding {
  const says = say(language);
  const heard = hear(units, language === 'ko');
  if (heard.units.some((unit) => unit.is === 'span' && unit.kind === 'member'))
    return unclear(says.unresolvedMember);
  const narrowing = narrowingIn(heard.all);
  if (narrowing !== null) return unclear(says.restricts(narrowing));
  const meant = ownerAsCreator(heard) ?? runAsLaunch(heard);
  if (meant) return planFrom(meant, beside, language);
  const plansOf = (sentences: Unit[][]) =>
    sentences.flatMap((sentence) => {
      const read = planFrom(sentence, beside, language);
      return 'plan' in read ? [read.plan] : [];
    });
  const planned = severalKinds(heard) ?? choiceIn(heard) ?? planOf(heard, beside);
  if ('plan' in planned && planned.plan.shape === 'event') return planned;
  const refusals = heard.units.filter((unit) => is(unit, 'refused'));
  const refused =
    refusals.find((unit) => is(unit, 'refused') && unit.meaning.why !== 'negation') ?? refusals[0];
  if (is(refused, 'refused')) return unclear(says.refused(refused.words, refused.meaning.why));
  const [unknown] = heard.unknown;
  if (unknown !== undefined) {
    const word = nearWord(unknown);
    const near = [...nearNames(unknown, beside.vocabulary), ...(word ? [word] : [])];
    if (near.length > 0) {
      const meant = near.map((name) =>
        heard.all.map((unit) => (isWord(unit, unknown) ? name : unit)),
      );
      const names = near.map((unit) =>
        unit.is === 'span' ? (unit.words ?? unit.value) : unit.words,
      );
      return unclear(says.didYouMean(unknown, names), plansOf(meant), language);
    }
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
