import fc from 'fast-check';
import type {
  BasicSelector,
  FieldSelector,
  Selectors,
} from '../../../../src/core/posture/facts.ts';
import { type EventAttributes, records } from '../../../../src/core/posture/recorded/selectors.ts';
import { basic, field } from '../sound.ts';

const CREATE_KEY = {
  eventCategory: 'Management',
  eventSource: 'iam.amazonaws.com',
  eventName: 'CreateAccessKey',
  eventType: 'AwsApiCall',
  readOnly: 'false',
};
const DECRYPT = {
  ...CREATE_KEY,
  eventSource: 'kms.amazonaws.com',
  eventName: 'Decrypt',
  readOnly: 'true',
};
const PUT = {
  eventCategory: 'Data',
  eventSource: 's3.amazonaws.com',
  eventName: 'PutObject',
  eventType: 'AwsApiCall',
  readOnly: 'false',
  'resources.type': 'AWS::S3::Object',
  'resources.ARN': 'arn:aws:s3:::cards/2026/07.csv',
};
const INVOKE = {
  ...PUT,
  eventSource: 'lambda.amazonaws.com',
  eventName: 'Invoke',
  'resources.type': 'AWS::Lambda::Function',
  'resources.ARN': 'arn:aws:lambda:eu-west-1:444455556666:function:charge',
};

function values(type: string, ...list: string[]): Selectors {
  const dataResources = [{ type, values: list }];
  return { basic: [basic({ managementEvents: false, dataResources })] };
}
const objects = (...list: string[]) => values('AWS::S3::Object', ...list);
const functions = (...list: string[]) => values('AWS::Lambda::Function', ...list);

describe('basic selectors', () => {
  test.each<[string, Selectors, EventAttributes, boolean]>([
    ['no selector at all records management events', { basic: [] }, CREATE_KEY, true],
    ['no selector at all records no data events', { basic: [] }, PUT, false],
    ['a selector of reads', { basic: [basic({ readWriteType: 'ReadOnly' })] }, CREATE_KEY, false],
    ['a selector of writes', { basic: [basic({ readWriteType: 'WriteOnly' })] }, CREATE_KEY, true],
    [
      'one without management events',
      { basic: [basic({ managementEvents: false })] },
      DECRYPT,
      false,
    ],
    [
      'an excluded source',
      { basic: [basic({ excludedSources: ['kms.amazonaws.com'] })] },
      DECRYPT,
      false,
    ],
    [
      'another excluded source',
      { basic: [basic({ excludedSources: ['kms.amazonaws.com'] })] },
      CREATE_KEY,
      true,
    ],
    ['all buckets, written arn:aws:s3', objects('arn:aws:s3'), PUT, true],
    ['all buckets, written arn:aws:s3:::', objects('arn:aws:s3:::'), PUT, true],
    ['all buckets of another partition', objects('arn:aws-cn:s3'), PUT, false],
    ['the bucket', objects('arn:aws:s3:::cards/'), PUT, true],
    [
      'CT-21: a bucket whose name only begins alike',
      objects('arn:aws:s3:::cards-archive/'),
      PUT,
      false,
    ],
    ['a folder', objects('arn:aws:s3:::cards/2026/'), PUT, true],
    ['another folder', objects('arn:aws:s3:::cards/2025/'), PUT, false],
    ['CT-21: a * is a letter like any other', objects('arn:aws:s3:::*/*'), PUT, false],
    ['no bucket', objects(), PUT, false],
    ['all functions', functions('arn:aws:lambda'), INVOKE, true],
    ['the function', functions(INVOKE['resources.ARN']), INVOKE, true],
    [
      'CT-22: the ARN of a function is exact',
      functions('arn:aws:lambda:eu-west-1:444455556666:function:char'),
      INVOKE,
      false,
    ],
    ['all tables, no function', values('AWS::DynamoDB::Table', 'arn:aws:dynamodb'), INVOKE, false],
  ])('%s', (_, selectors, event, expected) => {
    expect(records(selectors, event)).toBe(expected);
  });
});

