import { lookUp, lookUpStem, PARTICLES } from './lexicon.ts';
import type { Meaning } from './meaning.ts';
import { phrasal } from './phrasal.ts';
import { type Span, TAKEN } from './spans.ts';
import { squeeze } from './words.ts';

/** A piece of the question: a typed span, a word with a meaning, or a word that the lexicon lacks. */
export type Unit =
  | ({ is: 'span'; particle: string } & Pick<Span, 'kind' | 'value' | 'words'>)
  | { is: 'meaning'; meaning: Meaning; words: string }
  | {
      is: 'word';
      words: string /** It looks like a name: `orders-db`, `someRole`. */;
      named: boolean;
      particle: string;
    };

type Token = {
  text: string;
  script: 'latin' | 'hangul' | 'other';
  glued: boolean;
  span?: Span;
  /** “bob's”. */
  owns?: boolean;
};

/** Reads the question, its typed spans masked, from left to right, the longest phrase first. */
export function readSentence(rest: string, spans: Span[]): Unit[] {
  const tokens = tokenise(rest, spans);
  const units: Unit[] = [];
  for (let at = 0; at < tokens.length; ) {
    const token = tokens[at];
    if (!token) break;
    if (token.span) {
      const { kind, value, words = value } = token.span;
      units.push({ is: 'span', kind, value, words, particle: '' });
      at += 1;
      continue;
    }
    const last = units.at(-1);
    if (isParticle(token, last)) {
      if (last?.is === 'meaning') last.words += token.text;
      else if (last) last.particle = token.text;
      at += 1;
      continue;
    }
    if (token.text === ',') {
      units.push({ is: 'meaning', meaning: { says: 'nothing' }, words: ',' });
      at += 1;
      continue;
    }
    const phrase = longestPhrase(tokens, at, isLogging(tokens, at, units) ? 1 : LONGEST_PHRASE);
    // “role data-sync”: written with a hyphen behind a kind, it is a name, and no service.
    const called =
      phrase?.length === 1 &&
      phrase.meaning.says === 'service' &&
      /[a-z]-[a-z]/i.test(token.text) &&
      last?.is === 'meaning' &&
      last.meaning.says === 'type';
    if (phrase && !called) {
      units.push({ is: 'meaning', meaning: phrase.meaning, words: phrase.words });
      at += phrase.length;
      if (phrase.rest) {
        at -= 1;
        tokens[at] = { text: phrase.rest, script: 'hangul', glued: true };
      }
      continue;
    }
    units.push(unknownWord(token));
    at += 1;
  }
  return phrasal(units);
}

/** Particles stick to the word before; after a name many people leave a space. “이” alone means “this”. */
function isParticle(token: Token, last: Unit | undefined): boolean {
  if (token.script !== 'hangul' || !PARTICLES.test(token.text)) return false;
  if (token.glued) return true;
  return last !== undefined && last.is !== 'meaning' && token.text !== '이';
}

/** “disabled logging in payments-prod”: after a verb logging is a thing, and “in” the place. */
function isLogging(tokens: Token[], at: number, before: Unit[]): boolean {
  if (!/^logging$/i.test(tokens[at]?.text ?? '')) return false;
  const says = before.findLast((unit) => unit.is !== 'meaning' || unit.meaning.says !== 'nothing');
  return says?.is === 'meaning' && (says.meaning.says === 'verb' || says.meaning.says === 'type');
}

const LONGEST_PHRASE = 6;
const LONGEST_WORD = 40;

function longestPhrase(
  tokens: Token[],
  at: number,
  most: number,
): { meaning: Meaning; words: string; length: number; rest: string } | undefined {
  for (let length = Math.min(most, tokens.length - at); length >= 1; length -= 1) {
    const part = tokens.slice(at, at + length);
    if (part.some(({ span }) => span)) continue;
    const words = part.map(({ text }) => text).join(' ');
    const before = squeeze(
      part
        .slice(0, -1)
        .map(({ text }) => text)
        .join(' '),
    ).length;
    if (part.at(-1)?.script === 'hangul') {
      // Nobody's word is longer, and taking one apart costs more than its length.
      if ((part.at(-1)?.text.length ?? 0) > LONGEST_WORD) continue;
      const found = lookUpStem(squeeze(words), before + 1);
      if (found) return { meaning: found.meaning, words, length, rest: found.rest };
    } else {
      const meaning = lookUp(squeeze(words));
      if (meaning) return { meaning, words, length, rest: '' };
    }
  }
  return undefined;
}

/** Names carry signs that plain words do not. */
const NAMED =
  /^(?=.*[A-Za-z])(?!\d+(?:st|nd|rd|th)$)(?:.*\d|.*[a-z][A-Z]|.*[A-Za-z0-9][-_./:][A-Za-z0-9])/;

function unknownWord(token: Token): Unit {
  if (token.script !== 'hangul')
    return {
      is: 'word',
      words: token.text,
      named: NAMED.test(token.text),
      particle: token.owns ? "'s" : '',
    };
  for (let from = 1; from < token.text.length; from += 1) {
    const particle = token.text.slice(from);
    // “박미나가” is 박미나, whatever else a 나 may be.
    if (PARTICLES.test(particle) && !/^[나야]/.test(particle))
      return { is: 'word', words: token.text.slice(0, from), named: false, particle };
  }
  return { is: 'word', words: token.text, named: false, particle: '' };
}

const TOKEN =
  /\ue000+|,(?=\s)|(?:(?<!\w)\/)?[A-Za-z0-9À-ɏ][\wÀ-ɏ./:@+=~$%#'-]*|[가-힣]+|[\p{L}\p{N}]+/gu;

function tokenise(rest: string, spans: Span[]): Token[] {
  const tokens: Token[] = [];
  let end = -1;
  let timeEnds = -1;
  for (const match of rest.matchAll(TOKEN)) {
    const { 0: text, index } = match;
    const glued = index === end;
    end = index + text.length;
    // “data-platform's recorder”: the name is a span already.
    if (text === 's' && rest[index - 1] === "'" && rest[index - 2] === TAKEN) continue;
    if (text === ',') {
      tokens.push({ text, script: 'other', glued: false });
      continue;
    }
    if (text.startsWith(TAKEN)) {
      const held = spans.filter(
        ({ from, to, kind }) => from >= index && to <= end && kind !== 'time',
      );
      tokens.push(...held.map((span): Token => ({ text: '', script: 'other', glued, span })));
      timeEnds = held.length === 0 ? end : -1;
      continue;
    }
    const hangul = /^[가-힣]/.test(text);
    // “bob이 8월에”: the particle belongs to the time, which is read already, not to bob.
    if (hangul && index === timeEnds && PARTICLES.test(text)) continue;
    const plain = hangul ? text : text.replace(/'s$/, '').replace(/[^A-Za-z0-9\p{L}\p{N}]+$/u, '');
    // “deleted/terminated” are two words, `prod/db` is one name.
    const parts = plain.split('/');
    if (parts.length > 1 && parts.every((part) => lookUp(squeeze(part)))) {
      tokens.push(...parts.map((part): Token => ({ text: part, script: 'latin', glued })));
      continue;
    }
    if (plain)
      tokens.push({
        text: plain,
        owns: /'s$/i.test(text),
        script: hangul ? 'hangul' : /^[/A-Za-z0-9À-ɏ]/.test(plain) ? 'latin' : 'other',
        glued,
      });
  }
  return tokens;
}
