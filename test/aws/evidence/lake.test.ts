import { lakeSource } from '../../../src/aws/evidence/lake.ts';
import { lakeQuery } from '../../../src/aws/evidence/lake-query.ts';
import { readLakeStores } from '../../../src/aws/evidence/lake-stores.ts';
import type { Search } from '../../../src/core/evidence/source.ts';
import type { Scenario } from '../../../src/sandbox/aws/scenario.ts';
import { company } from '../../../src/sandbox/company.ts';
import { sandbox } from '../../jobs/sandbox-scan.ts';

const AUDIT = '333344445555';
const SHOP = '444455556666';
const HOME = { account: AUDIT, region: 'ap-northeast-2' };
const INSTANCE = 'i-0a1b2c3d4e5f60718';

const ANYTHING: Search = {
  from: '2026-11-20T00:00:00.500Z',
  to: '2026-11-21T00:00:00.500Z',
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

describe('the statement', () => {
  const WINDOW = "eventtime >= '2026-11-20 00:00:00' AND eventtime < '2026-11-21 00:00:01'";
  const where = (search: Partial<Search>) =>
    lakeQuery('store-1', { ...ANYTHING, ...search }).replace(
      `SELECT eventjson FROM store-1 WHERE ${WINDOW}`,
      '',
    );

  test('is bound by the time, which is what a query costs by', () => expect(where({})).toBe(''));

  test.each<[Partial<Search>, string]>([
    [{ accounts: [SHOP] }, ` AND recipientaccountid IN ('${SHOP}')`],
    [{ regions: ['eu-west-1'] }, " AND awsregion IN ('eu-west-1', 'us-east-1')"],
    [{ eventIds: ['a-1'] }, " AND eventid IN ('a-1')"],
    [{ accessKeyIds: ['AKIA1'] }, " AND useridentity.accesskeyid IN ('AKIA1')"],
    [
      { eventNames: ['CreateFunction20150331', 'Invoke'] },
      " AND (strpos(eventname, 'CreateFunction') = 1 OR strpos(eventname, 'Invoke') = 1)",
    ],
    [{ resources: [INSTANCE] }, ` AND (strpos(lower(eventjson), '${INSTANCE}') > 0)`],
    [
      { resources: ['arn:aws:iam::1:role/a/OrgAdmin'] },
      " AND (strpos(lower(eventjson), 'orgadmin') > 0)",
    ],
  ])('%j becomes%s', (search, sql) => expect(where(search)).toBe(sql));

  test.each([
    "x' OR '1'='1",
    "'; DROP TABLE events; --",
    'a%_b',
    '"',
    '가나다',
    'x'.repeat(300),
    '\\',
  ])('%s never stands in it', (hostile) => {
    const sql = lakeQuery('store-1', {
      ...ANYTHING,
      resources: [hostile],
      actors: [hostile],
      eventNames: [hostile],
      accessKeyIds: [hostile],
      eventIds: [hostile],
      sharedEventIds: [hostile],
      accounts: [hostile],
      regions: [hostile],
    });
    const literals = [...sql.matchAll(/'([^']*)'/g)].map(([, text]) => text);
    for (const literal of literals) expect(literal).toMatch(/^[A-Za-z0-9._: -]*$/);
    expect(sql.replace(/'[^']*'/g, '?')).toMatch(
      /^SELECT eventjson FROM store-1 WHERE eventtime >= \? AND eventtime < \?( AND (\w|[ .()>=?,])+)*$/,
    );
  });

  test('is never longer than Lake takes, and then selects less out', () => {
    const many = Array.from({ length: 2_000 }, (_, n) => `i-${n}`);
    const sql = lakeQuery('store-1', { ...ANYTHING, resources: many, eventNames: ['Run'] });
    expect(sql.length).toBeLessThan(10_000);
    expect(sql).toContain("strpos(eventname, 'Run') = 1");
  });
});

const STORE = {
  name: 'organization',
  id: 'aaaaaaaa-1111-2222-3333-444444444444',
  ...HOME,
  organization: true,
};

async function lake(
  change: (scenario: Scenario) => void,
  search: (now: Date) => Partial<Search>,
  settings: { pageLimit?: number; bytesADay?: number } = {},
) {
  const { aws, simulated, close } = await sandbox((scenario) => {
    scenario.events = company().events;
    change(scenario);
  });
  try {
    const { now } = simulated.world;
    const source = lakeSource({
      cloudTrail: aws.cloudTrail,
      stores: () => readLakeStores(aws.cloudTrail, [HOME], now().getTime()),
      places: async () => ({
        accounts: [AUDIT, SHOP].map((id) => ({ id, regions: ['ap-northeast-2', 'us-east-1'] })),
        gaps: [],
      }),
      clock: { now: () => now().getTime(), sleep: async () => {} },
      ...settings,
    });
    const asked = {
      ...ANYTHING,
      from: new Date(now().getTime() - 40 * 86_400_000).toISOString(),
      to: now().toISOString(),
      ...search(now()),
    };
    const found = await source.find(asked);
    const again = await source.find(asked);
    return { ...found, again, calls: simulated.calls.map(({ operation }) => operation) };
  } finally {
    await close();
  }
}

const withStore =
  (more: object = {}) =>
  (scenario: Scenario) => {
    scenario.eventDataStores = [
      {
        status: 'ENABLED',
        multiRegion: true,
        terminationProtection: true,
        retentionDays: 366,
        createdAt: '-700d 09:00',
        selectors: [{ FieldSelectors: [{ Field: 'eventCategory', Equals: ['Management'] }] }],
        ...STORE,
        ...more,
      },
    ];
  };

test('a store of the organization answers for all of it', async () => {
  const { events, searched } = await lake(withStore(), () => ({ resources: [INSTANCE] }));
  expect(events.map(({ eventName }) => eventName)).toContain('TerminateInstances');
  expect(events[0]?.origin).toBe('CloudTrail Lake organization');
  expect(searched).toMatchObject({
    accounts: { searched: [AUDIT, SHOP], of: [AUDIT, SHOP] },
    categories: ['management'],
    gaps: [],
  });
});

test('what is older than the store is not there to search', async () => {
  const { searched } = await lake(withStore({ createdAt: '-10d 09:00' }), () => ({}));
  expect(Date.parse(searched.to) - Date.parse(searched.from)).toBeLessThan(11 * 86_400_000);
});

test.each([
  ['one that takes no more events in', { status: 'STOPPED_INGESTION' }],
  [
    'one for Config',
    {
      selectors: [{ FieldSelectors: [{ Field: 'eventCategory', Equals: ['ConfigurationItem'] }] }],
    },
  ],
  [
    'one that takes in only writes',
    {
      selectors: [
        {
          FieldSelectors: [
            { Field: 'eventCategory', Equals: ['Management'] },
            { Field: 'readOnly', Equals: ['false'] },
          ],
        },
      ],
    },
  ],
])('%s answers for nobody', async (_, more) => {
  const { searched, calls } = await lake(withStore(more), () => ({}));
  expect(searched.accounts.searched).toEqual([]);
  expect(searched.gaps.map(({ account }) => account)).toEqual([AUDIT, SHOP]);
  expect(calls).not.toContain('StartQuery');
});

test('a store of one account answers for it alone', async () => {
  const { searched } = await lake(withStore({ organization: false }), () => ({}));
  expect(searched.accounts.searched).toEqual([AUDIT]);
  expect(searched.gaps).toMatchObject([{ account: SHOP, region: '' }]);
});

test('a query that is refused, cut or over the budget of a day is a gap of the store', async () => {
  const denied = await lake(
    (scenario) => {
      withStore()(scenario);
      scenario.faults = [{ operation: 'cloudtrail:StartQuery', effect: 'deny' }] as never;
    },
    () => ({}),
  );
  expect(denied.searched.gaps[0]).toMatchObject({
    ...HOME,
    reason: expect.stringContaining('AccessDenied'),
  });
  expect(denied.searched.accounts.searched).toEqual([]);
  const spent = await lake(withStore(), () => ({}), { bytesADay: 1 });
  expect(spent.searched.gaps).toEqual([]);
  expect(spent.again.searched.gaps[0]?.reason).toMatch(/have scanned \d+ bytes today/);
  expect(spent.calls.filter((operation) => operation === 'StartQuery')).toHaveLength(1);
});
