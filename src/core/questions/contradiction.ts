import type { Plan } from './plan.ts';

/** “not in prod, in prod”: what is asked for and left out at once would find nothing, whatever happened. */
export function contradiction({ except, ...plan }: Plan): string | null {
  const among = (asked: 'all' | string[], left: string[]) =>
    asked !== 'all' && asked.length > 0 && asked.every((one) => left.includes(one));
  const people = [plan.actor, ...plan.alsoActors].flatMap((one) => (one ? [one.value] : []));
  const left = except.actors.map(({ value }) => value);
  if (among(plan.accounts, except.accounts)) return except.accounts.join(', ');
  if (among(plan.regions, except.regions)) return except.regions.join(', ');
  if (among(plan.resources, except.resources)) return except.resources.join(', ');
  if (among(plan.addresses, except.addresses)) return except.addresses.join(', ');
  if (among(plan.via, except.via)) return except.via.join(', ');
  if (among(plan.eventNames, except.eventNames)) return except.eventNames.join(', ');
  return among(people, left) ? left.join(', ') : null;
}
