import type { Language } from '../reader.ts';
import type { Plan, Verb } from './plan.ts';

/** What the slots of a plan are called, in both languages. */
export type EchoWords = {
  asks: Record<Exclude<Plan['asks'], 'who'>, string>;
  shape: Record<Plan['shape'], string>;
  verbs: Record<Verb, string>;
  actor: Record<NonNullable<Plan['actor']>['kind'], (value: string) => string>;
  outcome: Record<Exclude<Plan['outcome'], 'any'>, string>;
  content: Record<
    Exclude<NonNullable<Plan['content']>['kind'], 'port-open' | 'port-close' | 'parameter'>,
    string
  >;
  state: Record<NonNullable<Plan['state']>['property'], string>;
  rule(name: string): string;
  about: Record<NonNullable<Plan['about']>, string>;
  bytes: string;
  except(parts: string[]): string;
  slot: Record<Plan['groupBy'][number], string>;
  port(port: number | null, cidr: string | null): string;
  addresses(list: string): string;
  via(list: string): string;
  per(list: string): string;
  more(count: number): string;
  lastDays(days: number): string;
  assumed: string;
  accounts(count: number | undefined): string;
  account(list: string): string;
  allRegions: string;
  reads: string;
  writes: string;
  oldest: string;
  /** Between several actors of whom any may have acted. */
  either: string;
  atLeast: (count: number) => string;
  /** No more rows or groups than these. */
  most: (count: number) => string;
  firstOnly: string;
  lastOnly: string;
};

