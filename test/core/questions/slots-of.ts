import type { Plan, Understanding } from '../../../src/core/questions/index.ts';
import type { Slots } from './phrasings-expected.ts';

/** Slots that make a wrong plan a lie when they are wrong: another thing, person, place, time or negation. */
const GRAVE = ['resources', 'actor', 'accounts', 'regions', 'time', 'except', 'outcome', 'content'];

export type Miss = { slot: string; wanted: unknown; got: unknown; grave: boolean };

/** Every slot in which a plan differs from what was expected of it. */
export function differing(plan: Plan, wanted: Slots): Miss[] {
  const misses: Miss[] = [];
  const hold = (slot: string, expected: unknown, got: unknown) => {
    if (JSON.stringify(expected) !== JSON.stringify(got))
      misses.push({ slot, wanted: expected, got, grave: GRAVE.includes(slot) });
  };
  const time = plan.time.assumed
    ? 'assumed'
    : `${plan.time.from.slice(0, 16)}/${plan.time.to.slice(0, 16)}`;
  hold('shape', wanted.shape ?? 'search', plan.shape);
  hold('verbs', sorted(wanted.verbs ?? []), sorted(plan.verbs));
  hold('actor', wanted.actor ?? null, plan.actor);
  hold('time', wanted.time ?? 'assumed', time);
  hold('accounts', wanted.accounts ?? 'all', plan.accounts);
  hold('regions', wanted.regions ?? 'all', plan.regions);
  hold('outcome', wanted.outcome ?? 'any', plan.outcome);
  hold('addresses', wanted.addresses ?? [], plan.addresses);
  hold('via', wanted.via ?? [], plan.via);
  hold('readOnly', wanted.readOnly ?? null, plan.readOnly);
  hold('content', wanted.content ?? null, plan.content);
  hold('about', wanted.about ?? null, plan.about);
  hold('groupBy', wanted.groupBy ?? [], plan.groupBy);
  // Every identifier must be there, whether one of them or all of them are to be found together.
  hold(
    'resources',
    sorted(wanted.resources ?? []),
    sorted([...plan.resources, ...plan.alsoResources]),
  );
  hold('state', wanted.state?.property ?? null, plan.state?.property ?? null);
  const left = Object.entries(plan.except).filter(([, values]) => values.length > 0);
  hold(
    'except',
    sorted(Object.entries(wanted.except ?? {}).map((one) => JSON.stringify(one))),
    sorted(left.map((one) => JSON.stringify(one))),
  );
  if (wanted.asks) hold('asks', wanted.asks, plan.asks);
  if (wanted.set !== undefined) hold('set', wanted.set, plan.set);
  if (wanted.order) hold('order', wanted.order, plan.order);
  if (wanted.limit) hold('limit', wanted.limit, plan.limit);
  if (wanted.type !== undefined) hold('type', wanted.type, plan.resourceType);
  if (wanted.eventSources) hold('eventSources', wanted.eventSources, plan.eventSources);
  const lacking = (wanted.names ?? []).filter((name) => !plan.eventNames.includes(name));
  const surplus = (wanted.neither ?? []).filter((name) => plan.eventNames.includes(name));
  hold('names', [], lacking);
  hold('neither', [], surplus);
  return misses;
}

/** What became of the words, in one line for a person who reads the misses. */
export function inShort(understanding: Understanding): string {
  if ('plan' in understanding) return 'a plan';
  if ('unclear' in understanding) return `unclear: ${understanding.unclear.question}`;
  return 'not understood';
}

function sorted(values: string[]): string[] {
  return [...values].toSorted();
}
