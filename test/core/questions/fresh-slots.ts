import { matches } from '../../../src/core/evidence/match.ts';
import { followUp } from '../../../src/core/questions/follow-up.ts';
import type { Plan, Understanding } from '../../../src/core/questions/index.ts';
import { understand } from '../../../src/core/questions/index.ts';
import type { Vocabulary } from '../../../src/core/questions/plan.ts';
import { soundEvent, soundPlan } from '../evidence/sound.ts';

/** A question of `test/data/fresh-questions.json`; what its fields mean stands there, in `about`. */
export type Fresh = {
  id: string;
  lang: 'en' | 'ko' | 'mixed';
  ask: string;
  after?: string;
  expect: 'plan' | 'ask' | 'refuse' | 'no-plan';
  slots?: Slots;
  or?: Slots;
};
type Slots = { [slot: string]: unknown };
export type Context = { now: string; timeZone: string; vocabulary: Vocabulary };

/** `wrong` is the worst: a plan that differs in a slot, or one where there should be none. */
export type Judged = { fresh: Fresh; verdict: 'right' | 'asked back' | 'wrong'; why: string };

export function judged(fresh: Fresh, context: Context): Judged {
  const understanding = heardAs(fresh, context);
  const verdict = (kind: Judged['verdict'], why = ''): Judged => ({ fresh, verdict: kind, why });
  if (fresh.expect !== 'plan')
    return 'plan' in understanding
      ? verdict('wrong', `a plan where there is none: ${short(understanding.plan)}`)
      : verdict('right');
  if (!('plan' in understanding)) {
    const said =
      'unclear' in understanding ? understanding.unclear.question : understanding.notUnderstood;
    return verdict('asked back', said);
  }
  const { plan } = understanding;
  const [first, ...others] = [fresh.slots, fresh.or].flatMap((slots) =>
    slots ? [misses(plan, slots)] : [],
  );
  const right = [first, ...others].some((missed) => missed?.length === 0);
  return right ? verdict('right') : verdict('wrong', `${first?.join('; ')} | ${short(plan)}`);
}

function heardAs({ ask, after }: Fresh, context: Context): Understanding {
  if (after === undefined) return understand(ask, context);
  const before = understand(after, context);
  if (!('plan' in before)) return before;
  const previous = { plan: before.plan, callers: [], resources: [], askedAt: context.now };
  const change = followUp(ask, previous, context);
  if (change === null) return understand(ask, context);
  return 'act' in change ? { notUnderstood: change.act } : change;
}

/** Every slot that differs, as “slot: got”. */
function misses(plan: Plan, slots: Slots): string[] {
  return Object.entries(slots).flatMap(([slot, wanted]) => {
    const got = missOf(plan, slot, wanted);
    return got === null ? [] : [`${slot}: ${JSON.stringify(got)} not ${JSON.stringify(wanted)}`];
  });
}

/** What stands in the slot instead of what is wanted; null where it is right. */
function missOf(plan: Plan, slot: string, wanted: unknown): unknown {
  const texts = (value: unknown) => (Array.isArray(value) ? value.map(String) : []);
  const named = [...plan.resources, ...plan.alsoResources];
  const actors = [plan.actor, ...plan.alsoActors].flatMap((one) => (one ? [one.value] : []));
  const unless = (right: boolean, got: unknown) => (right ? null : got);
  switch (slot) {
    case 'ids': {
      const all =
        texts(wanted).every((id) => named.some((one) => isCalled(one, id))) &&
        named.every((one) => texts(wanted).some((id) => isCalled(one, id)));
      return unless(all, named);
    }
    case 'anywhere':
      return unless(
        texts(wanted).every((text) => [...named, ...actors].some((one) => one.includes(text))),
        [...named, ...actors],
      );
    case 'actors':
      return unless(sameSet(texts(wanted), actors), actors);
    case 'exceptVia':
      return unless(isAmong(texts(wanted), plan.except.via), plan.except.via);
    case 'exceptRegions':
      return unless(isAmong(texts(wanted), plan.except.regions), plan.except.regions);
    case 'exceptActors': {
      const left = plan.except.actors.map(({ value }) => value);
      return unless(
        left.some((one) => texts(wanted).includes(one)),
        left,
      );
    }
    case 'groupByHas':
      return unless(isAmong(texts(wanted), plan.groupBy), plan.groupBy);
    case 'finds':
      return unless(
        texts(wanted).every((event) => letsThrough(plan, event)),
        plan.eventNames,
      );
    case 'misses':
      return unless(!texts(wanted).some((event) => letsThrough(plan, event)), plan.eventNames);
    case 'empty': {
      const full = texts(wanted).filter((one) => !isEmpty(plan[one as keyof Plan]));
      return unless(full.length === 0, full);
    }
    case 'time':
      return unless(isTime(plan.time, wanted as Time), plan.time);
    default: {
      const got = plan[slot as keyof Plan];
      return unless(agrees(got, wanted), got);
    }
  }
}

