import type {
  AdvancedSelector,
  BucketFacts,
  FieldSelector,
  PostureFacts,
  Selectors,
  TrailFacts,
  TrailSettings,
} from '../../../../src/core/posture/facts.ts';
import { known } from '../../../../src/core/posture/known.ts';
import { ownBucketsRecorded } from '../../../../src/core/posture/recorded/feedback-loop.ts';
import {
  ARCHIVE,
  basic,
  denied,
  failed,
  field,
  ORG_TRAIL,
  seen,
  soundAccount,
  soundBucket,
  soundFacts,
  soundTrail,
} from '../sound.ts';

/** The archive, which owns the log bucket, sees the organization trail like everybody. */
function judged(
  trail: Partial<TrailFacts>,
  differs: Partial<PostureFacts> = {},
  settings: Partial<TrailSettings> = {},
) {
  const one = soundTrail(trail, settings);
  const accounts = [soundAccount({ id: ARCHIVE, name: 'log-archive' })];
  return ownBucketsRecorded(one, known(soundFacts({ accounts, trails: [one], ...differs })));
}

function objects(...conditions: FieldSelector[]): AdvancedSelector {
  return [
    field('eventCategory', { equals: ['Data'] }),
    field('resources.type', { equals: ['AWS::S3::Object'] }),
    ...conditions,
  ];
}
const arn = (conditions: Partial<FieldSelector>) => field('resources.ARN', conditions);
const advanced = (...selectors: AdvancedSelector[]): Selectors => ({ advanced: selectors });
const values = (...list: string[]): Selectors => ({
  basic: [basic({ dataResources: [{ type: 'AWS::S3::Object', values: list }] })],
});

const LOOP = { seen: ['org-logs', 'access-logs'] };

describe('CT-23, lesson 21: a trail that records its own writing of log files', () => {
  test.each<[string, Selectors, unknown]>([
    ['all buckets, basic', values('arn:aws:s3'), LOOP],
    ['all buckets, advanced', advanced(objects()), LOOP],
    ['buckets that are called alike', values('arn:aws:s3:::org-'), { seen: ['org-logs'] }],
    [
      'all but one of the two',
      advanced(objects(arn({ notStartsWith: ['arn:aws:s3:::org-logs/'] }))),
      { seen: ['access-logs'] },
    ],
    [
      'all but both',
      advanced(
        objects(arn({ notStartsWith: ['arn:aws:s3:::org-logs/', 'arn:aws:s3:::access-logs/'] })),
      ),
      { seen: [] },
    ],
    [
      'an exclusion with a * excludes nothing',
      advanced(objects(arn({ notEquals: ['arn:aws:s3:::org-logs*'] }))),
      LOOP,
    ],
    [
      'what one selector excludes, another takes',
      advanced(
        objects(arn({ notStartsWith: ['arn:aws:s3:::org-logs/'] })),
        objects(arn({ startsWith: ['arn:aws:s3:::o'] })),
      ),
      LOOP,
    ],
    [
      'all buckets, but what the services do themselves',
      advanced(objects(field('userIdentity.arn', { startsWith: ['arn:'] }))),
      { seen: [] },
    ],
    [
      'all deletions',
      advanced(objects(field('eventName', { startsWith: ['Delete'] }))),
      { seen: [] },
    ],
    ['other buckets', values('arn:aws:s3:::cards/'), { seen: [] }],
    ['the log bucket, which is named on purpose', values('arn:aws:s3:::org-logs/'), { seen: [] }],
    [
      'another folder of the log bucket',
      advanced(objects(arn({ startsWith: ['arn:aws:s3:::org-logs/reports/'] }))),
      { seen: [] },
    ],
    [
      'reads only',
      {
        basic: [
          basic({
            readWriteType: 'ReadOnly',
            dataResources: [{ type: 'AWS::S3::Object', values: ['arn:aws:s3'] }],
          }),
        ],
      },
      { notApplicable: expect.anything() },
    ],
    ['no objects', { basic: [] }, { notApplicable: expect.anything() }],
  ])('%s', (_, selectors, expected) => {
    expect(judged({ selectors: seen(selectors) })).toEqual(expected);
  });

  const everything = { selectors: seen(values('arn:aws:s3')) };

  test.each<[string, Partial<TrailFacts>, Partial<PostureFacts>, Partial<TrailSettings>, unknown]>([
    ['selectors unread', { selectors: denied() }, {}, {}, { unseen: expect.anything() }],
    [
      'settings unread',
      { settings: failed() },
      {},
      {},
      { unseen: expect.objectContaining({ kind: 'failed' }) },
    ],
    ['a stopped trail', { logging: seen(false) }, {}, {}, { notApplicable: expect.anything() }],
    [
      'nobody knows whether it is stopped',
      { logging: denied() },
      {},
      {},
      { unseen: expect.anything() },
    ],
    [
      'a trail of another region only',
      { homeRegion: 'eu-west-1' },
      {},
      { multiRegion: false },
      { seen: [] },
    ],
    [
      'an account that does not see the trail',
      {},
      { accounts: [soundAccount({ id: ARCHIVE, trails: seen([]) })] },
      {},
      { seen: [] },
    ],
    [
      'an account that cannot be asked',
      {},
      { accounts: [soundAccount({ id: ARCHIVE, trails: denied() })] },
      {},
      { unseen: expect.anything() },
    ],
    [
      'a bucket that nobody finds',
      {},
      { buckets: [soundBucket({ place: denied() })] },
      {},
      { unseen: expect.anything() },
    ],
  ])('%s', (_, trail, differs, settings, expected) => {
    expect(judged({ ...everything, ...trail }, differs, settings)).toEqual(expected);
  });

  test('a key prefix is where the log files go', () => {
    const broad = {
      selectors: seen(
        advanced(
          objects(arn({ endsWith: ['.json.gz'], notStartsWith: ['arn:aws:s3:::org-logs/audit/'] })),
        ),
      ),
    };
    expect(judged(broad, {}, { prefix: 'audit' })).toEqual({ seen: ['access-logs'] });
    expect(judged(broad, {}, { prefix: 'other' })).toEqual(LOOP);
  });

  test('access logs that are unknown are left out, and the log bucket still counts', () => {
    const { protection } = soundBucket();
    const unread = protection && { ...protection, accessLogging: denied() };
    const buckets: BucketFacts[] = [soundBucket({ protection: unread })];
    expect(judged(everything, { buckets })).toEqual({ seen: ['org-logs'] });
  });

  test('an account of its own that keeps its own log bucket', () => {
    const accounts = [
      soundAccount({ id: ARCHIVE, trails: seen([{ arn: ORG_TRAIL, homeRegion: 'us-east-1' }]) }),
    ];
    expect(judged(everything, { accounts }, { organization: false })).toEqual(LOOP);
  });
});
