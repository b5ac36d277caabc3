import fc from 'fast-check';
import { hashOf } from '../../src/core/hash.ts';
import { canonicalJson, type Json } from '../../src/core/json.ts';

const anyJson = fc.jsonValue().map((value) => JSON.parse(JSON.stringify(value)) as Json);

test('canonical JSON says the same value', () => {
  fc.assert(
    fc.property(anyJson, (value) => expect(JSON.parse(canonicalJson(value))).toEqual(value)),
  );
});

test('the order in which keys were written does not matter', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), anyJson), (value) => {
      const backwards = Object.fromEntries(Object.entries(value).reverse());
      expect(hashOf(backwards)).toBe(hashOf(value));
    }),
  );
});

test('a known hash, so that stored approvals stay valid', () => {
  expect(canonicalJson({ b: [1, true, null], a: 'é"' })).toBe('{"a":"é\\"","b":[1,true,null]}');
  expect(hashOf({})).toBe('44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a');
});
