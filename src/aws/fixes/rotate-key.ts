import type { FixPlan } from '../../core/fixes/fix.ts';
import { planRotateKey } from '../../core/fixes/keys/rotate-key.ts';
import { wasSeen } from '../../core/reading.ts';
import type { Aws } from '../session.ts';
import type { Fix } from './fix.ts';
import { keyOfTarget, readKeyMetadata, readRotation } from './key-state.ts';
import { together } from './trail-state.ts';

/** `EnableKeyRotation`. */
export const rotateKey: Fix = {
  id: 'rotate-key',
  title: { en: 'Rotate the key every year', ko: '키를 매년 교체하기' },
  needs: { read: ['kms:DescribeKey', 'kms:GetKeyRotationStatus'] },
  writes: { 'log-key': ['kms:EnableKeyRotation', 'kms:DisableKeyRotation'] },
  withoutFinding: true,

  async plan(target, aws) {
    const key = await keyOfTarget(target, aws);
    if (!wasSeen(key)) return key;
    const state = await read({ resource: key.seen }, aws);
    return wasSeen(state) ? { seen: planRotateKey(target, key.seen, state.seen) } : state;
  },
  read,
  asCode: () => [
    { tool: 'terraform', text: 'enable_key_rotation = true' },
    { tool: 'cloudformation', text: 'EnableKeyRotation: true' },
  ],
};

function read({ resource: key }: Pick<FixPlan, 'resource'>, aws: Aws) {
  return together(readKeyMetadata(key, aws), readRotation(key, aws));
}
