import type { AdvancedSelector, Selectors } from '../facts.ts';
import { admits, asAdvanced } from './selectors.ts';

/** How much of a set of events is recorded. */
export type HowMuch = 'all' | 'part' | 'none';

/** Events by what their fields may hold; a field that is not named may hold anything, or be absent. */
export type EventSet = { [field: string]: Values };
/**
 * These values and no other (null: the event does not have the field), or all with one beginning, but
 * for those with a longer one.
 */
export type Values = { oneOf: (string | null)[] } | { startingWith: string; butNot?: string[] };

/** How much of a set of events these trails record together, whichever of them does. */
export function howMuch(trails: Selectors[], set: EventSet): HowMuch {
  const choices = choicesOf(trails.flatMap(asAdvanced), set);
  const empty = choices.filter((chosen) => chosen.length === 0).length;
  if (empty === choices.length) return 'none';
  return empty === 0 ? 'all' : 'part';
}

/** Whether there is an event in the set that both record. */
export function bothRecord(one: Selectors, other: Selectors, set: EventSet): boolean {
  const [first, second] = [new Set(asAdvanced(one)), new Set(asAdvanced(other))];
  return choicesOf([...first, ...second], set).some(
    (chosen) =>
      chosen.some((selector) => first.has(selector)) &&
      chosen.some((selector) => second.has(selector)),
  );
}

/** Whether there is an event in the set that `before` records and `after` does not. */
export function loses(before: Selectors, after: Selectors, set: EventSet = {}): boolean {
  const [first, second] = [new Set(asAdvanced(before)), new Set(asAdvanced(after))];
  return choicesOf([...first, ...second], set).some(
    (chosen) =>
      chosen.some((selector) => first.has(selector)) &&
      !chosen.some((selector) => second.has(selector)),
  );
}

/**
 * The same value by value of one field, for the values that any selector names. `*` stands for what
 * none of them names: alone for all other values, beside a beginning or an end for those with it.
 */
export function howMuchOfEach(trails: Selectors[], set: EventSet, field: string) {
  const selectors = trails.flatMap(asAdvanced).filter((selector) => mayHold(selector, set));
  const { beginnings, ends, whole } = named(selectors, field, '');
  const open = beginnings.flatMap((start) => ends.map((end) => start + UNNAMED + end));
  return [...open, ...whole].map((value) => ({
    value: value.replaceAll(UNNAMED, '*'),
    recorded: howMuch([{ advanced: selectors }], { ...set, [field]: { oneOf: [value] } }),
  }));
}

const ANYTHING: Values = { startingWith: '' };
/** A text that no selector of a real organization holds. */
const UNNAMED = '\u0001';

/**
 * Every combination of selectors that hold at once for some event of the set; one that is empty is an
 * event that nobody chooses. Because a selector asks field by field, what it takes is found field by
 * field, too, and events that the same selectors take are one event.
 */
function choicesOf(given: AdvancedSelector[], set: EventSet): AdvancedSelector[][] {
  const selectors = given.filter((selector) => mayHold(selector, set));
  const all = selectors.map((_, index) => index);
  let choices = new Map([[all.join(), all]]);
  for (const field of new Set(selectors.flat().map((condition) => condition.field))) {
    const takers = new Map<string, Set<number>>();
    for (const value of tellingValues(selectors, field, set[field] ?? valuesOf(field))) {
      const takes = all.filter((index) => admits(selectors[index] ?? [], field, value));
      takers.set(takes.join(), new Set(takes));
    }
    const narrowed = new Map<string, number[]>();
    for (const chosen of choices.values())
      for (const takes of takers.values()) {
        const left = chosen.filter((index) => takes.has(index));
        narrowed.set(left.join(), left);
      }
    choices = narrowed;
  }
  return [...choices.values()].map((chosen) =>
    selectors.filter((_, index) => chosen.includes(index)),
  );
}

/** False for a selector that is about something else, such as another category: mostly all but a few are. */
function mayHold(selector: AdvancedSelector, set: EventSet): boolean {
  return Object.entries(set).every(
    ([field, values]) =>
      !('oneOf' in values) || values.oneOf.some((value) => admits(selector, field, value)),
  );
}

