import { scanWorld } from '../../src/aws/facts/index.ts';
import { fixes } from '../../src/aws/fixes/index.ts';
import { runbookFor } from '../../src/core/fixes/runbooks/index.ts';
import type { Finding, Scan } from '../../src/core/posture/finding.ts';
import { reportOf } from '../../src/core/report/report.ts';
import { exitCodeOf, scanPosture } from '../../src/jobs/scan-posture.ts';
import { postureMessage } from '../../src/slack/messages/posture.ts';
import { postureTable } from '../../src/terminal/posture/table.ts';
import { sandbox } from './sandbox-scan.ts';

const MANAGEMENT = '111122223333';
const ARCHIVE = '222233334444';
const PAYMENTS = '666677778888';
const DATA_PLATFORM = '888899990000';
const LABS = '141414141414';
const TEAM_SANDBOX = '151515151515';
const CAMPAIGN = '161616161616';

const LEGACY = `arn:aws:cloudtrail:eu-west-1:${LABS}:trail/labs-legacy`;
const PAYMENTS_TRAIL = `arn:aws:cloudtrail:ap-northeast-2:${PAYMENTS}:trail/payments-audit`;
const ORG_TRAIL = `arn:aws:cloudtrail:ap-northeast-2:${MANAGEMENT}:trail/bora-org-trail`;
const PAYMENTS_LOGS = 'arn:aws:s3:::bora-payments-audit-logs';
const LABS_LOGS = 'arn:aws:s3:::labs-legacy-cloudtrail';

const PLANTED = [
  ['config-recorder', DATA_PLATFORM, DATA_PLATFORM],
  ['data-events-s3', 'arn:aws:s3:::bora-payments-card-data', PAYMENTS],
  ['insights', LABS, LABS],
  ['log-archive-account', LABS_LOGS, LABS],
  ['log-bucket-immutable', PAYMENTS_LOGS, ARCHIVE],
  ['log-bucket-mfa-delete', PAYMENTS_LOGS, ARCHIVE],
  ['log-bucket-policy', LABS_LOGS, LABS],
  ['logging-guarded-by-scp', 'o-bora12345', MANAGEMENT],
  ['org-trail-covers-accounts', ORG_TRAIL, MANAGEMENT],
  ['trail-cloudwatch-logs', LEGACY, LABS],
  ['trail-duplicates', PAYMENTS_TRAIL, PAYMENTS],
  ['trail-global-services', LABS, LABS],
  ['trail-kms-encryption', LEGACY, LABS],
  ['trail-log-file-validation', PAYMENTS_TRAIL, PAYMENTS],
  ['trail-multi-region', LABS, LABS],
  ['trail-notifications', LEGACY, LABS],
];

function failing(scan: Scan): string[][] {
  return scan.findings
    .filter(({ status }) => status === 'FAIL')
    .map(({ check, subject, owner }) => [check, subject, owner])
    .sort();
}

function only(scan: Scan, check: string, status = 'FAIL'): Finding {
  const found = scan.findings.filter((one) => one.check === check && one.status === status);
  expect(found).toHaveLength(1);
  return found[0] as Finding;
}

