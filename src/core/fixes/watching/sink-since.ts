import type { Bilingual } from '../../reader.ts';

/** CloudTrail delivers within about five minutes; who waited three times that has not been delivered to. */
const LONGEST_MINUTES = 15;

/** Whether anything has reached a sink of a trail since a fix; undefined while it is too early to tell. */
export function sinkSince(
  sink: string,
  { lastSuccess, error }: { lastSuccess: string | null; error: string | null },
  { at, now }: { at: string; now: string },
): { holds: boolean; told: Bilingual } | undefined {
  if (lastSuccess !== null && lastSuccess > at)
    return {
      holds: true,
      told: {
        en: `Something has reached ${sink} since (${lastSuccess}).`,
        ko: `그 뒤로 ${sink}에 전달되었습니다(${lastSuccess}).`,
      },
    };
  if (Date.parse(now) - Date.parse(at) < LONGEST_MINUTES * 60_000) return undefined;
  const because = { en: error ?? 'no error', ko: error ?? '오류 없음' };
  return {
    holds: false,
    told: {
      en: `Nothing has reached ${sink} within ${LONGEST_MINUTES} minutes; CloudTrail says: ${because.en}.`,
      ko: `${LONGEST_MINUTES}분 안에 ${sink}에 전달된 것이 없습니다. CloudTrail의 오류: ${because.ko}`,
    },
  };
}
