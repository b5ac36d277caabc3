import type { Unit } from './sentence.ts';
import { is, wordsOf } from './unit.ts';

/**
 * “<@U05…> 이 사람 지난주에 뭐 지웠어?”: the one who was named is pointed at once more, and nobody else is
 * asked for. The particle behind belongs to the name.
 */
export function apposed(units: Unit[]): Unit[] {
  return units.flatMap((unit, at): Unit[] => {
    // “김서연님 계정으로”: whose account it is, that is, who acts.
    if (isPerson(units[at - 1]) && /^계정(?:으로|에서|이|은)/.test(wordsOf(unit))) return [];
    if (isPerson(unit) && /^계정(?:으로|에서|이|은)/.test(wordsOf(units[at + 1])))
      return [{ ...unit, particle: '가' }];
    const pointed = isPerson(units[at - 2]) && isThis(units[at - 1]) && isSomebody(unit);
    const points = isPerson(units[at - 1]) && isThis(unit) && isSomebody(units[at + 1]);
    if (pointed || points) return [];
    const [next, who] = [units[at + 1], units[at + 2]];
    if (!isPerson(unit) || !isThis(next) || !isSomebody(who)) return [unit];
    return [{ ...unit, particle: PARTICLE.exec(wordsOf(who))?.[1] ?? '가' }];
  });
}

function isPerson(unit: Unit | undefined): unit is Unit & { is: 'span' } {
  return unit?.is === 'span' && (unit.kind === 'person' || unit.kind === 'email');
}

function isThis(unit: Unit | undefined): boolean {
  return is(unit, 'nothing') && /^(?:이|그|저)$/.test(unit.words);
}

function isSomebody(unit: Unit | undefined): boolean {
  return /^(?:사람|분|놈|유저|사용자|직원)/.test(wordsOf(unit));
}

const PARTICLE = /(이|가|은|는|께서)$/;
