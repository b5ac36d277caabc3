import { type BucketSeat, bucketOf } from '../../core/fixes/buckets/bucket-plan.ts';
import { planConfineBucketPolicy } from '../../core/fixes/buckets/confine-bucket-policy.ts';
import { trailsIn } from '../../core/fixes/buckets/delivering-trail.ts';
import type { FixPlan } from '../../core/fixes/fix.ts';
import type { State } from '../../core/fixes/plan.ts';
import { type Reading, wasSeen } from '../../core/reading.ts';
import type { Aws } from '../session.ts';
import { readPolicy, seatOfBucket } from './bucket-state.ts';
import { ARRIVING } from './deliveries-after.ts';
import { arrivesForAll } from './deliveries-of-bucket.ts';
import { deliveringTrails, ENUMERATING } from './delivering-trails.ts';
import type { Fix } from './fix.ts';
import { fixingOf } from './fixing.ts';
import { type Members, readMembers } from './members.ts';

/** `PutBucketPolicy`, merged: TLS only, and CloudTrail for all trails that deliver there and no others. */
export const confineBucketPolicy: Fix = {
  id: 'confine-bucket-policy',
  title: {
    en: 'Let only our trails write into the log bucket, over TLS',
    ko: '로그 버킷에 우리 트레일만 TLS로 쓰게 하기',
  },
  needs: {
    read: [
      ...new Set([...ENUMERATING, ...ARRIVING, 's3:GetBucketLocation', 's3:GetBucketPolicy']),
    ].sort(),
  },
  writes: { 'log-bucket': ['s3:PutBucketPolicy', 's3:DeleteBucketPolicy'] },

  async plan(target, aws) {
    const [seat, members] = await Promise.all([seatOfBucket(target, aws), readMembers(aws)]);
    if (!wasSeen(seat)) return seat;
    if (!wasSeen(members)) return members;
    const state = await readWith(seat.seen, members.seen, aws);
    if (!wasSeen(state)) return state;
    const around = {
      bucketArn: seat.seen.resource,
      owner: seat.seen.account,
      organization: members.seen.id,
      accounts: new Set(members.seen.all),
      breakGlassRoles: fixingOf(aws).breakGlassRoles,
    };
    return { seen: planConfineBucketPolicy(target, seat.seen, state.seen, around) };
  },
  async read(plan, aws) {
    const members = await readMembers(aws);
    return wasSeen(members) ? readWith(plan, members.seen, aws) : members;
  },
  asCode: ({ after }: FixPlan) => {
    const document = JSON.stringify(after.Policy, null, 2);
    return [
      {
        tool: 'terraform',
        // In a heredoc the two beginnings of an expression are doubled.
        text: `policy = <<-POLICY\n${document.replaceAll('${', '$${').replaceAll('%{', '%%{')}\nPOLICY`,
      },
      { tool: 'cloudformation', text: `PolicyDocument: ${JSON.stringify(after.Policy)}` },
    ];
  },
  later: ({ after }, applied, aws) =>
    arrivesForAll(
      trailsIn(after.Trails ?? null).map(({ arn }) => arn),
      applied,
      aws,
    ),
};

/** The policy, and every trail that delivers to the bucket. */
async function readWith(seat: BucketSeat, members: Members, aws: Aws): Promise<Reading<State>> {
  const [policy, trails] = await Promise.all([
    readPolicy(seat, aws),
    deliveringTrails(bucketOf(seat), members, aws),
  ]);
  if (!wasSeen(policy)) return policy;
  if (!wasSeen(trails)) return trails;
  return { seen: { ...policy.seen, Trails: trails.seen } };
}
