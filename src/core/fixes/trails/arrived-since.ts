import type { Bilingual } from '../../reader.ts';

/** What only time shows of a mended trail: whether its log files arrive. */

export type DeliveryStatus = {
  /** ISO 8601 UTC; null: nothing ever arrived. */
  lastSuccess: string | null;
  /** CloudTrail's own word, which it keeps until a delivery succeeds. */
  error: string | null;
};
export type ArrivedSince = { holds: boolean; told: Bilingual };

/** Log files arrive within about five minutes; who waited three times that has not been delivered to. */
const LONGEST_MINUTES = 15;
/** Digests are delivered every hour; who waited twice that has none. */
const DIGEST_MINUTES = 120;

type Since = { at: string; now: string };

/** Undefined while it is too early to tell. Quiet trails deliver nothing, which is told as what it is. */
export function deliveriesSince(status: DeliveryStatus, since: Since): ArrivedSince | undefined {
  return arrivedWithin(LONGEST_MINUTES, status, since, {
    arrived: (when) => ({
      en: `A log file has arrived since (${when}).`,
      ko: `그 뒤로 로그 파일이 도착했습니다(${when}).`,
    }),
    missing: (error) =>
      error
        ? {
            en: `No log file has arrived since; CloudTrail says ${error}.`,
            ko: `그 뒤로 도착한 로그 파일이 없습니다. CloudTrail의 오류: ${error}`,
          }
        : {
            en: `No log file has arrived within ${LONGEST_MINUTES} minutes, without an error: there may have been no event.`,
            ko: `${LONGEST_MINUTES}분 안에 도착한 로그 파일이 없고 오류도 없습니다. 이벤트가 없었을 수 있습니다.`,
          },
  });
}

/** The same of digest files, which prove the log files from now on. */
export function digestsSince(status: DeliveryStatus, since: Since): ArrivedSince | undefined {
  return arrivedWithin(DIGEST_MINUTES, status, since, {
    arrived: (when) => ({
      en: `The first digest file has arrived (${when}).`,
      ko: `첫 다이제스트 파일이 도착했습니다(${when}).`,
    }),
    missing: (error) => ({
      en: `No digest file has arrived within two hours${error ? `; CloudTrail says ${error}` : ''}.`,
      ko: `두 시간 안에 도착한 다이제스트 파일이 없습니다${error ? `. CloudTrail의 오류: ${error}` : ''}.`,
    }),
  });
}

function arrivedWithin(
  minutes: number,
  { lastSuccess, error }: DeliveryStatus,
  { at, now }: Since,
  words: { arrived(when: string): Bilingual; missing(error: string | null): Bilingual },
): ArrivedSince | undefined {
  if (lastSuccess !== null && lastSuccess > at)
    return { holds: true, told: words.arrived(lastSuccess) };
  if (Date.parse(now) - Date.parse(at) < minutes * 60_000) return undefined;
  return { holds: false, told: words.missing(error) };
}
