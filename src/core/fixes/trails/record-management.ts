import type { FixPlan, FixTarget } from '../fix.ts';
import type { Obstacle } from '../obstacle.ts';
import type { State } from '../plan.ts';
import { costOf } from './event-cost.ts';
import {
  costlyLeftOut,
  losesNothing,
  recordsManagement,
  withManagement,
} from './merge-selectors.ts';
import { precondition } from './own-trail.ts';
import { fits, putSelectors, selectorState, selectorsIn } from './selector-set.ts';
import { trailPlan } from './trail-plan.ts';

/**
 * All management events beside what the trail records, by `PutEventSelectors` with the existing selectors
 * and the missing one, in their style (reference: fixes 6.1, rows CT-02 and CT-03, class B).
 */
export function planManagementEvents(
  target: FixTarget,
  arn: string,
  state: State,
): { plan: FixPlan } | 'already-sound' | { cannot: Obstacle } {
  const before = selectorsIn(state);
  if (recordsManagement(before) || state.RecordedElsewhere === true) return 'already-sound';
  if (state.IsLogging !== true) return STOPPED;
  const after = withManagement(before);
  if (!losesNothing(before, after)) throw new Error(`a merge of selectors of ${arn} loses events`);
  if (!fits(after)) return TOO_MANY;
  const left = costlyLeftOut(before);
  const plan = trailPlan(target, arn, {
    fix: 'record-management-events',
    calls: [putSelectors(arn, after)],
    wayBack: [putSelectors(arn, before)],
    before: state,
    after: selectorState(after),
    riskClass: 'B',
    cost: costOf('managementCopy'),
    feels: {
      en: 'The trail records all management events, read and write: there will be more log files.',
      ko: '트레일이 읽기와 쓰기 관리 이벤트를 모두 기록하므로 로그 파일이 늘어납니다.',
    },
    keeps: [
      {
        en: 'Whatever the trail records now it goes on recording, data events included.',
        ko: '지금 기록하는 것은 데이터 이벤트를 포함해 모두 계속 기록합니다.',
      },
      ...left.map((source) => ({
        en: `Events of ${source} stay left out, as somebody chose for their number.`,
        ko: `${source}의 이벤트는 수가 많아 제외하기로 한 대로 계속 제외됩니다.`,
      })),
    ],
  });
  return { plan };
}

const STOPPED = precondition(
  { en: 'The trail is not logging.', ko: '트레일이 기록하고 있지 않습니다.' },
  { en: 'Start it first (start-logging).', ko: '먼저 로깅을 시작하세요(start-logging).' },
);

const TOO_MANY = precondition(
  {
    en: 'CloudTrail takes no further selector here: five basic ones with 250 resources, or 500 values.',
    ko: 'CloudTrail의 한도에 닿아 선택기를 더할 수 없습니다(기본 선택기 5개와 리소스 250개, 또는 값 500개).',
  },
  {
    en: 'Bring the selectors together by hand first.',
    ko: '먼저 선택기를 직접 정리하세요.',
  },
);
