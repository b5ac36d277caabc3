import type { FixPlan, FixTarget } from '../fix.ts';
import type { Obstacle } from '../obstacle.ts';
import type { State } from '../plan.ts';
import { withoutDeliveries } from './data-selectors.ts';
import { asAdvancedSet, losesNothing } from './merge-selectors.ts';
import { precondition } from './own-trail.ts';
import { CONVERTED, OTHERS_BUCKETS, TOO_MANY } from './record-data.ts';
import { fits, putSelectors, selectorState, selectorsIn } from './selector-set.ts';
import { trailPlan } from './trail-plan.ts';

/**
 * The selectors without what delivery writes into the log buckets (`LogBuckets` of the state), by
 * `PutEventSelectors` (reference: fixes 6.1, row CT-23): class A, since only noise goes; B where basic
 * selectors become advanced.
 */
export function planExclusion(
  target: FixTarget,
  arn: string,
  state: State,
): { plan: FixPlan } | 'already-sound' | { cannot: Obstacle } {
  const before = selectorsIn(state);
  const own = (state.LogBuckets ?? []) as string[];
  const advanced = withoutDeliveries(asAdvancedSet(before), own);
  if (!advanced) return BY_ENDING;
  const after = { advanced };
  if (advanced.length === 0 || losesNothing(before, after)) return 'already-sound';
  if (!fits(after)) return TOO_MANY;
  const converted = 'basic' in before;
  const buckets = own.map((one) => one.split(':').at(-1)).join(', ');
  const plan = trailPlan(target, arn, {
    fix: 'exclude-log-buckets',
    calls: [putSelectors(arn, after)],
    wayBack: [putSelectors(arn, before)],
    before: state,
    after: selectorState(after),
    riskClass: converted ? 'B' : 'A',
    feels: {
      en: `PutObject in ${buckets} is not recorded any more by selectors that take all buckets, so that a log file is no event of the next one.`,
      ko: `모든 버킷을 뜻하는 선택기가 ${buckets}의 PutObject를 더 이상 기록하지 않으므로, 로그 파일이 다음 로그의 이벤트가 되지 않습니다.`,
    },
    keeps: [
      {
        en: 'Whoever reads or deletes a log file stays recorded, and so do all other buckets.',
        ko: '로그 파일을 읽거나 삭제하는 일과 다른 모든 버킷은 계속 기록됩니다.',
      },
      ...(converted ? [CONVERTED, OTHERS_BUCKETS] : []),
    ],
  });
  return { plan };
}

const BY_ENDING = precondition(
  {
    en: 'A selector of the trail chooses objects by the end of their ARN, which nothing can narrow to some buckets.',
    ko: '트레일의 선택기 하나가 ARN의 끝부분으로 객체를 고르므로 일부 버킷만 제외할 수 없습니다.',
  },
  {
    en: 'Write that selector anew by hand, with the buckets that it means.',
    ko: '그 선택기를 대상 버킷을 지정해 직접 다시 작성하세요.',
  },
);
