import type { Bilingual } from '../../reader.ts';
import type { State } from '../plan.ts';
import type { InsightSelector } from './enable-insights.ts';
import { losesNothing } from './merge-selectors.ts';
import { selectorsIn } from './selector-set.ts';

/** Whether the organization trail records all that an account's own trail does, so that it may go. */

/** How the organization trail stands in the account, as the account itself is told. Times are ISO 8601 UTC. */
export type Standing = {
  logging: boolean;
  since: string | null;
  lastDelivery: string | null;
  error: string | null;
};

/** What is lost with the own trail, in words that `LACKS` explains; empty: nothing. */
export type Lack = keyof typeof LACKS;

export const LACKS = {
  logging: { en: 'it is not logging there', ko: '그 계정에서 기록 중이 아님' },
  deliveries: { en: 'its log files do not arrive', ko: '로그 파일이 도착하지 않음' },
  overlap: {
    en: 'both have not recorded together for a day yet',
    ko: '아직 하루 동안 함께 기록하지 않음',
  },
  regions: { en: 'it does not record all of its regions', ko: '기록하는 리전이 모자람' },
  'global-events': {
    en: 'it leaves out IAM, STS and CloudFront',
    ko: 'IAM, STS, CloudFront가 빠짐',
  },
  validation: { en: 'its log files have no digests', ko: '로그 파일 다이제스트가 없음' },
  events: { en: 'it does not record all of its events', ko: '기록하는 이벤트가 모자람' },
  insights: { en: 'it lacks its Insights', ko: 'Insights가 모자람' },
} satisfies { [lack: string]: Bilingual };

/** As long as AWS advises both to record, and as long as a trail is kept after it was stopped. */
const DAY_MS = 86_400_000;
export const RETIRED_DAYS = 30;

export function lacksOf(own: State, other: State, standing: Standing): Lack[] {
  const { since, lastDelivery } = standing;
  const together = since && lastDelivery ? Date.parse(lastDelivery) - Date.parse(since) : 0;
  const missesInsights = ((own.InsightSelectors ?? []) as InsightSelector[]).some(
    ({ InsightType }) =>
      !((other.InsightSelectors ?? []) as InsightSelector[]).some(
        (one) => one.InsightType === InsightType,
      ),
  );
  const misses: { [lack in Lack]: boolean } = {
    logging: !standing.logging,
    deliveries: lastDelivery === null || standing.error !== null,
    overlap: together < DAY_MS,
    regions:
      other.IsMultiRegionTrail !== true &&
      (own.IsMultiRegionTrail === true || own.HomeRegion !== other.HomeRegion),
    'global-events':
      own.IncludeGlobalServiceEvents === true && other.IncludeGlobalServiceEvents !== true,
    validation: own.LogFileValidationEnabled === true && other.LogFileValidationEnabled !== true,
    events: !losesNothing(selectorsIn(own), selectorsIn(other)),
    insights: missesInsights,
  };
  return (Object.keys(misses) as Lack[]).filter((lack) => misses[lack]);
}

/**
 * Whether the organization trail has delivered for a month since the own trail was stopped: the clock is
 * its deliveries, so that nothing is deleted that nobody replaced meanwhile.
 */
export function isRetiredLongEnough(stoppedAt: string | null, { lastDelivery }: Standing): boolean {
  if (stoppedAt === null || lastDelivery === null) return false;
  return Date.parse(lastDelivery) - Date.parse(stoppedAt) >= RETIRED_DAYS * DAY_MS;
}
