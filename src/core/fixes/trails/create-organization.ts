import type { Json, JsonObject } from '../../json.ts';
import type { ApiCall, FixPlan, FixTarget } from '../fix.ts';
import type { Obstacle } from '../obstacle.ts';
import type { State } from '../plan.ts';
import { costOf } from './event-cost.ts';
import { precondition } from './own-trail.ts';

/** Where the trail of an organization is to be, and what it writes to. */
export type Wanted = {
  arn: string;
  organization: string;
  bucket: string;
  /** The account that owns the bucket. */
  archive: string;
};

/**
 * The organization's trail where there is none (reference: fixes 6.1, row CT-05, class C): the statements
 * that its bucket needs beside those that are there, `CreateTrail`, `StartLogging`. What belongs to the
 * organization itself, such as trusted access, is never touched: there it says what to do.
 */
export function planOrganizationTrail(
  target: FixTarget,
  wanted: Wanted,
  state: State,
): { plan: FixPlan } | 'already-sound' | { cannot: Obstacle } {
  const { arn, bucket } = wanted;
  if (state.OrganizationTrail === arn && state.IsLogging === true) return 'already-sound';
  const obstacle = obstacleTo(wanted, state);
  if (obstacle) return obstacle;
  const [, , , region = '', account = '', resource = ''] = arn.split(':');
  const place = { account: wanted.archive, region: String(state.BucketRegion) };
  const policy = (state.Policy ?? null) as JsonObject | null;
  const merged = state.LogsMayArrive === true ? policy : withDelivery(policy, wanted);
  const onBucket = { Bucket: bucket, ExpectedBucketOwner: wanted.archive };
  const put = (document: Json): ApiCall => ({
    api: 's3:PutBucketPolicy',
    family: 'log-bucket',
    at: place,
    parameters: { ...onBucket, Policy: JSON.stringify(document) },
  });
  const restore: ApiCall = policy
    ? put(policy)
    : { api: 's3:DeleteBucketPolicy', family: 'log-bucket', at: place, parameters: onBucket };
  const changes = merged !== policy;
  const plan: FixPlan = {
    fix: 'create-organization-trail',
    family: 'trail-create',
    direction: 'forward',
    finding: target.id,
    account,
    region,
    resource: arn,
    calls: [
      ...(changes ? [put(merged)] : []),
      {
        api: 'cloudtrail:CreateTrail',
        parameters: {
          Name: resource.replace('trail/', ''),
          S3BucketName: bucket,
          IsOrganizationTrail: true,
          IsMultiRegionTrail: true,
          IncludeGlobalServiceEvents: true,
          EnableLogFileValidation: true,
        },
      },
      { api: 'cloudtrail:StartLogging', family: 'trail', parameters: { Name: arn } },
    ],
    wayBack: [
      { api: 'cloudtrail:StopLogging', family: 'trail-retire', parameters: { Name: arn } },
      { api: 'cloudtrail:DeleteTrail', family: 'trail-retire', parameters: { Name: arn } },
      ...(changes ? [restore] : []),
    ],
    before: state,
    after: {
      ...state,
      OrganizationTrail: arn,
      IsLogging: true,
      LogsMayArrive: true,
      Policy: merged,
    },
    riskClass: 'C',
    cost: costOf('managementCopy'),
    blast: {
      accounts: [...new Set(target.covers)].sort(),
      feels: {
        en: `Every account of the organization is recorded in all regions, into ${bucket}. Where an account has a trail of its own, the second copy of management events is paid for.`,
        ko: `조직의 모든 계정이 모든 리전에서 ${bucket}에 기록됩니다. 자체 트레일이 있는 계정에서는 관리 이벤트의 두 번째 사본에 비용이 듭니다.`,
      },
      keeps: [
        {
          en: "The accounts' own trails go on recording, and what the policy of the bucket allows and denies now stays.",
          ko: '각 계정의 자체 트레일은 계속 기록하며, 버킷 정책의 기존 허용과 거부도 그대로입니다.',
        },
        UNENCRYPTED,
      ],
    },
  };
  return { plan };
}

function obstacleTo({ bucket }: Wanted, state: State): { cannot: Obstacle } | undefined {
  const there = [state.OrganizationTrail, ...((state.OtherOrganizationTrails ?? []) as Json[])];
  const one = there.find((arn) => typeof arn === 'string');
  if (typeof one === 'string') return thereIsOne(one);
  if (state.FeatureSet !== 'ALL') return NOT_ALL_FEATURES;
  if (state.TrustedAccess !== true) return NO_TRUSTED_ACCESS;
  const full = (state.FullRegions ?? []) as string[];
  if (full.length > 0)
    return precondition(
      {
        en: `The management account has five trails already in ${full.join(', ')}.`,
        ko: `관리 계정의 다음 리전에는 이미 트레일이 5개 있습니다: ${full.join(', ')}.`,
      },
      { en: 'Retire one of them first.', ko: '먼저 그중 하나를 정리하세요.' },
    );
  if (state.BucketRegion === null)
    return precondition(
      {
        en: `The bucket ${bucket} does not exist in the log-archive account.`,
        ko: `로그 아카이브 계정에 버킷 ${bucket}이(가) 없습니다.`,
      },
      { en: 'Create it by code first.', ko: '먼저 코드로 버킷을 만드세요.' },
    );
  if (state.RequesterPays === true)
    return precondition(
      {
        en: `The bucket ${bucket} lets whoever asks pay (Requester Pays); CloudTrail delivers to no such bucket.`,
        ko: `버킷 ${bucket}은(는) 요청자 지불(Requester Pays) 버킷이며, CloudTrail은 이런 버킷으로 전달하지 않습니다.`,
      },
      { en: 'Let its owner pay first.', ko: '먼저 버킷 소유자가 지불하도록 바꾸세요.' },
    );
  return undefined;
}

