import { Readable } from 'node:stream';
import { CloudTrailClient, ListTrailsCommand } from '@aws-sdk/client-cloudtrail';
import { ListAccountsCommand, OrganizationsClient } from '@aws-sdk/client-organizations';
import { GetBucketPolicyCommand, S3Client } from '@aws-sdk/client-s3';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { pacer } from '../../src/aws/budgets.ts';
import { sharedClients } from '../../src/aws/shared-clients.ts';

type Sent = { hostname: string; scope: string; key: string };

/** Clients of AWS's own endpoints, over a network that notes what is sent and answers nothing. */
function clientsOver(sent: Sent[]) {
  delete process.env.AWS_ENDPOINT_URL;
  const network = new NodeHttpHandler();
  network.handle = async ({ hostname, headers }) => {
    const [, key = '', scope = ''] =
      /Credential=([^/]+)\/\d+\/([^,]+)\/aws4_request/.exec(headers.authorization ?? '') ?? [];
    sent.push({ hostname, scope, key });
    const body = Readable.from(['{}']);
    return { response: { statusCode: 200, headers: {}, body } } as never;
  };
  const of = async (account: string) => ({
    accessKeyId: `KEY-OF-${account}`,
    secretAccessKey: `secret of ${account}`,
    sessionToken: 'token',
    expiration: new Date(Date.now() + 3_600_000),
  });
  return sharedClients(network, { of, renewed: of }, pacer(), (client) => client);
}

const HERE = { account: '111122223333', region: 'ap-northeast-2' };
const THERE = { account: '444455556666', region: 'eu-west-1' };

test('one client goes to every region, each request signed for where it goes and as who sends it', async () => {
  const sent: Sent[] = [];
  const client = clientsOver(sent);
  const both = [HERE, THERE, HERE, THERE].map((where) => client(CloudTrailClient, where));
  expect(new Set(both.map((one) => Object.getPrototypeOf(one))).size).toBe(1);
  await Promise.all(both.map((one) => one.send(new ListTrailsCommand({}))));
  const here = {
    hostname: 'cloudtrail.ap-northeast-2.amazonaws.com',
    scope: 'ap-northeast-2/cloudtrail',
    key: 'KEY-OF-111122223333',
  };
  const there = {
    hostname: 'cloudtrail.eu-west-1.amazonaws.com',
    scope: 'eu-west-1/cloudtrail',
    key: 'KEY-OF-444455556666',
  };
  expect(sent.map(({ scope }) => scope).sort()).toEqual(
    [here, here, there, there].map(({ scope }) => scope),
  );
  expect(sent).toEqual(expect.arrayContaining([here, there]));
  expect(sent.every((one) => [here, there].some(({ hostname }) => hostname === one.hostname))).toBe(
    true,
  );
});

test('a global service is asked where it stands, whatever the region, and the next one is not', async () => {
  const sent: Sent[] = [];
  const client = clientsOver(sent);
  await client(OrganizationsClient, HERE).send(new ListAccountsCommand({}));
  await client(CloudTrailClient, THERE).send(new ListTrailsCommand({}));
  await client(OrganizationsClient, THERE).send(new ListAccountsCommand({}));
  expect(sent.map(({ hostname, scope }) => `${hostname} ${scope}`)).toEqual([
    'organizations.us-east-1.amazonaws.com us-east-1/organizations',
    'cloudtrail.eu-west-1.amazonaws.com eu-west-1/cloudtrail',
    'organizations.us-east-1.amazonaws.com us-east-1/organizations',
  ]);
});

test('S3, which changes the region of a client to follow a redirect, has a client per region', async () => {
  const sent: Sent[] = [];
  const client = clientsOver(sent);
  const both = [HERE, THERE].map((where) => client(S3Client, where));
  expect(new Set(both.map((one) => Object.getPrototypeOf(one))).size).toBe(2);
  await Promise.all(
    both.map((one) => one.send(new GetBucketPolicyCommand({ Bucket: 'audit-logs' }))),
  );
  expect(sent.map(({ hostname, scope }) => `${hostname} ${scope}`).sort()).toEqual([
    'audit-logs.s3.ap-northeast-2.amazonaws.com ap-northeast-2/s3',
    'audit-logs.s3.eu-west-1.amazonaws.com eu-west-1/s3',
  ]);
});
