import { lookUp } from './lexicon.ts';
import type { Unit } from './sentence.ts';
import { is } from './unit.ts';
import { squeeze } from './words.ts';

const FIRST =
  /^(?:turn|turns|turned|turning|switch|switched|switches|switching|shut|shuts|power|powered|take|takes|took|taken|bring|brought|spin|spins|spun|tear|tore|torn)$/i;
const LAST = /^(?:off|on|down|up|offline)$/i;

/** “turned the recorder *off*”: the two words are one verb, whatever stands between them. */
export function phrasal(units: Unit[]): Unit[] {
  const from = units.findIndex((unit) => FIRST.test(unit.is === 'span' ? '' : unit.words));
  const first = units[from];
  if (!first || first.is === 'span') return units;
  for (let at = from + 1; at < Math.min(units.length, from + 9); at += 1) {
    const last = units[at];
    if (!last || last.is === 'span' || !LAST.test(last.words)) continue;
    if (/^on$/i.test(last.words) && isObject(units[at + 1])) continue;
    const words = `${first.words} ${last.words}`;
    const meaning = lookUp(squeeze(words));
    if (meaning?.says !== 'verb') continue;
    return units.flatMap((unit, where): Unit[] => {
      if (where === at) return [];
      return where === from ? [{ is: 'meaning', meaning, words }] : [unit];
    });
  }
  return units;
}

/** “turned … on *the bucket*”: a preposition, not a part of the verb. */
function isObject(unit: Unit | undefined): boolean {
  return unit !== undefined && (unit.is !== 'meaning' || is(unit, 'nothing', 'type', 'principal'));
}
