import { canonicalJson } from '../json.ts';
import { type Language, languageOf } from '../reader.ts';
import { aboutUs, goesOn } from './about-us.ts';
import { withoutAsides } from './aside.ts';
import { comparisonIn, withLeast } from './at-least.ts';
import { echo } from './echo.ts';
import { looksExact, parseExactForm } from './exact-form.ts';
import { interpret } from './interpret.ts';
import { listedSo, listingIn } from './listing.ts';
import type { Plan, Slip, Understanding, Vocabulary } from './plan.ts';
import { reworded } from './reworded.ts';
import { say } from './say.ts';
import { readSentence } from './sentence.ts';
import { slips, slipsBesideTime, timeSlips } from './slips.ts';
import { type Span, typedSpans } from './spans.ts';
import { standsAlone, withoutStories } from './stories.ts';
import { timeIn } from './time.ts';
import { LONGEST_QUESTION, LONGEST_READ, normalise } from './words.ts';

/**
 * What the words ask, as one validated plan; or why they do not. Every word is accounted for: one that
 * may restrict the question and is not understood makes it unclear, it is never dropped. `now` is
 * ISO 8601, `timeZone` the asker's IANA zone.
 */
export function understand(
  words: string,
  context: { now: string; timeZone: string; vocabulary: Vocabulary },
): Understanding {
  const language = languageOf(words);
  const said = normalise(words);
  // What is cut off behind many spaces could restrict the question.
  if (words.length > LONGEST_READ || said.length > LONGEST_QUESTION)
    return { notUnderstood: say(language).tooLong };
  if (looksExact(said)) {
    const read = parseExactForm(said, context);
    return 'plan' in read
      ? read
      : { unclear: { question: say(language).notExact(read.odd, read.allowed), readings: [] } };
  }
  const text = reworded(said);
  const pattern = text.includes('*') ? PATTERN.exec(text)?.[0] : undefined;
  if (pattern) return { unclear: { question: say(language).pattern(pattern), readings: [] } };
  const listing = listingIn(text);
  const listed = listing && counted(listing.text, context, language);
  const plan = listed && 'plan' in listed ? listedSo(listed.plan, listing) : null;
  return plan && listed ? { ...listed, plan } : counted(text, context, language);
}

type Context = Parameters<typeof understand>[1];

/** “more than 20 calls”: the least that a group must count. */
function counted(text: string, context: Context, language: Language): Understanding {
  const compared = comparisonIn(text);
  if (compared === null) return read(text, context, language);
  const understood = read(compared.text, context, language);
  const plan = 'plan' in understood ? withLeast(understood.plan, compared.least) : null;
  // Without a group to count, the number would be lost: it is refused as it stands.
  return plan === null ? read(text, context, language) : { ...understood, plan };
}

function read(text: string, context: Context, language: Language): Understanding {
  const { spans, rest } = typedSpans(text, context.vocabulary);
  const time = timeIn(rest, context.now, context.timeZone);
  if ('odd' in time)
    return { unclear: { question: say(language).oddTime(time.odd, time.why), readings: [] } };
  const late = time.time.assumed ? timeSlips(text, rest) : slipsBesideTime(text, rest, time.rest);
  if (late.slips.length > 0) return assuming(read(late.text, context, language), late.slips);
  const asked = withoutAsides(time.rest);
  const ours = aboutUs(asked);
  const heard = slips(readSentence(ours?.rest ?? asked, spans));
  const known = { time: time.time, vocabulary: context.vocabulary, about: ours?.about ?? null };
  const understood = interpret(heard.units, known, language);
  // “can you see failed logins?” sounds like us, and asks for the logins.
  const search = ours && !('plan' in understood) ? searched(asked, spans, known, language) : null;
  if (search) return search;
  const beside = besideStories(asked, spans, known, language);
  // A word of the story that was taken for a name makes another question: both are offered.
  if (
    beside &&
    'plan' in understood &&
    canonicalJson(understood.plan) !== canonicalJson(beside.plan)
  )
    return either(beside.words, [beside.plan, understood.plan], language);
  if (beside) return { plan: beside.plan, assumed: beside.assumed };
  if (!('plan' in understood) && goesOn(text))
    return { unclear: { question: say(language).goesOn, readings: [] } };
  return assuming(understood, heard.slips);
}

/** The same words as a search, where they make one that is not about us. */
function searched(
  asked: string,
  spans: Span[],
  known: Known,
  language: Language,
): Understanding | null {
  const heard = slips(readSentence(asked, spans));
  const understood = interpret(heard.units, { ...known, about: null }, language);
  // “do you see everything in prod except tokyo?” names nothing that was done, and no event is meant.
  if (!('plan' in understood) || namesNothing(understood.plan)) return null;
  return assuming(understood, heard.slips);
}

function namesNothing(plan: Plan): boolean {
  const { verbs, eventNames, eventSources, resources, actor, outcome, readOnly, addresses } = plan;
  const said = [verbs, eventNames, eventSources, resources, addresses].flat().length > 0;
  return plan.shape === 'search' && !said && !actor && outcome === 'any' && readOnly === null;
}

/** The question without the story around it, where it is one by itself; what was left aside is told. */
function besideStories(
  asked: string,
  spans: Span[],
  known: Known,
  language: Language,
): { plan: Plan; assumed: Slip[]; words: string } | null {
  const { rest, stories } = withoutStories(asked);
  const [first] = stories;
  if (!first) return null;
  const ours = aboutUs(rest);
  const heard = slips(readSentence(ours?.rest ?? rest, spans));
  const understood = interpret(heard.units, { ...known, about: ours?.about ?? null }, language);
  if (!('plan' in understood) || !standsAlone(understood.plan, stories)) return null;
  const aside = stories.map(({ words }): Slip => ({ typed: words, meant: null }));
  return { plan: understood.plan, assumed: [...heard.slips, ...aside], words: first.words };
}

function either(words: string, plans: Plan[], language: Language): Understanding {
  const readings = plans.map((plan) => ({ echo: echo(plan, language), plan }));
  return { unclear: { question: say(language).restricts(words), readings } };
}

type Known = Parameters<typeof interpret>[1];

/** What was read otherwise than it was typed is told with the plan. */
function assuming(understood: Understanding, more: Slip[]): Understanding {
  if (!('plan' in understood) || more.length === 0) return understood;
  return { ...understood, assumed: [...more, ...(understood.assumed ?? [])] };
}

/** `web-*`, `*-prod`: a name with a star stands for many, and no plan holds more than whole names. */
const PATTERN = /[\w./:-]{1,60}\*+[\w./:*-]{0,60}|\*+[\w./:-]{1,60}/;
