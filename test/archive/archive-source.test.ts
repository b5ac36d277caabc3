import type { Archive, ArchiveContents } from '../../src/archive/archive.ts';
import { archiveSource, type Expected } from '../../src/archive/archive-source.ts';
import type { EventSource, Gap } from '../../src/core/evidence/source.ts';
import type { Plan } from '../../src/core/questions/plan.ts';
import { answerPlan } from '../../src/jobs/answer-question.ts';
import { searchFor } from '../../src/jobs/answers/search.ts';
import { found, soundEvent, soundPlan } from '../core/evidence/sound.ts';

const [A, B, C] = ['111122223333', '222233334444', '333344445555'];
const REGION = 'eu-west-1';
const days = (first: number, last: number) =>
  Array.from(
    { length: last - first + 1 },
    (_, n) => `2026-11-${String(first + n).padStart(2, '0')}`,
  );
const cells = (account: string, region: string, of: string[]) =>
  of.map((day) => ({ account, region, day, files: 3, events: 9 }));

/** Two accounts with a file on every day, taken in a moment ago. */
function contents(difference: Partial<ArchiveContents> = {}): ArchiveContents {
  return {
    cells: [...cells(A, REGION, days(1, 22)), ...cells(B, REGION, days(1, 22))],
    categories: ['management'],
    events: 400,
    first: '2026-11-01T00:00:10Z',
    last: '2026-11-22T08:58:00Z',
    ingestedAt: '2026-11-22T09:00:00Z',
    setAside: [],
    gaps: [],
    ...difference,
  };
}

const EXPECTED: Expected = {
  accounts: [A, B].map((id) => ({ id, regions: [REGION] })),
  gaps: [],
};

function source(
  held: ArchiveContents,
  expected: Expected | null = EXPECTED,
  events = [soundEvent()],
  completeFrom: string | null = null,
): EventSource {
  const archive: Archive = {
    ingest: async () => Promise.reject(new Error('nothing is taken in here')),
    knows: async () => new Set(),
    select: async () => events,
    selectNewest: async () => ({ events, completeFrom }),
    issued: async () => new Map(),
    volumes: async () => null,
    tally: async () => null,
    contents: async () => held,
    close: async () => {},
  };
  return archiveSource(archive, async () => expected);
}

const time = (from: string, to: string) => ({ from, to, zone: 'UTC', assumed: false });
const WEEK = time('2026-11-14T00:00:00Z', '2026-11-21T00:00:00Z');

const searched = async (
  held: ArchiveContents,
  plan: Partial<Plan> = {},
  expected: Expected | null = EXPECTED,
) => (await source(held, expected).find(searchFor(soundPlan({ time: WEEK, ...plan })))).searched;
const told = (gaps: Gap[]) => gaps.map(({ account, region, reason }) => [account, region, reason]);

test('a whole archive has searched everything, and says until when it is settled', async () => {
  expect(await searched(contents())).toMatchObject({
    from: WEEK.from,
    to: WEEK.to,
    accounts: { searched: [A, B], of: [A, B] },
    regions: { searched: [REGION], of: [REGION] },
    gaps: [],
    settledUntil: '2026-11-22T08:43:00.000Z',
  });
});

test('it ends a quarter of an hour before its last event, and before it was last filled', async () => {
  const window = time('2026-11-21T00:00:00Z', '2026-11-22T09:00:00Z');
  expect((await searched(contents(), { time: window })).to).toBe('2026-11-22T08:43:00.000Z');
  const copied = contents({ last: '2026-11-21T12:00:00Z' });
  expect((await searched(copied, { time: window })).to).toBe('2026-11-21T11:45:00.000Z');
});

test('it begins with its first event', async () => {
  const window = time('2026-10-01T00:00:00Z', '2026-11-21T00:00:00Z');
  expect((await searched(contents(), { time: window })).from).toBe('2026-11-01T00:00:10Z');
});

test('an empty archive has looked at nothing', async () => {
  const empty = contents({ cells: [], first: null, last: null, ingestedAt: null, events: 0 });
  const told = await searched(empty);
  expect(told.from).toBe(told.to);
  expect(told.accounts.searched).toEqual([]);
  expect(told.settledUntil).toBeNull();
});

test('more events than can be handed over are cut, the oldest first, and that is said', async () => {
  const since = '2026-11-18T00:00:00Z';
  const one = source(contents(), EXPECTED, [], since);
  expect(await one.find(searchFor(soundPlan({ time: WEEK })))).toMatchObject({
    completeFrom: since,
  });
});

