import type { State } from '../../core/fixes/plan.ts';
import { type InsightSelector, planInsights } from '../../core/fixes/trails/enable-insights.ts';
import { loggingTrail } from '../../core/fixes/trails/own-trail.ts';
import type { Reading } from '../../core/reading.ts';
import type { Aws } from '../session.ts';
import type { Fix } from './fix.ts';
import {
  CHOOSING,
  planForTrail,
  readInsights,
  readSelectors,
  readSettings,
  type Seat,
  together,
} from './trail-state.ts';

/** `PutInsightSelectors` with those that are on and those that are missing. */
export const enableInsights: Fix = {
  id: 'enable-insights',
  title: {
    en: 'Switch Insights on for call rates and error rates',
    ko: '호출 빈도와 오류 빈도의 Insights 켜기',
  },
  needs: {
    read: [...CHOOSING, 'cloudtrail:GetEventSelectors', 'cloudtrail:GetInsightSelectors'],
  },
  writes: { trail: ['cloudtrail:PutInsightSelectors'] },

  plan: (target, aws) =>
    planForTrail(
      target,
      {
        choose: loggingTrail,
        read: readWatched,
        plan: (arn, state) => planInsights(target, arn, state),
      },
      aws,
    ),
  read: readWatched,
  asCode: ({ after }) => {
    const insights = (after.InsightSelectors ?? []) as InsightSelector[];
    return [
      {
        tool: 'terraform',
        text: insights
          .map(
            ({ InsightType }) =>
              `insight_selector {\n  insight_type = ${JSON.stringify(InsightType)}\n}`,
          )
          .join('\n'),
      },
      {
        tool: 'cloudformation',
        text: `InsightSelectors: ${JSON.stringify(insights.map(({ InsightType }) => ({ InsightType })))}`,
      },
    ];
  },
};

/** Which Insights are on, and what they have to look at. */
function readWatched(seat: Seat, aws: Aws): Promise<Reading<State>> {
  return together(readSettings(seat, aws), readSelectors(seat, aws), readInsights(seat, aws));
}
