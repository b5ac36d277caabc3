import type { Aggregator } from '../../../src/aws/facts/aggregator.ts';
import { readProtection } from '../../../src/aws/facts/bucket-protection.ts';
import type { BucketProtection, Witnessed } from '../../../src/core/posture/facts.ts';
import type { BucketSetup, Scenario, UnitSetup } from '../../../src/sandbox/aws/scenario.ts';
import { denied, seen } from '../../core/posture/sound.ts';
import { HOME, over } from './over.ts';

const ARCHIVE = '222233334444';
const PAYMENTS = '666677778888';
const NAME = 'bora-org-cloudtrail';

function bucketOf({ buckets }: Scenario, name: string): BucketSetup {
  const bucket = buckets.find((one) => one.name === name);
  if (!bucket) throw new Error(`the company has no bucket ${name}`);
  return bucket;
}

/** The aggregator of the simulated company. */
function aggregatorWith(troubled: Aggregator['troubled']): Witnessed<Aggregator> {
  return seen({
    where: { account: '333344445555', region: HOME },
    name: 'bora-organization',
    troubled,
  });
}

const AGGREGATOR = aggregatorWith(seen([]));

/** The protection of the organization's log bucket, with what differs. */
function protectionOf(
  change: (bucket: BucketSetup, scenario: Scenario) => void = () => {},
  account = ARCHIVE,
  aggregator: Witnessed<Aggregator | null> = AGGREGATOR,
): Promise<BucketProtection> {
  return over(
    (ground) =>
      readProtection(
        ground,
        NAME,
        {
          seen: { account, region: HOME },
          by: { api: 'test:Read', account, region: HOME, at: '' },
        },
        aggregator,
      ),
    (scenario) => change(bucketOf(scenario, NAME), scenario),
  );
}

function archiveOf({ organization }: Scenario) {
  const everybody = (unit: Pick<UnitSetup, 'accounts' | 'units'>): UnitSetup['accounts'] => [
    ...unit.accounts,
    ...unit.units.flatMap(everybody),
  ];
  const found = everybody(organization).find(({ id }) => id === ARCHIVE);
  if (!found) throw new Error('the company has a log archive');
  return found;
}

function lifecycleOf(...lifecycle: { [key: string]: unknown }[]) {
  return protectionOf((bucket) => {
    bucket.lifecycle = lifecycle;
  }).then(({ lifecycle: rules }) => ('seen' in rules ? rules.seen : rules));
}

test('a sound log bucket is read with all that protects it', async () => {
  expect(await protectionOf()).toMatchObject({
    versioning: { seen: { versioning: true, mfaDelete: true } },
    objectLock: { seen: { mode: 'COMPLIANCE', days: 400 } },
    lifecycle: { seen: [] },
    policy: { seen: { Statement: expect.arrayContaining([expect.anything()]) } },
    policyIsPublic: { seen: false },
    publicAccessBlock: { seen: { restrictPublicBuckets: true, ignorePublicAcls: true } },
    aclGroups: { seen: [] },
    accessLogging: {
      seen: {
        targetBucket: 'bora-access-logs',
        targetRegion: { seen: HOME },
        targetLocked: { seen: false },
      },
    },
  });
});

test('no protection at all is an answer', async () => {
  const protection = await protectionOf((bucket) => {
    bucket.mfaDelete = false;
    bucket.versioning = 'Off';
    bucket.publicAccessBlock = false;
    delete bucket.objectLock;
    delete bucket.policy;
    delete bucket.accessLogging;
  });
  expect(protection).toMatchObject({
    versioning: { seen: { versioning: false, mfaDelete: false } },
    objectLock: { seen: null },
    lifecycle: { seen: [] },
    policy: { seen: null },
    policyIsPublic: { seen: false },
    publicAccessBlock: {
      seen: {
        blockPublicAcls: false,
        ignorePublicAcls: false,
        blockPublicPolicy: false,
        restrictPublicBuckets: false,
      },
    },
    accessLogging: { seen: null },
  });
});

test('in an account that does not own the bucket everything is refused, nothing absent', async () => {
  const { accountPublicAccessBlock, ...readings } = await protectionOf(() => {}, PAYMENTS);
  expect(accountPublicAccessBlock).toBeNull();
  for (const reading of Object.values(readings))
    expect(reading).toMatchObject({
      unseen: { kind: 'denied', wouldNeed: expect.stringContaining(PAYMENTS) },
    });
});

