import { distance } from 'fastest-levenshtein';
import { lexiconWords, lookUp, VERB_ENDINGS } from './lexicon.ts';
import type { Meaning } from './meaning.ts';
import type { Slip, Vocabulary } from './plan.ts';
import type { Unit } from './sentence.ts';
import { TAKEN } from './spans.ts';
import { is } from './unit.ts';

/**
 * Words of the lexicon that were typed wrongly: “delted”, “삭재했어”. Only where one meaning is near and
 * the question lacks such a part; what was assumed is told. Names are never corrected.
 */
export function slips(units: Unit[]): { units: Unit[]; slips: Slip[] } {
  const found: Slip[] = [];
  const strange = units.filter((unit) => unit.is === 'word' && !unit.named);
  if (strange.length > MOST) return { units, slips: [] };
  const read = units.map((unit, at): Unit => {
    if (unit.is !== 'word' || unit.named || follows(units, at)) return unit;
    const near = /^[a-z]+$/i.test(unit.words)
      ? (nearest(unit.words.toLowerCase()) ?? everyday(unit.words.toLowerCase()))
      : nearestKo(unit.words + unit.particle);
    if (!near || units.some((one) => saysOtherwise(one, near.meaning))) return unit;
    found.push({ typed: unit.words, meant: near.word });
    return { is: 'meaning', meaning: near.meaning, words: near.word };
  });
  return { units: read, slips: found };
}

/** Has the question such a part already? “gone … who teminated it” says the same twice. */
function saysOtherwise(unit: Unit, meaning: Meaning): boolean {
  return is(unit, meaning.says) && JSON.stringify(unit.meaning) !== JSON.stringify(meaning);
}

/** Words of every question, which no thing is called by. */
const EVERYDAY =
  'anywhere everywhere anything something anyone someone everything recently actually account accounts region regions console'.split(
    ' ',
  );

function everyday(word: string): Near | null {
  if (word.length < 6) return null;
  const near = EVERYDAY.filter((one) => isSwapped(word, one) || distance(word, one) === 1);
  const [one] = near;
  const meaning = near.length === 1 && one ? lookUp(one) : undefined;
  return one && meaning ? { word: one, meaning } : null;
}

/** Where a name would stand: “user alise”, “by alise”. */
function follows(units: Unit[], at: number): boolean {
  return is(units[at - 1], 'by', 'principal', 'towards', 'type');
}

/** What a slip may become: the parts that carry a question, and never one that leaves something out. */
const CARRYING: Meaning['says'][] = [
  'verb',
  'type',
  'outcome',
  'permission',
  'who',
  'history',
  'activity',
];

type Near = { word: string; meaning: Meaning };

function nearest(word: string, most: 1 | 2 = 1): Near | null {
  if (word.length < (most === 1 ? 5 : 8) || OTHERS.has(word)) return null;
  const near: (Near & { far: number })[] = [];
  for (const { key, meaning } of ENGLISH()) {
    if (Math.abs(key.length - word.length) > most || key[0] !== word[0]) continue;
    const far = isSwapped(word, key) ? 1 : distance(word, key);
    if (far <= most) near.push({ word: key, meaning, far });
  }
  return only(near);
}

/** Two neighbours changed places: the commonest slip of all counts as one. */
function isSwapped(one: string, other: string): boolean {
  if (one.length !== other.length) return false;
  const at = [...one].findIndex((letter, where) => letter !== other[where]);
  return (
    at >= 0 &&
    one[at] === other[at + 1] &&
    one[at + 1] === other[at] &&
    one.slice(at + 2) === other.slice(at + 2)
  );
}

/** Korean: one letter of the stem differs, and what follows is an ending. */
function nearestKo(word: string): Near | null {
  if (word.length < 2 || word.length > 12 || !/^[가-힣]+$/.test(word)) return null;
  const near: (Near & { far: number })[] = [];
  for (const { key, meaning, letters } of KOREAN()) {
    const rest = word.slice(key.length);
    // Only of nouns that are made verbs by 하다: 날씨 is no slip of 날리.
    if (!/^[하한했할함해되된됐될돼]/.test(rest) || !VERB_ENDINGS.test(rest)) continue;
    const typed = word.slice(0, key.length).normalize('NFD');
    if (Math.abs(typed.length - letters.length) <= 1 && distance(typed, letters) === 1)
      near.push({ word: key, meaning, far: 1 });
  }
  return only(near);
}

function only(near: (Near & { far: number })[]): Near | null {
  const least = Math.min(...near.map(({ far }) => far));
  const best = near.filter(({ far }) => far === least);
  const meanings = new Set(best.map(({ meaning }) => JSON.stringify(meaning)));
  return meanings.size === 1 ? (best[0] ?? null) : null;
}

