import type { BucketSeat } from '../../core/fixes/buckets/bucket-plan.ts';
import { lifecycleAsCode } from '../../core/fixes/buckets/lifecycle-as-code.ts';
import { lifecycleRules } from '../../core/fixes/buckets/lifecycle-rule.ts';
import { planSetLifecycle } from '../../core/fixes/buckets/set-lifecycle.ts';
import { wasSeen } from '../../core/reading.ts';
import type { Aws } from '../session.ts';
import {
  readLifecycle,
  readObjectLock,
  readPolicy,
  readVersioning,
  seatOfBucket,
} from './bucket-state.ts';
import type { Fix } from './fix.ts';
import { fixingOf } from './fixing.ts';
import { together } from './trail-state.ts';

/** `PutBucketLifecycleConfiguration`, merged into the rules that there are. */
export const setLifecycle: Fix = {
  id: 'set-lifecycle',
  title: {
    en: 'Keep log files for as long as they must be kept',
    ko: '보존 기간 동안 로그 파일 보관하기',
  },
  needs: {
    read: [
      's3:GetBucketLocation',
      's3:GetBucketObjectLockConfiguration',
      's3:GetBucketPolicy',
      's3:GetBucketVersioning',
      's3:GetLifecycleConfiguration',
    ],
  },
  writes: { 'log-bucket': ['s3:PutBucketLifecycleConfiguration', 's3:DeleteBucketLifecycle'] },
  withoutFinding: true,

  async plan(target, aws) {
    const seat = await seatOfBucket(target, aws);
    if (!wasSeen(seat)) return seat;
    const state = await read(seat.seen, aws);
    return wasSeen(state)
      ? { seen: planSetLifecycle(target, seat.seen, state.seen, fixingOf(aws)) }
      : state;
  },
  read,
  asCode: ({ after }) => lifecycleAsCode(lifecycleRules(after.LifecycleRules ?? null)),
};

function read(seat: BucketSeat, aws: Aws) {
  return together(
    readLifecycle(seat, aws),
    readVersioning(seat, aws),
    readObjectLock(seat, aws),
    readPolicy(seat, aws),
  );
}
