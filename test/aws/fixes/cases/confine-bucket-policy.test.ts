import { livesOf, planned } from '../lives.ts';
import { ARCHIVE, bucketNow, LOG_BUCKET, logBucket, statements } from '../log-bucket-company.ts';
import { openCompany } from '../small-company.ts';

const OURS = [
  'arn:aws:cloudtrail:ap-northeast-2:666677778888:trail/another',
  'arn:aws:cloudtrail:ap-northeast-2:666677778888:trail/payments-audit',
];
const { Condition: _acl, ...aclOfAnybody } = statements.acl;
const writeOfAnybody = {
  ...statements.write,
  Condition: { StringEquals: { 's3:x-amz-acl': 'bucket-owner-full-control' } },
};
const theirs = {
  Sid: 'Auditors',
  Effect: 'Allow',
  Principal: { AWS: 'arn:aws:iam::222233334444:role/auditor' },
  Action: ['s3:GetObject', 's3:ListBucket'],
  Resource: [LOG_BUCKET, `${LOG_BUCKET}/*`],
};
const policyOf = (...Statement: object[]) => ({ Version: '2012-10-17', Id: 'of 2015', Statement });
const of2015 = policyOf(aclOfAnybody, theirs, writeOfAnybody);
const fix = {
  fix: 'confine-bucket-policy',
  target: { subject: LOG_BUCKET, owner: ARCHIVE, check: 'log-bucket-policy' },
  riskClass: 'C' as const,
  calls: ['s3:PutBucketPolicy'],
};

livesOf({
  ...fix,
  where: 'a policy of 2015',
  company: { buckets: [logBucket({ policy: of2015 })] },
  breaks: {
    'somebody changed a statement of theirs': (company) => {
      bucketNow(company).policy = policyOf(
        aclOfAnybody,
        { ...theirs, Effect: 'Deny' },
        writeOfAnybody,
      );
    },
    'another trail delivers there': ({ running, trail }) => {
      const arn = trail.arn.replace('payments-audit', 'third');
      running.world.trails.push({ ...trail, name: 'third', arn });
    },
    'an account does not let itself be asked any more': ({ running }) => {
      running.faults.add({ operation: 'cloudtrail:ListTrails', account: ARCHIVE, effect: 'deny' });
    },
  },
  refuses: {
    'CloudTrail shares its statement': {
      arrange: (company) => {
        const Principal = { Service: ['cloudtrail.amazonaws.com', 'config.amazonaws.com'] };
        bucketNow(company).policy = policyOf({ ...writeOfAnybody, Principal });
      },
      because: 'precondition',
    },
    'a statement names a stranger': {
      arrange: (company) => {
        const Condition = {
          StringEquals: { 'aws:SourceArn': 'arn:aws:cloudtrail:us-east-1:999999999999:trail/x' },
        };
        bucketNow(company).policy = policyOf({ ...writeOfAnybody, Condition });
      },
      because: 'precondition',
    },
    'no trail delivers there': {
      arrange: ({ running }) => {
        for (const trail of running.world.trails) trail.bucket = 'elsewhere';
      },
      because: 'precondition',
    },
    'only people are let in too far': {
      arrange: (company) => {
        bucketNow(company).policy = policyOf(statements.tls, {
          ...theirs,
          Principal: { AWS: 'arn:aws:iam::999999999999:root' },
          Action: 's3:PutObject',
        });
      },
      because: 'precondition',
    },
    'it is confined': {
      arrange: (company) => {
        bucketNow(company).policy = policyOf(statements.acl, statements.write, statements.tls);
      },
      because: 'already-sound',
    },
  },
});

livesOf({
  ...fix,
  where: 'no policy at all',
  company: { buckets: [logBucket({ policy: undefined })] },
  breaks: {
    'it got one': (company) => {
      bucketNow(company).policy = of2015;
    },
  },
});

test('all trails that deliver are named, and every statement of somebody else stays in its place', async () => {
  const company = await openCompany({ buckets: [logBucket({ policy: of2015 })] });
  const { after } = await planned(company, { ...fix, breaks: {} });
  await company.close();
  expect(after.Policy).toEqual({
    Version: '2012-10-17',
    Id: 'of 2015',
    Statement: [
      { ...aclOfAnybody, Condition: { StringEquals: { 'aws:SourceArn': OURS } } },
      theirs,
      {
        ...writeOfAnybody,
        Condition: {
          StringEquals: { 's3:x-amz-acl': 'bucket-owner-full-control', 'aws:SourceArn': OURS },
        },
      },
      expect.objectContaining({ Sid: 'TrailwardenTlsOnly', Effect: 'Deny', Principal: '*' }),
    ],
  });
});
