import type { Json } from '../../json.ts';
import { type Path, type Step, type Token, tokensOf } from './filter-tokens.ts';
import { regexOf } from './regex.ts';
import { wildcard } from './wildcard.ts';

/**
 * The meaning of a JSON filter pattern of CloudWatch Logs, as a question about one event; null for a
 * pattern that is not understood (words of plain text, columns, a typing error), which nobody may count. Two patterns that mean the same answer the same, whatever their order, quotes,
 * brackets and line ends. The empty pattern means every event (CloudWatch Logs user guide, "Filter
 * pattern syntax").
 */
export function filterPattern(text: string): FilterPattern | null {
  const written = text.trim();
  if (written === '') return () => true;
  // CloudWatch Logs takes 1,024 characters; what is far longer did not come from there.
  if (written.length > LONGEST || !written.startsWith('{') || !written.endsWith('}')) return null;
  const tokens = tokensOf(written.slice(1, -1));
  if (!tokens || tokens.length === 0) return null;
  const reader = { tokens, at: 0 };
  const meaning = anyOf(reader);
  return meaning && reader.at === tokens.length ? meaning : null;
}

/** True for an event that the pattern matches. */
export type FilterPattern = (event: Json) => boolean;

const LONGEST = 4_096;

type Reader = { tokens: Token[]; at: number };

/** `a || b`: binds less than `&&`. */
function anyOf(reader: Reader): FilterPattern | null {
  return joined(reader, '||', allOf, (parts) => (event) => parts.some((part) => part(event)));
}

function allOf(reader: Reader): FilterPattern | null {
  return joined(reader, '&&', one, (parts) => (event) => parts.every((part) => part(event)));
}

function joined(
  reader: Reader,
  sign: string,
  part: (reader: Reader) => FilterPattern | null,
  together: (parts: FilterPattern[]) => FilterPattern,
): FilterPattern | null {
  const parts: FilterPattern[] = [];
  do {
    const meaning = part(reader);
    if (!meaning) return null;
    parts.push(meaning);
  } while (takes(reader, sign));
  return together(parts);
}

function one(reader: Reader): FilterPattern | null {
  if (takes(reader, '(')) {
    const inner = anyOf(reader);
    return inner && takes(reader, ')') ? inner : null;
  }
  const subject = reader.tokens[reader.at];
  if (!subject || !('path' in subject)) return null;
  reader.at += 1;
  const { path } = subject;
  if (says(reader, 'NOT', 'EXISTS')) return (event) => valuesAt(event, path).length === 0;
  if (says(reader, 'IS', 'NULL')) return is(path, null);
  if (says(reader, 'IS', 'TRUE')) return is(path, true);
  if (says(reader, 'IS', 'FALSE')) return is(path, false);
  return comparison(reader, path);
}

function is(path: Path, wanted: Json): FilterPattern {
  return (event) => valuesAt(event, path).includes(wanted);
}

/** A comparison speaks of a field that is there: `!=` with an absent field matches nothing, either. */
function comparison(reader: Reader, path: Path): FilterPattern | null {
  const operator = reader.tokens[reader.at];
  const operand = reader.tokens[reader.at + 1];
  if (!operator || !('sign' in operator) || !operand) return null;
  if ('sign' in operand || 'path' in operand) return null;
  const compare =
    'regex' in operand ? finding(operator.sign, operand.regex) : comparing(operator.sign, operand);
  if (!compare) return null;
  reader.at += 2;
  return (event) => valuesAt(event, path).some(compare);
}

function comparing(sign: string, operand: { word: string } | { quoted: string }) {
  const number = 'word' in operand && /^[+-]?[\d.]+(e[+-]?\d+)?$/i.test(operand.word);
  const size = number ? Number(operand.word) : Number.NaN;
  const text = 'word' in operand ? operand.word : operand.quoted;
  const equal = (value: Json) =>
    typeof value === 'number'
      ? value === size || text === '*'
      : typeof value === 'string' && wildcard(text, value);
  if (sign === '=') return equal;
  if (sign === '!=') return (value: Json) => isPlain(value) && !equal(value);
  if (Number.isNaN(size)) return null;
  const order = ORDER[sign];
  return order ? (value: Json) => typeof value === 'number' && order(value, size) : null;
}

/** `%…%`: whether a regular expression is found in a text. */
function finding(sign: string, written: string) {
  const found = regexOf(written);
  if (!found || (sign !== '=' && sign !== '!=')) return null;
  return (value: Json) => isPlain(value) && found(String(value)) === (sign === '=');
}

const ORDER: { [sign: string]: (a: number, b: number) => boolean } = {
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
};

function isPlain(value: Json): boolean {
  return value !== null && typeof value !== 'object';
}

function takes(reader: Reader, sign: string): boolean {
  const token = reader.tokens[reader.at];
  if (!token || !('sign' in token) || token.sign !== sign) return false;
  reader.at += 1;
  return true;
}

function says(reader: Reader, ...words: string[]): boolean {
  const said = words.every((word, index) => {
    const token = reader.tokens[reader.at + index];
    return token !== undefined && 'word' in token && token.word === word;
  });
  if (said) reader.at += words.length;
  return said;
}

/** The values at a path: none where it leads nowhere, several where a step says any. */
function valuesAt(event: Json, path: Path): Json[] {
  let value = event;
  let steps = 0;
  for (const { step, any } of path) {
    steps += 1;
    if (any || Array.isArray(value))
      return elementsOf(value, step, any).flatMap((each) => valuesAt(each, path.slice(steps)));
    if (value === null || typeof value !== 'object') return [];
    // A field of an event, and never what every object of ours has, such as `constructor`.
    const member = Object.hasOwn(value, step) ? value[step] : undefined;
    if (member === undefined) return [];
    value = member;
  }
  return [value];
}

function elementsOf(value: Json, step: Step, any: boolean): Json[] {
  if (!Array.isArray(value)) return [];
  if (any) return value;
  const element = typeof step === 'number' ? value[step] : undefined;
  return element === undefined ? [] : [element];
}
