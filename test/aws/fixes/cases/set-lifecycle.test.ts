import { livesOf, planned } from '../lives.ts';
import { bucketNow, LOG_BUCKET, logBucket } from '../log-bucket-company.ts';
import { openCompany } from '../small-company.ts';

const short = { ID: 'short', Status: 'Enabled', Filter: { Prefix: '' }, Expiration: { Days: 30 } };
const theirs = {
  ID: 'reports',
  Status: 'Enabled',
  Filter: { Prefix: 'reports/' },
  Expiration: { Days: 7 },
};
const fix = {
  fix: 'set-lifecycle',
  target: { subject: LOG_BUCKET, owner: '222233334444', check: 'log-bucket-lifecycle' },
  riskClass: 'C' as const,
  calls: ['s3:PutBucketLifecycleConfiguration'],
};

livesOf({
  ...fix,
  where: 'a rule deletes too early',
  company: { buckets: [logBucket({ lifecycle: [short, theirs] })] },
  breaks: {
    'somebody changed a rule of theirs': (company) => {
      bucketNow(company).lifecycle = [short, { ...theirs, Expiration: { Days: 8 } }];
    },
    'all rules went': (company) => {
      bucketNow(company).lifecycle = undefined;
    },
    'root switched MFA delete on': (company) => {
      bucketNow(company).mfaDelete = true;
    },
    'objects are locked': (company) => {
      bucketNow(company).objectLock = { mode: 'COMPLIANCE', days: 3_000 };
    },
  },
  refuses: {
    'MFA delete is on': {
      arrange: (company) => {
        bucketNow(company).mfaDelete = true;
      },
      because: 'precondition',
    },
    'Object Lock keeps log files for longer than was configured': {
      arrange: (company) => {
        bucketNow(company).objectLock = { mode: 'GOVERNANCE', days: 366 };
      },
      because: 'precondition',
    },
  },
});

livesOf({
  ...fix,
  where: 'there are no rules',
  company: { buckets: [logBucket()] },
  breaks: {
    'somebody made one': (company) => {
      bucketNow(company).lifecycle = [short];
    },
  },
});

test('the rule that deletes too early waits, theirs stays, and what no rule did is done beside them', async () => {
  const company = await openCompany({ buckets: [logBucket({ lifecycle: [short, theirs] })] });
  const plan = await planned(company, { ...fix, breaks: {} });
  await company.close();
  expect(plan.after.LifecycleRules).toEqual([
    { ...short, Expiration: { Days: 365 } },
    theirs,
    {
      ID: 'trailwarden-log-files',
      Status: 'Enabled',
      Filter: { Prefix: 'AWSLogs/' },
      Transitions: [{ Days: 90, StorageClass: 'GLACIER_IR' }],
      NoncurrentVersionExpiration: { NoncurrentDays: 365 },
      AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 },
    },
  ]);
});

test('a rule on a date is sent back as it was, to the day', async () => {
  const onDate = {
    ID: 'party',
    Status: 'Enabled',
    Filter: { Prefix: '' },
    Expiration: { Date: new Date('2027-01-01T00:00:00Z') },
  };
  const company = await openCompany({ buckets: [logBucket({ lifecycle: [onDate] })] });
  const plan = await planned(company, { ...fix, breaks: {} });
  await company.close();
  expect(plan.wayBack).toMatchObject([
    {
      parameters: {
        LifecycleConfiguration: {
          Rules: [{ ID: 'party', Expiration: { Date: '2027-01-01T00:00:00.000Z' } }],
        },
      },
    },
  ]);
  expect(plan.after.LifecycleRules).toMatchObject([{ ID: 'party', Expiration: { Days: 365 } }, {}]);
});

test('somebody may name the bucket without a finding: the log archive is asked whose it is', async () => {
  const company = await openCompany({ buckets: [logBucket()] });
  const target = { ...fix.target, owner: '', check: '', covers: [] };
  const { account, after } = await planned(company, { ...fix, target, breaks: {} });
  await company.close();
  expect(account).toBe('222233334444');
  expect(after.LifecycleRules).toMatchObject([{ Expiration: { Days: 365 } }]);
});