/** What CloudTrail needs of a bucket for an organization trail, beside what the policy says already. */
function withDelivery(
  policy: JsonObject | null,
  { arn, organization, bucket }: Wanted,
): JsonObject {
  const [, partition, , , account] = arn.split(':');
  const bucketArn = `arn:${partition}:s3:::${bucket}`;
  const source = { 'aws:SourceArn': arn };
  const allow = (what: string, action: string, resource: string, conditions: JsonObject) => ({
    Sid: `Trailwarden${what}`,
    Effect: 'Allow',
    Principal: { Service: 'cloudtrail.amazonaws.com' },
    Action: action,
    Resource: resource,
    Condition: { StringEquals: conditions },
  });
  const owned = { 's3:x-amz-acl': 'bucket-owner-full-control', ...source };
  const statements = [policy?.Statement ?? []].flat();
  return {
    Version: '2012-10-17',
    ...policy,
    Statement: [
      ...statements,
      allow('AclCheck', 's3:GetBucketAcl', bucketArn, source),
      allow('WriteAccount', 's3:PutObject', `${bucketArn}/AWSLogs/${account}/*`, owned),
      allow('WriteOrganization', 's3:PutObject', `${bucketArn}/AWSLogs/${organization}/*`, owned),
    ],
  };
}

const UNENCRYPTED = {
  en: 'No key and its policy are touched: the log files are encrypted by S3 alone until somebody mends that (encrypt-trail).',
  ko: '키와 키 정책은 건드리지 않으므로, 따로 조치하기 전까지(encrypt-trail) 로그 파일에는 S3 기본 암호화만 적용됩니다.',
};

export function thereIsOne(arn: string) {
  return precondition(
    {
      en: `The organization has a trail already: ${arn}. It does not reach every account.`,
      ko: `조직에 이미 트레일이 있으나 모든 계정에 닿지 않습니다: ${arn}.`,
    },
    {
      en: 'CloudTrail copies it into accounts by itself, within a day of their joining. Start it if it is stopped; else check trusted access, save it once more, or ask AWS Support.',
      ko: 'CloudTrail은 계정이 합류한 뒤 하루 안에 사본을 만듭니다. 중지되어 있으면 시작하고, 아니면 신뢰할 수 있는 액세스를 확인하고 다시 저장하거나 AWS Support에 문의하세요.',
    },
  );
}

export const NOT_CONFIGURED = precondition(
  {
    en: 'The configuration does not say which bucket of the log-archive account is to receive the log files.',
    ko: '로그 아카이브 계정의 어느 버킷이 로그 파일을 받을지 설정되어 있지 않습니다.',
  },
  {
    en: 'Set aws.logArchiveAccount and aws.organizationTrail; or better, create the trail by code.',
    ko: 'aws.logArchiveAccount와 aws.organizationTrail을 설정하거나, 가능하면 코드로 트레일을 만드세요.',
  },
);

export const NO_ORGANIZATION = precondition(
  { en: 'The account belongs to no organization.', ko: '이 계정은 조직에 속해 있지 않습니다.' },
  { en: 'Record it with a trail of its own.', ko: '자체 트레일로 기록하세요.' },
);

const NOT_ALL_FEATURES = precondition(
  {
    en: 'The organization has consolidated billing only.',
    ko: '조직이 통합 결제 기능만 사용합니다.',
  },
  {
    en: 'Enable all features of the organization first (its management account, by people).',
    ko: '먼저 관리 계정에서 사람이 조직의 모든 기능을 활성화하세요.',
  },
);

const NO_TRUSTED_ACCESS = precondition(
  {
    en: 'The organization does not trust CloudTrail.',
    ko: '조직에서 CloudTrail의 신뢰할 수 있는 액세스가 꺼져 있습니다.',
  },
  {
    en: 'In the management account, by people: aws organizations enable-aws-service-access --service-principal cloudtrail.amazonaws.com. The bot never changes the organization.',
    ko: '관리 계정에서 사람이 실행하세요: aws organizations enable-aws-service-access --service-principal cloudtrail.amazonaws.com. 봇은 조직을 변경하지 않습니다.',
  },
);
