/**
 * Does pieces of work in their order, some of them ahead of whoever takes the results: at most `limit`
 * are begun and not yet taken.
 */
export async function* ahead<T, R>(
  limit: number,
  items: AsyncIterable<T> | Iterable<T>,
  work: (item: T) => Promise<R>,
): AsyncGenerator<R> {
  const begun: Promise<R>[] = [];
  for await (const item of items) {
    const result = work(item);
    // Who takes it hears of a failure; until then it must not count as unheard.
    result.catch(() => undefined);
    begun.push(result);
    if (begun.length >= limit) yield begun.shift() as Promise<R>;
  }
  while (begun.length > 0) yield begun.shift() as Promise<R>;
}
