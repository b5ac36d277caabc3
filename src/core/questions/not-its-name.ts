import type { Heard } from './heard.ts';
import type { Plan } from './plan.ts';
import { is } from './unit.ts';

/**
 * What would be searched otherwise than it was said. “김도윤 계정의 버킷”, “alice@example.com's instance” say
 * whose a thing is, which no event tells: searched as its name it would be found nowhere.
 */
export function notItsName(
  { names, units }: Heard,
  { resourceType, verbs, eventNames }: Plan,
): string | null {
  const things = names.filter(({ role }) => role === 'resource');
  const owner = things.find(({ kind }) => kind === 'person' || kind === 'email');
  if (owner && resourceType !== null && NO_PERSON.test(resourceType)) return owner.words;
  // “exported log group …” where no event of exporting is known: any other event would be another answer.
  const exported = units.find(
    (unit) => is(unit, 'verb') && /^(?:export|익스포트)/i.test(unit.words),
  );
  const lost = exported?.is === 'meaning' && verbs.length + eventNames.length === 0;
  return lost ? exported.words : null;
}

/** What nobody calls by a person. */
const NO_PERSON =
  /^(?:bucket|object|instance|volume|snapshot|image|function|table|stack|queue|topic|trail|vpc|subnet|security-group|db-|nat-|elastic-ip|load-balancer|auto-scaling|key$|key-pair)/;
