import type { FixPlan, FixTarget } from '../fix.ts';
import type { Obstacle } from '../obstacle.ts';
import type { State } from '../plan.ts';
import { type Choice, foremost, NO_TRAIL, precondition } from './own-trail.ts';
import { trailPlan } from './trail-plan.ts';

/** Of the trails of an account the one that would record most; where one is logging, none has to be started. */
export const stoppedTrail: Choice = (trails) => {
  const chosen = foremost(trails.filter(({ logging }) => logging)) ?? foremost(trails);
  return chosen ? { arn: chosen.arn } : NO_TRAIL;
};

/**
 * `StartLogging`, where log files will arrive (reference: fixes 6.1, row CT-01, class A): a trail that logs
 * into a bucket that refuses it would look mended and record nothing.
 */
export function planStartLogging(
  target: FixTarget,
  arn: string,
  state: State,
): { plan: FixPlan } | 'already-sound' | { cannot: Obstacle } {
  if (state.IsLogging === true) return 'already-sound';
  if (state.LogsMayArrive === 'no-bucket')
    return precondition(
      {
        en: `The bucket ${state.S3BucketName} of the trail does not exist.`,
        ko: `트레일의 버킷 ${state.S3BucketName}이(가) 존재하지 않습니다.`,
      },
      {
        en: 'Create it, or point the trail at a log bucket; then start the trail.',
        ko: '버킷을 만들거나 트레일이 다른 로그 버킷으로 전달하게 한 뒤 시작하세요.',
      },
    );
  if (state.LogsMayArrive !== 'yes')
    return precondition(
      {
        en: `The policy of the bucket ${state.S3BucketName} does not let CloudTrail deliver for this trail.`,
        ko: `버킷 ${state.S3BucketName}의 정책이 이 트레일의 CloudTrail 전달을 허용하지 않습니다.`,
      },
      {
        en: 'Allow cloudtrail.amazonaws.com s3:GetBucketAcl and s3:PutObject for this trail first.',
        ko: '먼저 이 트레일에 대해 cloudtrail.amazonaws.com의 s3:GetBucketAcl과 s3:PutObject를 허용하세요.',
      },
    );
  const plan = trailPlan(target, arn, {
    fix: 'start-logging',
    calls: [{ api: 'cloudtrail:StartLogging', parameters: { Name: arn } }],
    wayBack: [{ api: 'cloudtrail:StopLogging', parameters: { Name: arn }, family: 'trail-retire' }],
    before: state,
    after: { IsLogging: true },
    riskClass: 'A',
    feels: {
      en: 'From now on the trail records again and delivers log files to its bucket.',
      ko: '지금부터 트레일이 다시 기록하고 로그 파일을 버킷에 전달합니다.',
    },
    keeps: [
      {
        en: 'What happened while it was stopped is not recorded afterwards; Event history keeps its management events for 90 days.',
        ko: '중지된 동안의 일은 나중에 기록되지 않습니다. 관리 이벤트는 이벤트 기록에 90일 동안 남습니다.',
      },
      {
        en: 'Selectors, bucket and key stay as they are.',
        ko: '선택기, 버킷, 키는 그대로입니다.',
      },
    ],
  });
  return { plan };
}
