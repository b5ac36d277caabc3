import { type Language, languageOf } from '../reader.ts';
import { eventsFor, RESOURCE_TYPES } from './catalogue.ts';
import { type Plan, type Understanding, VERBS, type Vocabulary } from './plan.ts';
import { say } from './say.ts';
import { readSentence, type Unit } from './sentence.ts';
import { typedSpans } from './spans.ts';
import { last90Days } from './time.ts';
import { LONGEST_QUESTION, normalise } from './words.ts';

/**
 * What the words ask, as one validated plan; or why they do not. Every word is accounted for: one that
 * may restrict the question and is not understood makes it unclear, it is never dropped.
 */
export function understand(
  words: string,
  context: { now: string; timeZone: string; vocabulary: Vocabulary },
): Understanding {
  const language = languageOf(words);
  const text = normalise(words);
  if (text.length > LONGEST_QUESTION) return { notUnderstood: say(language).tooLong };
  const { spans, rest } = typedSpans(text, context.vocabulary);
  const units = readSentence(rest, spans);
  const time = last90Days(context.now, context.timeZone);
  return interpret(units, time, language);
}

function interpret(units: Unit[], time: Plan['time'], language: Language): Understanding {
  const says = say(language);
  const refused = units.flatMap((unit) =>
    unit.is === 'meaning' && unit.meaning.says === 'refused' ? [unit] : [],
  )[0];
  if (refused?.meaning.says === 'refused')
    return {
      unclear: { question: says.refused(refused.words, refused.meaning.why), readings: [] },
    };
  const verbs = VERBS.filter((verb) =>
    units.some(
      (unit) =>
        unit.is === 'meaning' && unit.meaning.says === 'verb' && unit.meaning.verbs.includes(verb),
    ),
  );
  const ids = units.flatMap((unit) =>
    unit.is === 'span' && ['id', 'arn', 's3', 'quoted'].includes(unit.kind) ? [unit.value] : [],
  );
  const unknown = units.find((unit) => unit.is === 'word');
  if (unknown?.is === 'word')
    return { unclear: { question: says.unknownWord(unknown.words), readings: [] } };
  const type = typeOf(ids);
  const eventNames = [...new Set(verbs.flatMap((verb) => eventsFor(verb, type).names))];
  if (verbs.length + ids.length === 0) return { notUnderstood: says.nothing };
  const plan: Plan = {
    shape: 'search',
    verbs,
    eventNames,
    eventSources: [],
    resourceType: type,
    resources: ids,
    actor: null,
    time,
    accounts: 'all',
    regions: 'all',
    outcome: 'any',
    addresses: [],
    via: [],
    readOnly: null,
    content: null,
    groupBy: [],
    order: 'newest',
    limit: 1000,
  };
  return { plan };
}

function typeOf(ids: string[]): string | null {
  const prefixes = ids.map((id) => id.slice(0, id.lastIndexOf('-')).toLowerCase());
  return (
    RESOURCE_TYPES.find(({ ids: own }) => own?.some((prefix) => prefixes.includes(prefix)))?.id ??
    null
  );
}
