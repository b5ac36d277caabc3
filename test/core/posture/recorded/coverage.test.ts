import fc from 'fast-check';
import type { BasicSelector, Selectors, TrailFacts } from '../../../../src/core/posture/facts.ts';
import { known } from '../../../../src/core/posture/known.ts';
import { coverageOf, recordedIn } from '../../../../src/core/posture/recorded/coverage.ts';
import { managementEvents } from '../../../../src/core/posture/recorded/event-sets.ts';
import { isBare, managementIn } from '../../../../src/core/posture/recorded/management.ts';
import { records } from '../../../../src/core/posture/recorded/selectors.ts';
import {
  basic,
  denied,
  failed,
  field,
  ORG_TRAIL,
  SHOP,
  seen,
  soundAccount,
  soundFacts,
  soundTrail,
} from '../sound.ts';

const OWN = `arn:aws:cloudtrail:eu-west-1:${SHOP}:trail/own`;
const COMPLETE = { recorded: 'all', leftOut: [] };

/** The place of one account that sees all these trails. */
function place(region: string, ...trails: TrailFacts[]) {
  const account = soundAccount({
    trails: seen(trails.map(({ arn, homeRegion }) => ({ arn, homeRegion }))),
  });
  return coverageOf(known(soundFacts({ accounts: [account], trails })))(account, region);
}

function own(differs: Partial<TrailFacts>, settings = {}) {
  return soundTrail({ arn: OWN, owner: SHOP, homeRegion: 'eu-west-1', ...differs }, settings);
}

describe('what the trails of one place record together', () => {
  test('a trail that could not be read leaves nothing open where another records everything', () => {
    const both = place('us-east-1', soundTrail(), own({ settings: denied(), selectors: denied() }));
    expect(recordedIn(both, managementEvents('read-write'))).toEqual({ seen: 'all' });
    expect(managementIn(both).certain).toEqual({ read: COMPLETE, write: COMPLETE });
  });

  test('a trail that is stopped records nothing, and leaves nothing open', () => {
    const stopped = place('us-east-1', soundTrail({ logging: seen(false) }));
    const { certain, open } = managementIn(stopped);
    expect(isBare(certain)).toBe(true);
    expect(open).toBeNull();
  });

  test('a single-region trail records its home region and no other', () => {
    const trail = soundTrail({}, { multiRegion: false });
    expect(managementIn(place('us-east-1', trail)).certain.read).toEqual(COMPLETE);
    expect(isBare(managementIn(place('eu-west-1', trail)).certain)).toBe(true);
  });

  test('whether a trail with unread settings reaches another region stays open', () => {
    const trail = soundTrail({ settings: denied('AccessDenied: settings') });
    expect(recordedIn(place('eu-west-1', trail), managementEvents('read'))).toMatchObject({
      unseen: { reason: 'AccessDenied: settings' },
    });
    expect(recordedIn(place('us-east-1', trail), managementEvents('read'))).toEqual({
      seen: 'all',
    });
  });

  test('what no trail would record even at best is certainly missing', () => {
    const reads = { basic: [basic({ readWriteType: 'ReadOnly' })] };
    const doubtful = own({ logging: denied(), selectors: seen(reads) });
    const here = place('eu-west-1', doubtful);
    expect(recordedIn(here, managementEvents('write'))).toEqual({ seen: 'none' });
    expect(recordedIn(here, managementEvents('read'))).toHaveProperty('unseen');
  });

  test('places with the same trails are one value, however many accounts and regions have them', () => {
    const accounts = Array.from({ length: 20 }, (_, index) =>
      soundAccount({ id: String(100000000000 + index) }),
    );
    const placeOf = coverageOf(known(soundFacts({ accounts })));
    const places = accounts.flatMap((account) => [
      placeOf(account, 'us-east-1'),
      placeOf(account, 'eu-west-1'),
    ]);
    expect(new Set(places).size).toBe(1);
  });

  test('trails that select the same are one union, whosever they are and whenever they were read', () => {
    const trails = Array.from({ length: 20 }, (_, index) => ({
      ...soundTrail({ arn: OWN + index, homeRegion: 'us-east-1' }),
      selectors: {
        seen: { basic: [basic()] },
        by: { api: 'x', account: String(index), region: 'us-east-1', at: `${index}` },
      },
    }));
    const accounts = trails.map(({ arn, homeRegion }) =>
      soundAccount({ id: arn, trails: seen([{ arn, homeRegion }]) }),
    );
    const placeOf = coverageOf(known(soundFacts({ accounts, trails })));
    const unions = accounts.map((account) => placeOf(account, 'us-east-1').selectors);
    expect(new Set(unions).size).toBe(1);
  });
});

test('each region has its own reason for a doubt', () => {
  const trail = soundTrail({
    settings: denied('AccessDenied: GetTrail'),
    logging: failed('Throttled'),
  });
  const placeOf = coverageOf(known(soundFacts({ accounts: [soundAccount()], trails: [trail] })));
  const reasons = ['us-east-1', 'eu-west-1'].map((region) => {
    const recorded = recordedIn(placeOf(soundAccount(), region), managementEvents('read'));
    return 'unseen' in recorded ? recorded.unseen.reason : null;
  });
  expect(reasons).toEqual(['Throttled', 'AccessDenied: GetTrail']);
});

