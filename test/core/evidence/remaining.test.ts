import { type Asked, remaining, together } from '../../../src/core/evidence/remaining.ts';
import type { Gap, Search, Searched } from '../../../src/core/evidence/source.ts';

const WANTED: Search = {
  from: '2026-11-01T00:00:00.000Z',
  to: '2026-11-22T09:00:00.000Z',
  accounts: 'all',
  regions: 'all',
  resources: ['i-1'],
  eventNames: [],
  accessKeyIds: [],
  eventIds: [],
  actors: [],
  addresses: [],
  sharedEventIds: [],
  readOnly: null,
};
const [A, B, C] = ['111122223333', '222233334444', '333344445555'];
const END = '2026-11-22T08:40:00.000Z';
const gap = (account: string, region: string, reason = 'nothing there'): Gap => ({
  account,
  region,
  reason,
});

/** A source that has seen everything of what it was asked, but for what is told. */
function seen(search: Partial<Search> = {}, searched: Partial<Searched> = {}): Asked {
  const asked = { ...WANTED, ...search };
  const list = (said: string[] | 'all', all: string[]) => (said === 'all' ? all : said);
  const accounts = list(asked.accounts, [A, B, C]);
  const regions = list(asked.regions, ['eu-west-1', 'us-east-1']);
  return {
    search: asked,
    searched: {
      from: asked.from,
      to: asked.to,
      accounts: { searched: accounts, of: accounts },
      regions: { searched: regions, of: regions },
      categories: ['management'],
      gaps: [],
      settledUntil: asked.to,
      ...searched,
    },
  };
}

describe('what remains of a search', () => {
  test('nothing, where everything was seen', () => {
    expect(remaining(seen())).toEqual([]);
  });

  test('the time before a source begins and after it ends', () => {
    const from = '2026-11-10T00:00:00.000Z';
    expect(remaining(seen({}, { from, to: END }))).toEqual([
      { ...WANTED, to: from },
      { ...WANTED, from: END },
    ]);
  });

  test('the places that it could not see, for the time that it has seen of others', () => {
    const gaps = [
      gap(A, ''),
      gap('', 'sa-east-1'),
      gap(B, 'eu-west-1'),
      gap(C, 'eu-west-1'),
      gap(A, 'us-east-1'),
      gap('', ''),
    ];
    expect(remaining(seen({}, { gaps, to: END }))).toEqual([
      { ...WANTED, from: END },
      { ...WANTED, to: END, accounts: [A] },
      { ...WANTED, to: END, regions: ['sa-east-1'] },
      { ...WANTED, to: END, accounts: [B, C], regions: ['eu-west-1'] },
    ]);
  });

  test('all of it, where nothing was seen', () => {
    const none = { accounts: { searched: [], of: [A] }, gaps: [gap(A, '')] };
    expect(remaining(seen({}, none))).toEqual([WANTED]);
    expect(remaining(seen({}, { from: WANTED.to, to: WANTED.to }))).toEqual([WANTED]);
  });
});

