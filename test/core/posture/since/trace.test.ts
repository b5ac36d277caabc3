import type { PostureFacts } from '../../../../src/core/posture/facts.ts';
import type { Finding, Proof } from '../../../../src/core/posture/finding.ts';
import { known } from '../../../../src/core/posture/known.ts';
import { wantedFor } from '../../../../src/core/posture/since/trace.ts';
import {
  ARCHIVE,
  denied,
  MANAGEMENT,
  ORG_TRAIL,
  SHOP,
  seen,
  soundAccount,
  soundBucket,
  soundFacts,
  soundTrail,
} from '../sound.ts';

type Asked = {
  subject: string;
  type: string;
  change?: string | null;
  owner?: string;
  fields?: Proof['fields'];
  facts?: Partial<PostureFacts>;
};

function wanted({ subject, type, change = null, owner = '', fields = {}, facts = {} }: Asked) {
  const evidence = [{ api: 'test:Read', account: owner, region: '', at: '', fields }];
  return wantedFor(
    { subject, owner, evidence } as unknown as Finding,
    { history: { type, change, calls: ['UpdateTrail'] } },
    known(soundFacts(facts)),
  );
}

const KEY = `arn:aws:kms:us-east-1:${ARCHIVE}:key/1234-abcd`;
const GROUP = `arn:aws:logs:us-east-1:${MANAGEMENT}:log-group:/aws/trail:*`;
const OWN = `arn:aws:cloudtrail:eu-west-1:${SHOP}:trail/shop`;
const own = {
  accounts: [soundAccount({ trails: seen([{ arn: OWN, homeRegion: 'eu-west-1' }]) })],
  trails: [soundTrail({ arn: OWN, owner: SHOP, homeRegion: 'eu-west-1' })],
};

