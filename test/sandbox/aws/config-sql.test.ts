import fc from 'fast-check';
import type { JsonObject } from '../../../src/core/json.ts';
import { AwsFault } from '../../../src/sandbox/aws/service.ts';
import { select } from '../../../src/sandbox/aws/services/config-query.ts';

const instance = (id: string, more: JsonObject = {}): JsonObject => ({
  resourceId: id,
  resourceType: 'AWS::EC2::Instance',
  awsRegion: 'eu-west-1',
  configuration: { cores: 2, state: { name: 'running' }, public: false },
  tags: [{ key: 'team', value: 'shop' }],
  ...more,
});
const rows = [
  instance('i-a'),
  instance('i-b', { configuration: { cores: 8, state: { name: 'stopped' }, public: true } }),
  instance('i_c', {
    awsRegion: 'us-east-1',
    tags: [
      { key: 'team', value: 'data' },
      { key: 'pci', value: 'yes' },
    ],
  }),
  { resourceId: 'logs', resourceType: 'AWS::S3::Bucket', awsRegion: 'us-east-1' },
];
const answer = (query: string) =>
  select(query, rows).rows.map((row) => JSON.parse(row) as JsonObject);
const ids = (where: string) =>
  answer(`SELECT resourceId WHERE ${where}`).map(({ resourceId }) => resourceId);

test.each([
  ["resourceType = 'AWS::S3::Bucket'", ['logs']],
  ["resourceType <> 'AWS::S3::Bucket'", ['i-a', 'i-b', 'i_c']],
  ["resourceId LIKE 'i-%'", ['i-a', 'i-b']],
  ["resourceId LIKE 'i_c'", ['i_c']],
  ["resourceId NOT LIKE 'i%'", ['logs']],
  ["resourceId IN ('i-a', 'logs', 'nobody')", ['i-a', 'logs']],
  ["resourceId NOT IN ('i-a', 'logs')", ['i-b', 'i_c']],
  ['configuration.cores BETWEEN 2 AND 4', ['i-a', 'i_c']],
  ['configuration.cores > 2', ['i-b']],
  ['configuration.cores <= 2', ['i-a', 'i_c']],
  ['configuration.public = true', ['i-b']],
  ["configuration.public = 'false'", ['i-a', 'i_c']],
  ["configuration.state.name = 'stopped'", ['i-b']],
  ["configuration.nothing = 'x'", []],
  ["configuration.nothing <> 'x'", []],
  ["tags.key = 'pci'", ['i_c']],
  ["tags.value = 'shop'", ['i-a', 'i-b']],
  ["awsRegion = 'us-east-1' AND resourceType = 'AWS::S3::Bucket'", ['logs']],
  ["resourceId = 'i-a' OR resourceId = 'i-b' AND awsRegion = 'nowhere'", ['i-a']],
  ["(resourceId = 'i-a' OR resourceId = 'i-b') AND configuration.cores = 8", ['i-b']],
  ["NOT (resourceType = 'AWS::EC2::Instance')", ['logs']],
])('WHERE %s', (where, expected) => {
  expect(ids(where)).toEqual(expected);
});

test('selected properties keep their nesting, also inside arrays', () => {
  expect(
    answer(
      "SELECT resourceId, configuration.state.name, tags.key, absent WHERE resourceId = 'i_c'",
    ),
  ).toEqual([
    {
      resourceId: 'i_c',
      configuration: { state: { name: 'running' } },
      tags: [{ key: 'team' }, { key: 'pci' }],
    },
  ]);
});

test('two properties of one array stay together', () => {
  expect(answer("SELECT tags.key, tags.value WHERE resourceId = 'i_c'")).toEqual([
    {
      tags: [
        { key: 'team', value: 'data' },
        { key: 'pci', value: 'yes' },
      ],
    },
  ]);
});

test('the star selects the plain properties of the top', () => {
  expect(answer("SELECT * WHERE resourceId = 'i-a'")).toEqual([
    { resourceId: 'i-a', resourceType: 'AWS::EC2::Instance', awsRegion: 'eu-west-1' },
  ]);
});

