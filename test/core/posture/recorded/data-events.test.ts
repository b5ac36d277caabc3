import type { FieldSelector, Selectors } from '../../../../src/core/posture/facts.ts';
import { dataEventsTold } from '../../../../src/core/posture/recorded/data-events.ts';
import { basic, field } from '../sound.ts';

function objects(...conditions: FieldSelector[]): Selectors {
  return {
    advanced: [
      [
        field('eventCategory', { equals: ['Data'] }),
        field('resources.type', { equals: ['AWS::S3::Object'] }),
        ...conditions,
      ],
    ],
  };
}
const arn = (conditions: Partial<FieldSelector>) => field('resources.ARN', conditions);
const writes = field('readOnly', { equals: ['false'] });

test.each<[string, Selectors[], string[]]>([
  ['no data events', [{ basic: [] }], []],
  ['everything of a type', [objects()], ['AWS::S3::Object read+write *']],
  [
    'writes to one bucket',
    [objects(writes, arn({ startsWith: ['arn:aws:s3:::documents/'] }))],
    ['AWS::S3::Object write arn:aws:s3:::documents/*'],
  ],
  [
    'lesson 21: all but the log bucket',
    [objects(arn({ notStartsWith: ['arn:aws:s3:::org-logs/'] }))],
    ['AWS::S3::Object read+write * except arn:aws:s3:::org-logs/*'],
  ],
  [
    'some calls of some callers',
    [
      objects(
        field('eventName', { equals: ['PutObject', 'DeleteObject'] }),
        field('userIdentity.arn', { notEndsWith: ['/replication'] }),
      ),
    ],
    [
      'AWS::S3::Object read+write * where eventName is PutObject, DeleteObject where userIdentity.arn is not */replication',
    ],
  ],
  [
    'reads of one trail and writes of another',
    [objects(writes), objects(field('readOnly', { equals: ['true'] }))],
    ['AWS::S3::Object read+write *'],
  ],
  [
    'what a wider line holds already',
    [
      objects(arn({ startsWith: ['arn:aws:s3:::a/b'] })),
      objects(arn({ startsWith: ['arn:aws:s3:::a'] })),
    ],
    ['AWS::S3::Object read+write arn:aws:s3:::a*'],
  ],
  [
    'what a wider line holds only in part',
    [
      objects(field('eventName', { equals: ['PutObject'] })),
      objects(arn({ startsWith: ['arn:aws:s3:::a'] })),
    ],
    [
      'AWS::S3::Object read+write * where eventName is PutObject',
      'AWS::S3::Object read+write arn:aws:s3:::a*',
    ],
  ],
  [
    'basic selectors',
    [
      {
        basic: [
          basic({
            readWriteType: 'ReadOnly',
            dataResources: [
              { type: 'AWS::Lambda::Function', values: ['arn:aws:lambda'] },
              { type: 'AWS::DynamoDB::Table', values: ['arn:aws:dynamodb:eu-west-1:1:table/t'] },
            ],
          }),
        ],
      },
    ],
    [
      'AWS::DynamoDB::Table read arn:aws:dynamodb:eu-west-1:1:table/t',
      'AWS::Lambda::Function read arn:aws:lambda*',
    ],
  ],
])('%s', (_, trails, told) => {
  expect(dataEventsTold(trails)).toEqual(told);
});

test('hundreds of buckets are told as twenty and a number', () => {
  const startsWith = Array.from({ length: 250 }, (_, index) => `arn:aws:s3:::bucket-${index}/`);
  const told = dataEventsTold([objects(arn({ startsWith }))]);
  expect(told).toHaveLength(21);
  expect(told.at(-1)).toBe('+ 230');
});

test('a selector of any text stays one short line of plain letters', () => {
  const [line] = dataEventsTold([
    objects(arn({ equals: [`arn:aws:s3:::a/\u202e${'x'.repeat(2000)}`] })),
  ]);
  expect(line).toContain('\\u{202e}');
  expect([...(line ?? '')].length).toBeLessThan(320);
});
