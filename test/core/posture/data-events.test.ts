import fc from 'fast-check';
import { records, writesRecorded } from '../../../src/core/posture/data-events.ts';
import type {
  AdvancedSelector,
  BasicSelector,
  FieldSelector,
  Selectors,
} from '../../../src/core/posture/facts.ts';
import { field } from './sound.ts';

const BUCKET = 'arn:aws:s3:::cards';

function values(...list: string[]): Selectors {
  return {
    basic: [
      {
        readWriteType: 'WriteOnly',
        managementEvents: false,
        excludedSources: [],
        dataResources: [{ type: 'AWS::S3::Object', values: list }],
      },
    ],
  };
}

const everything: BasicSelector = {
  readWriteType: 'All',
  managementEvents: false,
  excludedSources: [],
  dataResources: [{ type: 'AWS::S3::Object', values: ['arn:aws:s3'] }],
};

function advanced(...conditions: FieldSelector[]): AdvancedSelector {
  return [
    field('eventCategory', { equals: ['Data'] }),
    field('resources.type', { equals: ['AWS::S3::Object'] }),
    ...conditions,
  ];
}

function arn(conditions: Partial<FieldSelector>): Selectors {
  return { advanced: [advanced(field('resources.ARN', conditions))] };
}

test.each<[string, Selectors, 'all' | 'part' | 'none']>([
  ['all buckets, written arn:aws:s3', values('arn:aws:s3'), 'all'],
  ['all buckets, written arn:aws:s3:::', values('arn:aws:s3:::'), 'all'],
  ['the bucket', values(`${BUCKET}/`), 'all'],
  ['one folder of the bucket', values(`${BUCKET}/2026/`), 'part'],
  ['a bucket whose name only begins alike', values('arn:aws:s3:::cards-archive/'), 'none'],
  ['no selector at all', { basic: [] }, 'none'],
  ['reads only, basic', { basic: [{ ...everything, readWriteType: 'ReadOnly' }] }, 'none'],
  [
    'functions, not objects',
    {
      basic: [
        { ...everything, dataResources: [{ type: 'AWS::Lambda::Function', values: ['arn:aws'] }] },
      ],
    },
    'none',
  ],
  ['every object, advanced', { advanced: [advanced()] }, 'all'],
  ['the bucket, advanced', arn({ startsWith: [`${BUCKET}/`] }), 'all'],
  [
    'a beginning of the name that several buckets share',
    arn({ startsWith: ['arn:aws:s3:::ca'] }),
    'all',
  ],
  ['all but a folder', arn({ notStartsWith: [`${BUCKET}/tmp/`] }), 'part'],
  ['all but log files', arn({ notEndsWith: ['.log'] }), 'part'],
  ['all but one object', arn({ notEquals: [`${BUCKET}/index.html`] }), 'part'],
  ['all but another bucket', arn({ notStartsWith: ['arn:aws:s3:::logs/'] }), 'all'],
  ['only csv files', arn({ endsWith: ['.csv'] }), 'part'],
  ['a single object', arn({ equals: [`${BUCKET}/index.html`] }), 'part'],
  ['reads only', { advanced: [advanced(field('readOnly', { equals: ['true'] }))] }, 'none'],
  [
    'reads and writes',
    { advanced: [advanced(field('readOnly', { equals: ['true', 'false'] }))] },
    'all',
  ],
  ['uploads only', { advanced: [advanced(field('eventName', { equals: ['PutObject'] }))] }, 'part'],
  [
    'the calls of one role only',
    { advanced: [advanced(field('userIdentity.arn', { equals: ['arn:aws:iam::1:role/a'] }))] },
    'none',
  ],
  [
    'a selector without a type',
    { advanced: [[field('eventCategory', { equals: ['Data'] })]] },
    'none',
  ],
])('%s', (_, selectors, expected) => {
  expect(writesRecorded(BUCKET, [selectors])).toBe(expected);
});

test('two trails record together what neither records alone', () => {
  const folder = arn({ startsWith: [`${BUCKET}/a`] });
  const rest = arn({ notStartsWith: [`${BUCKET}/a`] });
  expect(writesRecorded(BUCKET, [folder])).toBe('part');
  expect(writesRecorded(BUCKET, [folder, rest])).toBe('all');
});

test('with no trail at all nothing is recorded', () => {
  expect(writesRecorded(BUCKET, [])).toBe('none');
});

test('the few telling objects say the same as all objects of a small world', () => {
  const key = fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 3 });
  const starts = fc.array(
    key.map((one) => `${BUCKET}/${one}`),
    { maxLength: 2 },
  );
  const ends = fc.array(
    fc.string({ unit: fc.constantFrom('a', 'b'), minLength: 1, maxLength: 2 }),
    {
      maxLength: 2,
    },
  );
  const condition = fc.record({
    field: fc.constant('resources.ARN'),
    equals: starts,
    startsWith: starts,
    endsWith: ends,
    notEquals: starts,
    notStartsWith: starts,
    notEndsWith: ends,
  });
  const eventName = fc
    .subarray(['PutObject', 'DeleteObject'])
    .map((equals) => field('eventName', { equals }));
  const selector = fc.tuple(condition, eventName).map((conditions) => advanced(...conditions));
  const trail = fc
    .array(selector, { minLength: 1, maxLength: 2 })
    .map((list) => ({ advanced: list }));

  // Every key up to six letters, one letter of which no selector names.
  const keys = [''];
  for (let from = 0, length = 0; length < 6; length++) {
    const to = keys.length;
    for (; from < to; from++) for (const letter of ['a', 'b', 'x']) keys.push(keys[from] + letter);
  }
  const writes = keys.flatMap((one) =>
    ['PutObject', 'DeleteObject', 'CopyObject'].map((name) => ({
      arn: `${BUCKET}/${one}`,
      eventName: name,
    })),
  );

  fc.assert(
    fc.property(fc.array(trail, { minLength: 1, maxLength: 2 }), (trails) => {
      const recorded = writes.filter((write) => trails.some((one) => records(one, write))).length;
      const slow = recorded === writes.length ? 'all' : recorded > 0 ? 'part' : 'none';
      expect(writesRecorded(BUCKET, trails)).toBe(slow);
    }),
    { numRuns: 300 },
  );
});
