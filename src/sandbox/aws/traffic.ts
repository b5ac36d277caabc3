/** The most requests of one operation that one account and region got within any one second. */
export type Peak = { operation: string; account: string; region: string; perSecond: number };

/** Counts what was asked, so that tests and benchmarks can tell who asked too much. */
export type Traffic = {
  /** `at` is in milliseconds of any steady clock. */
  saw(operation: string, account: string, region: string, at: number): void;
  ended(operation: string, outcome: string): void;
  /** Requests so far, and how many of them were throttled. */
  counts(): {
    requests: number;
    throttled: number;
    byOperation: { [operation: string]: number };
    throttledByOperation: { [operation: string]: number };
  };
  peaks(): Peak[];
};

const SECOND = 1_000;
/** Places whose last second is kept before those that are quiet are forgotten. */
const WATCHED = 20_000;

export function traffic(): Traffic {
  const recent = new Map<string, number[]>();
  const highest = new Map<string, Map<string, number>>();
  const totals = new Map<string, number>();
  const refused = new Map<string, number>();
  let requests = 0;
  let throttled = 0;

  return {
    saw(operation, account, region, at) {
      requests += 1;
      totals.set(operation, (totals.get(operation) ?? 0) + 1);
      const place = `${account}/${region}`;
      const key = `${operation} ${place}`;
      if (recent.size > WATCHED) forgetQuiet(recent, at);
      const times = (recent.get(key) ?? []).filter((time) => time > at - SECOND);
      times.push(at);
      recent.set(key, times);
      const places = highest.get(operation) ?? new Map<string, number>();
      highest.set(operation, places);
      if (times.length > (places.get(place) ?? 0)) places.set(place, times.length);
    },
    ended(operation, outcome) {
      if (!/Throttl|TooManyRequests|SlowDown|RequestLimitExceeded/.test(outcome)) return;
      throttled += 1;
      refused.set(operation, (refused.get(operation) ?? 0) + 1);
    },
    counts: () => ({
      requests,
      throttled,
      byOperation: Object.fromEntries(totals),
      throttledByOperation: Object.fromEntries(refused),
    }),
    peaks: () =>
      [...highest].flatMap(([operation, places]) =>
        [...places].map(([place, perSecond]) => {
          const [account = '', region = ''] = place.split('/');
          return { operation, account, region, perSecond };
        }),
      ),
  };
}

function forgetQuiet(recent: Map<string, number[]>, at: number): void {
  for (const [key, times] of recent) {
    if ((times.at(-1) ?? 0) <= at - SECOND) recent.delete(key);
  }
}
