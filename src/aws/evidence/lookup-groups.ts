import type { Where } from '../session.ts';

type Window = { from: number; to: number };

/** What is wanted at each place, every place once. */
export function grouped<T>(
  items: T[],
  placesOf: (item: T) => Where[],
): { where: Where; items: T[] }[] {
  const byPlace = new Map<string, { where: Where; items: T[] }>();
  for (const item of items)
    for (const where of placesOf(item)) {
      const place = `${where.account}/${where.region}`;
      const known = byPlace.get(place) ?? { where, items: [] };
      known.items.push(item);
      byPlace.set(place, known);
    }
  return [...byPlace.values()];
}

/** Windows that touch are one, so that what happened at one time is asked for once. */
export function merged<T extends { window: Window }>(items: T[]): { window: Window; items: T[] }[] {
  const stretches: { window: Window; items: T[] }[] = [];
  for (const item of items.toSorted((a, b) => a.window.from - b.window.from)) {
    const last = stretches.at(-1);
    if (last && item.window.from <= last.window.to) {
      last.window = { ...last.window, to: Math.max(last.window.to, item.window.to) };
      last.items.push(item);
    } else stretches.push({ window: item.window, items: [item] });
  }
  return stretches;
}
