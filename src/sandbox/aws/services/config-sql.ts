import { AwsFault } from '../service.ts';

/**
 * Config's advanced queries: the language. A subset of SQL without FROM:
 * https://docs.aws.amazon.com/config/latest/developerguide/query-components.html
 */

export type Path = string[];
export type Value = string | number | boolean;

export type Condition =
  | { kind: 'and' | 'or'; parts: Condition[] }
  | { kind: 'not'; part: Condition }
  | { kind: 'compare'; path: Path; operator: Comparison; value: Value }
  | { kind: 'like'; path: Path; pattern: string }
  | { kind: 'in'; path: Path; values: Value[] }
  | { kind: 'between'; path: Path; from: Value; to: Value };
export type Comparison = '=' | '<>' | '<' | '>' | '<=' | '>=';

export type Column = { kind: 'all' } | { kind: 'count' } | { kind: 'property'; path: Path };
export type Query = {
  columns: Column[];
  where: Condition | undefined;
  groupBy: Path[];
  orderBy: { by: Column; descending: boolean }[];
  limit: number | undefined;
};

/** Reads a query, or refuses it as Config does, saying what was expected and where. */
export function parseQuery(text: string): Query {
  if (text.length > 4_096) throw invalid('it is longer than 4,096 characters.');
  const tokens = tokensOf(text);
  let at = 0;
  let depth = 0;

  const query: Query = {
    columns: listAfter('SELECT', column),
    where: taken('WHERE') ? disjunction() : undefined,
    groupBy: taken('GROUP') ? listAfter('BY', path) : [],
    orderBy: taken('ORDER') ? listAfter('BY', ordering) : [],
    limit: taken('LIMIT') ? count() : undefined,
  };
  if (at < tokens.length) throw expected('the end of the query');
  return query;

  function column(): Column {
    if (taken('*')) return { kind: 'all' };
    if (!taken('COUNT')) return { kind: 'property', path: path() };
    expect('(');
    expect('*');
    expect(')');
    return { kind: 'count' };
  }

  function ordering() {
    const by = column();
    return { by, descending: !taken('ASC') && taken('DESC') };
  }

  function disjunction(): Condition {
    const parts = [conjunction()];
    while (taken('OR')) parts.push(conjunction());
    return parts.length === 1 && parts[0] ? parts[0] : { kind: 'or', parts };
  }

  function conjunction(): Condition {
    const parts = [condition()];
    while (taken('AND')) parts.push(condition());
    return parts.length === 1 && parts[0] ? parts[0] : { kind: 'and', parts };
  }

  function condition(): Condition {
    if (depth > 100) throw invalid('its conditions are nested too deeply.');
    if (taken('NOT')) return deeper(() => ({ kind: 'not', part: condition() }));
    if (taken('(')) {
      const inner = deeper(disjunction);
      expect(')');
      return inner;
    }
    const left = path();
    if (taken('NOT')) return { kind: 'not', part: predicate(left) };
    return predicate(left);
  }

  function deeper(read: () => Condition): Condition {
    depth++;
    const inner = read();
    depth--;
    return inner;
  }

  function predicate(left: Path): Condition {
    if (taken('LIKE')) return { kind: 'like', path: left, pattern: String(value()) };
    if (taken('IN')) {
      expect('(');
      const values = list(value);
      expect(')');
      return { kind: 'in', path: left, values };
    }
    if (taken('BETWEEN')) {
      const from = value();
      expect('AND');
      return { kind: 'between', path: left, from, to: value() };
    }
    const operator = (['=', '<>', '<=', '>=', '<', '>'] as const).find(taken);
    if (operator === undefined) throw expected('a comparison');
    return { kind: 'compare', path: left, operator, value: value() };
  }

  function listAfter<T>(word: string, one: () => T): T[] {
    expect(word);
    return list(one);
  }

  function list<T>(one: () => T): T[] {
    const all = [one()];
    while (taken(',')) all.push(one());
    return all;
  }

  function path(): Path {
    const token = tokens[at];
    if (token?.kind !== 'word' || reserved.has(token.text.toUpperCase())) {
      throw expected('the name of a property');
    }
    at++;
    return token.text.split('.');
  }

  function value(): Value {
    const token = tokens[at++];
    if (token?.kind === 'text' || token?.kind === 'number') return token.value;
    if (token?.kind === 'word' && /^(true|false)$/i.test(token.text)) {
      return token.text.toLowerCase() === 'true';
    }
    at--;
    throw expected('a value');
  }

  function count(): number {
    const limit = value();
    if (typeof limit === 'number' && Number.isInteger(limit) && limit >= 0) return limit;
    at--;
    throw expected('a whole number');
  }

  function taken(word: string): boolean {
    const token = tokens[at];
    const here = token?.kind === 'word' || token?.kind === 'sign' ? token.text : undefined;
    if (here?.toUpperCase() !== word) return false;
    at++;
    return true;
  }

  function expect(word: string): void {
    if (!taken(word)) throw expected(word);
  }

  function expected(what: string): AwsFault {
    const here = tokens[at];
    const found = here === undefined ? 'the end of the query' : `'${here.text}'`;
    return invalid(`expected ${what} but found ${found}.`);
  }
}

const reserved = new Set(
  'SELECT WHERE GROUP ORDER BY LIMIT AND OR NOT LIKE IN BETWEEN ASC DESC FROM'.split(' '),
);

function invalid(message: string): AwsFault {
  return new AwsFault('InvalidExpressionException', `The query cannot be read: ${message}`);
}

type Token =
  | { kind: 'word' | 'sign'; text: string }
  | { kind: 'text'; text: string; value: string }
  | { kind: 'number'; text: string; value: number };

function tokensOf(text: string): Token[] {
  const pattern =
    /\s+|(?<text>'(?:[^']|'')*')|(?<number>-?\d+(?:\.\d+)?(?![\w.]))|(?<word>[A-Za-z_][\w.:/-]*)|(?<sign><>|!=|<=|>=|[=<>(),*;])/gy;
  const tokens: Token[] = [];
  let end = 0;
  for (const match of text.matchAll(pattern)) {
    const [whole] = match;
    const { text: quoted, number, word, sign } = match.groups ?? {};
    end = match.index + whole.length;
    if (quoted !== undefined) {
      tokens.push({ kind: 'text', text: quoted, value: quoted.slice(1, -1).replaceAll("''", "'") });
    } else if (number !== undefined) {
      tokens.push({ kind: 'number', text: number, value: Number(number) });
    } else if (word !== undefined) tokens.push({ kind: 'word', text: word });
    else if (sign !== undefined) tokens.push({ kind: 'sign', text: sign === '!=' ? '<>' : sign });
  }
  if (end < text.length) throw invalid(`'${text.slice(end, end + 20)}' is not understood.`);
  if (tokens.at(-1)?.text === ';') tokens.pop();
  return tokens;
}
