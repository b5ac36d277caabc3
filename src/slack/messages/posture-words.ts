import { count, number } from '../words.ts';

/** The words of the posture message, in both languages. */
export const WORDS = {
  en: {
    title: 'Audit trail posture',
    unlisted: ' · the accounts could not be listed, there may be others',
    failing: (findings: number, things: number) =>
      `🔴 ${count(findings, 'finding')} to mend, in ${count(things, 'place')}`,
    sound: '✅ Nothing fails: the audit trail is sound',
    nothingSeenFails: '🟡 Nothing to mend in what I could see, but I could not see everything',
    nothingElse: '🟡 Nothing to mend but what was accepted for a time',
    blind: '⚪ I could see no account at all, so I cannot say whether anything is wrong',
    recorded: (n: number, of: number) =>
      `Management events: ${number(n)} of ${count(of, 'account')} fully recorded`,
    gaps: (n: number) => `; ${count(n, 'gap')}: `,
    missing: (n: number, of: number) =>
      n === of ? 'no region recorded' : `${n} of ${count(of, 'region')} not recorded`,
    unseenGap: 'not visible',
    andMore: (n: number) => ` and ${number(n)} more`,
    worst: 'The worst: ',
    accepted: '🤝 Accepted for a time (still wrong)',
    excepted: (n: number) => `${number(n)} accepted`,
    inFull: 'Each of them in full: what was found, since when, and what to do',
    unseenCount: (n: number) => `${count(n, 'check')} could not be judged`,
    unseen: (checks: number, accounts: number) =>
      `⚪ Not visible: ${count(checks, 'check')} could not be judged${accounts > 0 ? `, ${count(accounts, 'account')} not at all` : ''}`,
    checks: (n: number) => count(n, 'check'),
    broke: 'the check broke: ',
    forExample: 'for example: ',
    noReason: 'no reason was given',
    only: 'Only ',
    more: (n: number, inThread: boolean) => `and ${n} more${inThread ? ', in the thread' : ''}`,
    map: 'Map: ',
    readAnew: (n: number, of: number) => `Read anew: ${number(n)} of ${count(of, 'account')}`,
    resumed: (n: number) => `${number(n)} from the scan that broke off`,
    unchanged: (n: number) => `${number(n)} unchanged, as Config proves`,
    keptFrom: 'since ',
    totals: (pass: number, na: number, hidden: number, broke: number) =>
      `Checks: ${number(pass)} passed · ${number(na)} not applicable · ${number(hidden)} not visible · ${number(broke)} errors`,
    effort: (calls: string, seconds: string) => `${calls} API calls in ${seconds} s`,
    mappedBy: (who: string) =>
      `Mapped by ${who}. A mapping says where to look; it is no proof of compliance.`,
    passing: 'Passing: ',
    notApplicable: 'Not applicable: ',
    notJudged: 'Not judged by this scan: ',
    byThing: 'What was found, since when, and what to do: /trail posture',
    status: {
      PASS: 'pass',
      FAIL: '❌ fail',
      NOT_APPLICABLE: 'not applicable',
      NOT_VISIBLE: '⚪ not visible',
      ERROR: '⚪ error',
    },
  },
  ko: {
    title: '트레일 점검',
    unlisted: ' · 계정 목록을 읽지 못해 다른 계정이 더 있을 수 있습니다',
    failing: (findings: number, things: number) =>
      `🔴 고쳐야 할 항목 ${number(findings)}건, ${number(things)}곳`,
    sound: '✅ 문제 없음: 트레일을 믿을 수 있습니다',
    nothingSeenFails: '🟡 볼 수 있었던 범위에서는 고칠 것이 없지만, 보지 못한 곳이 있습니다',
    nothingElse: '🟡 한시적으로 수용한 항목 외에는 고칠 것이 없습니다',
    blind: '⚪ 어떤 계정도 볼 수 없어 문제가 있는지 말할 수 없습니다',
    recorded: (n: number, of: number) =>
      `관리 이벤트: 계정 ${number(of)}개 중 ${number(n)}개가 모두 기록됨`,
    gaps: (n: number) => `; 빈틈 ${number(n)}곳: `,
    missing: (n: number, of: number) =>
      n === of ? '기록되는 리전 없음' : `리전 ${of}개 중 ${n}개가 기록 안 됨`,
    unseenGap: '보이지 않음',
    andMore: (n: number) => ` 외 ${number(n)}개`,
    worst: '가장 심각한 항목: ',
    accepted: '🤝 한시적으로 수용한 항목 (문제는 그대로)',
    excepted: (n: number) => `수용 ${number(n)}`,
    inFull: '항목별 상세: 확인한 내용, 언제부터인지, 할 일',
    unseenCount: (n: number) => `판단하지 못한 점검 ${number(n)}건`,
    unseen: (checks: number, accounts: number) =>
      `⚪ 보이지 않음: 판단하지 못한 점검 ${number(checks)}건${accounts > 0 ? `, 전혀 볼 수 없는 계정 ${number(accounts)}개` : ''}`,
    checks: (n: number) => `점검 ${number(n)}건`,
    broke: '점검 오류: ',
    forExample: '예: ',
    noReason: '이유를 알 수 없음',
    only: '범위: ',
    more: (n: number, inThread: boolean) =>
      inThread ? `그 외 ${n}건은 스레드에 이어집니다` : `그 외 ${n}건이 더 있습니다`,
    map: '지도: ',
    readAnew: (n: number, of: number) => `새로 읽은 계정 ${number(of)}개 중 ${number(n)}개`,
    resumed: (n: number) => `중단된 점검에서 이어받은 계정 ${number(n)}개`,
    unchanged: (n: number) => `Config로 변경이 없음을 확인한 계정 ${number(n)}개`,
    keptFrom: '기준 시점 ',
    totals: (pass: number, na: number, hidden: number, broke: number) =>
      `점검 결과: 통과 ${number(pass)} · 해당 없음 ${number(na)} · 보이지 않음 ${number(hidden)} · 오류 ${number(broke)}`,
    effort: (calls: string, seconds: string) => `API 호출 ${calls}회, ${seconds}초`,
    mappedBy: (who: string) =>
      `매핑 출처: ${who}. 매핑은 어디를 봐야 하는지 알려 줄 뿐, 준수의 증명이 아닙니다.`,
    passing: '통과: ',
    notApplicable: '해당 없음: ',
    notJudged: '이번 점검에서 판단하지 않음: ',
    byThing: '확인한 내용, 언제부터인지, 할 일: /trail posture',
    status: {
      PASS: '통과',
      FAIL: '❌ 실패',
      NOT_APPLICABLE: '해당 없음',
      NOT_VISIBLE: '⚪ 보이지 않음',
      ERROR: '⚪ 오류',
    },
  },
};
