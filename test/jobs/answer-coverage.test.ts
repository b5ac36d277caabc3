import type { Plan } from '../../src/core/questions/plan.ts';
import { answerQuestion } from '../../src/jobs/answer-question.ts';
import { asking } from './beside-world.ts';

const about = (what: NonNullable<Plan['about']>, more: Partial<Plan> = {}): Partial<Plan> => ({
  shape: 'coverage',
  about: what,
  ...more,
});
const CARDS = 'bora-payments-card-data';
const PAYMENTS = '666677778888';

describe('questions about the record itself', () => {
  let company: Awaited<ReturnType<typeof asking>>;
  beforeAll(async () => {
    company = await asking();
  });
  afterAll(() => company.close());

  test('who is not recorded everywhere, and who cannot be seen, is named', async () => {
    const answer = await company.ask(about('trails'));
    expect(answer.verdict).toBe('found');
    expect(answer.text).toMatch(
      /^Not every account is recorded\. A trail records all management events in every region of 11 of 14/,
    );
    expect(answer.text).toMatch(/acquired-labs \(141414141414\): all in eu-west-1, nothing in /);
    expect(answer.text).toMatch(/team-sandbox \(151515151515\): cannot be seen/);
    expect(answer.coverage.gaps.map(({ account }) => account).toSorted()).toEqual([
      '151515151515',
      '161616161616',
    ]);
  });

  test('of accounts that are all recorded it is said', async () => {
    const answer = await company.ask(
      about('trails', { accounts: [PAYMENTS, '444455556666'] }),
      'ko',
    );
    expect(answer).toMatchObject({ verdict: 'found', coverage: { gaps: [] } });
    expect(answer.text).toMatch(/^모든 계정이 기록되고 있습니다\. 지금 계정 2개 가운데 2개는/);
  });

  test.each([
    ['en', 'which accounts have no trail?', /^Not every account is recorded\./],
    ['ko', '트레일이 없는 계정 있어?', /^기록되지 않는 곳이 있습니다\./],
  ] as const)(
    'asked for what is not recorded (%s), nobody hears “no”',
    async (language, words, first) => {
      const answer = await answerQuestion(words, { language, timeZone: 'UTC' }, company.world);
      expect(answer.verdict).toBe('found');
      expect(answer.text).toMatch(first);
      expect(answer.text).toContain('acquired-labs (141414141414)');
    },
  );

  test('the last scan answers for an organization too large to ask anew, with its age', async () => {
    const accounts = Array.from({ length: 201 }, (_, index) => ({
      id: String(100_000_000_000 + index),
      name: `a${index}`,
      ou: '',
      visible: index !== 0,
      reason: index === 0 ? 'refused' : null,
    }));
    const coverage = accounts.slice(2).map(({ id: account }) => ({
      account,
      region: 'eu-west-1',
      managementRead: true,
      managementWrite: true,
      dataEvents: [],
      trails: [],
    }));
    const lastScan = async () =>
      ({ accounts, coverage, scannedAt: '2026-11-20T03:00:00Z' }) as never;
    const answer = await company.ask(about('trails'), 'en', { ...company.world, lastScan });
    expect(answer.text).toContain('at the scan of 2026-11-20 03:00:00 UTC');
    expect(answer.text).toContain('a0 (100000000000): cannot be seen (refused)');
  });

  test('which accounts cannot be seen, and why', async () => {
    const answer = await company.ask(about('accounts'));
    expect(answer.verdict).toBe('found');
    expect(answer.text).toMatch(/^I cannot see 2 of 14 accounts:/);
    expect(answer.text).toContain('old-campaign (161616161616): the account is SUSPENDED');
    const all = await company.ask(about('accounts', { accounts: [PAYMENTS] }));
    expect(all.verdict).toBe('none');
  });

  test('data events of a bucket: not recorded, since whose call', async () => {
    const answer = await company.ask(about('data-events', { resources: [CARDS] }));
    expect(answer.verdict).toBe('none');
    expect(answer.text).toMatch(/^No\./);
    expect(answer.text).toMatch(
      /data events \(GetObject\) of bora-payments-card-data: not recorded from .* \(PutEventSelectors by mina@bora\.example at .*, event [0-9a-f-]{36}\)/,
    );
  });

  test('data events of a bucket that a trail records, in the present', async () => {
    const answer = await company.ask(
      about('data-events', { resources: ['bora-customer-documents'] }),
    );
    expect(answer.verdict).toBe('found');
    expect(answer.text).toMatch(/^Yes\./);
  });

  test('without a bucket, what every trail records of them is told', async () => {
    const answer = await company.ask(about('data-events'));
    expect(answer.text).toContain(
      'AWS::S3::Object read+write arn:aws:s3:::bora-customer-documents/*',
    );
    expect(answer.text).toContain('no data events');
  });

  test('how far back, source by source', async () => {
    const files = {
      ...company.world.sources[0],
      name: 'archive',
      find: async () => ({
        events: [],
        searched: {
          from: '2025-01-01T00:00:00Z',
          to: '2026-11-20T00:00:00Z',
          accounts: { searched: [], of: [] },
          regions: { searched: [], of: [] },
          categories: ['management' as const, 'data' as const],
          gaps: [],
          settledUntil: null,
        },
      }),
    };
    const sources = [files as never, ...company.world.sources];
    const answer = await company.ask(about('history'), 'en', { ...company.world, sources });
    expect(answer.text).toMatch(/^I can search back to 2025-01-01 00:00:00 UTC\./);
    expect(answer.text).toContain('• archive: from 2025-01-01');
    expect(answer.text).toContain('• LookupEvents: from ');
  });

  test('what was searched is the coverage of the answer before; without one nobody knows', async () => {
    const none = await company.ask(about('last-search'));
    expect(none.verdict).toBe('unknowable');
    const before = await company.ask({ eventNames: ['TerminateInstances'], accounts: [PAYMENTS] });
    const plan = before.understood.plan as Plan;
    const previous = { plan, coverage: before.coverage };
    const answer = await company.ask(about('last-search'), 'en', { ...company.world, previous });
    expect(answer.coverage).toEqual(before.coverage);
    expect(answer.text).toContain('Searched 1/1 account');
  });

  test('a question on data events that were never recorded cannot be known, and says whose call that was', async () => {
    const week = new Date(company.world.now().getTime() - 7 * 86_400_000).toISOString();
    const to = company.world.now().toISOString();
    const answer = await company.ask({
      eventNames: ['GetObject'],
      resources: [CARDS],
      time: { from: week, to, zone: 'UTC', assumed: false },
    });
    expect(answer.verdict).toBe('unknowable');
    expect(answer.text).toMatch(
      /^This cannot be known: data events \(GetObject\) of bora-payments-card-data were not recorded between .* \(PutEventSelectors by mina@bora\.example/,
    );
  });

  test('one on data events that are recorded, but are not in what was searched, says both', async () => {
    const week = new Date(company.world.now().getTime() - 7 * 86_400_000).toISOString();
    const answer = await company.ask({
      eventNames: ['GetObject'],
      resources: ['s3://bora-customer-documents/a.pdf'],
      time: { from: week, to: company.world.now().toISOString(), zone: 'UTC', assumed: false },
    });
    expect(answer.verdict).toBe('unknowable');
    expect(answer.text).toContain('trails do record them');
  });
});

test('selectors that may not be read leave it unknown, and nobody says yes or no', async () => {
  const company = await asking();
  try {
    company.box.simulated.faults.add({ operation: 'cloudtrail:GetEventSelectors', effect: 'deny' });
    const trails = await company.ask(about('trails', { accounts: ['444455556666'] }));
    expect(trails.verdict).toBe('none-visible');
    expect(trails.text).toContain('not known in');
    const data = await company.ask(
      about('data-events', { resources: ['bora-customer-documents'] }),
      'ko',
    );
    expect(data.verdict).toBe('none-visible');
    expect(data.text).toMatch(/^확실히 알 수 없습니다/);
    const closed = await company.ask(about('accounts', { accounts: ['161616161616'] }), 'ko');
    expect(closed.text).toContain('정지된 계정입니다');
  } finally {
    await company.close();
  }
});
