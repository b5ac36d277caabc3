import type { KeptAnswer } from '../kept-answer.ts';
import { languageOf } from '../reader.ts';
import { echo } from './echo.ts';
import { looksExact } from './exact-form.ts';
import { type Act, actIn, changed, withPhrases } from './follow-up-words.ts';
import { typeOfId } from './kinds.ts';
import { leadIn } from './lead-in.ts';
import type { Actor, Plan, Understanding, Vocabulary } from './plan.ts';
import { changeIn } from './plan-change.ts';
import { canBeSubstituted, personMeant, pronounsReplaced, thingsMeant } from './pronouns.ts';
import { sayFollowUp } from './say-follow-up.ts';
import { shiftedTime, shiftIn } from './shifted-time.ts';
import { typedSpans } from './spans.ts';
import { understand } from './understand.ts';
import { refreshed, wider } from './widen.ts';
import { normalise } from './words.ts';

export type FollowUpContext = { now: string; timeZone: string; vocabulary: Vocabulary };

/** What is known of the answer before: its plan, and what it named. */
export type Previous = Pick<KeptAnswer, 'plan' | 'callers' | 'resources' | 'askedAt'>;

/**
 * What the words change in the question before them: “and last month?”, “개발 계정도”, “who else?”,
 * “who created it?”. `act` is about the answer itself: more of it, or all of it as CSV. null: the words
 * are a question of their own. Words that may be either are unclear, with both as readings.
 */
export function followUp(
  words: string,
  previous: Previous,
  context: FollowUpContext,
): Understanding | { act: 'more' | 'csv' } | null {
  const text = normalise(words).replace(/[\s.!?…~]+$/u, '');
  if (text === '' || text.length > LONGEST || looksExact(text)) return null;
  const act = actIn(text);
  if (act === 'more' || act === 'csv') return { act };
  if (act) return acted(act, previous, context, words);
  const shift = shiftIn(text);
  const beside = shift && shiftedTime(previous.plan.time, shift, context.now);
  if (beside && previous.plan.shape !== 'event')
    return { plan: { ...previous.plan, time: beside } };
  const pronoun = ofPronoun(text, previous, context);
  if (pronoun) return pronoun;
  const { rest, lead } = leadIn(leavingOut(text));
  return ofChange(rest, lead, previous, context);
}

/** “drop terraform from that”: said of an answer it takes something out of it, and deletes nothing. */
function leavingOut(text: string): string {
  const [, verb = '', what, fromAnswer] = LEAVING_OUT.exec(text) ?? [];
  // “drop the table” alone is said of a table.
  const leaves = fromAnswer !== undefined || !/^(?:drop|remove)$/i.test(verb);
  return what !== undefined && leaves ? `except ${what}` : text;
}

const LEAVING_OUT =
  /^(?:(?:and|ok|now|then|please)[\s,]+)*(drop|remove|leave out|take out|exclude|skip|ignore)\s+(.{1,80}?)(\s+from\s+(?:that|it|those|this|the (?:list|answer|results?)))?$/i;

/** Is it said of an answer that is not there? Then it can only be told so. */
export function needsPrevious(words: string): boolean {
  const text = normalise(words).replace(/[\s.!?…~]+$/u, '');
  return actIn(text) !== null;
}

/** May it change a question that was asked before? Of “only denied” alone nobody could tell more. */
export function mayFollow(words: string): boolean {
  const text = normalise(words).replace(/[\s.!?…~]+$/u, '');
  return actIn(text) !== null || shiftIn(text) !== null || leadIn(text).lead !== null;
}

/** Nobody changes a question in more words than this. */
const LONGEST = 200;

function acted(
  act: Exclude<Act, 'more' | 'csv'>,
  previous: Previous,
  { now }: FollowUpContext,
  words: string,
): Understanding {
  const plan = refreshed(previous.plan, previous.askedAt, now);
  const say = sayFollowUp(languageOf(words));
  switch (act) {
    case 'again':
      return { plan };
    case 'wider': {
      const wide = wider(plan, now);
      return wide ? { plan: wide } : { notUnderstood: say.nothingWider };
    }
    case 'else': {
      const asked = actorsOf(previous.plan);
      const known = asked.length > 0 ? asked : previous.callers;
      if (known.length === 0) return { notUnderstood: say.nobodyYet };
      const actors = [...previous.plan.except.actors, ...known];
      return {
        plan: { ...plan, actor: null, alsoActors: [], except: { ...plan.except, actors } },
      };
    }
    default:
      return { plan: { ...plan, asks: act } };
  }
}

/** Everybody who was asked about, any of whom may have acted. */
function actorsOf({ actor, alsoActors }: Plan): Actor[] {
  return actor ? [actor, ...alsoActors] : alsoActors;
}

