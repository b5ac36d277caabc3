import { livesOf } from '../lives.ts';
import type { Company } from '../small-company.ts';
import { ACCOUNT, deliveryPolicy, smallTrail, withOrganizationTrail } from '../small-trails.ts';

const MANAGEMENT = '333344445555';
const BUCKET = 'bora-org-cloudtrail';
const organization = {
  id: 'o-bora12345',
  managementAccount: MANAGEMENT,
  serviceAccess: ['cloudtrail.amazonaws.com'],
  units: [],
  accounts: [
    { id: MANAGEMENT, name: 'audit' },
    { id: ACCOUNT, name: 'payments-prod' },
  ],
};
const fixing = {
  logArchiveAccount: MANAGEMENT,
  organizationTrail: { name: 'organization-trail', bucket: BUCKET },
};
const target = { subject: 'o-bora12345', owner: MANAGEMENT, covers: [MANAGEMENT, ACCOUNT] };

livesOf({
  fix: 'create-organization-trail',
  where: 'into a bucket that lets nobody write yet',
  company: { ...withOrganizationTrail, organization, trails: [smallTrail] },
  arrange: (company) => {
    bucketIn(company).policy = {
      Version: '2012-10-17',
      Statement: [
        {
          Sid: 'OnlyOverTls',
          Effect: 'Deny',
          Principal: '*',
          Action: 's3:*',
          Resource: [`arn:aws:s3:::${BUCKET}`, `arn:aws:s3:::${BUCKET}/*`],
          Condition: { Bool: { 'aws:SecureTransport': 'false' } },
        },
      ],
    };
  },
  fixing,
  target,
  riskClass: 'C',
  calls: ['s3:PutBucketPolicy', 'cloudtrail:CreateTrail', 'cloudtrail:StartLogging'],
  breaks: {
    'somebody changed the policy of the bucket': (company) => {
      bucketIn(company).policy = deliveryPolicy(BUCKET, [MANAGEMENT]);
    },
    'somebody created one': (company) => {
      put(company, 'another', { organization: true });
    },
    'trusted access was taken away': ({ running }) => {
      running.world.scenario.organization.serviceAccess.splice(0);
    },
    'whoever asks for its objects is to pay': (company) => {
      bucketIn(company).requesterPays = true;
    },
    'the bucket is gone': ({ running }) => {
      running.world.buckets.delete(BUCKET);
    },
  },
  refuses: {
    'whoever asks for objects of the bucket pays': {
      arrange: (company) => {
        bucketIn(company).requesterPays = true;
      },
      because: 'precondition',
    },
    'there is one': {
      arrange: (company) => put(company, 'another', { organization: true }),
      because: 'precondition',
    },
    'the organization does not trust CloudTrail': {
      arrange: ({ running }) => {
        running.world.scenario.organization.serviceAccess.splice(0);
      },
      because: 'precondition',
    },
    'a region has five trails': {
      arrange: (company) => {
        for (const name of ['one', 'two', 'three', 'four', 'five']) put(company, name, {});
      },
      because: 'precondition',
    },
    'there is no such bucket': {
      arrange: ({ running }) => {
        running.world.buckets.delete(BUCKET);
      },
      because: 'precondition',
    },
    'nobody configured where it is to write': {
      arrange: ({ aws }) => {
        if (aws.settings.fixing) aws.settings.fixing.logArchiveAccount = null;
      },
      because: 'precondition',
    },
  },
});

livesOf({
  fix: 'create-organization-trail',
  where: 'into a bucket that is ready',
  company: { ...withOrganizationTrail, organization, trails: [smallTrail] },
  fixing,
  target,
  riskClass: 'C',
  calls: ['cloudtrail:CreateTrail', 'cloudtrail:StartLogging'],
  breaks: {
    'its policy lets nobody write any more': (company) => {
      bucketIn(company).policy = { Version: '2012-10-17', Statement: [] };
    },
  },
});

function bucketIn({ running }: Company) {
  const bucket = running.world.buckets.get(BUCKET);
  if (!bucket) throw new Error('the small company lost its bucket');
  return bucket;
}

/** A trail of the management account. */
function put({ running, trail }: Company, name: string, different: Partial<Company['trail']>) {
  running.world.trails.push({
    ...trail,
    name,
    account: MANAGEMENT,
    arn: `arn:aws:cloudtrail:ap-northeast-2:${MANAGEMENT}:trail/${name}`,
    ...different,
  });
}
