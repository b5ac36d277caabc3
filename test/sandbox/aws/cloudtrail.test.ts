import {
  DescribeTrailsCommand,
  GetEventSelectorsCommand,
  GetInsightSelectorsCommand,
  GetTrailCommand,
  GetTrailStatusCommand,
  ListEventDataStoresCommand,
  ListPublicKeysCommand,
  ListTagsCommand,
  ListTrailsCommand,
  PutEventSelectorsCommand,
  StartLoggingCommand,
  StopLoggingCommand,
  UpdateTrailCommand,
} from '@aws-sdk/client-cloudtrail';
import type { ScenarioFile } from '../../../src/sandbox/aws/scenario.ts';
import { AUDIT, closeAll, failureOf, MANAGEMENT, PAYMENTS, SHOP, SUSPENDED } from './soundness.ts';
import { LABS, LOGS, stageWhere } from './stage.ts';

afterAll(closeAll);

type TrailFile = NonNullable<ScenarioFile['trails']>[number];
const home = 'ap-northeast-2';
const orgArn = `arn:aws:cloudtrail:${home}:${MANAGEMENT}:trail/org`;
const shopArn = `arn:aws:cloudtrail:${home}:${SHOP}:trail/shop`;
const policy = { Statement: [{ Principal: { Service: 'cloudtrail.amazonaws.com' } }] };

function trail(difference: Partial<TrailFile> = {}): TrailFile {
  return { name: 'shop', account: SHOP, homeRegion: home, bucket: 'logs', ...difference };
}
const orgTrail = trail({ name: 'org', account: MANAGEMENT, organization: true });

function trailsAre(trails: TrailFile[], difference: Partial<ScenarioFile> = {}) {
  return stageWhere({
    trails,
    buckets: [{ name: 'logs', account: LOGS, region: home, policy }],
    ...difference,
  });
}

test('a multi-region trail has a shadow copy in every other region', async () => {
  const { as } = await trailsAre([trail()]);
  for (const region of [home, 'eu-west-1', 'us-east-1']) {
    const { trailList = [] } = await as(SHOP, region).cloudtrail.send(
      new DescribeTrailsCommand({}),
    );
    expect(trailList).toMatchObject([{ TrailARN: shopArn, HomeRegion: home }]);
  }
  const own = new DescribeTrailsCommand({ includeShadowTrails: false });
  expect((await as(SHOP).cloudtrail.send(own)).trailList).toHaveLength(1);
  expect((await as(SHOP, 'eu-west-1').cloudtrail.send(own)).trailList).toEqual([]);
});

test('a single-region trail stands in its home region alone, but its ARN finds it from elsewhere', async () => {
  const { as } = await trailsAre([trail({ multiRegion: false })]);
  const away = as(SHOP, 'eu-west-1').cloudtrail;
  expect((await away.send(new DescribeTrailsCommand({}))).trailList).toEqual([]);
  const byName = new DescribeTrailsCommand({ trailNameList: ['shop'] });
  expect((await away.send(byName)).trailList).toEqual([]);
  const byArn = new DescribeTrailsCommand({ trailNameList: [shopArn] });
  expect((await away.send(byArn)).trailList).toHaveLength(1);
});

test('an organization trail stands in every member under the ARN of the management account', async () => {
  const { as } = await trailsAre([orgTrail]);
  for (const account of [MANAGEMENT, SHOP, AUDIT]) {
    const { trailList } = await as(account, 'us-east-1').cloudtrail.send(
      new DescribeTrailsCommand({}),
    );
    expect(trailList).toMatchObject([{ TrailARN: orgArn, IsOrganizationTrail: true }]);
  }
  const shadowless = new DescribeTrailsCommand({ includeShadowTrails: false });
  expect((await as(SHOP).cloudtrail.send(shadowless)).trailList).toEqual([]);
  expect((await as(MANAGEMENT).cloudtrail.send(shadowless)).trailList).toHaveLength(1);
});

