import type { EventSource, Found, Search, Searched } from '../../src/core/evidence/source.ts';
import { isAnsweredByOne, nearOf, searchInOrder } from '../../src/jobs/search-sources.ts';
import { soundEvent, soundPlan } from '../core/evidence/sound.ts';

const WANTED: Search = {
  from: '2026-11-01T00:00:00.000Z',
  to: '2026-11-22T09:00:00.000Z',
  accounts: 'all',
  regions: 'all',
  resources: [],
  eventNames: [],
  accessKeyIds: [],
  eventIds: [],
  actors: [],
  addresses: [],
  sharedEventIds: [],
  readOnly: null,
};
const [A, B] = ['111122223333', '222233334444'];
const NEAR = { accounts: [A], regions: ['eu-west-1'], by: 'config' as const };

function source(
  name: string,
  told: (search: Search) => Partial<Searched> = () => ({}),
  more: Partial<EventSource> & { events?: Found['events'] } = {},
) {
  const asked: Search[] = [];
  const { events = [], ...rest } = more;
  const one: EventSource = {
    name,
    needs: [],
    find: async (search) => {
      asked.push(search);
      const accounts = search.accounts === 'all' ? [A, B] : search.accounts;
      const regions = search.regions === 'all' ? ['eu-west-1'] : search.regions;
      return {
        events,
        searched: {
          from: search.from,
          to: search.to,
          accounts: { searched: accounts, of: accounts },
          regions: { searched: regions, of: regions },
          categories: ['management'],
          gaps: [],
          settledUntil: search.to,
          ...told(search),
        },
      };
    },
    issuing: async () => new Map(),
    ...rest,
  };
  return { one, asked };
}

test('who has seen everything leaves nothing to the next', async () => {
  const archive = source('archive');
  const lookups = source('LookupEvents');
  const evidence = await searchInOrder([archive.one, lookups.one], WANTED);
  expect(evidence.map(({ source: name }) => name)).toEqual(['archive']);
  expect(lookups.asked).toEqual([]);
});

test('the next is asked for the last minutes and for an absent account, and for nothing else', async () => {
  const to = '2026-11-22T08:40:00.000Z';
  const archive = source('archive', () => ({
    to,
    accounts: { searched: [A], of: [A, B] },
    gaps: [{ account: B, region: '', reason: 'absent' }],
  }));
  const lookups = source('LookupEvents');
  const evidence = await searchInOrder([archive.one, lookups.one], WANTED);
  expect(lookups.asked).toEqual([
    { ...WANTED, from: to },
    { ...WANTED, to, accounts: [B] },
  ]);
  expect(evidence.flatMap(({ found }) => found.searched.gaps)).toEqual([]);
});

describe('a costly source', () => {
  const costly = { estimate: async () => ({ seconds: 60, requests: 850 }) };
  const event = soundEvent();

  test('is asked first where the thing is known to be, and not further where that answers it', async () => {
    const lookups = source('LookupEvents', () => ({}), { ...costly, events: [event] });
    const [found] = await searchInOrder([lookups.one], WANTED, {
      near: NEAR,
      answered: (events) => events.length > 0,
    });
    expect(lookups.asked).toEqual([{ ...WANTED, accounts: [A], regions: ['eu-west-1'] }]);
    expect(found?.found.searched.gaps.map(({ reason }) => reason)).toEqual([
      `only ${A} / eu-west-1 was asked, where AWS Config says it is; it was found there, and other accounts and regions were not asked`,
    ]);
  });

  test('… and everywhere where it does not, after saying how long that takes', async () => {
    const lookups = source('LookupEvents', () => ({}), costly);
    const expected: number[][] = [];
    const [found] = await searchInOrder([lookups.one], WANTED, {
      near: NEAR,
      answered: (events) => events.length > 0,
      expect: (...told) => expected.push(told),
    });
    expect(lookups.asked.at(-1)).toEqual(WANTED);
    expect(expected).toEqual([[60, 850]]);
    expect(found?.found.searched.gaps).toEqual([]);
  });

  test('is not narrowed where nobody knows a place, nor announced where it is quick', async () => {
    const quick = { estimate: async () => ({ seconds: 1, requests: 2 }) };
    const lookups = source('LookupEvents', () => ({}), { ...quick, events: [event] });
    const expected: number[] = [];
    await searchInOrder([lookups.one], WANTED, {
      near: NEAR,
      answered: () => true,
      expect: (seconds) => expected.push(seconds),
    });
    expect(lookups.asked).toEqual([WANTED]);
    expect(expected).toEqual([]);
  });
});

describe('where a thing is', () => {
  const world = { now: () => new Date(), vocabulary: async () => ({ accounts: [], people: [] }) };
  const plan = (resource: string) =>
    soundPlan({ eventNames: ['TerminateInstances'], resources: [resource] });

  test('its ARN says', async () => {
    const arn = `arn:aws:ec2:eu-west-1:${A}:instance/i-0abc`;
    expect(await nearOf(plan(arn), { ...world, sources: [] })).toEqual({ ...NEAR, by: 'arn' });
  });

  test.each([
    ['a name of no account', 'arn:aws:s3:::bucket'],
    ['an id', 'i-0abc'],
  ])('%s says nothing by itself', async (_, resource) => {
    expect(await nearOf(plan(resource), { ...world, sources: [] })).toBeNull();
  });

  test('Config says, in every account where it knows one', async () => {
    const located = (account: string) => ({
      account,
      region: 'eu-west-1',
      resourceType: '',
      resourceId: '',
      resourceName: '',
      arn: '',
      aliases: [],
      deleted: true,
    });
    const locate = async () => ({ seen: [located(A), located(B)] });
    expect(await nearOf(plan('i-0abc'), { ...world, sources: [], locate })).toEqual({
      accounts: [A, B],
      regions: ['eu-west-1'],
      by: 'config',
    });
    const unseen = { kind: 'denied' as const, reason: 'AccessDenied' };
    const refused = { ...world, sources: [], locate: async () => ({ unseen }) };
    expect(await nearOf(plan('i-0abc'), refused)).toBeNull();
  });

  test.each([
    ['who deleted it', {}, true],
    ['all that happened to it', { eventNames: [] }, false],
    ['how often', { shape: 'count' as const }, false],
    ['by whom how often', { groupBy: ['actor' as const] }, false],
    ['several things', { resources: ['i-1', 'i-2'] }, false],
  ])('one finding answers %s: %s', (_, more, answers) => {
    expect(isAnsweredByOne({ ...plan('i-0abc'), ...more })).toBe(answers);
  });
});
