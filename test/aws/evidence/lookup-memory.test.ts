import type { Look, Lookup } from '../../../src/aws/evidence/lookup.ts';
import { writesFor } from '../../../src/aws/evidence/lookup-attributes.ts';
import { remembering } from '../../../src/aws/evidence/lookup-memory.ts';
import { pace } from '../../../src/aws/evidence/pace.ts';
import { soundEvent } from '../../core/evidence/sound.ts';

const NOON = Date.parse('2026-11-20T12:00:00Z');
const MINUTE = 60_000;
const PLACE = { account: '111122223333', region: 'eu-west-1' };

const at = (minutes: number) => new Date(NOON + minutes * MINUTE).toISOString();

/** Lookups through the memory, at a time that the test moves; `made` are those that were really made. */
function stage(answer: (lookup: Lookup) => Partial<Look> = () => ({})) {
  const clock = { minutes: 0, now: () => NOON + clock.minutes * MINUTE };
  const made: string[] = [];
  const look = remembering(async (lookup) => {
    made.push(`${lookup.from} ${lookup.to}`);
    return { events: [], gaps: [], complete: true, ...answer(lookup) };
  }, clock);
  const ask = (from: number, to: number, more: Partial<Lookup> = {}) =>
    look({ where: PLACE, attribute: null, scan: true, from: at(from), to: at(to), ...more });
  return { ask, made, clock };
}

const GAP = { ...PLACE, reason: 'AccessDenied' };

test('the same lookup is made once, also by who asks while it is under way', async () => {
  const { ask, made } = stage();
  await Promise.all([ask(-60, 0), ask(-60, 0)]);
  await ask(-60, 0);
  expect(made).toHaveLength(1);
});

test('another place, attribute, window or number of pages is another lookup', async () => {
  const { ask, made } = stage();
  await ask(-60, 0);
  await ask(-60, 0, { where: { ...PLACE, region: 'us-east-1' } });
  await ask(-60, 0, { attribute: { AttributeKey: 'EventName', AttributeValue: 'A' } });
  await ask(-61, 0);
  await ask(-60, 0, { pages: 2 });
  expect(made).toHaveLength(5);
});

test('a narrower window is answered from a wider one, with the events in it and no others', async () => {
  const events = [-50, -40, -30].map((minutes) =>
    soundEvent({ eventID: `e${minutes}`, eventTime: at(minutes) }),
  );
  const { ask, made } = stage(() => ({ events }));
  await ask(-60, 0);
  const { events: found } = await ask(-40, -30);
  expect(found.map(({ eventID }) => eventID)).toEqual(['e-40']);
  expect(made).toHaveLength(1);
});

test('what is not long past is looked at again after a minute, what is long past is not', async () => {
  const { ask, made, clock } = stage();
  await ask(-300, 0);
  clock.minutes = 2;
  expect(await ask(-300, -61)).toMatchObject({ at: NOON });
  expect(made).toHaveLength(1);
  await ask(-300, -59);
  expect(made).toHaveLength(2);
});

test('“until now” is asked once in a minute, a time that ended before is not stretched', async () => {
  const { ask, made, clock } = stage();
  await ask(-60, 0);
  await ask(-60, -30, { where: { ...PLACE, region: 'us-east-1' } });
  clock.minutes = 0.5;
  expect(await ask(-59.5, 0.5)).toMatchObject({ at: NOON });
  expect(made).toHaveLength(2);
  await ask(-60, -20, { where: { ...PLACE, region: 'us-east-1' } });
  expect(made).toHaveLength(3);
});

test('… and after half an hour nothing is taken for granted', async () => {
  const { ask, made, clock } = stage();
  await ask(-300, -200);
  clock.minutes = 31;
  await ask(-300, -200);
  expect(made).toHaveLength(2);
});

test('what failed is asked again at once', async () => {
  let times = 0;
  const { ask } = stage(() => (times++ === 0 ? { complete: false, gaps: [GAP] } : {}));
  expect(await ask(-60, 0)).toMatchObject({ complete: false, gaps: [GAP] });
  expect(await ask(-60, 0)).toMatchObject({ complete: true, gaps: [] });
});

test('what was cut answers for its own window only, and says that it was cut', async () => {
  const { ask, made } = stage(() => ({ complete: false, cut: true, gaps: [GAP] }));
  await ask(-60, 0);
  expect(await ask(-60, 0)).toMatchObject({ complete: false, gaps: [GAP] });
  expect(made).toHaveLength(1);
  await ask(-30, 0);
  expect(made).toHaveLength(2);
});

test('an exception is not remembered', async () => {
  let times = 0;
  const { ask } = stage(() => {
    if (times++ === 0) throw new Error('our own fault');
    return {};
  });
  await expect(ask(-60, 0)).rejects.toThrow('our own fault');
  expect(await ask(-60, 0)).toMatchObject({ complete: true });
});

test('memory is bounded: the looks with the oldest events go first', async () => {
  const many = Array.from({ length: 3_000 }, (_, index) => soundEvent({ eventID: `e${index}` }));
  const { ask, made } = stage(() => ({ events: many }));
  const regions = ['eu-west-1', 'eu-west-2'];
  for (const region of regions) await ask(-60, 0, { where: { ...PLACE, region } });
  await ask(-60, 0, { where: { ...PLACE, region: 'eu-west-2' } });
  expect(made).toHaveLength(2);
  await ask(-60, 0);
  expect(made).toHaveLength(3);
});

test('two requests go at once, and no three within the time of two', async () => {
  const slept: number[] = [];
  const clock = { now: () => 0, sleep: async (ms: number) => void slept.push(ms) };
  const paced = pace(500, clock, 2);
  await Promise.all(['a', 'a', 'a', 'a', 'a', 'b'].map(paced));
  expect(slept).toEqual([1_000, 1_000, 2_000]);
});

describe('many names of writes in a short time', () => {
  const window = { from: at(-30), to: at(0) };
  const search = {
    ...window,
    accounts: 'all' as const,
    regions: 'all' as const,
    resources: [],
    eventNames: ['SetDesiredCapacity', 'ExecutePolicy', 'DetachInstances', 'SetInstanceHealth'],
    accessKeyIds: [],
    eventIds: [],
    actors: [],
    addresses: [],
    sharedEventIds: [],
    readOnly: null,
    onlyWrites: true,
  };

  test('are one lookup of what was written, of fewer pages than there are names', () => {
    expect(writesFor(search, window)).toEqual({
      attribute: { AttributeKey: 'ReadOnly', AttributeValue: 'false' },
      scan: true,
      pages: 2,
    });
  });

  test.each([
    ['of which some may be reads', { onlyWrites: false }, window],
    ['that are few', { eventNames: ['ExecutePolicy', 'DetachInstances'] }, window],
    ['in a long time', {}, { from: at(-121), to: at(0) }],
    ['beside a key, which finds less', { accessKeyIds: ['AKIA1'] }, window],
  ])('… but not names %s', (_, change, when) => {
    expect(writesFor({ ...search, ...change }, when)).toBeNull();
  });
});
