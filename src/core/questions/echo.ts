import { clock } from '../prose.ts';
import type { Language } from '../reader.ts';
import { resourceType } from './catalogue.ts';
import type { Plan, Verb } from './plan.ts';

/**
 * What will be searched, in one line, made from the plan alone so that it cannot lie about it:
 * `who · deleted, terminated · i-0abc · last 90 days · 42 accounts · all regions`. The number of
 * accounts is said when it is known. Names in it are hostile text: quote the whole line.
 */
export function echo(plan: Plan, language: Language, accounts?: number): string {
  const words = WORDS[language];
  const parts = [
    words.shape[plan.shape],
    plan.verbs.map((verb) => words.verbs[verb]).join(', '),
    thing(plan, language),
    // Without a kind of thing the verb stands for every such event, and the first few would mislead.
    plan.resourceType === null && plan.eventNames.length > 12
      ? ''
      : names(plan.eventNames, plan.verbs.length === 0 ? 8 : 3, words.more),
    plan.verbs.length + plan.eventNames.length === 0 ? names(plan.eventSources, 4, words.more) : '',
    plan.content ? content(plan.content, language) : '',
    plan.actor ? words.actor[plan.actor.kind](plan.actor.value) : '',
    plan.outcome === 'any' ? '' : words.outcome[plan.outcome],
    plan.addresses.length > 0 ? words.addresses(plan.addresses.join(', ')) : '',
    plan.via.length > 0 ? words.via(plan.via.join(', ')) : '',
    plan.readOnly === null ? '' : plan.readOnly ? words.reads : words.writes,
    plan.groupBy.length > 0
      ? words.per(plan.groupBy.map((slot) => words.slot[slot]).join(', '))
      : '',
    order(plan, language),
    time(plan, language),
    plan.accounts === 'all' ? words.accounts(accounts) : words.account(plan.accounts.join(', ')),
    plan.regions === 'all' ? words.allRegions : plan.regions.join(', '),
  ];
  return parts.filter((part) => part !== '').join(' · ');
}

function thing({ resourceType: id, resources, alsoResources }: Plan, language: Language): string {
  const type = id === null ? undefined : resourceType(id);
  return [
    type?.[language] ?? id ?? '',
    resources.join(', '),
    ...alsoResources.map((other) => `+ ${other}`),
  ]
    .filter((part) => part !== '')
    .join(' ');
}

function names(all: string[], most: number, more: (count: number) => string): string {
  if (all.length <= most) return all.join(', ');
  return `${all.slice(0, most - 1).join(', ')} ${more(all.length - most + 1)}`;
}

function content(asked: NonNullable<Plan['content']>, language: Language): string {
  const words = WORDS[language];
  switch (asked.kind) {
    case 'port-open':
    case 'port-close':
      return words.port(asked.port, asked.cidr);
    case 'parameter':
      return `${asked.name}=${asked.value ?? '…'}`;
    default:
      return words.content[asked.kind];
  }
}

function order({ order: by, limit, shape }: Plan, language: Language): string {
  const words = WORDS[language];
  if (shape !== 'search') return '';
  if (limit === 1) return by === 'oldest' ? words.firstOnly : words.lastOnly;
  return by === 'oldest' ? words.oldest : '';
}

const DAY = 24 * 60 * 60 * 1000;

function time({ time: { from, to, zone, assumed } }: Plan, language: Language): string {
  const words = WORDS[language];
  const days = (Date.parse(to) - Date.parse(from)) / DAY;
  if (assumed && Number.isInteger(days)) return words.lastDays(days);
  const [start, end] = [wall(from, zone), wall(to, zone)];
  return `${start.minute} – ${end.minute} ${start.zone}`;
}

/** `2026-11-20 14:32` and `KST`. */
function wall(instant: string, zone: string): { minute: string; zone: string } {
  const [date = '', hours = '', name = ''] = clock(instant, zone).split(' ');
  return { minute: `${date} ${hours.slice(0, 5)}`, zone: name };
}

type Words = {
  shape: Record<Plan['shape'], string>;
  verbs: Record<Verb, string>;
  actor: Record<NonNullable<Plan['actor']>['kind'], (value: string) => string>;
  outcome: Record<Exclude<Plan['outcome'], 'any'>, string>;
  content: Record<
    'public' | 'shared-external' | 'no-mfa' | 'admin-grant' | 'no-final-snapshot' | 'cross-account',
    string
  >;
  slot: Record<Plan['groupBy'][number], string>;
  port(port: number | null, cidr: string | null): string;
  addresses(list: string): string;
  via(list: string): string;
  per(list: string): string;
  more(count: number): string;
  lastDays(days: number): string;
  accounts(count: number | undefined): string;
  account(list: string): string;
  allRegions: string;
  reads: string;
  writes: string;
  oldest: string;
  firstOnly: string;
  lastOnly: string;
};

const WORDS: Record<Language, Words> = {
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
    lastDays: (days) => `last ${days} days`,
    accounts: (count) =>
      count === undefined ? 'all accounts' : count === 1 ? '1 account' : `${count} accounts`,
    account: (list) => `account ${list}`,
    allRegions: 'all regions',
    reads: 'reads only',
    writes: 'changes only',
    oldest: 'oldest first',
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
    accounts: (count) => (count === undefined ? '모든 계정' : `계정 ${count}개`),
    account: (list) => `계정 ${list}`,
    allRegions: '모든 리전',
    reads: '조회만',
    writes: '변경만',
    oldest: '오래된 순',
    firstOnly: '첫 번째만',
    lastOnly: '마지막만',
  },
};
