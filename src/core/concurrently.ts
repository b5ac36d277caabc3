/**
 * Works on all of `items`, at most `limit` at a time, and answers in their order. The first exception
 * ends it: expected troubles are values (`Reading`), so whatever is thrown here is a fault of ours.
 */
export async function concurrently<T, R>(
  limit: number,
  items: readonly T[],
  work: (item: T) => Promise<R>,
): Promise<R[]> {
  const answers = new Array<R>(items.length);
  const waiting = items.entries();
  const lanes = Array.from({ length: Math.min(limit, items.length) }, async () => {
    for (const [index, item] of waiting) answers[index] = await work(item);
  });
  await Promise.all(lanes);
  return answers;
}

/** The same for work that comes as it comes: runs at most `limit` pieces at a time, the oldest first. */
export function inLanes(limit: number): <T>(work: () => Promise<T>) => Promise<T> {
  let free = limit;
  const waiting: (() => void)[] = [];
  return async (work) => {
    if (free > 0) free -= 1;
    else await new Promise<void>((go) => waiting.push(go));
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else free += 1;
    }
  };
}

/**
 * One piece of work for all who ask for it while it is under way; each hears of its progress. Who asks
 * after its end begins it anew.
 */
export function joined<T, P extends unknown[]>(
  work: (tell: (...progress: P) => void) => Promise<T>,
): (listener?: (...progress: P) => void) => Promise<T> {
  let running: { ends: Promise<T>; listeners: ((...progress: P) => void)[] } | null = null;
  return (listener) => {
    if (running) {
      if (listener) running.listeners.push(listener);
      return running.ends;
    }
    const listeners = listener ? [listener] : [];
    const ends = work((...progress) => {
      for (const hears of listeners) hears(...progress);
    }).finally(() => {
      running = null;
    });
    running = { ends, listeners };
    return ends;
  };
}
