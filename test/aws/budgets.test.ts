import { BUDGETS, type Budget, pacer } from '../../src/aws/budgets.ts';
import type { Clock } from '../../src/aws/evidence/pace.ts';

const SHOP = { account: '444455556666', region: 'eu-west-1' };
const list = { service: 'CloudTrail', operation: 'ListTrails', ...SHOP };

/** A clock that stands while nobody sleeps, and on which all sleepers wake in order. */
function frozen(): Clock & { pass(ms: number): void; slept: number[] } {
  let now = 1_000_000;
  const slept: number[] = [];
  return {
    slept,
    now: () => now,
    sleep: async (ms) => void slept.push(now + ms),
    pass: (ms) => {
      now += ms;
    },
  };
}

/** The instants at which so many requests are sent, when all are wanted at once. */
async function instants(requests: (typeof list)[], budgets: readonly Budget[] = BUDGETS) {
  const clock = frozen();
  const { allowed } = pacer(budgets, clock);
  const at: number[] = [];
  for (const request of requests) {
    const before = clock.slept.length;
    await allowed(request);
    at.push(clock.slept[before] ?? clock.now());
  }
  return at;
}

/** The most that is sent within any one second. */
function most(at: number[]): number {
  return Math.max(
    ...at.map((from) => at.filter((one) => one >= from && one < from + 1_000).length),
  );
}

const times = <T>(count: number, one: T) => Array.from({ length: count }, () => one);

test.each([
  ['CloudTrail', 'ListTrails', 10],
  ['CloudTrail', 'LookupEvents', 2],
  ['CloudTrail', 'UpdateTrail', 1],
  ['STS', 'AssumeRole', 500],
  ['Account', 'ListRegions', 5],
  ['Organizations', 'ListAccounts', 10],
  ['Organizations', 'ListRoots', 1],
  ['ConfigService', 'SelectAggregateResourceConfig', 20],
])('%s %s is never sent more than %d times within a second', async (service, operation, quota) => {
  const at = await instants(times(quota * 3 + 1, { service, operation, ...SHOP }));
  expect(most(at)).toBeLessThanOrEqual(quota);
  // Nor is it slower than it must be: three full seconds take three seconds.
  expect((at.at(-1) ?? 0) - (at[0] ?? 0)).toBeLessThan(3_300);
});

test('other accounts and other regions have budgets of their own', async () => {
  const at = await instants([
    ...times(10, list),
    ...times(10, { ...list, account: '666677778888' }),
    ...times(10, { ...list, region: 'us-east-1' }),
  ]);
  expect(new Set(at).size).toBe(1);
});

test('the reads of CloudTrail share one budget, as AWS counts them', async () => {
  const at = await instants([...times(10, list), { ...list, operation: 'GetTrailStatus' }]);
  expect(at[10]).toBeGreaterThan(at[0] ?? 0);
});

test('an API without a budget is not held up', async () => {
  const at = await instants(times(500, { service: 'S3', operation: 'GetBucketPolicy', ...SHOP }));
  expect(new Set(at).size).toBe(1);
});

test('a budget that others spend from, too, is halved when AWS throttles and recovers, never beyond it', async () => {
  const clock = frozen();
  const { allowed, answered } = pacer(BUDGETS, clock);
  const accounts = { service: 'Organizations', operation: 'ListAccounts', ...SHOP };
  const gap = async () => {
    clock.pass(60_000);
    const before = clock.slept.length;
    await allowed(accounts);
    await allowed(accounts);
    return (clock.slept[before] ?? clock.now()) - clock.now();
  };
  expect(await gap()).toBe(0);
  answered(accounts, true);
  expect(await gap()).toBe(200);
  answered(accounts, true);
  expect(await gap()).toBe(400);
  for (let more = 0; more < 100; more += 1) answered(accounts, false);
  expect(await gap()).toBe(0);
  for (let more = 0; more < 100; more += 1) answered(accounts, true);
  expect(await gap()).toBe(2_000);
});

test('every budget says where its number is from', () => {
  for (const { source } of BUDGETS) expect(source.length).toBeGreaterThan(10);
});
