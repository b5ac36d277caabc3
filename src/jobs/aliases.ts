import { type Aliases, aliasesIn } from '../core/evidence/aliases.ts';
import type { Located } from '../core/evidence/located.ts';
import type { Search } from '../core/evidence/source.ts';
import type { Plan } from '../core/questions/plan.ts';
import { wasSeen } from '../core/reading.ts';
import type { World } from './answers/world.ts';

/** Of more resources than these nobody asks Config what else they are called. */
const ASKED = 5;

/** What else the resources of a plan are called; nothing where nobody knows, as their own names still count. */
export async function aliasesOf(plan: Plan, { locate }: World): Promise<Aliases> {
  const located = new Map<string, Located[]>();
  if (!locate || plan.shape === 'event' || plan.resources.length > ASKED) return aliasesIn(located);
  await Promise.all(
    plan.resources.map(async (resource) => {
      const found = await locate(resource);
      if (wasSeen(found)) located.set(resource, found.seen);
    }),
  );
  return aliasesIn(located);
}

/** The search that also finds events by the other names. */
export function byAliases(search: Search, aliases: Aliases): Search {
  const names = [...aliases.values()].flatMap((places) => places.flatMap((one) => one.names));
  return { ...search, resources: [...new Set([...search.resources, ...names])] };
}
