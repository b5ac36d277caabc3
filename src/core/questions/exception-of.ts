import { ERROR_CODE } from './error-code.ts';
import type { Plan, Vocabulary } from './plan.ts';
import type { Unit } from './sentence.ts';
import { accountsOf } from './slots.ts';
import { is } from './unit.ts';
import { serviceIn } from './whole-services.ts';

/** What is left out: some slots of a plan, or whatever only reads; null: nothing that a slot could hold. */
export type Exception = Partial<Plan['except']> | 'reads' | null;

/** What the part of the sentence at this place leaves out; `person`: it stands where somebody who acts would. */
export function exceptionOf(
  units: Unit[],
  at: number,
  person: boolean,
  vocabulary: Vocabulary,
): Exception {
  const unit = units[at];
  if (unit?.is === 'meaning') {
    const { meaning } = unit;
    if (meaning.says === 'root') return { actors: [{ kind: 'root', value: 'root' }] };
    if (meaning.says === 'via') return { via: [meaning.via] };
    if (meaning.says === 'tool') return { actors: [{ kind: 'name', value: meaning.name }] };
    if (meaning.says === 'service') {
      const machine = /cloudformation|autoscaling/.test(meaning.source);
      return machine
        ? { actors: [{ kind: 'service', value: meaning.source }] }
        : { eventSources: [meaning.source] };
    }
    const whole = serviceIn(unit);
    if (whole !== null) return { eventSources: [whole] };
    return meaning.says === 'verb' && meaning.verbs.every((verb) => verb === 'read')
      ? 'reads'
      : null;
  }
  const value = unit?.is === 'span' ? unit.value : (unit?.words ?? '');
  const kinds = [units[at - 1], units[at + 1]];
  const role = kinds.some((one) => is(one, 'type') && one.meaning.type === 'iam-role');
  const user = kinds.some(
    (one) =>
      (is(one, 'type') && one.meaning.type === 'iam-user') ||
      (is(one, 'principal') && one.meaning.kind === 'user'),
  );
  if (unit?.is === 'word') {
    // “errors other than NoSuchBucket”: no slot leaves an error out.
    if (ERROR_CODE.test(value)) return null;
    if (role) return { actors: [{ kind: 'role', value }] };
    if (person || user) return { actors: [{ kind: 'name', value }] };
    // “outside work” leaves out no thing of that name.
    return unit.named ? { resources: [value] } : null;
  }
  switch (unit?.kind) {
    case 'region':
      return { regions: [value] };
    case 'account':
      return { accounts: [value] };
    case 'ou': {
      const accounts = accountsOf([], [value], vocabulary);
      return accounts === 'all' ? null : { accounts };
    }
    case 'address':
      return { addresses: [value] };
    case 'email':
      return { actors: [{ kind: 'email', value }] };
    case 'person':
      return { actors: [{ kind: value.includes('@') ? 'email' : 'name', value }] };
    case 'access-key':
      return { actors: [{ kind: 'access-key', value }] };
    case 'event':
      return { eventNames: [value] };
    case 'arn':
      return /:(?:user|role|assumed-role)\//.test(value)
        ? { actors: [{ kind: 'arn', value }] }
        : { resources: [value] };
    case 'quoted':
      if (role) return { actors: [{ kind: 'role', value }] };
      return person || user ? { actors: [{ kind: 'name', value }] } : { resources: [value] };
    case 'id':
    case 's3':
      return { resources: [value] };
    default:
      return null;
  }
}
