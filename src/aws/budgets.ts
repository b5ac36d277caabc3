import type { Clock } from './evidence/pace.ts';
import { wallClock } from './evidence/pace.ts';

/** One request, as far as quotas can tell requests apart. */
export type Spending = { service: string; operation: string; account: string; region: string };

export type Budget = {
  /** The service as its client calls itself, and the operations that share one budget … */
  service: string;
  operations: RegExp;
  /** … unless each of them has its own. */
  each?: true;
  /** Requests in any one second, per account and region. */
  perSecond: number;
  /**
   * True where AWS publishes no number, or where others of the organization spend from the same quota:
   * the budget is halved whenever AWS throttles, and recovers while it does not.
   */
  adaptive?: true;
  /** Where the number is from. */
  source: string;
};

const CLOUDTRAIL = 'CloudTrail user guide, "Quotas in AWS CloudTrail"';

/** What we allow ourselves. The first that fits a request holds; a request that none fits is not paced. */
export const BUDGETS: Budget[] = [
  { service: 'CloudTrail', operations: /^LookupEvents$/, perSecond: 2, source: CLOUDTRAIL },
  { service: 'CloudTrail', operations: /^(Get|Describe|List)/, perSecond: 10, source: CLOUDTRAIL },
  { service: 'CloudTrail', operations: /./, perSecond: 1, source: CLOUDTRAIL },
  {
    service: 'STS',
    operations: /./,
    perSecond: 500,
    source: 'IAM user guide, "IAM and AWS STS quotas": 600 a second per account and region',
  },
  {
    service: 'Organizations',
    operations: /^ListRoots$/,
    perSecond: 1,
    adaptive: true,
    source:
      'Organizations user guide, "Throttling limits", as aioboto3 quotes it: 1 a second, burst 2, per account',
  },
  {
    service: 'Organizations',
    operations: /./,
    each: true,
    perSecond: 10,
    adaptive: true,
    source:
      'assumed: the Organizations user guide ("Throttling limits") throttles by API and for the whole organization; without a burst, and halved where that is still too much',
  },
  {
    service: 'Account',
    operations: /^ListRegions$/,
    perSecond: 5,
    source: 'Account Management reference guide, "Quotas": 5 a second per account',
  },
  {
    service: 'ConfigService',
    operations: /Aggregat/,
    each: true,
    perSecond: 20,
    adaptive: true,
    source: 'not published: modest, and halved where that is still too much',
  },
  {
    service: 'ConfigService',
    operations: /./,
    perSecond: 10,
    source: 'not published: as CloudTrail, far below what recorders and rules of an account need',
  },
];

/** A little more than a second, since requests do not take equally long to arrive. */
const WINDOW_MS = 1_025;

/** An adaptive budget never sinks below one request in so many milliseconds. */
const SLOWEST_MS = 2_000;

/** Purses kept before those that nobody used for a second are thrown away. */
const PURSES = 4_000;

type Purse = { grants: number[]; intervalMs: number };

export type Pacer = {
  /** Resolves when the request may be sent. */
  allowed(spending: Spending): Promise<void>;
  /** What AWS made of it; only adaptive budgets learn from that. */
  answered(spending: Spending, throttled: boolean): void;
};

/**
 * Keeps every account, region and API below its quota, however many readers want something of it at
 * once. A request is granted its moment when it asks, so that nobody overtakes.
 */
export function pacer(budgets: readonly Budget[] = BUDGETS, clock: Clock = wallClock): Pacer {
  const purses = new Map<string, Purse>();
  const fitting = new Map<string, Budget | null>();

  function budgetOf({ service, operation }: Spending): Budget | null {
    const key = `${service}:${operation}`;
    let found = fitting.get(key);
    if (found === undefined) {
      found =
        budgets.find((one) => one.service === service && one.operations.test(operation)) ?? null;
      fitting.set(key, found);
    }
    return found;
  }

  function purseOf(budget: Budget, { operation, account, region }: Spending): Purse {
    const which = budget.each ? operation : budgets.indexOf(budget);
    const key = `${budget.service}/${which}/${account}/${region}`;
    const known = purses.get(key);
    if (known) return known;
    if (purses.size >= PURSES) forgetUnused(purses, clock.now());
    const purse = { grants: [], intervalMs: 1_000 / budget.perSecond };
    purses.set(key, purse);
    return purse;
  }

  return {
    async allowed(spending) {
      const budget = budgetOf(spending);
      if (!budget) return;
      const purse = purseOf(budget, spending);
      const now = clock.now();
      const at = Math.max(now, nextIn(purse, budget), nextSpaced(purse, budget));
      purse.grants.push(at);
      if (purse.grants.length > budget.perSecond) purse.grants.shift();
      if (at > now) await clock.sleep(at - now);
    },
    answered(spending, throttled) {
      const budget = budgetOf(spending);
      if (!budget?.adaptive) return;
      const purse = purseOf(budget, spending);
      // Half the rate on every sign of trouble, and slowly back to the full one; never beyond it.
      purse.intervalMs = throttled
        ? Math.min(SLOWEST_MS, purse.intervalMs * 2)
        : Math.max(1_000 / budget.perSecond, purse.intervalMs * 0.95);
    },
  };
}

/** The moment at which the oldest of the last `perSecond` grants leaves the window. */
function nextIn({ grants }: Purse, { perSecond }: Budget): number {
  return grants.length < perSecond ? 0 : (grants[0] ?? 0) + WINDOW_MS;
}

/** Whoever was throttled goes on one by one until the full budget is there again. */
function nextSpaced({ grants, intervalMs }: Purse, { perSecond }: Budget): number {
  const last = grants.at(-1);
  return last === undefined || intervalMs <= 1_000 / perSecond ? 0 : last + intervalMs;
}

function forgetUnused(purses: Map<string, Purse>, now: number): void {
  for (const [key, { grants }] of purses)
    if ((grants.at(-1) ?? 0) + WINDOW_MS < now) purses.delete(key);
}