describe('the scan of the simulated company', () => {
  let box: Awaited<ReturnType<typeof sandbox>>;
  let scan: Scan;
  const progress: string[] = [];
  beforeAll(async () => {
    box = await sandbox();
    scan = await box.scan({}, (done, of) => progress.push(`${done} of ${of}`));
  });
  afterAll(() => box.close());

  test('finds exactly the planted faults', () => {
    expect(failing(scan)).toEqual(PLANTED);
    expect(scan.totals).toMatchObject({ FAIL: PLANTED.length, ERROR: 0 });
  });

  test('the account without a role is the only one that is not visible, and the exit code says so', () => {
    const dark = scan.accounts.filter(({ visible, closed }) => !visible && !closed);
    expect(dark).toMatchObject([
      { id: TEAM_SANDBOX, reason: expect.stringContaining('AssumeRole') },
    ]);
    const subjects = scan.findings.filter(({ status }) => status === 'NOT_VISIBLE');
    expect(new Set(subjects.map(({ subject }) => subject))).toEqual(new Set([TEAM_SANDBOX]));
    expect(subjects[0]?.detail).toContain(`role trailwarden-read in account ${TEAM_SANDBOX}`);
    expect(exitCodeOf(scan)).toBe(3);
  });

  test('the suspended account is listed, and nobody asked it', () => {
    expect(scan.accounts.find(({ id }) => id === CAMPAIGN)).toMatchObject({
      visible: false,
      closed: true,
      ou: 'Suspended',
      reason: 'SUSPENDED: not asked',
    });
    expect(box.simulated.calls.filter(({ account }) => account === CAMPAIGN)).toEqual([]);
  });

  test('every account is in its organizational unit', () => {
    const ou = Object.fromEntries(scan.accounts.map((account) => [account.id, account.ou]));
    expect(ou[PAYMENTS]).toBe('Workloads/Production');
    expect(ou[ARCHIVE]).toBe('Security');
    expect(ou[MANAGEMENT]).toBe('');
  });

  test('the account outside the reach of the organization trail is named, once', () => {
    const finding = only(scan, 'org-trail-covers-accounts');
    expect(finding.covers).toEqual([LABS]);
    expect(finding.detail).toContain(`acquired-labs (${LABS})`);
  });

  test('the single-region trail leaves sixteen regions, and management events are no second fault', () => {
    const finding = only(scan, 'trail-multi-region');
    expect(finding.detail).not.toContain('eu-west-1');
    expect(finding.detail).toMatch(/\+ 10\.$/);
    const events = scan.findings.filter(({ check }) => check === 'trail-management-events');
    expect(
      events.filter(({ status }) => status === 'PASS').map(({ subject }) => subject),
    ).toContain(LABS);
  });

  test('every fault names the fix that mends it, or the runbook of what no button can do', () => {
    const named = scan.findings.filter(({ status }) => status === 'FAIL');
    const ids = new Set(fixes.map(({ id }) => id));
    for (const { check, fix } of named) {
      const known = fix?.class === 'X' ? runbookFor(fix.id) : fix && ids.has(fix.id);
      expect([check, Boolean(known)]).toEqual([check, true]);
    }
    expect(scan.findings.filter(({ status, fix }) => status !== 'FAIL' && fix !== null)).toEqual(
      [],
    );
  });

  test('every judgement shows what it rests on: API, account, region, time and fields', () => {
    const judged = scan.findings.filter(({ status }) => status === 'PASS' || status === 'FAIL');
    for (const { evidence } of judged) {
      expect(evidence.length).toBeGreaterThan(0);
      for (const one of evidence) {
        expect(one.api).toMatch(/^[a-z0-9]+:[A-Z]/);
        expect(Number.isNaN(Date.parse(one.at))).toBe(false);
      }
    }
    const { evidence } = only(scan, 'trail-log-file-validation');
    expect(evidence[0]).toMatchObject({
      api: 'cloudtrail:GetTrail',
      account: PAYMENTS,
      region: 'ap-northeast-2',
      fields: { logFileValidation: false },
    });
  });

  test('Config says the same of the trail without validation', () => {
    expect(only(scan, 'trail-log-file-validation').config).toMatchObject({ agrees: true });
  });

  test('a trail is read once, from its owner, and a bucket once, from its owner', () => {
    const reads = box.simulated.calls
      .filter(({ operation }) => operation === 'GetTrail' || operation === 'GetBucketVersioning')
      .map(({ operation, account }) => `${operation} ${account}`);
    expect(reads.sort()).toEqual(
      [
        `GetBucketVersioning ${LABS}`,
        `GetBucketVersioning ${ARCHIVE}`,
        `GetBucketVersioning ${ARCHIVE}`,
        `GetTrail ${MANAGEMENT}`,
        `GetTrail ${LABS}`,
        `GetTrail ${PAYMENTS}`,
      ].sort(),
    );
  });

  test('the coverage map has every visible account and region', () => {
    expect(scan.coverage).toHaveLength(12 * 17);
    const labs = scan.coverage.filter(
      ({ account, managementWrite }) => account === LABS && managementWrite,
    );
    expect(labs.map(({ region }) => region)).toEqual(['eu-west-1']);
    const cell = scan.coverage.find(
      ({ account, region }) => account === PAYMENTS && region === 'us-west-2',
    );
    expect(cell).toMatchObject({
      managementRead: true,
      managementWrite: true,
      dataEvents: [
        'AWS::S3::Object read+write arn:aws:s3:::bora-customer-documents/*',
        'AWS::S3::Object read+write arn:aws:s3:::bora-payments-exports-2023/*',
      ],
      trails: expect.arrayContaining([expect.stringContaining('bora-org-trail')]),
    });
  });

  test('progress counts the accounts that are asked', () => {
    expect(progress).toHaveLength(13);
    expect(progress.at(-1)).toBe('13 of 13');
  });

  test('what the bot asked is what its role was granted: nothing was refused but the missing role', () => {
    const refused = box.simulated.calls.filter(({ outcome }) =>
      /Denied|NotImplemented/.test(outcome),
    );
    expect(new Set(refused.map(({ operation }) => operation))).toEqual(new Set(['AssumeRole']));
  });

  test('a second scan finds the same under the same ids', async () => {
    const again = await box.scan();
    const key = ({ id, status }: Finding) => `${id} ${status}`;
    expect(again.findings.map(key)).toEqual(scan.findings.map(key));
  });

  test('one account is scanned alone, with the trail of the organization that covers it', async () => {
    const alone = await box.scan({ accounts: [PAYMENTS] });
    const { accounts, findings, unlisted } = alone;
    expect(accounts.map(({ id }) => id)).toEqual([PAYMENTS]);
    expect(unlisted).toBeUndefined();
    // The owner of the log bucket was not asked, and has a name all the same.
    expect(reportOf(alone).called(ARCHIVE)).toBe(`log-archive (${ARCHIVE})`);
    expect(
      findings
        .filter(({ status }) => status === 'FAIL')
        .map(({ check }) => check)
        .sort(),
    ).toEqual([
      'data-events-s3',
      'log-bucket-immutable',
      'log-bucket-mfa-delete',
      'trail-duplicates',
      'trail-log-file-validation',
    ]);
  });

  test('the account outside the organization trail, scanned alone, has the same finding', async () => {
    const alone = await box.scan({ accounts: [LABS] });
    expect(only(alone, 'org-trail-covers-accounts').id).toBe(
      only(scan, 'org-trail-covers-accounts').id,
    );
    // The organization's trail and bucket are not what was asked for.
    const subjects = alone.findings.filter(({ check }) => check.startsWith('log-bucket'));
    expect(new Set(subjects.map(({ subject }) => subject))).toEqual(new Set([LABS_LOGS]));
  });

  test.each(['Production', 'Workloads/Production'])('an OU is scanned by %s', async (ou) => {
    const { accounts } = await box.scan({ ou });
    expect(accounts.map(({ name }) => name).sort()).toEqual([
      'data-platform',
      'payments-prod',
      'shop-prod',
    ]);
  });

  test('an account that nobody knows is not visible, not sound', async () => {
    const unknown = await box.scan({ accounts: ['123456789012', '../evil'] });
    expect(unknown.accounts).toMatchObject([
      { id: '123456789012', visible: false, reason: 'no account of this organization' },
      { id: '../evil', visible: false },
    ]);
    // What holds of the organization itself holds whoever was asked for.
    const judged = unknown.findings.filter(({ status }) => status === 'PASS' || status === 'FAIL');
    expect(judged.filter(({ subject }) => subject !== 'o-bora12345')).toEqual([]);
    expect(exitCodeOf(unknown)).toBe(3);
  });

  test('an OU that nobody knows is an empty scan, which is not a success', async () => {
    const unknown = await box.scan({ ou: 'Nowhere' });
    expect(unknown.accounts).toEqual([]);
    expect(exitCodeOf(unknown)).toBe(3);
  });
});

