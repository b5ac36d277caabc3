import { Readable } from 'node:stream';
import { GetTrailCommand } from '@aws-sdk/client-cloudtrail';
import {
  GetObjectCommand,
  HeadBucketCommand,
  ListObjectsV2Command,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import fc from 'fast-check';
import { AwsFault, type Handlers } from '../../../src/sandbox/aws/service.ts';
import { unchunked } from '../../../src/sandbox/aws/wire/aws-chunked.ts';
import { readForm } from '../../../src/sandbox/aws/wire/form.ts';
import { readJson, writeJson } from '../../../src/sandbox/aws/wire/json.ts';
import type { Shape } from '../../../src/sandbox/aws/wire/shape.ts';
import { writeElement } from '../../../src/sandbox/aws/wire/xml.ts';
import { readXml } from '../../../src/sandbox/aws/wire/xml-reader.ts';
import { BOT_KEY, clients, closeAll, failureOf, soundAws } from './soundness.ts';

afterAll(closeAll);

const text: Shape = { kind: 'string', traits: {} };
const note: Shape = {
  kind: 'structure',
  name: 'Note',
  traits: {},
  members: () => [
    { name: 'title', shape: text },
    { name: 'lines', shape: { kind: 'list', traits: {}, item: () => text } },
    { name: 'tags', shape: { kind: 'map', traits: {}, key: () => text, value: () => text } },
    { name: 'bytes', shape: { kind: 'blob', traits: {} } },
    { name: 'count', shape: { kind: 'number', traits: {} } },
    { name: 'done', shape: { kind: 'boolean', traits: {} } },
  ],
};
const anyNote = fc.record({
  title: fc.string({ unit: 'binary' }),
  lines: fc.array(fc.string({ unit: 'binary' }), { minLength: 1 }),
  tags: fc.dictionary(fc.string({ minLength: 1 }), fc.string(), {
    minKeys: 1,
    noNullPrototype: true,
  }),
  bytes: fc.uint8Array().map((bytes) => Buffer.from(bytes)),
  // JSON and XML know no negative zero.
  count: fc.double({ noNaN: true, noDefaultInfinity: true }).map((count) => count + 0),
  done: fc.boolean(),
});

describe('any text survives', () => {
  test('XML', () => {
    fc.assert(
      fc.property(anyNote, (value) => {
        expect(readXml(note, writeElement('Note', note, value))).toEqual(value);
      }),
    );
  });

  test('JSON', () => {
    fc.assert(
      fc.property(anyNote, (value) => {
        const sent = JSON.parse(JSON.stringify(writeJson(note, value, 'model')));
        expect(readJson(note, sent, 'model')).toEqual(value);
      }),
    );
  });

  test('forms', () => {
    const fields = fc.record({
      title: fc.string(),
      lines: fc.array(fc.string(), { minLength: 1 }),
    });
    fc.assert(
      fc.property(fields, ({ title, lines }) => {
        const form = new URLSearchParams({ title });
        lines.forEach((line, index) => {
          form.set(`lines.member.${index + 1}`, line);
        });
        const arrived = new URLSearchParams(form.toString());
        expect(readForm(note, arrived, 'query')).toMatchObject({ title, lines });
      }),
    );
  });

  test('the framing of chunked bodies', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ minLength: 1 })), (chunks) => {
        const framed = chunks.flatMap((chunk) => [
          Buffer.from(`${chunk.length.toString(16)};chunk-signature=ab\r\n`),
          Buffer.from(chunk),
          Buffer.from('\r\n'),
        ]);
        const body = Buffer.concat([
          ...framed,
          Buffer.from('0\r\nx-amz-checksum-crc32:AA==\r\n\r\n'),
        ]);
        const headers = { 'content-encoding': 'gzip, aws-chunked' };
        expect(unchunked({ headers, body })).toEqual({
          headers: { 'content-encoding': 'gzip' },
          body: Buffer.concat(chunks),
        });
      }),
    );
  });
});