describe('advanced selectors', () => {
  const management = field('eventCategory', { equals: ['Management'] });
  const data = [
    field('eventCategory', { equals: ['Data'] }),
    field('resources.type', { equals: ['AWS::S3::Object'] }),
  ];
  const where = (name: string, conditions: Partial<FieldSelector>): Selectors => ({
    advanced: [[...data, field(name, conditions)]],
  });

  test.each<[string, Selectors, EventAttributes, boolean]>([
    [
      'lesson 3: a selector without a name counts like any other',
      { advanced: [[management]] },
      CREATE_KEY,
      true,
    ],
    [
      'CT-02: readOnly true and false',
      { advanced: [[management, field('readOnly', { equals: ['true', 'false'] })]] },
      CREATE_KEY,
      true,
    ],
    [
      'CT-02: a source that is not wanted',
      { advanced: [[management, field('eventSource', { notEquals: ['kms.amazonaws.com'] })]] },
      DECRYPT,
      false,
    ],
    [
      'a selector without a category',
      { advanced: [[field('readOnly', { equals: ['false'] })]] },
      CREATE_KEY,
      false,
    ],
    [
      'a data selector without a type',
      { advanced: [[field('eventCategory', { equals: ['Data'] })]] },
      PUT,
      false,
    ],
    ['no selectors, advanced', { advanced: [] }, CREATE_KEY, false],
    ['Equals', where('eventName', { equals: ['DeleteObject', 'PutObject'] }), PUT, true],
    ['StartsWith', where('resources.ARN', { startsWith: ['arn:aws:s3:::car'] }), PUT, true],
    ['EndsWith', where('resources.ARN', { endsWith: ['.csv'] }), PUT, true],
    [
      'StartsWith or EndsWith: one is enough',
      where('resources.ARN', { startsWith: ['x'], endsWith: ['.csv'] }),
      PUT,
      true,
    ],
    ['NotEquals', where('eventName', { notEquals: ['PutObject'] }), PUT, false],
    [
      'NotStartsWith',
      where('resources.ARN', { notStartsWith: ['arn:aws:s3:::cards/'] }),
      PUT,
      false,
    ],
    ['NotEndsWith', where('resources.ARN', { notEndsWith: ['.log'] }), PUT, true],
    [
      'all negatives must hold',
      where('resources.ARN', { notStartsWith: ['arn:aws:s3:::logs/'], notEndsWith: ['.csv'] }),
      PUT,
      false,
    ],
    [
      'a positive does not outweigh a negative',
      where('resources.ARN', { startsWith: ['arn:'], notEndsWith: ['.csv'] }),
      PUT,
      false,
    ],
    [
      'lesson 21: a * in an exclusion excludes nothing',
      where('resources.ARN', { notEquals: ['arn:aws:s3:::cards*'] }),
      PUT,
      true,
    ],
    [
      'what the event does not have cannot be chosen',
      where('vpcEndpointId', { equals: ['vpce-1'] }),
      PUT,
      false,
    ],
    [
      'what the event does not have can be refused',
      where('errorCode', { notEquals: ['AccessDenied'] }),
      PUT,
      true,
    ],
    [
      'the caller',
      where('userIdentity.arn', { endsWith: ['/replication'] }),
      { ...PUT, 'userIdentity.arn': 'arn:aws:iam::1:role/replication' },
      true,
    ],
    [
      'a session of the console',
      where('sessionCredentialFromConsole', { equals: ['true'] }),
      PUT,
      false,
    ],
  ])('%s', (_, selectors, event, expected) => {
    expect(records(selectors, event)).toBe(expected);
  });

  test('network activity is asked for by its source and its error', () => {
    const denied = {
      eventCategory: 'NetworkActivity',
      eventSource: 'ec2.amazonaws.com',
      errorCode: 'VpceAccessDenied',
      vpcEndpointId: 'vpce-1',
    };
    const selectors = {
      advanced: [
        [
          field('eventCategory', { equals: ['NetworkActivity'] }),
          field('eventSource', { equals: ['ec2.amazonaws.com'] }),
          field('errorCode', { equals: ['VpceAccessDenied'] }),
        ],
      ],
    };
    expect(records(selectors, denied)).toBe(true);
    expect(records(selectors, { ...denied, errorCode: 'AccessDenied' })).toBe(false);
    expect(records({ basic: [] }, denied)).toBe(false);
  });
});

/**
 * The evaluator against one that is written from the documentation, slowly and without looking at it:
 * basic selectors by their own words, advanced ones operator by operator.
 */
