import { equals } from './merge-selectors.ts';
import type { AdvancedSelector, FieldCondition } from './selector-set.ts';

/** Selectors of data events: what is added for a bucket or a type, and how log buckets are left out. */

const OBJECTS = 'AWS::S3::Object';

/** The object events of one bucket, all of them or the writes. */
export function objectEventsOf(
  bucketArn: string,
  access: 'write' | 'read-write',
): AdvancedSelector {
  return {
    Name: `Object events of ${bucketArn.split(':').at(-1)}`,
    FieldSelectors: [
      ...dataOf(OBJECTS),
      ...(access === 'write' ? [equals('readOnly', ['false'])] : []),
      { Field: 'resources.ARN', StartsWith: [`${bucketArn}/`] },
    ],
  };
}

/** All data events of a type of resource; of objects, not those of the given log buckets. */
export function dataEventsOf(type: string, logBuckets: string[]): AdvancedSelector {
  const except = type === OBJECTS ? logBuckets.map((arn) => `${arn}/`) : [];
  return {
    Name: `Data events of ${type}`,
    FieldSelectors: [
      ...dataOf(type),
      ...(except.length > 0 ? [{ Field: 'resources.ARN', NotStartsWith: except }] : []),
    ],
  };
}

function dataOf(type: string): FieldCondition[] {
  return [equals('eventCategory', ['Data']), equals('resources.type', [type])];
}

/**
 * The same selectors without the writes that delivery makes in these buckets: every selector that takes
 * them because it takes all buckets, or all that are called alike, takes no `PutObject` in them any more.
 * Whoever reads or deletes a log file stays recorded. A selector that names such a bucket itself means it,
 * and keeps it. Undefined where that cannot be said: a selector that chooses by endings of ARNs.
 */
export function withoutDeliveries(
  selectors: AdvancedSelector[],
  bucketArns: string[],
): AdvancedSelector[] | undefined {
  const own = bucketArns.map((arn) => `${arn}/`);
  const result: AdvancedSelector[] = [];
  for (const selector of selectors) {
    const parts = isOfObjects(selector) ? partsOf(selector, own) : [selector];
    if (!parts) return undefined;
    result.push(...parts);
  }
  return result;
}

function isOfObjects({ FieldSelectors }: AdvancedSelector): boolean {
  const values = (field: string) => FieldSelectors.find(({ Field }) => Field === field)?.Equals;
  return (
    values('eventCategory')?.includes('Data') === true &&
    values('resources.type')?.includes(OBJECTS) === true
  );
}

/** What a selector becomes: the rest of the world, its log buckets without deliveries, and what it names. */
function partsOf(selector: AdvancedSelector, own: string[]): AdvancedSelector[] | undefined {
  const arns = conditionOn(selector, 'resources.ARN');
  const { StartsWith = [], Equals = [], EndsWith = [], NotStartsWith = [] } = arns;
  const isNamed = (value: string) => own.some((arn) => value.startsWith(arn));
  const taken = own.filter(
    (arn) =>
      !NotStartsWith.some((not) => arn.startsWith(not)) &&
      (StartsWith.some((start) => arn.startsWith(start) && !isNamed(start)) ||
        EndsWith.length > 0 ||
        StartsWith.length + Equals.length === 0),
  );
  if (taken.length === 0) return [selector];
  if (EndsWith.length > 0) return undefined;
  const [named, wide] = [StartsWith.filter(isNamed), StartsWith.filter((one) => !isNamed(one))];
  const exact = Equals.filter(isNamed);
  const others = Equals.filter((one) => !isNamed(one));
  const { Equals: _, StartsWith: __, ...refused } = arns;
  const rest = withCondition(selector, {
    ...refused,
    ...listed('Equals', others),
    ...listed('StartsWith', wide),
    NotStartsWith: [...NotStartsWith, ...taken],
  });
  const inside = withoutPutObject(
    withCondition(selector, { ...refused, Field: 'resources.ARN', StartsWith: taken }),
  );
  const itself =
    named.length + exact.length > 0
      ? [
          withCondition(selector, {
            ...refused,
            ...listed('Equals', exact),
            ...listed('StartsWith', named),
          }),
        ]
      : [];
  return [rest, ...inside, ...itself];
}

function listed(operator: 'Equals' | 'StartsWith', values: string[]) {
  return values.length > 0 ? { [operator]: values } : {};
}

/** CloudTrail and access logging deliver by `PutObject`; none where nothing else was chosen. */
function withoutPutObject(selector: AdvancedSelector): AdvancedSelector[] {
  const names = conditionOn(selector, 'eventName');
  const { Equals, NotEquals = [], ...others } = names;
  const left = Equals?.filter((name) => name !== 'PutObject');
  if (left && left.length === 0 && !others.StartsWith && !others.EndsWith) return [];
  return [
    withCondition(selector, {
      ...others,
      ...(left && left.length > 0 && { Equals: left }),
      NotEquals: [...new Set([...NotEquals, 'PutObject'])],
    }),
  ];
}

function conditionOn({ FieldSelectors }: AdvancedSelector, field: string): FieldCondition {
  return FieldSelectors.find(({ Field }) => Field === field) ?? { Field: field };
}

function withCondition(selector: AdvancedSelector, condition: FieldCondition): AdvancedSelector {
  const { FieldSelectors } = selector;
  const at = FieldSelectors.findIndex(({ Field }) => Field === condition.Field);
  return {
    ...selector,
    FieldSelectors: at < 0 ? [...FieldSelectors, condition] : FieldSelectors.with(at, condition),
  };
}
