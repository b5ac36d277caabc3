import { planBlockPublicAccess } from '../../core/fixes/buckets/block-public-access.ts';
import type { BucketSeat } from '../../core/fixes/buckets/bucket-plan.ts';
import { wasSeen } from '../../core/reading.ts';
import type { Aws } from '../session.ts';
import { readAcl, readPublicAccessBlock, readWebsite, seatOfBucket } from './bucket-state.ts';
import { ARRIVING_THERE, deliveriesOfBucket } from './deliveries-of-bucket.ts';
import type { Fix } from './fix.ts';
import { together } from './trail-state.ts';

/** `PutPublicAccessBlock` with all four settings, and strangers out of the ACL. */
export const blockPublicAccess: Fix = {
  id: 'block-public-access',
  title: { en: 'Block public access to the log bucket', ko: '로그 버킷의 퍼블릭 액세스 차단하기' },
  needs: {
    read: [
      ...ARRIVING_THERE,
      's3:GetBucketAcl',
      's3:GetBucketLocation',
      's3:GetBucketPublicAccessBlock',
      's3:GetBucketWebsite',
    ],
  },
  writes: {
    'log-bucket': ['s3:PutPublicAccessBlock', 's3:DeletePublicAccessBlock', 's3:PutBucketAcl'],
  },

  async plan(target, aws) {
    const seat = await seatOfBucket(target, aws);
    if (!wasSeen(seat)) return seat;
    const state = await read(seat.seen, aws);
    return wasSeen(state) ? { seen: planBlockPublicAccess(target, seat.seen, state.seen) } : state;
  },
  read,
  asCode: () => [
    {
      tool: 'terraform',
      text: [
        'block_public_acls       = true',
        'block_public_policy     = true',
        'ignore_public_acls      = true',
        'restrict_public_buckets = true',
      ].join('\n'),
    },
    {
      tool: 'cloudformation',
      text: [
        'PublicAccessBlockConfiguration:',
        '  BlockPublicAcls: true',
        '  BlockPublicPolicy: true',
        '  IgnorePublicAcls: true',
        '  RestrictPublicBuckets: true',
      ].join('\n'),
    },
  ],
  later: deliveriesOfBucket,
};

function read(seat: BucketSeat, aws: Aws) {
  return together(readPublicAccessBlock(seat, aws), readAcl(seat, aws), readWebsite(seat, aws));
}
