import type { Tally } from '../core/evidence/source.ts';
import type { Plan } from '../core/questions/plan.ts';

export type Key = { key: { [slot: string]: string }; count: number };

/** What was counted of the rows that a plan means; times in seconds since 1970. */
export type Counted = {
  /** Events, and of them what are calls of their own. */
  total: number;
  calls: number;
  failed: number;
  undated: number;
  first: number | null;
  last: number | null;
  accounts: Set<string>;
  regions: Set<string>;
  actors: Map<string, number>;
  names: Map<string, number>;
  groups: Map<string, Key>;
};

export function nothing(): Counted {
  return {
    total: 0,
    calls: 0,
    failed: 0,
    undated: 0,
    first: null,
    last: null,
    accounts: new Set(),
    regions: new Set(),
    actors: new Map(),
    names: new Map(),
    groups: new Map(),
  };
}

export function figuresOf(plan: Plan, counted: Counted): Tally {
  return {
    total: counted.total,
    calls: counted.calls,
    groups: [...counted.groups]
      .filter(([, { count }]) => count > 0)
      .toSorted(([a, one], [b, other]) => other.count - one.count || (a < b ? -1 : 1))
      .slice(0, plan.limit)
      .map(([, { key, count }]) => ({ key, count })),
    spread:
      counted.total === 0
        ? null
        : {
            first: instant(counted.first),
            last: instant(counted.last),
            accounts: [...counted.accounts].toSorted(),
            regions: [...counted.regions].toSorted(),
            actors: ranked(counted.actors),
            eventNames: ranked(counted.names),
            failed: counted.failed,
          },
  };
}

export function addTo(all: Map<string, number>, key: string, count: number): void {
  all.set(key, (all.get(key) ?? 0) + count);
}

/** The same order as `localeCompare`, made ready once. */
const { compare: inWords } = new Intl.Collator();

function ranked(all: Map<string, number>): { name: string; count: number }[] {
  return [...all]
    .filter(([, count]) => count > 0)
    .map(([name, count]) => ({ name, count }))
    .toSorted((a, b) => b.count - a.count || inWords(a.name, b.name));
}

/** Seconds since 1970 as CloudTrail writes them. */
export function instant(seconds: number | null): string | null {
  return seconds === null ? null : new Date(seconds * 1000).toISOString().replace('.000Z', 'Z');
}
