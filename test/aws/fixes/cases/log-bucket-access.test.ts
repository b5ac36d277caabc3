import { livesOf } from '../lives.ts';
import { ARCHIVE, bucketNow, LOG_BUCKET, logBucket } from '../log-bucket-company.ts';

const accessLogs = {
  name: 'bora-access-logs',
  account: ARCHIVE,
  region: 'ap-northeast-2',
  policy: {
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'Theirs',
        Effect: 'Allow',
        Principal: { AWS: 'arn:aws:iam::222233334444:role/auditor' },
        Action: 's3:GetObject',
        Resource: 'arn:aws:s3:::bora-access-logs/*',
      },
    ],
  },
};
const taking = {
  Version: '2012-10-17',
  Statement: [
    {
      Sid: 'S3WritesAccessLogs',
      Effect: 'Allow',
      Principal: { Service: 'logging.s3.amazonaws.com' },
      Action: 's3:PutObject',
      Resource: 'arn:aws:s3:::bora-access-logs/*',
      Condition: { StringEquals: { 'aws:SourceAccount': ARCHIVE } },
    },
  ],
};
const fix = {
  fix: 'log-bucket-access',
  target: { subject: LOG_BUCKET, owner: ARCHIVE, check: 'log-bucket-access-logging' },
  riskClass: 'B' as const,
  fixing: { accessLogBuckets: ['elsewhere', 'bora-access-logs'] },
};

livesOf({
  ...fix,
  where: 'the other bucket takes none yet',
  company: { buckets: [logBucket(), accessLogs] },
  calls: ['s3:PutBucketPolicy', 's3:PutBucketLogging'],
  breaks: {
    'the other bucket is gone': ({ running }) => running.world.buckets.delete('bora-access-logs'),
    'the other bucket has Object Lock': (company) => {
      bucketNow(company, 'bora-access-logs').lockable = true;
    },
    'somebody changed the policy there': (company) => {
      bucketNow(company, 'bora-access-logs').policy = taking;
    },
    'somebody logs elsewhere': (company) => {
      bucketNow(company).accessLogging = { bucket: 'bora-access-logs', prefix: 'x' };
    },
  },
  refuses: {
    'no bucket is configured that its account owns': {
      arrange: ({ running }) => running.world.buckets.delete('bora-access-logs'),
      because: 'precondition',
    },
    'the configured one is elsewhere': {
      arrange: (company) => {
        bucketNow(company, 'bora-access-logs').region = 'us-east-1';
      },
      because: 'precondition',
    },
    'the configured one has Object Lock': {
      arrange: (company) => {
        bucketNow(company, 'bora-access-logs').lockable = true;
      },
      because: 'precondition',
    },
    'the configured one encrypts with a KMS key': {
      arrange: (company) => {
        bucketNow(company, 'bora-access-logs').kmsKey = 'arn:aws:kms:ap-northeast-2:1:key/1';
      },
      because: 'precondition',
    },
    'accesses are logged': {
      arrange: (company) => {
        bucketNow(company, 'bora-access-logs').policy = taking;
        bucketNow(company).accessLogging = { bucket: 'bora-access-logs', prefix: 'x' };
      },
      because: 'already-sound',
    },
  },
});

livesOf({
  ...fix,
  where: 'the other bucket takes them already, and another one did before',
  company: {
    buckets: [
      logBucket({ accessLogging: { bucket: 'gone', prefix: 'p/' } }),
      { ...accessLogs, policy: taking },
      { ...accessLogs, name: 'gone' },
    ],
  },
  calls: ['s3:PutBucketLogging'],
  breaks: {
    'access logging was switched off': (company) => {
      bucketNow(company).accessLogging = undefined;
    },
  },
});

livesOf({
  ...fix,
  where: 'the other bucket has no policy at all',
  company: { buckets: [logBucket(), { ...accessLogs, policy: undefined }] },
  calls: ['s3:PutBucketPolicy', 's3:PutBucketLogging'],
  breaks: {
    'it got one': (company) => {
      bucketNow(company, 'bora-access-logs').policy = taking;
    },
  },
});
