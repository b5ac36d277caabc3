import type { Scan } from '../../src/core/posture/finding.ts';
import type { Scenario } from '../../src/sandbox/aws/scenario.ts';
import { EventDataStore } from '../../src/sandbox/aws/scenario-trails.ts';
import { trailOf } from '../aws/facts/over.ts';
import { sandbox } from './sandbox-scan.ts';

const MANAGEMENT = '111122223333';
const ARCHIVE = '222233334444';
const ORG_TRAIL = `arn:aws:cloudtrail:ap-northeast-2:${MANAGEMENT}:trail/bora-org-trail`;
const LABS_TRAIL = 'arn:aws:cloudtrail:eu-west-1:141414141414:trail/labs-legacy';
/** The checks of trails and of what stands around them. */
const CHECKS = [
  'alarms-for-sensitive-calls',
  'lake-stores',
  'log-group-retention',
  'trail-cloudwatch-logs',
  'trail-delivery',
  'trail-kms-encryption',
  'trail-kms-key-usable',
  'trail-notifications',
  'trail-tags',
];

async function scanOf(change: (scenario: Scenario) => void = () => {}): Promise<Scan> {
  const box = await sandbox(change);
  try {
    return await box.scan();
  } finally {
    await box.close();
  }
}

/** What these checks say with one of the statuses: `check subject`. */
function said({ findings }: Scan, status: string): string[] {
  return findings
    .filter((finding) => CHECKS.includes(finding.check) && finding.status === status)
    .map(({ check, subject }) => `${check} ${subject}`)
    .sort();
}

function detailOf({ findings }: Scan, check: string, subject: string): string {
  return findings.find((one) => one.check === check && one.subject === subject)?.detail ?? '';
}

/** Of the trail that an acquired company brought along, and nobody has looked at since. */
const LEGACY = [
  `trail-cloudwatch-logs ${LABS_TRAIL}`,
  `trail-kms-encryption ${LABS_TRAIL}`,
  `trail-notifications ${LABS_TRAIL}`,
];

test('of the sandbox only the acquired trail fails, and nobody’s key, alarm or store is unseen', async () => {
  const scan = await scanOf();
  expect(said(scan, 'FAIL')).toEqual(LEGACY);
  expect(said(scan, 'NOT_VISIBLE')).toEqual([]);
  expect(said(scan, 'ERROR')).toEqual([]);
});

test('everything that is broken around a trail is found over the wire, each thing once', async () => {
  const scan = await scanOf((scenario) => {
    Object.assign(trailOf(scenario, 'bora-org-trail'), {
      tags: {},
      deliveryErrors: {
        'eu-west-1': { s3: { error: 'AccessDenied', lastSuccess: '-3d' } },
        'us-east-1': { sns: { error: 'InvalidTopicArn', lastSuccess: null } },
        // Over since: a newer success is there.
        'us-west-2': { digest: { error: 'AccessDenied', lastSuccess: '-30m' } },
      },
    });
    for (const key of scenario.kmsKeys)
      if (key.alias === 'alias/bora-cloudtrail') key.state = 'Disabled';
    for (const group of scenario.logGroups)
      if (group.name === 'bora-org-trail') group.retentionDays = 30;
    for (const topic of scenario.topics)
      if (topic.name === 'bora-security-alarms')
        for (const subscription of topic.subscriptions) subscription.confirmed = false;
  });
  const key = scan.findings.find(({ check }) => check === 'trail-kms-key-usable');
  const logGroup = `arn:aws:logs:ap-northeast-2:${MANAGEMENT}:log-group:bora-org-trail`;
  expect(said(scan, 'FAIL')).toEqual(
    [
      ...LEGACY,
      `alarms-for-sensitive-calls ${ORG_TRAIL}`,
      `log-group-retention ${logGroup}`,
      `trail-delivery ${ORG_TRAIL}#s3`,
      `trail-delivery ${ORG_TRAIL}#sns`,
      `trail-kms-key-usable ${key?.subject}`,
      `trail-tags ${ORG_TRAIL}`,
    ].sort(),
  );
  expect(key?.owner).toBe(ARCHIVE);
  expect(detailOf(scan, 'trail-delivery', `${ORG_TRAIL}#s3`)).toContain('eu-west-1 (AccessDenied)');
  expect(detailOf(scan, 'alarms-for-sensitive-calls', ORG_TRAIL)).toContain('nobody listens');
  expect(detailOf(scan, 'log-group-retention', logGroup)).toContain('30');
});

test('what is refused or throttled is said so, with the account and the permission', async () => {
  const scan = await scanOf(({ faults }) => {
    const refused = [
      ['kms:DescribeKey', ARCHIVE],
      ['kms:GetKeyPolicy', ARCHIVE],
      ['logs:DescribeLogGroups', MANAGEMENT],
      ['monitoring:DescribeAlarms', MANAGEMENT],
      ['cloudtrail:ListTags', MANAGEMENT],
      ['cloudtrail:ListEventDataStores', MANAGEMENT],
    ] as const;
    for (const [operation, account] of refused) faults.push({ operation, account, effect: 'deny' });
    faults.push({
      operation: 'cloudtrail:GetTrailStatus',
      account: MANAGEMENT,
      region: 'eu-west-1',
      effect: 'deny',
    });
  });
  expect(said(scan, 'FAIL')).toEqual(LEGACY);
  const unseen = said(scan, 'NOT_VISIBLE').map((one) => one.split(' ')[0]);
  expect(unseen).toEqual([
    'alarms-for-sensitive-calls',
    'lake-stores',
    'log-group-retention',
    'trail-delivery',
    'trail-delivery',
    'trail-delivery',
    'trail-delivery',
    'trail-kms-key-usable',
    'trail-tags',
  ]);
  const key = scan.findings.find(({ check }) => check === 'trail-kms-key-usable');
  expect(key?.detail).toContain(`kms:DescribeKey for role trailwarden-read in account ${ARCHIVE}`);
});

test('CT-26: a store that a member keeps for itself is read where Config knows of it', async () => {
  const arn = 'arn:aws:cloudtrail:eu-west-1:444455556666:eventdatastore/own';
  const store = { name: 'own', account: '444455556666', region: 'eu-west-1', id: 'own' };
  const scan = await scanOf(({ eventDataStores }) => {
    eventDataStores.push(EventDataStore.parse(store));
  });
  const stores = scan.findings.filter(({ check }) => check === 'lake-stores');
  expect(stores).toMatchObject([{ subject: arn, owner: '444455556666' }]);
});

test('lesson 7: a key, a bucket and a log group of other accounts are read there, and not called missing', async () => {
  const scan = await scanOf();
  const apis = scan.findings
    .filter(({ check }) => ['trail-kms-key-usable', 'log-group-retention'].includes(check))
    .flatMap(({ owner, evidence }) => evidence.map(({ account }) => account === owner));
  expect(apis.length).toBeGreaterThan(3);
  expect(apis).toEqual(apis.map(() => true));
});
