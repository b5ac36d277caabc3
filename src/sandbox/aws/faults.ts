import type { Trouble } from './fault-codes.ts';
import type { Fault } from './scenario.ts';
import { schemaOf } from './wire/schemas.ts';

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
    checkOperation(full.operation);
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

/** What a fault makes a service answer; undefined for the faults of the network. */
export function troubleOf({ effect }: Fault): Trouble | undefined {
  switch (effect) {
    case 'throttle':
      return 'throttled';
    case 'deny':
      return 'denied';
    case 'expired-credentials':
      return 'expired';
    case 'internal-error':
      return 'internal';
    default:
      return undefined;
  }
}

/** A fault on an operation that does not exist would silently never strike. */
function checkOperation(operation: string): void {
  const [service = '', name = ''] = operation.split(':');
  if (operation === '*' || (schemaOf(service) && name === '*')) return;
  if (schemaOf(service)?.operations.has(name)) return;
  throw new Error(
    `there is no operation '${operation}' to fault; expected such as 'cloudtrail:LookupEvents', 's3:*' or '*'`,
  );
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
