import {
  type Exception,
  type Finding,
  type ScannedAccount,
  severityRank,
} from '../posture/finding.ts';
import type { Line, Prose } from '../prose.ts';
import type { Language } from '../reader.ts';
import { hasNews, putOff, reminders, runningOut } from './compose.ts';
import type { Digest } from './digest.ts';

/** How many findings or accounts a part of the digest names; the rest is counted. */
const NAMED = 8;

/** The digest as prose; one line when there is no news. Null: there has been no scan yet. */
export function tellDigest(digest: Digest | null, language: Language): Prose {
  const words = WORDS[language];
  if (!digest) return [[words.noScan]];

  const head: Line = [
    { strong: words.title },
    ' · ',
    { quote: digest.organization },
    ...(digest.simulated ? [` (${words.simulated})`] : []),
    ' · ',
    { at: digest.scannedAt },
  ];
  if (digest.accounts.of > 0 && digest.accounts.visible === 0)
    return [[...head, ': ', words.blind]];
  if (!hasNews(digest)) return [[...head, ': ', words.noNews(digest)]];
  return [
    [
      ...head,
      ' · ',
      ...(digest.previousAt ? [words.since, { at: digest.previousAt }] : [words.first]),
    ],
    [words.summary(digest)],
    ...part(words.new, digest.new, digest, language),
    ...part(words.regressed, digest.regressed, digest, language),
    ...part(words.noLongerAccepted, digest.noLongerAccepted, digest, language),
    ...part(words.fixed, digest.fixed, digest, language),
    ...part(words.stillOpen, reminders(digest), digest, language),
    ...part(words.runningOut, runningOut(digest), digest, language),
    ...part(words.notVisible, digest.notVisible, digest, language),
    ...unseen(digest.unseenAccounts, language),
  ];
}

/** One finding in one line: whether it holds, how grave, what, where, in which account, and its id to ask further with. */
function tellFinding(finding: Finding, { ledger }: Digest, language: Language): Line {
  const title = (language === 'ko' && finding.ko?.title) || finding.title;
  const words = WORDS[language];
  return [
    // The title says how it should be; without the status it would read as if it were so.
    `${finding.status} · ${words.severity[finding.severity]} · ${title} · `,
    { quote: finding.subject },
    ` · ${words.account} `,
    { quote: called(finding.owner, ledger) },
    ' · ',
    { quote: finding.id },
    ...(finding.exception
      ? [` · ${words.until(finding.exception)} `, { quote: finding.exception.owner, max: 60 }]
      : []),
  ];
}

/** `payments-prod (666677778888)`, or the bare number where there is no name for it. */
function called(id: string, ledger: Digest['ledger']): string {
  const name = ledger.find((account) => account.id === id)?.name;
  return name ? `${name} (${id})` : id;
}

function part(name: string, findings: Finding[], digest: Digest, language: Language): Prose {
  if (findings.length === 0) return [];
  const more = findings.length - NAMED;
  return [
    [{ strong: `${name} (${findings.length})` }],
    ...worstFirst(findings)
      .slice(0, NAMED)
      .map((finding): Line => ['• ', ...tellFinding(finding, digest, language)]),
    ...(more > 0 ? [[WORDS[language].more(more)]] : []),
  ];
}

function unseen(accounts: ScannedAccount[], language: Language): Prose {
  if (accounts.length === 0) return [];
  const words = WORDS[language];
  const more = accounts.length - NAMED;
  return [
    [{ strong: `${words.unseenAccounts} (${accounts.length})` }],
    ...accounts
      .slice(0, NAMED)
      .map(
        ({ id, name, reason }): Line => [
          '• ',
          { quote: name },
          ' ',
          { quote: id },
          ...(reason ? [': ', { quote: reason }] : []),
        ],
      ),
    ...(more > 0 ? [[words.more(more)]] : []),
  ];
}

function worstFirst(findings: Finding[]): Finding[] {
  return findings.toSorted(
    (a, b) => severityRank(a.severity) - severityRank(b.severity) || (a.id < b.id ? -1 : 1),
  );
}

