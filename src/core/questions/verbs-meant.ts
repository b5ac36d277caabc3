import { eventsFor } from './catalogue.ts';
import type { Heard } from './heard.ts';
import type { Odd } from './odd.ts';
import type { Plan, Verb } from './plan.ts';
import { is } from './unit.ts';

/** What is done, once it is known what an event must hold: “made public” opens, “gave admin” attaches. */
export function verbsMeant(
  { verbs, units }: Heard,
  content: Plan['content'],
  type: string | null,
): { verbs: Verb[] } | Odd {
  const becomes = (verb: Verb, from: Verb[]): { verbs: Verb[] } | Odd => {
    const odd = verbs.find((one) => one !== verb && !from.includes(one));
    return odd ? { odd: 'restricts', words: odd } : { verbs: [verb] };
  };
  if (verbs.length === 0) return { verbs };
  switch (content?.kind) {
    case 'public':
      // To take the block away is to make public, whatever the verb.
      if (type === 'public-access-block') return { verbs };
      // “made public or shared” are two things; “shared publicly” is one.
      return becomes(
        'open',
        verbs.length > 1 ? ['create', 'change', 'attach'] : ['create', 'change', 'attach', 'share'],
      );
    case 'shared-external':
      return becomes('share', ['open', 'create', 'change', 'attach']);
    case 'port-open':
      return becomes('open', ['attach', 'create', 'change']);
    case 'port-close':
      return becomes('close', ['delete', 'detach', 'stop']);
    case 'no-mfa':
      return becomes('sign-in', ['use', 'read']);
    case 'admin-grant':
      return becomes('attach', ['create', 'change', 'assume', 'use']);
    case 'cross-account':
      return becomes('assume', ['use', 'sign-in']);
  }
  // “…, and who assumed that role?” asks for the person behind, which every answer tells.
  const others = verbs.filter((verb) => verb !== 'assume');
  const event = units.some((unit) => unit.is === 'span' && unit.kind === 'event');
  if (verbs.includes('assume') && event && others.length === 0) return { verbs: [] };
  if (verbs.length === 1 && verbs[0] === 'use' && type === 'iam-role') return { verbs: ['assume'] };
  // “decrypt calls”: the other word tells which.
  const calls = units.some(
    (unit) =>
      is(unit, 'verb') &&
      unit.meaning.verbs.includes('use') &&
      !/^(?:호출|콜|calls?)$/i.test(unit.words),
  );
  if (verbs.length > 1 && verbs.includes('use') && (!calls || !takes('use', type)))
    return { verbs: verbs.filter((verb) => verb !== 'use') };
  if (verbs.length === 1 && verbs[0] === 'use' && !takes('use', type)) return { verbs: [] };
  return { verbs };
}

function takes(verb: Verb, type: string | null): boolean {
  return type !== null && eventsFor(verb, type).names.length > 0;
}
