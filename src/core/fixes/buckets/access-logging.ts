import type { Json } from '../../json.ts';
import { canonicalJson } from '../../json.ts';
import type { FixTarget } from '../fix.ts';
import type { State } from '../plan.ts';
import { first, type Planned } from '../planned.ts';
import { takesAccessLogs, withAccessLogs } from './access-log-target.ts';
import { type BucketSeat, bucketOf, bucketPlan, onBucket } from './bucket-plan.ts';

/**
 * `PutBucketLogging` to the bucket for access logs of the same account and region, whose policy lets S3
 * deliver there (reference: fixes 6.2, row CT-15, class B). `Target` in the state is the ARN of that
 * bucket; what stands in the way of a delivery is in the state, too.
 */
export function planAccessLogging(target: FixTarget, seat: BucketSeat, state: State): Planned {
  const to = state.Target;
  if (typeof to !== 'string') return noTarget(seat);
  const there: BucketSeat = { ...seat, resource: to };
  if (to === seat.resource) return ITSELF;
  if (state.TargetRegion !== seat.region) return elsewhere(to);
  if (state.TargetLocked === true) return LOCKED;
  if (state.TargetKey !== null) return encrypted(to);

  const name = bucketOf(seat);
  const prefix = `${name}/`;
  const logs = { source: seat.resource, account: seat.account, target: to, prefix };
  const policy = state.TargetPolicy ?? null;
  const takes = state.TargetLogDelivery === true || takesAccessLogs(policy, logs);
  const logging = { TargetBucket: bucketOf(there), TargetPrefix: prefix };
  const before = state.Logging ?? null;
  if (arrivesAt(before, bucketOf(there)) && takes) return 'already-sound';

  const merged = takes ? policy : withAccessLogs(policy, logs);
  const put = (document: Json) =>
    onBucket('PutBucketPolicy', there, { Policy: JSON.stringify(document) });
  const log = (LoggingEnabled: Json) =>
    onBucket('PutBucketLogging', seat, {
      BucketLoggingStatus: LoggingEnabled === null ? {} : { LoggingEnabled },
    });
  return {
    plan: bucketPlan(target, seat, {
      fix: 'log-bucket-access',
      calls: [...(takes ? [] : [put(merged)]), log(logging)],
      before: state,
      after: { Logging: logging, TargetPolicy: merged },
      wayBack: [
        log(before),
        ...(takes ? [] : [policy === null ? onBucket('DeleteBucketPolicy', there) : put(policy)]),
      ],
      riskClass: 'B',
      feels: {
        en: `Some hours from now on S3 writes every access to the bucket into ${bucketOf(there)}; that storage is billed.`,
        ko: `몇 시간 뒤부터 S3가 이 버킷에 대한 모든 접근을 ${bucketOf(there)}에 기록하며, 그 저장 공간에 요금이 부과됩니다.`,
      },
      keeps: [
        {
          en: 'Who may reach the log bucket stays as it is.',
          ko: '로그 버킷에 접근할 수 있는 사람은 그대로입니다.',
        },
        {
          en: 'Every statement of the policy of the bucket for access logs stays as it is; one is added where it is missing.',
          ko: '액세스 로그 버킷 정책의 기존 문은 모두 그대로이며, 필요한 문만 추가됩니다.',
        },
      ],
    }),
  };
}

function arrivesAt(logging: Json, bucket: string): boolean {
  if (logging === null || typeof logging !== 'object' || Array.isArray(logging)) return false;
  return canonicalJson(logging.TargetBucket ?? null) === canonicalJson(bucket);
}

function noTarget({ account, region }: BucketSeat): Planned {
  return first(
    {
      en: `No bucket for access logs is configured in account ${account} and region ${region}; S3 delivers them within one account and region only.`,
      ko: `계정 ${account}의 리전 ${region}에 액세스 로그 버킷이 설정되어 있지 않습니다. S3는 같은 계정과 리전으로만 전달합니다.`,
    },
    {
      en: 'Name one in the configuration (aws.accessLogBuckets), then ask again.',
      ko: '설정에 버킷을 추가한 뒤(aws.accessLogBuckets) 다시 요청하세요.',
    },
  );
}

const ITSELF = first(
  {
    en: 'The bucket would log its accesses into itself: every log would cause the next one.',
    ko: '버킷이 자기 자신에 접근을 기록하게 됩니다. 기록이 다시 기록을 만듭니다.',
  },
  {
    en: 'Name another bucket for access logs (aws.accessLogBuckets).',
    ko: '액세스 로그용으로 다른 버킷을 지정하세요(aws.accessLogBuckets).',
  },
);

function elsewhere(to: string): Planned {
  return first(
    {
      en: `${to} is in another region, and S3 delivers access logs within one region only.`,
      ko: `${to}은(는) 다른 리전에 있으며, S3는 같은 리전으로만 액세스 로그를 전달합니다.`,
    },
    {
      en: 'Name a bucket of the same region (aws.accessLogBuckets).',
      ko: '같은 리전의 버킷을 지정하세요(aws.accessLogBuckets).',
    },
  );
}

const LOCKED = first(
  {
    en: 'The bucket for access logs has Object Lock, and S3 delivers no access logs to such a bucket.',
    ko: '액세스 로그 버킷에 객체 잠금이 있어 S3가 액세스 로그를 전달하지 않습니다.',
  },
  {
    en: 'Name a bucket without Object Lock (aws.accessLogBuckets).',
    ko: '객체 잠금이 없는 버킷을 지정하세요(aws.accessLogBuckets).',
  },
);

function encrypted(to: string): Planned {
  return first(
    {
      en: `${to} encrypts by default with a KMS key, and S3 delivers access logs only where it encrypts with keys of its own (SSE-S3).`,
      ko: `${to}은(는) 기본적으로 KMS 키로 암호화합니다. S3는 자체 키(SSE-S3)로 암호화하는 버킷에만 액세스 로그를 전달합니다.`,
    },
    {
      en: 'Name a bucket that encrypts with SSE-S3 (aws.accessLogBuckets).',
      ko: 'SSE-S3로 암호화하는 버킷을 지정하세요(aws.accessLogBuckets).',
    },
  );
}
