import fc from 'fast-check';
import type {
  AdvancedSelector,
  FieldSelector,
  Selectors,
} from '../../../../src/core/posture/facts.ts';
import {
  bothRecord,
  dataEvents,
  type EventSet,
  howMuch,
  managementEvents,
} from '../../../../src/core/posture/recorded/event-sets.ts';
import { type EventAttributes, records } from '../../../../src/core/posture/recorded/selectors.ts';
import { basic, field } from '../sound.ts';

const BUCKET = 'arn:aws:s3:::cards';
const WRITES = dataEvents('AWS::S3::Object', `${BUCKET}/`, 'write');

function values(...list: string[]): Selectors {
  const dataResources = [{ type: 'AWS::S3::Object', values: list }];
  return {
    basic: [basic({ readWriteType: 'WriteOnly', managementEvents: false, dataResources })],
  };
}

function objects(...conditions: FieldSelector[]): AdvancedSelector {
  return [
    field('eventCategory', { equals: ['Data'] }),
    field('resources.type', { equals: ['AWS::S3::Object'] }),
    ...conditions,
  ];
}

function only(name: string, conditions: Partial<FieldSelector>): Selectors {
  return { advanced: [objects(field(name, conditions))] };
}
const arn = (conditions: Partial<FieldSelector>) => only('resources.ARN', conditions);

test.each<[string, Selectors, 'all' | 'part' | 'none']>([
  ['all buckets, written arn:aws:s3', values('arn:aws:s3'), 'all'],
  ['all buckets, written arn:aws:s3:::', values('arn:aws:s3:::'), 'all'],
  ['the bucket', values(`${BUCKET}/`), 'all'],
  ['CT-21: one folder of the bucket', values(`${BUCKET}/2026/`), 'part'],
  [
    'CT-21: a bucket whose name only begins alike',
    values('arn:aws:s3:::cards-archive/', 'arn:aws:s3:::card/'),
    'none',
  ],
  ['no selector at all', { basic: [] }, 'none'],
  ['every object, advanced', { advanced: [objects()] }, 'all'],
  ['the bucket, advanced', arn({ startsWith: [`${BUCKET}/`] }), 'all'],
  ['a beginning that several buckets share', arn({ startsWith: ['arn:aws:s3:::ca'] }), 'all'],
  ['all but a folder', arn({ notStartsWith: [`${BUCKET}/tmp/`] }), 'part'],
  ['all but log files', arn({ notEndsWith: ['.log'] }), 'part'],
  ['all but one object', arn({ notEquals: [`${BUCKET}/index.html`] }), 'part'],
  ['all but another bucket', arn({ notStartsWith: ['arn:aws:s3:::logs/'] }), 'all'],
  ['only csv files', arn({ endsWith: ['.csv'] }), 'part'],
  ['a single object', arn({ equals: [`${BUCKET}/index.html`] }), 'part'],
  ['CT-21: reads only', only('readOnly', { equals: ['true'] }), 'none'],
  ['reads and writes', only('readOnly', { equals: ['true', 'false'] }), 'all'],
  ['uploads only', only('eventName', { equals: ['PutObject'] }), 'part'],
  ['all calls of the service itself', only('eventSource', { equals: ['s3.amazonaws.com'] }), 'all'],
  ['all but some reads', only('eventName', { notEquals: ['GetObject', 'HeadObject'] }), 'all'],
  ['all but reads, by their beginning', only('eventName', { notStartsWith: ['Get', 'L'] }), 'part'],
  ['all but deletions', only('eventName', { notStartsWith: ['Delete'] }), 'part'],
  ['the calls of one role only', only('userIdentity.arn', { endsWith: ['role/a'] }), 'part'],
  ['all but what one role does', only('userIdentity.arn', { notEndsWith: ['role/a'] }), 'part'],
  [
    'what a console session does',
    only('sessionCredentialFromConsole', { equals: ['true'] }),
    'part',
  ],
  ['functions', { advanced: [[field('eventCategory', { equals: ['Data'] })]] }, 'none'],
])('of the writes to a bucket: %s', (_, selectors, expected) => {
  expect(howMuch([selectors], WRITES)).toBe(expected);
});

