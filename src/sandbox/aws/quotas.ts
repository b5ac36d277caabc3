import { faultOf } from './fault-codes.ts';
import type { Call, World } from './service.ts';
import { takes } from './world.ts';

/** How many requests a second AWS takes per account and region before it throttles, and from which source we have it. */
export type Quota = {
  /** Operations that share one allowance, unless each has its own. */
  operations: RegExp;
  each?: true;
  perSecond: number;
  /** What a full allowance holds; without it, what one second gives. */
  burst?: number;
  /** Global services count per account, whatever the region; Organizations for the organization as a whole. */
  of?: 'account' | 'organization';
  source: string;
};

const CLOUDTRAIL =
  'Service Quotas, AWS CloudTrail: transactions per second for LookupEvents 2, for the get, describe and list APIs 10, for the others 1';
const STS =
  'IAM user guide, "IAM and AWS STS quotas": 600 requests a second per account and region';
const ACCOUNT =
  'Account Management reference guide, "Quotas": ListRegions 5 a second, burst to 5, per account';
const KMS = 'KMS developer guide, "Request quotas"';
const CLOUDWATCH = 'CloudWatch user guide, "CloudWatch service quotas": 9 a second per operation';
const LOGS = 'CloudWatch Logs user guide, "CloudWatch Logs quotas"';
const SNS = 'Service Quotas, Amazon SNS: ListSubscriptionsByTopic 30 a second';
const EC2 =
  'EC2 API reference, "Request throttling": not mutating, not filtered: 100, refilled by 20';
const IAM = 'assumed: AWS Identity and Access Management publishes no request rates';
const ORGANIZATIONS =
  'assumed: the Organizations user guide throttles by API and for the whole organization, in the order of this';
const IDENTITY_CENTER =
  'assumed: 20 a second for all of an account together, as the IAM Identity Center user guide throttles its own API';
const CONFIG = 'assumed: AWS Config publishes no request rates';

/** The first whose operations fit holds. S3 has no quota that reading settings could reach. */
export const QUOTAS: readonly Quota[] = [
  { operations: /^cloudtrail:LookupEvents$/, perSecond: 2, source: CLOUDTRAIL },
  { operations: /^cloudtrail:(Get|Describe|List)/, perSecond: 10, source: CLOUDTRAIL },
  { operations: /^cloudtrail:/, perSecond: 1, source: CLOUDTRAIL },
  { operations: /^sts:/, perSecond: 600, source: STS },
  { operations: /^account:/, each: true, perSecond: 5, of: 'account', source: ACCOUNT },
  { operations: /^kms:DescribeKey$/, perSecond: 2_000, source: KMS },
  { operations: /^kms:/, each: true, perSecond: 1_000, source: KMS },
  { operations: /^monitoring:/, each: true, perSecond: 9, source: CLOUDWATCH },
  { operations: /^logs:DescribeLogGroups$/, perSecond: 10, source: LOGS },
  { operations: /^logs:/, each: true, perSecond: 5, source: LOGS },
  { operations: /^sns:/, each: true, perSecond: 30, source: SNS },
  { operations: /^iam:/, each: true, perSecond: 20, of: 'account', source: IAM },
  { operations: /^ec2:/, each: true, perSecond: 20, burst: 100, source: EC2 },
  {
    operations: /^organizations:ListRoots$/,
    perSecond: 1,
    burst: 2,
    of: 'organization',
    source:
      'Organizations user guide, "Throttling limits", as aioboto3 quotes it for ListRoots: 1 a second, burst 2',
  },
  {
    operations: /^organizations:/,
    each: true,
    perSecond: 10,
    burst: 15,
    of: 'organization',
    source: ORGANIZATIONS,
  },
  { operations: /^sso:/, perSecond: 20, of: 'account', source: IDENTITY_CENTER },
  { operations: /^identitystore:/, perSecond: 20, of: 'account', source: IDENTITY_CENTER },
  { operations: /^config:.*Aggregat/, each: true, perSecond: 20, source: CONFIG },
  { operations: /^config:/, each: true, perSecond: 10, source: CONFIG },
];

/** LookupEvents and the writes of trails have their quotas in every scenario: their handlers ask. */
const ASKED_ELSEWHERE = new Set([QUOTAS[0], QUOTAS[2]]);

const fitting = new Map<string, Quota | null>();

/** The quota of an operation (`cloudtrail:GetTrail`); null: none. */
export function quotaOf(operation: string): Quota | null {
  let found = fitting.get(operation);
  if (found === undefined) {
    found = QUOTAS.find(({ operations }) => operations.test(operation)) ?? null;
    fitting.set(operation, found);
  }
  return found;
}

/** Throttles a call in the words of its service, where the scenario has quotas and none is left. */
export function checkQuota(call: Call, world: World): void {
  if (!world.scenario.quotas) return;
  const operation = `${call.service}:${call.operation}`;
  const quota = quotaOf(operation);
  if (quota === null || ASKED_ELSEWHERE.has(quota)) return;
  const which = quota.each ? operation : `quota ${QUOTAS.indexOf(quota)}`;
  const allowance = `${which} ${whereOf(quota, call)}`;
  if (takes(world, allowance, quota.perSecond, quota.burst)) return;
  throw faultOf(call.service, 'throttled');
}

function whereOf({ of }: Quota, { caller, region }: Call): string {
  if (of === 'organization') return '';
  return of === 'account' ? caller.account : `${caller.account}/${region}`;
}
