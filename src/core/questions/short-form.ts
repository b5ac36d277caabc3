import { canonicalJson } from '../json.ts';
import { parseExactForm, slotsFor } from './exact-form.ts';
import { type Key, written } from './exact-slots.ts';
import type { Plan, Vocabulary } from './plan.ts';

/**
 * The exact form as people would write it: accounts by their names, and without what the rest implies
 * (the kind of `i-0abc`, the events of `verb:delete`). It reads back to the very same plan.
 */
export function shortForm(plan: Plan, vocabulary: Vocabulary): string {
  const meant = canonicalJson(plan);
  const context = { now: plan.time.to, timeZone: plan.time.zone, vocabulary };
  const same = (slots: [Key, string[]][]) => {
    const read = parseExactForm(written(slots), context);
    return 'plan' in read && canonicalJson(read.plan) === meant;
  };
  let slots = slotsFor(plan);
  const named = slots.map(([key, values]): [Key, string[]] =>
    key === 'account' || key === 'not-account'
      ? [key, values.map((id) => nameOf(id, vocabulary))]
      : [key, values],
  );
  if (same(named)) slots = named;
  for (const implied of IMPLIED) {
    const without = slots.filter(([key]) => key !== implied);
    if (same(without)) slots = without;
  }
  const bare = slots.map(([key, values]): [Key, string[]] =>
    key === 'actor' || key === 'not-actor'
      ? [key, values.map((value) => value.replace(/^(name|email|arn|access-key)=/, ''))]
      : [key, values],
  );
  return written(same(bare) ? bare : slots);
}

/** What the other slots imply in most plans; what reads back differently without it stays. */
const IMPLIED: Key[] = ['source', 'event', 'type', 'shape'];

function nameOf(id: string, { accounts }: Vocabulary): string {
  return accounts.find((account) => account.id === id)?.name || id;
}