describe('objects', () => {
  const stored = (): { handlers: Handlers; inputs: { [name: string]: unknown }[] } => {
    const inputs: { [name: string]: unknown }[] = [];
    const keep: Handlers[string] = ({ input }) => {
      inputs.push({ ...input });
      return { Body: Buffer.from('stored') };
    };
    return {
      inputs,
      handlers: { 's3:PutObject': keep, 's3:GetObject': keep, 's3:ListObjectsV2': keep },
    };
  };

  test('a streamed body arrives without its frames and checksums', async () => {
    const { handlers, inputs } = stored();
    const aws = await soundAws({}, { handlers });
    const body = Buffer.alloc(200_000, 'Bora ');
    await clients(aws).s3.send(
      new PutObjectCommand({
        Bucket: 'logs',
        Key: 'a.gz',
        Body: Readable.from([body.subarray(0, 70_000), body.subarray(70_000)]),
        ContentLength: body.length,
        ContentEncoding: 'gzip',
      }),
    );
    expect(Buffer.compare(inputs[0]?.Body as Buffer, body)).toBe(0);
    expect(inputs[0]?.ContentEncoding).toMatch(/^gzip,?$/);
  });

  test('keys may hold slashes, blanks, percent signs, dots and Hangul', async () => {
    const { handlers, inputs } = stored();
    const aws = await soundAws({}, { handlers });
    const keys = [
      'a/b/c.json.gz',
      '/leading',
      'ends/',
      'a b+c%20d',
      '감사/기록',
      '?policy',
      '../up',
    ];
    for (const Key of keys) {
      const { Body } = await clients(aws).s3.send(new GetObjectCommand({ Bucket: 'logs', Key }));
      expect(await Body?.transformToString()).toBe('stored');
    }
    expect(inputs.map(({ Key }) => Key)).toEqual(keys);
  });

  test('a query that names no operation by `x-id` is routed all the same', async () => {
    const { handlers, inputs } = stored();
    const aws = await soundAws({}, { handlers });
    const get = (path: string) => fetch(aws.url + path, { headers: signed('s3') });
    expect(await (await get('/logs/a%2Fb?versionId=3')).text()).toBe('stored');
    expect((await get('/logs?list-type=2&prefix=a')).status).toBe(200);
    expect(inputs).toMatchObject([
      { Bucket: 'logs', Key: 'a/b', VersionId: '3' },
      { Bucket: 'logs', Prefix: 'a' },
    ]);
  });

  test('an empty list is an empty list', async () => {
    const aws = await soundAws(
      {},
      { handlers: { 's3:ListObjectsV2': answering({ KeyCount: 0 }) } },
    );
    const asked = clients(aws).s3.send(new ListObjectsV2Command({ Bucket: 'logs' }));
    expect(await asked).toMatchObject({ KeyCount: 0 });
  });

  test('an error of HEAD has a status and no body', async () => {
    const missing = () => {
      throw new AwsFault('NotFound', 'Not Found', 404);
    };
    const aws = await soundAws({}, { handlers: { 's3:HeadBucket': missing } });
    const asked = clients(aws).s3.send(new HeadBucketCommand({ Bucket: 'logs' }));
    expect(await failureOf(asked)).toMatchObject({ name: 'NotFound', status: 404 });
  });
});

