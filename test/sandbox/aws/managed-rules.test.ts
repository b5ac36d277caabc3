import { GetComplianceDetailsByConfigRuleCommand } from '@aws-sdk/client-config-service';
import type { ManagedRule, ScenarioFile } from '../../../src/sandbox/aws/scenario.ts';
import { managedRules } from '../../../src/sandbox/aws/services/config-managed-rules.ts';
import { closeAll, SHOP } from './soundness.ts';
import { stageWhere } from './stage.ts';

afterAll(closeAll);

const home = 'ap-northeast-2';
const place = { account: SHOP, region: home };
const plain = { ...place, name: 'plain' };
type TrailFile = NonNullable<ScenarioFile['trails']>[number];
type BucketFile = NonNullable<ScenarioFile['buckets']>[number];

const trailOf = (difference: Partial<TrailFile> = {}): Partial<ScenarioFile> => ({
  trails: [{ name: 'shop', account: SHOP, homeRegion: home, bucket: 'plain', ...difference }],
  buckets: [plain],
});
const bucketOf = (difference: Partial<BucketFile> = {}): Partial<ScenarioFile> => ({
  ...trailOf(),
  buckets: [{ ...plain, ...difference }],
});
const objects = (readOnly?: string) => ({
  advanced: [
    {
      FieldSelectors: [
        { Field: 'eventCategory', Equals: ['Data'] },
        { Field: 'resources.type', Equals: ['AWS::S3::Object'] },
        ...(readOnly ? [{ Field: 'readOnly', Equals: [readOnly] }] : []),
      ],
    },
  ],
});
const tlsOnly = {
  Statement: [
    { Effect: 'Deny', Principal: '*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
  ],
};
const everybody = { Statement: [{ Effect: 'Allow', Principal: '*', Action: 's3:GetObject' }] };
const readers = { grants: [{ to: 'AllUsers' as const, permission: 'READ' as const }] };
const kmsKey = 'arn:aws:kms:a:b:key/k';

/** What makes each rule content, and what makes it complain. */
const cases: [ManagedRule, good: Partial<ScenarioFile>, bad: Partial<ScenarioFile>][] = [
  [
    'CLOUD_TRAIL_CLOUD_WATCH_LOGS_ENABLED',
    trailOf({ logGroup: 'arn:aws:logs:a:b:log-group:c:*' }),
    trailOf(),
  ],
  ['CLOUDTRAIL_SECURITY_TRAIL_ENABLED', trailOf({ kmsKey }), trailOf()],
  [
    'CLOUDTRAIL_ALL_READ_S3_DATA_EVENT_CHECK',
    trailOf({ selectors: objects('true') }),
    trailOf({ selectors: objects('false') }),
  ],
  [
    'CLOUDTRAIL_ALL_WRITE_S3_DATA_EVENT_CHECK',
    trailOf({ selectors: objects() }),
    trailOf({ selectors: objects('true') }),
  ],
  ['CLOUDTRAIL_S3_DATAEVENTS_ENABLED', trailOf({ selectors: objects() }), trailOf()],
  [
    'CLOUDTRAIL_S3_BUCKET_ACCESS_LOGGING',
    bucketOf({ accessLogging: { bucket: 'access' } }),
    bucketOf(),
  ],
  [
    'CLOUDTRAIL_S3_BUCKET_PUBLIC_ACCESS_PROHIBITED',
    bucketOf({ policy: everybody }),
    bucketOf({ policy: everybody, publicAccessBlock: false }),
  ],
  ['S3_BUCKET_LOGGING_ENABLED', bucketOf({ accessLogging: { bucket: 'access' } }), bucketOf()],
  [
    'S3_BUCKET_PUBLIC_READ_PROHIBITED',
    bucketOf({ ...readers, publicAccessBlock: { ignorePublicAcls: true } }),
    bucketOf({ ...readers, publicAccessBlock: { restrictPublicBuckets: true } }),
  ],
  [
    'S3_BUCKET_PUBLIC_WRITE_PROHIBITED',
    bucketOf({ ...readers, publicAccessBlock: false }),
    bucketOf({
      grants: [{ to: 'AuthenticatedUsers', permission: 'WRITE' }],
      publicAccessBlock: false,
    }),
  ],
  ['S3_BUCKET_SSL_REQUESTS_ONLY', bucketOf({ policy: tlsOnly }), bucketOf({ policy: everybody })],
  ['S3_BUCKET_VERSIONING_ENABLED', bucketOf(), bucketOf({ versioning: 'Suspended' })],
  [
    'S3_LIFECYCLE_POLICY_CHECK',
    bucketOf({ lifecycle: [{ ID: 'a', Status: 'Enabled' }] }),
    bucketOf({ lifecycle: [{ ID: 'a', Status: 'Disabled' }] }),
  ],
  [
    'CMK_BACKING_KEY_ROTATION_ENABLED',
    { kmsKeys: [{ ...place, id: 'k' }] },
    { kmsKeys: [{ ...place, id: 'k', rotation: false }] },
  ],
  [
    'KMS_CMK_NOT_SCHEDULED_FOR_DELETION',
    { kmsKeys: [{ ...place, id: 'k', state: 'Disabled' }] },
    { kmsKeys: [{ ...place, id: 'k', state: 'PendingDeletion' }] },
  ],
  [
    'CW_LOGGROUP_RETENTION_PERIOD_CHECK',
    { logGroups: [{ ...place, name: 'for-ever' }] },
    { logGroups: [{ ...place, name: 'month', retentionDays: 30 }] },
  ],
  [
    'CLOUDWATCH_ALARM_ACTION_CHECK',
    { alarms: [{ ...place, name: 'a', metric: 'm', namespace: 'n', actions: ['arn:aws:sns:a'] }] },
    { alarms: [{ ...place, name: 'a', metric: 'm', namespace: 'n' }] },
  ],
];

test.each(cases)('%s tells sound from unsound', async (rule, good, bad) => {
  const verdict = async (difference: Partial<ScenarioFile>) => {
    const { as } = await stageWhere({ ...difference, config: { rules: [rule] } });
    const { EvaluationResults = [] } = await as(SHOP).config.send(
      new GetComplianceDetailsByConfigRuleCommand({ ConfigRuleName: managedRules[rule].name }),
    );
    return EvaluationResults.map(({ ComplianceType }) => ComplianceType);
  };
  expect(await verdict(good)).toEqual(['COMPLIANT']);
  expect(await verdict(bad)).toEqual(['NON_COMPLIANT']);
});

test('a log bucket of another account is nothing to the rules of the account of its trail', async () => {
  const { as } = await stageWhere({
    ...trailOf(),
    buckets: [{ name: 'plain', account: '222233334444', region: home }],
    config: { rules: ['CLOUDTRAIL_S3_BUCKET_ACCESS_LOGGING'] },
  });
  const { EvaluationResults } = await as(SHOP).config.send(
    new GetComplianceDetailsByConfigRuleCommand({
      ConfigRuleName: 'cloudtrail-s3-bucket-access-logging',
    }),
  );
  expect(EvaluationResults).toEqual([]);
});