test('counting counts, with and without groups, and nothing is zero', () => {
  expect(answer('SELECT COUNT(*)')).toEqual([{ 'COUNT(*)': 4 }]);
  expect(answer("SELECT count(*) where resourceId = 'nobody'")).toEqual([{ 'COUNT(*)': 0 }]);
  expect(
    answer('SELECT resourceType, COUNT(*) GROUP BY resourceType ORDER BY COUNT(*) DESC'),
  ).toEqual([
    { resourceType: 'AWS::EC2::Instance', 'COUNT(*)': 3 },
    { resourceType: 'AWS::S3::Bucket', 'COUNT(*)': 1 },
  ]);
});

test('rows are ordered by any property, either way, missing ones after all others, and limited', () => {
  const order = (text: string) =>
    answer(`SELECT resourceId ${text}`).map(({ resourceId }) => resourceId);
  expect(order('ORDER BY configuration.cores DESC, resourceId ASC')).toEqual([
    'logs',
    'i-b',
    'i-a',
    'i_c',
  ]);
  expect(order('ORDER BY configuration.cores')).toEqual(['i-a', 'i_c', 'i-b', 'logs']);
  expect(order('ORDER BY resourceId LIMIT 2')).toEqual(['i-a', 'i-b']);
  expect(order('LIMIT 0')).toEqual([]);
});

test('quotes, case of words, white space and a closing semicolon are as in SQL', () => {
  const quoted = select("select  resourceId\nWhere resourceId = 'it''s';", [
    { resourceId: "it's" },
  ]);
  expect(quoted).toEqual({ fields: ['resourceId'], rows: ['{"resourceId":"it\'s"}'] });
});

test.each([
  ['', 'expected SELECT but found the end of the query'],
  ['SELECT', 'expected the name of a property'],
  ['SELECT resourceId FROM resources', "expected the end of the query but found 'FROM'"],
  ['SELECT resourceId WHERE', 'expected the name of a property'],
  ["SELECT resourceId WHERE resourceId 'x'", 'expected a comparison'],
  ['SELECT resourceId WHERE resourceId = "x"', 'is not understood'],
  ["SELECT resourceId WHERE (resourceId = 'x'", 'expected ) but found the end'],
  ["SELECT resourceId WHERE resourceId = 'x", 'is not understood'],
  ['SELECT resourceId LIMIT -1', 'expected a whole number'],
  ['SELECT COUNT(resourceId)', 'expected *'],
])('%j is refused: %s', (query, reason) => {
  expect(() => answer(query)).toThrow(AwsFault);
  expect(() => answer(query)).toThrow(reason);
});

test('a query that is endless or endlessly nested is refused', () => {
  expect(() => answer(`SELECT ${'a'.repeat(5_000)}`)).toThrow('longer than 4,096');
  expect(() => answer(`SELECT a WHERE ${'('.repeat(4_000)}`)).toThrow('nested too deeply');
  expect(() => answer(`SELECT a WHERE ${'NOT '.repeat(1_000)}`)).toThrow('nested too deeply');
});

test('whatever is asked, it is answered or refused, never broken', () => {
  const word = fc.constantFrom(
    ...'SELECT WHERE AND OR NOT ( ) , * = <> LIKE IN BETWEEN COUNT ORDER BY GROUP LIMIT resourceId tags.key __proto__.x 5 true'.split(
      ' ',
    ),
    "'i-%'",
    "''",
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.array(word, { maxLength: 12 }).map((it) => `SELECT ${it.join(' ')}`),
        fc.string(),
      ),
      (query) => {
        try {
          expect(select(query, rows).rows.length).toBeLessThanOrEqual(Math.max(rows.length, 1));
        } catch (error) {
          expect(error).toBeInstanceOf(AwsFault);
        }
      },
    ),
    { numRuns: 500 },
  );
});

test('an equality and its negation share out the rows that have the property', () => {
  fc.assert(
    fc.property(
      fc.array(fc.record({ name: fc.string() }), { maxLength: 8 }),
      fc.string(),
      (some, text) => {
        const value = text.replaceAll("'", "''");
        const equal = select(`SELECT name WHERE name = '${value}'`, some).rows.length;
        const other = select(`SELECT name WHERE name <> '${value}'`, some).rows.length;
        expect(equal + other).toBe(some.length);
      },
    ),
  );
});