describe('what should be there and is not', () => {
  test('an account of the organization', async () => {
    const expected = {
      ...EXPECTED,
      accounts: [...EXPECTED.accounts, { id: C, regions: [REGION] }],
    };
    const { accounts, gaps } = await searched(contents(), {}, expected);
    expect(accounts).toEqual({ searched: [A, B], of: [A, B, C] });
    expect(told(gaps)).toEqual([[C, '', 'the archive holds no log file of this account']]);
  });

  test('an account that was asked for by its id', async () => {
    const { gaps } = await searched(contents(), { accounts: [C] }, null);
    expect(gaps.map(({ account }) => account)).toContain(C);
  });

  test('a region that is enabled and in which nothing was ever delivered: one cannot tell why', async () => {
    const expected = {
      accounts: [A, B].map((id) => ({ id, regions: [REGION, 'sa-east-1'] })),
      gaps: [],
    };
    const { regions, gaps } = await searched(contents(), {}, expected);
    expect(regions).toEqual({ searched: [REGION], of: [REGION, 'sa-east-1'] });
    expect(told(gaps)).toEqual([
      [
        '',
        'sa-east-1',
        'the archive holds no log file here: nothing happened, or it was not recorded',
      ],
    ]);
  });

  test('… and in which one account of several is silent', async () => {
    const expected = {
      accounts: [A, B].map((id) => ({ id, regions: [REGION, 'us-east-1'] })),
      gaps: [],
    };
    const held = contents();
    held.cells.push(...cells(A, 'us-east-1', days(1, 22)));
    const { gaps } = await searched(held, {}, expected);
    expect(gaps.map(({ account, region }) => [account, region])).toEqual([[B, 'us-east-1']]);
  });

  test('days of a place that has a file on every other day', async () => {
    const held = contents({
      cells: [
        ...cells(A, REGION, days(1, 22)),
        ...cells(B, REGION, [...days(1, 15), ...days(18, 22)]),
      ],
    });
    const { gaps } = await searched(held);
    expect(told(gaps)).toEqual([
      [
        B,
        REGION,
        'the archive holds no log file of 2 days (2026-11-16, 2026-11-17), although there is one of nearly every other day',
      ],
    ]);
    const before = { time: time('2026-11-01T00:00:00Z', '2026-11-15T00:00:00Z') };
    expect((await searched(held, before)).gaps).toEqual([]);
  });

  test('the files of a place that stopped', async () => {
    const held = contents({
      cells: [...cells(A, REGION, days(1, 22)), ...cells(B, REGION, days(1, 17))],
    });
    const { gaps } = await searched(held);
    expect(told(gaps)).toEqual([
      [B, REGION, expect.stringContaining('3 days (2026-11-18, 2026-11-19, 2026-11-20)')],
    ]);
  });

  test('nothing of a place that is quiet on most days', async () => {
    const held = contents({
      cells: [
        ...cells(A, REGION, days(1, 22)),
        ...cells(B, REGION, ['2026-11-02', '2026-11-09', '2026-11-16']),
      ],
    });
    expect((await searched(held)).gaps).toEqual([]);
  });

  test('files that were set aside, of the place and time asked for', async () => {
    const name = (account: string, day: string) =>
      `s3://logs/AWSLogs/${account}/CloudTrail/${REGION}/2026/11/${day}/${account}_CloudTrail_${REGION}_202611${day}T0900Z_x.json.gz`;
    const setAside = [
      { name: name(A, '16'), reason: 'truncated gzip' },
      { name: name(A, '05'), reason: 'truncated gzip' },
      { name: name(C, '16'), reason: 'truncated gzip' },
      { name: '/logs/export.json', reason: 'not JSON' },
    ];
    const { gaps } = await searched(contents({ setAside }), { accounts: [A] });
    expect(told(gaps)).toEqual([
      [A, REGION, `${name(A, '16')} was set aside: truncated gzip`],
      ['', '', '/logs/export.json was set aside: not JSON'],
    ]);
    const many = Array.from({ length: 9 }, () => ({ name: name(A, '16'), reason: 'x' }));
    expect((await searched(contents({ setAside: many }))).gaps.at(-1)?.reason).toBe(
      '4 more log files were set aside',
    );
  });
});

describe('no has three values', () => {
  const ask = (plan: Partial<Plan>, sources: EventSource[]) =>
    answerPlan(
      soundPlan({ time: WEEK, eventNames: ['TerminateInstances'], resources: ['i-0fff'], ...plan }),
      'who?',
      { language: 'en', timeZone: 'UTC' },
      {
        now: () => new Date('2026-11-22T09:01:00Z'),
        vocabulary: async () => ({ accounts: [], people: [] }),
        sources,
      },
    );

  test('no: everything was seen, and nothing of the kind', async () => {
    const answer = await ask({}, [source(contents())]);
    expect(answer).toMatchObject({ verdict: 'none', total: 0, coverage: { gaps: [] } });
  });

  test('none found, but one account could not be seen', async () => {
    const expected = {
      ...EXPECTED,
      accounts: [...EXPECTED.accounts, { id: C, regions: [REGION] }],
    };
    const denied: EventSource = {
      name: 'LookupEvents',
      needs: [],
      find: async ({ from, to }) =>
        found([], {
          from,
          to,
          accounts: { searched: [], of: [C] },
          gaps: [{ account: C, region: '', reason: 'AccessDenied: the role is missing' }],
        }),
      issuing: async () => new Map(),
    };
    const answer = await ask({}, [source(contents(), expected), denied]);
    expect(answer.verdict).toBe('none-visible');
    expect(answer.coverage.gaps.map(({ account }) => account)).toContain(C);
    expect(answer.coverage.sources).toEqual(['archive', 'LookupEvents']);
  });

  test('cannot be known: data events were never recorded', async () => {
    const answer = await ask({ eventNames: ['GetObject'], eventSources: ['s3.amazonaws.com'] }, [
      source(contents()),
    ]);
    expect(answer).toMatchObject({
      verdict: 'unknowable',
      reason: expect.stringContaining('data events'),
    });
  });

  test('cannot be known: older than the archive', async () => {
    const old = time('2025-11-01T00:00:00Z', '2025-11-08T00:00:00Z');
    const answer = await ask({ time: old }, [source(contents())]);
    expect(answer).toMatchObject({
      verdict: 'unknowable',
      reason: expect.stringContaining('older'),
    });
  });
});
