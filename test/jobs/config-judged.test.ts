import type { Finding, Scan } from '../../src/core/posture/finding.ts';
import type { Scenario } from '../../src/sandbox/aws/scenario.ts';
import { sandbox } from './sandbox-scan.ts';

const AUDIT = '333344445555';
const MANAGEMENT = '111122223333';
const PAYMENTS = '666677778888';
const HOME = 'ap-northeast-2';

async function scanned(change: (scenario: Scenario) => void): Promise<Scan> {
  const box = await sandbox(change);
  try {
    return await box.scan();
  } finally {
    await box.close();
  }
}

function only(scan: Scan, check: string): Finding {
  const [found, ...more] = scan.findings.filter((one) => one.check === check);
  if (!found || more.length > 0) throw new Error(`${check} is not there once`);
  return found;
}

test('CT-31: the organization’s aggregator unites all, and agrees with what was read live', async () => {
  expect(only(await scanned(() => {}), 'config-aggregator')).toMatchObject({
    status: 'PASS',
    owner: AUDIT,
    detail: expect.stringContaining('no longer there): none.'),
    ko: { detail: expect.stringContaining('없음') },
  });
});

test('CT-31: without an aggregator the scan still works, and says that there is none', async () => {
  const scan = await scanned(({ config }) => {
    delete config.aggregator;
  });
  expect(only(scan, 'config-aggregator')).toMatchObject({
    status: 'FAIL',
    owner: MANAGEMENT,
    detail: expect.stringContaining('no aggregator was found'),
    ko: { detail: expect.stringContaining('애그리게이터가 없습니다') },
  });
  expect(scan.totals.ERROR).toBe(0);
  expect(scan.findings.filter(({ status }) => status === 'FAIL').length).toBeGreaterThan(5);
});

test('CT-31: where nobody may know who administers Config, nobody says that there is no aggregator', async () => {
  const scan = await scanned(({ config, faults }) => {
    delete config.aggregator;
    faults.push({ operation: 'organizations:ListDelegatedAdministrators', effect: 'deny' });
  });
  expect(only(scan, 'config-aggregator')).toMatchObject({
    status: 'NOT_VISIBLE',
    detail: expect.stringContaining('organizations:ListDelegatedAdministrators'),
  });
});

test('CT-31: an aggregator that may not be looked for is not visible, with the permission', async () => {
  const scan = await scanned(({ faults }) => {
    faults.push({ operation: 'config:DescribeConfigurationAggregators', effect: 'deny' });
  });
  expect(only(scan, 'config-aggregator')).toMatchObject({
    status: 'NOT_VISIBLE',
    detail: expect.stringContaining('config:DescribeConfigurationAggregators'),
  });
});

test('what the aggregator does not know of what was read live is stated, and the live reading counts', async () => {
  const scan = await scanned(({ config }) => {
    config.recorders.push({
      account: PAYMENTS,
      region: HOME,
      state: 'absent',
    } as Scenario['config']['recorders'][number]);
  });
  expect(only(scan, 'config-aggregator').detail).toContain('− payments-audit');
  expect(
    scan.findings.find(
      ({ check, subject }) =>
        check === 'trail-log-file-validation' && subject.endsWith('payments-audit'),
    )?.status,
  ).toBe('FAIL');
});

test('CT-31: a source whose data is late is named with its account and region', async () => {
  const scan = await scanned(({ config }) => {
    if (config.aggregator) config.aggregator.stale = [PAYMENTS];
  });
  expect(only(scan, 'config-aggregator')).toMatchObject({
    status: 'FAIL',
    detail: expect.stringContaining(`${PAYMENTS}/${HOME} (outdated)`),
  });
});

const RULE = 'CLOUD_TRAIL_LOG_FILE_VALIDATION_ENABLED';
const TRAIL = `arn:aws:cloudtrail:${HOME}:${PAYMENTS}:trail/payments-audit`;

/** The word of Config on the trail without validation, where its rule was last asked before the change. */
async function oldWord(change: (scenario: Scenario) => void): Promise<Finding['config']> {
  const scan = await scanned((scenario) => {
    scenario.config.verdicts.push({
      rule: RULE,
      account: PAYMENTS,
      region: HOME,
      resource: TRAIL,
      compliance: 'COMPLIANT',
      at: '-20d',
    } as Scenario['config']['verdicts'][number]);
    change(scenario);
  });
  const fails = scan.findings.find(
    ({ check, subject, status }) =>
      check === 'trail-log-file-validation' && subject === TRAIL && status === 'FAIL',
  );
  return fails?.config ?? null;
}

test('a verdict that the rule gave before the change is late, and the live reading counts', async () => {
  expect(await oldWord(() => {})).toMatchObject({
    agrees: false,
    because: 'stale',
    rule: RULE,
    verdict: 'COMPLIANT',
    detail: expect.stringContaining('is asked every 6 hours, and was not for'),
  });
});

test('a recorder that was stopped is why Config says nothing new of what changed since', async () => {
  const word = await oldWord(({ config }) => {
    config.recorders.push({
      account: PAYMENTS,
      region: HOME,
      state: 'stopped',
      stoppedAt: '-19d 00:00:00',
    } as Scenario['config']['recorders'][number]);
  });
  expect(word).toMatchObject({ agrees: false, because: 'recorder-stopped', verdict: 'COMPLIANT' });
});
