import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { GetTrailCommand } from '@aws-sdk/client-cloudtrail';
import { reading } from '../../src/aws/reading.ts';
import { openAws } from '../../src/aws/session.ts';

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
