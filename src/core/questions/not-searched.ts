import type { Heard } from './heard.ts';
import type { Odd } from './odd.ts';
import type { Plan, Vocabulary } from './plan.ts';
import { is } from './unit.ts';

/** A question about the bot itself; the turn of phrase is gone, what is left may only say of what. */
export function ofUs(
  { units, types }: Heard,
  plan: Plan,
  about: NonNullable<Plan['about']>,
): { plan: Plan } | Odd {
  const odd = units.find((unit) =>
    is(
      unit,
      'verb',
      'outcome',
      'permission',
      'via',
      'per',
      'rank',
      'anomaly',
      'compliance',
      'root',
    ),
  );
  if (odd?.is === 'meaning') return { odd: 'restricts', words: odd.words };
  const type = types.find(({ id }) => id !== 'trail' && id !== 'trail-logging');
  // “the earliest event for i-0abc”: how far back we see is the same for everything.
  const [thing] = plan.resources;
  if (about === 'history' && thing !== undefined) return { odd: 'restricts', words: thing };
  // “do you cover Lambda?”: which accounts can be seen says nothing of a kind of thing.
  if (about === 'accounts' && type && !/account|organization/.test(type.id))
    return { odd: 'restricts', words: type.words };
  return {
    plan: { ...plan, shape: 'coverage', asks: 'whether', about, resourceType: type?.id ?? null },
  };
}

/**
 * A plan that searches no events holds fewer restrictions: accounts that are left out become those that
 * remain, and what it cannot hold is asked back.
 */
export function notSearched(
  { units, korean }: Heard,
  plan: Plan,
  { accounts }: Vocabulary,
): { plan: Plan } | Odd {
  const spans = units.flatMap((unit) => (unit.is === 'span' ? [unit] : []));
  const addresses = spans.flatMap(({ kind, value }) => (kind === 'address' ? [value] : []));
  const event = spans.find(({ kind }) => kind === 'event' || kind === 'port');
  if (event) return { odd: 'restricts', words: event.value };
  if (plan.shape === 'detect') return { plan: { ...plan, addresses } };
  const narrow = addresses.find(isSomewhere);
  if (narrow !== undefined) return { odd: 'restricts', words: narrow };
  if (plan.actor !== null) return { odd: 'restricts', words: plan.actor.value };
  // AWS Config tells how things are now.
  if (plan.shape === 'state' && !plan.time.assumed)
    return { odd: 'restricts', words: korean ? '기간' : 'the time' };
  const { except } = plan;
  const left = Object.entries(except).find(
    ([slot, values]) => slot !== 'accounts' && values.length > 0,
  );
  if (left) return { odd: 'restricts', words: String(left[1][0]) };
  if (except.accounts.length === 0) return { plan };
  const all = plan.accounts === 'all' ? accounts.map(({ id }) => id) : plan.accounts;
  const remaining = all.filter((id) => !except.accounts.includes(id));
  if (remaining.length === 0) return { odd: 'restricts', words: except.accounts.join(', ') };
  return { plan: { ...plan, accounts: remaining, except: { ...except, accounts: [] } } };
}

/** “opened it to 0.0.0.0/0”: everybody, and no place where a call came from. */
export function isSomewhere(range: string): boolean {
  return !range.endsWith('/0');
}