test('an account outside the reach of the organization trail does not have it', async () => {
  const { as, aws } = await trailsAre([orgTrail]);
  const { cloudtrail } = as(LABS);
  expect((await cloudtrail.send(new DescribeTrailsCommand({}))).trailList).toEqual([]);
  expect((await cloudtrail.send(new ListTrailsCommand({}))).Trails).toEqual([]);
  expect(await failureOf(cloudtrail.send(new GetTrailCommand({ Name: orgArn })))).toMatchObject({
    name: 'TrailNotFoundException',
  });
  expect(aws.world.accounts.get(SUSPENDED)?.status).toBe('SUSPENDED');
});

test('ListTrails names the trails of all regions', async () => {
  const { as } = await trailsAre([
    orgTrail,
    trail({ multiRegion: false, homeRegion: 'eu-west-1' }),
  ]);
  const { Trails } = await as(SHOP, 'us-east-1').cloudtrail.send(new ListTrailsCommand({}));
  expect(Trails).toEqual([
    { TrailARN: orgArn, Name: 'org', HomeRegion: home },
    {
      TrailARN: `arn:aws:cloudtrail:eu-west-1:${SHOP}:trail/shop`,
      Name: 'shop',
      HomeRegion: 'eu-west-1',
    },
  ]);
});

test('a name means a trail only at home; malformed names and ARNs are told apart', async () => {
  const { as } = await trailsAre([trail()]);
  const get = (Name: string, region = home) =>
    as(SHOP, region).cloudtrail.send(new GetTrailCommand({ Name }));
  expect((await get('shop')).Trail).toMatchObject({ TrailARN: shopArn });
  expect((await get(shopArn, 'eu-west-1')).Trail).toMatchObject({ TrailARN: shopArn });
  expect((await failureOf(get('shop', 'eu-west-1'))).name).toBe('TrailNotFoundException');
  expect((await failureOf(get('other'))).name).toBe('TrailNotFoundException');
  expect((await failureOf(get('a b!'))).name).toBe('InvalidTrailNameException');
  expect((await failureOf(get('x'))).name).toBe('InvalidTrailNameException');
  expect((await failureOf(get('arn:aws:cloudtrail:shop'))).name).toBe(
    'CloudTrailARNInvalidException',
  );
});

test('the status tells logging, delivery and digests of one region', async () => {
  const { as } = await trailsAre([trail({ deliveryErrors: { 'eu-west-1': 'AccessDenied' } })]);
  const status = (region: string) =>
    as(SHOP, region).cloudtrail.send(new GetTrailStatusCommand({ Name: shopArn }));
  const here = await status(home);
  expect(here).toMatchObject({ IsLogging: true, StartLoggingTime: expect.any(Date) });
  expect(here.LatestDeliveryError).toBeUndefined();
  expect(Date.now() - (here.LatestDeliveryTime?.getTime() ?? 0)).toBeLessThan(10 * 60_000);
  expect(Date.now() - (here.LatestDigestDeliveryTime?.getTime() ?? 0)).toBeLessThan(3_600_001);
  const quiet = await status('eu-west-1');
  expect(quiet).toMatchObject({ IsLogging: true, LatestDeliveryError: 'AccessDenied' });
  expect(quiet.LatestDeliveryTime).toBeUndefined();
});

test('a trail whose bucket is gone has a delivery error, and a stopped one says since when', async () => {
  const { as } = await trailsAre([
    trail({ bucket: 'gone' }),
    trail({ name: 'old', logging: false, stoppedAt: '-2d 10:00' }),
  ]);
  const status = (Name: string) => as(SHOP).cloudtrail.send(new GetTrailStatusCommand({ Name }));
  expect(await status('shop')).toMatchObject({ LatestDeliveryError: 'NoSuchBucket' });
  const stopped = await status('old');
  expect(stopped.IsLogging).toBe(false);
  expect(stopped.LatestDeliveryTime?.getTime()).toBeLessThanOrEqual(
    stopped.StopLoggingTime?.getTime() ?? 0,
  );
});

