import type { BucketSeat } from '../../core/fixes/buckets/bucket-plan.ts';
import { trailsNamedIn } from '../../core/fixes/buckets/named-trails.ts';
import type { ArrivedSince } from '../../core/fixes/trails/arrived-since.ts';
import { type Reading, wasSeen } from '../../core/reading.ts';
import type { Aws } from '../session.ts';
import { readPolicy } from './bucket-state.ts';
import { ARRIVING, deliveriesAfter } from './deliveries-after.ts';
import { seatOfTrail } from './trail-state.ts';

/** IAM actions of what is asked here. */
export const ARRIVING_THERE = [...ARRIVING, 's3:GetBucketPolicy'];

/**
 * The same for the trails that the bucket's policy names; undefined where it names none, for then only
 * who knows all trails could tell.
 */
export async function deliveriesOfBucket(
  seat: BucketSeat,
  applied: { at: string; now: string },
  aws: Aws,
): Promise<Reading<ArrivedSince | undefined>> {
  const policy = await readPolicy(seat, aws);
  if (!wasSeen(policy)) return policy;
  const trails = trailsNamedIn(policy.seen.Policy ?? null);
  return trails.length > 0 ? arrivesForAll(trails, applied, aws) : { seen: undefined };
}

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
        en: `Log files of every trail that delivers there have arrived since (${trails.length}).`,
        ko: `이 버킷으로 전달하는 트레일 ${trails.length}개의 로그 파일이 모두 그 뒤에 도착했습니다.`,
      },
    },
  };
}

const NO_TRAIL: ArrivedSince = {
  holds: true,
  told: { en: 'No trail delivers there.', ko: '이 버킷으로 전달하는 트레일이 없습니다.' },
};