test('lesson 4: two trails record together what neither records alone', () => {
  const folder = arn({ startsWith: [`${BUCKET}/a`] });
  const rest = arn({ notStartsWith: [`${BUCKET}/a`] });
  expect(howMuch([folder], WRITES)).toBe('part');
  expect(howMuch([folder, rest], WRITES)).toBe('all');
});

test('CT-02: a selector of reads and one of writes record all management events together', () => {
  const reads = { basic: [basic({ readWriteType: 'ReadOnly' })] };
  const writes = { basic: [basic({ readWriteType: 'WriteOnly' })] };
  expect(howMuch([reads], managementEvents('read-write'))).toBe('part');
  expect(howMuch([reads, writes], managementEvents('read-write'))).toBe('all');
  expect(bothRecord(reads, writes, managementEvents('read-write'))).toBe(false);
});

test('what is left out by name and end is missing only where nobody else records it', () => {
  const notLogs = arn({ notEndsWith: ['.log'] });
  const logs = arn({ endsWith: ['.log'], notStartsWith: [`${BUCKET}/tmp/`] });
  const tmp = arn({ startsWith: [`${BUCKET}/tmp/`] });
  expect(howMuch([notLogs, logs], WRITES)).toBe('part');
  expect(howMuch([notLogs, logs, tmp], WRITES)).toBe('all');
});

test('of reads and writes, some reads are a part that is missing', () => {
  const noReads = only('eventName', { notEquals: ['GetObject'] });
  const both = dataEvents('AWS::S3::Object', `${BUCKET}/`, 'read-write');
  expect(howMuch([noReads], both)).toBe('part');
});

test('no trail at all records nothing', () => {
  expect(howMuch([], WRITES)).toBe('none');
});

test('five trails with a hundred values each are weighed', () => {
  // Every choice of one value from each would be ten thousand million: a test that tried them would not end.
  const trails = Array.from({ length: 5 }, (_, trail) =>
    arn({
      startsWith: Array.from({ length: 50 }, (__, index) => `${BUCKET}/${trail}-${index}/`),
      notEndsWith: Array.from({ length: 50 }, (__, index) => `.${trail}-${index}`),
    }),
  );
  expect(howMuch(trails, WRITES)).toBe('part');
});

