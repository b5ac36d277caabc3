/** The clock and the waiting of a source, given from outside so that tests need not wait. */
export type Clock = { now(): number; sleep(ms: number): Promise<void> };

export const wallClock: Clock = {
  now: () => Date.now(),
  sleep: (ms) => new Promise((done) => setTimeout(done, ms)),
};

/**
 * Keeps requests to one place at least this far apart on average, however many searches want to go there;
 * so many may go at once before the others wait. The quota belongs to the account and region, not to the
 * search.
 */
export function pace(
  intervalMs: number,
  clock: Clock,
  atOnce = 1,
): (place: string) => Promise<void> {
  const granted = new Map<string, number[]>();
  return async (place) => {
    const now = clock.now();
    const last = granted.get(place) ?? [];
    const oldest = last.length < atOnce ? now : (last[0] ?? now) + atOnce * intervalMs;
    const at = Math.max(now, oldest);
    granted.set(place, [...last, at].slice(-atOnce));
    if (at > now) await clock.sleep(at - now);
  };
}
