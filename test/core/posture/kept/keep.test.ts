import fc from 'fast-check';
import type { AccountFacts, RecorderState, Sighting } from '../../../../src/core/posture/facts.ts';
import {
  type ConfigMap,
  type Ground,
  type KeptAccount,
  type KeptFacts,
  mayBeKept,
  organizationTrailsIn,
  whyKept,
} from '../../../../src/core/posture/kept/keep.ts';
import { denied, failed, MANAGEMENT, ORG_TRAIL, SHOP, seen } from '../sound.ts';

const SELF = '333344445555';
const NOW = '2026-11-22T10:00:00.000Z';
const REGIONS = ['eu-west-1', 'us-east-1'];
const orgTrail: Sighting = { arn: ORG_TRAIL, homeRegion: 'us-east-1' };
const ownTrail: Sighting = {
  arn: `arn:aws:cloudtrail:us-east-1:${SHOP}:trail/shop`,
  homeRegion: 'us-east-1',
};

/** An account that a finished scan read an hour ago, and that nothing has changed in since. */
function keptShop(differs: Partial<KeptAccount> = {}, facts: Partial<KeptFacts> = {}): KeptAccount {
  return {
    account: SHOP,
    readAt: '2026-11-22T09:00:00.000Z',
    finished: true,
    facts: {
      regions: seen(REGIONS),
      optedIn: seen([]),
      trails: seen([orgTrail]),
      recorders: null,
      ...facts,
    },
    ...differs,
  };
}

function soundMap(differs: Partial<ConfigMap> = {}): ConfigMap {
  return {
    regions: REGIONS,
    everywhere: new Set([SHOP]),
    recording: new Map(),
    full: new Set([SHOP]),
    changed: new Map(),
    trails: new Map(),
    troubled: new Map(),
    complete: true,
    ...differs,
  };
}

function soundGround(differs: Partial<Ground> = {}): Ground {
  return {
    now: NOW,
    map: soundMap(),
    self: { id: SELF, before: [orgTrail], now: [orgTrail] },
    managementAccount: MANAGEMENT,
    ...differs,
  };
}

const why = (kept: KeptAccount, ground: Ground = soundGround()) =>
  whyKept(kept, new Set([ORG_TRAIL]), ground);

function recorders(state: AccountFacts['recorders']): Partial<KeptFacts> {
  return { recorders: state };
}

const one = (state: RecorderState) => seen([{ region: 'eu-west-1', state: seen(state) }]);
const map = (differs: Partial<ConfigMap>) => soundGround({ map: soundMap(differs) });
const dead = keptShop({ finished: false });

const CASES: [string, 'resumed' | 'unchanged' | null, KeptAccount, Ground?][] = [
  ['nothing has changed since', 'unchanged', keptShop()],
  ['its scan died an hour ago', 'resumed', dead],
  ['its scan died, and there is no aggregator', 'resumed', dead, soundGround({ map: null })],
  [
    'its scan died, with recorders read live',
    'resumed',
    keptShop({ finished: false }, recorders(one('stopped'))),
  ],
  [
    'its scan died more than an hour ago',
    null,
    keptShop({ finished: false, readAt: '2026-11-22T08:59:59.999Z' }),
  ],
  ['it is older than a day', null, keptShop({ readAt: '2026-11-21T09:59:59.999Z' })],
  ['it is exactly a day old', 'unchanged', keptShop({ readAt: '2026-11-21T10:00:00.000Z' })],
  ['it is of tomorrow', null, keptShop({ readAt: '2026-11-23T09:00:00.000Z' })],
  ['its instant is none', null, keptShop({ readAt: 'yesterday' })],
  ['there is no aggregator', null, keptShop(), soundGround({ map: null })],
  ['the map has holes', null, keptShop(), map({ complete: false })],
  [
    'a source of the account is late',
    null,
    keptShop(),
    map({ troubled: new Map([[SHOP, new Set(['eu-west-1'])]]) }),
  ],
  ['a recorder stopped', null, keptShop(), map({ everywhere: new Set(), full: new Set() })],
  ['a recorder leaves something out', null, keptShop(), map({ full: new Set() })],
  [
    'a region was enabled that the map was not asked about',
    null,
    keptShop({}, { regions: seen([...REGIONS, 'me-south-1']) }),
  ],
  ['a region was disabled', null, keptShop({}, { regions: seen(['us-east-1']) })],
  [
    'a trail or recorder was captured since',
    null,
    keptShop(),
    map({ changed: new Map([[SHOP, Date.parse('2026-11-22T09:00:00.000Z')]]) }),
  ],
  [
    'the last capture is older than the reading',
    'unchanged',
    keptShop(),
    map({ changed: new Map([[SHOP, Date.parse('2026-11-22T08:59:59.999Z')]]) }),
  ],
  [
    'a trail of its own is on the map only',
    null,
    keptShop(),
    map({ trails: new Map([[SHOP, [ownTrail.arn]]]) }),
  ],
  ['a trail of its own is gone', null, keptShop({}, { trails: seen([orgTrail, ownTrail]) })],
  [
    'its own trail is still there',
    'unchanged',
    keptShop({}, { trails: seen([orgTrail, ownTrail]) }),
    map({ trails: new Map([[SHOP, [ownTrail.arn]]]) }),
  ],
  [
    'the organization trail never reached it: it may have by now',
    null,
    keptShop({}, { trails: seen([]) }),
  ],
  [
    'the organization has another trail',
    null,
    keptShop(),
    soundGround({ self: { id: SELF, before: [orgTrail], now: [orgTrail, ownTrail] } }),
  ],
  [
    'the organization trail is gone',
    null,
    keptShop(),
    soundGround({ self: { id: SELF, before: [orgTrail], now: [] } }),
  ],
  [
    'nobody knows what the bot saw then',
    null,
    keptShop(),
    soundGround({ self: { id: SELF, before: null, now: [orgTrail] } }),
  ],
  [
    'the bot cannot see its own trails now',
    null,
    keptShop(),
    soundGround({ self: { id: SELF, before: [orgTrail], now: null } }),
  ],
  ['it is the bot’s own account', null, keptShop({ account: SELF })],
  ['it is the management account', null, keptShop({ account: MANAGEMENT })],
];

