import { type Line, plain } from '../prose.ts';
import type { Language } from '../reader.ts';
import { type Unread, unreadIn } from './unread.ts';

/**
 * Why a worker stopped, or what it found behind its calls. It stands in the record as a value, so that
 * everybody reads it in their own language; what AWS answered stays in AWS's words and is none of these.
 */
export type Why =
  /** Somebody pulled the kill switch; `at` is ISO 8601 UTC. */
  | { kind: 'fixes-stopped'; by: string; at: string; reason: string | null }
  /** A change freeze of the configuration; `until` is ISO 8601 UTC, null where no end is in sight. */
  | { kind: 'frozen'; until: string | null; reason: string }
  | ({ kind: 'approvers-unread' | 'approver-unread' | 'state-unread' } & Unread)
  | { kind: 'too-few-approvals'; valid: number; needed: number }
  | { kind: 'approver-left'; name: string }
  | { kind: 'unconfirmed'; name: string }
  | { kind: keyof typeof PLAIN };

/** What needs no names, in both languages. */
const PLAIN = {
  'plan-exchanged': {
    en: 'the plan is not the one that was approved',
    ko: '승인된 계획과 다른 계획입니다',
  },
  'plan-outdated': {
    en: 'it was planned by an earlier version, which did not bound the role that it makes; ask for the fix anew',
    ko: '이전 버전이 만든 계획이며 새로 만들 역할에 권한 경계가 없습니다. 수정을 다시 요청해 주세요',
  },
  'claim-ending': {
    en: 'the claim was about to end before the call could be sent',
    ko: '호출을 보내기 전에 작업 시간이 끝나 가고 있었습니다',
  },
  'not-taken-up': {
    en: 'nobody took the approved fix up in time',
    ko: '승인된 수정을 제때 시작한 프로세스가 없었습니다',
  },
  'gone-before-sending': {
    en: 'the worker stopped before anything was sent',
    ko: '아무것도 보내기 전에 작업 프로세스가 멈췄습니다',
  },
  'gone-before-change': {
    en: 'the worker stopped before the change was made',
    ko: '바꾸기 전에 작업 프로세스가 멈췄습니다',
  },
  'gone-between-calls': {
    en: 'the worker stopped after a part of the change was made',
    ko: '일부만 바꾼 뒤에 작업 프로세스가 멈췄습니다',
  },
  'gone-between-parts': {
    en: 'the worker stopped before all parts were begun',
    ko: '모든 대상을 시작하기 전에 작업 프로세스가 멈췄습니다',
  },
  'neither-state': {
    en: 'the state is neither the old nor the planned one',
    ko: '지금 상태는 이전 상태도, 계획한 상태도 아닙니다',
  },
  'accepted-unchanged': {
    en: 'the call was accepted, but the state is still the old one',
    ko: '호출은 받아들여졌지만 상태는 이전 그대로입니다',
  },
  'undone-by-others': {
    en: 'what had been applied was undone by somebody else',
    ko: '적용한 내용을 다른 사람이 되돌렸습니다',
  },
  'changed-by-others': {
    en: 'it was changed by somebody else while the plan was being carried out',
    ko: '계획을 적용하는 동안 다른 사람이 바꿨습니다',
  },
  'mended-by-others': {
    en: 'it had been mended by somebody else already',
    ko: '다른 사람이 이미 고친 상태였습니다',
  },
} as const;

/** The sentence of a why, without its full stop. */
export function whyLine(why: Why, language: Language): Line {
  const korean = language === 'ko';
  switch (why.kind) {
    case 'fixes-stopped': {
      const by = { quote: why.by, max: 80 };
      const because: Line = why.reason === null ? [] : [': ', { quote: why.reason, max: 300 }];
      return korean
        ? [by, ' 님이 모든 수정을 중지했습니다 (', { at: why.at }, ')', ...because]
        : ['all fixes were stopped by ', by, ' at ', { at: why.at }, ...because];
    }
    case 'frozen': {
      const reason = { quote: why.reason, max: 300 };
      const until = why.until === null ? null : { at: why.until };
      return korean
        ? ['변경이 동결된 기간입니다. 해제: ', until ?? '미정', ', 사유: ', reason]
        : ['a change freeze holds ', ...(until ? ['until ', until] : [ENDLESS]), ': ', reason];
    }
    case 'approvers-unread':
    case 'approver-unread':
    case 'state-unread':
      return [UNREAD[why.kind][language], { quote: unreadIn(why, language), max: 300 }];
    case 'too-few-approvals':
      return korean
        ? [`유효한 승인이 ${why.needed}건 중 ${why.valid}건뿐입니다`]
        : [`${why.valid} of ${why.needed} approvals are valid`];
    case 'approver-left':
      return korean
        ? ['승인자가 더 이상 승인자 그룹에 없습니다: ', { quote: why.name, max: 80 }]
        : [
            'the approver ',
            { quote: why.name, max: 80 },
            ' is no longer in the group of approvers',
          ];
    case 'unconfirmed':
      return korean
        ? ['Slack 밖에서 확인되지 않은 승인입니다: ', { quote: why.name, max: 80 }]
        : ['the approval of ', { quote: why.name, max: 80 }, ' was not confirmed outside Slack'];
    default:
      return [PLAIN[why.kind][language]];
  }
}

const UNREAD = {
  'approvers-unread': {
    en: 'it could not be asked who may approve: ',
    ko: '누가 승인할 수 있는지 확인하지 못했습니다: ',
  },
  'approver-unread': {
    en: 'it could not be asked whether the approver still is one: ',
    ko: '승인자가 아직 승인자인지 확인하지 못했습니다: ',
  },
  'state-unread': {
    en: 'the state could not be read: ',
    ko: '상태를 읽지 못했습니다: ',
  },
};

const ENDLESS = 'with no end in sight';

/** As it is written into the audit, whose language is English. */
export const whyInEnglish = (why: Why): string => plain([whyLine(why, 'en')]);
