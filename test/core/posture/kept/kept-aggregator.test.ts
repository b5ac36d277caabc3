import {
  aggregatorIn,
  writtenAggregator,
} from '../../../../src/core/posture/kept/kept-aggregator.ts';

const AGGREGATOR = { account: '333344445555', region: 'ap-northeast-2', name: 'bora-organization' };

test('where the aggregator was is read as it was written', () => {
  expect(aggregatorIn(writtenAggregator(AGGREGATOR))).toEqual(AGGREGATOR);
});

test.each([
  ['nothing', ''],
  ['no JSON', '{'],
  ['another version', JSON.stringify({ version: 2, aggregator: AGGREGATOR })],
  ['more than that', JSON.stringify({ version: 1, aggregator: { ...AGGREGATOR, role: 'x' } })],
  ['no account', JSON.stringify({ version: 1, aggregator: { ...AGGREGATOR, account: 'evil' } })],
  [
    'a region that is none',
    JSON.stringify({ version: 1, aggregator: { ...AGGREGATOR, region: '../x' } }),
  ],
])('%s tells of no aggregator', (_, text) => {
  expect(aggregatorIn(text)).toBeNull();
});

test('what Config calls no aggregator is not kept', () => {
  expect(writtenAggregator({ ...AGGREGATOR, name: "x' OR '1' = '1" })).toBe('');
});