test.each(
  CASES.map(([where, expected, kept, ground = soundGround()]) => ({
    where,
    expected,
    kept,
    ground,
  })),
)('where $where, it is $expected', ({ expected, kept, ground }) => {
  expect(why(kept, ground)).toBe(expected);
});

test('the organization’s trails are those that were seen from outside their owner', () => {
  const kept = keptShop({}, { trails: seen([orgTrail, ownTrail]) });
  expect([...organizationTrailsIn([kept])]).toEqual([ORG_TRAIL]);
});

const anyReading = <T>(value: T) => fc.constantFrom(seen(value), denied(), failed());
const anyFacts: fc.Arbitrary<KeptFacts> = fc.record({
  regions: anyReading(REGIONS),
  optedIn: anyReading([]),
  trails: anyReading([orgTrail]),
  recorders: fc.constantFrom(
    null,
    one('recording'),
    denied(),
    seen([{ region: 'eu-west-1', state: failed() }]),
  ),
});
const anyKept = fc.record({
  account: fc.constantFrom(SHOP, SELF, MANAGEMENT, '999999999999'),
  readAt: fc
    .integer({ min: -30 * 3_600_000, max: 3_600_000 })
    .map((ms) => new Date(Date.parse(NOW) + ms).toISOString()),
  finished: fc.boolean(),
  facts: anyFacts,
});
const anyGround = fc.record({
  now: fc.constant(NOW),
  map: fc.constantFrom(
    null,
    soundMap(),
    soundMap({ complete: false }),
    soundMap({ changed: new Map([[SHOP, Date.parse(NOW)]]) }),
    soundMap({ troubled: new Map([[SHOP, new Set(['us-east-1'])]]) }),
    soundMap({ full: new Set() }),
  ),
  self: fc.constantFrom(soundGround().self, { id: SELF, before: null, now: null }),
  managementAccount: fc.constantFrom(null, MANAGEMENT),
});

test('whoever need not wait for the map would not have been kept by it', () => {
  const trails = fc.constantFrom(new Set<string>(), new Set([ORG_TRAIL]));
  fc.assert(
    fc.property(anyKept, anyGround, trails, (kept, ground, organizationTrails) => {
      if (whyKept(kept, organizationTrails, ground) !== null)
        expect(mayBeKept(kept, organizationTrails, ground.now)).toBe(true);
    }),
  );
});

test.each<[string, KeptAccount, boolean]>([
  ['who sees what all see may be kept', keptShop(), true],
  ['who sees only a trail of its own is asked', keptShop({}, { trails: seen([ownTrail]) }), false],
  [
    'who was read before yesterday is asked',
    keptShop({ readAt: '2026-11-21T09:00:00.000Z' }),
    false,
  ],
  ['of whom something was not seen is asked', keptShop({}, { regions: denied() }), false],
  [
    'what a dead scan read is taken up, whichever trails it saw',
    keptShop({ finished: false }, { trails: seen([ownTrail]) }),
    true,
  ],
])('%s', (_, kept, may) => {
  expect(mayBeKept(kept, new Set([ORG_TRAIL]), NOW)).toBe(may);
});

test('nothing unseen, too old, changed or troubled is ever kept', () => {
  fc.assert(
    fc.property(anyKept, anyGround, (kept, ground) => {
      const kind = why(kept, ground);
      if (kind === null) return;
      const { regions, optedIn, trails, recorders: states } = kept.facts;
      expect('seen' in regions && 'seen' in optedIn && 'seen' in trails).toBe(true);
      if (states)
        expect('seen' in states && states.seen.every(({ state }) => 'seen' in state)).toBe(true);
      const age = Date.parse(NOW) - Date.parse(kept.readAt);
      expect(age).toBeGreaterThanOrEqual(0);
      expect(kept.account).not.toBe(SELF);
      if (kind === 'resumed') {
        expect(kept.finished).toBe(false);
        expect(age).toBeLessThanOrEqual(3_600_000);
        return;
      }
      expect(age).toBeLessThanOrEqual(86_400_000);
      expect(ground.map?.complete).toBe(true);
      expect(ground.map?.full.has(kept.account)).toBe(true);
      expect(ground.map?.troubled.has(kept.account)).toBe(false);
      expect(ground.map?.changed.get(kept.account) ?? 0).toBeLessThan(Date.parse(kept.readAt));
      expect(ground.self.before).not.toBeNull();
    }),
    { numRuns: 500 },
  );
});
