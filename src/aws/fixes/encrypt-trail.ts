import type { FixPlan } from '../../core/fixes/fix.ts';
import { planEncryptTrail } from '../../core/fixes/keys/encrypt-trail.ts';
import { keyIn } from '../../core/fixes/keys/key-in.ts';
import type { State } from '../../core/fixes/plan.ts';
import { type Reading, wasSeen } from '../../core/reading.ts';
import type { Aws } from '../session.ts';
import { ARRIVING, deliveriesAfter } from './deliveries-after.ts';
import { placeOfLogBucket } from './delivery-state.ts';
import type { Fix } from './fix.ts';
import { fixingOf } from './fixing.ts';
import { readKeyMetadata, readKeyPolicy } from './key-state.ts';
import { readSettings, type Seat, seatOfTrail } from './trail-state.ts';

/** `PutKeyPolicy` where the key is, then `UpdateTrail(KmsKeyId)` where the trail is: two roles, two places. */
export const encryptTrail: Fix = {
  id: 'encrypt-trail',
  title: { en: 'Encrypt the log files with a KMS key', ko: '로그 파일을 KMS 키로 암호화하기' },
  needs: {
    read: [
      'cloudtrail:GetTrail',
      ...ARRIVING,
      'kms:DescribeKey',
      'kms:GetKeyPolicy',
      's3:GetBucketLocation',
    ],
  },
  writes: { trail: ['cloudtrail:UpdateTrail'], 'log-key': ['kms:PutKeyPolicy'] },

  async plan(target, aws) {
    const state = await read(seatOfTrail(target.subject), aws);
    return wasSeen(state) ? { seen: planEncryptTrail(target, target.subject, state.seen) } : state;
  },
  read,
  asCode: ({ after }: FixPlan) => [
    { tool: 'terraform', text: `kms_key_id = ${JSON.stringify(after.KmsKeyId)}` },
    { tool: 'cloudformation', text: `KMSKeyId: ${JSON.stringify(after.KmsKeyId)}` },
  ],
  later: deliveriesAfter,
};

/** The trail, the region of its bucket, and the configured key of that region with its policy. */
async function read(seat: Seat, aws: Aws): Promise<Reading<State>> {
  const settings = await readSettings(seat, aws);
  if (!wasSeen(settings)) return settings;
  const place = await placeOfLogBucket(String(settings.seen.S3BucketName), seat.account, aws);
  if (!wasSeen(place)) return place;
  const BucketRegion = place.seen?.region ?? null;
  const key = fixingOf(aws).trailKeys.find((arn) => keyIn(arn)?.region === BucketRegion);
  const found = { ...settings.seen, BucketRegion, Key: key ?? null };
  if (!key) return { seen: found };
  const [metadata, policy] = await Promise.all([
    readKeyMetadata(key, aws),
    readKeyPolicy(key, aws),
  ]);
  if (!wasSeen(metadata)) return metadata;
  if (!wasSeen(policy)) return policy;
  return { seen: { ...found, ...metadata.seen, KeyPolicy: policy.seen } };
}
