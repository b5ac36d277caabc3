import type { Json } from '../../json.ts';
import { PolicyDocument } from '../../posture/guards/policy-document.ts';
import type { FixTarget } from '../fix.ts';
import type { State } from '../plan.ts';
import { first, type Planned } from '../planned.ts';
import { type BucketSeat, bucketPlan, onBucket } from './bucket-plan.ts';
import { isAboutLogs } from './lifecycle-merge.ts';
import { lifecycleRules } from './lifecycle-rule.ts';
import { logPrefixesIn } from './log-prefixes.ts';
import { type DefaultLock, lockIn } from './object-lock.ts';

type Settings = { retentionDays: number };

/**
 * A default Object Lock for every new log file (reference: fixes 6.2, row CT-17/18, class C). The first
 * one is always in GOVERNANCE mode, which whoever has the permission can bypass; COMPLIANCE mode, which
 * nobody can, comes only where GOVERNANCE is there already and the finding says that it is too weak.
 */
export function planLockObjects(
  target: FixTarget,
  seat: BucketSeat,
  state: State,
  { retentionDays }: Settings,
): Planned {
  const lock = lockIn(state.ObjectLock ?? null);
  const next = nextLock(lock, target.check, retentionDays);
  if (next === 'sound') return 'already-sound';
  if (next === 'too-weak') return GOVERNANCE_IS_THERE;
  const stands = inTheWay(seat, state, next);
  if (stands) return stands;

  const put = (ObjectLockConfiguration: Json) =>
    onBucket('PutObjectLockConfiguration', seat, { ObjectLockConfiguration });
  const after = {
    ObjectLockEnabled: 'Enabled',
    Rule: { DefaultRetention: { Mode: next.mode, Days: next.days } },
  };
  const before = state.ObjectLock ?? null;
  return {
    plan: bucketPlan(target, seat, {
      fix: 'lock-objects',
      calls: [put(after)],
      before: state,
      after: { ObjectLock: after },
      // What was never lockable stays lockable for ever: only a default can be taken back.
      wayBack: before === null ? [] : [put(before)],
      riskClass: 'C',
      feels:
        next.mode === 'GOVERNANCE'
          ? {
              en: `Every log file that is delivered from now on cannot be deleted or overwritten for ${next.days} days, except by who may s3:BypassGovernanceRetention.`,
              ko: `지금부터 전달되는 로그 파일은 s3:BypassGovernanceRetention 권한이 있는 사람을 제외하고 ${next.days}일 동안 삭제하거나 덮어쓸 수 없습니다.`,
            }
          : {
              en: `Every log file that is delivered from now on cannot be deleted by anybody, not even by the root user or AWS, for ${next.days} days; a legal duty to erase one of them could not be met.`,
              ko: `지금부터 전달되는 로그 파일은 루트 사용자나 AWS를 포함해 누구도 ${next.days}일 동안 삭제할 수 없습니다. 법적 삭제 의무가 생겨도 이행할 수 없습니다.`,
            },
      keeps: [
        {
          en: 'Log files that lie there already are not locked by it.',
          ko: '이미 있는 로그 파일은 잠기지 않습니다.',
        },
        {
          en: 'CloudTrail and who reads log files notice nothing.',
          ko: 'CloudTrail의 전달과 로그 읽기에는 영향이 없습니다.',
        },
      ],
      irreversible:
        next.mode === 'GOVERNANCE'
          ? {
              en: 'Object Lock cannot be switched off again, and versioning cannot be suspended any more; only the default for new objects can be changed.',
              ko: '객체 잠금은 다시 끌 수 없고 버전 관리도 더 이상 중지할 수 없습니다. 새 객체의 기본값만 바꿀 수 있습니다.',
            }
          : {
              en: 'What is written while COMPLIANCE mode is the default stays locked to its day; nothing shortens that.',
              ko: 'COMPLIANCE 모드가 기본값인 동안 기록된 파일은 기한까지 잠기며 단축할 수 없습니다.',
            },
    }),
  };
}

function nextLock(
  lock: DefaultLock | null,
  check: string,
  retentionDays: number,
): DefaultLock | 'sound' | 'too-weak' {
  if (lock === null) return { mode: 'GOVERNANCE', days: retentionDays };
  if (lock.days < retentionDays) return { ...lock, days: retentionDays };
  if (lock.mode === 'COMPLIANCE') return 'sound';
  return check === 'log-bucket-object-lock' ? { ...lock, mode: 'COMPLIANCE' } : 'too-weak';
}

