import type { FixState } from '../core/fixes/fix.ts';
import type { Line } from '../core/prose.ts';
import type { Language } from '../core/reader.ts';

const quoted = (quote: string, max = 160) => ({ quote, max });

/** The words around a plan; labels are padded to one column. */
export type FixWords = {
  planOf: (fix: string, riskClass: string) => Line;
  forFinding: (finding: string) => Line;
  where: (account: string, region: string) => Line;
  resource: string;
  changes: string;
  calls: string;
  wayBack: string;
  noWayBack: string;
  feltBy: string;
  accounts: (n: number) => string;
  stays: string;
  noReturn: string;
  cost: string;
  volumeUnknown: (unitPrice: string) => string;
  monthly: (usd: string) => string;
  approval: string;
  approvedBy: (group: string, needed: number) => Line;
  approversUnknown: string;
  hash: string;
  asCode: string;
  codeInstead: string;
  nothingChanged: string;
  inSlackOnly: string;
  askWith: (finding: string) => string;
  noSuchFinding: (finding: string) => Line;
  notOpen: (finding: string, status: string) => Line;
  accepted: (finding: string, until: string, owner: string, reason: string) => Line;
  noFix: (finding: string, check: string) => Line;
  unread: string;
  noPlan: (kind: string) => string;
  noFixes: string;
  given: (given: number, needed: number) => string;
  wayBackOf: (fix: string) => string;
  listed: (account: string, who: string) => Line;
  states: Record<FixState, string>;
};

