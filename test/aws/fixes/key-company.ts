import type { ScenarioFile } from '../../../src/sandbox/aws/scenario.ts';
import { ARCHIVE, logBucket } from './log-bucket-company.ts';
import type { Company } from './small-company.ts';

type Key = NonNullable<ScenarioFile['kmsKeys']>[number];

const ID = '5f0c7d9e-0b5a-4c0e-9d53-bora00trail1';
export const KEY = `arn:aws:kms:ap-northeast-2:${ARCHIVE}:key/${ID}`;

/** What the account of the key may do by its own policies. */
export const ofTheAccount = {
  Sid: 'Enable IAM User Permissions',
  Effect: 'Allow',
  Principal: { AWS: `arn:aws:iam::${ARCHIVE}:root` },
  Action: 'kms:*',
  Resource: '*',
};

/** What lets CloudTrail use the key for the small company's trails. */
export const ofCloudTrail = {
  Sid: 'CloudTrail',
  Effect: 'Allow',
  Principal: { Service: 'cloudtrail.amazonaws.com' },
  Action: ['kms:GenerateDataKey*', 'kms:DescribeKey'],
  Resource: '*',
  Condition: {
    StringEquals: {
      'aws:SourceArn': 'arn:aws:cloudtrail:ap-northeast-2:666677778888:trail/payments-audit',
    },
  },
};

/** The log archive with its bucket and a key beside it, sound unless said otherwise. */
export function keyCompany(different: Partial<Key> = {}): Partial<ScenarioFile> {
  const key = {
    id: ID,
    account: ARCHIVE,
    region: 'ap-northeast-2',
    policy: { Version: '2012-10-17', Statement: [ofTheAccount, ofCloudTrail] },
    ...different,
  };
  return { buckets: [logBucket()], kmsKeys: [key] };
}

/** The key as it is now in the simulator. */
export function keyNow({ running }: Company) {
  const key = running.world.scenario.kmsKeys.find(({ id }) => id === ID);
  if (!key) throw new Error('the company lost its key');
  return key;
}
