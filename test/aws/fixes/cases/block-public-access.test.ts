import type { ScenarioFile } from '../../../../src/sandbox/aws/scenario.ts';
import { livesOf } from '../lives.ts';
import { bucketNow, LOG_BUCKET, logBucket } from '../log-bucket-company.ts';

const open: Partial<ScenarioFile> = {
  buckets: [
    logBucket({
      publicAccessBlock: false,
      grants: [
        { to: 'AllUsers', permission: 'READ' },
        { to: 'LogDelivery', permission: 'WRITE' },
      ],
    }),
  ],
};
const fix = {
  fix: 'block-public-access',
  target: { subject: LOG_BUCKET, owner: '222233334444', check: 'log-bucket-not-public' },
  riskClass: 'B',
} as const;

livesOf({
  ...fix,
  company: open,
  calls: ['s3:PutPublicAccessBlock', 's3:PutBucketAcl'],
  breaks: {
    'somebody blocked some of it': (company) => {
      bucketNow(company).publicAccessBlock = {
        blockPublicAcls: true,
        ignorePublicAcls: false,
        blockPublicPolicy: false,
        restrictPublicBuckets: false,
      };
    },
    'somebody let others in by the ACL': (company) => {
      bucketNow(company).grants.push({ to: '666677778888', permission: 'READ' });
    },
    'it became a web site': (company) => {
      bucketNow(company).website = true;
    },
  },
  refuses: {
    'it is a web site': {
      arrange: (company) => {
        bucketNow(company).website = true;
      },
      because: 'precondition',
    },
    'it is blocked': {
      arrange: (company) => {
        bucketNow(company).publicAccessBlock = true;
      },
      because: 'already-sound',
    },
  },
});

livesOf({
  ...fix,
  where: 'half blocked and without public grants',
  company: {
    buckets: [logBucket({ publicAccessBlock: { blockPublicAcls: true }, grants: [] })],
  },
  calls: ['s3:PutPublicAccessBlock'],
  breaks: {
    'the bucket is gone': ({ running }) => running.world.buckets.clear(),
  },
});
