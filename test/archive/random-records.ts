import fc from 'fast-check';
import type { Json, JsonObject } from '../../src/core/json.ts';
import { soundRecord } from '../core/evidence/sound.ts';
import { uuid } from './archives.ts';

/** Identifiers that a leaf may be made of: every form that the core treats in its own way. */
const ids = fc.oneof(
  fc.constantFrom(
    'i-0dbc91f429e48eeed',
    'I-0DBC91F429E48EEED',
    'i-0dbc91f4',
    'labs.bora.example.',
    'labs.bora.example',
    'OrgAdmin',
    'team/OrgAdmin',
    'role/team/OrgAdmin',
    'arn:aws:iam::111122223333:role/team/OrgAdmin',
    'arn:aws:sts::111122223333:assumed-role/OrgAdmin/carol@bora.example',
    'arn:aws:s3:::bora-orders/year=2026/part 1.csv',
    'arn:aws:lambda:ap-northeast-2:111122223333:function:orders:PROD',
    'arn%3Aaws%3Aiam%3A%3A111122223333%3Arole%2Fteam%2FOrgAdmin',
    'b%6Fra-orders',
    'bora-orders',
    '한국-버킷',
    'a"quoted\\name',
    'AKIAQ7Z1ALICE2KEY3X4',
    '111122223333',
    'true',
    'ab',
    '',
  ),
  fc.string({ maxLength: 12 }),
  fc.string({ unit: 'grapheme', maxLength: 8 }),
);

const scalar: fc.Arbitrary<Json> = fc.oneof(
  { weight: 6, arbitrary: ids },
  {
    weight: 1,
    arbitrary: fc.oneof(
      fc.integer(),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.boolean(),
      fc.constant(null),
    ),
  },
  {
    weight: 1,
    arbitrary: ids.map((id) => JSON.stringify({ Statement: [{ Resource: id, Action: 's3:*' }] })),
  },
  { weight: 1, arbitrary: ids.map((id) => encodeURIComponent(JSON.stringify({ Resource: [id] }))) },
);

const place: fc.Arbitrary<Json> = fc.oneof(
  fc.dictionary(
    fc.constantFrom(
      'instanceId',
      'name',
      'credentials',
      'accessKeyId',
      'ConsoleLogin',
      'policyDocument',
      'x.y',
    ),
    fc.oneof(
      scalar,
      fc.array(scalar, { maxLength: 3 }),
      fc.dictionary(fc.constantFrom('accessKeyId', 'value'), scalar, { maxKeys: 2 }),
    ),
    { maxKeys: 3 },
  ),
  fc.constant(null),
  fc.array(scalar, { maxLength: 2 }),
  scalar,
);

const identity: fc.Arbitrary<Json> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record(
      {
        type: fc.constantFrom<Json>(
          'AssumedRole',
          'IAMUser',
          'AWSAccount',
          'AWSService',
          'Root',
          null,
        ),
        arn: ids,
        principalId: fc.oneof(
          ids,
          ids.map((id) => `AROAQ7Z1:${id}`),
        ),
        accountId: fc.constantFrom<Json>('111122223333', '444455556666', 111122223333),
        accessKeyId: fc.constantFrom('AKIAQ7Z1ALICE2KEY3X4', 'ASIAQ7Z1SESSION2KEY3'),
        userName: ids,
        invokedBy: fc.constantFrom('cloudformation.amazonaws.com', 'AWS Internal'),
        sessionContext: fc.constantFrom<Json>(
          { sessionIssuer: {}, attributes: { creationDate: '2026-11-20T05:30:00Z' } },
          { sourceIdentity: 'carol' },
        ),
      },
      { requiredKeys: [] },
    ) as fc.Arbitrary<Json>,
  },
  fc.constantFrom<Json>(null, 'text', '{"type":"Root","accountId":"111122223333"}'),
);

