import { wasSeen } from '../../reading.ts';
import type { PostureSettings } from '../facts.ts';
import {
  type Immutability,
  immutability,
  type LogBucket,
  lockGuard,
} from '../guards/immutability.ts';
import type { Fact, Reason } from '../vocabulary.ts';

/** How each answer to "what keeps log files from being deleted" is called where another one is asked for. */
const ANSWERED: { [answer in Exclude<Immutability, 'nothing'>]: Reason } = {
  'object-lock-compliance': {
    en: 'Object Lock in COMPLIANCE mode keeps the log files',
    ko: 'COMPLIANCE 모드의 객체 잠금이 로그 파일을 지킵니다',
  },
  'object-lock-governance': {
    en: 'Object Lock in GOVERNANCE mode, which a policy of the organization lets nobody bypass, keeps the log files',
    ko: '조직의 정책이 우회를 막는 GOVERNANCE 모드의 객체 잠금이 로그 파일을 지킵니다',
  },
  'scp-deny': {
    en: 'versioning and a deny in a service control policy keep the log files',
    ko: '버전 관리와 서비스 제어 정책의 거부가 로그 파일을 지킵니다',
  },
  'rcp-deny': {
    en: 'versioning and a deny in a resource control policy keep the log files',
    ko: '버전 관리와 리소스 제어 정책의 거부가 로그 파일을 지킵니다',
  },
  'bucket-policy-deny': {
    en: 'versioning and a deny in the bucket policy keep the log files',
    ko: '버전 관리와 버킷 정책의 거부가 로그 파일을 지킵니다',
  },
  'bucket-policy-deny-removable': {
    en: 'versioning and a deny in the bucket policy, which whoever may change that policy can lift, keep the log files',
    ko: '버전 관리와 버킷 정책의 거부가 로그 파일을 지킵니다(버킷 정책을 바꿀 수 있는 사람은 해제할 수 있음)',
  },
  'scp-and-bucket-policy-deny': {
    en: 'versioning and denies in policies of the organization and the bucket policy keep the log files',
    ko: '버전 관리와 조직의 정책 및 버킷 정책의 거부가 로그 파일을 지킵니다',
  },
  'mfa-delete': {
    en: 'MFA delete keeps the log files',
    ko: 'MFA 삭제가 로그 파일을 지킵니다',
  },
};

/**
 * MFA delete is asked for where it is the one answer left. S3 takes no lifecycle rule and MFA delete
 * together (Security Hub S3.20 is silent there, too), and where another answer is met nobody needs it.
 */
export function mfaDelete(bucket: LogBucket, settings: PostureSettings): Fact {
  const { versioning, lifecycle } = bucket.protection;
  if (wasSeen(versioning) && versioning.seen.mfaDelete) return { seen: 'on' };
  if (wasSeen(lifecycle) && lifecycle.seen.length > 0)
    return {
      notApplicable: {
        en: 'the bucket has lifecycle rules, and S3 does not take MFA delete beside them',
        ko: '버킷에 수명 주기 규칙이 있으며, S3는 MFA 삭제를 함께 허용하지 않습니다',
      },
    };
  const answer = immutability(bucket, settings);
  if ('unseen' in answer) return answer;
  if (answer.seen !== 'nothing') return { notApplicable: ANSWERED[answer.seen] };
  return wasSeen(lifecycle) ? { seen: 'off' } : lifecycle;
}

/** A lock that is there must hold; one that is not there is told by `log-bucket-immutable`. */
export function objectLock(bucket: LogBucket, settings: PostureSettings): Fact {
  const lock = lockGuard(bucket, settings);
  if ('unseen' in lock) return lock;
  if (lock.seen === 'none')
    return {
      notApplicable: {
        en: 'no object is locked by default; log-bucket-immutable says what else keeps the log files',
        ko: '기본 객체 잠금이 없습니다. 다른 보호 수단은 log-bucket-immutable이 알려 줍니다',
      },
    };
  if (lock.seen === 'compliance' || lock.seen === 'governance-guarded') return lock;
  const answer = immutability(bucket, settings);
  if ('unseen' in answer) return answer;
  return answer.seen === 'nothing' ? lock : { notApplicable: ANSWERED[answer.seen] };
}
