import { kindWord, partOf, thingOf, wholeOf } from '../../../src/core/report/thing.ts';

test.each([
  [
    'arn:aws:cloudtrail:eu-west-1:141414141414:trail/labs-legacy',
    'Trail',
    'labs-legacy',
    'eu-west-1',
  ],
  ['arn:aws:cloudtrail:eu-west-1:141414141414:trail/a#s3', 'Trail', 'a', 'eu-west-1'],
  ['arn:aws-cn:s3:::bora-logs', 'Bucket', 'bora-logs', null],
  ['arn:aws:kms:us-east-1:111122223333:key/1-2', 'KMS key', '1-2', 'us-east-1'],
  ['arn:aws:logs:us-east-1:111122223333:log-group:/a/b#c', 'Log group', '/a/b#c', 'us-east-1'],
  [
    'arn:aws:cloudtrail:us-east-1:111122223333:eventdatastore/x',
    'Event data store',
    'x',
    'us-east-1',
  ],
  [
    'arn:aws:config:us-east-1:111122223333:config-aggregator/all',
    'Config aggregator',
    'all',
    'us-east-1',
  ],
  ['arn:aws:sns:us-east-1:111122223333:trail-topic', 'SNS topic', 'trail-topic', 'us-east-1'],
  ['141414141414', 'Account', '141414141414', null],
  ['o-bora12345', 'Organization', 'o-bora12345', null],
  ['ou-ab12-cd34ef56', 'OU', 'ou-ab12-cd34ef56', null],
  ['r-ab12', 'OU', 'r-ab12', null],
  ['no-such-*', '', 'no-such-*', null],
  ['', '', '', null],
])('%s is called %s %s', (subject, kind, name, region) => {
  const thing = thingOf(subject);
  expect([kindWord(thing, 'en'), thing.name, thing.region]).toEqual([kind, name, region]);
});

test('one sink of a trail is a part of the trail', () => {
  const trail = 'arn:aws:cloudtrail:eu-west-1:141414141414:trail/a';
  expect(wholeOf(`${trail}#cloudwatch-logs`)).toBe(trail);
  expect(partOf(`${trail}#cloudwatch-logs`)).toBe('CloudWatch Logs');
  expect(partOf(`${trail}#s3`)).toBe('S3');
  expect(partOf(trail)).toBeNull();
});
