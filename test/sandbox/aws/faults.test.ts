import { ListRegionsCommand } from '@aws-sdk/client-account';
import { DescribeTrailsCommand, LookupEventsCommand } from '@aws-sdk/client-cloudtrail';
import { DescribeConfigurationRecordersCommand } from '@aws-sdk/client-config-service';
import { DescribeRegionsCommand } from '@aws-sdk/client-ec2';
import { ListKeysCommand } from '@aws-sdk/client-kms';
import { ListAccountsCommand } from '@aws-sdk/client-organizations';
import { ListBucketsCommand } from '@aws-sdk/client-s3';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import type { RunningAws } from '../../../src/sandbox/aws/index.ts';
import type { Fault } from '../../../src/sandbox/aws/scenario.ts';
import { assume, clients, closeAll, failureOf, PAYMENTS, SHOP, soundAws } from './soundness.ts';

afterAll(closeAll);

const services = ['account', 'cloudtrail', 'config', 'ec2', 'organizations', 's3', 'sts'];

test.each([
  ['account', 'TooManyRequestsException', 429],
  ['cloudtrail', 'ThrottlingException', 400],
  ['config', 'ThrottlingException', 400],
  ['ec2', 'RequestLimitExceeded', 503],
  ['organizations', 'TooManyRequestsException', 400],
  ['s3', 'SlowDown', 503],
  ['sts', 'Throttling', 400],
])('%s throttles with %s', async (service, name, status) => {
  const aws = await soundAws({ faults: [{ effect: 'throttle' }] });
  expect(await failureOf(ask(service, aws))).toMatchObject({ name, status });
});

test('the SDK’s standard retry absorbs two throttled calls of any service', async () => {
  const outcomes = services.map(async (service) => {
    const aws = await soundAws({ faults: [{ effect: 'throttle', times: 2 }] });
    await ask(service, aws, { maxAttempts: 3 });
    return [service, ...aws.calls.map(({ outcome }) => outcome === 'ok')];
  });
  expect(await Promise.all(outcomes)).toEqual(
    services.map((service) => [service, false, false, true]),
  );
});

test.each([
  ['cloudtrail', 'AccessDeniedException', 400],
  ['ec2', 'UnauthorizedOperation', 403],
  ['s3', 'AccessDenied', 403],
  ['sts', 'AccessDenied', 403],
])('%s denies with %s, and the SDK does not try again', async (service, name, status) => {
  const aws = await soundAws({ faults: [{ effect: 'deny' }] });
  expect(await failureOf(ask(service, aws, { maxAttempts: 3 }))).toMatchObject({
    name,
    status,
    attempts: 1,
  });
});

test('a denial reads as one of the organization’s, which no role can lift', async () => {
  const aws = await soundAws({
    faults: [{ effect: 'deny', operation: 'cloudtrail:DescribeTrails' }],
  });
  expect(await failureOf(ask('cloudtrail', aws))).toMatchObject({
    message: expect.stringMatching(
      /^User: arn:aws:sts::.* is not authorized to perform: cloudtrail:DescribeTrails with an explicit deny in a service control policy$/,
    ),
  });
});

test.each(['cloudtrail:LookupEvent', 'nothing:*', 'LookupEvents', 's3'])(
  'a fault aimed at “%s”, which does not exist, is refused',
  async (operation) => {
    await expect(soundAws({ faults: [{ operation, effect: 'deny' }] })).rejects.toThrow(operation);
    const aws = await soundAws();
    expect(() => aws.faults.add({ operation, effect: 'deny' })).toThrow(operation);
  },
);

test('expired credentials and internal errors have the service’s own names', async () => {
  const aws = await soundAws();
  aws.faults.add({ effect: 'expired-credentials' });
  expect(await failureOf(ask('cloudtrail', aws))).toMatchObject({ name: 'ExpiredTokenException' });
  expect(await failureOf(ask('s3', aws))).toMatchObject({ name: 'ExpiredToken' });
  aws.faults.clear();
  aws.faults.add({ effect: 'internal-error' });
  expect(await failureOf(ask('config', aws))).toMatchObject({
    name: 'InternalFailure',
    status: 500,
  });
  expect(await failureOf(ask('s3', aws))).toMatchObject({ name: 'InternalError', status: 500 });
  aws.faults.clear();
  await ask('s3', aws);
});

test('a reset connection is an error at first and absorbed by a second attempt', async () => {
  const aws = await soundAws();
  aws.faults.add({ effect: 'reset', times: 1 });
  expect(await failureOf(ask('cloudtrail', aws))).toMatchObject({
    message: expect.stringMatching(/ECONNRESET|socket hang up/),
  });
  aws.faults.add({ effect: 'reset', times: 1 });
  await ask('cloudtrail', aws, { maxAttempts: 2 });
  expect(aws.calls.map(({ outcome }) => outcome)).toEqual(['reset', 'reset', 'ok']);
});

