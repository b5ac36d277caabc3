import fc from 'fast-check';
import type { CloudTrailEvent } from '../../../src/core/evidence/event.ts';
import {
  recordedAsOf,
  type Stretch,
  type TrailHistory,
  type TrailNow,
} from '../../../src/core/evidence/recording-as-of.ts';
import { trailChanges } from '../../../src/core/evidence/trail-changes.ts';
import type { JsonObject } from '../../../src/core/json.ts';
import type { Selectors } from '../../../src/core/posture/facts.ts';
import type { EventSet } from '../../../src/core/posture/recorded/event-sets.ts';
import { type EventAttributes, records } from '../../../src/core/posture/recorded/selectors.ts';
import { soundEvent } from './sound.ts';

const PLACE = { account: '111122223333', region: 'eu-west-1' };
const HEAD = '999900001111';
const ARNS = [
  'arn:aws:cloudtrail:eu-west-1:111122223333:trail/own',
  'arn:aws:cloudtrail:us-east-1:111122223333:trail/far',
  `arn:aws:cloudtrail:eu-west-1:${HEAD}:trail/all`,
];
const at = (second: number) => new Date(1_700_000_000_000 + second * 1000).toISOString();
const plainAt = (second: number) => at(second).replace('.000Z', 'Z');

const bucket = (name: string): EventSet => ({
  eventCategory: { oneOf: ['Data'] },
  'resources.type': { oneOf: ['AWS::S3::Object'] },
  'resources.ARN': { oneOf: [`arn:aws:s3:::${name}/key`] },
  readOnly: { oneOf: ['true'] },
  eventSource: { oneOf: ['s3.amazonaws.com'] },
});
const CARDS = bucket('cards');
const CARD: EventAttributes = {
  eventCategory: 'Data',
  'resources.type': 'AWS::S3::Object',
  'resources.ARN': 'arn:aws:s3:::cards/key',
  readOnly: 'true',
  eventSource: 's3.amazonaws.com',
};

/** As a person writes selectors in a request, and as GetEventSelectors answers them. */
const SELECTORS: { request: JsonObject; is: Selectors }[] = [
  basic([]),
  basic(['arn:aws:s3:::cards/']),
  basic(['arn:aws:s3:::others/']),
  {
    request: {
      advancedEventSelectors: [
        {
          name: 'all objects',
          fieldSelectors: [
            { field: 'eventCategory', equals: ['Data'] },
            { field: 'resources.type', equals: ['AWS::S3::Object'] },
          ],
        },
      ],
    },
    is: {
      advanced: [[field('eventCategory', 'Data'), field('resources.type', 'AWS::S3::Object')]],
    },
  },
];

function field(name: string, value: string) {
  const none = { startsWith: [], endsWith: [], notEquals: [], notStartsWith: [], notEndsWith: [] };
  return { field: name, equals: [value], ...none };
}

function basic(values: string[]): { request: JsonObject; is: Selectors } {
  const types = values.length > 0 ? ['AWS::S3::Object'] : [];
  return {
    request: {
      eventSelectors: [
        {
          readWriteType: 'All',
          includeManagementEvents: true,
          dataResources: types.map((type) => ({ type, values })),
          excludeManagementEventSources: [],
        },
      ],
    },
    is: {
      basic: [
        {
          readWriteType: 'All',
          managementEvents: true,
          excludedSources: [],
          dataResources: types.map((type) => ({ type, values })),
        },
      ],
    },
  };
}

function call(eventName: string, second: number, arn: string, request: JsonObject = {}) {
  return soundEvent({
    eventID: `${eventName}-${second}-${arn}`,
    eventTime: plainAt(second),
    eventSource: 'cloudtrail.amazonaws.com',
    eventName,
    awsRegion: arn.split(':')[3] ?? '',
    recipientAccountId: arn.split(':')[4] ?? '',
    requestParameters: { name: arn, trailName: arn, ...request },
  });
}

// --- The slow simulation: one trail, one second, one call at a time ---------------------------------

