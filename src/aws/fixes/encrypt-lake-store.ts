import type { FixPlan } from '../../core/fixes/fix.ts';
import type { State } from '../../core/fixes/plan.ts';
import { NO_STORE, planEncryption, storeOf } from '../../core/fixes/trails/lake-store.ts';
import { type Reading, wasSeen } from '../../core/reading.ts';
import type { Aws } from '../session.ts';
import type { Fix } from './fix.ts';
import { readStore, readStoreKey, STORE, STORE_KEY } from './store-state.ts';
import { together } from './trail-state.ts';

/** `UpdateEventDataStore(KmsKeyId)` with the key that the configuration names for the store's region. */
export const encryptLakeStore: Fix = {
  id: 'encrypt-lake-store',
  title: { en: 'Encrypt the store with your own key', ko: '저장소를 자체 키로 암호화하기' },
  needs: { read: [...STORE, ...STORE_KEY] },
  writes: { lake: ['cloudtrail:UpdateEventDataStore'] },
  withoutFinding: true,

  async plan(target, aws) {
    const place = storeOf(target.subject);
    if (!place) return { seen: NO_STORE };
    const state = await readStoreAndKey({ ...place, resource: target.subject }, aws);
    return wasSeen(state) ? { seen: planEncryption(target, state.seen) } : state;
  },
  read: readStoreAndKey,
  asCode: ({ after }) => [
    { tool: 'terraform', text: `kms_key_id = ${JSON.stringify(after.KmsKeyId)}` },
    { tool: 'cloudformation', text: `KmsKeyId: ${after.KmsKeyId}` },
  ],
};

function readStoreAndKey(
  seat: Pick<FixPlan, 'account' | 'region' | 'resource'>,
  aws: Aws,
): Promise<Reading<State>> {
  return together(readStore(seat, aws), readStoreKey(seat, aws));
}
