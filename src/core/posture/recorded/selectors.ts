import type { AdvancedSelector, BasicSelector, FieldSelector, Selectors } from '../facts.ts';

/**
 * The attributes of one event by which selectors choose, called as selectors call them
 * (`eventCategory`, `readOnly`, `resources.ARN`, …); what the event does not have is not here.
 */
export type EventAttributes = { [field: string]: string };

/**
 * Whether a trail with these selectors records one event: if any selector holds (EventSelector of the
 * CloudTrail API reference). Nobody looks at a selector's name.
 */
export function records(selectors: Selectors, event: EventAttributes): boolean {
  return asAdvanced(selectors).some((selector) =>
    selector.every((condition) => holds(condition, event[condition.field] ?? null)),
  );
}

/**
 * Whether a selector is one that CloudTrail would take: it names the category, and of data events the
 * type of resource. Of anything else we do not claim that it records.
 */
function isWhole(selector: AdvancedSelector): boolean {
  const names = (field: string) => selector.find((condition) => condition.field === field);
  const category = names('eventCategory');
  if (!category) return false;
  return !category.equals.includes('Data') || names('resources.type') !== undefined;
}

/** Whether all that a selector asks of one field holds for a value; null: the event does not have it. */
export function admits(selector: AdvancedSelector, field: string, value: string | null): boolean {
  return selector.every((condition) => condition.field !== field || holds(condition, value));
}

/**
 * Equals, StartsWith and EndsWith are alternatives; NotEquals, NotStartsWith and NotEndsWith must all
 * hold ("How CloudTrail evaluates multiple conditions for a field", CloudTrail user guide). There are
 * no wildcards: a `*` is a letter like any other.
 */
function holds(condition: FieldSelector, value: string | null): boolean {
  const { equals, startsWith, endsWith, notEquals, notStartsWith, notEndsWith } = condition;
  const chooses = equals.length + startsWith.length + endsWith.length > 0;
  if (value === null) return !chooses;
  const chosen =
    !chooses ||
    equals.includes(value) ||
    startsWith.some((start) => value.startsWith(start)) ||
    endsWith.some((end) => value.endsWith(end));
  const refused =
    notEquals.includes(value) ||
    notStartsWith.some((start) => value.startsWith(start)) ||
    notEndsWith.some((end) => value.endsWith(end));
  return chosen && !refused;
}

/** Every selector told as advanced ones. A trail without any records all management events. */
export function asAdvanced(selectors: Selectors): AdvancedSelector[] {
  if ('advanced' in selectors) return selectors.advanced.filter(isWhole);
  if (selectors.basic.length === 0) return [[equals('eventCategory', ['Management'])]];
  return selectors.basic.flatMap((selector) => [
    ...managementOf(selector),
    // A list without a value chooses nothing, where a condition without one would choose all.
    ...selector.dataResources
      .filter(({ values }) => values.length > 0)
      .map(({ type, values }) => dataOf(selector, type, values)),
  ]);
}

function managementOf({ managementEvents, excludedSources, readWriteType }: BasicSelector) {
  if (!managementEvents) return [];
  const kept = { ...NO_CONDITION, field: 'eventSource', notEquals: excludedSources };
  return [[equals('eventCategory', ['Management']), ...readOnlyOf(readWriteType), kept]];
}

/**
 * The values of an S3 selector are beginnings: `arn:aws:s3` and `arn:aws:s3:::` for all buckets,
 * `arn:aws:s3:::bucket/` for one, `arn:aws:s3:::bucket/prefix` for a part. The ARN of a function or a
 * table is exact, but for `arn:aws:lambda` and `arn:aws:dynamodb`, which stand for all of them
 * (DataResource of the CloudTrail API reference).
 */
function dataOf({ readWriteType }: BasicSelector, type: string, values: string[]) {
  const beginning = (value: string) =>
    type === 'AWS::S3::Object' || /^arn:[^:]+:[^:]+$/.test(value);
  const arn = {
    ...NO_CONDITION,
    field: 'resources.ARN',
    startsWith: values.filter(beginning),
    equals: values.filter((value) => !beginning(value)),
  };
  const what = [equals('eventCategory', ['Data']), equals('resources.type', [type])];
  return [...what, ...readOnlyOf(readWriteType), arn];
}

function readOnlyOf(type: BasicSelector['readWriteType']): FieldSelector[] {
  return type === 'All' ? [] : [equals('readOnly', [String(type === 'ReadOnly')])];
}

const NO_CONDITION = {
  equals: [],
  startsWith: [],
  endsWith: [],
  notEquals: [],
  notStartsWith: [],
  notEndsWith: [],
};

function equals(field: string, values: string[]): FieldSelector {
  return { ...NO_CONDITION, field, equals: values };
}