test.each([
  ['s3:GetBucketPolicy', 'policy', 's3:GetBucketPolicy'],
  ['s3:GetBucketPolicyStatus', 'policyIsPublic', 's3:GetBucketPolicyStatus'],
  ['s3:GetPublicAccessBlock', 'publicAccessBlock', 's3:GetBucketPublicAccessBlock'],
  ['s3:GetBucketAcl', 'aclGroups', 's3:GetBucketAcl'],
  ['s3:GetBucketLogging', 'accessLogging', 's3:GetBucketLogging'],
  ['s3:GetBucketLifecycleConfiguration', 'lifecycle', 's3:GetLifecycleConfiguration'],
] as const)('a refused %s names the permission and leaves the rest', async (operation, of, api) => {
  const protection = await protectionOf((_, { faults }) => {
    faults.push({ operation, effect: 'deny' });
  });
  expect(protection[of]).toMatchObject({
    unseen: { kind: 'denied', wouldNeed: expect.stringContaining(`${api} for role`) },
  });
  expect(protection.versioning).toHaveProperty('seen');
});

test('a policy that could not be understood is a failed reading, never no policy', async () => {
  const { policy } = await protectionOf((bucket) => {
    bucket.policy = { Statement: [{ Effect: 'Perhaps', Action: 's3:*' }] };
  });
  expect(policy).toMatchObject({
    unseen: { kind: 'failed', reason: expect.stringContaining('could not be understood') },
  });
});

test('a public policy and the groups of the ACL are read', async () => {
  const protection = await protectionOf((bucket) => {
    bucket.policy = {
      Statement: [{ Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: '*' }],
    };
    bucket.grants = [
      { to: 'AuthenticatedUsers', permission: 'READ' },
      { to: 'LogDelivery', permission: 'WRITE' },
    ];
  });
  expect(protection).toMatchObject({
    policyIsPublic: { seen: true },
    policy: { seen: { Statement: [{ Principal: { AWS: ['*'] }, Action: ['s3:GetObject'] }] } },
    aclGroups: { seen: ['AuthenticatedUsers', 'LogDelivery'] },
  });
});

describe('the block of public access of the account', () => {
  /** The bucket lets everybody in by its ACL, and has no block of its own. */
  const open = (bucket: BucketSetup) => {
    bucket.publicAccessBlock = false;
    bucket.grants = [{ to: 'AllUsers', permission: 'READ' }];
  };
  const blocked = (bucket: BucketSetup, scenario: Scenario) => {
    open(bucket);
    archiveOf(scenario).publicAccessBlock = true;
  };

  test('is read from Config where the bucket looks public', async () => {
    const { accountPublicAccessBlock } = await protectionOf(blocked);
    expect(accountPublicAccessBlock).toMatchObject({
      seen: { ignorePublicAcls: true, restrictPublicBuckets: true, captured: expect.any(String) },
      by: { api: 'config:SelectAggregateResourceConfig' },
    });
  });

  test('costs no call where the bucket does not', async () => {
    const { accountPublicAccessBlock } = await protectionOf((_, scenario) => {
      archiveOf(scenario).publicAccessBlock = true;
    });
    expect(accountPublicAccessBlock).toBeNull();
  });

  test('that Config does not keep is none, and no answer about another account', async () => {
    const { accountPublicAccessBlock } = await protectionOf(open);
    expect(accountPublicAccessBlock).toMatchObject({ seen: null });
  });

  const late = {
    account: ARCHIVE,
    region: HOME,
    status: 'OUTDATED' as const,
    at: '2026-11-01T00:00:00Z',
    error: '',
  };
  test.each<[string, Witnessed<Aggregator | null>, string]>([
    ['there is no aggregator', seen(null), 'no AWS Config aggregator'],
    ['the aggregator is refused', denied(), ''],
    ['nobody knows whether its data is late', aggregatorWith(denied()), ''],
    ['its data is late', aggregatorWith(seen([late])), 'OUTDATED'],
  ])('is unseen where %s', async (_, aggregator, told) => {
    const toldAtHome = (bucket: BucketSetup, scenario: Scenario) => {
      blocked(bucket, scenario);
      scenario.config.recorders.push(
        { account: ARCHIVE, region: '*', state: 'absent' },
        { account: ARCHIVE, region: HOME, state: 'recording' },
      );
    };
    const { accountPublicAccessBlock } = await protectionOf(toldAtHome, ARCHIVE, aggregator);
    expect(accountPublicAccessBlock).toMatchObject({
      unseen: { reason: expect.stringContaining(told) },
    });
  });

  test('is told by another region where one is late', async () => {
    const aggregator = aggregatorWith(seen([late]));
    const { accountPublicAccessBlock } = await protectionOf(blocked, ARCHIVE, aggregator);
    expect(accountPublicAccessBlock).toMatchObject({ seen: { ignorePublicAcls: true } });
  });
});

