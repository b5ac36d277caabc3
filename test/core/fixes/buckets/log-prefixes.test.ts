import { logPrefixesIn } from '../../../../src/core/fixes/buckets/log-prefixes.ts';

const BUCKET = 'arn:aws:s3:::logs';
const write = (Resource: string | string[], Service = 'cloudtrail.amazonaws.com') => ({
  Effect: 'Allow',
  Principal: { Service },
  Action: 's3:PutObject',
  Resource,
});

test.each([
  ['no policy', null, ['AWSLogs/']],
  ['the root', { Statement: write(`${BUCKET}/AWSLogs/111111111111/*`) }, ['AWSLogs/']],
  [
    'two prefixes',
    { Statement: write([`${BUCKET}/b/AWSLogs/1/*`, `${BUCKET}/a/AWSLogs/o-x/*`]) },
    ['a/AWSLogs/', 'b/AWSLogs/'],
  ],
  ['the whole bucket', { Statement: write(`${BUCKET}/*`) }, ['AWSLogs/']],
  ['another bucket', { Statement: write('arn:aws:s3:::logs-2/x/AWSLogs/*') }, ['AWSLogs/']],
  [
    'another service',
    { Statement: write(`${BUCKET}/config/AWSLogs/*`, 'config.amazonaws.com') },
    ['AWSLogs/'],
  ],
])('of %s', (_, policy, expected) => {
  expect(logPrefixesIn(policy, BUCKET)).toEqual(expected);
});
