import { ACCEPT_RISK, riskOf } from '../core/fixes/accept-risk.ts';
import type { FixPlan } from '../core/fixes/fix.ts';
import { partsOf } from '../core/fixes/group.ts';
import type { State } from '../core/fixes/plan.ts';
import { lockOf } from '../core/fixes/state.ts';
import { type Reading, wasSeen } from '../core/reading.ts';
import type { FixWorld } from './fix-world.ts';

/** What reading the state of a plan needs. */
export type Reader = Pick<FixWorld, 'read' | 'acceptedRisks'>;

/** The state that a plan is about: of one thing its fields, of several the fields of each by its name. */
export async function readState(plan: FixPlan, world: Reader): Promise<Reading<State>> {
  if (!plan.parts) return readOne(plan, world);
  const read = await Promise.all(partsOf(plan).map((part) => readOne(part, world)));
  const state: State = {};
  for (const [index, part] of partsOf(plan).entries()) {
    const one = read[index];
    if (!one) continue;
    if (!wasSeen(one)) return one;
    state[lockOf(part)] = one.seen;
  }
  return { seen: state };
}

/** An accepted risk is ours to read; everything else is AWS's. */
async function readOne(plan: FixPlan, world: Reader): Promise<Reading<State>> {
  if (plan.fix !== ACCEPT_RISK) return world.read(plan);
  const risk = (await world.acceptedRisks()).find((one) => riskOf(one) === plan.resource);
  if (!risk) return { seen: { exception: null } };
  const { reason, owner, expires } = risk;
  return { seen: { exception: { reason, owner, expires } } };
}