test('without selectors a trail answers with the default: all management events', async () => {
  const { as } = await trailsAre([trail()]);
  const { cloudtrail } = as(SHOP);
  expect(await cloudtrail.send(new GetEventSelectorsCommand({ TrailName: 'shop' }))).toMatchObject({
    TrailARN: shopArn,
    EventSelectors: [
      {
        ReadWriteType: 'All',
        IncludeManagementEvents: true,
        DataResources: [],
        ExcludeManagementEventSources: [],
      },
    ],
  });
  const { Trail } = await cloudtrail.send(new GetTrailCommand({ Name: 'shop' }));
  expect(Trail).toMatchObject({ HasCustomEventSelectors: false, HasInsightSelectors: false });
});

const management = { Field: 'eventCategory', Equals: ['Management'] };

test('advanced selectors replace basic ones, and basic ones advanced', async () => {
  const { as } = await trailsAre([
    trail({ selectors: { basic: [{ ReadWriteType: 'WriteOnly' }] } }),
  ]);
  const { cloudtrail } = as(SHOP);
  await cloudtrail.send(
    new PutEventSelectorsCommand({
      TrailName: shopArn,
      AdvancedEventSelectors: [{ Name: '', FieldSelectors: [management] }],
    }),
  );
  const advanced = await cloudtrail.send(new GetEventSelectorsCommand({ TrailName: shopArn }));
  expect(advanced.AdvancedEventSelectors).toHaveLength(1);
  expect(advanced.EventSelectors).toBeUndefined();
});

test.each([
  ['neither kind', {}],
  ['six basic selectors', { EventSelectors: Array(6).fill({ ReadWriteType: 'All' }) }],
  ['an unknown ReadWriteType', { EventSelectors: [{ ReadWriteType: 'Some' }] }],
  [
    'an unknown data resource',
    { EventSelectors: [{ DataResources: [{ Type: 'AWS::EC2::Instance', Values: [] }] }] },
  ],
  [
    'a source that cannot be excluded',
    { EventSelectors: [{ ExcludeManagementEventSources: ['iam.amazonaws.com'] }] },
  ],
  [
    '251 data resources',
    {
      EventSelectors: [
        {
          DataResources: [{ Type: 'AWS::S3::Object', Values: Array(251).fill('arn:aws:s3:::a/') }],
        },
      ],
    },
  ],
  [
    'no category',
    { AdvancedEventSelectors: [{ FieldSelectors: [{ Field: 'readOnly', Equals: ['true'] }] }] },
  ],
  [
    'a category that only starts so',
    {
      AdvancedEventSelectors: [
        { FieldSelectors: [{ Field: 'eventCategory', StartsWith: ['Man'] }] },
      ],
    },
  ],
  [
    'data without a type',
    {
      AdvancedEventSelectors: [{ FieldSelectors: [{ Field: 'eventCategory', Equals: ['Data'] }] }],
    },
  ],
  [
    'readOnly compared otherwise',
    {
      AdvancedEventSelectors: [
        { FieldSelectors: [management, { Field: 'readOnly', NotEquals: ['true'] }] },
      ],
    },
  ],
  [
    'readOnly neither true nor false',
    {
      AdvancedEventSelectors: [
        { FieldSelectors: [management, { Field: 'readOnly', Equals: ['maybe'] }] },
      ],
    },
  ],
  [
    'a field that does not exist',
    {
      AdvancedEventSelectors: [
        { FieldSelectors: [management, { Field: 'colour', Equals: ['red'] }] },
      ],
    },
  ],
  [
    'a field of another category',
    {
      AdvancedEventSelectors: [
        { FieldSelectors: [management, { Field: 'resources.ARN', Equals: ['arn:aws:s3:::a'] }] },
      ],
    },
  ],
  [
    '501 values',
    {
      AdvancedEventSelectors: [
        {
          FieldSelectors: [
            management,
            { Field: 'eventSource', NotEquals: Array(500).fill('kms.amazonaws.com') },
          ],
        },
      ],
    },
  ],
])('selectors with %s are refused, and nothing changes', async (_case, selectors) => {
  const { as, aws } = await trailsAre([trail()]);
  const put = new PutEventSelectorsCommand({ TrailName: 'shop', ...(selectors as object) });
  expect((await failureOf(as(SHOP).cloudtrail.send(put))).name).toBe(
    'InvalidEventSelectorsException',
  );
  expect(aws.world.trails[0]?.selectors).toBeUndefined();
});

