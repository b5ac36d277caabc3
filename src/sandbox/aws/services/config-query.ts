import { isObject, type Json, type JsonObject } from '../../../core/json.ts';
import {
  type Column,
  type Condition,
  type Path,
  parseQuery,
  type Query,
  type Value,
} from './config-sql.ts';

/** Config's advanced queries: their answers. */

/**
 * The rows that a query selects, each as the text of a JSON object, and the names of its columns. A
 * property inside an array is met when any element meets it.
 */
export function select(
  expression: string,
  rows: Iterable<JsonObject>,
): { fields: string[]; rows: string[] } {
  const query = parseQuery(expression);
  const met = meeting(rows, query.where);
  const shape = shapedBy(query);
  const found: string[] = [];
  // Of a hundred thousand rows only the texts of those that are wanted are kept.
  for (const row of isCounting(query) ? counted(query, met) : sorted(query, met)) {
    if (found.length === query.limit) break;
    found.push(JSON.stringify(isCounting(query) ? row : shape(row)));
  }
  return { fields: query.columns.map(nameOf), rows: found };
}

function* meeting(rows: Iterable<JsonObject>, where: Condition | undefined) {
  for (const row of rows) if (where === undefined || meets(row, where)) yield row;
}

/** True for queries that count or group: their pages are larger. */
export function isAggregate(expression: string): boolean {
  return isCounting(parseQuery(expression));
}

/** Which accounts, regions and types a query can only be about, as its conditions that must all hold say. */
export function wantedBy(expression: string): {
  accounts: Set<string> | undefined;
  regions: Set<string> | undefined;
  types: Set<string> | undefined;
} {
  const { where } = parseQuery(expression);
  const must = where === undefined ? [] : where.kind === 'and' ? where.parts : [where];
  const only = (property: string): Set<string> | undefined => {
    for (const part of must) {
      if (part.kind !== 'compare' && part.kind !== 'in') continue;
      if (part.path.length !== 1 || part.path[0] !== property) continue;
      if (part.kind === 'in') return new Set(part.values.map(String));
      if (part.operator === '=') return new Set([String(part.value)]);
    }
    return undefined;
  };
  return {
    accounts: only('accountId'),
    regions: only('awsRegion'),
    types: only('resourceType'),
  };
}

function isCounting({ columns, groupBy }: Query): boolean {
  return groupBy.length > 0 || columns.some(({ kind }) => kind === 'count');
}

function nameOf(column: Column): string {
  if (column.kind === 'count') return 'COUNT(*)';
  return column.kind === 'all' ? '*' : column.path.join('.');
}

function counted(query: Query, rows: Iterable<JsonObject>): JsonObject[] {
  const groups = new Map<string, { first: JsonObject; count: number }>();
  if (query.groupBy.length === 0) groups.set('[]', { first: {}, count: 0 });
  for (const row of rows) {
    const key = JSON.stringify(query.groupBy.map((path) => valuesAt(row, path)));
    const group = groups.get(key);
    if (group) group.count += 1;
    else groups.set(key, { first: row, count: 1 });
  }
  const all = [...groups.values()].map(({ first, count }) => ({ ...first, 'COUNT(*)': count }));
  return [...sorted(query, all)].map((row) => {
    const chosen = shapedBy({
      ...query,
      columns: query.columns.filter((it) => it.kind !== 'count'),
    });
    const isCounted = query.columns.some(({ kind }) => kind === 'count');
    return { ...(isCounted ? { 'COUNT(*)': row['COUNT(*)'] ?? 0 } : {}), ...chosen(row) };
  });
}

function sorted({ orderBy }: Query, rows: Iterable<JsonObject>): Iterable<JsonObject> {
  if (orderBy.length === 0) return rows;
  return [...rows].sort((a, b) => {
    for (const { by, descending } of orderBy) {
      const path = by.kind === 'property' ? by.path : ['COUNT(*)'];
      const order = compare(valuesAt(a, path)[0], valuesAt(b, path)[0]);
      if (order !== 0) return descending ? -order : order;
    }
    return 0;
  });
}

/** Missing values come last. */
function compare(a: Json | undefined, b: Json | undefined): number {
  if (a === b) return 0;
  if (a === undefined) return 1;
  if (b === undefined) return -1;
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return String(a) < String(b) ? -1 : 1;
}