/** A record that may lack, repeat or misspell anything that real exports do. */
export const records: fc.Arbitrary<JsonObject> = fc
  .record(
    {
      eventID: fc.oneof(
        { weight: 8, arbitrary: fc.integer({ min: 1, max: 60 }).map(uuid) },
        fc.constantFrom<Json>('****', null, uuid(7).toUpperCase(), 12),
      ),
      eventTime: fc.oneof(
        {
          weight: 8,
          arbitrary: fc
            .integer({ min: 0, max: 40 * 86_400 })
            .map((s) =>
              new Date(Date.UTC(2026, 9, 25) + s * 1000).toISOString().replace('.000Z', 'Z'),
            ),
        },
        fc.constantFrom<Json>(
          null,
          '2026-11-31T00:00:00Z',
          '2026-11-05 10:00:00 UTC',
          '2026-11-05T10:00:00+09:00',
          'yesterday',
        ),
      ),
      eventName: fc.constantFrom<Json>(
        'TerminateInstances',
        'AssumeRole',
        'CreateFunction20150331',
        'CreateFunction',
        'ConsoleLogin',
        'GetObject',
        'DeleteUser',
        null,
        'Zürich',
      ),
      eventSource: fc.constantFrom(
        'ec2.amazonaws.com',
        'sts.amazonaws.com',
        'iam.amazonaws.com',
        's3.amazonaws.com',
      ),
      awsRegion: fc.constantFrom<Json>('ap-northeast-2', 'us-east-1', null),
      recipientAccountId: fc.constantFrom<Json>('111122223333', '444455556666', null),
      errorCode: fc.constantFrom<Json>(
        null,
        'AccessDenied',
        'Client.UnauthorizedOperation',
        'ThrottlingException',
        '',
      ),
      errorMessage: fc.oneof(
        fc.constantFrom<Json>(null, '', 'null', 'Failed'),
        ids.map((id) => `not authorized on resource: ${id}`),
        ids.map((id) => `instance '${id}' does not exist`),
      ),
      readOnly: fc.constantFrom<Json>(true, false, 'true', 'False', null),
      eventCategory: fc.constantFrom('Management', 'Data', 'Insight', 'NetworkActivity'),
      eventType: fc.constantFrom('AwsApiCall', 'AwsServiceEvent', 'AwsConsoleSignIn'),
      sourceIPAddress: fc.constantFrom<Json>(
        '203.0.113.10',
        '203.0.113.010',
        '198.51.100.7',
        '2001:db8::1',
        '2001:0db8:0:0:0:0:0:1',
        'ec2.amazonaws.com',
        null,
      ),
      userAgent: fc.constantFrom<Json>(
        'aws-cli/2.31.3',
        'Mozilla/5.0',
        'APN/1.0 HashiCorp/1.0 Terraform/1.13',
        'quoted "agent"',
        null,
      ),
      sharedEventID: fc.oneof(
        { weight: 3, arbitrary: fc.constant<Json>(null) },
        fc.integer({ min: 1000, max: 1006 }).map(uuid),
        fc.constant('****'),
      ),
      sessionCredentialFromConsole: fc.constantFrom<Json>('true', true, null),
      userIdentity: identity,
      requestParameters: place,
      responseElements: place,
      additionalEventData: place,
      serviceEventDetails: place,
      resources: place,
      tlsDetails: fc.constant<Json>({ tlsVersion: 'TLSv1.3' }),
    },
    { requiredKeys: ['eventSource'] },
  )
  .map((record) => record as JsonObject);

/**
 * Sound records that differ in what is counted. Records of one id agree in time, account and region, as
 * the copies do that several trails deliver of one event; calls that both accounts recorded are not rare.
 */
export const countable: fc.Arbitrary<JsonObject> = fc
  .record({
    number: fc.integer({ min: 1, max: 400 }),
    second: fc.integer({ min: 0, max: 1 }),
    eventName: fc.constantFrom(
      'TerminateInstances',
      'AssumeRole',
      'CreateFunction20150331',
      'CreateFunction',
      'GetObject',
      'DeleteUser',
    ),
    eventSource: fc.constantFrom('ec2.amazonaws.com', 'sts.amazonaws.com', 'iam.amazonaws.com'),
    errorCode: fc.constantFrom(null, 'AccessDenied', 'ThrottlingException'),
    readOnly: fc.constantFrom(true, false, null),
    sourceIPAddress: fc.constantFrom('203.0.113.10', '198.51.100.7', 'ec2.amazonaws.com'),
    userAgent: fc.constantFrom(
      'aws-cli/2.31.3',
      'Mozilla/5.0',
      'APN/1.0 HashiCorp/1.0 Terraform/1.13',
    ),
    sharedEventID: fc.oneof(fc.constant(null), fc.integer({ min: 1, max: 3 }).map(uuid)),
    userIdentity: fc.constantFrom<JsonObject>(
      { type: 'IAMUser', userName: 'alice', arn: 'arn:aws:iam::111122223333:user/alice' },
      { type: 'AssumedRole', arn: 'arn:aws:sts::111122223333:assumed-role/OrgAdmin/carol' },
      { type: 'AWSAccount', accountId: '444455556666' },
      { type: 'AWSService', invokedBy: 'ec2.amazonaws.com' },
    ),
  })
  .map(({ number, second, ...rest }) =>
    soundRecord({
      ...rest,
      eventID: uuid(number * 10 + second),
      awsRegion: ['ap-northeast-2', 'us-east-1', 'eu-west-1'][number % 3] as string,
      recipientAccountId: ['111122223333', '444455556666'][Math.floor(number / 20) % 2] as string,
      eventTime: new Date(Date.UTC(2026, 10, 19, 21) + (number % 20) * 3_600_000 + second * 1000)
        .toISOString()
        .replace('.000Z', 'Z'),
    }),
  );