/** The fields of which CloudTrail knows all values. */
function valuesOf(field: string): Values {
  if (field === 'readOnly') return { oneOf: ['true', 'false'] };
  if (field === 'eventCategory') return { oneOf: ['Management', 'Data', 'NetworkActivity'] };
  return field === 'sessionCredentialFromConsole' ? { oneOf: ['true', null] } : ANYTHING;
}

/**
 * A few values that stand for all: conditions are about a value's beginning, its end, or all of it, so
 * one under each beginning and end that any selector names, those that are named whole, and one that
 * none names. To a selector, no value at all is like the last: nothing chooses it, nothing refuses it.
 */
function tellingValues(selectors: AdvancedSelector[], field: string, values: Values) {
  if ('oneOf' in values) return values.oneOf;
  const { beginnings, ends, whole } = named(selectors, field, values.startingWith);
  const conditions = selectors.flat().filter((condition) => condition.field === field);
  // A selector does not ask which of its values it was: hundreds of them are mostly one and the same.
  const starts = distinct(beginnings, (start) => [
    ...(values.butNot ?? []).map((not) => start.startsWith(not)),
    ...conditions.flatMap(({ startsWith, notStartsWith }) =>
      [startsWith, notStartsWith].map((list) => list.some((one) => start.startsWith(one))),
    ),
  ]);
  const stops = distinct(ends, (end) =>
    conditions.flatMap(({ endsWith, notEndsWith }) =>
      [endsWith, notEndsWith].map((list) => list.some((one) => end.endsWith(one))),
    ),
  );
  const open = starts.flatMap((start) => stops.map((end) => start + UNNAMED + end));
  const { butNot = [] } = values;
  return [...open, ...whole].filter((one) => !butNot.some((not) => one.startsWith(not)));
}

/** What the selectors name of a field, among the values with one beginning. */
function named(selectors: AdvancedSelector[], field: string, inside: string) {
  const beginnings = new Set([inside]);
  const ends = new Set(['']);
  const whole = new Set<string>();
  for (const condition of selectors.flat()) {
    if (condition.field !== field) continue;
    for (const start of [...condition.startsWith, ...condition.notStartsWith])
      if (start.startsWith(inside)) beginnings.add(start);
    for (const end of [...condition.endsWith, ...condition.notEndsWith]) ends.add(end);
    for (const one of [...condition.equals, ...condition.notEquals])
      if (one.startsWith(inside)) whole.add(one);
  }
  return { beginnings: [...beginnings], ends: [...ends], whole: [...whole] };
}

function distinct(parts: string[], asked: (part: string) => boolean[]): string[] {
  return [...new Map(parts.map((part) => [asked(part).join(), part])).values()];
}

/** The events of resources of one type, of all whose ARN begins so. */
export function dataEvents(type: string, arn: string, access: Access): EventSet {
  const source = SOURCES[type];
  return {
    eventCategory: { oneOf: ['Data'] },
    'resources.type': { oneOf: [type] },
    'resources.ARN': { startingWith: arn },
    readOnly: { oneOf: READ_ONLY[access] },
    ...(source ? { eventSource: { oneOf: [source] } } : {}),
    // Who leaves out reads by their names has left out no write.
    ...(type === 'AWS::S3::Object' && access === 'write'
      ? { eventName: { startingWith: '', butNot: ['Get', 'Head', 'List'] } }
      : {}),
  };
}

/** Whose events they are: a selector may name the service beside the type, which asks for nothing more. */
const SOURCES: { [type: string]: string } = {
  'AWS::S3::Object': 's3.amazonaws.com',
  'AWS::Lambda::Function': 'lambda.amazonaws.com',
  'AWS::DynamoDB::Table': 'dynamodb.amazonaws.com',
};

export type Access = 'read' | 'write' | 'read-write';
const READ_ONLY = { read: ['true'], write: ['false'], 'read-write': ['true', 'false'] };

/** Management events, of one kind or of both. */
export function managementEvents(access: Access): EventSet {
  return { eventCategory: { oneOf: ['Management'] }, readOnly: { oneOf: READ_ONLY[access] } };
}
