import { canonicalJson, type Json } from '../json.ts';
import type { Line, Prose } from '../prose.ts';
import type { Language } from '../reader.ts';
import { type Difference, differences } from './difference.ts';

/** Past this many differences the rest is counted. */
const SHOWN = 12;

/**
 * What changes from one state to the other, one line each: `LogFileValidationEnabled: false → true`,
 * `+ Policy › Statement › DenyPlainHttp: …`, `− …` for what goes.
 */
export function differenceProse(
  before: { [field: string]: Json },
  after: { [field: string]: Json },
  language: Language,
): Prose {
  const all = differences(before, after);
  const left = all.length - SHOWN;
  const lines = all.slice(0, SHOWN).map((one) => differenceLine(one, language));
  if (all.length === 0) return [[WORDS[language].nothing]];
  return left > 0 ? [...lines, [WORDS[language].more(left)]] : lines;
}

function differenceLine({ path, before, after }: Difference, language: Language): Line {
  const where = { quote: path.join(' › '), max: 160 };
  const one = (value: Json, max: number) => ({ quote: spelled(value, language), max });
  if (after === undefined) return ['− ', where, ': ', one(before ?? null, 400)];
  if (before === undefined) return ['+ ', where, ': ', one(after, 400)];
  return [where, ': ', one(before, 200), ' → ', one(after, 300)];
}

/** JSON as one reads it aloud: names without quotes, blanks between; texts that are documents opened. */
export function spelled(value: Json, language: Language): string {
  if (value === null) return WORDS[language].none;
  if (typeof value === 'string' && /^\s*[[{]/.test(value)) return value;
  return inWords(value);
}

function inWords(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(inWords).join(', ')}]`;
  if (value === null || typeof value !== 'object') return canonicalJson(value);
  const members = Object.entries(value).map(
    ([name, member]) => `${keyed(name)}: ${inWords(member)}`,
  );
  return `{${members.join(', ')}}`;
}

/** Only what cannot be mistaken for anything else stands without quotes. */
const keyed = (name: string) => (/^[\w:./-]+$/.test(name) ? name : JSON.stringify(name));

const WORDS = {
  en: {
    none: 'none',
    nothing: 'Nothing that is seen from outside.',
    more: (n: number) => `and ${n} more; all of it stands in the calls`,
  },
  ko: {
    none: '없음',
    nothing: '밖에서 보이는 변화는 없습니다.',
    more: (n: number) => `그 외 ${n}건. 전부 호출 내용에 있습니다`,
  },
};
