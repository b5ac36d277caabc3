import type { BucketSeat } from '../../core/fixes/buckets/bucket-plan.ts';
import { planLockObjects } from '../../core/fixes/buckets/lock-objects.ts';
import { lockIn } from '../../core/fixes/buckets/object-lock.ts';
import type { FixPlan } from '../../core/fixes/fix.ts';
import { wasSeen } from '../../core/reading.ts';
import type { Aws } from '../session.ts';
import {
  readLifecycle,
  readLogDelivery,
  readObjectLock,
  readPolicy,
  readVersioning,
  seatOfBucket,
} from './bucket-state.ts';
import { ARRIVING_THERE, deliveriesOfBucket } from './deliveries-of-bucket.ts';
import type { Fix } from './fix.ts';
import { fixingOf } from './fixing.ts';
import { together } from './trail-state.ts';

/** `PutObjectLockConfiguration`: GOVERNANCE first, COMPLIANCE only where that is there already. */
export const lockObjects: Fix = {
  id: 'lock-objects',
  title: { en: 'Lock new log files by default', ko: '새 로그 파일을 기본으로 잠그기' },
  needs: {
    read: [
      ...ARRIVING_THERE,
      's3:GetBucketAcl',
      's3:GetBucketLocation',
      's3:GetBucketObjectLockConfiguration',
      's3:GetBucketVersioning',
      's3:GetLifecycleConfiguration',
    ],
  },
  writes: { 'log-bucket': ['s3:PutObjectLockConfiguration'] },

  async plan(target, aws) {
    const seat = await seatOfBucket(target, aws);
    if (!wasSeen(seat)) return seat;
    const state = await read(seat.seen, aws);
    return wasSeen(state)
      ? { seen: planLockObjects(target, seat.seen, state.seen, fixingOf(aws)) }
      : state;
  },
  read,
  asCode: (plan) => {
    const { mode, days } = plannedLock(plan);
    return [
      {
        tool: 'terraform',
        text: `rule {\n  default_retention {\n    mode = "${mode}"\n    days = ${days}\n  }\n}`,
      },
      {
        tool: 'cloudformation',
        text: `ObjectLockEnabled: true\nObjectLockConfiguration:\n  ObjectLockEnabled: Enabled\n  Rule:\n    DefaultRetention:\n      Mode: ${mode}\n      Days: ${days}`,
      },
    ];
  },
  later: deliveriesOfBucket,
};

function plannedLock({ after }: FixPlan) {
  const lock = lockIn(after.ObjectLock ?? null);
  if (!lock) throw new Error('a plan of lock-objects locks nothing');
  return lock;
}

function read(seat: BucketSeat, aws: Aws) {
  return together(
    readObjectLock(seat, aws),
    readVersioning(seat, aws),
    readLifecycle(seat, aws),
    readPolicy(seat, aws),
    readLogDelivery(seat, aws),
  );
}
