import { TURNS_OF_DOING } from './turns-of-doing.ts';
import { TURNS_OF_TALK } from './turns-of-talk.ts';
import { TURNS_OF_TIME } from './turns-of-time.ts';

/** What people say, and the plainer words that say the same; `$1` is a part that is kept. */
export type Turn = [said: RegExp, plain: string];

/**
 * The question in plainer words that say the same: “gave 123456789012 access to an ami” is “shared an ami
 * with 123456789012”. What stands in quotes or code spans is a name, and stays as it was typed.
 */
export function reworded(text: string): string {
  const quoted: string[] = [];
  const open = text.replace(QUOTED, (words) => {
    if (quoted.length >= MOST) return words;
    quoted.push(words);
    return String.fromCodePoint(FIRST + quoted.length - 1);
  });
  const plain = [...TURNS_OF_TALK, ...TURNS_OF_TIME, ...TURNS_OF_DOING].reduce(
    (said, [pattern, instead]) => said.replace(pattern, instead),
    open,
  );
  return plain.replace(HELD, (held) => quoted[(held.codePointAt(0) ?? FIRST) - FIRST] ?? '');
}

const QUOTED = /`[^`]{1,512}`|"[^"]{1,512}"|(?<![\w'])'[^']{1,512}'(?!\w)/g;
/** Code points of private use, which no question holds once it is normalised. */
const FIRST = 0xe100;
const MOST = 64;
const HELD = /[\ue100-\ue13f]/g;