/** Keeps the selected properties in their nesting; `*` keeps the plain ones of the top. */
function shapedBy({ columns }: Query): (row: JsonObject) => JsonObject {
  return (row) => {
    const out: JsonObject = {};
    for (const column of columns) {
      if (column.kind === 'all') {
        for (const [name, value] of Object.entries(row)) {
          if (value === null || typeof value !== 'object') out[name] = value;
        }
      } else if (column.kind === 'property') copy(row, out, column.path);
    }
    return out;
  };
}

function copy(from: JsonObject, to: JsonObject, [name = '', ...rest]: Path): void {
  const value = Object.hasOwn(from, name) ? from[name] : undefined;
  if (value === undefined) return;
  if (rest.length === 0) {
    to[name] = value;
  } else if (Array.isArray(value)) {
    const before = Array.isArray(to[name]) ? to[name] : [];
    to[name] = value.map((element, index) => inner(element, before[index], rest));
  } else to[name] = inner(value, to[name], rest);
}

function inner(from: Json, to: Json | undefined, path: Path): Json {
  const out: JsonObject = isObject(to) ? { ...to } : {};
  if (isObject(from)) copy(from, out, path);
  return out;
}

function meets(row: JsonObject, condition: Condition): boolean {
  switch (condition.kind) {
    case 'and':
      return condition.parts.every((part) => meets(row, part));
    case 'or':
      return condition.parts.some((part) => meets(row, part));
    case 'not':
      return !meets(row, condition.part);
    case 'like': {
      const pattern = patternOf(condition);
      return valuesAt(row, condition.path).some((it) => pattern.test(String(it)));
    }
    case 'in':
      return valuesAt(row, condition.path).some((it) => textsOf(condition).has(String(it)));
    case 'between':
      return valuesAt(row, condition.path).some(
        (it) => order(it, condition.from) >= 0 && order(it, condition.to) <= 0,
      );
    case 'compare':
      return compares(valuesAt(row, condition.path), condition);
  }
}

function compares(
  values: Json[],
  { operator, value }: Extract<Condition, { kind: 'compare' }>,
): boolean {
  switch (operator) {
    case '=':
      return values.some((it) => equals(it, value));
    case '<>':
      return values.length > 0 && !values.some((it) => equals(it, value));
    case '<':
      return values.some((it) => order(it, value) < 0);
    case '<=':
      return values.some((it) => order(it, value) <= 0);
    case '>':
      return values.some((it) => order(it, value) > 0);
    case '>=':
      return values.some((it) => order(it, value) >= 0);
  }
}

/** `true` and `'true'`, `1` and `'1'` are the same to Config. */
function equals(a: Json, b: Value): boolean {
  return String(a) === String(b);
}

function order(a: Json, b: Value): number {
  const numbers = [Number(a), Number(b)] as const;
  if (typeof a !== 'boolean' && !numbers.some(Number.isNaN)) return numbers[0] - numbers[1];
  return String(a) === String(b) ? 0 : String(a) < String(b) ? -1 : 1;
}

type Like = Extract<Condition, { kind: 'like' }>;
const patterns = new WeakMap<Like, RegExp>();

/** `%` is any text and `_` any one character, as in SQL. Made once for all rows. */
function patternOf(like: Like): RegExp {
  const known = patterns.get(like);
  if (known) return known;
  const source = like.pattern
    .replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
    .replaceAll('%', '[^]*')
    .replaceAll('_', '[^]');
  const pattern = new RegExp(`^${source}$`);
  patterns.set(like, pattern);
  return pattern;
}

type In = Extract<Condition, { kind: 'in' }>;
const texts = new WeakMap<In, Set<string>>();

/** The values of a list as `equals` compares them. Made once for all rows. */
function textsOf(among: In): Set<string> {
  const known = texts.get(among) ?? new Set(among.values.map(String));
  texts.set(among, known);
  return known;
}

/** Every plain value at a path, through arrays. */
function valuesAt(value: Json | undefined, path: Path): Json[] {
  let at = value;
  for (const [step, name] of path.entries()) {
    if (Array.isArray(at)) return at.flatMap((element) => valuesAt(element, path.slice(step)));
    if (at === undefined || at === null || typeof at !== 'object' || !Object.hasOwn(at, name))
      return [];
    at = at[name];
  }
  if (Array.isArray(at)) return at.flatMap((element) => valuesAt(element, []));
  return at === undefined || at === null || typeof at === 'object' ? [] : [at];
}
