import type { Language } from '../reader.ts';
import { resourceType } from './catalogue.ts';
import type { Plan, Verb } from './plan.ts';

/**
 * What will be searched, in one line, made from the plan alone:
 * `who · deleted, terminated · i-0abc · last 90 days · 42 accounts · all regions`.
 * The number of accounts is said when it is known.
 */
export function echo(plan: Plan, language: Language, accounts?: number): string {
  const en = language === 'en';
  const parts = [
    plan.shape === 'count'
      ? en
        ? 'how many'
        : '몇 건'
      : plan.shape === 'event'
        ? en
          ? 'event'
          : '이벤트'
        : en
          ? 'who'
          : '누가',
    plan.verbs.map((verb) => VERB_WORDS[language][verb]).join(', '),
    [plan.resourceType && resourceType(plan.resourceType)?.[language], ...plan.resources]
      .filter(Boolean)
      .join(' '),
    plan.eventNames.length > 0 && plan.eventNames.length <= 4 ? plan.eventNames.join(', ') : '',
    plan.actor
      ? en
        ? `by ${plan.actor.kind} ${plan.actor.value}`
        : `행위자 ${plan.actor.kind} ${plan.actor.value}`
      : '',
    span(plan, en),
    plan.accounts === 'all'
      ? accounts === undefined
        ? en
          ? 'all accounts'
          : '모든 계정'
        : en
          ? `${accounts} accounts`
          : `계정 ${accounts}개`
      : plan.accounts.join(', '),
    plan.regions === 'all' ? (en ? 'all regions' : '모든 리전') : plan.regions.join(', '),
  ];
  return parts.filter((part) => part !== '').join(' · ');
}

function span({ time }: Plan, en: boolean): string {
  const days = (Date.parse(time.to) - Date.parse(time.from)) / 86_400_000;
  if (time.assumed && days === 90) return en ? 'last 90 days' : '최근 90일';
  return `${time.from} – ${time.to}`;
}

const VERB_WORDS: Record<Language, Record<Verb, string>> = {
  en: {
    delete: 'deleted, terminated',
    stop: 'stopped, disabled',
    start: 'started, enabled',
    reboot: 'rebooted',
    create: 'created',
    change: 'changed',
    attach: 'attached, granted',
    detach: 'detached, revoked',
    open: 'opened',
    close: 'closed',
    share: 'shared',
    read: 'read',
    'sign-in': 'signed in',
    assume: 'assumed',
    use: 'used',
  },
  ko: {
    delete: '삭제·종료',
    stop: '중지·비활성화',
    start: '시작·활성화',
    reboot: '재부팅',
    create: '생성',
    change: '변경',
    attach: '연결·부여',
    detach: '분리·회수',
    open: '개방·공개',
    close: '차단',
    share: '공유',
    read: '조회',
    'sign-in': '로그인',
    assume: '역할 전환',
    use: '사용',
  },
};
