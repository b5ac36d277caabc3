import { type Clock, wallClock } from '../src/aws/evidence/pace.ts';

/** The real one, for whoever watches how many requests arrive in a real second, or in which order. */
export const realClock = wallClock;

/** Those who want to wake so close to one another, in milliseconds, wake together. */
const TOGETHER = 20;
/** What the woken have to send their requests, in real milliseconds, before the clock is put forward again. */
const TURN = 4;
/** A timer that comes so late tells that they are still at it; as often it is waited for once more. */
const LATE = 3;
const TURNS = 10;

/**
 * A clock on which waiting takes no time: as soon as everybody sleeps, it is as late as the first of them
 * wants it to be. Whoever keeps a pace by it keeps the same pace, in its seconds instead of ours, and a
 * simulator that counts quotas by it refuses whoever is too fast, as it would by the real one.
 */
export function hurriedClock(): Clock {
  const sleepers: { until: number; wake: () => void }[] = [];
  let ahead = 0;
  let turning = false;
  const now = () => Date.now() + ahead;

  function turn(): void {
    sleepers.sort((one, other) => one.until - other.until);
    const [first] = sleepers;
    turning = first !== undefined;
    if (!first) return;
    ahead += Math.max(0, first.until + TOGETHER - now());
    const later = sleepers.findIndex(({ until }) => until > first.until + TOGETHER);
    for (const { wake } of sleepers.splice(0, later < 0 ? sleepers.length : later)) wake();
    quiet(TURNS);
  }

  function quiet(turns: number): void {
    const from = performance.now();
    setTimeout(() => {
      const late = performance.now() - from - TURN > LATE;
      if (late && turns > 0) quiet(turns - 1);
      else turn();
    }, TURN);
  }

  return {
    now,
    sleep: (ms) =>
      new Promise((wake) => {
        sleepers.push({ until: now() + ms, wake });
        if (turning) return;
        turning = true;
        setImmediate(turn);
      }),
  };
}