/** "All", "part", "none" and "both" against trying every event of a small world. */
describe('the set reasoning says what trying every event says', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'b'), minLength: 1, maxLength: 2 });
  const letter = fc.constantFrom('a', 'b');
  const conditionOn = (name: string, prefix: string, text: fc.Arbitrary<string>) => {
    const starts = fc.array(
      text.map((one) => prefix + one),
      { maxLength: 2 },
    );
    const ends = fc.array(text, { maxLength: 2 });
    return fc.record({
      field: fc.constant(name),
      equals: starts,
      startsWith: starts,
      endsWith: ends,
      notEquals: starts,
      notStartsWith: starts,
      notEndsWith: ends,
    });
  };
  const CODE = 'errorCode';
  const selector = fc
    .record({
      category: fc.constantFrom('Data', 'Data', 'Management'),
      readOnly: fc.option(fc.subarray(['true', 'false'], { minLength: 1 })),
      arn: fc.option(conditionOn('resources.ARN', `${BUCKET}/`, text), { freq: 3 }),
      code: fc.option(conditionOn(CODE, '', letter)),
    })
    .map(({ category, readOnly, arn: object, code }) => [
      field('eventCategory', { equals: [category] }),
      field('resources.type', { equals: ['AWS::S3::Object'] }),
      ...(readOnly ? [field('readOnly', { equals: readOnly })] : []),
      ...(object ? [object] : []),
      ...(code ? [code] : []),
    ]);
  const trail = fc
    .array(selector, { minLength: 1, maxLength: 3 })
    .map((list): Selectors => ({ advanced: list }));

  // Every word of so many letters, one of which no selector names: each beginning with each end, apart.
  function words(longest: number): string[] {
    const list = [''];
    for (let from = 0, length = 0; length < longest; length++) {
      const to = list.length;
      for (; from < to; from++) for (const one of 'abx') list.push(list[from] + one);
    }
    return list;
  }
  const keys = words(4);
  const codes = [undefined, ...words(3)];
  const universe = (readOnly: string[]) =>
    readOnly.flatMap((kind) => keys.flatMap((key) => codes.map((code) => event(kind, key, code))));
  function event(readOnly: string, word: string, code: string | undefined) {
    return {
      eventCategory: 'Data',
      'resources.type': 'AWS::S3::Object',
      'resources.ARN': `${BUCKET}/${word}`,
      eventSource: 's3.amazonaws.com',
      eventName: 'PutObject',
      readOnly,
      ...(code === undefined ? {} : { [CODE]: code }),
    };
  }
  const writes = universe(['false']);
  const both = universe(['true', 'false']);

  function agrees(trails: Selectors[], set: EventSet, events: EventAttributes[]) {
    const recorded = events.filter((one) => trails.some((of) => records(of, one))).length;
    const slow = recorded === events.length ? 'all' : recorded > 0 ? 'part' : 'none';
    expect(howMuch(trails, set)).toBe(slow);
    return slow;
  }

  test('for trails of every shape', () => {
    const told = { all: 0, part: 0, none: 0 };
    const [all, part] = [{ advanced: [objects()] }, arn({ startsWith: [`${BUCKET}/a`] })];
    const examples: [Selectors[]][] = [
      [[all]],
      [[part]],
      [[only('readOnly', { equals: ['true'] })]],
    ];
    fc.assert(
      fc.property(fc.array(trail, { minLength: 1, maxLength: 2 }), (trails) => {
        told[agrees(trails, WRITES, writes)] += 1;
      }),
      // One of each answer, whatever the dice say: a property that compares "part" with "part" only proves little.
      { numRuns: 100, examples },
    );
    expect(Math.min(told.all, told.part, told.none)).toBeGreaterThan(0);
  });

  test('for sets from which some beginnings are taken out', () => {
    const texts = fc.array(fc.constantFrom('G', 'Ge', 'Get', 'Gett', 'P', 'Pe', 'e', 't'), {
      maxLength: 2,
    });
    const name = fc.record({
      field: fc.constant('eventName'),
      equals: texts,
      startsWith: texts,
      endsWith: texts,
      notEquals: texts,
      notStartsWith: texts,
      notEndsWith: texts,
    });
    const world = [''];
    for (let from = 0, length = 0; length < 5; length++)
      for (const to = world.length; from < to; from++)
        for (const one of 'GetPx') world.push(world[from] + one);
    const category = field('eventCategory', { equals: ['Management'] });
    const events = world
      .filter((eventName) => !eventName.startsWith('Get'))
      .map((eventName) => ({ eventCategory: 'Management', eventName }));
    const set: EventSet = {
      eventCategory: { oneOf: ['Management'] },
      eventName: { startingWith: '', butNot: ['Get'] },
    };
    fc.assert(
      fc.property(fc.array(name, { minLength: 1, maxLength: 2 }), (names) => {
        agrees(
          names.map((one) => ({ advanced: [[category, one]] })),
          set,
          [...events, { eventCategory: 'Management' }],
        );
      }),
      { numRuns: 120 },
    );
  });

  test('for reads and writes, and for what two trails both record', () => {
    fc.assert(
      fc.property(trail, trail, (one, other) => {
        const set = dataEvents('AWS::S3::Object', `${BUCKET}/`, 'read-write');
        agrees([one, other], set, both);
        const twice = both.some((each) => records(one, each) && records(other, each));
        expect(bothRecord(one, other, set)).toBe(twice);
      }),
      { numRuns: 60 },
    );
  });
});