describe('access logs', () => {
  test('lesson 23: Object Lock on the bucket that they go to is seen', async () => {
    const { accessLogging } = await protectionOf((_, scenario) => {
      bucketOf(scenario, 'bora-access-logs').objectLock = { mode: 'GOVERNANCE', days: 30 };
    });
    expect(accessLogging).toMatchObject({ seen: { targetLocked: { seen: true } } });
  });

  test('go nowhere once the bucket that they went to is gone', async () => {
    const { accessLogging } = await protectionOf((bucket) => {
      bucket.accessLogging = { bucket: 'long-gone', prefix: '' };
    });
    expect(accessLogging).toMatchObject({ seen: { targetRegion: { seen: null } } });
  });

  test('to a bucket of another region are seen with that region', async () => {
    const { accessLogging } = await protectionOf((_, scenario) => {
      bucketOf(scenario, 'bora-access-logs').region = 'eu-west-1';
    });
    expect(accessLogging).toMatchObject({
      seen: { targetRegion: { seen: 'eu-west-1' }, targetLocked: { seen: false } },
    });
  });

  test('to a bucket of another account leave open whether they arrive', async () => {
    const { accessLogging } = await protectionOf((_, scenario) => {
      bucketOf(scenario, 'bora-access-logs').account = PAYMENTS;
    });
    expect(accessLogging).toMatchObject({ seen: { targetRegion: { unseen: { kind: 'denied' } } } });
  });
});

describe('lifecycle rules, however they are written', () => {
  const sound = { Status: 'Enabled' };

  test.each<[string, object, object]>([
    ['without a filter', { ID: 'all', ...sound }, { id: 'all', prefix: '', narrowed: false }],
    [
      'with the old prefix',
      { ...sound, Prefix: 'AWSLogs/' },
      { prefix: 'AWSLogs/', narrowed: false },
    ],
    ['with a filter', { ...sound, Filter: { Prefix: 'x/' } }, { prefix: 'x/', narrowed: false }],
    [
      'by tag',
      { ...sound, Filter: { Tag: { Key: 'a', Value: 'b' } } },
      { prefix: '', narrowed: true },
    ],
    [
      'by prefix and size',
      { ...sound, Filter: { And: { Prefix: 'y/', ObjectSizeGreaterThan: 10 } } },
      { prefix: 'y/', narrowed: true },
    ],
    ['switched off', { Status: 'Disabled', Filter: { Prefix: '' } }, { enabled: false }],
    [
      'with expirations',
      {
        ...sound,
        Expiration: { Days: 400 },
        NoncurrentVersionExpiration: { NoncurrentDays: 30 },
      },
      { expirationDays: 400, noncurrentDays: 30 },
    ],
    [
      'that only clears delete markers',
      { ...sound, Expiration: { ExpiredObjectDeleteMarker: true } },
      { expirationDays: null, noncurrentDays: null },
    ],
    [
      'with a move to colder storage',
      { ...sound, Transitions: [{ Days: 90, StorageClass: 'GLACIER' }] },
      { transitions: [{ days: 90, storageClass: 'GLACIER' }] },
    ],
  ])('%s', async (_, written, expected) => {
    expect(await lifecycleOf(written as { [key: string]: unknown })).toMatchObject([expected]);
  });

  test('with a date, which is told as days from now and as a day on which all goes', async () => {
    const [rule] = (await lifecycleOf({
      ...sound,
      Expiration: { Date: new Date('2001-01-01T00:00:00Z') },
    })) as unknown[];
    expect(rule).toMatchObject({ expirationDays: 0, onDate: true });
  });
});