function isCalled(name: string, id: string): boolean {
  return (
    name === id ||
    (name.startsWith('arn:') && /[:/]/.test(name.at(-id.length - 1) ?? '') && name.endsWith(id))
  );
}

function isAmong(some: string[], all: readonly string[]): boolean {
  return some.every((one) => all.includes(one));
}

function sameSet(some: string[], others: string[]): boolean {
  return isAmong(some, others) && isAmong(others, some);
}

function isEmpty(value: unknown): boolean {
  return value === null || value === 'all' || (Array.isArray(value) && value.length === 0);
}

type Time = { assumed?: true; from?: string; to?: string; covers?: string[]; within?: string[] };

function isTime(time: Plan['time'], { assumed, from, to, covers, within }: Time): boolean {
  if (assumed) return time.assumed;
  if (time.assumed) return false;
  const at = (instant: string | undefined) => Date.parse(instant ?? '');
  const [begin, end] = [at(time.from), at(time.to)];
  if (from !== undefined && begin !== at(from)) return false;
  if (to !== undefined && end !== at(to)) return false;
  if (covers && !(begin <= at(covers[0]) && end >= at(covers[1]))) return false;
  return !within || (begin >= at(within[0]) && end <= at(within[1]));
}

/** Objects by the fields that are named; `oneOf` are values of which each is right. */
function agrees(got: unknown, wanted: unknown): boolean {
  if (typeof wanted !== 'object' || wanted === null) return got === wanted;
  if (Array.isArray(wanted))
    return Array.isArray(got) && sameSet(wanted.map(String), got.map(String));
  const fields = Object.entries(wanted);
  const [only] = fields;
  if (fields.length === 1 && only?.[0] === 'oneOf')
    return (only[1] as unknown[]).some((one) => agrees(got, one));
  if (typeof got !== 'object' || got === null) return false;
  const has = new Map(Object.entries(got));
  return fields.every(([field, value]) => agrees(has.get(field), value));
}

/** Does the plan let an event of this service and name through, as far as names decide? */
function letsThrough(plan: Plan, event: string): boolean {
  const [service = '', eventName = ''] = event.split(':');
  const eventSource = `${SOURCES[service] ?? service}.amazonaws.com`;
  const { verbs, eventNames, eventSources, readOnly, except } = plan;
  const byName = soundPlan({
    verbs,
    eventNames,
    eventSources,
    readOnly,
    except: {
      ...soundPlan().except,
      eventNames: except.eventNames,
      eventSources: except.eventSources,
    },
    time: { from: '1990-01-01T00:00:00Z', to: '2100-01-01T00:00:00Z', zone: 'UTC', assumed: true },
  });
  const one = { ...soundEvent(), eventName, eventSource, readOnly: null };
  return matches(byName, one) === 'yes';
}

const SOURCES: Record<string, string> = { cloudwatch: 'monitoring', elbv2: 'elasticloadbalancing' };

/** The slots of a plan that say something. */
function short(plan: Plan): string {
  const said = Object.entries(plan).filter(
    ([slot, value]) => !isEmpty(value) && !['time', 'except', 'limit'].includes(slot),
  );
  return JSON.stringify(Object.fromEntries(said)).slice(0, 700);
}
