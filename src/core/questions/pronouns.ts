import { languageOf } from '../reader.ts';
import { resourceType } from './catalogue.ts';

const THINGS_EN = /\b(?:it|that one|this one|them|those|these|the same (?:one|thing))\b/i;
const THINGS_KO =
  /(?:그거|그것|이거|이것|저거|저것)(?:을|를|은|는|이|가|도)?|그걸|이걸|저걸|그건|이건|그게|이게/;
const PEOPLE_EN =
  /\b(?:he|she|they|him|her|that (?:person|user|guy|one did)|the same (?:person|user))\b/i;
const PEOPLE_KO =
  /(?:그|이|저)\s*(?:사람|분|사용자|유저|친구)(?:이|가|은|는|을|를|도|께서)?|걔(?:가|는|도)?/;

/** Do the words point at the thing that was spoken of? */
export function thingsMeant(text: string): boolean {
  return THINGS_EN.test(text) || THINGS_KO.test(text);
}

/** Do they point at whoever did it? */
export function personMeant(text: string): boolean {
  return PEOPLE_EN.test(text) || PEOPLE_KO.test(text);
}

/** Only plain names, ids and ARNs; whatever else a log holds could be read as more words. */
export function canBeSubstituted(name: string): boolean {
  return /^[\w.:/@+=,-]{1,256}$/.test(name);
}

/** The words with the name in the place of the pronoun, and without “else” and “also”. */
export function pronounsReplaced(text: string, name: string, type: string | null): string {
  const kind =
    type === null || /^(?:arn:|s3:|[a-z]+-[0-9a-f]{8,17}$)/.test(name) ? null : resourceType(type);
  const quoted = /^[\w-]+$/.test(name) && kind ? `"${name}"` : name;
  const ko = languageOf(text) === 'ko';
  const thing = !kind ? quoted : ko ? `${quoted} ${kind.ko}` : `${kind.en} ${quoted}`;
  return text
    .replace(PEOPLE_KO, ` ${name} `)
    .replace(PEOPLE_EN, name)
    .replace(THINGS_KO, ` ${thing} `)
    .replace(THINGS_EN, thing)
    .replace(/\b(?:else|also)\b/gi, ' ')
    .replace(/(?:^|\s)또(?=\s)/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}
