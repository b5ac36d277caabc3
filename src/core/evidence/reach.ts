import type { Actor, Plan } from '../questions/plan.ts';
import { callerNames, isBy } from './caller.ts';
import type { CloudTrailEvent } from './event.ts';
import type { Known } from './match.ts';
import { issuedKeyOf } from './person.ts';

/**
 * How far an actor reaches beyond the name that was asked for: what else the directory calls them, and
 * the keys of the sessions that were issued to them. `counts`: it is a person of the directory or an
 * e-mail address, so what they did in those sessions is theirs; a bare name may be somebody else's, too,
 * and there such calls are told beside the answer.
 */
export type Reach = { names: string[]; keys: ReadonlySet<string>; counts: boolean };

/** What tells one actor of a plan from another. */
export function reachKey({ kind, value }: Actor): string {
  return `${kind} ${value.toLowerCase()}`;
}

/** Is this call the actor's by another name, or through a session that was issued to them? */
export function isReached(actor: Actor, event: CloudTrailEvent, { reached }: Known): boolean {
  const reach = reached?.get(reachKey(actor));
  if (!reach) return false;
  return isByOtherName(reach, event) || (reach.counts && isInSession(reach, event));
}

/** Do this plan's actors reach beyond their names? Then no source can count them by names alone. */
export function reaches(plan: Plan, { reached }: Known): boolean {
  return [plan.actor, ...plan.alsoActors, ...plan.except.actors].some((actor) => {
    const reach = actor ? reached?.get(reachKey(actor)) : undefined;
    return reach !== undefined && (reach.names.length > 0 || (reach.counts && reach.keys.size > 0));
  });
}

/** Was the call made with a key that was issued to the actor, directly or hop by hop? */
export function isInSession({ keys }: Reach, { caller }: CloudTrailEvent): boolean {
  return caller.accessKeyId !== null && keys.has(caller.accessKeyId);
}

function isByOtherName({ names }: Reach, event: CloudTrailEvent): boolean {
  return callerNames(event).some((name) => names.includes(name.toLowerCase()));
}

/**
 * The keys of all sessions that lead back to the actor, among these calls that open sessions: those that
 * the actor opened, those that were opened from within them, and so on.
 */
export function keysOf(
  actor: Actor,
  names: string[],
  openings: CloudTrailEvent[],
): ReadonlySet<string> {
  const keys = new Set<string>();
  const mine = { names, keys, counts: true };
  for (let before = -1; before < keys.size; ) {
    before = keys.size;
    for (const event of openings) {
      const key = event.outcome === 'ok' ? issuedKeyOf(event) : null;
      if (!key || !/^ASIA[A-Z0-9]{8,}$/.test(key)) continue;
      if (isBy(actor, event) || isByOtherName(mine, event) || isInSession(mine, event))
        keys.add(key);
    }
  }
  return keys;
}
