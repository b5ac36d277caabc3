import {
  type KeptLake,
  lakesIn,
  stillWithoutStores,
  writtenLakes,
} from '../../../../src/core/posture/kept/kept-lakes.ts';
import { MANAGEMENT, SHOP } from '../sound.ts';

const REGIONS = ['eu-west-1', 'us-east-1'];
const kept: KeptLake = {
  account: MANAGEMENT,
  regions: REGIONS,
  at: '2026-11-22T09:00:00.000Z',
};
type Ground = Parameters<typeof stillWithoutStores>[1];
type Map = NonNullable<Ground['map']>;

function soundMap(differs: Partial<Map> = {}): Map {
  return {
    regions: REGIONS,
    everywhere: new Set([MANAGEMENT]),
    recording: new Map(),
    full: new Set([MANAGEMENT]),
    changed: new Map(),
    trails: new Map(),
    troubled: new Map(),
    complete: true,
    ...differs,
  };
}

const still = (differs: Partial<Ground> = {}, lake: Partial<KeptLake> = {}) => [
  ...stillWithoutStores(
    { ...kept, ...lake },
    { now: '2026-11-22T10:00:00.000Z', map: soundMap(), listed: new Set(), ...differs },
  ),
];

test('a region without a store is kept where Config records everything and knows of none', () => {
  expect(still()).toEqual(REGIONS);
  expect(still({ listed: new Set([`${SHOP}/us-east-1`]) })).toEqual(REGIONS);
});

test.each<[string, string[], Partial<Ground>, Partial<KeptLake>?]>([
  ['the aggregator lists one', ['eu-west-1'], { listed: new Set([`${MANAGEMENT}/us-east-1`]) }],
  ['the aggregator could not be asked', [], { listed: null }],
  ['there is no map', [], { map: null }],
  ['the map has holes', [], { map: soundMap({ complete: false }) }],
  ['a recorder leaves something out', [], { map: soundMap({ full: new Set() }) }],
  [
    'the map does not know the region',
    ['us-east-1'],
    { map: soundMap({ regions: ['us-east-1'] }) },
  ],
  [
    'the data of the region is late',
    ['eu-west-1'],
    { map: soundMap({ troubled: new Map([[MANAGEMENT, new Set(['us-east-1'])]]) }) },
  ],
  ['it was read more than a day ago', [], {}, { at: '2026-11-21T09:59:59.000Z' }],
  ['it was read in the future', [], {}, { at: '2026-11-22T10:00:01.000Z' }],
])('it is asked again where %s', (_, expected, ground, lake = {}) => {
  expect(still(ground, lake)).toEqual(expected);
});

test('what was written is read again', () => {
  expect(lakesIn(writtenLakes([kept]))).toEqual([kept]);
});

test.each([
  ['nothing', ''],
  ['no JSON', '{'],
  ['another version', JSON.stringify({ version: 2, lakes: [kept] })],
  ['a foreign account', JSON.stringify({ version: 1, lakes: [{ ...kept, account: '../evil' }] })],
  ['a foreign region', JSON.stringify({ version: 1, lakes: [{ ...kept, regions: ["x'"] }] })],
  ['no instant', JSON.stringify({ version: 1, lakes: [{ ...kept, at: 'soon' }] })],
  ['more than was asked for', JSON.stringify({ version: 1, lakes: [{ ...kept, more: 1 }] })],
])('of %s nothing is kept', (_, text) => {
  expect(lakesIn(text)).toEqual([]);
});
