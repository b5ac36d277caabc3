import type { Json } from '../../json.ts';
import { howMuch, managementEvents } from '../../posture/recorded/event-sets.ts';
import type { FixPlan, FixTarget } from '../fix.ts';
import type { Obstacle } from '../obstacle.ts';
import type { State } from '../plan.ts';
import { costOf } from './event-cost.ts';
import { precondition } from './own-trail.ts';
import { meaningOf, selectorsIn } from './selector-set.ts';
import { trailPlan } from './trail-plan.ts';

export type InsightSelector = { InsightType: string; EventCategories?: string[] };

const TYPES = ['ApiCallRateInsight', 'ApiErrorRateInsight'];

/** Both kinds of Insights of management events beside those that are on. */
export function withInsights(before: InsightSelector[]): InsightSelector[] {
  // Before there were categories, Insights were of management events.
  const categories = ({ EventCategories = [] }: InsightSelector) =>
    EventCategories.length > 0 ? EventCategories : ['Management'];
  const missing = TYPES.filter((type) => {
    const on = before.find(({ InsightType }) => InsightType === type);
    return !on || !categories(on).includes('Management');
  });
  return inOrder([
    ...before.map((on) =>
      missing.includes(on.InsightType)
        ? { ...on, EventCategories: [...categories(on), 'Management'] }
        : on,
    ),
    ...missing
      .filter((type) => !before.some(({ InsightType }) => InsightType === type))
      .map((type) => ({ InsightType: type, EventCategories: ['Management'] })),
  ]);
}

/** Sorted by type: nobody promises an order, and none means anything. */
export function inOrder(insights: InsightSelector[]): InsightSelector[] {
  return insights
    .map(({ InsightType, EventCategories }) => ({
      InsightType,
      ...(EventCategories && { EventCategories: [...EventCategories].sort() }),
    }))
    .sort((a, b) => (a.InsightType < b.InsightType ? -1 : 1));
}

/**
 * Call rates and error rates of management events, by `PutInsightSelectors` with those that are on
 * (reference: fixes 6.1, row CT-25, class B). Call rates look at writes: without them Insights are blind.
 */
export function planInsights(
  target: FixTarget,
  arn: string,
  state: State,
): { plan: FixPlan } | 'already-sound' | { cannot: Obstacle } {
  const before = (state.InsightSelectors ?? []) as InsightSelector[];
  const after = withInsights(before);
  if (JSON.stringify(after) === JSON.stringify(before)) return 'already-sound';
  const meaning = meaningOf(selectorsIn(state));
  if (howMuch([meaning], managementEvents('write')) === 'none') return BLIND;
  const put = (insights: InsightSelector[]) => ({
    api: 'cloudtrail:PutInsightSelectors',
    parameters: { TrailName: arn, InsightSelectors: insights as Json },
  });
  const plan = trailPlan(target, arn, {
    fix: 'enable-insights',
    calls: [put(after)],
    wayBack: [put(before)],
    before: state,
    after: { InsightSelectors: after as Json },
    riskClass: 'B',
    cost: costOf('insights'),
    feels: {
      en: 'CloudTrail looks for unusual call rates and error rates, and writes what it finds beside the log files. The first findings come after a baseline of some days.',
      ko: 'CloudTrail이 비정상적인 호출 빈도와 오류 빈도를 살펴 결과를 로그 파일과 함께 저장합니다. 며칠간의 기준이 쌓인 뒤에 첫 결과가 나옵니다.',
    },
    keeps: [
      {
        en: 'Insights that are on stay on; what the trail records stays as it is.',
        ko: '켜져 있는 Insights는 그대로이며, 트레일이 기록하는 것도 그대로입니다.',
      },
    ],
  });
  return { plan };
}

const BLIND = precondition(
  {
    en: 'The trail records no write management events, which Insights look at.',
    ko: '이 트레일은 Insights가 살펴볼 쓰기 관리 이벤트를 기록하지 않습니다.',
  },
  {
    en: 'Record management events first (record-management-events).',
    ko: '먼저 관리 이벤트를 기록하세요(record-management-events).',
  },
);
