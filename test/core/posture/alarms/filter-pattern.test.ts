import fc from 'fast-check';
import type { Json } from '../../../../src/core/json.ts';
import { filterPattern } from '../../../../src/core/posture/alarms/filter-pattern.ts';

const event: Json = {
  eventName: 'StopLogging',
  eventSource: 'cloudtrail.amazonaws.com',
  userIdentity: { type: 'Root', mfa: null, sessions: 2 },
  readOnly: false,
  resources: [{ ARN: 'arn:a' }, { ARN: 'arn:b', accountId: '1' }],
  'odd.name': 'here',
};

describe('what a pattern means', () => {
  test.each<[string, string, boolean]>([
    ['a field that equals a text', '{ $.eventName = "StopLogging" }', true],
    ['the same without quotes', '{ $.eventName = StopLogging }', true],
    ['without any space', '{$.eventName="StopLogging"}', true],
    ['over several lines', '{\n  ($.eventName =\n "StopLogging")\n}\n', true],
    ['in brackets upon brackets', '{ ((($.eventName = StopLogging))) }', true],
    ['case counts', '{ $.eventName = "stoplogging" }', false],
    ['a star for any characters', '{ $.eventName = Stop* }', true],
    ['a star within quotes', '{ $.eventSource = "*.amazonaws.com" }', true],
    ['unequal to another text', '{ $.eventName != "StartLogging" }', true],
    ['unequal to what it is', '{ $.eventName != "Stop*" }', false],
    ['unequal, of a field that is not there', '{ $.errorCode != "AccessDenied" }', false],
    ['a field that does not exist', '{ $.userIdentity.invokedBy NOT EXISTS }', true],
    ['a field that exists', '{ $.userIdentity.type NOT EXISTS }', false],
    ['a field that exists, with whatever', '{ $.userIdentity.sessions = "*" }', true],
    ['null', '{ $.userIdentity.mfa IS NULL }', true],
    ['absent is not null', '{ $.userIdentity.none IS NULL }', false],
    ['true', '{ $.readOnly IS TRUE }', false],
    ['false', '{ $.readOnly IS FALSE }', true],
    ['a number', '{ $.userIdentity.sessions = 2 }', true],
    ['a number in another notation', '{ $.userIdentity.sessions = 2e0 }', true],
    ['at least a number', '{ $.userIdentity.sessions >= 2 }', true],
    ['more than a number', '{ $.userIdentity.sessions > 2 }', false],
    ['less than a number, of a text', '{ $.eventName < 2 }', false],
    ['an element of a list', '{ $.resources[1].ARN = "arn:b" }', true],
    ['any element of a list', '{ $.resources[*].ARN = "arn:b" }', true],
    ['an element that is not there', '{ $.resources[2].ARN = "*" }', false],
    ['a field with a dot in its name', "{ $['odd.name'] = here }", true],
    ['either', '{ $.eventName = A || $.eventName = StopLogging }', true],
    ['both', '{ $.eventName = StopLogging && $.userIdentity.type = Root }', true],
    [
      'and binds more than or',
      '{ $.eventName = StopLogging || $.eventName = A && $.eventName = B }',
      true,
    ],
    ['brackets bind most', '{ ($.eventName = StopLogging || $.x = A) && $.eventName = B }', false],
    ['a regular expression, found anywhere', '{ $.eventName = %pLog% }', true],
    ['a regular expression from start to end', '{ $.eventName = %^Stop[A-Z]\\w+$% }', true],
    ['a regular expression that ends too early', '{ $.eventName = %^Stop$% }', false],
    ['one of several expressions', '{ $.eventName = %^Delete|^Stop% }', true],
    ['an expression that is not found', '{ $.eventName != %^Start% }', true],
    ['an expression of a field that is not there', '{ $.errorCode != %x% }', false],
    ['nothing said means everything', '', true],
    ['what every object has is no field of the event', '{ $.constructor NOT EXISTS }', true],
    ['nor is its prototype', '{ $.__proto__.toString = "*" }', false],
  ])('%s', (_, pattern, expected) => {
    expect(filterPattern(pattern)?.(event)).toBe(expected);
  });
});

