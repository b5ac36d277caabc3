/** What the states of a fix are called, with a mark beside the word. */
import type { FixState } from '../../core/fixes/fix.ts';
import type { Language } from '../../core/reader.ts';
import { sentence } from '../render.ts';

const STATES: Record<FixState, { mark: string; en: string; ko: string }> = {
  proposed: { mark: '📝', en: 'waiting for approval', ko: '승인 대기' },
  approved: { mark: '👍', en: 'approved', ko: '승인됨' },
  claimed: { mark: '⏳', en: 'being checked again', ko: '다시 확인 중' },
  applying: { mark: '⏳', en: 'being applied', ko: '적용 중' },
  applied: { mark: '✅', en: 'applied and verified', ko: '적용 및 확인됨' },
  failed: { mark: '❌', en: 'failed', ko: '실패' },
  stale: { mark: '⚪', en: 'stopped, because the state had changed', ko: '상태가 바뀌어 중단됨' },
  expired: { mark: '⌛', en: 'expired', ko: '만료됨' },
  cancelled: { mark: '🚫', en: 'declined', ko: '거절됨' },
  'rolled-back': { mark: '✅', en: 'rolled back', ko: '되돌림' },
};

/** The word for a state; a state that we do not know is shown as it stands. */
export function stateWords(state: string, language: Language): string {
  return isState(state) ? STATES[state][language] : sentence(state, 40);
}

export function stateMark(state: FixState): string {
  return STATES[state].mark;
}

function isState(state: string): state is FixState {
  return Object.hasOwn(STATES, state);
}
