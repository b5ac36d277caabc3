import type { Plan } from '../questions/plan.ts';
import type { ThroughRoles } from './answer.ts';
import { roleNameOf } from './caller.ts';
import { callsOf } from './calls.ts';
import type { CloudTrailEvent } from './event.ts';
import { type Known, matches } from './match.ts';
import { isInSession, reachKey } from './reach.ts';

/**
 * The calls in sessions that were issued to the actor by a bare name, which the answer does not count
 * among its own; null where there are none. Everything else that the plan asks of them holds.
 */
export function throughRoles(
  plan: Plan,
  events: CloudTrailEvent[],
  known: Known,
): ThroughRoles | null {
  const { actor } = plan;
  const reach = actor ? known.reached?.get(reachKey(actor)) : undefined;
  if (!reach || reach.counts) return null;
  const anybody = { ...plan, actor: null };
  const seen = new Set<string>();
  const theirs = events.filter((event) => {
    if (seen.has(event.eventID) || !isInSession(reach, event)) return false;
    seen.add(event.eventID);
    return matches(plan, event, known) === 'no' && matches(anybody, event, known) === 'yes';
  });
  const calls = callsOf(theirs).map(({ event }) => event);
  if (calls.length === 0) return null;
  const times = calls.flatMap(({ eventTime }) => eventTime ?? []).toSorted();
  return {
    calls: calls.length,
    roles: [...new Set(calls.flatMap(({ caller }) => roleNameOf(caller) ?? []))].toSorted(),
    eventNames: [...new Set(calls.map(({ eventName }) => eventName))].toSorted(),
    first: times[0] ?? null,
    last: times.at(-1) ?? null,
  };
}
