import type { JsonObject } from '../../../../src/core/json.ts';
import { plainName, plainValue, writesAmong } from '../../../../src/core/posture/since/writes.ts';
import { soundEvent } from '../../evidence/sound.ts';
import { ARCHIVE } from '../sound.ts';

const BUCKET = 'arn:aws:s3:::org-logs';

function wrote(eventName: string, change: string | null, more: JsonObject, calls = [eventName]) {
  const event = soundEvent({
    eventName,
    eventSource: 's3.amazonaws.com',
    recipientAccountId: ARCHIVE,
    awsRegion: 'us-east-1',
    resources: [{ ARN: BUCKET, type: 'AWS::S3::Bucket' }],
    ...more,
  });
  const where = { account: ARCHIVE, region: 'us-east-1', alsoFrom: [], names: [BUCKET] };
  const writes = writesAmong([event], { ...where, calls, change });
  return writes.map((write) => write.wrote ?? 'not said');
}

test.each([
  ['logFileValidationEnabled', 'enableLogFileValidation'],
  ['isMfaDeleteEnabled', 'MfaDelete'],
  ['isMultiRegionTrail', 'isMultiRegionTrail'],
  ['kmsKeyId', 'kmsKeyId'],
])('what Config calls %s is asked for as %s', (kept, asked) => {
  expect(plainName(kept)).toBe(plainName(asked));
});

test.each([
  [true, 'Enabled'],
  [false, 'Disabled'],
  [null, 'false'],
  ['', null],
])('%j says the same as %j', (one, other) => {
  expect(plainValue(one)).toBe(plainValue(other));
});

describe('what a call wrote', () => {
  const mfa = 'supplementaryConfiguration.BucketVersioningConfiguration.isMfaDeleteEnabled';
  const validation = 'configuration.logFileValidationEnabled';

  test.each<[string, Parameters<typeof wrote>, string[]]>([
    [
      'as it asked for it',
      [
        'PutBucketVersioning',
        mfa,
        { requestParameters: { VersioningConfiguration: { MfaDelete: 'Disabled' } } },
      ],
      ['false'],
    ],
    [
      'nobody knows, where it says nothing of it',
      [
        'PutBucketVersioning',
        mfa,
        { requestParameters: { VersioningConfiguration: { Status: 'Enabled' } } },
      ],
      ['not said'],
    ],
    [
      'what came of it, where it made the resource',
      ['CreateTrail', validation, { responseElements: { logFileValidationEnabled: false } }],
      ['false'],
    ],
    [
      'nothing, where it changed something else',
      [
        'UpdateTrail',
        validation,
        { responseElements: { logFileValidationEnabled: false } },
        ['CreateTrail', 'UpdateTrail'],
      ],
      [],
    ],
    [
      'with the version of its API in the name',
      ['PutBucketPolicy20151231', null, {}, ['PutBucketPolicy']],
      ['not said'],
    ],
    ['nothing, where it was refused', ['PutBucketPolicy', null, { errorCode: 'AccessDenied' }], []],
    [
      'nothing, where it was made elsewhere',
      ['PutBucketPolicy', null, { awsRegion: 'eu-west-1' }],
      [],
    ],
    ['nothing, where it is of another bucket', ['PutBucketPolicy', null, { resources: [] }], []],
  ])('%s', (_, asked, values) => {
    expect(wrote(...asked)).toEqual(values);
  });
});