export const ECHO_WORDS: Record<Language, EchoWords> = {
  en: {
    shape: {
      search: 'who',
      count: 'how many',
      event: 'event',
      state: 'how it is now',
      cause: 'which change broke the rule',
      detect: 'unusual activity',
      coverage: 'what is recorded and seen',
    },
    asks: {
      what: 'what',
      when: 'when',
      where: 'where from',
      why: 'why',
      how: 'how',
      whether: 'whether',
    },
    verbs: {
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
    actor: {
      name: (value) => `by ${value}`,
      email: (value) => `by ${value}`,
      arn: (value) => `by ${value}`,
      role: (value) => `by role ${value}`,
      'access-key': (value) => `with key ${value}`,
      service: (value) => `by service ${value}`,
      root: () => 'by root',
      instance: (value) => `with the role of ${value}`,
    },
    outcome: { ok: 'succeeded', denied: 'denied', throttled: 'throttled', failed: 'failed' },
    content: {
      public: 'made public',
      'shared-external': 'shared with other accounts',
      'no-mfa': 'without MFA',
      'admin-grant': 'giving every right',
      'no-final-snapshot': 'without a final snapshot',
      'cross-account': 'across accounts',
    },
    state: {
      public: 'open to everybody now',
      'open-to-world': 'open to the whole internet now',
      unencrypted: 'not encrypted now',
      noncompliant: 'breaking rules of AWS Config now',
      versioning: 'versioning now',
      configuration: 'configuration now',
    },
    rule: (name) => `rule ${name}`,
    about: {
      trails: 'which accounts are recorded',
      history: 'how far back can be searched',
      'data-events': 'whether data events are recorded',
      accounts: 'which accounts cannot be seen',
      'last-search': 'what was searched for the last answer',
    },
    bytes: 'bytes sent out',
    except: (parts) => `except ${parts.join(', ')}`,
    slot: {
      actor: 'person',
      account: 'account',
      region: 'region',
      event: 'event',
      address: 'address',
      day: 'day',
      hour: 'hour',
      source: 'service',
      resource: 'resource',
      error: 'error',
      via: 'way',
    },
    port: (port, cidr) =>
      [port === null ? 'any port' : `port ${port}`, cidr === null ? '' : `to ${cidr}`]
        .filter((part) => part !== '')
        .join(' '),
    addresses: (list) => `from ${list}`,
    via: (list) => `via ${list}`,
    per: (list) => `per ${list}`,
    more: (count) => `and ${count} more`,
    lastDays: (days) => `last ${days} ${days === 1 ? 'day' : 'days'}`,
    assumed: 'assumed',
    accounts: (count) =>
      count === undefined ? 'all accounts' : count === 1 ? '1 account' : `${count} accounts`,
    account: (list) => `account ${list}`,
    allRegions: 'all regions',
    reads: 'reads only',
    writes: 'changes only',
    oldest: 'oldest first',
    either: ' or ',
    atLeast: (count) => `${count} or more`,
    most: (count) => `${count} at most`,
    firstOnly: 'the first only',
    lastOnly: 'the latest only',
  },
  ko: {
    shape: {
      search: '누가',
      count: '몇 건',
      event: '이벤트',
      state: '현재 상태',
      cause: '위반을 만든 변경',
      detect: '이상 활동',
      coverage: '기록과 조회 범위',
    },
    asks: {
      what: '무엇을',
      when: '언제',
      where: '어디서',
      why: '왜',
      how: '어떻게',
      whether: '있었는지',
    },
    verbs: {
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
      assume: '역할 사용',
      use: '사용',
    },
    actor: {
      name: (value) => `행위자 ${value}`,
      email: (value) => `행위자 ${value}`,
      arn: (value) => `행위자 ${value}`,
      role: (value) => `역할 ${value}의 행위`,
      'access-key': (value) => `키 ${value} 사용`,
      service: (value) => `서비스 ${value}의 행위`,
      root: () => '루트의 행위',
      instance: (value) => `${value}의 역할로 한 행위`,
    },
    outcome: { ok: '성공', denied: '거부됨', throttled: '호출 제한', failed: '실패' },
    content: {
      public: '퍼블릭으로',
      'shared-external': '다른 계정에 공유',
      'no-mfa': 'MFA 없이',
      'admin-grant': '모든 권한 부여',
      'no-final-snapshot': '최종 스냅샷 없이',
      'cross-account': '계정 경계를 넘어',
    },
    state: {
      public: '지금 퍼블릭인 것',
      'open-to-world': '지금 전체 인터넷에 열린 것',
      unencrypted: '지금 암호화되지 않은 것',
      noncompliant: '지금 AWS Config 규칙을 위반한 것',
      versioning: '지금 버저닝 상태',
      configuration: '지금 구성',
    },
    rule: (name) => `규칙 ${name}`,
    about: {
      trails: '기록되는 계정',
      history: '조회할 수 있는 기간',
      'data-events': '데이터 이벤트 기록 여부',
      accounts: '볼 수 없는 계정',
      'last-search': '지난 답에서 찾아본 범위',
    },
    bytes: '내보낸 바이트',
    except: (parts) => `${parts.join(', ')} 제외`,
    slot: {
      actor: '사람',
      account: '계정',
      region: '리전',
      event: '이벤트',
      address: '주소',
      day: '일',
      hour: '시간',
      source: '서비스',
      resource: '리소스',
      error: '오류',
      via: '방법',
    },
    port: (port, cidr) =>
      [cidr === null ? '' : `${cidr}에`, port === null ? '모든 포트' : `${port}번 포트`]
        .filter((part) => part !== '')
        .join(' '),
    addresses: (list) => `주소 ${list}`,
    via: (list) => `${list} 경유`,
    per: (list) => `${list}별`,
    more: (count) => `외 ${count}개`,
    lastDays: (days) => `최근 ${days}일`,
    assumed: '가정',
    accounts: (count) => (count === undefined ? '모든 계정' : `계정 ${count}개`),
    account: (list) => `계정 ${list}`,
    allRegions: '모든 리전',
    reads: '조회만',
    writes: '변경만',
    oldest: '오래된 순',
    either: ' 또는 ',
    atLeast: (count) => `${count}건 이상`,
    most: (count) => `최대 ${count}개`,
    firstOnly: '첫 번째만',
    lastOnly: '마지막만',
  },
};
