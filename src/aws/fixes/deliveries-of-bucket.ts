import type { ArrivedSince } from '../../core/fixes/trails/arrived-since.ts';
import { type Reading, wasSeen } from '../../core/reading.ts';
import type { Aws } from '../session.ts';
import { deliveriesAfter } from './deliveries-after.ts';
import { seatOfTrail } from './trail-state.ts';

/**
 * Whether log files of all these trails have arrived since a fix of their bucket: the first that does
 * not is told of; undefined while one of them may still.
 */
export async function arrivesForAll(
  trails: string[],
  applied: { at: string; now: string },
  aws: Aws,
): Promise<Reading<ArrivedSince | undefined>> {
  if (trails.length === 0) return { seen: NO_TRAIL };
  let waiting = false;
  for (const arn of trails) {
    const arrived = await deliveriesAfter(seatOfTrail(arn), applied, aws);
    if (!wasSeen(arrived)) return arrived;
    if (arrived.seen === undefined) waiting = true;
    else if (!arrived.seen.holds) {
      const { en, ko } = arrived.seen.told;
      return { seen: { holds: false, told: { en: `${arn}: ${en}`, ko: `${arn}: ${ko}` } } };
    }
  }
  if (waiting) return { seen: undefined };
  return {
    seen: {
      holds: true,
      told: {
        en: `Log files of all ${trails.length} trails that deliver there have arrived since.`,
        ko: `이 버킷으로 전달하는 트레일 ${trails.length}개의 로그 파일이 모두 그 뒤에 도착했습니다.`,
      },
    },
  };
}

const NO_TRAIL: ArrivedSince = {
  holds: true,
  told: { en: 'No trail delivers there.', ko: '이 버킷으로 전달하는 트레일이 없습니다.' },
};
