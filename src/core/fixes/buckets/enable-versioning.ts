import type { FixTarget } from '../fix.ts';
import type { State } from '../plan.ts';
import { first, type Planned } from '../planned.ts';
import { type BucketSeat, bucketPlan, onBucket } from './bucket-plan.ts';
import { isEnabled, lifecycleRules } from './lifecycle-rule.ts';

/**
 * `PutBucketVersioning(Status=Enabled)` (reference: fixes 6.2, row CT-16, class B). A bucket that never
 * had versions cannot go back to that: it can only be suspended, which is not offered as the way back.
 */
export function planEnableVersioning(target: FixTarget, seat: BucketSeat, state: State): Planned {
  if (state.Versioning === 'Enabled') return 'already-sound';
  if (state.MfaDelete === true) return NEEDS_MFA;
  if (keepsForgotten(state)) return NEEDS_LIFECYCLE;
  const put = (Status: string) => [
    onBucket('PutBucketVersioning', seat, { VersioningConfiguration: { Status } }),
  ];
  const suspended = state.Versioning === 'Suspended';
  return {
    plan: bucketPlan(target, seat, {
      fix: 'enable-versioning',
      calls: put('Enabled'),
      before: state,
      after: { Versioning: 'Enabled' },
      wayBack: suspended ? put('Suspended') : [],
      riskClass: 'B',
      feels: {
        en: 'From now on whoever overwrites or deletes a log file leaves the old version behind. S3 bills old versions like objects; log files are hardly ever overwritten.',
        ko: '지금부터 로그 파일을 덮어쓰거나 삭제해도 이전 버전이 남습니다. 이전 버전도 객체처럼 요금이 부과되지만, 로그 파일은 거의 덮어쓰지 않습니다.',
      },
      keeps: [
        {
          en: 'Objects that are there keep their content and their names; deliveries go on.',
          ko: '기존 객체의 내용과 이름은 그대로이며 전달도 계속됩니다.',
        },
        {
          en: 'S3 asks to wait 15 minutes after versioning was first enabled before heavy writes.',
          ko: 'S3는 버전 관리를 처음 켠 뒤 대량 쓰기 전에 15분을 기다리도록 안내합니다.',
        },
      ],
      ...(!suspended && {
        irreversible: {
          en: 'A bucket that has had versions never goes back to having none: versioning can only be suspended.',
          ko: '한 번 버전 관리를 켠 버킷은 이전 상태로 돌아갈 수 없고, 일시 중지만 할 수 있습니다.',
        },
      }),
    }),
  };
}

const NEEDS_MFA = first(
  {
    en: 'MFA delete is on for the bucket: only the root user of its account can change its versioning.',
    ko: '버킷에 MFA 삭제가 켜져 있어 계정의 루트 사용자만 버전 관리를 변경할 수 있습니다.',
  },
  {
    en: 'Let the root user enable versioning with its MFA device (aws s3api put-bucket-versioning --mfa).',
    ko: '루트 사용자가 MFA 장치로 버전 관리를 켜야 합니다(aws s3api put-bucket-versioning --mfa).',
  },
);

const NEEDS_LIFECYCLE = first(
  {
    en: 'Lifecycle rules of the bucket expire objects, and none removes old versions: with versioning, what expires would stay, and be billed, for ever.',
    ko: '버킷의 수명 주기 규칙이 객체를 만료시키지만 이전 버전을 제거하는 규칙이 없습니다. 버전 관리를 켜면 만료된 객체가 계속 남아 요금이 발생합니다.',
  },
  {
    en: 'Add a rule for noncurrent versions that is no shorter than the retention first (set-lifecycle).',
    ko: '먼저 보존 기간보다 짧지 않은 이전 버전 규칙을 추가하세요(set-lifecycle).',
  },
);

function keepsForgotten({ LifecycleRules }: State): boolean {
  const rules = lifecycleRules(LifecycleRules ?? null).filter(isEnabled);
  const expires = rules.some(
    ({ Expiration }) => Expiration?.Days !== undefined || Expiration?.Date,
  );
  return expires && !rules.some(({ NoncurrentVersionExpiration }) => NoncurrentVersionExpiration);
}
