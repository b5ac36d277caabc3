import { livesOf, planned } from '../lives.ts';
import { bucketNow, LOG_BUCKET, logBucket, statements } from '../log-bucket-company.ts';
import { openCompany } from '../small-company.ts';

const fix = {
  fix: 'lock-objects',
  target: { subject: LOG_BUCKET, owner: '222233334444', check: 'log-bucket-immutable' },
  riskClass: 'C' as const,
  calls: ['s3:PutObjectLockConfiguration'],
};
const weak = { ...fix, target: { ...fix.target, check: 'log-bucket-object-lock' } };

function alsoWrittenBy(service: string) {
  const { write } = statements;
  return {
    Version: '2012-10-17',
    Statement: [
      ...Object.values(statements),
      { ...write, Sid: 'Other', Principal: { Service: service } },
    ],
  };
}

livesOf({
  ...fix,
  where: 'never locked',
  company: { buckets: [logBucket()] },
  oneWay: true,
  afterwards: 'precondition',
  breaks: {
    'somebody locked it for a day': (company) => {
      bucketNow(company).objectLock = { mode: 'GOVERNANCE', days: 1 };
    },
    'versioning was suspended': (company) => {
      bucketNow(company).versioning = 'Suspended';
    },
    'access logs are delivered to it': (company) => {
      bucketNow(company).grants.push({ to: 'LogDelivery', permission: 'WRITE' });
    },
    'a rule that expires log files came': (company) => {
      bucketNow(company).lifecycle = [
        { ID: 'x', Status: 'Enabled', Filter: { Prefix: '' }, Expiration: { Days: 30 } },
      ];
    },
  },
  refuses: {
    'it keeps no versions': {
      arrange: (company) => {
        bucketNow(company).versioning = 'Off';
      },
      because: 'precondition',
    },
    'S3 delivers access logs to it': {
      arrange: (company) => {
        bucketNow(company).policy = alsoWrittenBy('logging.s3.amazonaws.com');
      },
      because: 'precondition',
    },
    'AWS Config delivers to it': {
      arrange: (company) => {
        bucketNow(company).policy = alsoWrittenBy('config.amazonaws.com');
      },
      because: 'precondition',
    },
    'log files expire earlier': {
      arrange: (company) => {
        bucketNow(company).lifecycle = [
          { ID: 'x', Status: 'Enabled', Filter: { Prefix: 'AWSLogs/' }, Expiration: { Days: 30 } },
        ];
      },
      because: 'precondition',
    },
    'they are locked for good': {
      arrange: (company) => {
        bucketNow(company).objectLock = { mode: 'COMPLIANCE', days: 400 };
      },
      because: 'already-sound',
    },
  },
});

livesOf({
  ...fix,
  where: 'lockable, but not by default',
  company: { buckets: [logBucket({ lockable: true })] },
  afterwards: 'precondition',
  breaks: {
    'somebody made a default': (company) => {
      bucketNow(company).objectLock = { mode: 'COMPLIANCE', days: 1 };
    },
  },
});

livesOf({
  ...weak,
  where: 'locked for too short a time',
  company: {
    buckets: [logBucket({ lockable: true, objectLock: { mode: 'COMPLIANCE', days: 30 } })],
  },
  breaks: {
    'somebody made it longer': (company) => {
      bucketNow(company).objectLock = { mode: 'COMPLIANCE', days: 31 };
    },
  },
});

livesOf({
  ...weak,
  where: 'locked in a way that can be bypassed',
  company: {
    buckets: [logBucket({ lockable: true, objectLock: { mode: 'GOVERNANCE', days: 400 } })],
  },
  breaks: {
    'somebody took the default away': (company) => {
      bucketNow(company).objectLock = undefined;
    },
  },
});

test('the first lock is in GOVERNANCE mode for the retention, whatever the finding is', async () => {
  const company = await openCompany({ buckets: [logBucket()] }, {}, { retentionDays: 730 });
  const plan = await planned(company, { ...weak, breaks: {} });
  await company.close();
  expect(plan.after.ObjectLock).toEqual({
    ObjectLockEnabled: 'Enabled',
    Rule: { DefaultRetention: { Mode: 'GOVERNANCE', Days: 730 } },
  });
});
