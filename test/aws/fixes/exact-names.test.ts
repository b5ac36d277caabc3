import { writeOf } from '../../../src/aws/fixes/writes/index.ts';
import type { ApiCall } from '../../../src/core/fixes/fix.ts';

const where = { account: '666677778888', region: 'ap-northeast-2' };
const trail = 'arn:aws:cloudtrail:ap-northeast-2:666677778888:trail/main';
const role = 'arn:aws:iam::666677778888:role/r';
const recorder = (roleARN: string) => ({
  ConfigurationRecorder: {
    name: 'default',
    roleARN,
    recordingGroup: {
      allSupported: true,
      includeGlobalResourceTypes: true,
      recordingStrategy: { useOnly: 'ALL_SUPPORTED_RESOURCE_TYPES' },
    },
  },
});
const aggregator = (RoleArn: string) => ({
  ConfigurationAggregatorName: 'all',
  OrganizationAggregationSource: { RoleArn, AllAwsRegions: true },
});

/** Every parameter that becomes a part of the policy of a session, with a name around it. */
const named: [api: string, sound: string, of: (name: string) => ApiCall['parameters']][] = [
  ['cloudtrail:UpdateTrail', trail, (Name) => ({ Name })],
  [
    'cloudtrail:UpdateTrail',
    role,
    (CloudWatchLogsRoleArn) => ({ Name: trail, CloudWatchLogsRoleArn }),
  ],
  ['cloudtrail:CreateTrail', 'main', (Name) => ({ Name })],
  ['cloudtrail:PutEventSelectors', trail, (TrailName) => ({ TrailName })],
  ['cloudtrail:UpdateEventDataStore', trail, (EventDataStore) => ({ EventDataStore })],
  ['iam:CreateRole', 'r', (RoleName) => ({ Path: '/trailwarden/', RoleName })],
  ['iam:CreateRole', '/trailwarden/', (Path) => ({ Path, RoleName: 'r' })],
  ['iam:PutRolePolicy', 'r', (RoleName) => ({ RoleName })],
  ['iam:PutUserPolicy', 'u', (UserName) => ({ UserName })],
  ['iam:CreateServiceLinkedRole', 'config.amazonaws.com', (AWSServiceName) => ({ AWSServiceName })],
  ['ec2:RevokeSecurityGroupIngress', 'sg-1', (GroupId) => ({ GroupId })],
  ['kms:PutKeyPolicy', 'arn:aws:kms:ap-northeast-2:666677778888:key/k', (KeyId) => ({ KeyId })],
  ['s3:PutBucketPolicy', 'logs', (Bucket) => ({ Bucket })],
  ['logs:CreateLogGroup', '/aws/trail#1', (logGroupName) => ({ logGroupName })],
  ['sns:CreateTopic', 'trailwarden-topic', (Name) => ({ Name })],
  ['config:PutConfigurationRecorder', role, recorder],
  ['config:PutConfigurationAggregator', role, aggregator],
];

test.each(named)('%s names one thing in its session, never several', (api, sound, of) => {
  const { needs } = writeOf(api);
  expect(needs(of(sound), where).some(({ resource }) => resource.includes(sound))).toBe(true);
  for (const several of ['*', '?', '$' + '{aws:username}'])
    expect(() => needs(of(`${sound}${several}`), where)).toThrow('names no one thing');
});
