import type { Json } from '../../json.ts';
import type { ApiCall, FixPlan, FixTarget, RiskClass } from '../fix.ts';
import type { Obstacle } from '../obstacle.ts';
import type { State } from '../plan.ts';
import { type InsightSelector, inOrder } from './enable-insights.ts';
import type { LastGood } from './last-good.ts';
import { asAdvancedSet, losesNothing } from './merge-selectors.ts';
import { precondition } from './own-trail.ts';
import {
  fits,
  putSelectors,
  type SelectorSet,
  selectorState,
  selectorsIn,
} from './selector-set.ts';
import { trailPlan } from './trail-plan.ts';

/** A part of a trail that somebody weakened: what puts it back, and what would weaken it again. */
type Restored = { after: State; call: ApiCall; back: ApiCall; riskClass: RiskClass };

/**
 * Back to the last known good: what the trail was in the last scan in which it was sound, where it is
 * weaker now (reference: fixes 6.1, last row). What is stronger by now stays. The class is that of its
 * gravest part; the whole weakened state stands in `before`, as evidence.
 */
export function planRestoring(
  target: FixTarget,
  arn: string,
  good: LastGood,
  state: State,
): { plan: FixPlan } | 'already-sound' | { cannot: Obstacle } {
  const selectors = restoredSelectors(selectorsIn(good.state), selectorsIn(state));
  if (selectors && !fits(selectors)) return BOTH_TOO_MANY;
  // Logging begins last, when everything that it should record and where it goes is right again.
  const parts = [
    settingsOf(arn, good.state, state),
    selectors && {
      after: selectorState(selectors),
      call: putSelectors(arn, selectors),
      back: putSelectors(arn, selectorsIn(state)),
      riskClass: 'B' as const,
    },
    insightsOf(arn, good.state, state),
    loggingOf(arn, state),
  ].filter((part): part is Restored => part !== undefined);
  if (parts.length === 0) return 'already-sound';
  const plan = trailPlan(target, arn, {
    fix: 'restore-trail',
    calls: parts.map(({ call }) => call),
    wayBack: parts.map(({ back }) => back).reverse(),
    before: state,
    after: Object.assign({}, ...parts.map(({ after }) => after)),
    riskClass:
      parts
        .map((part) => part.riskClass)
        .sort()
        .at(-1) ?? 'C',
    feels: {
      en: `The trail becomes again what it was in the scan of ${good.scannedAt}.`,
      ko: `트레일이 ${good.scannedAt} 점검 때의 상태로 돌아갑니다.`,
    },
    keeps: [
      {
        en: 'What is stronger now than it was then stays; its log group and what happened meanwhile are not touched.',
        ko: '그때보다 강화된 설정은 그대로이며, 로그 그룹과 그 사이의 로그는 건드리지 않습니다.',
      },
    ],
  });
  return { plan };
}

/** Settings that `UpdateTrail` takes, the parameter that sets each, and how grave it is to set it. */
const SETTINGS: { field: string; parameter: string; riskClass: RiskClass }[] = [
  { field: 'LogFileValidationEnabled', parameter: 'EnableLogFileValidation', riskClass: 'A' },
  { field: 'IsMultiRegionTrail', parameter: 'IsMultiRegionTrail', riskClass: 'B' },
  { field: 'IncludeGlobalServiceEvents', parameter: 'IncludeGlobalServiceEvents', riskClass: 'B' },
  { field: 'SnsTopicARN', parameter: 'SnsTopicName', riskClass: 'B' },
  { field: 'S3BucketName', parameter: 'S3BucketName', riskClass: 'C' },
  { field: 'S3KeyPrefix', parameter: 'S3KeyPrefix', riskClass: 'C' },
  { field: 'KmsKeyId', parameter: 'KmsKeyId', riskClass: 'C' },
];

