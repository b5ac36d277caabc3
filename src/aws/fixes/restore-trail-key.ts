import { trailsNamedIn } from '../../core/fixes/buckets/named-trails.ts';
import type { FixPlan } from '../../core/fixes/fix.ts';
import { letsCloudTrailIn } from '../../core/fixes/keys/key-policy.ts';
import { planRestoreTrailKey } from '../../core/fixes/keys/restore-trail-key.ts';
import type { State } from '../../core/fixes/plan.ts';
import { type Reading, wasSeen } from '../../core/reading.ts';
import type { Aws } from '../session.ts';
import { ARRIVING } from './deliveries-after.ts';
import { arrivesForAll } from './deliveries-of-bucket.ts';
import type { Fix } from './fix.ts';
import { keyOfTarget, readKeyMetadata, readKeyPolicy } from './key-state.ts';

/** `CancelKeyDeletion`, then `EnableKey`, in the account of the key. */
export const restoreTrailKey: Fix = {
  id: 'restore-trail-key',
  title: { en: 'Bring the key of the trail back', ko: '트레일의 키 되살리기' },
  needs: { read: [...ARRIVING, 'kms:DescribeKey', 'kms:GetKeyPolicy'] },
  writes: { 'log-key': ['kms:CancelKeyDeletion', 'kms:EnableKey'] },

  async plan(target, aws) {
    const key = await keyOfTarget(target, aws);
    if (!wasSeen(key)) return key;
    const state = await read({ resource: key.seen }, aws);
    return wasSeen(state) ? { seen: planRestoreTrailKey(target, key.seen, state.seen) } : state;
  },
  read,
  asCode: () => [
    { tool: 'terraform', text: 'is_enabled = true' },
    { tool: 'cloudformation', text: 'Enabled: true' },
  ],

  async later({ resource: key }, applied, aws) {
    const policy = await readKeyPolicy(key, aws);
    if (!wasSeen(policy)) return policy;
    // A policy of patterns names no trail whose deliveries could be waited for.
    const trails = trailsNamedIn(policy.seen);
    return trails.length > 0 ? arrivesForAll(trails, applied, aws) : { seen: undefined };
  },
};

/** What the key is, and whether CloudTrail could use it once it is enabled. */
async function read(
  { resource: key }: Pick<FixPlan, 'resource'>,
  aws: Aws,
): Promise<Reading<State>> {
  const [metadata, policy] = await Promise.all([
    readKeyMetadata(key, aws),
    readKeyPolicy(key, aws),
  ]);
  if (!wasSeen(metadata)) return metadata;
  if (!wasSeen(policy)) return policy;
  return { seen: { ...metadata.seen, LetsCloudTrailIn: letsCloudTrailIn(policy.seen) } };
}