type State = {
  exists: boolean;
  logging: boolean;
  since: number | null;
  multiRegion: boolean;
  organization: boolean;
  selectors: Selectors;
};
type Deed =
  | { kind: 'create'; multiRegion: boolean; organization: boolean }
  | { kind: 'update'; multiRegion: boolean | null; organization: boolean | null }
  | { kind: 'select'; which: number }
  | { kind: 'start' | 'stop' | 'delete' };

const flag = fc.boolean();
const Deeds: fc.Arbitrary<Deed> = fc.oneof(
  fc.record({ kind: fc.constant('create' as const), multiRegion: flag, organization: flag }),
  fc.record({
    kind: fc.constant('update' as const),
    multiRegion: fc.option(flag),
    organization: fc.option(flag),
  }),
  fc.record({ kind: fc.constant('select' as const), which: fc.nat({ max: 3 }) }),
  fc.record({ kind: fc.constantFrom('start' as const, 'stop' as const, 'delete' as const) }),
);
const SECONDS = 60;
const Histories = fc.array(
  fc.record({
    second: fc.integer({ min: 1, max: SECONDS - 2 }),
    trail: fc.nat({ max: 2 }),
    deed: Deeds,
  }),
  { maxLength: 14 },
);
const Start = fc.record({
  exists: flag,
  logging: flag,
  multiRegion: flag,
  organization: flag,
  which: fc.nat({ max: 3 }),
});
const NOTHING: State = {
  exists: false,
  logging: false,
  since: null,
  multiRegion: false,
  organization: false,
  selectors: { basic: [] },
};

function done(state: State, deed: Deed, second: number, arn: string) {
  const select = (which: number) => SELECTORS[which] as (typeof SELECTORS)[number];
  if (deed.kind === 'create') {
    if (state.exists) return null;
    const { multiRegion, organization } = deed;
    return {
      state: { ...NOTHING, exists: true, multiRegion, organization },
      event: call('CreateTrail', second, arn, {
        isMultiRegionTrail: multiRegion,
        isOrganizationTrail: organization,
      }),
    };
  }
  if (!state.exists) return null;
  switch (deed.kind) {
    case 'update': {
      const { multiRegion, organization } = deed;
      return {
        state: {
          ...state,
          multiRegion: multiRegion ?? state.multiRegion,
          organization: organization ?? state.organization,
        },
        event: call('UpdateTrail', second, arn, {
          ...(multiRegion !== null && { isMultiRegionTrail: multiRegion }),
          ...(organization !== null && { isOrganizationTrail: organization }),
        }),
      };
    }
    case 'select':
      return {
        state: { ...state, selectors: select(deed.which).is },
        event: call('PutEventSelectors', second, arn, select(deed.which).request),
      };
    case 'start':
      return {
        state: { ...state, logging: true, since: state.logging ? state.since : second },
        event: call('StartLogging', second, arn),
      };
    case 'stop':
      return {
        state: { ...state, logging: false, since: null },
        event: call('StopLogging', second, arn),
      };
    default:
      return { state: NOTHING, event: call('DeleteTrail', second, arn) };
  }
}

function reaches(state: State, arn: string): boolean {
  const [, , , home, owner] = arn.split(':');
  return (
    state.exists &&
    state.logging &&
    (home === PLACE.region || state.multiRegion) &&
    (owner === PLACE.account || state.organization)
  );
}

/** Whether the card's event is recorded, second by second, and what is left to see at the end. */
function simulate(starts: State[], history: { second: number; trail: number; deed: Deed }[]) {
  const states = [...starts];
  const events: CloudTrailEvent[] = [];
  const truth: boolean[] = [];
  for (let second = 0; second < SECONDS; second += 1) {
    for (const { trail, deed } of history.filter((one) => one.second === second)) {
      const became = done(states[trail] as State, deed, second, ARNS[trail] as string);
      if (!became) continue;
      states[trail] = became.state;
      events.push(became.event);
    }
    truth.push(
      states.some(
        (state, index) => reaches(state, ARNS[index] as string) && records(state.selectors, CARD),
      ),
    );
  }
  return { events, truth, trails: nowOf(states) };
}

