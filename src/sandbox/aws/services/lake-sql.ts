import type { JsonObject } from '../../../core/json.ts';

/**
 * A condition of CloudTrail Lake's SQL, as far as it is simulated: comparisons of the time, `IN` over a few
 * columns, and `strpos`, joined by AND, with OR inside brackets. Anything else is refused.
 */

type Test = (record: JsonObject) => boolean;
type Token = { text: string; literal: boolean };

export function lakeCondition(where: string, invalid: (message: string) => Error): Test {
  const tokens = tokensOf(where, invalid);
  let at = 0;
  const peek = () => tokens[at]?.text ?? '';
  const take = (expected?: string): Token => {
    const token = tokens[at];
    if (!token || (expected !== undefined && (token.literal || token.text !== expected)))
      throw invalid(
        `line 1: mismatched input '${token?.text ?? '<EOF>'}'. Expecting: '${expected}'`,
      );
    at += 1;
    return token;
  };
  const literal = (): string => {
    const token = take();
    if (!token.literal) throw invalid(`line 1: '${token.text}' is no literal`);
    return token.text;
  };
  const all = joined('AND', single);
  if (at < tokens.length) throw invalid(`line 1: mismatched input '${peek()}'`);
  return all;

  function joined(word: 'AND' | 'OR', one: () => Test): Test {
    const tests = [one()];
    while (peek() === word) {
      take(word);
      tests.push(one());
    }
    return word === 'AND'
      ? (record) => tests.every((test) => test(record))
      : (record) => tests.some((test) => test(record));
  }

  function single(): Test {
    if (peek() === '(') {
      take('(');
      const inside = joined('OR', single);
      take(')');
      return inside;
    }
    if (peek() === 'strpos') return position();
    const column = columnOf(take().text, invalid);
    const operator = take().text;
    if (operator === 'IN') {
      take('(');
      const values = [literal()];
      while (peek() === ',') {
        take(',');
        values.push(literal());
      }
      take(')');
      return (record) => values.includes(column(record));
    }
    const value = literal();
    if (operator === '>=') return (record) => column(record) >= value;
    if (operator === '<') return (record) => column(record) < value;
    throw invalid(`line 1: operator '${operator}' is not simulated`);
  }

  function position(): Test {
    take('strpos');
    take('(');
    const lower = peek() === 'lower';
    if (lower) {
      take('lower');
      take('(');
    }
    const column = columnOf(take().text, invalid);
    if (lower) take(')');
    take(',');
    const piece = literal();
    take(')');
    const operator = take().text;
    const number = take().text;
    const found = (record: JsonObject) =>
      (lower ? column(record).toLowerCase() : column(record)).indexOf(piece) + 1;
    if (operator === '>' && number === '0') return (record) => found(record) > 0;
    if (operator === '=' && number === '1') return (record) => found(record) === 1;
    throw invalid(`line 1: strpos(…) ${operator} ${number} is not simulated`);
  }
}

/** Words, numbers, signs, and literals in single quotes, where a quote is written twice. */
function tokensOf(text: string, invalid: (message: string) => Error): Token[] {
  const tokens: Token[] = [];
  const pattern = /\s*(?:'((?:[^']|'')*)'|(>=|<=|[(),<>=])|([A-Za-z0-9_.]+))/y;
  while (pattern.lastIndex < text.trimEnd().length) {
    const from = pattern.lastIndex;
    const found = pattern.exec(text);
    if (!found)
      throw invalid(`line 1:${from + 1}: mismatched input '${text.slice(from, from + 10)}'`);
    const [, quoted, sign, word] = found;
    if (quoted === undefined) tokens.push({ text: sign ?? word ?? '', literal: false });
    else tokens.push({ text: quoted.replaceAll("''", "'"), literal: true });
  }
  return tokens;
}

const COLUMNS: { [column: string]: string } = {
  eventid: 'eventID',
  eventname: 'eventName',
  awsregion: 'awsRegion',
  recipientaccountid: 'recipientAccountId',
  sharedeventid: 'sharedEventID',
};

function columnOf(
  name: string,
  invalid: (message: string) => Error,
): (record: JsonObject) => string {
  if (name === 'eventjson') return (record) => JSON.stringify(record);
  if (name === 'eventtime')
    return ({ eventTime }) =>
      new Date(String(eventTime)).toISOString().slice(0, 19).replace('T', ' ');
  if (name === 'useridentity.accesskeyid')
    return ({ userIdentity }) => String((userIdentity as JsonObject | null)?.accessKeyId ?? '');
  const member = Object.hasOwn(COLUMNS, name) ? COLUMNS[name] : undefined;
  if (member === undefined) throw invalid(`line 1: Column '${name}' cannot be resolved`);
  return (record) => String(record[member] ?? '');
}
