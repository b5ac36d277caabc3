import { NO_STORE, planProtection, storeOf } from '../../core/fixes/trails/lake-store.ts';
import { wasSeen } from '../../core/reading.ts';
import type { Fix } from './fix.ts';
import { readStore, STORE } from './store-state.ts';

/** `UpdateEventDataStore(TerminationProtectionEnabled)` of a store of CloudTrail Lake. */
export const protectLakeStore: Fix = {
  id: 'protect-lake-store',
  title: { en: 'Protect the store from deletion', ko: '저장소를 삭제로부터 보호하기' },
  needs: { read: STORE },
  writes: { lake: ['cloudtrail:UpdateEventDataStore'] },

  async plan(target, aws) {
    const place = storeOf(target.subject);
    if (!place) return { seen: NO_STORE };
    const state = await readStore({ ...place, resource: target.subject }, aws);
    return wasSeen(state) ? { seen: planProtection(target, state.seen) } : state;
  },
  read: readStore,
  asCode: () => [
    { tool: 'terraform', text: 'termination_protection_enabled = true' },
    { tool: 'cloudformation', text: 'TerminationProtectionEnabled: true' },
  ],
};
