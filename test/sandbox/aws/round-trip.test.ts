import * as account from '@aws-sdk/client-account';
import * as cloudtrail from '@aws-sdk/client-cloudtrail';
import * as monitoring from '@aws-sdk/client-cloudwatch';
import * as logs from '@aws-sdk/client-cloudwatch-logs';
import * as config from '@aws-sdk/client-config-service';
import * as ec2 from '@aws-sdk/client-ec2';
import * as iam from '@aws-sdk/client-iam';
import * as identitystore from '@aws-sdk/client-identitystore';
import * as kms from '@aws-sdk/client-kms';
import * as organizations from '@aws-sdk/client-organizations';
import * as s3 from '@aws-sdk/client-s3';
import * as sns from '@aws-sdk/client-sns';
import * as sso from '@aws-sdk/client-sso-admin';
import * as sts from '@aws-sdk/client-sts';
import type { Handlers } from '../../../src/sandbox/aws/service.ts';
import { HANDLERS } from '../../../src/sandbox/aws/services/index.ts';
import { schemaOf } from '../../../src/sandbox/aws/wire/schemas.ts';
import { clients, closeAll, soundAws } from './soundness.ts';
import { comparable, synthesis } from './synthesis.ts';

afterAll(closeAll);

type Fields = { [name: string]: unknown };
type Sender = { send(command: unknown): Promise<Fields> };
const PACKAGES: { [service: string]: object } = {
  account,
  cloudtrail,
  config,
  ec2,
  iam,
  identitystore,
  kms,
  logs,
  monitoring,
  organizations,
  s3,
  sns,
  sso,
  sts,
};
const OBJECT = Buffer.from('an object <&"é한>\u0000\r\n');
/** What the SDK itself computes of an object on its way: digests, lengths, keys. */
const SDKS_OWN = /^(Checksum|ContentMD5|ContentLength|SSECustomer|ExpiresString)/;

test.each(Object.keys(HANDLERS))('%s travels whole through the real SDK', async (name) => {
  const [service = '', operation = ''] = name.split(':');
  const schema = schemaOf(service)?.operations.get(operation);
  if (!schema) throw new Error(`${name} is no operation of its service`);
  const input = sendable(synthesis(schema.input));
  const output = sendable(synthesis(schema.output));
  if (name === 's3:PutObject') input.Body = OBJECT;
  if (name === 's3:GetObject') output.Body = OBJECT;
  const sent = comparable(input);

  let arrived: unknown;
  const echo: Handlers = {
    [name]: (call) => {
      arrived = comparable(sendable(call.input));
      return output;
    },
  };
  const aws = await soundAws({}, { handlers: echo });
  const client = clients(aws)[service as keyof ReturnType<typeof clients>];
  const returned = await (client as unknown as Sender).send(commandOf(service, operation, input));

  expect(arrived).toEqual(sent);
  expect(comparable(sendable(await withBody(returned)))).toEqual(comparable(output));
  expect(aws.log).toEqual([]);
});

function commandOf(service: string, operation: string, input: object): object {
  const commands = PACKAGES[service] as { [name: string]: new (input: object) => object };
  const Command = commands[`${operation}Command`];
  if (!Command) throw new Error(`${service} has no command ${operation}`);
  return new Command(input);
}

function sendable(value: unknown): Fields {
  const kept = Object.entries((value ?? {}) as Fields).filter(([name]) => !SDKS_OWN.test(name));
  const fields: Fields = Object.fromEntries(kept);
  // A bucket's name is part of an address.
  if (fields.Bucket !== undefined) fields.Bucket = 'my-bucket';
  return fields;
}

async function withBody(returned: Fields): Promise<Fields> {
  const { Body, ...rest } = returned as Fields & { Body?: { transformToByteArray(): unknown } };
  return Body ? { ...rest, Body: await Body.transformToByteArray() } : rest;
}
