import type { CloudTrailEvent } from '../evidence/event.ts';
import { slotOf } from '../evidence/groups.ts';
import type { Plan } from '../questions/plan.ts';
import type { ByGroup, BySight, Group } from './detector.ts';

/** The plan whose groups a detector wants: those calls of the asked plan, between these moments. */
export function planOf(
  { looks }: ByGroup | BySight,
  plan: Plan,
  { from, to }: { from: string; to: string },
): Plan {
  return {
    ...plan,
    ...looks,
    shape: 'count',
    measure: 'calls',
    order: 'count',
    time: { from, to, zone: 'UTC', assumed: false },
    limit: GROUPS,
  };
}

/** More kinds of calls than any organization makes in a month. */
const GROUPS = 2_000_000;

/** What the slots of a group would say of one event. */
export function keyOf(event: CloudTrailEvent, groupBy: Plan['groupBy']): Group['key'] {
  return Object.fromEntries(groupBy.map((slot) => [slot, slotOf(slot, event, NOWHERE)]));
}

const NOWHERE: Pick<Plan, 'resources' | 'time'> = {
  resources: [],
  time: { from: '', to: '', zone: 'UTC', assumed: false },
};
