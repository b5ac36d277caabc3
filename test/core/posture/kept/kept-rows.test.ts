import fc from 'fast-check';
import type { KeptAccount } from '../../../../src/core/posture/kept/keep.ts';
import { keptAccount, keptRow } from '../../../../src/core/posture/kept/kept-rows.ts';
import { denied, failed, ORG_TRAIL, SHOP, seen } from '../sound.ts';

const shop: KeptAccount = {
  account: SHOP,
  readAt: '2026-11-22T09:00:00.000Z',
  finished: true,
  facts: {
    regions: seen(['eu-west-1', 'us-east-1']),
    optedIn: seen([{ region: 'me-south-1', state: 'ENABLING' as const }]),
    trails: seen([{ arn: ORG_TRAIL, homeRegion: 'us-east-1' }]),
    recorders: seen([{ region: 'eu-west-1', state: seen('stopped' as const) }]),
  },
};
const row = () => {
  const made = keptRow(shop);
  if (!made) throw new Error('the sound account has no row');
  return made;
};
const withBody = (change: (body: Record<string, unknown>) => void) => {
  const body = JSON.parse(row().body);
  change(body);
  return { ...row(), body: JSON.stringify(body) };
};

test('an account comes back as it was kept, with the instants of its readings', () => {
  expect(keptAccount(row())).toEqual(shop);
  const mapped = { ...shop, facts: { ...shop.facts, recorders: null } };
  const again = keptRow(mapped);
  expect(again && keptAccount(again)).toEqual(mapped);
});

test.each([
  ['regions', { regions: denied() }],
  ['regions that somebody opted into', { optedIn: failed() }],
  ['trails', { trails: denied() }],
  ['recorders', { recorders: denied() }],
  ['one recorder', { recorders: seen([{ region: 'eu-west-1', state: failed() }]) }],
])('an account whose %s were not seen has no row', (_, facts) => {
  expect(keptRow({ ...shop, facts: { ...shop.facts, ...facts } })).toBeNull();
});

test.each([
  ['is no JSON', { ...row(), body: '{"version":1' }],
  ['is of another version', withBody((body) => Object.assign(body, { version: 2 }))],
  ['says more than we wrote', withBody((body) => Object.assign(body, { admin: true }))],
  ['lacks something', withBody((body) => delete body.trails)],
  ['has no account id', { ...row(), account: '../evil' }],
  ['has no instant', { ...row(), readAt: 'now' }],
  ['tells of another account', { ...row(), account: '999999999999' }],
  ['is longer than any of ours', { ...row(), body: row().body.padEnd(70_000) }],
  [
    'names a region that is none',
    withBody((body) => Object.assign(body, { regions: ["us-east-1' OR 1=1"] })),
  ],
  [
    'names a trail that is none',
    withBody((body) =>
      Object.assign(body, { trails: [{ arn: 'https://evil.example', homeRegion: 'us-east-1' }] }),
    ),
  ],
])('a row that %s is nobody’s', (_, bad) => {
  expect(keptAccount(bad)).toBeNull();
});

test('no text at all makes a row that is half believed', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), (body) => {
      expect(keptAccount({ ...row(), body })).toBeNull();
    }),
  );
});
