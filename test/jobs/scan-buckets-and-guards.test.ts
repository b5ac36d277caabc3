import type { Scenario } from '../../src/sandbox/aws/scenario.ts';
import { sandbox } from './sandbox-scan.ts';

const ARCHIVE = '222233334444';
const AUDIT = '333344445555';
const SHOP = '444455556666';
const LABS = '141414141414';
const PAYMENTS_LOGS = 'arn:aws:s3:::bora-payments-audit-logs';
const LABS_LOGS = 'arn:aws:s3:::labs-legacy-cloudtrail';

const MINE = /^(log-bucket-|log-archive-account|delegated-administrators|logging-guarded|regions-)/;

/** What a scan of the company says of buckets, guards and regions, by check and subject. */
async function scanned(change: (scenario: Scenario) => void = () => {}) {
  const box = await sandbox(change);
  try {
    const { findings } = await box.scan();
    const mine = findings.filter(({ check }) => MINE.test(check));
    return {
      mine,
      of: (check: string, subject: string) => {
        const found = mine.find((one) => one.check === check && one.subject === subject);
        if (!found) throw new Error(`no finding of ${check} about ${subject}`);
        return found;
      },
      calls: box.simulated.calls,
    };
  } finally {
    await box.close();
  }
}

function bucketOf({ buckets }: Scenario, arn: string) {
  const bucket = buckets.find(({ name }) => arn.endsWith(`:::${name}`));
  if (!bucket) throw new Error(`the company has no bucket ${arn}`);
  return bucket;
}

test('of the company exactly what was planted is wrong, where it is mended', async () => {
  const { mine } = await scanned();
  const wrong = mine.filter(({ status }) => status !== 'PASS' && status !== 'NOT_APPLICABLE');
  expect(wrong.map(({ check, status, subject, owner }) => [check, status, subject, owner])).toEqual(
    expect.arrayContaining([
      ['log-bucket-immutable', 'FAIL', PAYMENTS_LOGS, ARCHIVE],
      ['log-bucket-mfa-delete', 'FAIL', PAYMENTS_LOGS, ARCHIVE],
      ['log-archive-account', 'FAIL', LABS_LOGS, LABS],
      ['log-bucket-policy', 'FAIL', LABS_LOGS, LABS],
      ['logging-guarded-by-scp', 'FAIL', 'o-bora12345', '111122223333'],
    ]),
  );
  expect(wrong).toHaveLength(5);
});

test.each([
  ['FAIL', undefined, 'Config keeps none'],
  ['PASS', true, 'this is what Config last captured, '],
] as const)(
  'CT-14: a public log bucket is %s where the block of its account is %s',
  async (status, block, told) => {
    const { of } = await scanned((scenario) => {
      const bucket = bucketOf(scenario, LABS_LOGS);
      bucket.publicAccessBlock = false;
      bucket.grants = [{ to: 'AllUsers', permission: 'READ' }];
      for (const { accounts } of scenario.organization.units)
        for (const account of accounts) if (account.id === LABS) account.publicAccessBlock = block;
    });
    expect(of('log-bucket-not-public', LABS_LOGS)).toMatchObject({
      status,
      detail: expect.stringContaining(told),
    });
  },
);

test('the OU without the guarding policy is named with its account', async () => {
  const { of } = await scanned();
  expect(of('logging-guarded-by-scp', 'o-bora12345')).toMatchObject({
    covers: [LABS],
    detail: expect.stringContaining(`Acquired: acquired-labs (${LABS}) → StopLogging/`),
  });
});

test('a policy that keeps the log files answers for MFA delete and Object Lock', async () => {
  const { of } = await scanned(({ organization }) => {
    organization.serviceControlPolicies.push({
      id: 'p-bora0keeplog',
      name: 'keep-log-files',
      description: '',
      targets: ['ou-bora-security'],
      document: {
        Statement: {
          Effect: 'Deny',
          Action: [
            's3:DeleteObjectVersion',
            's3:PutBucketVersioning',
            's3:PutLifecycleConfiguration',
          ],
          Resource: '*',
        },
      },
    });
  });
  expect(of('log-bucket-immutable', PAYMENTS_LOGS)).toMatchObject({
    status: 'PASS',
    detail: expect.stringContaining('a deny in service control policies'),
  });
  expect(of('log-bucket-mfa-delete', PAYMENTS_LOGS).status).toBe('NOT_APPLICABLE');
});

test('policies that may not be listed leave open what they may guard, with the permission', async () => {
  const { of } = await scanned(({ faults }) => {
    faults.push({ operation: 'organizations:ListPolicies', effect: 'deny' });
  });
  const need = `organizations:ListPolicies for role trailwarden-read in account ${AUDIT}`;
  for (const [check, subject] of [
    ['logging-guarded-by-scp', 'o-bora12345'],
    ['log-bucket-immutable', PAYMENTS_LOGS],
  ] as const)
    expect(of(check, subject)).toMatchObject({
      status: 'NOT_VISIBLE',
      detail: expect.stringContaining(need),
    });
});

test('lesson 7, 20: a log bucket of another account is read there, and a refusal there is no verdict', async () => {
  const { of } = await scanned(({ faults }) => {
    faults.push({ operation: 's3:GetBucketAcl', effect: 'deny', account: ARCHIVE });
    faults.push({ operation: 's3:GetBucketLogging', effect: 'deny', account: ARCHIVE });
  });
  expect(of('log-bucket-access-logging', PAYMENTS_LOGS)).toMatchObject({
    status: 'NOT_VISIBLE',
    owner: ARCHIVE,
    detail: expect.stringContaining(
      `s3:GetBucketLogging for role trailwarden-read in account ${ARCHIVE}`,
    ),
  });
  // The block of public access ignores every ACL: what it says need not be seen.
  expect(of('log-bucket-not-public', PAYMENTS_LOGS).status).toBe('PASS');
});

test('a policy that nobody can understand is an error of that bucket alone', async () => {
  const { of } = await scanned((scenario) => {
    bucketOf(scenario, PAYMENTS_LOGS).policy = { Statement: 'all of it' };
  });
  expect(of('log-bucket-policy', PAYMENTS_LOGS)).toMatchObject({
    status: 'ERROR',
    detail: expect.stringContaining('could not be understood'),
  });
  expect(of('log-bucket-policy', LABS_LOGS).status).toBe('FAIL');
});

test('lesson 11: a region that is not enabled is never called, not even one that would hang', async () => {
  const { calls, mine } = await scanned(({ organization, faults }) => {
    const units = organization.units.flatMap((unit) => [unit, ...unit.units]);
    const shop = units.flatMap(({ accounts }) => accounts).find(({ id }) => id === SHOP);
    shop?.optedInRegions.push('ap-east-1');
    faults.push({ region: 'me-south-1', operation: '*', effect: 'hang' });
  });
  const further = calls.filter(({ region }) => ['ap-east-1', 'me-south-1'].includes(region));
  expect(new Set(further.map(({ account, region }) => `${account} ${region}`))).toEqual(
    new Set([`${SHOP} ap-east-1`]),
  );
  expect(mine.filter(({ status }) => status === 'ERROR')).toEqual([]);
});
