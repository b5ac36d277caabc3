import type { BucketSeat } from '../../core/fixes/buckets/bucket-plan.ts';
import { planEnableVersioning } from '../../core/fixes/buckets/enable-versioning.ts';
import { wasSeen } from '../../core/reading.ts';
import type { Aws } from '../session.ts';
import { readLifecycle, readVersioning, seatOfBucket } from './bucket-state.ts';
import type { Fix } from './fix.ts';
import { together } from './trail-state.ts';

/** `PutBucketVersioning(Status=Enabled)`. */
export const enableVersioning: Fix = {
  id: 'enable-versioning',
  title: { en: 'Keep old versions in the log bucket', ko: '로그 버킷에 이전 버전 보관하기' },
  needs: {
    read: ['s3:GetBucketLocation', 's3:GetBucketVersioning', 's3:GetLifecycleConfiguration'],
  },
  writes: { 'log-bucket': ['s3:PutBucketVersioning'] },

  async plan(target, aws) {
    const seat = await seatOfBucket(target, aws);
    if (!wasSeen(seat)) return seat;
    const state = await read(seat.seen, aws);
    return wasSeen(state) ? { seen: planEnableVersioning(target, seat.seen, state.seen) } : state;
  },
  read,
  asCode: () => [
    { tool: 'terraform', text: 'versioning_configuration {\n  status = "Enabled"\n}' },
    { tool: 'cloudformation', text: 'VersioningConfiguration:\n  Status: Enabled' },
  ],
};

function read(seat: BucketSeat, aws: Aws) {
  return together(readVersioning(seat, aws), readLifecycle(seat, aws));
}
