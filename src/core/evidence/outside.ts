import type { Plan } from '../questions/plan.ts';
import type { Known } from './match.ts';
import type { Gap } from './source.ts';

/**
 * Whoever asks for what was shared outside the organization hears where nobody could tell outside from
 * inside: every other account counted then. Where nothing was shared at all, that makes no difference.
 */
export function outsideUntold({ content }: Plan, { accounts }: Known, found: number): Gap[] {
  if (content?.kind !== 'shared-external' || accounts !== null || found === 0) return [];
  return [
    {
      account: '',
      region: '',
      reason:
        'the accounts of the organization are not known: every account other than its own was taken for one outside',
      ko: '조직의 계정 목록을 알 수 없어, 자기 계정이 아닌 모든 계정을 외부 계정으로 보았습니다',
    },
  ];
}
