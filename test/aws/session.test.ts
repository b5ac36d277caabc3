import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { GetTrailCommand } from '@aws-sdk/client-cloudtrail';
import { DescribeConfigurationRecorderStatusCommand } from '@aws-sdk/client-config-service';
import { reading } from '../../src/aws/reading.ts';
import { openAws } from '../../src/aws/session.ts';
import { sandbox } from '../jobs/sandbox-scan.ts';

/** What becomes of a reading from an AWS that answers AssumeRole and nothing more than this. */
async function readFrom(answer: (response: ServerResponse) => void) {
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => {
      if (body.includes('Action=')) response.end(stsAnswer(body));
      else answer(response);
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const before = process.env;
  process.env = {
    ...before,
    AWS_ENDPOINT_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    AWS_ACCESS_KEY_ID: 'AKIATEST',
    AWS_SECRET_ACCESS_KEY: 'test',
  };
  const settings = { readRole: 'read', fixRoles: {}, externalId: undefined, region: 'us-east-1' };
  const aws = openAws(settings, 200);
  try {
    const where = { account: '111122223333', region: 'us-east-1' };
    return await reading('cloudtrail:GetTrail', () =>
      aws.cloudTrail(where).send(new GetTrailCommand({ Name: 'trail' })),
    );
  } finally {
    process.env = before;
    aws.close();
    server.closeAllConnections();
    server.close();
  }
}

function stsAnswer(body: string): string {
  const [, action] = /Action=(\w+)/.exec(body) ?? [];
  const result =
    action === 'AssumeRole'
      ? '<Credentials><AccessKeyId>ASIA</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken><Expiration>2099-01-01T00:00:00Z</Expiration></Credentials>'
      : '<Account>111122223333</Account><Arn>arn:aws:iam::111122223333:user/bot</Arn>';
  return `<${action}Response><${action}Result>${result}</${action}Result></${action}Response>`;
}

const timedOut = { unseen: { kind: 'failed', reason: expect.stringContaining('timed out') } };

test('an AWS that takes the request and says nothing is a failed reading, not a wait without end', async () => {
  expect(await readFrom(() => {})).toMatchObject(timedOut);
}, 30_000);

test('an AWS that falls silent in the middle of its answer is a failed reading', async () => {
  const half = await readFrom((response) => {
    response.writeHead(200, { 'content-type': 'application/x-amz-json-1.1' });
    response.write('{"Trail":');
  });
  expect(half).toMatchObject(timedOut);
}, 30_000);

test('a success without a body is a failed reading, never an empty list', async () => {
  const empty = await readFrom((response) => {
    response.writeHead(200, { 'content-type': 'application/x-amz-json-1.1', 'content-length': 0 });
    response.end();
  });
  expect(empty).toMatchObject({
    unseen: { kind: 'failed', reason: 'EmptyAnswer: AWS answered 200 with nothing' },
  });
});

const ACCOUNT = '666677778888';
const ask = new DescribeConfigurationRecorderStatusCommand({});

describe('over the simulated company', () => {
  let box: Awaited<ReturnType<typeof sandbox>>;
  beforeAll(async () => {
    box = await sandbox();
  });
  beforeEach(() => {
    box.simulated.faults.clear();
    box.simulated.calls.length = 0;
  });
  afterAll(() => box.close());

  function sent(operation: string): number {
    return box.simulated.calls.filter((call) => call.operation === operation).length;
  }

  test('one session per account serves every service and region, also when asked at once', async () => {
    const regions = ['ap-northeast-2', 'us-east-1', 'eu-west-1'];
    await Promise.all(
      regions.map((region) => box.aws.config({ account: ACCOUNT, region }).send(ask)),
    );
    expect(sent('AssumeRole')).toBe(1);
    expect(sent('DescribeConfigurationRecorderStatus')).toBe(3);
  });

  test('a refused session is not remembered: the next call asks again', async () => {
    box.simulated.faults.add({ operation: 'sts:AssumeRole', effect: 'deny', times: 1 });
    const where = { account: '777788889999', region: 'us-east-1' };
    const first = await reading('', () => box.aws.config(where).send(ask));
    expect(first).toMatchObject({ unseen: { kind: 'denied' } });
    const second = await reading('', () => box.aws.config(where).send(ask));
    expect(second).toHaveProperty('seen');
  });

  test('the end of a fix session leaves the requests of all others alone', async () => {
    const where = { account: ACCOUNT, region: 'us-west-2' };
    box.simulated.faults.add({
      operation: 'config:DescribeConfigurationRecorderStatus',
      effect: 'none',
      delayMs: 400,
      times: 1,
    });
    const slow = box.aws.config(where).send(ask);
    const entered = await box.aws.fixRoleIn('trail', '444455556666');
    expect(entered).toHaveProperty('seen');
    await slow;
    expect(sent('DescribeConfigurationRecorderStatus')).toBe(1);
  });

  test('one client serves all accounts of a region at once, each call signed as the account that it asks', async () => {
    const accounts = ['222233334444', '444455556666', '666677778888', '777788889999'];
    const asked = Array.from({ length: 10 }, () => accounts).flat();
    await Promise.all(
      asked.map((account) => box.aws.config({ account, region: 'eu-west-1' }).send(ask)),
    );
    const seen = box.simulated.calls
      .filter(({ operation }) => operation === 'DescribeConfigurationRecorderStatus')
      .map(({ account }) => account);
    expect(seen.sort()).toEqual(asked.sort());
  });

  test('a session that AWS ended is renewed in the middle of a call, once for all who use it', async () => {
    const where = { account: '131313131313', region: 'us-east-1' };
    await box.aws.config(where).send(ask);
    box.simulated.calls.length = 0;
    box.simulated.faults.add({
      operation: 'config:DescribeConfigurationRecorderStatus',
      account: where.account,
      effect: 'expired-credentials',
      times: 3,
    });
    await Promise.all(Array.from({ length: 3 }, () => box.aws.config(where).send(ask)));
    expect(sent('AssumeRole')).toBe(1);
    expect(sent('DescribeConfigurationRecorderStatus')).toBe(6);
  });

  test('a session that stays ended is an error, not a loop', async () => {
    box.simulated.faults.add({
      operation: 'config:DescribeConfigurationRecorderStatus',
      account: '121212121212',
      effect: 'expired-credentials',
    });
    const where = { account: '121212121212', region: 'us-east-1' };
    const read = await reading('', () => box.aws.config(where).send(ask));
    expect(read).toMatchObject({
      unseen: { kind: 'failed', reason: expect.stringMatching(/^Expired/) },
    });
    expect(sent('DescribeConfigurationRecorderStatus')).toBe(2);
  });
});