describe('what was seen together', () => {
  const archive = (searched: Partial<Searched>) => ({
    source: 'archive',
    asked: [seen({}, { to: END, settledUntil: END, ...searched })],
    events: [],
  });
  const lookups = (...asked: Asked[]) => ({ source: 'LookupEvents', asked, events: [] });
  const tail = (searched: Partial<Searched> = {}) => seen({ from: END }, searched);

  test('a gap that another source has closed is gone, and the window is that of both', () => {
    const told = together(WANTED, [
      archive({ gaps: [gap(A, '')], accounts: { searched: [B, C], of: [A, B, C] } }),
      lookups(tail(), seen({ to: END, accounts: [A] })),
    ]);
    expect(told.map(({ searched }) => searched.gaps)).toEqual([[], []]);
    for (const { searched } of told)
      expect(searched).toMatchObject({ from: WANTED.from, to: WANTED.to });
  });

  test.each([
    ['has seen only a part of the time', { from: '2026-11-15T00:00:00.000Z' }],
    ['does not know the account', { accounts: { searched: [], of: [] } }],
  ])('a gap stays where the other source %s', (_, searched) => {
    const [told] = together(WANTED, [
      archive({ gaps: [gap(A, '')], accounts: { searched: [B, C], of: [A, B, C] } }),
      lookups(tail(), seen({ to: END, accounts: [A] }, searched)),
    ]);
    expect(told?.searched.gaps).toEqual([gap(A, '')]);
  });

  test('what the other source could not see of it is told instead', () => {
    const throttled = gap(A, 'eu-west-1', 'Throttling');
    const told = together(WANTED, [
      archive({ gaps: [gap(A, '')], accounts: { searched: [B, C], of: [A, B, C] } }),
      lookups(tail(), seen({ to: END, accounts: [A] }, { gaps: [throttled] })),
    ]);
    expect(told.flatMap(({ searched }) => searched.gaps)).toEqual([throttled]);
    const silent = archive({ gaps: [gap('', 'sa-east-1')] });
    const denied = gap(B, '', 'AccessDenied');
    const region = seen({ to: END, regions: ['sa-east-1'] }, { gaps: [denied] });
    const both = together(WANTED, [silent, lookups(tail(), region)]);
    // B's region is unseen by both, and only B's.
    expect(both.flatMap(({ searched }) => searched.gaps)).toEqual([
      { ...denied, region: 'sa-east-1' },
    ]);
  });

  test('a place that neither could see is told once, by the one that was sent there', () => {
    const denied = gap(A, '', 'AccessDenied');
    const told = together(WANTED, [
      archive({ gaps: [gap(A, '')], accounts: { searched: [B, C], of: [A, B, C] } }),
      lookups(
        tail(),
        seen({ to: END, accounts: [A] }, { gaps: [denied], accounts: { searched: [], of: [A] } }),
      ),
    ]);
    expect(told.flatMap(({ searched }) => searched.gaps)).toEqual([denied]);
  });

  test('a gap without a place is never closed by another source', () => {
    const lost = gap('', '', 'a.json.gz was set aside');
    const [told] = together(WANTED, [archive({ gaps: [lost] }), lookups(tail())]);
    expect(told?.searched.gaps).toEqual([lost]);
  });

  test('who could be read but for the last minutes is settled until then, and no more is said', () => {
    const told = together(WANTED, [archive({}), lookups(tail({ gaps: [gap(B, '', 'denied')] }))]);
    expect(told.flatMap(({ searched }) => searched.gaps)).toEqual([]);
    expect(told[0]?.searched.settledUntil).toBe(END);
  });

  test('… but an account that nobody could read is a gap', () => {
    const told = together(WANTED, [
      archive({ gaps: [gap(B, '')], accounts: { searched: [A, C], of: [A, B, C] } }),
      lookups(
        tail({ gaps: [gap(B, '', 'denied')] }),
        seen(
          { to: END, accounts: [B] },
          {
            gaps: [gap(B, '', 'denied')],
            accounts: { searched: [], of: [B] },
          },
        ),
      ),
    ]);
    expect(told.flatMap(({ searched }) => searched.gaps.map(({ account }) => account))).toContain(
      B,
    );
  });

  test('what the last minutes were searched for is as settled as their source says', () => {
    const settledUntil = '2026-11-22T08:45:00.000Z';
    const told = together(WANTED, [archive({}), lookups(tail({ settledUntil }))]);
    expect(told[0]?.searched.settledUntil).toBe(settledUntil);
  });

  test('a time that nobody keeps is told once, by when the oldest begins', () => {
    const from = '2026-11-10T00:00:00.000Z';
    const tooOld = seen(
      { to: from },
      { from: WANTED.from, to: WANTED.from, gaps: [gap('', '', 'keeps 90 days')] },
    );
    const told = together(WANTED, [archive({ from }), lookups(tooOld, tail())]);
    expect(told.flatMap(({ searched }) => searched.gaps.map(({ reason }) => reason))).toEqual([
      `nothing before ${from} could be searched`,
    ]);
  });
});
