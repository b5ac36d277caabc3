import fc from 'fast-check';
import {
  type ManagementEvents,
  managementEvents,
  managementIn,
  type Sources,
} from '../../../src/core/posture/coverage.ts';
import type {
  AccountFacts,
  BasicSelector,
  Selectors,
  TrailFacts,
} from '../../../src/core/posture/facts.ts';
import { denied, field, SHOP, seen, soundAccount, soundTrail } from './sound.ts';

const EVERYTHING: ManagementEvents = { read: { except: [] }, write: { except: [] } };

function basic(differs: Partial<BasicSelector>): BasicSelector {
  return {
    readWriteType: 'All',
    managementEvents: true,
    excludedSources: [],
    dataResources: [],
    ...differs,
  };
}

describe('what the selectors of one trail record', () => {
  test('no selectors at all record everything', () => {
    expect(managementEvents({ basic: [] })).toEqual(EVERYTHING);
  });

  test('a reading and a writing selector together record everything', () => {
    const selectors = [basic({ readWriteType: 'ReadOnly' }), basic({ readWriteType: 'WriteOnly' })];
    expect(managementEvents({ basic: selectors })).toEqual(EVERYTHING);
  });

  test('an advanced selector without a name counts like any other', () => {
    const selector = [field('eventCategory', { equals: ['Management'] })];
    expect(managementEvents({ advanced: [selector] })).toEqual(EVERYTHING);
  });

  test('readOnly true and false in one selector restrict nothing', () => {
    const selector = [
      field('eventCategory', { equals: ['Management'] }),
      field('readOnly', { equals: ['true', 'false'] }),
    ];
    expect(managementEvents({ advanced: [selector] })).toEqual(EVERYTHING);
  });

  test('a source that one selector leaves out is recorded when another keeps it', () => {
    const without = [
      field('eventCategory', { equals: ['Management'] }),
      field('eventSource', { notEquals: ['kms.amazonaws.com'] }),
    ];
    const only = [
      field('eventCategory', { equals: ['Management'] }),
      field('eventSource', { equals: ['kms.amazonaws.com'] }),
    ];
    expect(managementEvents({ advanced: [without] }).read).toEqual({
      except: ['kms.amazonaws.com'],
    });
    expect(managementEvents({ advanced: [without, only] })).toEqual(EVERYTHING);
  });

  test.each<[string, Selectors]>([
    ['a data selector', { basic: [basic({ managementEvents: false })] }],
    ['an advanced data selector', { advanced: [[field('eventCategory', { equals: ['Data'] })]] }],
    ['a selector without a category', { advanced: [[field('readOnly', { equals: ['false'] })]] }],
    [
      'a selector of single events',
      {
        advanced: [
          [
            field('eventCategory', { equals: ['Management'] }),
            field('eventName', { equals: ['RunInstances'] }),
          ],
        ],
      },
    ],
  ])('%s records no source of management events as a whole', (_, selectors) => {
    expect(managementEvents(selectors)).toEqual({ read: { only: [] }, write: { only: [] } });
  });
});

describe('what the trails of one place record together', () => {
  const other = 'arn:aws:cloudtrail:eu-west-1:444455556666:trail/own';

  test('a trail that could not be read leaves nothing open where another records everything', () => {
    const account = soundAccount({
      trails: seen([...sightings(soundAccount()), { arn: other, homeRegion: 'eu-west-1' }]),
    });
    const unread = soundTrail({ arn: other, settings: denied(), selectors: denied() });
    const { known } = managementIn(account, 'us-east-1', byArn(soundTrail(), unread));
    expect(known).toEqual(EVERYTHING);
  });

  test('a trail that is stopped records nothing, and leaves nothing open', () => {
    const stopped = byArn(soundTrail({ logging: seen(false) }));
    const { known, open } = managementIn(soundAccount(), 'us-east-1', stopped);
    expect(known).toEqual({ read: { only: [] }, write: { only: [] } });
    expect(open).toBeNull();
  });

  test('a single-region trail records its home region and no other', () => {
    const trail = byArn(soundTrail({}, { multiRegion: false }));
    expect(managementIn(soundAccount(), 'us-east-1', trail).known).toEqual(EVERYTHING);
    expect(managementIn(soundAccount(), 'eu-west-1', trail).known.read).toEqual({ only: [] });
  });

  test('whether a trail with unread settings reaches another region stays open', () => {
    const trail = byArn(soundTrail({ settings: denied('AccessDenied: settings') }));
    const { open } = managementIn(soundAccount(), 'eu-west-1', trail);
    expect(open?.reason).toBe('AccessDenied: settings');
  });
});

/**
 * The evaluator against the obvious one: a trail records an event if some selector holds for it, and a
 * place is recorded if some trail there records it. Every event of a small world is tried.
 */
describe('the union is what trying every event says', () => {
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
  const selectors: fc.Arbitrary<Selectors> = fc.oneof(
    fc.array(basicSelector, { maxLength: 3 }).map((list) => ({ basic: list })),
    fc.array(advancedSelector, { minLength: 1, maxLength: 3 }).map((list) => ({ advanced: list })),
  );
  const trail = fc.record({
    homeRegion: fc.constantFrom(...REGIONS),
    multiRegion: fc.boolean(),
    logging: fc.boolean(),
    selectors,
  });

  test('for trails of every shape, in every region', () => {
    fc.assert(
      fc.property(fc.array(trail, { maxLength: 3 }), (shapes) => {
        const trails = shapes.map((shape, index) =>
          soundTrail(
            {
              arn: `arn:aws:cloudtrail:${shape.homeRegion}:${SHOP}:trail/t${index}`,
              homeRegion: shape.homeRegion,
              logging: seen(shape.logging),
              selectors: seen(shape.selectors),
            },
            { multiRegion: shape.multiRegion },
          ),
        );
        const account = soundAccount({
          trails: seen(trails.map(({ arn, homeRegion }) => ({ arn, homeRegion }))),
        });
        for (const region of REGIONS) {
          const { known, open } = managementIn(account, region, byArn(...trails));
          expect(open).toBeNull();
          for (const readOnly of [true, false])
            for (const source of SOURCES) {
              const slow = shapes.some(
                (shape) =>
                  shape.logging &&
                  (shape.multiRegion || shape.homeRegion === region) &&
                  recordsSlowly(shape.selectors, readOnly, source),
              );
              expect(has(readOnly ? known.read : known.write, source)).toBe(slow);
            }
        }
      }),
      { numRuns: 500 },
    );
  });

  function recordsSlowly(of: Selectors, readOnly: boolean, source: string): boolean {
    if ('basic' in of) {
      if (of.basic.length === 0) return true;
      return of.basic.some(
        (selector) =>
          selector.managementEvents &&
          !selector.excludedSources.includes(source) &&
          (selector.readWriteType === 'All' ||
            (selector.readWriteType === 'ReadOnly') === readOnly),
      );
    }
    const event: { [name: string]: string } = {
      eventCategory: 'Management',
      readOnly: String(readOnly),
      eventSource: source,
    };
    return of.advanced.some((selector) =>
      selector.every(({ field: name, equals, notEquals }) => {
        const value = event[name] ?? '';
        return (equals.length === 0 || equals.includes(value)) && !notEquals.includes(value);
      }),
    );
  }

  function has(sources: Sources, source: string): boolean {
    return 'except' in sources ? !sources.except.includes(source) : sources.only.includes(source);
  }
});

function byArn(...trails: TrailFacts[]) {
  return new Map(trails.map((trail) => [trail.arn, trail]));
}

function sightings({ trails }: AccountFacts) {
  return 'seen' in trails ? trails.seen : [];
}
