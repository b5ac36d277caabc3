import type { Unit } from './sentence.ts';
import { is } from './unit.ts';

/** “shared with 098797384747”, “098797384747 계정에 공유한”: whom something was shared with, by number. */
export function sharedTo(all: Unit[]): string[] {
  const shares = (unit: Unit | undefined) =>
    is(unit, 'verb') && unit.meaning.verbs.includes('share');
  return all.flatMap((unit, at) => {
    if (unit.is !== 'span' || unit.kind !== 'account' || !/^\d{12}$/.test(unit.words ?? unit.value))
      return [];
    const near = all.slice(Math.max(0, at - 3), at);
    const towards = near.findLastIndex((one) => is(one, 'towards'));
    const english =
      towards >= 0 &&
      all.slice(0, at).some(shares) &&
      near.slice(towards + 1).every((one) => is(one, 'nothing', 'principal'));
    const next = all[at + 1];
    const particle = is(next, 'principal') ? next.words : unit.particle;
    const korean = /(?:에|에게|한테|로|으로|과|와|이랑|랑|하고)$/.test(particle);
    // “… 계정에 스냅샷 공유한 사람”: what was shared may stand between.
    const behind = all.slice(is(next, 'principal') ? at + 2 : at + 1);
    const verb = behind.find((one) => !is(one, 'type', 'nothing') && !isThingSaid(one));
    return english || (korean && shares(verb)) ? [unit.value] : [];
  });
}

function isThingSaid(unit: Unit): boolean {
  return unit.is === 'word' || (unit.is === 'span' && unit.kind === 'id');
}
