import {
  REDACTED,
  redacted,
  redactedChange,
  redactedText,
} from '../../../src/core/evidence/redact.ts';
import type { JsonObject } from '../../../src/core/json.ts';
import { expectGolden } from '../../golden.ts';
import { session, soundRecord } from './sound.ts';

const TOKEN = 'IQoJb3JpZ2luX2VjEJr//////////wEaCXVzLWVhc3QtMSJHMEUCIQDfixture';

/** Records of the project's own making, each with something that must never be shown. */
const records: Record<string, JsonObject> = {
  'assume-role': soundRecord({
    eventSource: 'sts.amazonaws.com',
    eventName: 'AssumeRole',
    userIdentity: session('ops', 'bob'),
    requestParameters: { roleArn: 'arn:aws:iam::111122223333:role/ops', roleSessionName: 'bob' },
    responseElements: {
      credentials: {
        accessKeyId: 'ASIAQ7Z1SESSION2KEY3',
        sessionToken: TOKEN,
        expiration: 'Nov 20, 2026, 6:32:07 AM',
      },
      assumedRoleUser: { arn: 'arn:aws:sts::111122223333:assumed-role/ops/bob' },
    },
  }),
  'create-access-key': soundRecord({
    eventSource: 'iam.amazonaws.com',
    eventName: 'CreateAccessKey',
    requestParameters: { userName: 'alice' },
    responseElements: {
      accessKey: {
        accessKeyId: 'AKIAQ7Z1ALICE2KEY3X4',
        secretAccessKey: 'wJalrXUtnFEMIK7MDENGbPxRfiCYfixturekey00',
        status: 'Active',
        userName: 'alice',
      },
    },
  }),
  'create-database': soundRecord({
    eventSource: 'rds.amazonaws.com',
    eventName: 'CreateDBInstance',
    requestParameters: {
      dBInstanceIdentifier: 'orders-db',
      masterUsername: 'admin',
      masterUserPassword: 'hunter2-fixture',
      manageMasterUserPassword: false,
    },
    responseElements: {
      masterUserSecret: {
        secretArn: 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:rds!db-orders-AbCdEf',
        secretStatus: 'creating',
      },
    },
  }),
  'start-session': soundRecord({
    eventSource: 'ssm.amazonaws.com',
    eventName: 'StartSession',
    requestParameters: { target: 'i-0dbc91f429e48eeed' },
    responseElements: {
      sessionId: 'bob-0a1b2c3d4e5f60718',
      tokenValue: 'Value hidden due to security reasons.',
      streamUrl:
        'wss://ssmmessages.eu-west-1.amazonaws.com/v1/data-channel/bob-0a1b?role=publish_subscribe&token=fixture',
    },
  }),
  'put-parameter': soundRecord({
    eventSource: 'ssm.amazonaws.com',
    eventName: 'PutParameter',
    requestParameters: { name: '/prod/db/url', type: 'SecureString', value: 'postgres-fixture' },
  }),
  'run-instances': soundRecord({
    eventName: 'RunInstances',
    requestParameters: {
      instancesSet: { items: [{ imageId: 'ami-0a1b2c3d4e5f60718', minCount: 1 }] },
      userData: 'IyEvYmluL2Jhc2gKZXhwb3J0IFBBU1NXT1JEPWZpeHR1cmU=',
    },
  }),
  'register-task': soundRecord({
    eventSource: 'ecs.amazonaws.com',
    eventName: 'RegisterTaskDefinition',
    requestParameters: {
      family: 'shop',
      containerDefinitions: [
        {
          name: 'web',
          environment: [
            { name: 'DB_PASSWORD', value: 'hunter2-fixture' },
            { name: 'DB_URL', value: 'postgres://shop:hunter2-fixture@db.internal/shop' },
            { name: 'LOG_LEVEL', value: 'debug' },
          ],
          secrets: [{ name: 'API', valueFrom: 'arn:aws:ssm:eu-west-1:111122223333:parameter/api' }],
        },
      ],
    },
  }),
  'put-bucket-policy': soundRecord({
    eventSource: 's3.amazonaws.com',
    eventName: 'PutBucketPolicy',
    requestParameters: {
      bucketName: 'finance-reports',
      bucketPolicy: {
        Statement: [
          {
            Effect: 'Deny',
            Action: 'secretsmanager:GetSecretValue',
            Condition: { DateLessThan: { 'aws:TokenIssueTime': '2026-11-20T00:00:00Z' } },
          },
        ],
      },
      'X-Amz-Security-Token': TOKEN,
    },
  }),
  'get-object-presigned': soundRecord({
    eventSource: 's3.amazonaws.com',
    eventName: 'GetObject',
    requestParameters: { bucketName: 'finance-reports', key: 'q3.xlsx', 'X-Amz-Signature': 'f00d' },
    additionalEventData: {
      SignatureVersion: 'SigV4',
      link: `https://finance-reports.s3.amazonaws.com/q3.xlsx?X-Amz-Credential=AKIAQ7Z1ALICE2KEY3X4%2F20261120&X-Amz-Signature=f00dfixture&X-Amz-Security-Token=${TOKEN}`,
    },
  }),
  'documents-as-text': soundRecord({
    requestParameters: {
      policyDocument: '{ "Version": "2012-10-17", "Statement": [] }',
      templateBody: '{"Parameters":{"DbPassword":{"Default":"hunter2-fixture"}},"a":"kept"}',
      encoded: '%7B%22password%22%3A%22hunter2-fixture%22%7D',
      commands: ['mysql -u root --password hunter2-fixture', 'export API_TOKEN=hunter2-fixture'],
    },
    errorMessage: 'failed with token=hunter2-fixture for arn:aws:secretsmanager:::secret:prod/db',
  }),
};

