import type { ApiCall, FixPlan, FixTarget } from '../fix.ts';
import type { State } from '../plan.ts';
import { keyIn } from './key-in.ts';

/** What one fix says of its plan; the place comes from the key. */
export type KeyChange = Pick<FixPlan, 'fix' | 'calls' | 'wayBack' | 'riskClass' | 'before'> &
  Omit<FixPlan['blast'], 'accounts'> & { after: State };

/** One call on a key, by its ARN. */
export function onKey(operation: string, key: string): ApiCall {
  return { api: `kms:${operation}`, parameters: { KeyId: key } };
}

/** The plan of a change of one key, made in its account and region; who encrypts with it feels it. */
export function keyPlan(target: FixTarget, key: string, change: KeyChange): FixPlan {
  const at = keyIn(key);
  if (!at) throw new Error(`planning a change of what is no key: ${key}`);
  const { fix, calls, wayBack, riskClass, before, after, ...blast } = change;
  return {
    fix,
    family: 'log-key',
    direction: 'forward',
    finding: target.id,
    ...at,
    resource: key,
    calls,
    before,
    after: { ...before, ...after },
    wayBack,
    riskClass,
    blast: {
      accounts: target.covers.length > 0 ? [...target.covers].sort() : [at.account],
      ...blast,
    },
  };
}