test('a member sees the organization trail and its status, but not its selectors', async () => {
  const { as } = await trailsAre([orgTrail]);
  const { cloudtrail } = as(SHOP, 'eu-west-1');
  expect(await cloudtrail.send(new GetTrailStatusCommand({ Name: orgArn }))).toMatchObject({
    IsLogging: true,
  });
  const selectors = cloudtrail.send(new GetEventSelectorsCommand({ TrailName: orgArn }));
  expect(await failureOf(selectors)).toMatchObject({
    name: 'TrailNotFoundException',
    message: `Unknown trail: ${orgArn} for the user: ${SHOP}`,
  });
  const delegated = as(AUDIT).cloudtrail;
  expect((await delegated.send(new GetEventSelectorsCommand({ TrailName: orgArn }))).TrailARN).toBe(
    orgArn,
  );
});

test('insights that are off are an error, as at AWS', async () => {
  const { as } = await trailsAre([
    trail(),
    trail({ name: 'wise', insights: ['ApiCallRateInsight'] }),
  ]);
  const { cloudtrail } = as(SHOP);
  const get = (TrailName: string) => cloudtrail.send(new GetInsightSelectorsCommand({ TrailName }));
  expect((await failureOf(get('shop'))).name).toBe('InsightNotEnabledException');
  expect((await get('wise')).InsightSelectors).toEqual([{ InsightType: 'ApiCallRateInsight' }]);
});

test('validation is switched on, and digests start an hour later', async () => {
  let now = new Date('2026-11-22T10:00:00Z');
  const { as, aws } = await trailsAre(
    [trail({ logFileValidation: false, validationStoppedAt: '-5d 14:05' })],
    { clock: '2026-11-22T10:00:00Z' },
  );
  aws.world.now = () => now;
  const { cloudtrail } = as(SHOP);
  const before = await cloudtrail.send(new GetTrailStatusCommand({ Name: 'shop' }));
  expect(before.LatestDigestDeliveryTime?.getTime()).toBeLessThan(now.getTime() - 4 * 86_400_000);
  const updated = await cloudtrail.send(
    new UpdateTrailCommand({ Name: shopArn, EnableLogFileValidation: true }),
  );
  expect(updated).toMatchObject({
    Name: 'shop',
    TrailARN: shopArn,
    LogFileValidationEnabled: true,
    IsMultiRegionTrail: true,
    S3BucketName: 'logs',
  });
  now = new Date('2026-11-22T11:30:00Z');
  const { trailList } = await as(SHOP, 'us-east-1').cloudtrail.send(new DescribeTrailsCommand({}));
  expect(trailList?.[0]?.LogFileValidationEnabled).toBe(true);
  const after = await cloudtrail.send(new GetTrailStatusCommand({ Name: 'shop' }));
  expect(after.LatestDigestDeliveryTime?.toISOString()).toBe('2026-11-22T11:00:00.000Z');
});

test.each([
  [
    'global events off on a multi-region trail',
    { IncludeGlobalServiceEvents: false },
    'InvalidParameterCombinationException',
  ],
  ['a bucket that does not exist', { S3BucketName: 'nowhere' }, 'S3BucketDoesNotExistException'],
  [
    'a bucket that lets CloudTrail not in',
    { S3BucketName: 'closed' },
    'InsufficientS3BucketPolicyException',
  ],
  ['a key that does not exist', { KmsKeyId: 'alias/none' }, 'KmsKeyNotFoundException'],
  [
    'organization from a member',
    { IsOrganizationTrail: true },
    'NotOrganizationManagementAccountException',
  ],
])('UpdateTrail with %s is refused, and nothing changes', async (_case, change, code) => {
  const { as, aws } = await trailsAre([trail({ logFileValidation: false })], {
    buckets: [
      { name: 'logs', account: LOGS, region: home, policy },
      { name: 'closed', account: LOGS, region: home },
    ],
  });
  const update = new UpdateTrailCommand({ Name: 'shop', EnableLogFileValidation: true, ...change });
  expect((await failureOf(as(SHOP).cloudtrail.send(update))).name).toBe(code);
  expect(aws.world.trails[0]).toMatchObject({ logFileValidation: false, bucket: 'logs' });
});