function nowOf(states: State[]): TrailNow[] {
  return states.flatMap((state, index): TrailNow[] => {
    const arn = ARNS[index] as string;
    const [, , , homeRegion = '', owner = ''] = arn.split(':');
    if (!state.exists) return [];
    const { multiRegion, organization, logging, selectors } = state;
    return [
      {
        arn,
        homeRegion,
        multiRegion,
        organization,
        logging,
        loggingSince: logging && state.since !== null ? at(state.since) : null,
        undeliveredSince: null,
        selectors,
        accounts: organization ? [owner, PLACE.account] : [owner],
      },
    ];
  });
}

function amountAt(stretches: Stretch[], second: number): Stretch {
  const now = Date.parse(at(second));
  const found = stretches.filter((one) => Date.parse(one.from) <= now && now < Date.parse(one.to));
  expect(found).toHaveLength(1);
  return found[0] as Stretch;
}

function rebuilt(told: ReturnType<typeof simulate>, about: Partial<TrailHistory> = {}) {
  const history = {
    changes: trailChanges(told.events),
    since: at(0),
    dark: [],
    heads: [HEAD],
    ...about,
  };
  const window = { from: at(0), to: at(SECONDS) };
  return recordedAsOf(PLACE, CARDS, window, told.trails, history, at(SECONDS));
}

test('whatever happened to the trails, what is rebuilt never contradicts what was', () => {
  fc.assert(
    fc.property(
      fc.tuple(Start, Start, Start),
      Histories,
      fc.integer({ min: 0, max: SECONDS }),
      (starts, history, since) => {
        const states = starts.map(({ which, ...start }): State => {
          const { is } = SELECTORS[which] as (typeof SELECTORS)[number];
          return start.exists
            ? { ...start, since: start.logging ? 0 : null, selectors: is }
            : NOTHING;
        });
        const told = simulate(states, history);
        const events = told.events.filter(({ eventTime }) => (eventTime ?? '') >= plainAt(since));
        const stretches = rebuilt({ ...told, events }, { since: at(since) });
        for (let second = 0; second < SECONDS; second += 1) {
          const { least, most } = amountAt(stretches, second);
          if (told.truth[second]) expect(most).toBe('all');
          else expect(least).toBe('none');
        }
      },
    ),
    { numRuns: 400 },
  );
});

test('where every trail was made within what is known, nothing is left open', () => {
  fc.assert(
    fc.property(Histories, (history) => {
      const apart = history.filter(
        (one, index) => history.findIndex(({ second }) => second === one.second) === index,
      );
      const told = simulate([NOTHING, NOTHING, NOTHING], apart);
      const stretches = rebuilt(told);
      for (let second = 0; second < SECONDS; second += 1) {
        const truth = told.truth[second] ? 'all' : 'none';
        expect(amountAt(stretches, second)).toMatchObject({ least: truth, most: truth });
      }
      for (const [index, one] of stretches.entries())
        expect(one.from).toBe(index === 0 ? plainAt(0) : stretches[index - 1]?.to);
    }),
    { numRuns: 400 },
  );
});

const OWN = ARNS[0] as string;
const own = (more: Partial<TrailNow> = {}): TrailNow => ({
  arn: OWN,
  homeRegion: 'eu-west-1',
  multiRegion: false,
  organization: false,
  logging: true,
  loggingSince: at(-1_000),
  undeliveredSince: null,
  selectors: (SELECTORS[2] as (typeof SELECTORS)[number]).is,
  accounts: [PLACE.account],
  ...more,
});
const historyOf = (events: CloudTrailEvent[], more: Partial<TrailHistory> = {}): TrailHistory => ({
  changes: trailChanges(events),
  since: at(-100),
  dark: [],
  heads: [HEAD],
  ...more,
});
const windowed = (trails: TrailNow[], history: TrailHistory, from = 0, to = 50) =>
  recordedAsOf(PLACE, CARDS, { from: at(from), to: at(to) }, trails, history, at(50));