test.each(Object.entries(records))('%s shows no secret and keeps the rest', (name, record) => {
  const clean = redacted(record);
  const text = JSON.stringify(clean);
  expect(text).toContain(REDACTED.slice(1, -1));
  expect(text).not.toMatch(/fixture|IQoJ|f00d|hunter2/);
  expectGolden(`redacted-${name}`, clean);
});

test('access key ids, policies, names of secrets and conditions stay as recorded', () => {
  const kept = JSON.stringify(Object.values(records).map((record) => redacted(record)));
  for (const name of [
    'AKIAQ7Z1ALICE2KEY3X4',
    'ASIAQ7Z1SESSION2KEY3',
    'arn:aws:secretsmanager:eu-west-1:111122223333:secret:rds!db-orders-AbCdEf',
    'aws:TokenIssueTime":"2026-11-20T00:00:00Z',
    '{ \\"Version\\": \\"2012-10-17\\", \\"Statement\\": [] }',
    'SigV4',
    'DB_PASSWORD',
  ])
    expect(kept).toContain(name);
});

test('a record without secrets stays as it is', () => {
  expect(redacted(soundRecord())).toEqual(soundRecord());
});

test('nothing is too deep or too long to be looked at', () => {
  let deep: JsonObject = { password: 'hunter2' };
  for (let level = 0; level < 5_000; level += 1) deep = { deep };
  expect(JSON.stringify(redacted(deep))).not.toContain('hunter2');
  const started = Date.now();
  redactedText('token token= --password '.repeat(20_000));
  redactedText('-----BEGIN PRIVATE KEY'.repeat(5_000));
  redactedText(`//${':'.repeat(100_000)}`);
  expect(Date.now() - started).toBeLessThan(3_000);
});

test.each([
  // Names of things stay: somebody has to find them.
  'Secret prod/db-password arn:aws:secretsmanager:eu-west-1:111122223333:secret:db-AbCdEf is gone',
  'sts:AssumeRole on resource: arn:aws:iam::111122223333:role/ci-token because no policy allows it',
  'The security-token included in the request is invalid, event 0ea6b2d5-51d5-4765-ad83-4db65d506d9c',
])('what only sounds like a secret is told: %s', (text) => {
  expect(redactedText(text)).toBe(text);
});

test.each([
  'mysql --password hunter2-fixture',
  "sh -c 'login --token hunter2-fixture'",
  'aws_secret_access_key=hunter2-fixture',
  'SecretAccessKey=hunter2-fixture&Action=x',
])('a secret in running text is taken out: %s', (text) => {
  expect(redactedText(text)).toContain(REDACTED);
  expect(redactedText(text)).not.toContain('hunter2');
});

test("Config's before and after are cleaned by the path of the member", () => {
  const change = {
    eventID: 'e',
    resourceType: 'AWS::RDS::DBInstance',
    resource: 'orders-db',
    account: '111122223333',
    region: 'eu-west-1',
    before: null,
    after: null,
    deleted: false,
    members: [
      { path: 'configuration.masterUserPassword', before: '"old-one"', after: '"new-one"' },
      { path: 'configuration.environment.variables', before: null, after: '{"TOKEN":"x","A":"b"}' },
      { path: 'configuration.secretOptions[0]', before: '"plain"', after: null },
      { path: 'configuration.port', before: '5432', after: '5433' },
    ],
  };
  expect(redactedChange(change).members).toEqual([
    { path: 'configuration.masterUserPassword', before: `"${REDACTED}"`, after: `"${REDACTED}"` },
    {
      path: 'configuration.environment.variables',
      before: null,
      after: `{"TOKEN":"${REDACTED}","A":"b"}`,
    },
    { path: 'configuration.secretOptions[0]', before: `"${REDACTED}"`, after: null },
    { path: 'configuration.port', before: '5432', after: '5433' },
  ]);
});