describe('the evaluator says what the obvious one says', () => {
  const FIELDS = [
    'eventSource',
    'eventName',
    'eventType',
    'userIdentity.arn',
    'errorCode',
    'vpcEndpointId',
    'resources.ARN',
  ];
  const text = fc.string({ unit: fc.constantFrom('a', 'b'), minLength: 1, maxLength: 3 });
  const texts = fc.array(text, { maxLength: 2 });
  const condition = fc.record({
    field: fc.constantFrom(...FIELDS),
    equals: texts,
    startsWith: texts,
    endsWith: texts,
    notEquals: texts,
    notStartsWith: texts,
    notEndsWith: texts,
  });
  const TYPES = ['AWS::S3::Object', 'AWS::Lambda::Function'];
  const advanced = fc
    .record({
      category: fc.subarray(['Management', 'Data', 'NetworkActivity'], { maxLength: 1 }),
      types: fc.subarray(TYPES),
      readOnly: fc.subarray(['true', 'false']),
      console: fc.boolean(),
      conditions: fc.array(condition, { maxLength: 3 }),
    })
    .map(({ category, types, readOnly, console: fromConsole, conditions }) => [
      ...(category.length > 0 ? [field('eventCategory', { equals: category })] : []),
      ...(types.length > 0 ? [field('resources.type', { equals: types })] : []),
      ...(readOnly.length > 0 ? [field('readOnly', { equals: readOnly })] : []),
      ...(fromConsole ? [field('sessionCredentialFromConsole', { equals: ['true'] })] : []),
      ...conditions,
    ]);
  const ARNS = [
    'arn:aws:s3',
    'arn:aws:s3:::',
    'arn:aws:s3:::a/',
    'arn:aws:s3:::a/b',
    'arn:aws:lambda',
    'arn:aws:lambda:a',
  ];
  const basicOne = fc.record({
    readWriteType: fc.constantFrom('All' as const, 'ReadOnly' as const, 'WriteOnly' as const),
    managementEvents: fc.boolean(),
    excludedSources: texts,
    dataResources: fc.array(
      fc.record({ type: fc.constantFrom(...TYPES), values: fc.subarray(ARNS) }),
      { maxLength: 2 },
    ),
  });
  const selectors: fc.Arbitrary<Selectors> = fc.oneof(
    fc.array(basicOne, { maxLength: 3 }).map((list) => ({ basic: list })),
    fc.array(advanced, { maxLength: 3 }).map((list) => ({ advanced: list })),
  );
  const event: fc.Arbitrary<EventAttributes> = fc
    .record({
      category: fc.constantFrom('Management', 'Data', 'NetworkActivity'),
      type: fc.constantFrom(...TYPES),
      readOnly: fc.constantFrom('true', 'false'),
      arn: fc.oneof(text, fc.constantFrom(...ARNS.map((arn) => `${arn}a`), 'arn:aws:s3:::a/bb')),
      fromConsole: fc.boolean(),
      more: fc.dictionary(fc.constantFrom(...FIELDS.slice(0, 6)), text),
    })
    .map(({ category, type, readOnly, arn, fromConsole, more }) => ({
      ...more,
      eventSource: more.eventSource ?? 'a',
      eventCategory: category,
      readOnly,
      ...(category === 'Data' ? { 'resources.type': type, 'resources.ARN': arn } : {}),
      ...(fromConsole ? { sessionCredentialFromConsole: 'true' } : {}),
    }));

  test('for selectors and events of every shape', () => {
    let recorded = 0;
    fc.assert(
      fc.property(selectors, fc.array(event, { minLength: 5, maxLength: 20 }), (of, events) => {
        for (const one of events) {
          const slow =
            'basic' in of ? basicSlowly(of.basic, one) : advancedSlowly(of.advanced, one);
          expect(records(of, one)).toBe(slow);
          if (slow) recorded += 1;
        }
      }),
      { numRuns: 1500 },
    );
    // A property that only ever compares "no" with "no" proves nothing.
    expect(recorded).toBeGreaterThan(500);
  });

  function basicSlowly(list: BasicSelector[], one: EventAttributes): boolean {
    if (list.length === 0) return one.eventCategory === 'Management';
    for (const selector of list) {
      if (selector.readWriteType === 'ReadOnly' && one.readOnly !== 'true') continue;
      if (selector.readWriteType === 'WriteOnly' && one.readOnly !== 'false') continue;
      if (one.eventCategory === 'Management' && selector.managementEvents)
        if (!selector.excludedSources.includes(one.eventSource ?? '')) return true;
      if (one.eventCategory !== 'Data') continue;
      const arn = one['resources.ARN'] ?? '';
      for (const { type, values: list } of selector.dataResources) {
        if (type !== one['resources.type']) continue;
        for (const value of list) {
          if (type === 'AWS::S3::Object' && arn.slice(0, value.length) === value) return true;
          const service = value === 'arn:aws:lambda' || value === 'arn:aws:s3';
          if (service && arn.indexOf(value) === 0) return true;
          if (arn === value) return true;
        }
      }
    }
    return false;
  }

  function advancedSlowly(list: FieldSelector[][], one: EventAttributes): boolean {
    for (const selector of list) {
      const spoken = new Set(selector.map((condition) => condition.field));
      if (!spoken.has('eventCategory')) continue;
      const forData = selector.some(
        ({ field: name, equals }) => name === 'eventCategory' && equals.includes('Data'),
      );
      if (forData && !spoken.has('resources.type')) continue;
      let holds = true;
      for (const condition of selector) {
        const value = one[condition.field];
        const positives = [
          ...condition.equals.map((wanted) => value === wanted),
          ...condition.startsWith.map(
            (wanted) => value !== undefined && value.indexOf(wanted) === 0,
          ),
          ...condition.endsWith.map(
            (wanted) => value !== undefined && value.slice(-wanted.length) === wanted,
          ),
        ];
        const negatives = [
          ...condition.notEquals.map((refused) => value === refused),
          ...condition.notStartsWith.map(
            (refused) => value !== undefined && value.indexOf(refused) === 0,
          ),
          ...condition.notEndsWith.map(
            (refused) => value !== undefined && value.slice(-refused.length) === refused,
          ),
        ];
        if (positives.length > 0 && !positives.includes(true)) holds = false;
        if (negatives.includes(true)) holds = false;
      }
      if (holds) return true;
    }
    return false;
  }
});
