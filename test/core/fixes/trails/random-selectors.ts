import fc from 'fast-check';
import type {
  AdvancedSelector,
  BasicSelector,
  FieldCondition,
  SelectorSet,
} from '../../../../src/core/fixes/trails/selector-set.ts';
import type { EventAttributes } from '../../../../src/core/posture/recorded/selectors.ts';

/** Selectors and events out of few values, so that they meet. */

const BUCKETS = ['logs', 'logs-of-access', 'customers', 'cards'];
const S3_VALUES = [
  'arn:aws:s3',
  'arn:aws:s3:::',
  ...BUCKETS.map((bucket) => `arn:aws:s3:::${bucket}/`),
  'arn:aws:s3:::logs/AWSLogs/',
  'arn:aws:s3:::cust',
];
const LAMBDA_VALUES = ['arn:aws:lambda', 'arn:aws:lambda:eu-west-1:1:function:pay'];
const SOURCES = ['kms.amazonaws.com', 'rdsdata.amazonaws.com', 'iam.amazonaws.com'];

const some = <T>(values: T[], most = 3) =>
  fc.uniqueArray(fc.constantFrom(...values), { minLength: 1, maxLength: most });

export const basicSelector: fc.Arbitrary<BasicSelector> = fc.record({
  ReadWriteType: fc.constantFrom('All' as const, 'ReadOnly' as const, 'WriteOnly' as const),
  IncludeManagementEvents: fc.boolean(),
  DataResources: fc.array(
    fc.oneof(
      fc.record({
        Type: fc.constant('AWS::S3::Object'),
        Values: fc.uniqueArray(fc.constantFrom(...S3_VALUES), { maxLength: 3 }),
      }),
      fc.record({ Type: fc.constant('AWS::Lambda::Function'), Values: some(LAMBDA_VALUES, 2) }),
    ),
    { maxLength: 2 },
  ),
  ExcludeManagementEventSources: fc.subarray(SOURCES.slice(0, 2)),
});

const conditions = (...lists: FieldCondition[][]) => fc.constantFrom(...lists);
const readOnly = conditions(
  [],
  [{ Field: 'readOnly', Equals: ['true'] }],
  [{ Field: 'readOnly', Equals: ['false'] }],
);
const arns: fc.Arbitrary<FieldCondition[]> = fc.oneof(
  conditions([]),
  some(S3_VALUES).map((values) => [{ Field: 'resources.ARN', StartsWith: values }]),
  some(S3_VALUES).map((values) => [{ Field: 'resources.ARN', NotStartsWith: values }]),
  fc
    .tuple(some(S3_VALUES), some(S3_VALUES))
    .map(([starts, not]) => [{ Field: 'resources.ARN', StartsWith: starts, NotStartsWith: not }]),
);
const names = conditions(
  [],
  [{ Field: 'eventName', Equals: ['PutObject'] }],
  [{ Field: 'eventName', NotEquals: ['DeleteObject'] }],
);

export const advancedSelector: fc.Arbitrary<AdvancedSelector> = fc.oneof(
  fc
    .tuple(
      readOnly,
      conditions(
        [],
        [{ Field: 'eventSource', NotEquals: ['kms.amazonaws.com'] }],
        [{ Field: 'eventSource', NotEquals: ['iam.amazonaws.com'] }],
      ),
    )
    .map(([kind, sources]) => ({
      Name: 'management',
      FieldSelectors: [{ Field: 'eventCategory', Equals: ['Management'] }, ...kind, ...sources],
    })),
  fc.tuple(readOnly, arns, names).map(([kind, arn, name]) => ({
    FieldSelectors: [
      { Field: 'eventCategory', Equals: ['Data'] },
      { Field: 'resources.type', Equals: ['AWS::S3::Object'] },
      ...kind,
      ...arn,
      ...name,
    ],
  })),
);

export const selectorSet: fc.Arbitrary<SelectorSet> = fc.oneof(
  fc.array(basicSelector, { maxLength: 3 }).map((basic) => ({ basic })),
  fc.array(advancedSelector, { minLength: 1, maxLength: 3 }).map((advanced) => ({ advanced })),
);

const managementEvent = fc.record({
  eventCategory: fc.constant('Management'),
  readOnly: fc.constantFrom('true', 'false'),
  eventSource: fc.constantFrom(...SOURCES, 'ec2.amazonaws.com'),
  eventName: fc.constantFrom('CreateUser', 'GetObject'),
});
const dataEvent = fc.record({
  eventCategory: fc.constant('Data'),
  readOnly: fc.constantFrom('true', 'false'),
  'resources.type': fc.constantFrom('AWS::S3::Object', 'AWS::Lambda::Function'),
  'resources.ARN': fc.constantFrom(
    ...BUCKETS.flatMap((bucket) => [
      `arn:aws:s3:::${bucket}/a`,
      `arn:aws:s3:::${bucket}/AWSLogs/1`,
    ]),
    'arn:aws:lambda:eu-west-1:1:function:pay',
    'arn:aws:lambda:eu-west-1:1:function:play',
  ),
  eventSource: fc.constantFrom('s3.amazonaws.com', 'lambda.amazonaws.com'),
  eventName: fc.constantFrom('PutObject', 'DeleteObject', 'GetObject'),
});
export const event: fc.Arbitrary<EventAttributes> = fc.oneof(managementEvent, dataEvent);
