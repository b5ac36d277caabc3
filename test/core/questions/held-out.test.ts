import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plan } from '../../../src/core/questions/index.ts';
import { asked } from './phrases.ts';

/**
 * Phrasings that were written, with what they mean, before the parser of these kinds existed, and shown
 * to nobody who worked on it until it was tried on them once. Slots that an expectation does not name
 * must stand at their default: a restriction that nobody asked for is as wrong as one that was dropped.
 */
type Expected = {
  unclear?: true;
  /** Asking back is right, too: the words have more than one reading. */
  orUnclear?: true;
  shape?: Plan['shape'];
  verbs?: string[];
  events?: string[];
  eventsAny?: string[];
  set?: string;
  resources?: string[];
  actor?: { kind?: string; value?: string };
  actorOrResource?: string;
  from?: string;
  to?: string;
  accounts?: string[];
  regions?: string[];
  outcome?: string;
  addresses?: string[];
  via?: string[];
  readOnly?: boolean;
  content?: { kind: string; port?: number };
  groupBy?: string[];
  measure?: string;
  order?: string;
  limit?: number;
  asks?: string;
  property?: string;
  about?: string;
  exceptRegions?: string[];
  exceptAccounts?: string[];
  exceptVia?: string[];
  exceptActor?: string;
};

const phrasings: { words: string; expect: Expected }[] = JSON.parse(
  readFileSync(join(__dirname, 'held-out.json'), 'utf8'),
);

/** At the first try 156 of 184, with three expectations that were themselves mistaken (DECISIONS.md). */
const FLOOR = 0.95;

test('phrasings that nobody tuned for have every slot right', () => {
  const judged = phrasings.map(({ words, expect: expected }) => ({
    words,
    wrong: wrongSlots(words, expected),
  }));
  const missed = judged.filter(({ wrong }) => wrong.length > 0);
  const [right, of] = [judged.length - missed.length, judged.length];
  console.log(
    [
      `${right} of ${of} held-out phrasings have every slot right (${((100 * right) / of).toFixed(1)} %)`,
      ...missed.map(({ words, wrong }) => `${words}: ${wrong.join('; ')}`),
    ].join('\n'),
  );
  expect(right / of).toBeGreaterThanOrEqual(FLOOR);
});

test('none of them becomes a plan that is wrong in what it asks about', () => {
  const confident = phrasings.flatMap(({ words, expect: expected }) =>
    wrongSlots(words, expected)
      .filter((slot) => DECISIVE.test(slot))
      .map((slot) => `${words}: ${slot}`),
  );
  expect(confident).toEqual([]);
});

/** A plan with one of these wrong answers another question, and nobody would see it. */
const DECISIVE = /^(?:resources|actor|accounts|regions|except|from|to|outcome|a plan)/;

function wrongSlots(words: string, expected: Expected): string[] {
  const understanding = asked(words);
  if (!('plan' in understanding)) {
    if (expected.unclear || expected.orUnclear) return [];
    return [`asked back: ${JSON.stringify(understanding).slice(0, 160)}`];
  }
  if (expected.unclear) return [`a plan for what has none: ${JSON.stringify(understanding.plan)}`];
  return slotsWrong(understanding.plan, expected);
}

function slotsWrong(plan: Plan, expected: Expected): string[] {
  const wrong: string[] = [];
  const same = (slot: string, got: unknown, wanted: unknown) => {
    if (JSON.stringify(got) !== JSON.stringify(wanted))
      wrong.push(`${slot} is ${JSON.stringify(got)}, not ${JSON.stringify(wanted)}`);
  };
  const named = (slot: string, got: unknown, wanted: unknown) => {
    if (wanted !== undefined) same(slot, got, wanted);
  };
  const { actorOrResource, actor, content } = expected;
  same('shape', plan.shape, expected.shape ?? (expected.groupBy ? 'count' : 'search'));
  named('verbs', plan.verbs, expected.verbs);
  const missing = (expected.events ?? []).filter((name) => !plan.eventNames.includes(name));
  if (missing.length > 0) wrong.push(`events lack ${missing.join(', ')}`);
  if (expected.eventsAny && !expected.eventsAny.some((name) => plan.eventNames.includes(name)))
    wrong.push(`events have none of ${expected.eventsAny.join(', ')}`);
  named('set', plan.set, expected.set);
  if (actorOrResource) {
    const either =
      plan.actor?.value === actorOrResource || plan.resources.includes(actorOrResource);
    if (!either) wrong.push(`actor and resources lack ${actorOrResource}`);
  } else {
    if (expected.resources || !hasNamedOther(expected))
      same('resources', [...plan.resources].sort(), [...(expected.resources ?? [])].sort());
    if (actor?.kind) same('actor kind', plan.actor?.kind, actor.kind);
    if (actor?.value) same('actor', plan.actor?.value, actor.value);
    if (!actor) same('actor', plan.actor, null);
  }
  named('from', instant(plan.time.from), instant(expected.from));
  named('to', instant(plan.time.to), instant(expected.to));
  if (!expected.from) same('time assumed', plan.time.assumed, true);
  same('accounts', plan.accounts, expected.accounts ?? 'all');
  same('regions', plan.regions, expected.regions ?? 'all');
  same('outcome', plan.outcome === 'ok' ? 'any' : plan.outcome, expected.outcome ?? 'any');
  same('addresses', plan.addresses, expected.addresses ?? []);
  named('via', plan.via, expected.via);
  named('readOnly', plan.readOnly, expected.readOnly);
  named('content', plan.content?.kind, content?.kind);
  named('port', plan.content && 'port' in plan.content ? plan.content.port : null, content?.port);
  named('groupBy', plan.groupBy, expected.groupBy);
  named('measure', plan.measure, expected.measure);
  named('order', plan.order, expected.order);
  named('limit', plan.limit, expected.limit);
  named('asks', plan.asks, expected.asks);
  named('property', plan.state?.property, expected.property);
  named('about', plan.about, expected.about);
  same('except regions', [...plan.except.regions].sort(), expected.exceptRegions ?? []);
  same('except accounts', plan.except.accounts, expected.exceptAccounts ?? []);
  same('except via', plan.except.via, expected.exceptVia ?? []);
  const excepted = plan.except.actors.map(({ kind, value }) => (kind === 'root' ? 'root' : value));
  same('except actor', excepted, expected.exceptActor ? [expected.exceptActor] : []);
  return wrong;
}

/** Who is put into a group or loses a policy may stand among the resources beside the group. */
function hasNamedOther({ events = [], eventsAny = [] }: Expected): boolean {
  return [...events, ...eventsAny].some((name) => /User(?:To|From|Policy)/.test(name));
}

const instant = (at: string | undefined) => (at === undefined ? undefined : Date.parse(at));