describe('a scan in trouble', () => {
  async function troubled(
    ...faults: Parameters<Awaited<ReturnType<typeof sandbox>>['simulated']['faults']['add']>[0][]
  ) {
    const box = await sandbox();
    for (const fault of faults) box.simulated.faults.add(fault);
    try {
      return await box.scan();
    } finally {
      await box.close();
    }
  }

  test.each(['truncate', 'reset', 'expired-credentials'] as const)(
    'answers that end in %s are ERROR, and only where they happened',
    async (effect) => {
      const scan = await troubled(
        { operation: 'cloudtrail:GetTrail', account: PAYMENTS, effect },
        { operation: 's3:GetBucketVersioning', account: LABS, effect },
        { operation: 'config:DescribeConfigRules', account: ARCHIVE, effect },
      );
      expect(only(scan, 'trail-log-file-validation', 'ERROR').owner).toBe(PAYMENTS);
      const broken = scan.findings.filter(({ status }) => status === 'ERROR');
      const of = (account: string) =>
        broken.flatMap(({ check, owner }) => (owner === account ? check : [])).sort();
      expect(new Set(broken.map(({ owner }) => owner))).toEqual(new Set([PAYMENTS, LABS]));
      // What answers for the versioning of a bucket is open with it, and nothing else of that bucket.
      expect(of(LABS)).toEqual([
        'log-bucket-immutable',
        'log-bucket-mfa-delete',
        'log-bucket-versioning',
      ]);
      // Which bucket the unread trail delivers to is not known, so nothing is claimed about it.
      expect(of(PAYMENTS)).toEqual(
        expect.arrayContaining([
          'log-archive-account',
          'log-bucket-not-public',
          'trail-log-file-validation',
        ]),
      );
      expect(failing(scan).map(([check]) => check)).toContain('org-trail-covers-accounts');
    },
    60_000,
  );

  test('with access denied everywhere it says that it could see nothing', async () => {
    const scan = await troubled({ operation: '*', effect: 'deny' });
    const { PASS, FAIL, ERROR, NOT_VISIBLE } = scan.totals;
    expect({ PASS, FAIL, ERROR }).toEqual({ PASS: 0, FAIL: 0, ERROR: 0 });
    expect(NOT_VISIBLE).toBeGreaterThan(0);
    expect(exitCodeOf(scan)).toBe(3);
  });

  test('with no role anywhere it sees no account, and judges none', async () => {
    const scan = await troubled({ operation: 'sts:AssumeRole', effect: 'deny' });
    expect(scan.accounts).toMatchObject([{ id: '333344445555', visible: false }]);
    expect([scan.totals.PASS, scan.totals.FAIL]).toEqual([0, 0]);
  });

  test('without Organizations it scans its own account and says why', async () => {
    const scan = await troubled({ operation: 'organizations:*', effect: 'deny' });
    expect(scan.accounts.map(({ id }) => id)).toEqual(['333344445555']);
    const finding = only(scan, 'org-trail-covers-accounts', 'NOT_VISIBLE');
    expect(finding.detail).toContain('organizations:ListAccounts');
    // Nobody may take the one account for all there is.
    expect([scan.unlisted, exitCodeOf(scan)]).toEqual([true, 3]);
    const english = { language: 'en' as const, timeZone: 'UTC' };
    const table = postureTable(
      reportOf(scan),
      { ...english, framework: null, all: false },
      { width: 120, colour: false },
    );
    expect(
      table
        .flat()
        .map((ink) => (typeof ink === 'string' ? ink : ink.text))
        .join(''),
    ).toContain('1 of 1 account seen · the accounts could not be listed, there may be others');
    const message = postureMessage({ scan, scope: {} }, english);
    expect(JSON.stringify(message)).toContain('there may be others');
  });

  test('without the role in the management account a delegated administrator reads the organization trail', async () => {
    const scan = await troubled({ operation: '*', account: MANAGEMENT, effect: 'deny' });
    expect(scan.accounts.find(({ id }) => id === MANAGEMENT)?.visible).toBe(false);
    const trail = scan.findings.find(
      ({ check, subject }) =>
        check === 'trail-log-file-validation' && subject.includes('org-trail'),
    );
    expect(trail).toMatchObject({
      status: 'PASS',
      evidence: expect.arrayContaining([
        expect.objectContaining({ api: 'cloudtrail:GetTrail', account: '333344445555' }),
      ]),
    });
  });

  test('without the aggregator the owners of buckets are found in their own lists', async () => {
    const scan = await troubled({ operation: 'config:*', account: '333344445555', effect: 'deny' });
    const buckets = PLANTED.filter(([, subject = '']) => subject.includes(':s3:::'));
    expect(failing(scan).filter(([, subject = '']) => subject.includes(':s3:::'))).toEqual(buckets);
  });

  test('a few throttled answers change nothing', async () => {
    const scan = await troubled({
      operation: 'cloudtrail:ListTrails',
      effect: 'throttle',
      times: 5,
    });
    expect(failing(scan)).toEqual(PLANTED);
    expect(scan.totals.ERROR).toBe(0);
  });

  test('a trail whose settings cannot be read is ERROR, neither PASS nor FAIL', async () => {
    const scan = await troubled({
      operation: 'cloudtrail:GetTrail',
      account: PAYMENTS,
      effect: 'internal-error',
    });
    expect(only(scan, 'trail-log-file-validation', 'ERROR')).toMatchObject({ owner: PAYMENTS });
    expect(
      scan.findings.find(({ subject }) => subject.includes('payments-audit-logs')),
    ).toBeUndefined();
  }, 60_000);

  test('one slow account delays nobody else, and is waited for', async () => {
    const scan = await troubled({
      operation: '*',
      account: PAYMENTS,
      delayMs: 150,
      effect: 'none',
    });
    expect(failing(scan)).toEqual(PLANTED);
    expect(scan.durationMs).toBeLessThan(20_000);
  });

  test('an account that breaks off every answer is ERROR, not sound', async () => {
    const scan = await troubled({
      operation: 'cloudtrail:ListTrails',
      account: LABS,
      effect: 'internal-error',
    });
    const broken = scan.findings.filter(
      ({ status, subject }) => status === 'ERROR' && subject === LABS,
    );
    expect(broken.map(({ check }) => check).sort()).toEqual([
      'insights',
      'trail-excluded-sources',
      'trail-global-services',
      'trail-logging',
      'trail-management-events',
      'trail-multi-region',
    ]);
    expect(only(scan, 'org-trail-covers-accounts', 'ERROR').owner).toBe(MANAGEMENT);
  }, 60_000);
});

test('sensitive buckets are found by pattern, in every account', async () => {
  const box = await sandbox();
  try {
    const settings = {
      ...box.world.settings,
      sensitiveBuckets: ['bora-payments-card-*', 'no-such-*'].map((name) => ({
        by: { name },
        record: 'write' as const,
      })),
    };
    const world = scanWorld(box.aws, settings, box.world.rules, {
      now: box.world.now,
      simulated: true,
    });
    const scan = await scanPosture({}, { ...box.world, ...world });
    const found = scan.findings.filter(({ check }) => check === 'data-events-s3');
    expect(found.map(({ status, subject }) => `${status} ${subject}`).sort()).toEqual([
      'FAIL arn:aws:s3:::bora-payments-card-data',
      // The account without a role may well have one, or one more: nobody can say that there is none.
      'NOT_VISIBLE arn:aws:s3:::bora-payments-card-*',
      'NOT_VISIBLE arn:aws:s3:::no-such-*',
    ]);
  } finally {
    await box.close();
  }
});
