/** How one finding is said in a line, in the posture report, in the digest and in a fix alike. */
import { type Finding, type ScannedAccount, severityRank } from '../../core/posture/finding.ts';
import type { Line } from '../../core/prose.ts';
import type { Reader } from '../../core/reader.ts';
import { partOf, wholeOf } from '../../core/report/thing.ts';
import { sentence } from '../render.ts';
import { severityWords } from '../words.ts';

/** As much of an account as a name needs. */
type Named = Pick<ScannedAccount, 'id' | 'name'>;

/** Worst first; then by owner and subject, so that two scans of one state read the same. */
export function worstFirst(findings: Finding[]): Finding[] {
  const key = (finding: Finding) => `${finding.owner} ${finding.subject} ${finding.id}`;
  return [...findings].sort(
    (a, b) => severityRank(a.severity) - severityRank(b.severity) || (key(a) < key(b) ? -1 : 1),
  );
}

/** One line for lists in which nothing can be pressed: severity, title, where. */
export function brief(finding: Finding, accounts: Named[], reader: Reader): Line {
  return [
    `${severityWords(finding.severity, reader.language)} · `,
    titled(finding, reader),
    ' · ',
    ...placeWords(finding, 100, accounts, reader),
    ...exceptionWords(finding, reader),
  ];
}

/** Until when somebody accepts it, or that this is over. */
function exceptionWords({ exception }: Finding, reader: Reader): Line {
  if (!exception) return [];
  const { over, until } = WORDS[reader.language];
  const [expires, owner] = [sentence(exception.expires, 20), sentence(exception.owner, 60)];
  return [` · ${exception.expired ? over(expires, owner) : until(expires, owner)}`];
}

/** What could not be judged: the title, where, and why. */
export function unjudged(finding: Finding, accounts: Named[], reader: Reader): Line {
  const { title, detail } = said(finding, reader);
  const why = finding.status === 'ERROR' ? WORDS[reader.language].broke : '';
  return [`${title} · `, ...accountWords(finding.owner, accounts), `: ${why}${detail}`];
}

/** What is wrong, and in whose account; an account that is itself wrong is named once. */
function placeWords(
  { subject, owner }: Finding,
  max: number,
  accounts: Named[],
  reader: Reader,
): Line {
  if (subject === owner) return accountWords(owner, accounts);
  const part = partOf(subject);
  return [
    { quote: wholeOf(subject), max },
    ...(part === null ? [] : [` → ${part}`]),
    WORDS[reader.language].in,
    ...accountWords(owner, accounts),
  ];
}

/** `payments-prod (666677778888)`, or the bare number of an account that we have no name for. */
export function accountWords(id: string, accounts: Named[]): Line {
  const account = accounts.find((it) => it.id === id);
  if (!account?.name) return [{ quote: id, max: 40 }];
  return [{ quote: account.name, max: 60 }, ` (${sentence(id, 20)})`];
}

/** `FAIL – Log file validation is off`: some titles say how it should be, and alone would read as if it were so. */
export function titled(finding: Finding, reader: Reader): string {
  return `${WORDS[reader.language].status[finding.status]} – ${said(finding, reader).title}`;
}

/** Title and detail in the reader's language, as running text. */
export function said(finding: Finding, { language }: Reader) {
  const { title, detail } = language === 'ko' && finding.ko ? finding.ko : finding;
  return { title: sentence(title, 200), detail: sentence(detail, 500) };
}

const WORDS = {
  en: {
    status: {
      FAIL: 'FAIL',
      PASS: 'PASS',
      NOT_APPLICABLE: 'not applicable',
      NOT_VISIBLE: 'not visible',
      ERROR: 'error',
    },
    in: ' in ',
    broke: 'the check broke: ',
    until: (expires: string, owner: string) => `accepted until ${expires} by ${owner}`,
    over: (expires: string, owner: string) => `exception of ${owner} expired after ${expires}`,
  },
  ko: {
    status: {
      FAIL: '실패',
      PASS: '통과',
      NOT_APPLICABLE: '해당 없음',
      NOT_VISIBLE: '보이지 않음',
      ERROR: '오류',
    },
    in: ' · 계정 ',
    broke: '점검 오류: ',
    until: (expires: string, owner: string) => `${expires}까지 수용, 담당 ${owner}`,
    over: (expires: string, owner: string) => `${owner}의 예외가 ${expires} 이후 만료`,
  },
};