describe('sources that are left out', () => {
  const management = field('eventCategory', { equals: ['Management'] });
  const without = [management, field('eventSource', { notEquals: ['kms.amazonaws.com'] })];
  const onlyKms = [management, field('eventSource', { equals: ['kms.amazonaws.com'] })];

  test.each<[string, Selectors, string[]]>([
    [
      'by a basic selector',
      { basic: [basic({ excludedSources: ['kms.amazonaws.com'] })] },
      ['kms.amazonaws.com'],
    ],
    ['by an advanced one', { advanced: [without] }, ['kms.amazonaws.com']],
    ['and recorded by another selector', { advanced: [without, onlyKms] }, []],
    [
      'by their beginning',
      { advanced: [[management, field('eventSource', { notStartsWith: ['rds'] })]] },
      ['rds*'],
    ],
    [
      'but for some of their events',
      { advanced: [without, [...onlyKms, field('eventName', { notEquals: ['Decrypt'] })]] },
      ['kms.amazonaws.com'],
    ],
  ])('%s', (_, selectors, leftOut) => {
    const { certain } = managementIn(
      place('us-east-1', soundTrail({ selectors: seen(selectors) })),
    );
    expect(certain.read).toEqual({ recorded: 'all', leftOut });
  });

  test('lesson 4: what one trail leaves out, another records', () => {
    const here = place(
      'eu-west-1',
      soundTrail({ selectors: seen({ advanced: [without] }) }),
      own({ selectors: seen({ basic: [] }) }),
    );
    expect(managementIn(here).certain.write).toEqual(COMPLETE);
  });

  test('where only some sources are chosen, the rest is missing, not left out', () => {
    const here = place('us-east-1', soundTrail({ selectors: seen({ advanced: [onlyKms] }) }));
    expect(managementIn(here).certain.read).toEqual({ recorded: 'part', leftOut: [] });
  });
});

/** The union against the obvious: a place records an event if some trail there is logging and records it. */
test('the union is what trying every event says, for trails of every shape, in every region', () => {
  const SOURCES = ['kms.amazonaws.com', 'rdsdata.amazonaws.com', 'iam.amazonaws.com', 'other'];
  const REGIONS = ['eu-west-1', 'us-east-1', 'us-west-2'];
  const NAMED = SOURCES.slice(0, 3);
  const basicSelector = fc.record({
    readWriteType: fc.constantFrom('All' as const, 'ReadOnly' as const, 'WriteOnly' as const),
    managementEvents: fc.boolean(),
    excludedSources: fc.subarray(NAMED),
    dataResources: fc.constant<BasicSelector['dataResources']>([]),
  });
  const advancedSelector = fc
    .record({
      category: fc.constantFrom('Management', 'Data', 'NetworkActivity'),
      readOnly: fc.option(fc.subarray(['true', 'false'], { minLength: 1 })),
      equals: fc.subarray(NAMED),
      notEquals: fc.subarray(NAMED),
    })
    .map(({ category, readOnly, equals, notEquals }) => [
      field('eventCategory', { equals: [category] }),
      ...(readOnly ? [field('readOnly', { equals: readOnly })] : []),
      ...(equals.length + notEquals.length > 0
        ? [field('eventSource', { equals, notEquals })]
        : []),
    ]);
  const trail = fc.record({
    homeRegion: fc.constantFrom(...REGIONS),
    multiRegion: fc.boolean(),
    logging: fc.boolean(),
    selectors: fc.oneof(
      fc.array(basicSelector, { maxLength: 3 }).map((list): Selectors => ({ basic: list })),
      fc
        .array(advancedSelector, { minLength: 1, maxLength: 3 })
        .map((list): Selectors => ({ advanced: list })),
    ),
  });

  fc.assert(
    fc.property(fc.array(trail, { maxLength: 3 }), (shapes) => {
      const trails = shapes.map(({ homeRegion, multiRegion, logging, selectors }, index) =>
        soundTrail(
          {
            arn: `${ORG_TRAIL}${index}`,
            homeRegion,
            logging: seen(logging),
            selectors: seen(selectors),
          },
          { multiRegion },
        ),
      );
      for (const region of REGIONS) {
        const { certain } = managementIn(place(region, ...trails));
        for (const [kind, readOnly] of [
          ['read', 'true'],
          ['write', 'false'],
        ] as const) {
          const recorded = SOURCES.filter((eventSource) =>
            shapes.some(
              (shape) =>
                shape.logging &&
                (shape.multiRegion || shape.homeRegion === region) &&
                records(shape.selectors, { eventCategory: 'Management', readOnly, eventSource }),
            ),
          );
          const missing = SOURCES.filter((source) => !recorded.includes(source));
          const { recorded: howMuch, leftOut } = certain[kind];
          if (recorded.includes('other')) {
            expect(howMuch).toBe('all');
            expect([...leftOut].sort()).toEqual([...missing].sort());
          } else {
            expect(howMuch).toBe(recorded.length > 0 ? 'part' : 'none');
          }
        }
      }
    }),
    { numRuns: 300 },
  );
});
