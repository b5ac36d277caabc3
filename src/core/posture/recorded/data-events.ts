import { harmless } from '../../prose.ts';
import type { AdvancedSelector, FieldSelector, Selectors } from '../facts.ts';
import { admits, asAdvanced } from './selectors.ts';

/** So many patterns tell a place, each at most so long; a trail may hold five hundred of any text. */
const TOLD = 20;
const LONGEST = 300;

/**
 * The data events that these trails record, for people: a type of resource, `read`, `write` or
 * `read+write`, and which ARNs, such as `AWS::S3::Object write arn:aws:s3:::customer-documents/*`.
 * What another one holds already is not said again.
 */
export function dataEventsTold(trails: Selectors[]): string[] {
  const scopes = united(trails.flatMap(asAdvanced).flatMap(scopesOf));
  const told = scopes.filter((scope) => !scopes.some((other) => holds(other, scope))).map(say);
  const lines = [...new Set(told)].sort();
  return lines.length > TOLD ? [...lines.slice(0, TOLD), `+ ${lines.length - TOLD}`] : lines;
}

/** What one selector takes: `rest` is what it asks beyond type, kind and a pattern of ARNs. */
type Scope = { type: string; read: boolean; write: boolean; pattern: string; rest: string };

function scopesOf(selector: AdvancedSelector): Scope[] {
  if (!admits(selector, 'eventCategory', 'Data')) return [];
  const types = selector.find(({ field }) => field === 'resources.type')?.equals ?? [];
  const arns = selector.find(({ field }) => field === 'resources.ARN');
  const conditions = selector.filter(
    (one) => one !== arns && !['eventCategory', 'resources.type', 'readOnly'].includes(one.field),
  );
  const except = arns ? refused(arns) : [];
  const rest = [
    ...(except.length > 0 ? [`except ${few(except)}`] : []),
    ...conditions.flatMap(sayCondition),
  ].join(' ');
  const read = admits(selector, 'readOnly', 'true');
  const write = admits(selector, 'readOnly', 'false');
  if (!read && !write) return [];
  const patterns = arns ? chosen(arns) : [];
  return types.flatMap((type) =>
    (patterns.length > 0 ? patterns : ['*']).map((pattern) => ({
      type,
      read,
      write,
      pattern,
      rest,
    })),
  );
}

/** The same of reads and of writes is one line. */
function united(scopes: Scope[]): Scope[] {
  const by = new Map<string, Scope>();
  for (const scope of scopes) {
    const key = [scope.type, scope.pattern, scope.rest].join(' ');
    const before = by.get(key);
    by.set(
      key,
      before
        ? { ...scope, read: scope.read || before.read, write: scope.write || before.write }
        : scope,
    );
  }
  return [...by.values()];
}

function holds(one: Scope, other: Scope): boolean {
  return (
    one !== other &&
    one.type === other.type &&
    one.rest === '' &&
    (one.read || !other.read) &&
    (one.write || !other.write) &&
    one.pattern.endsWith('*') &&
    other.pattern.startsWith(one.pattern.slice(0, -1))
  );
}

function say({ type, read, write, pattern, rest }: Scope): string {
  const kind = read && write ? 'read+write' : read ? 'read' : 'write';
  const parts = [type, kind, pattern, rest].filter((part) => part !== '');
  return harmless(parts.join(' '), LONGEST);
}

function sayCondition(condition: FieldSelector): string[] {
  const [is, not] = [chosen(condition), refused(condition)];
  return [
    ...(is.length > 0 ? [`where ${condition.field} is ${few(is)}`] : []),
    ...(not.length > 0 ? [`where ${condition.field} is not ${few(not)}`] : []),
  ];
}

function chosen({ equals, startsWith, endsWith }: FieldSelector): string[] {
  return [
    ...equals,
    ...startsWith.map((start) => `${start}*`),
    ...endsWith.map((end) => `*${end}`),
  ];
}

function refused({ notEquals, notStartsWith, notEndsWith }: FieldSelector): string[] {
  return chosen({
    field: '',
    equals: notEquals,
    startsWith: notStartsWith,
    endsWith: notEndsWith,
    notEquals: [],
    notStartsWith: [],
    notEndsWith: [],
  });
}

/** How many values of one condition a line can hold. */
const FEW = 3;

function few(values: string[]): string {
  const shown = values.slice(0, FEW).join(', ');
  return values.length > FEW ? `${shown} + ${values.length - FEW}` : shown;
}
