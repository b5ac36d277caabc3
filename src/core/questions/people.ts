import type { Vocabulary } from './plan.ts';
import type { Unit } from './sentence.ts';
import { is } from './unit.ts';

/** People as they are called: Slack mentions, and the given names that belong to one person only. */
export function peopleIn(
  units: Unit[],
  { people }: Vocabulary,
): { units: Unit[]; several: { at: number; units: Unit[] } | null } {
  let several: { at: number; units: Unit[] } | null = null;
  const resolved = units.map((unit, at): Unit => {
    if (unit.is === 'span' && unit.kind === 'member') {
      const person = people.find(({ slackId }) => slackId === unit.value);
      return person ? { ...unit, kind: 'person', value: person.email ?? person.name } : unit;
    }
    if (unit.is !== 'word' || unit.named || isNameOfThing(units, at)) return unit;
    const called = people.filter(({ name }) => isCalled(name, unit.words));
    const spans = called.map(
      ({ name, email }): Unit => ({
        is: 'span',
        kind: 'person',
        value: email ?? name,
        words: unit.words,
        particle: unit.particle,
      }),
    );
    const [one] = called;
    const [span] = spans;
    if (called.length > 1) several ??= { at, units: spans };
    // `alice` finds alice@… as well as the IAM user alice: it needs no address.
    const known = one?.email?.split('@')[0]?.toLowerCase() === unit.words.toLowerCase();
    return called.length === 1 && span && !known ? span : unit;
  });
  return { units: resolved, several };
}

/** 철수 is 김철수, Mina is Mina Park. */
function isCalled(name: string, words: string): boolean {
  if (/^[가-힣]{3}$/.test(name)) return name.slice(1) === words || name === words;
  const [first = '', ...others] = name.split(' ');
  return others.length > 0 && first.length > 2 && first.toLowerCase() === words.toLowerCase();
}

/** “bucket iris”, “iris 버킷”: whatever people are called, this is what the thing is called. */
function isNameOfThing(units: Unit[], at: number): boolean {
  const korean = units[at]?.is === 'word' && /[가-힣]/.test((units[at] as { words: string }).words);
  const beside = korean ? units[at + 1] : units[at - 1];
  return is(beside, 'type') && !['iam-user', 'access-key'].includes(beside.meaning.type);
}
