import { closest } from 'fastest-levenshtein';

/** Every key of the exact form, in the order in which it is written. */
export const KEYS = [
  'shape',
  'ask',
  'verb',
  'set',
  'type',
  'resource',
  'with',
  'event',
  'source',
  'actor',
  'also-actor',
  'since',
  'from',
  'to',
  'zone',
  'assumed',
  'account',
  'region',
  'outcome',
  'ip',
  'via',
  'reads',
  'content',
  'port',
  'cidr',
  'parameter',
  'value',
  'not-actor',
  'not-account',
  'not-region',
  'not-via',
  'not-event',
  'not-source',
  'not-resource',
  'not-ip',
  'state',
  'rule',
  'about',
  'group',
  'measure',
  'at-least',
  'order',
  'limit',
] as const;
export type Key = (typeof KEYS)[number];
export type Slots = Partial<Record<Key, string[]>>;

/** A slot that could not be read, as it was written, and what may stand there. */
export type OddSlot = { odd: string; allowed?: string[] };

/** `key:value,value` for each slot that has a value. */
export function written(slots: [key: Key, values: string[]][]): string {
  return slots
    .filter(([, values]) => values.length > 0)
    .map(([key, values]) => `${key}:${values.map(quoted).join(',')}`)
    .join(' ');
}

/** Values that would end too early, or be taken for a sign of this form, are written as JSON strings. */
function quoted(value: string): string {
  return value === '' || value.startsWith('"') || /[\s,]|[^\x21-\x7e\p{L}]/u.test(value)
    ? JSON.stringify(value)
    : value;
}

/** Splits `key:value,value key:"a value"`; linear in the length of the text. */
export function slotsOf(text: string): Slots | OddSlot {
  const slots: Slots = {};
  const pattern = /\s*([a-z]+(?:-[a-z]+)?):/y;
  const valuePattern = /"(?:[^"\\]|\\.)*"|[^\s,"][^\s,]*/y;
  let at = 0;
  while (at < text.length && /\S/.test(text.slice(at, at + 64))) {
    pattern.lastIndex = at;
    const [all = '', name = ''] = pattern.exec(text) ?? [];
    const key = KEYS.find((one) => one === name);
    if (!key) return { odd: firstWord(text.slice(at)), allowed: keysLike(name) };
    if (slots[key]) return { odd: firstWord(text.slice(at)) };
    at += all.length;
    const values: string[] = [];
    do {
      if (values.length > 0) at += 1;
      valuePattern.lastIndex = at;
      const value = valuePattern.exec(text)?.[0];
      if (value === undefined) return { odd: `${key}:${text.slice(at, at + 40)}` };
      at += value.length;
      const plain = unquoted(value);
      if (plain === null) return { odd: `${key}:${value.slice(0, 40)}` };
      values.push(plain);
    } while (text[at] === ',');
    slots[key] = values;
  }
  return slots;
}

/** The key that was probably meant comes first; the others follow, so that nobody has to guess. */
function keysLike(name: string): string[] {
  const typed = KEYS.map((key) => `${key}:`);
  if (name === '') return typed;
  const meant = closest(`${name.slice(0, 40)}:`, typed);
  return [meant, ...typed.filter((key) => key !== meant)];
}

function firstWord(text: string): string {
  return text.trim().split(/\s/, 1)[0]?.slice(0, 60) ?? '';
}

function unquoted(value: string): string | null {
  if (!value.startsWith('"')) return value;
  try {
    return String(JSON.parse(value));
  } catch {
    return null;
  }
}