test('a trail is changed only from its home region, an organization trail only by those who govern it', async () => {
  const { as, aws } = await trailsAre([orgTrail, trail()]);
  const update = (account: string, region: string, Name: string) => {
    aws.world.allowances.clear();
    return as(account, region).cloudtrail.send(
      new UpdateTrailCommand({ Name, EnableLogFileValidation: true }),
    );
  };
  expect((await failureOf(update(SHOP, 'eu-west-1', shopArn))).name).toBe(
    'InvalidHomeRegionException',
  );
  expect((await failureOf(update(SHOP, home, orgArn))).name).toBe(
    'NotOrganizationMasterAccountException',
  );
  expect((await failureOf(update(LABS, home, orgArn))).name).toBe('TrailNotFoundException');
  expect((await failureOf(update(PAYMENTS, home, shopArn))).name).toBe('TrailNotFoundException');
  expect((await update(AUDIT, home, orgArn)).TrailARN).toBe(orgArn);
  expect((await update(MANAGEMENT, home, 'org')).TrailARN).toBe(orgArn);
});

test('more than one write a second is throttled, per account and region', async () => {
  const { as } = await trailsAre([trail(), orgTrail]);
  const stop = (account: string, Name: string) =>
    as(account).cloudtrail.send(new StopLoggingCommand({ Name }));
  const answers = await Promise.allSettled([1, 2, 3, 4].map(() => stop(SHOP, 'shop')));
  const failed = answers.flatMap((answer) =>
    answer.status === 'rejected' ? [answer.reason.name] : [],
  );
  expect(failed.length).toBeGreaterThan(0);
  expect(failed.length).toBeLessThanOrEqual(3);
  expect(new Set(failed)).toEqual(new Set(['ThrottlingException']));
  await stop(MANAGEMENT, 'org');
  await new Promise((resolve) => setTimeout(resolve, 1_050));
  await as(SHOP).cloudtrail.send(new StartLoggingCommand({ Name: 'shop' }));
  const status = await as(SHOP).cloudtrail.send(new GetTrailStatusCommand({ Name: 'shop' }));
  expect(status).toMatchObject({ IsLogging: true, StopLoggingTime: expect.any(Date) });
});

test('tags are told of own trails only', async () => {
  const { as } = await trailsAre([orgTrail, trail({ tags: { owner: 'shop' } })]);
  const list = (arn: string) =>
    as(SHOP).cloudtrail.send(new ListTagsCommand({ ResourceIdList: [arn] }));
  expect((await list(shopArn)).ResourceTagList).toEqual([
    { ResourceId: shopArn, TagsList: [{ Key: 'owner', Value: 'shop' }] },
  ]);
  expect(await failureOf(list(orgArn))).toMatchObject({ name: 'CloudTrailARNInvalidException' });
});

test('there is no event data store, and one public key per region', async () => {
  const { as } = await trailsAre([]);
  const { cloudtrail } = as(SHOP);
  expect((await cloudtrail.send(new ListEventDataStoresCommand({}))).EventDataStores).toEqual([]);
  const first = await cloudtrail.send(new ListPublicKeysCommand({}));
  const second = await cloudtrail.send(new ListPublicKeysCommand({}));
  expect(first.PublicKeyList?.[0]?.Value?.length).toBeGreaterThan(200);
  expect(second.PublicKeyList?.[0]?.Fingerprint).toBe(first.PublicKeyList?.[0]?.Fingerprint);
});
