import type { Heard } from './heard.ts';
import type { Plan } from './plan.ts';
import type { Unit } from './sentence.ts';
import { is } from './unit.ts';

/** What the asker wants to hear first: it changes no event that is found, only what is told first. */
export function asksOf({ all, units, asksWho }: Heard): Plan['asks'] {
  if (all.some((unit) => is(unit, 'why'))) return 'why';
  if (!asksWho && units.some((unit) => is(unit, 'cause', 'went'))) return 'why';
  if (asksHow(units)) return 'how';
  const asked = units.flatMap((unit) => (is(unit, 'asked') ? [unit.words.toLowerCase()] : []));
  const some = (words: RegExp) => asked.some((word) => words.test(word));
  if (some(/^(?:when|what time|언제)/)) return 'when';
  if (asksWho) return 'who';
  if (some(/^(?:where|from where|which ip|what ip|어디|어느 ?ip)/)) return 'where';
  if (some(/^(?:how|어떻게)$/)) return 'how';
  const [first] = all.filter((unit) => !is(unit, 'nothing'));
  const yesOrNo = is(first, 'aux') || all.some((unit) => WHETHER.test(wordsOf(unit)));
  if (yesOrNo && !some(/^(?:what|which|뭐|뭘|무엇|무슨)/)) return 'whether';
  if (some(/^(?:what|which|뭐|뭘|무엇|무슨|어떤)/)) return 'what';
  return units.some((unit) => is(unit, 'activity', 'history')) ? 'what' : 'who';
}

const WHETHER = /^(?:is there|are there|ever|있어|있나|있는지|여부|적|있었|있을|있습)/;

/** “by terraform or a person?”, “테라폼이 지운 거야 사람이 지운 거야?”, “how was … deleted”. */
function asksHow(units: Unit[]): boolean {
  const tool = units.some((unit) => is(unit, 'via', 'service', 'tool'));
  return tool && isAlternative(units);
}

/** A person is named as the other possibility, not asked for. */
export function isAlternative(units: Unit[]): boolean {
  return units.some(
    (unit, at) =>
      is(unit, 'who') &&
      /^(?:person|people|human|somebody|someone|사람이|사람인|누군가|manually)/i.test(unit.words) &&
      (is(units[at - 1], 'and') ||
        is(units[at + 1], 'and') ||
        /^(?:사람이|사람인)/.test(unit.words)),
  );
}

function wordsOf(unit: Unit | undefined): string {
  return unit?.is === 'meaning' ? unit.words.toLowerCase() : '';
}
