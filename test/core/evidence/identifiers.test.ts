import fc from 'fast-check';
import { carries } from '../../../src/core/evidence/identifiers.ts';
import { soundEvent } from './sound.ts';

const POLICY = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::193672423079:root' } }],
};

test.each([
  ['the id in a list', 'i-0dbc91f429e48eeed', {}],
  ['an EC2 id in the other case', 'i-0DBC91F429E48EEED', {}],
  [
    'the name inside an ARN',
    'OrgAdmin',
    { requestParameters: { roleArn: 'arn:aws:iam::111122223333:role/team/OrgAdmin' } },
  ],
  [
    'an ARN by its bare name, in its own service and account',
    'arn:aws:iam::111122223333:role/team/OrgAdmin',
    { eventSource: 'iam.amazonaws.com', requestParameters: { roleName: 'OrgAdmin' } },
  ],
  [
    'a percent-encoded ARN',
    'arn:aws:iam::1:role/x',
    { requestParameters: { principalArn: 'arn%3Aaws%3Aiam%3A%3A1%3Arole%2Fx' } },
  ],
  [
    'a principal inside a policy that is text',
    'arn:aws:iam::193672423079:root',
    { requestParameters: { assumeRolePolicyDocument: JSON.stringify(POLICY) } },
  ],
  [
    'a principal inside a policy that is percent-encoded text',
    'arn:aws:iam::193672423079:root',
    { responseElements: { policy: encodeURIComponent(JSON.stringify(POLICY)) } },
  ],
  [
    'the target of a denied call, which only the message names',
    'arn:aws:s3:::finance-reports',
    {
      requestParameters: null,
      errorMessage:
        'User: x is not authorized to perform: s3:DeleteBucket on resource: arn:aws:s3:::finance-reports because no policy allows it',
    },
  ],
  [
    'the id that only the answer names',
    'vol-0fc2e34e',
    { responseElements: { volumeId: 'vol-0fc2e34e' } },
  ],
  ['a request that was written as text', 'vol-1', { requestParameters: '{"volumeId":"vol-1"}' }],
  [
    'an object by bucket and key',
    's3://finance-reports/q3.xlsx',
    { requestParameters: { bucketName: 'finance-reports', key: 'q3.xlsx' } },
  ],
  ['the access key that called', 'AKIAQ7Z1ALICE2KEY3X4', {}],
  [
    'a DNS name that the record writes with the dot of the root',
    'labs.bora.example',
    { requestParameters: { name: 'labs.bora.example.' } },
  ],
  [
    'a DNS name that the question writes with the dot of the root',
    'labs.bora.example.',
    { requestParameters: { name: 'labs.bora.example' } },
  ],
])('an event carries %s', (_, identifier, difference) => {
  expect(carries(soundEvent(difference as never), identifier)).toBe(true);
});

test.each([
  ['a longer id', 'i-0dbc91f429e48eee', {}],
  ['a shorter one', 'i-0dbc91f429e48eeed0', {}],
  ['a name in the other case', 'orgadmin', { requestParameters: { roleName: 'OrgAdmin' } }],
  [
    'an ARN of another account',
    'arn:aws:iam::999999999999:role/OrgAdmin',
    { eventSource: 'iam.amazonaws.com', requestParameters: { roleName: 'OrgAdmin' } },
  ],
  [
    'an ARN of another service',
    'arn:aws:iam::111122223333:role/orders',
    { eventSource: 'rds.amazonaws.com', requestParameters: { name: 'orders' } },
  ],
  ['the user who called', 'alice', {}],
  ['a word of a sentence', 'orders', { requestParameters: { description: 'the orders database' } }],
  ['a pattern', '%', {}],
  ['an object of another bucket', 's3://other/q3.xlsx', { requestParameters: { key: 'q3.xlsx' } }],
])('an event does not carry %s', (_, identifier, difference) => {
  expect(carries(soundEvent(difference as never), identifier)).toBe(false);
});

test('an id is carried by exactly the events that hold it whole', () => {
  fc.assert(
    fc.property(
      fc.stringMatching(/^i-[0-9a-f]{17}$/),
      fc.stringMatching(/^[0-9a-f]{0,3}$/),
      (id, more) => {
        const event = soundEvent({ requestParameters: { instanceId: `${id}${more}` } });
        expect(carries(event, id)).toBe(more === '');
      },
    ),
  );
});