test.each([
  ['plain text', 'StopLogging'],
  ['a regular expression by itself', '%Stop.*%'],
  ['a regular expression with a group', '{ $.eventName = %(Stop|Start)Logging% }'],
  ['a regular expression of back references', '{ $.eventName = %a\\1% }'],
  ['a regular expression that is not closed', '{ $.eventName = %Stop }'],
  ['an order of expressions', '{ $.eventName > %Stop% }'],
  ['a pattern for columns', '[ip, user, ...]'],
  ['a bracket that is not closed', '{ ($.eventName = A }'],
  ['a brace that is not closed', '{ $.eventName = A '],
  ['a quote that is not closed', '{ $.eventName = "A }'],
  ['nothing within braces', '{ }'],
  ['no operator', '{ $.eventName }'],
  ['no value', '{ $.eventName = }'],
  ['two values', '{ $.eventName = A B }'],
  ['a value without a field', '{ A = A }'],
  ['an order of texts', '{ $.eventName > A }'],
  ['two comparisons without a word between', '{ ($.a = 1) ($.b = 2) }'],
  ['an assignment of assignments', '{ $.eventName = = A }'],
  ['words that are no condition', '{ $.eventName IS MAYBE }'],
  ['a text longer than CloudWatch Logs takes', `{ $.a = ${'a'.repeat(5_000)} }`],
])('%s is not understood, and so not counted', (_, pattern) => {
  expect(filterPattern(pattern)).toBeNull();
});

/** A pattern as a tree, and what it obviously means. */
type Tree =
  | { field: string; sign: '=' | '!='; value: string }
  | { field: string; absent: true }
  | { all: Tree[] }
  | { any: Tree[] };

const fields = ['eventName', 'errorCode', 'type'];
const values = ['A', 'AB', 'B', 'A*', '*B', '*'];
const { tree } = fc.letrec<{ tree: Tree; leaf: Tree }>((tie) => ({
  leaf: fc.oneof(
    fc.record({
      field: fc.constantFrom(...fields),
      sign: fc.constantFrom('=' as const, '!=' as const),
      value: fc.constantFrom(...values),
    }),
    fc.record({ field: fc.constantFrom(...fields), absent: fc.constant(true as const) }),
  ),
  tree: fc.oneof(
    { maxDepth: 3 },
    tie('leaf'),
    fc.record({ all: fc.array(tie('tree'), { minLength: 1, maxLength: 3 }) }),
    fc.record({ any: fc.array(tie('tree'), { minLength: 1, maxLength: 3 }) }),
  ),
}));

const events = fc.record(
  { eventName: fc.constantFrom('A', 'AB', 'B'), errorCode: fc.constantFrom('A', 'AAB') },
  { requiredKeys: [] },
);

function means(tree: Tree, { ...said }: { [field: string]: string | undefined }): boolean {
  if ('all' in tree) return tree.all.every((part) => means(part, said));
  if ('any' in tree) return tree.any.some((part) => means(part, said));
  const value = said[tree.field];
  if ('absent' in tree) return value === undefined;
  if (value === undefined) return false;
  const equal = new RegExp(`^${tree.value.replaceAll('*', '.*')}$`).test(value);
  return equal === (tree.sign === '=');
}

/** The same tree in one of the many ways to write it. */
function written(tree: Tree, choose: (of: number) => number): string {
  const space = () => [' ', '', '\n', '  \t'][choose(4)] ?? ' ';
  const wrap = (text: string) => (choose(2) === 0 ? text : `(${space()}${text}${space()})`);
  if ('all' in tree) return wrap(join('&&', tree.all));
  if ('any' in tree) return `(${join('||', tree.any)})`;
  if ('absent' in tree) return wrap(`$.${tree.field} NOT EXISTS`);
  const value = choose(2) === 0 ? tree.value : `"${tree.value}"`;
  return wrap(`$.${tree.field}${space()}${tree.sign}${space()}${value}`);

  function join(sign: string, parts: Tree[]): string {
    const turned = choose(2) === 0 ? parts : [...parts].reverse();
    return turned.map((part) => written(part, choose)).join(`${space()} ${sign}${space()}`);
  }
}

test('however it is written, a pattern means what it means', () => {
  fc.assert(
    fc.property(tree, events, fc.infiniteStream(fc.nat(11)), (wanted, said, dice) => {
      const choose = (of: number) => (dice.next().value ?? 0) % of;
      const text = `{${written(wanted, choose)}}`;
      expect({ text, matches: filterPattern(text)?.(said) }).toEqual({
        text,
        matches: means(wanted, said),
      });
    }),
    { numRuns: 500 },
  );
});

test('no text at all makes it throw', () => {
  const noise = fc.string({
    unit: fc.constantFrom(
      '{',
      '}',
      '(',
      ')',
      '$',
      '.',
      '"',
      '=',
      '!',
      '&',
      '|',
      ' ',
      'a',
      '[',
      ']',
      '*',
      '\\',
      "'",
    ),
    maxLength: 60,
  });
  fc.assert(
    fc.property(noise, (text) => {
      const pattern = filterPattern(`{ ${text} }`);
      expect(pattern === null || typeof pattern(event) === 'boolean').toBe(true);
    }),
    { numRuns: 1_000 },
  );
});