/** Words of English that are near to one of ours, and mean what they say. */
const OTHERS = new Set(
  'cloned stated opted cleared moved scaled shaped staged charged chained delegated detected restricted exited mailed clocked sealed paired stored reused grated shared scared spotted planned blamed'.split(
    ' ',
  ),
);

/** A word that is less near: to be offered, never assumed. */
export function nearWord(word: string): Unit | null {
  const near = /^[a-z]+$/i.test(word) ? nearest(word.toLowerCase(), 2) : null;
  return near && { is: 'meaning', meaning: near.meaning, words: near.word };
}

type Key = { key: string; meaning: Meaning; letters: string };
let english: Key[] | undefined;
let korean: Key[] | undefined;
const ENGLISH = (): Key[] => (english ??= keys(/^[a-z]{4,}$/));
const KOREAN = (): Key[] => (korean ??= keys(/^[가-힣]{2,}$/));

function keys(form: RegExp): Key[] {
  return lexiconWords()
    .filter(({ key, meaning }) => form.test(key) && CARRYING.includes(meaning.says))
    .map(({ key, meaning }) => ({ key, meaning, letters: key.normalize('NFD') }));
}

/** The question with its wrongly typed times mended; `masked` is the same without its typed spans. */
export function timeSlips(text: string, masked: string): { text: string; slips: Slip[] } {
  const found: (Slip & { at: number })[] = [];
  for (const { 0: typed, index } of masked.matchAll(/(?<![\w.@:/-])[a-z]{6,10}(?![\w.@:/-])/gi)) {
    const low = typed.toLowerCase();
    if (TIMES.includes(low) || lookUp(low)) continue;
    const near = TIMES.filter((time) => isSwapped(low, time) || distance(low, time) === 1);
    const [meant] = near;
    if (near.length === 1 && meant) found.push({ typed, meant, at: index });
    if (found.length > MOST) return { text, slips: [] };
  }
  const mended = found.reduceRight(
    (words, { typed, meant, at }) => words.slice(0, at) + meant + words.slice(at + typed.length),
    text,
  );
  return { text: mended, slips: found.map(({ typed, meant }) => ({ typed, meant })) };
}

/**
 * The question with the words mended that stand beside a time and were typed wrongly: “aroud 3am”, “friday
 * evning”. `masked` is without its typed spans, `left` without its times either.
 */
export function slipsBesideTime(
  text: string,
  masked: string,
  left: string,
): { text: string; slips: Slip[] } {
  const isTime = (at: number) => left[at] === TAKEN && masked[at] !== TAKEN;
  const found: (Slip & { at: number })[] = [];
  for (const { 0: typed, index } of left.matchAll(/(?<![\w.@:/-])[a-z]{4,9}(?![\w.@:/-])/gi)) {
    const low = typed.toLowerCase();
    const end = index + typed.length;
    const [before, after] = [isTime(index - 2), isTime(end + 1)];
    if ((!before && !after) || lookUp(low)) continue;
    const words = [
      ...(after ? ['around', 'about', 'during', 'since'] : []),
      ...(before ? DAYTIME : []),
    ];
    const near = words.filter((one) => isSwapped(low, one) || distance(low, one) === 1);
    const [meant] = near;
    if (near.length === 1 && meant) found.push({ typed, meant, at: index });
  }
  const mended = found.reduceRight(
    (words, { typed, meant, at }) => words.slice(0, at) + meant + words.slice(at + typed.length),
    text,
  );
  return { text: mended, slips: found.map(({ typed, meant }) => ({ typed, meant })) };
}

const DAYTIME = ['morning', 'afternoon', 'evening', 'night'];

/** Who types more words wrongly than these says something else. */
const MOST = 3;

const TIMES =
  'yesterday monday tuesday wednesday thursday saturday sunday january february august september october november december weekend morning afternoon'.split(
    ' ',
  );

/** Names of the organization that are near a word that nobody knows: to be offered, never assumed. */
export function nearNames(word: string, { accounts, people }: Vocabulary): Unit[] {
  const low = word.toLowerCase();
  if (low.length < 3) return [];
  const isNear = (name: string) => {
    const other = name.toLowerCase();
    if (other === low) return false;
    return isSwapped(low, other) || distance(low, other) <= (low.length >= 8 ? 2 : 1);
  };
  const span = (kind: 'account' | 'ou' | 'person', value: string, words: string): Unit => ({
    is: 'span',
    kind,
    value,
    words,
    particle: '',
  });
  return [
    ...accounts.filter(({ name }) => isNear(name)).map(({ id, name }) => span('account', id, name)),
    ...people
      .filter(({ name }) => isNear(name) || name.split(' ').some(isNear))
      .map(({ name, email }) => span('person', email ?? name, name)),
  ].slice(0, 4);
}
