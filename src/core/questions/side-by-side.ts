import type { Plan } from './plan.ts';
import type { Unit } from './sentence.ts';
import { is, wordsOf } from './unit.ts';

/**
 * “prod vs dev”, “오사카랑 싱가포르 비교”: two places or people are compared by counting each. Without two
 * of one kind the word stays a comparison that cannot be made, and the question is asked back.
 */
export function sideBySide(units: Unit[]): Unit[] {
  const compares = units.some(isComparing);
  // “show more from tokyo and seoul”, “더 보여줘” ask for the rest of a list.
  if (!compares || units.some((unit, at) => isComparing(unit) && asksForRest(units, at)))
    return units;
  const group = pairIn(units);
  if (group === null) return units;
  const ranks = units.some((unit) => isComparing(unit) && MORE.test(wordsOf(unit)));
  const told = units.map((unit, at): Unit => {
    if (!isComparing(unit)) return unit;
    const between = isOfPair(units[at - 1]) && isOfPair(units[at + 1]);
    return { is: 'meaning', meaning: { says: between ? 'and' : 'nothing' }, words: wordsOf(unit) };
  });
  const per: Unit = { is: 'meaning', meaning: { says: 'per', group }, words: group };
  const rank: Unit[] = ranks ? [{ is: 'meaning', meaning: { says: 'rank' }, words: 'most' }] : [];
  const first = told.findIndex(isOfPair);
  const placed = group === 'account' ? told.toSpliced(first, 0, IN) : told;
  return [...placed, per, ...rank];
}

/** Accounts that are compared are places, and not the names of things. */
const IN: Unit = { is: 'meaning', meaning: { says: 'place' }, words: 'in' };

function isComparing(unit: Unit): unit is Unit & { is: 'meaning' } {
  return is(unit, 'refused') && unit.meaning.why === 'comparison' && COMPARING.test(unit.words);
}

function asksForRest(units: Unit[], at: number): boolean {
  if (!MORE.test(wordsOf(units[at]))) return false;
  const [before, next] = [wordsOf(units[at - 1]), wordsOf(units[at + 1])];
  return /^(?:show|see|list|find|give me|any|some|one|once)$/i.test(before) || SHOW_KO.test(next);
}

const SHOW_KO = /^(?:보여|알려|찾아|있|줘|주세요|볼)/;
const COMPARING = /^(?:vs|versus|compared (?:to|with)|비교.*|more|더)$/i;
const MORE = /^(?:more|더)$/i;

/** What the pair is of; null where there is none, or more than one. */
function pairIn(units: Unit[]): Plan['groupBy'][number] | null {
  const spans = units.flatMap((unit) => (isOfPair(unit) ? [unit.kind] : []));
  const groups = [...new Set(spans.map((kind) => GROUPS[kind]))];
  const [group] = groups;
  return spans.length >= 2 && groups.length === 1 ? (group ?? null) : null;
}

function isOfPair(unit: Unit | undefined): unit is Unit & { is: 'span' } {
  return unit?.is === 'span' && GROUPS[unit.kind] !== undefined;
}

const GROUPS: Record<string, Plan['groupBy'][number]> = {
  account: 'account',
  region: 'region',
  person: 'actor',
  email: 'actor',
};
