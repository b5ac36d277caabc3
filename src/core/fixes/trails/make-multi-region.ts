import type { FixPlan, FixTarget } from '../fix.ts';
import type { Obstacle } from '../obstacle.ts';
import type { State } from '../plan.ts';
import { costOf } from './event-cost.ts';
import { type Choice, foremost, NO_TRAIL, precondition } from './own-trail.ts';
import { trailPlan } from './trail-plan.ts';

/** The trail of one region that is to reach all: one that is logging before one that is not. */
export const singleRegionTrail: Choice = (trails) => {
  const single = trails.filter(({ multiRegion }) => !multiRegion);
  const chosen =
    foremost(single.filter(({ logging }) => logging)) ?? foremost(single) ?? foremost(trails);
  return chosen ? { arn: chosen.arn } : NO_TRAIL;
};

/**
 * `UpdateTrail` to all regions, global service events included (reference: fixes 6.1, row CT-02, class B).
 * `OtherMultiRegionTrails` and `FullRegions` of the state: what another trail does already, and where
 * CloudTrail takes no sixth trail.
 */
export function planMultiRegion(
  target: FixTarget,
  arn: string,
  state: State,
): { plan: FixPlan } | 'already-sound' | { cannot: Obstacle } {
  const { IsMultiRegionTrail, IncludeGlobalServiceEvents } = state;
  if (IsMultiRegionTrail === true && IncludeGlobalServiceEvents === true) return 'already-sound';
  const others = (state.OtherMultiRegionTrails ?? []) as string[];
  if (IsMultiRegionTrail !== true && others.length > 0) return alreadyOne(others);
  const full = (state.FullRegions ?? []) as string[];
  if (full.length > 0) return noRoom(full);
  const update = (multiRegion: boolean, globalEvents: boolean) => ({
    api: 'cloudtrail:UpdateTrail',
    parameters: {
      Name: arn,
      IsMultiRegionTrail: multiRegion,
      IncludeGlobalServiceEvents: globalEvents,
    },
  });
  const plan = trailPlan(target, arn, {
    fix: 'make-trail-multi-region',
    calls: [update(true, true)],
    wayBack: [update(IsMultiRegionTrail === true, IncludeGlobalServiceEvents === true)],
    before: state,
    after: { IsMultiRegionTrail: true, IncludeGlobalServiceEvents: true },
    riskClass: 'B',
    cost: costOf('managementCopy'),
    feels: {
      en: 'The trail records every enabled region, and IAM, STS and CloudFront: log files of all of them come into its bucket.',
      ko: '트레일이 활성화된 모든 리전과 IAM, STS, CloudFront를 기록하며, 그 로그 파일이 모두 버킷에 저장됩니다.',
    },
    keeps: [
      {
        en: 'Its home region, bucket, key and selectors stay as they are; the selectors hold in every region.',
        ko: '홈 리전, 버킷, 키, 선택기는 그대로이며, 선택기는 모든 리전에 적용됩니다.',
      },
    ],
  });
  return { plan };
}

function alreadyOne(others: string[]) {
  const names = others.map((arn) => arn.slice(arn.lastIndexOf('/') + 1)).join(', ');
  return precondition(
    {
      en: `The account has a trail of all regions already: ${names}.`,
      ko: `이 계정에는 이미 다중 리전 트레일이 있습니다: ${names}.`,
    },
    {
      en: 'Start that one, or let it record management events, instead of paying for a second copy.',
      ko: '두 번째 사본에 비용을 내는 대신 그 트레일을 시작하거나 관리 이벤트를 기록하게 하세요.',
    },
  );
}

function noRoom(regions: string[]) {
  const places = regions.join(', ');
  return precondition(
    {
      en: `CloudTrail takes five trails in a region, and there are five already in ${places}.`,
      ko: `CloudTrail은 리전마다 트레일을 5개까지만 허용하며, 다음 리전에는 이미 5개가 있습니다: ${places}.`,
    },
    {
      en: 'Retire a trail there first (retire-trail).',
      ko: '먼저 그곳의 트레일 하나를 정리하세요(retire-trail).',
    },
  );
}
