import type { Meaning } from './meaning.ts';
import type { Unit } from './sentence.ts';

/** Does this part of a sentence say one of these? */
export function is<Says extends Meaning['says']>(
  unit: Unit | undefined,
  ...says: Says[]
): unit is Unit & { is: 'meaning'; meaning: Extract<Meaning, { says: Says }> } {
  return unit?.is === 'meaning' && says.some((one) => one === unit.meaning.says);
}

/** The words of a part that has a meaning, as they were typed; '' of names and spans. */
export function wordsOf(unit: Unit | undefined): string {
  return unit?.is === 'meaning' ? unit.words : '';
}