const GOVERNANCE_IS_THERE = first(
  {
    en: 'New log files are locked in GOVERNANCE mode for long enough; whoever may s3:BypassGovernanceRetention can still delete them.',
    ko: '새 로그 파일은 GOVERNANCE 모드로 충분히 오래 잠깁니다. 다만 s3:BypassGovernanceRetention 권한이 있으면 삭제할 수 있습니다.',
  },
  {
    en: 'Deny that permission by a service control policy (guard-by-scp), or ask for COMPLIANCE mode with the finding log-bucket-object-lock.',
    ko: '서비스 제어 정책으로 그 권한을 거부하거나(guard-by-scp), log-bucket-object-lock 항목에서 COMPLIANCE 모드를 요청하세요.',
  },
);

/** What a locked bucket does not go together with. */
function inTheWay(seat: BucketSeat, state: State, next: DefaultLock): Planned | undefined {
  if (state.Versioning !== 'Enabled') return NEEDS_VERSIONING;
  const writers = writersIn(state.Policy ?? null);
  if (writers.includes('logging.s3.amazonaws.com') || state.LogDelivery === true)
    return TAKES_ACCESS_LOGS;
  if (writers.includes('config.amazonaws.com')) return TAKES_CONFIG;
  const logPrefixes = logPrefixesIn(state.Policy ?? null, seat.resource);
  const early = lifecycleRules(state.LifecycleRules ?? null)
    .filter((rule) => isAboutLogs(rule, { retentionDays: next.days, logPrefixes }))
    .some(
      ({ Expiration }) =>
        Expiration?.Date !== undefined ||
        (Expiration?.Days !== undefined && Expiration.Days < next.days),
    );
  return early ? expiresEarlier(next.days) : undefined;
}

/** The services that a policy lets write. */
function writersIn(policy: Json): string[] {
  const document = PolicyDocument.safeParse(policy);
  const statements = document.success ? document.data.Statement : [];
  return statements
    .filter(({ Effect }) => Effect === 'Allow')
    .flatMap(({ Principal }) => Principal?.Service ?? []);
}

const NEEDS_VERSIONING = first(
  {
    en: 'The bucket keeps no versions, and Object Lock needs them.',
    ko: '버킷이 버전을 보관하지 않습니다. 객체 잠금에는 버전 관리가 필요합니다.',
  },
  {
    en: 'Enable versioning first (enable-versioning).',
    ko: '먼저 버전 관리를 켜세요(enable-versioning).',
  },
);

const TAKES_ACCESS_LOGS = first(
  {
    en: 'Access logs of other buckets are delivered to this one; S3 delivers none to a bucket with Object Lock.',
    ko: '다른 버킷의 액세스 로그가 이 버킷으로 전달됩니다. S3는 객체 잠금이 있는 버킷에 액세스 로그를 전달하지 않습니다.',
  },
  {
    en: 'Let access logs go to a bucket of their own, and take their statement or grant away here.',
    ko: '액세스 로그를 별도 버킷으로 보내고 이 버킷에서 해당 정책 문이나 권한을 제거하세요.',
  },
);

const TAKES_CONFIG = first(
  {
    en: 'AWS Config delivers to this bucket, which it does not do where objects are locked by default.',
    ko: 'AWS Config가 이 버킷으로 전달합니다. Config는 기본 객체 잠금이 있는 버킷을 지원하지 않습니다.',
  },
  {
    en: 'Let Config deliver to another bucket first.',
    ko: '먼저 Config가 다른 버킷으로 전달하게 하세요.',
  },
);

function expiresEarlier(days: number) {
  return first(
    {
      en: `Lifecycle rules expire log files before ${days} days are over: locked and expired, they would be hidden and not gone.`,
      ko: `수명 주기 규칙이 ${days}일 전에 로그 파일을 만료시킵니다. 잠긴 채 만료되면 삭제되지 않고 숨겨지기만 합니다.`,
    },
    {
      en: 'Put the expiration off first (set-lifecycle).',
      ko: '먼저 만료를 늦추세요(set-lifecycle).',
    },
  );
}