function settingsOf(arn: string, good: State, now: State): Restored | undefined {
  const moved = good.S3BucketName !== now.S3BucketName;
  const weakened = SETTINGS.filter(({ field }) => {
    const [then, present] = [good[field] ?? null, now[field] ?? null];
    if (then === present) return false;
    // A prefix belongs to its bucket; of all others, what was not there then is no loss now.
    return field === 'S3KeyPrefix' ? moved || then !== null : then !== null && then !== false;
  });
  if (weakened.length === 0) return undefined;
  const update = (state: State): ApiCall => ({
    api: 'cloudtrail:UpdateTrail',
    parameters: {
      Name: arn,
      ...Object.fromEntries(
        // An empty text takes a setting away.
        weakened.map(({ field, parameter }) => [parameter, state[field] ?? '']),
      ),
    },
  });
  return {
    after: Object.fromEntries(weakened.map(({ field }) => [field, good[field] ?? null])),
    call: update(good),
    back: update(now),
    riskClass:
      weakened
        .map((one) => one.riskClass)
        .sort()
        .at(-1) ?? 'C',
  };
}

/** The selectors of then, beside those of now where they record what those of then did not. */
function restoredSelectors(good: SelectorSet, now: SelectorSet): SelectorSet | undefined {
  if (losesNothing(good, now)) return undefined;
  if (losesNothing(now, good)) return good;
  const both = { advanced: [...asAdvancedSet(good), ...asAdvancedSet(now)] };
  if (!losesNothing(good, both) || !losesNothing(now, both))
    throw new Error('a union of selectors loses events');
  return both;
}

function insightsOf(arn: string, good: State, now: State): Restored | undefined {
  const [then, present] = [good.InsightSelectors, now.InsightSelectors].map(
    (list) => (list ?? []) as InsightSelector[],
  ) as [InsightSelector[], InsightSelector[]];
  const missing = then.filter(
    ({ InsightType }) => !present.some((one) => one.InsightType === InsightType),
  );
  if (missing.length === 0) return undefined;
  const put = (insights: InsightSelector[]): ApiCall => ({
    api: 'cloudtrail:PutInsightSelectors',
    parameters: { TrailName: arn, InsightSelectors: insights as Json },
  });
  const all = inOrder([...present, ...missing]);
  return {
    after: { InsightSelectors: all as Json },
    call: put(all),
    back: put(present),
    riskClass: 'B',
  };
}

function loggingOf(arn: string, now: State): Restored | undefined {
  if (now.IsLogging === true) return undefined;
  return {
    after: { IsLogging: true },
    call: { api: 'cloudtrail:StartLogging', parameters: { Name: arn } },
    back: { api: 'cloudtrail:StopLogging', parameters: { Name: arn }, family: 'trail-retire' },
    riskClass: 'A',
  };
}

export const NEVER_SEEN = precondition(
  {
    en: 'No scan that is kept saw this trail whole and logging.',
    ko: '보관된 점검 가운데 이 트레일이 정상적으로 기록 중이던 것이 없습니다.',
  },
  {
    en: 'Mend its findings one by one.',
    ko: '이 트레일의 점검 결과를 하나씩 조치하세요.',
  },
);

export const GONE = precondition(
  { en: 'The trail does not exist any more.', ko: '트레일이 더 이상 존재하지 않습니다.' },
  {
    en: 'Create it anew by code with the settings that the last scan shows: its chain of digests is broken in any case.',
    ko: '마지막 점검에 나온 설정으로 코드에서 다시 만드세요. 다이제스트 체인은 이미 끊어졌습니다.',
  },
);

const BOTH_TOO_MANY = precondition(
  {
    en: 'The selectors of then and of now together are more than CloudTrail takes.',
    ko: '그때와 지금의 선택기를 합치면 CloudTrail의 한도를 넘습니다.',
  },
  {
    en: 'Bring the selectors together by hand first.',
    ko: '먼저 선택기를 직접 정리하세요.',
  },
);
