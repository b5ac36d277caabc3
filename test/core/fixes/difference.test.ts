import fc from 'fast-check';
import { differences } from '../../../src/core/fixes/difference.ts';
import { differenceProse } from '../../../src/core/fixes/difference-words.ts';
import { canonicalJson, type Json } from '../../../src/core/json.ts';
import { plain } from '../../../src/core/prose.ts';

type Fields = { [field: string]: Json };
const read = (before: Fields, after: Fields) => plain(differenceProse(before, after, 'en'));

describe('a person reads', () => {
  test('a switch', () => {
    expect(read({ On: false, Same: 1 }, { On: true, Same: 1 })).toBe('On: false → true');
  });

  test('what was not there, and what goes', () => {
    expect(read({ Old: 'x' }, { New: { Days: 365 } })).toBe('− Old: "x"\n+ New: {Days: 365}');
    expect(read({ Status: null }, { Status: 'Enabled' })).toBe('Status: none → "Enabled"');
  });

  test('a list where there was none by its members', () => {
    expect(read({ L: null }, { L: [{ Name: 'x', Days: 1 }] })).toBe(
      '+ L › x: {Name: "x", Days: 1}',
    );
    expect(read({ L: null }, { L: [] })).toBe('L: none → []');
  });

  test('selectors by their names, and the members of a list alone', () => {
    const selectors = (...fields: Json[]): Fields => ({
      Selectors: [
        {
          Name: 'management',
          FieldSelectors: [{ Field: 'eventCategory', Equals: ['Management'] }],
        },
        { Name: 'objects', FieldSelectors: fields },
      ],
    });
    const arn = (...prefixes: string[]) => ({ Field: 'resources.ARN', NotStartsWith: prefixes });
    expect(read(selectors(arn('a', 'b')), selectors(arn('a', 'c'), { Field: 'readOnly' }))).toBe(
      [
        '− Selectors › objects › FieldSelectors › resources.ARN › NotStartsWith: "b"',
        '+ Selectors › objects › FieldSelectors › resources.ARN › NotStartsWith: "c"',
        '+ Selectors › objects › FieldSelectors › readOnly: {Field: "readOnly"}',
      ].join('\n'),
    );
  });

  test('a policy that is kept as text by its statements', () => {
    const policy = (...statements: Json[]) => ({
      Policy: JSON.stringify({ Version: '2012-10-17', Statement: statements }),
    });
    const write = { Sid: 'Write', Effect: 'Allow', Action: 's3:PutObject' };
    const confined = { ...write, Condition: { StringEquals: { 'aws:SourceArn': 'arn:x' } } };
    const deny = { Sid: 'Deny', Effect: 'Deny', Principal: '*' };
    expect(read(policy(write), policy(confined, deny))).toBe(
      [
        '+ Policy › Statement › Write › Condition: {StringEquals: {aws:SourceArn: "arn:x"}}',
        '+ Policy › Statement › Deny: {Sid: "Deny", Effect: "Deny", Principal: "*"}',
      ].join('\n'),
    );
  });

  test('statements without names one by one', () => {
    const list = (...days: number[]): Fields => ({ Rules: days.map((it) => ({ Days: it })) });
    expect(read(list(30, 90), list(30, 365))).toBe('Rules › #2 › Days: 90 → 365');
    expect(read(list(30), list(30, 90))).toBe('+ Rules: {Days: 90}');
  });

  test('another order, and another spelling of the same document', () => {
    expect(read({ L: ['a', 'b'] }, { L: ['b', 'a'] })).toBe('L: ["a", "b"] → ["b", "a"]');
    expect(read({ P: '{"a":1}' }, { P: '{ "a": 1 }' })).toBe('P: {"a":1} → { "a": 1 }');
  });

  test('a name that would pose as something else in quotes', () => {
    expect(read({}, { T: { 'a: 1, b': 2 } })).toBe('+ T: {"a: 1, b": 2}');
  });

  test('the first of many, and how many more there are', () => {
    const many = Object.fromEntries(Array.from({ length: 20 }, (_, at) => [`F${at}`, at]));
    expect(read({}, many)).toMatch(/\n\+ F11: 11\nand 8 more/);
  });
});

/** States with names, texts that are documents, lists with and without order. */
const json = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.constantFrom<Json>(null, true, 'a', 'b', 1, '{"a":1}', '[1]', '{"a":', '__proto__'),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom('Sid', 'Name', 'a', 'b', '__proto__'), tie('value'), {
      maxKeys: 3,
    }),
  ),
})).value;
const state = fc.dictionary(fc.constantFrom('x', 'y', 'constructor'), json, { maxKeys: 3 });

test('no difference is said exactly where there is none', () => {
  fc.assert(
    fc.property(state, state, (before, after) => {
      const same = canonicalJson(before) === canonicalJson(after);
      expect(differences(before, after).length === 0).toBe(same);
      expect(differences(before, structuredClone(before))).toEqual([]);
    }),
    { numRuns: 500 },
  );
});

test('the way back differs in the same places, the other way round', () => {
  fc.assert(
    fc.property(state, state, (before, after) => {
      const turned = (list: ReturnType<typeof differences>) =>
        list.map((it) => canonicalJson([it.path, it.before ?? '(none)', it.after ?? '(none)']));
      const back = differences(after, before).map(({ path, before: was, after: is }) => ({
        path,
        ...(is !== undefined && { before: is }),
        ...(was !== undefined && { after: was }),
      }));
      expect(turned(back).sort()).toEqual(turned(differences(before, after)).sort());
    }),
    { numRuns: 500 },
  );
});