test.each(services)('a truncated answer of %s is never taken for a whole one', async (service) => {
  const aws = await soundAws();
  aws.faults.add({ effect: 'truncate', times: 1 });
  expect((await failureOf(ask(service, aws))).message).toMatch(/aborted|ECONNRESET|terminated/);
  expect(aws.calls).toMatchObject([{ outcome: 'truncated' }]);
});

test('a call that hangs ends when the client’s patience does', async () => {
  const aws = await soundAws();
  aws.faults.add({ effect: 'hang', times: 1 });
  const requestHandler = new NodeHttpHandler({ requestTimeout: 150, throwOnRequestTimeout: true });
  expect(await failureOf(ask('cloudtrail', aws, { requestHandler }))).toMatchObject({
    name: 'TimeoutError',
  });
  await ask('cloudtrail', aws, { requestHandler });
  requestHandler.destroy();
});

test('a delay alone only takes time', async () => {
  const aws = await soundAws({ faults: [{ delayMs: 120, times: 1 }] });
  const before = performance.now();
  await ask('ec2', aws);
  expect(performance.now() - before).toBeGreaterThanOrEqual(115);
  expect(aws.calls).toMatchObject([{ outcome: 'ok' }]);
});

describe('a fault strikes only where it is aimed', () => {
  const aimed = async (fault: Partial<Fault>) => {
    const aws = await soundAws();
    const credentials = [await assume(aws, SHOP), await assume(aws, PAYMENTS)];
    aws.faults.add({ effect: 'deny', ...fault });
    const outcomes: string[] = [];
    for (const [index, each] of credentials.entries()) {
      for (const region of ['ap-northeast-2', 'eu-west-1']) {
        const { cloudtrail, s3 } = clients(aws, { credentials: each, region });
        const calls = {
          trails: () => cloudtrail.send(new DescribeTrailsCommand({})),
          events: () => cloudtrail.send(new LookupEventsCommand({})),
          buckets: () => s3.send(new ListBucketsCommand({})),
        };
        for (const [name, call] of Object.entries(calls)) {
          const denied = await call().then(
            () => false,
            () => true,
          );
          if (denied) outcomes.push(`${index === 0 ? 'shop' : 'payments'} ${region} ${name}`);
        }
      }
    }
    return outcomes;
  };

  test('by operation', async () => {
    expect(await aimed({ operation: 'cloudtrail:LookupEvents', times: 2 })).toEqual([
      'shop ap-northeast-2 events',
      'shop eu-west-1 events',
    ]);
  });
  test('by service and region', async () => {
    expect(await aimed({ operation: 's3:*', region: 'eu-west-1' })).toEqual([
      'shop eu-west-1 buckets',
      'payments eu-west-1 buckets',
    ]);
  });
  test('by account', async () => {
    expect(await aimed({ operation: 'cloudtrail:DescribeTrails', account: PAYMENTS })).toEqual([
      'payments ap-northeast-2 trails',
      'payments eu-west-1 trails',
    ]);
  });
});

test('chance strikes the same calls for the same seed', async () => {
  const struck = async (seed: number) => {
    const aws = await soundAws({ faults: [{ effect: 'deny', probability: 0.4 }] }, { seed });
    for (let n = 0; n < 40; n++) await ask('ec2', aws).catch(() => undefined);
    return aws.calls.map(({ outcome }) => outcome);
  };
  const first = await struck(7);
  expect(await struck(7)).toEqual(first);
  expect(await struck(8)).not.toEqual(first);
  const share = first.filter((outcome) => outcome !== 'ok').length / first.length;
  expect(share).toBeGreaterThan(0.15);
  expect(share).toBeLessThan(0.65);
});

test('what is not simulated says so loudly, by name, and is never an empty success', async () => {
  const aws = await soundAws();
  const { kms } = clients(aws);
  expect(await failureOf(kms.send(new ListKeysCommand({})))).toMatchObject({
    name: 'NotImplemented',
    status: 501,
    message: 'kms:ListKeys is not simulated',
  });
  expect(aws.log).toEqual(['aws simulator: kms:ListKeys is not simulated']);
});

function ask(service: string, aws: RunningAws, difference: Parameters<typeof clients>[1] = {}) {
  const to = clients(aws, difference);
  switch (service) {
    case 'account':
      return to.account.send(new ListRegionsCommand({}));
    case 'cloudtrail':
      return to.cloudtrail.send(new DescribeTrailsCommand({}));
    case 'config':
      return to.config.send(new DescribeConfigurationRecordersCommand({}));
    case 'ec2':
      return to.ec2.send(new DescribeRegionsCommand({}));
    case 'organizations':
      return to.organizations.send(new ListAccountsCommand({}));
    case 's3':
      return to.s3.send(new ListBucketsCommand({}));
    case 'sts':
      return to.sts.send(new GetCallerIdentityCommand({}));
    default:
      throw new Error(`nothing to ask of ${service}`);
  }
}
