import { canonicalJson, type Json } from '../../json.ts';
import type { FixTarget } from '../fix.ts';
import type { State } from '../plan.ts';
import { first, type Planned } from '../planned.ts';
import { type BucketSeat, bucketPlan, onBucket } from './bucket-plan.ts';
import { keptLongEnough } from './lifecycle-merge.ts';
import { lifecycleRules } from './lifecycle-rule.ts';
import { logPrefixesIn } from './log-prefixes.ts';
import { lockIn } from './object-lock.ts';

/**
 * `PutBucketLifecycleConfiguration`, merged into the rules that there are (reference: fixes 6.2, row
 * CT-19, class C): log files go to colder storage and are kept for as long as the organization says.
 */
export function planSetLifecycle(
  target: FixTarget,
  seat: BucketSeat,
  state: State,
  { retentionDays }: { retentionDays: number },
): Planned {
  if (state.MfaDelete === true) return MFA_DELETE;
  const lock = lockIn(state.ObjectLock ?? null);
  if (lock && lock.days > retentionDays) return lockedLonger(lock.days, retentionDays);

  const before = lifecycleRules(state.LifecycleRules ?? null);
  const logPrefixes = logPrefixesIn(state.Policy ?? null, seat.resource);
  const merged = keptLongEnough(before, { retentionDays, logPrefixes });
  if (same(before, merged)) return 'already-sound';
  const smallest = state.TransitionDefaultMinimumObjectSize ?? null;
  const put = (rules: Json) =>
    onBucket('PutBucketLifecycleConfiguration', seat, {
      LifecycleConfiguration: { Rules: rules },
      ...(smallest !== null && { TransitionDefaultMinimumObjectSize: smallest }),
    });
  const after = asJson(merged);
  const expires = merged.some(({ Expiration, Status }) => Expiration?.Days && Status === 'Enabled');
  return {
    plan: bucketPlan(target, seat, {
      fix: 'set-lifecycle',
      calls: [put(after)],
      before: state,
      after: {
        LifecycleRules: after,
        TransitionDefaultMinimumObjectSize: smallest ?? 'all_storage_classes_128K',
      },
      wayBack: [
        before.length > 0
          ? put(state.LifecycleRules ?? null)
          : onBucket('DeleteBucketLifecycle', seat),
      ],
      riskClass: 'C',
      feels: expires
        ? {
            en: `Log files older than ${retentionDays} days are deleted by S3 from its next daily run on, unless a rule keeps them longer; none is deleted before. No trail records what lifecycle rules delete.`,
            ko: `더 오래 보관하는 규칙이 없으면 S3가 다음 일일 실행부터 ${retentionDays}일이 지난 로그 파일을 삭제하며, 그 전에는 삭제하지 않습니다. 수명 주기 규칙에 의한 삭제는 어떤 트레일에도 기록되지 않습니다.`,
          }
        : {
            en: `No log file is deleted before ${retentionDays} days are over; old ones move to colder storage.`,
            ko: `${retentionDays}일이 지나기 전에는 로그 파일이 삭제되지 않으며, 오래된 파일은 저렴한 스토리지로 이동합니다.`,
          },
      keeps: [
        {
          en: 'Rules about anything else than log files stay as they are, and no rule acts earlier than before.',
          ko: '로그 파일과 무관한 규칙은 그대로이며, 어떤 규칙도 이전보다 일찍 동작하지 않습니다.',
        },
        {
          en: `It is about everything below ${logPrefixes.join(', ')}, what other services deliver there included.`,
          ko: `다른 서비스가 전달한 파일을 포함해 ${logPrefixes.join(', ')} 아래의 모든 객체에 적용됩니다.`,
        },
        {
          en: 'What lies in Glacier Instant Retrieval is still read at once, at a higher price a gigabyte.',
          ko: 'Glacier Instant Retrieval의 파일은 바로 읽을 수 있으나 읽기 요금이 더 높습니다.',
        },
      ],
      irreversible: {
        en: 'What was deleted by a rule, or moved to another storage class, does not come back with the old rules.',
        ko: '규칙에 의해 삭제되거나 다른 스토리지 클래스로 옮겨진 객체는 이전 규칙으로 되돌려도 돌아오지 않습니다.',
      },
    }),
  };
}

const MFA_DELETE = first(
  {
    en: 'MFA delete is on for the bucket, and S3 takes no lifecycle rules beside it.',
    ko: '버킷에 MFA 삭제가 켜져 있으며, S3는 수명 주기 규칙을 함께 허용하지 않습니다.',
  },
  {
    en: 'Decide which of the two is to keep the log files; only the root user can switch MFA delete off.',
    ko: '둘 중 무엇으로 로그 파일을 지킬지 결정하세요. MFA 삭제는 루트 사용자만 끌 수 있습니다.',
  },
);

function lockedLonger(days: number, retentionDays: number) {
  return first(
    {
      en: `Object Lock keeps every new log file for ${days} days, longer than the retention of ${retentionDays} days that is configured: one of the two is not what was meant.`,
      ko: `객체 잠금이 새 로그 파일을 ${days}일 동안 유지하는데, 설정된 보존 기간은 ${retentionDays}일입니다. 둘 중 하나는 의도와 다릅니다.`,
    },
    {
      en: 'Confirm the retention (posture.retentionDays) first, then ask again.',
      ko: '먼저 보존 기간(posture.retentionDays)을 확인한 뒤 다시 요청하세요.',
    },
  );
}

const asJson = (rules: object[]): Json => JSON.parse(JSON.stringify(rules));
const same = (a: object[], b: object[]) => canonicalJson(asJson(a)) === canonicalJson(asJson(b));