describe('where the history of a finding is kept', () => {
  test.each<[string, Asked, object]>([
    [
      'a trail: at its home, by ARN and then by name',
      { subject: ORG_TRAIL, type: 'AWS::CloudTrail::Trail' },
      { account: MANAGEMENT, region: 'us-east-1', ids: [ORG_TRAIL, 'org-trail'] },
    ],
    [
      'a bucket: in the account that owns it, by name',
      { subject: 'arn:aws:s3:::org-logs', type: 'AWS::S3::Bucket' },
      { account: ARCHIVE, region: 'us-east-1', ids: ['org-logs'] },
    ],
    [
      'the key of a trail: where its ARN says, by its id',
      {
        subject: ORG_TRAIL,
        type: 'AWS::KMS::Key',
        facts: { trails: [soundTrail({}, { kmsKey: KEY })] },
      },
      { account: ARCHIVE, region: 'us-east-1', ids: ['1234-abcd'] },
    ],
    [
      'the log group of a trail, whose name holds slashes',
      {
        subject: ORG_TRAIL,
        type: 'AWS::Logs::LogGroup',
        facts: { trails: [soundTrail({}, { logGroup: GROUP })] },
      },
      { account: MANAGEMENT, region: 'us-east-1', ids: ['/aws/trail'] },
    ],
    [
      'an account: its own trail',
      { subject: SHOP, owner: SHOP, type: 'AWS::CloudTrail::Trail', facts: own },
      { account: SHOP, region: 'eu-west-1', ids: [OWN, 'shop'] },
    ],
    [
      'a bucket whose events are not recorded: the trail of the account that owns it',
      {
        subject: 'arn:aws:s3:::documents',
        owner: SHOP,
        type: 'AWS::CloudTrail::Trail',
        facts: own,
      },
      { account: SHOP, region: 'eu-west-1' },
    ],
    [
      'a policy of the organization: in the management account',
      { subject: 'o-sound', type: 'AWS::Organizations::Policy' },
      { account: MANAGEMENT, region: 'us-east-1', names: [] },
    ],
    [
      'the same in another partition',
      {
        subject: 'o-sound',
        type: 'AWS::Organizations::Policy',
        facts: { organization: { ...soundFacts().organization, partition: 'aws-us-gov' } },
      },
      { account: MANAGEMENT, region: 'us-gov-west-1' },
    ],
    [
      'a recorder: in the region that was stopped, before one that never had any',
      {
        subject: SHOP,
        type: 'AWS::Config::ConfigurationRecorder',
        facts: {
          accounts: [
            soundAccount({
              recorders: seen([
                { region: 'eu-west-1', state: seen('absent') },
                { region: 'us-east-1', state: seen('stopped') },
              ]),
            }),
          ],
        },
      },
      { account: SHOP, region: 'us-east-1', ids: ['default'], recorder: 'stopped' },
    ],
  ])('%s', (_, asked, place) => {
    expect(wanted(asked)).toMatchObject(place);
  });

  test.each<[string, Asked]>([
    [
      'a bucket that nobody could place',
      {
        subject: 'arn:aws:s3:::org-logs',
        type: 'AWS::S3::Bucket',
        facts: { buckets: [soundBucket({ place: denied() })] },
      },
    ],
    ['an account without a trail of its own', { subject: SHOP, type: 'AWS::CloudTrail::Trail' }],
    [
      'a trail without a key',
      {
        subject: ORG_TRAIL,
        type: 'AWS::KMS::Key',
        facts: { trails: [soundTrail({}, { kmsKey: null })] },
      },
    ],
    [
      'an account whose recorders all record',
      { subject: SHOP, type: 'AWS::Config::ConfigurationRecorder' },
    ],
  ])('nowhere: %s', (_, asked) => {
    expect(wanted(asked)).toBeNull();
  });

  test('who administers CloudTrail for the organization may have changed its trail', () => {
    const organization = {
      ...soundFacts().organization,
      administrators: seen([
        { account: ARCHIVE, services: ['cloudtrail.amazonaws.com'] },
        { account: SHOP, services: ['config.amazonaws.com'] },
      ]),
    };
    const accounts = [soundAccount({ id: ARCHIVE }), soundAccount()];
    const asked = { type: 'AWS::CloudTrail::Trail', facts: { organization, accounts } };
    expect(wanted({ ...asked, subject: ORG_TRAIL })?.alsoFrom).toEqual([ARCHIVE]);
    const trails = own.trails;
    const facts = { organization, accounts: own.accounts, trails };
    expect(wanted({ ...asked, subject: OWN, facts })?.alsoFrom).toEqual([]);
  });

  test('a rule without a history asks nothing', () => {
    const finding = { subject: ORG_TRAIL, owner: '', evidence: [] } as unknown as Finding;
    expect(wantedFor(finding, { history: null }, known(soundFacts()))).toBeNull();
  });
});

describe('the value as it was read live', () => {
  const trail = { subject: ORG_TRAIL, type: 'AWS::CloudTrail::Trail' };

  test.each<[string, string, Proof['fields'], unknown]>([
    [
      'by another name',
      'configuration.logFileValidationEnabled',
      { logFileValidation: false },
      false,
    ],
    ['by a shorter name', 'configuration.isMultiRegionTrail', { multiRegion: false }, false],
    ['nothing at all', 'configuration.kmsKeyId', { kmsKey: null }, null],
    ['the closest of two', 'configuration.kmsKeyId', { kmsKeyId: 'a', kmsKey: 'b' }, 'a'],
    [
      'a list is no value of Config’s',
      'configuration.hasInsightSelectors',
      { insights: [] },
      undefined,
    ],
    [
      'a part of the name is another thing',
      'supplementaryConfiguration.BucketLoggingConfiguration.destinationBucketName',
      { bucket: 'org-logs' },
      undefined,
    ],
    ['a stranger', 'configuration.kmsKeyId', { bucket: 'b' }, undefined],
  ])('%s', (_, change, fields, live) => {
    expect(wanted({ ...trail, change, fields })?.live).toEqual(live);
  });
});