const WORDS = {
  en: {
    title: 'Audit trail digest',
    simulated: 'simulated organization',
    noScan: 'There has been no scan yet, so there is nothing to compare. `posture` makes one.',
    blind: 'no account could be seen, so nothing can be said about what changed.',
    since: 'compared with ',
    first: 'the first scan, so everything open is new',
    noNews: (digest: Digest) => `nothing new. ${standing.en(digest)}`,
    summary: (digest: Digest) =>
      [
        `${digest.new.length} new`,
        `${digest.regressed.length} back again`,
        ...(digest.noLongerAccepted.length > 0
          ? [`${digest.noLongerAccepted.length} no longer accepted`]
          : []),
        `${digest.fixed.length} fixed`,
        standing.en(digest),
      ].join(', '),
    new: 'New',
    regressed: 'Back again',
    noLongerAccepted: 'No longer accepted: the exception is over',
    runningOut: 'Exceptions that run out within two weeks',
    fixed: 'Fixed',
    stillOpen: 'Still open',
    notVisible: 'Could not be judged',
    unseenAccounts: 'Accounts that could not be seen',
    account: 'account',
    until: ({ expires, expired }: Exception) =>
      expired ? `exception expired after ${expires}, owner` : `accepted until ${expires} by`,
    more: (count: number) => `and ${count} more`,
    severity: {
      critical: 'Critical',
      high: 'High',
      medium: 'Medium',
      low: 'Low',
      info: 'Note',
    },
  },
  ko: {
    title: '트레일 요약',
    simulated: '시뮬레이션 조직',
    noScan: '아직 스캔한 적이 없어 비교할 내용이 없습니다. `posture`로 스캔할 수 있습니다.',
    blind: '확인할 수 있는 계정이 하나도 없어 무엇이 바뀌었는지 말할 수 없습니다.',
    since: '비교 기준 ',
    first: '첫 스캔이므로 열려 있는 항목은 모두 신규입니다',
    noNews: (digest: Digest) => `새로운 변화가 없습니다. ${standing.ko(digest)}`,
    summary: (digest: Digest) =>
      [
        `신규 ${digest.new.length}건`,
        `재발 ${digest.regressed.length}건`,
        ...(digest.noLongerAccepted.length > 0
          ? [`예외 종료 ${digest.noLongerAccepted.length}건`]
          : []),
        `해결 ${digest.fixed.length}건`,
        standing.ko(digest),
      ].join(', '),
    new: '신규',
    regressed: '재발',
    noLongerAccepted: '예외가 끝나 다시 고쳐야 함',
    runningOut: '2주 안에 끝나는 예외',
    fixed: '해결됨',
    stillOpen: '미해결',
    notVisible: '판단할 수 없음',
    unseenAccounts: '확인하지 못한 계정',
    account: '계정',
    until: ({ expires, expired }: Exception) =>
      expired ? `예외가 ${expires} 이후 만료, 담당` : `${expires}까지 수용, 담당`,
    more: (count: number) => `외 ${count}건`,
    severity: { critical: '심각', high: '높음', medium: '중간', low: '낮음', info: '참고' },
  },
};

/** What stands, said in every digest: what could not be seen is never left out. */
const standing = {
  en: ({ stillOpen, accepted, notVisible, accounts }: Digest) =>
    `${stillOpen.length} still open, ${putOff({ stillOpen }) > 0 ? `${putOff({ stillOpen })} of them put off, ` : ''}${accepted.length > 0 ? `${accepted.length} accepted for a time, ` : ''}${notVisible.length} could not be judged; ${accounts.visible} of ${accounts.of} accounts seen`,
  ko: ({ stillOpen, accepted, notVisible, accounts }: Digest) =>
    `미해결 ${stillOpen.length}건, ${putOff({ stillOpen }) > 0 ? `그중 보류 ${putOff({ stillOpen })}건, ` : ''}${accepted.length > 0 ? `한시적 수용 ${accepted.length}건, ` : ''}판단 불가 ${notVisible.length}건, 계정 ${accounts.of}개 중 ${accounts.visible}개 확인`,
};