export const FIX_WORDS: Record<Language, FixWords> = {
  en: {
    planOf: (fix, riskClass) => [{ strong: `Plan of ${fix}` }, ` (class ${riskClass})`],
    forFinding: (finding) => [', for finding ', quoted(finding)],
    where: (account, region) => [
      'Where     account ',
      quoted(account),
      ', region ',
      quoted(region),
    ],
    resource: 'Resource  ',
    changes: 'Changes   ',
    calls: 'Calls     ',
    wayBack: 'Way back  ',
    noWayBack: 'none',
    feltBy: 'Felt by   ',
    accounts: (n) => ` (${n} accounts)`,
    stays: 'Stays     ',
    noReturn: 'No return ',
    cost: 'Cost      ',
    volumeUnknown: (unitPrice) => `${unitPrice}, volume unknown`,
    monthly: (usd) => `about ${usd} USD a month`,
    approval: 'Approval  ',
    approvedBy: (group, needed) => [
      needed === 1 ? 'one member of ' : `${needed} different members of `,
      quoted(group),
      ', never the requester',
    ],
    approversUnknown: 'by people whom I could not find out',
    hash: 'Hash      ',
    asCode: 'As code',
    codeInstead: 'What to change instead',
    nothingChanged: 'Nothing has been changed. To ask for it: ',
    inSlackOnly: 'the same command with --request, or /trail fix in Slack',
    askWith: (finding) => `trailwarden fix ${finding} --request, or in Slack /trail fix ${finding}`,
    noSuchFinding: (finding) => [
      'No finding ',
      quoted(finding),
      ' in the last scan. `trailwarden posture` lists them.',
    ],
    notOpen: (finding, status) => [
      'Finding ',
      quoted(finding),
      ` is ${status}: there is nothing to fix.`,
    ],
    accepted: (finding, until, owner, reason) => [
      'Finding ',
      quoted(finding),
      ' is accepted until ',
      quoted(until),
      ' by ',
      quoted(owner),
      ' (',
      quoted(reason, 300),
      '): take the exception back first.',
    ],
    noFix: (finding, check) => [
      `This version has no fix for ${check} (finding `,
      quoted(finding),
      '), or its fix role is not configured (aws.fixRoles).',
    ],
    unread: 'The state could not be read, so no plan can be made: ',
    noPlan: (kind) => `No plan: ${kind}.`,
    noFixes: 'No fix has been asked for yet. trailwarden fix <finding> shows a plan.',
    given: (given, needed) => ` (${given} of ${needed} approvals)`,
    wayBackOf: (fix) => `way back of ${fix}`,
    listed: (account, who) => [' in ', quoted(account), '  by ', quoted(who)],
    states: {
      proposed: 'proposed',
      approved: 'approved',
      claimed: 'claimed',
      applying: 'applying',
      applied: 'applied',
      failed: 'failed',
      stale: 'stale',
      expired: 'expired',
      cancelled: 'cancelled',
      'rolled-back': 'rolled-back',
    },
  },
  ko: {
    planOf: (fix, riskClass) => [{ strong: `${fix} 계획` }, ` (등급 ${riskClass})`],
    forFinding: (finding) => [', 대상 항목 ', quoted(finding)],
    where: (account, region) => ['위치      계정 ', quoted(account), ', 리전 ', quoted(region)],
    resource: '리소스    ',
    changes: '변경      ',
    calls: '호출      ',
    wayBack: '되돌리기  ',
    noWayBack: '없음',
    feltBy: '영향      ',
    accounts: (n) => ` (계정 ${n}개)`,
    stays: '그대로    ',
    noReturn: '복구 불가 ',
    cost: '비용      ',
    volumeUnknown: (unitPrice) => `${unitPrice}, 양은 알 수 없음`,
    monthly: (usd) => `월 약 ${usd} USD`,
    approval: '승인      ',
    approvedBy: (group, needed) => [
      quoted(group),
      `의 구성원 ${needed}명. 요청자는 승인할 수 없습니다`,
    ],
    approversUnknown: '누가 승인할 수 있는지 확인하지 못했습니다',
    hash: '해시      ',
    asCode: '코드로는',
    codeInstead: '대신 바꿀 내용',
    nothingChanged: '아직 아무것도 바꾸지 않았습니다. 요청하려면: ',
    inSlackOnly: '같은 명령에 --request를 붙이거나 Slack에서 /trail fix',
    askWith: (finding) =>
      `trailwarden fix ${finding} --request 또는 Slack에서 /trail fix ${finding}`,
    noSuchFinding: (finding) => [
      '마지막 점검에 없는 항목입니다: ',
      quoted(finding),
      '. 목록: `trailwarden posture`',
    ],
    notOpen: (finding, status) => [
      '고칠 것이 없는 항목입니다: ',
      quoted(finding),
      ` (현재 ${status})`,
    ],
    accepted: (finding, until, owner, reason) => [
      '한시적으로 수용한 항목입니다: ',
      quoted(finding),
      ' (',
      quoted(until),
      '까지, 담당 ',
      quoted(owner),
      ', ',
      quoted(reason, 300),
      '). 먼저 예외를 거두세요.',
    ],
    noFix: (finding, check) => [
      `이 버전에는 ${check}의 수정이 없거나 수정용 역할이 설정되지 않았습니다(aws.fixRoles): `,
      quoted(finding),
    ],
    unread: '상태를 읽지 못해 계획을 만들 수 없습니다: ',
    noPlan: (kind) => `계획 없음: ${kind}`,
    noFixes: '아직 요청된 수정이 없습니다. trailwarden fix <finding>으로 계획을 볼 수 있습니다.',
    given: (given, needed) => ` (승인 ${needed}건 중 ${given}건)`,
    wayBackOf: (fix) => `${fix} 되돌리기`,
    listed: (account, who) => [', 계정 ', quoted(account), '  요청자 ', quoted(who)],
    states: {
      proposed: '승인 대기',
      approved: '승인됨',
      claimed: '재확인 중',
      applying: '적용 중',
      applied: '적용됨',
      failed: '실패',
      stale: '계획과 달라짐',
      expired: '만료됨',
      cancelled: '거절됨',
      'rolled-back': '되돌림',
    },
  },
};
