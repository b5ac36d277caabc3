import { ListRegionsCommand } from '@aws-sdk/client-account';
import { GetTrailStatusCommand, ListTrailsCommand } from '@aws-sdk/client-cloudtrail';
import { DescribeConfigurationRecorderStatusCommand } from '@aws-sdk/client-config-service';
import { ListAccountsCommand } from '@aws-sdk/client-organizations';
import { ListBucketsCommand } from '@aws-sdk/client-s3';
import { QUOTAS, quotaOf } from '../../../src/sandbox/aws/quotas.ts';
import { HANDLERS } from '../../../src/sandbox/aws/services/index.ts';
import { traffic } from '../../../src/sandbox/aws/traffic.ts';
import { AUDIT, closeAll, MANAGEMENT, SHOP } from './soundness.ts';
import { stageWhere } from './stage.ts';

afterAll(closeAll);

/** How many of so many calls at once were answered, and with which errors the others ended. */
async function atOnce(calls: number, call: () => Promise<unknown>) {
  const ended = await Promise.allSettled(Array.from({ length: calls }, call));
  const errors = ended.flatMap((one) => (one.status === 'rejected' ? [one.reason.name] : []));
  return { answered: calls - errors.length, errors: [...new Set(errors)] };
}

test('without quotas nothing but LookupEvents and writes is throttled', async () => {
  const { as } = await stageWhere();
  const { cloudtrail } = as(SHOP);
  const { answered } = await atOnce(40, () => cloudtrail.send(new ListTrailsCommand({})));
  expect(answered).toBe(40);
});

test('reads of CloudTrail share ten a second, per account and region', async () => {
  const { aws, as } = await stageWhere({ quotas: true });
  const { cloudtrail } = as(SHOP);
  const many = await atOnce(40, () => cloudtrail.send(new ListTrailsCommand({})));
  // A token may come back while forty calls are on their way.
  expect(many.answered).toBeGreaterThanOrEqual(10);
  expect(many.answered).toBeLessThan(25);
  expect(many.errors).toEqual(['ThrottlingException']);
  const elsewhere = await atOnce(5, () =>
    as(SHOP, 'eu-west-1').cloudtrail.send(new ListTrailsCommand({})),
  );
  expect(elsewhere.answered).toBe(5);
  const others = await atOnce(5, () => as(AUDIT).cloudtrail.send(new ListTrailsCommand({})));
  expect(others.answered).toBe(5);
  expect(aws.traffic.counts()).toMatchObject({
    requests: 50,
    throttled: 40 - many.answered,
    byOperation: { 'cloudtrail:ListTrails': 50 },
    throttledByOperation: { 'cloudtrail:ListTrails': 40 - many.answered },
  });
  expect(aws.traffic.peaks()).toContainEqual({
    operation: 'cloudtrail:ListTrails',
    account: AUDIT,
    region: 'ap-northeast-2',
    perSecond: 5,
  });
});

test('every service throttles in its own words, and S3 does not', async () => {
  const { as } = await stageWhere({ quotas: true });
  const { config, account, s3 } = as(SHOP);
  const { organizations } = as(MANAGEMENT);
  const words = async (call: () => Promise<unknown>) => (await atOnce(80, call)).errors;
  expect(
    await words(() => config.send(new DescribeConfigurationRecorderStatusCommand({}))),
  ).toEqual(['ThrottlingException']);
  expect(await words(() => account.send(new ListRegionsCommand({})))).toEqual([
    'TooManyRequestsException',
  ]);
  expect(await words(() => organizations.send(new ListAccountsCommand({})))).toEqual([
    'TooManyRequestsException',
  ]);
  expect(await words(() => s3.send(new ListBucketsCommand({})))).toEqual([]);
});

test('the quota of Organizations is the organization’s as a whole', async () => {
  const { as } = await stageWhere({ quotas: true });
  const half = (account: string, region: string) =>
    atOnce(40, () => as(account, region).organizations.send(new ListAccountsCommand({})));
  const both = await Promise.all([half(MANAGEMENT, 'us-east-1'), half(AUDIT, 'eu-west-1')]);
  expect(both.reduce((sum, { answered }) => sum + answered, 0)).toBeLessThan(45);
});

test('every number says where it is from, and every operation but S3’s has one', () => {
  for (const { source } of QUOTAS) expect(source).not.toBe('');
  const without = Object.keys(HANDLERS).filter((operation) => quotaOf(operation) === null);
  expect(without.filter((operation) => !operation.startsWith('s3:'))).toEqual([]);
  expect(quotaOf('cloudtrail:LookupEvents')?.perSecond).toBe(2);
  expect(quotaOf('cloudtrail:UpdateTrail')?.perSecond).toBe(1);
});

test('the peak is of any one second, not of the clock’s', () => {
  const seen = traffic();
  for (const at of [0, 900, 950, 1_100, 1_850]) seen.saw('a:B', SHOP, 'eu-west-1', at);
  expect(seen.peaks()).toEqual([
    { operation: 'a:B', account: SHOP, region: 'eu-west-1', perSecond: 4 },
  ]);
});

test('a scenario that records no calls keeps none, and counts them all the same', async () => {
  const { aws, as } = await stageWhere({
    recordCalls: false,
    trails: [{ name: 'shop', account: SHOP, homeRegion: 'ap-northeast-2', bucket: 'logs' }],
  });
  await as(SHOP).cloudtrail.send(new GetTrailStatusCommand({ Name: 'shop' }));
  expect(aws.calls).toEqual([]);
  expect([...aws.world.events.values()].flat()).toEqual([]);
  expect(aws.traffic.counts().requests).toBe(1);
});
