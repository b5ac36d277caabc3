import type { Unit } from './sentence.ts';
import { is } from './unit.ts';

/**
 * “assumed a role in prod from dev”, “created in prod and deleted in dev”: two places that play different
 * parts. A plan looks in all of its accounts for all of its verbs, so it would find what was done in
 * either; only places that are joined (“in prod and dev”) are meant alike. The second one, as it was
 * typed; null where all places are joined.
 */
export function placeApart(all: Unit[]): string | null {
  const kinds = ['account', 'ou', 'region'] as const;
  for (const kind of kinds) {
    const places = all.flatMap((unit, at) =>
      unit.is === 'span' && unit.kind === kind ? [at] : [],
    );
    const second = places.find((at, nth) => nth > 0 && isApart(all.slice(places[nth - 1], at)));
    const unit = second === undefined ? undefined : all[second];
    if (unit?.is === 'span') return unit.words ?? unit.value;
  }
  return null;
}

/** From one place up to the next: is anything said between them but that both are meant? */
function isApart([, ...between]: Unit[]): boolean {
  return between.some(
    (unit) =>
      is(unit, 'verb', 'who', 'by', 'towards', 'aux', 'asked', 'except') ||
      (is(unit, 'nothing') && /^(?:from|into|at|에서|로|으로)$/i.test(unit.words)),
  );
}
