import { faultOf } from './fault-codes.ts';
import type { Fault } from './scenario.ts';

/** What a call is, as far as faults can tell calls apart. */
export type Target = { service: string; operation: string; account: string; region: string };
export type FaultInput = Partial<Fault>;

/** The faults that strike calls: those of the scenario and those added while it runs. */
export type Faults = {
  add(fault: FaultInput): void;
  clear(): void;
  /** Every fault that strikes this call, each counted once. */
  strike(target: Target): Fault[];
};

type Armed = { fault: Fault; left: number };

/** `chance` gives numbers in [0, 1) for faults with a probability. */
export function faults(planned: readonly Fault[], chance: () => number): Faults {
  const armed: Armed[] = [];
  const add = (fault: FaultInput) => {
    const full = { operation: '*', effect: 'none' as const, ...fault };
    armed.push({ fault: full, left: fault.times ?? Number.POSITIVE_INFINITY });
  };
  for (const fault of planned) add(fault);
  return {
    add,
    clear: () => {
      armed.length = 0;
    },
    strike: (target) => {
      const striking: Fault[] = [];
      for (const each of armed) {
        if (each.left <= 0 || !aims(each.fault, target)) continue;
        if (each.fault.probability !== undefined && chance() >= each.fault.probability) continue;
        each.left--;
        striking.push(each.fault);
        // One call fails in one way; delays before it add up.
        if (each.fault.effect !== 'none') break;
      }
      return striking;
    },
  };
}

/** The answer of a fault that a service gives in words; undefined for those of the network. */
export function answerOf({ effect }: Fault, service: string) {
  switch (effect) {
    case 'throttle':
      return faultOf(service, 'throttled');
    case 'deny':
      return faultOf(service, 'denied');
    case 'expired-credentials':
      return faultOf(service, 'expired');
    case 'internal-error':
      return faultOf(service, 'internal');
    default:
      return undefined;
  }
}

function aims(fault: Fault, { service, operation, account, region }: Target): boolean {
  if (fault.account !== undefined && fault.account !== account) return false;
  if (fault.region !== undefined && fault.region !== region) return false;
  return [`${service}:${operation}`, `${service}:*`, '*'].includes(fault.operation);
}

/** The same sequence of chances for the same seed (mulberry32). */
export function seededChance(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