test('the call that took the bucket out of the selectors is named, also where it is older than the window', () => {
  const changes = [
    call('PutEventSelectors', -50, OWN, (SELECTORS[1] as (typeof SELECTORS)[number]).request),
    call('PutEventSelectors', -20, OWN, (SELECTORS[2] as (typeof SELECTORS)[number]).request),
  ];
  expect(windowed([own()], historyOf(changes))).toEqual([
    {
      from: plainAt(0),
      to: plainAt(50),
      least: 'none',
      most: 'none',
      began: expect.objectContaining({ call: 'PutEventSelectors', by: 'alice', at: plainAt(-20) }),
      ended: null,
    },
  ]);
});

test('before the first known change, and before what is known at all, it is unknown', () => {
  const changes = [
    call('PutEventSelectors', 20, OWN, (SELECTORS[2] as (typeof SELECTORS)[number]).request),
  ];
  const told = windowed([own()], historyOf(changes));
  expect(told.map(({ from, least, most }) => [from, least, most])).toEqual([
    [plainAt(0), 'none', 'all'],
    [plainAt(20), 'none', 'none'],
  ]);
  const young = windowed([own()], historyOf([], { since: at(10) }));
  expect(young.map(({ from, least, most }) => [from, least, most])).toEqual([
    [plainAt(0), 'none', 'all'],
    [plainAt(10), 'none', 'none'],
  ]);
});

test.each([
  ['its own account', PLACE.account],
  ['the account that may own a trail of everybody', HEAD],
])('where the calls of %s could not be searched, only the present is known', (_, dark) => {
  const told = windowed([own()], historyOf([], { dark: [dark] }));
  expect(told).toMatchObject([{ least: 'none', most: 'all' }]);
});

test('a failed call, somebody else’s trail and a bucket’s own event change nothing', () => {
  const failed = soundEvent({
    ...call('StopLogging', 10, OWN).record,
    errorCode: 'AccessDenied',
  });
  const others = call('StopLogging', 10, OWN.replace(PLACE.account, '444455556666'));
  const all = own({ selectors: (SELECTORS[1] as (typeof SELECTORS)[number]).is });
  expect(windowed([all], historyOf([failed, others, soundEvent()]))).toMatchObject([
    { least: 'all', most: 'all' },
  ]);
});

test('since its deliveries fail, nobody knows what arrived', () => {
  const all = own({
    selectors: (SELECTORS[1] as (typeof SELECTORS)[number]).is,
    undeliveredSince: at(30),
  });
  expect(
    windowed([all], historyOf([])).map(({ from, least, most }) => [from, least, most]),
  ).toEqual([
    [plainAt(0), 'all', 'all'],
    [plainAt(30), 'none', 'all'],
  ]);
});

test('selectors that a record has lost may have chosen anything', () => {
  const lost = soundEvent({
    ...call('PutEventSelectors', 10, OWN).record,
    requestParameters: { trailName: 'own' },
  });
  const later = call(
    'PutEventSelectors',
    30,
    OWN,
    (SELECTORS[2] as (typeof SELECTORS)[number]).request,
  );
  const told = windowed([own()], historyOf([lost, later]), 10);
  expect(told.map(({ from, most }) => [from, most])).toEqual([
    [plainAt(10), 'all'],
    [plainAt(30), 'none'],
  ]);
});

test('a trail that its own calls stopped was stopped, whatever its status says of when it began', () => {
  const changes = [call('StopLogging', 20, OWN, {}), call('StartLogging', 30, OWN, {})];
  const told = windowed(
    [own({ loggingSince: at(-50), selectors: (SELECTORS[1] as (typeof SELECTORS)[number]).is })],
    historyOf(changes),
  );
  expect(told.map(({ from, to, most }) => [from, to, most])).toContainEqual([
    plainAt(20),
    plainAt(30),
    'none',
  ]);
});
