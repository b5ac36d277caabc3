import { livesOf } from '../lives.ts';
import { bucketNow, LOG_BUCKET, logBucket } from '../log-bucket-company.ts';

const fix = {
  fix: 'enable-versioning',
  target: { subject: LOG_BUCKET, owner: '222233334444', check: 'log-bucket-versioning' },
  riskClass: 'B',
  calls: ['s3:PutBucketVersioning'],
} as const;

const expiring = {
  ID: 'short',
  Status: 'Enabled',
  Filter: { Prefix: '' },
  Expiration: { Days: 400 },
};

livesOf({
  ...fix,
  calls: [...fix.calls],
  where: 'suspended',
  company: { buckets: [logBucket({ versioning: 'Suspended' })] },
  breaks: {
    'somebody enabled it': (company) => {
      bucketNow(company).versioning = 'Enabled';
    },
    'a rule that expires objects came': (company) => {
      bucketNow(company).lifecycle = [expiring];
    },
    'root switched MFA delete on': (company) => {
      bucketNow(company).mfaDelete = true;
    },
  },
  refuses: {
    'MFA delete is on': {
      arrange: (company) => {
        bucketNow(company).mfaDelete = true;
      },
      because: 'precondition',
    },
    'objects expire and old versions never do': {
      arrange: (company) => {
        bucketNow(company).lifecycle = [expiring];
      },
      because: 'precondition',
    },
    'versioning is on': {
      arrange: (company) => {
        bucketNow(company).versioning = 'Enabled';
      },
      because: 'already-sound',
    },
  },
});

livesOf({
  ...fix,
  calls: [...fix.calls],
  where: 'never versioned',
  company: {
    buckets: [
      logBucket({
        versioning: 'Off',
        lifecycle: [{ ...expiring, NoncurrentVersionExpiration: { NoncurrentDays: 400 } }],
      }),
    ],
  },
  breaks: {
    'the rules changed': (company) => {
      bucketNow(company).lifecycle = undefined;
    },
  },
  oneWay: true,
});
