import type {
  Insight,
  Selectors,
  TrailFacts,
  TrailSettings,
  Witnessed,
} from '../../../src/core/posture/facts.ts';
import type { Scan } from '../../../src/core/posture/finding.ts';
import { proof, trailEvidence } from '../../../src/core/posture/proof.ts';
import type { ScenarioFile } from '../../../src/sandbox/aws/scenario.ts';
import type { BucketState } from '../../../src/sandbox/aws/world.ts';
import { openFinding, scanWith, TRAIL } from '../../jobs/fix-world.ts';
import type { Company } from './small-company.ts';

/** A trail of the small company, logging into a bucket that lets it, and what else trails have around them. */

export const ACCOUNT = '666677778888';

type Trail = NonNullable<ScenarioFile['trails']>[number];

/** As the way back can put it: selectors that somebody chose, even where they choose what is the default. */
export const MANAGEMENT = {
  ReadWriteType: 'All',
  IncludeManagementEvents: true,
  DataResources: [],
  ExcludeManagementEventSources: [],
};

export const smallTrail: Trail = {
  name: 'payments-audit',
  account: ACCOUNT,
  homeRegion: 'ap-northeast-2',
  bucket: 'bora-payments-audit-logs',
  selectors: { basic: [MANAGEMENT] },
};

/** The policy that CloudTrail's guide asks for, of a bucket that account's trails write to. */
export function deliveryPolicy(bucket: string, accounts: string[]) {
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'AWSCloudTrailAclCheck',
        Effect: 'Allow',
        Principal: { Service: 'cloudtrail.amazonaws.com' },
        Action: 's3:GetBucketAcl',
        Resource: `arn:aws:s3:::${bucket}`,
      },
      {
        Sid: 'AWSCloudTrailWrite',
        Effect: 'Allow',
        Principal: { Service: 'cloudtrail.amazonaws.com' },
        Action: 's3:PutObject',
        Resource: accounts.map((account) => `arn:aws:s3:::${bucket}/AWSLogs/${account}/*`),
        Condition: { StringEquals: { 's3:x-amz-acl': 'bucket-owner-full-control' } },
      },
    ],
  };
}

/** The small company with a bucket that takes the log files of its trails. */
export const delivering: Pick<ScenarioFile, 'buckets'> = {
  buckets: [
    {
      name: 'bora-payments-audit-logs',
      account: ACCOUNT,
      region: 'ap-northeast-2',
      policy: deliveryPolicy('bora-payments-audit-logs', [ACCOUNT]),
    },
  ],
};

/** The bucket of the trail. */
export function bucketOf({ running, trail }: Company): BucketState {
  const bucket = running.world.buckets.get(trail.bucket);
  if (!bucket) throw new Error('the small company lost its bucket');
  return bucket;
}

/** A scan that saw the trail of the small company, sound but for what differs. */
export function goodScan(
  different: { insights?: Insight[]; scannedAt?: string } & Partial<TrailSettings>,
): Scan {
  const { insights = [], scannedAt = '2026-11-20T00:00:00.000Z', ...settings } = different;
  const by = {
    api: 'cloudtrail:GetTrail',
    account: ACCOUNT,
    region: 'ap-northeast-2',
    at: scannedAt,
  };
  const told = <T>(seen: T): Witnessed<T> => ({ seen, by });
  const selectors: Selectors = {
    basic: [
      { readWriteType: 'All', managementEvents: true, excludedSources: [], dataResources: [] },
    ],
  };
  const facts: TrailFacts = {
    arn: TRAIL,
    owner: ACCOUNT,
    homeRegion: 'ap-northeast-2',
    settings: told({
      name: 'payments-audit',
      multiRegion: true,
      organization: false,
      logFileValidation: true,
      globalServiceEvents: true,
      bucket: 'bora-payments-audit-logs',
      prefix: null,
      kmsKey: null,
      logGroup: null,
      snsTopic: null,
      ...settings,
    }),
    logging: told(true),
    selectors: told(selectors),
    insights: told(insights),
    tags: told({}),
    deliveries: [],
  };
  const shown = proof(facts.insights, (list) => ({ TrailARN: TRAIL, InsightSelectors: list }));
  const evidence = [...trailEvidence(facts), shown];
  return scanWith([openFinding({ status: 'PASS', evidence })], { scannedAt });
}

/** A store of CloudTrail Lake in the account of the trail. */
export const lakeStore: NonNullable<ScenarioFile['eventDataStores']>[number] = {
  name: 'payments-lake',
  account: ACCOUNT,
  region: 'ap-northeast-2',
  id: '0a1b2c3d-4e5f-4a6b-8c7d-payments0001',
};
export const STORE = `arn:aws:cloudtrail:ap-northeast-2:${ACCOUNT}:eventdatastore/${lakeStore.id}`;

export function storeIn({ running }: Company) {
  const [store] = running.world.scenario.eventDataStores;
  if (!store) throw new Error('the small company lost its store');
  return store;
}

const MANAGEMENT_ACCOUNT = '333344445555';

/** An organization trail over the small company, of all management events, and the bucket of both trails. */
export const organizationTrail: Trail = {
  name: 'bora-org-trail',
  account: MANAGEMENT_ACCOUNT,
  homeRegion: 'ap-northeast-2',
  organization: true,
  bucket: 'bora-org-cloudtrail',
};
export const withOrganizationTrail: Pick<ScenarioFile, 'buckets'> = {
  buckets: [
    ...(delivering.buckets ?? []),
    {
      name: 'bora-org-cloudtrail',
      account: MANAGEMENT_ACCOUNT,
      region: 'ap-northeast-2',
      policy: deliveryPolicy('bora-org-cloudtrail', [MANAGEMENT_ACCOUNT, 'o-bora12345']),
    },
  ],
};

/** The organization trail of a company that has one. */
export function organizationTrailIn({ running }: Company) {
  const found = running.world.trails.find(({ organization }) => organization);
  if (!found) throw new Error('the small company has no organization trail');
  return found;
}