/** “who created it?”, “what else did he do?”: the thing or the person of the answer before. */
function ofPronoun(
  text: string,
  previous: Previous,
  context: FollowUpContext,
): Understanding | null {
  const say = sayFollowUp(languageOf(text));
  const { plan } = previous;
  const person = personMeant(text);
  const thing = person ? null : thingsMeant(text);
  if (!person && !thing) return null;
  const candidates = person
    ? (plan.actor ? actorsOf(plan) : previous.callers).map(({ value }) => value)
    : plan.resources.length > 0
      ? plan.resources
      : previous.resources;
  // Names from a log are only put into words where they cannot be taken for other words.
  const named = candidates.filter(canBeSubstituted);
  const [only] = named;
  const { rest } = leadIn(text);
  const read = (name: string): Plan | null => {
    const asked = understand(
      pronounsReplaced(rest, name, person ? null : plan.resourceType),
      context,
    );
    return 'plan' in asked ? inPlaceOf(plan, asked.plan) : null;
  };
  if (named.length === 1 && only !== undefined && candidates.length === 1) {
    const asked = read(only);
    return asked && { plan: asked };
  }
  const readings = named.slice(0, MOST_READINGS).flatMap((name) => {
    const asked = read(name);
    return asked ? [{ echo: echo(asked, languageOf(text)), plan: asked }] : [];
  });
  if (candidates.length === 0 || (readings.length === 0 && named.length > 0)) return null;
  return { unclear: { question: say.whichOne, readings } };
}

/** Slack shows no more buttons in a row, and nobody reads more. */
const MOST_READINGS = 5;

/** Asked of the same place; but when it was made may be long before it was deleted. */
function inPlaceOf(before: Plan, plan: Plan): Plan {
  return {
    ...plan,
    accounts: plan.accounts === 'all' ? before.accounts : plan.accounts,
    regions: plan.regions === 'all' ? before.regions : plan.regions,
  };
}

/** Times, places, outcomes and other restrictions, said without a question around them. */
function ofChange(
  rest: string,
  lead: 'and' | 'same' | null,
  previous: Previous,
  context: FollowUpContext,
): Understanding | null {
  const whole = understand(rest, context);
  const own = 'plan' in whole && isQuestion(whole.plan, rest) ? whole.plan : null;
  const before = refreshed(previous.plan, previous.askedAt, context.now);
  if (before.shape === 'event') return own && lead ? { plan: own } : null;
  const instead = otherThing(rest, before, context);
  if (instead) {
    // “what about i-0def?” means the same of another thing; the bare name may mean all about it.
    if (lead || !own) return { plan: instead };
    return either(instead, own, rest);
  }
  const { patch, rest: left } = withPhrases(rest);
  const change = left === '' ? {} : changeIn(left, context);
  if (change !== null && 'question' in change)
    return lead === null || own ? (own && lead ? { plan: own } : null) : { unclear: change };
  if (change === null || Object.keys({ ...patch, ...change }).length === 0)
    return own && lead ? { plan: own } : null;
  const plan = changed(before, { ...patch, ...change });
  // A name alone may be whom to look at, or whom to leave the question to.
  if (own && lead === null) {
    const bare = Object.keys(change).every((slot) => slot === 'actor');
    return bare && own.verbs.length === 0 && own.resources.length === 0
      ? either(plan, own, rest)
      : null;
  }
  return { plan };
}

function either(changedPlan: Plan, own: Plan, words: string): Understanding {
  const language = languageOf(words);
  const readings = [changedPlan, own].map((plan) => ({ echo: echo(plan, language), plan }));
  return { unclear: { question: sayFollowUp(language).sameOrNew, readings } };
}

/** Words that say what they are about by themselves, rather than how a question is restricted. */
export function isQuestion(plan: Plan, words: string): boolean {
  return (
    plan.verbs.length + plan.eventNames.length + plan.resources.length > 0 ||
    plan.actor !== null ||
    plan.set !== null ||
    plan.resourceType !== null ||
    ASKING.test(words) ||
    (plan.shape !== 'search' && !/^(?:by|per)\s|별$|별로$/.test(words))
  );
}

const ASKING =
  /^(?:who|whose|what|which|when|where|how|did|do|was|were|is|are|has|have|any|list|show|find|top|count)\b|누가|누구|무엇|뭐|뭘|어떤|몇|언제|어디/i;

/** “and i-0def?”: only the name of a thing, in the place of the one before. */
function otherThing(words: string, before: Plan, { vocabulary }: FollowUpContext): Plan | null {
  const { spans, rest } = typedSpans(words, vocabulary);
  const things = spans.filter(({ kind }) => THINGS.includes(kind));
  const nothingElse =
    /^[\s\ue000,]*(?:(?:and|for|on|또는|와|과|랑|의|에|도|은|는)[\s\ue000,]*)*$/.test(rest);
  if (things.length === 0 || things.length !== spans.length || !nothingElse) return null;
  const resources = [...new Set(things.map(({ value }) => value))];
  const types = new Set(resources.map(typeOfId));
  const [type] = types;
  // Of another kind other events speak: then it is a question of its own.
  if (types.size > 1 || (type !== undefined && type !== before.resourceType)) return null;
  return { ...before, resources };
}

const THINGS = ['id', 'arn', 's3', 'quoted'];