describe('requests that no SDK would send', () => {
  test('without a signature', async () => {
    const aws = await soundAws();
    const response = await fetch(aws.url);
    expect(response.status).toBe(403);
    expect(await response.text()).toContain('<Code>MissingAuthenticationToken</Code>');
  });

  test.each(['dynamodb', '__proto__', 'constructor'])('for the service %s', async (service) => {
    const aws = await soundAws();
    const headers = {
      ...signed(service),
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': 'Target_20120810.PutItem',
    };
    const response = await fetch(aws.url, { method: 'POST', headers, body: '{}' });
    expect(response.status).toBe(501);
    expect(await response.json()).toMatchObject({
      __type: 'NotImplemented',
      message: `${service}:PutItem is not simulated`,
    });
    expect(aws.log).toEqual([`aws simulator: ${service}:PutItem is not simulated`]);
  });

  test.each(['constructor', 'NoSuchOperation', ''])('for the operation “%s”', async (operation) => {
    const aws = await soundAws();
    const response = await post(aws.url, 'cloudtrail', `CloudTrail_20131101.${operation}`, '{}');
    expect(response.status).toBe(501);
    expect(await response.text()).toContain(`cloudtrail:${operation}`);
  });

  test.each([
    ['no JSON', '{"Name":'],
    ['a list', '[]'],
    ['a number', '5'],
    ['a name that is an object', '{"Name":{}}'],
  ])('with a body that is %s', async (_, body) => {
    const aws = await soundAws();
    const response = await post(aws.url, 'cloudtrail', 'CloudTrail_20131101.GetTrail', body);
    expect(response.status).toBe(400);
    expect(await response.text()).toContain('SerializationException');
    expect(aws.log).toEqual([]);
  });

  test.each(['<A><B></A>', '<A>', '', 'text', '</A>'])('with XML “%s”', (xml) => {
    expect(() => readXml(note, xml)).toThrow('not well-formed');
  });

  test('that end in the middle', async () => {
    const aws = await soundAws();
    const controller = new AbortController();
    const body = new ReadableStream({
      start(stream) {
        stream.enqueue(new TextEncoder().encode('{"Name":'));
        setTimeout(() => controller.abort(), 50);
      },
    });
    const request = { method: 'POST', headers: signed('cloudtrail'), body, duplex: 'half' };
    await expect(
      fetch(aws.url, { ...request, signal: controller.signal } as RequestInit),
    ).rejects.toThrow('aborted');
    expect((await post(aws.url, 'cloudtrail', 'CloudTrail_20131101.ListTrails', '{}')).status).toBe(
      200,
    );
    expect(aws.log).toEqual([]);
  });
});

test('a bug of the simulator is an internal failure, told in its log and not to the client', async () => {
  const broken = () => {
    throw new TypeError('x is not a function');
  };
  const aws = await soundAws({}, { handlers: { 'cloudtrail:GetTrail': broken } });
  expect(
    await failureOf(clients(aws).cloudtrail.send(new GetTrailCommand({ Name: 'a-trail' }))),
  ).toMatchObject({ name: 'InternalFailure', status: 500 });
  expect(aws.log).toEqual([expect.stringContaining('x is not a function')]);
  expect(aws.calls).toMatchObject([{ outcome: 'InternalFailure' }]);
});

test('a parameter that no handler looks at is refused loudly: the answer would be to another question', async () => {
  const aws = await soundAws({}, { handlers: { 'cloudtrail:GetTrail': () => ({}) } });
  const asked = clients(aws).cloudtrail.send(new GetTrailCommand({ Name: 'a-trail' }));
  expect(await failureOf(asked)).toMatchObject({
    name: 'NotImplemented',
    status: 501,
    message: 'Name of cloudtrail:GetTrail is not simulated',
  });
  expect(aws.log).toEqual(['aws simulator: Name of cloudtrail:GetTrail is not simulated']);
});

test('a presigned address is as good as a header', async () => {
  const aws = await soundAws({}, { handlers: { 's3:GetObject': answering({ Body: 'stored' }) } });
  const credential = encodeURIComponent(`${BOT_KEY}/20261120/us-east-1/s3/aws4_request`);
  const response = await fetch(`${aws.url}/logs/a?X-Amz-Credential=${credential}`);
  expect(await response.text()).toBe('stored');
});

/** A handler that looks at every parameter and always answers the same. */
function answering(output: object): Handlers[string] {
  return ({ input }) => {
    Object.values(input);
    return output;
  };
}

function signed(service: string): { [name: string]: string } {
  const scope = `${BOT_KEY}/20261120/ap-northeast-2/${service}/aws4_request`;
  return {
    authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=00`,
  };
}

function post(url: string, service: string, target: string, body: string): Promise<Response> {
  return fetch(url, {
    method: 'POST',
    headers: { ...signed(service), 'x-amz-target': target },
    body,
  });
}
