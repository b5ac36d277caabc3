/** The clock and the waiting of a source, given from outside so that tests need not wait. */
export type Clock = { now(): number; sleep(ms: number): Promise<void> };

export const wallClock: Clock = {
  now: () => Date.now(),
  sleep: (ms) => new Promise((done) => setTimeout(done, ms)),
};

/**
 * Keeps requests to one place at least this far apart, however many searches want to go there. The
 * quota belongs to the account and region, not to the search.
 */
export function pace(intervalMs: number, clock: Clock): (place: string) => Promise<void> {
  const free = new Map<string, number>();
  return async (place) => {
    const now = clock.now();
    const at = Math.max(now, free.get(place) ?? 0);
    free.set(place, at + intervalMs);
    if (at > now) await clock.sleep(at - now);
  };
}
