/** What changed since the last scan: one message, with room for the worst of each kind. */
import type { KnownBlock } from '@slack/types';
import { putOff, reminders, runningOut } from '../../core/digest/compose.ts';
import type { Digest } from '../../core/digest/digest.ts';
import type { Finding } from '../../core/posture/finding.ts';
import type { Line, Prose } from '../../core/prose.ts';
import type { Reader } from '../../core/reader.ts';
import { fitted, type Message } from '../fit.ts';
import { bullets, heading, note, paragraph } from '../render.ts';
import { count, number, seenWords, simulatedLine } from '../words.ts';
import { accountWords, brief, unjudged, worstFirst } from './findings.ts';

/** How many findings of one kind are named; the rest is counted. A digest is read standing. */
const NAMED = 8;

export function digestMessage(digest: Digest | null, reader: Reader): Message {
  const words = WORDS[reader.language];
  if (!digest) {
    return fitted({ text: [words.none], head: [paragraph('none', [words.none], reader)] }, reader);
  }
  const headline = headlineOf(digest, reader);
  const { visible, of } = digest.accounts;
  const closed = digest.unseenAccounts.length - unseenAccounts(digest).length;
  const seen: Line = [seenWords(visible, of, closed, reader.language)];
  return fitted(
    {
      text: [[`${words.title}: ${headline}. `, ...seen, '.']],
      head: [
        heading('title', words.title),
        paragraph('headline', [[{ strong: headline }], seen], reader),
        ...(digest.simulated ? [note('simulated', [simulatedLine(reader.language)], reader)] : []),
      ],
      items: [
        ...chapter('new', words.new, digest.new, digest, reader),
        ...chapter('regressed', words.regressed, digest.regressed, digest, reader),
        ...chapter('over', words.over, digest.noLongerAccepted, digest, reader),
        ...chapter('fixed', words.fixed, digest.fixed, digest, reader),
        ...chapter('still', words.still, reminders(digest), digest, reader),
        ...chapter('running-out', words.runningOut, runningOut(digest), digest, reader),
        ...listed('unseen', words.unseen, unseenLines(digest, reader), reader),
      ],
      tail: [note('times', [timesLine(digest, reader)], reader)],
      overflow: 'thread',
    },
    reader,
  );
}

function headlineOf(digest: Digest, reader: Reader): string {
  const words = WORDS[reader.language];
  if (digest.accounts.visible === 0) return words.blind;
  const over = digest.noLongerAccepted.length;
  const open = digest.new.length + digest.regressed.length + over + digest.stillOpen.length;
  const parts = [
    words.counts.new(digest.new.length),
    words.counts.regressed(digest.regressed.length),
    ...(over > 0 ? [words.counts.over(over)] : []),
    words.counts.fixed(digest.fixed.length),
    words.counts.open(open),
    ...(putOff(digest) > 0 ? [words.counts.putOff(putOff(digest))] : []),
    ...(digest.accepted.length > 0 ? [words.counts.accepted(digest.accepted.length)] : []),
  ];
  const unseen = unseenLines(digest, reader).length;
  if (unseen > 0) parts.push(words.counts.unseen(unseen));
  const mark = open > 0 ? '🔴' : unseen > 0 ? '🟡' : '✅';
  return `${mark} ${parts.join(' · ')}`;
}

/** Closed accounts refuse every call; that is no blind spot. */
const unseenAccounts = (digest: Digest) => digest.unseenAccounts.filter(({ closed }) => !closed);

/** The findings of one kind under their heading; nothing where there are none. */
function chapter(
  id: string,
  title: string,
  findings: Finding[],
  { ledger }: Digest,
  reader: Reader,
): KnownBlock[][] {
  return listed(
    id,
    title,
    worstFirst(findings).map((finding) => brief(finding, ledger, reader)),
    reader,
  );
}

/** Accounts that could not be seen, and in the others what could not be judged. */
function unseenLines(digest: Digest, reader: Reader): Prose {
  const words = WORDS[reader.language];
  const accounts = unseenAccounts(digest).map(
    ({ id, reason }): Line => [
      ...accountWords(id, digest.ledger),
      ': ',
      reason ? { quote: reason, max: 200 } : words.noReason,
    ],
  );
  const findings = worstFirst(digest.notVisible)
    .filter(({ owner }) => !digest.unseenAccounts.some(({ id }) => id === owner))
    .map((finding) => unjudged(finding, digest.ledger, reader));
  return [...accounts, ...findings];
}

function listed(id: string, title: string, lines: Prose, reader: Reader): KnownBlock[][] {
  if (lines.length === 0) return [];
  const left = lines.length - NAMED;
  const shown = lines.slice(0, NAMED);
  if (left > 0) shown.push([WORDS[reader.language].more(left)]);
  return [[bullets(id, [{ strong: `${title} (${number(lines.length)})` }], shown, reader)]];
}

function timesLine(digest: Digest, reader: Reader): Line {
  const words = WORDS[reader.language];
  const since: Line = digest.previousAt
    ? [words.since, { at: digest.previousAt }]
    : [words.firstScan];
  return [
    words.scanned,
    { at: digest.scannedAt },
    ' · ',
    ...since,
    ' · ',
    { quote: digest.organization, max: 40 },
  ];
}

const WORDS = {
  en: {
    title: 'Audit trail digest',
    none: [
      'There is no scan yet, so there is nothing to compare. ',
      { quote: '/trail posture' },
      ' makes the first one.',
    ] as Line,
    blind: '⚪ I could see no account at all, so I cannot say whether anything changed',
    counts: {
      new: (n: number) => `${number(n)} new`,
      regressed: (n: number) => `${number(n)} regressed`,
      over: (n: number) => `${number(n)} no longer accepted`,
      fixed: (n: number) => `${number(n)} fixed`,
      putOff: (n: number) => `${number(n)} of them put off`,
      accepted: (n: number) => `${number(n)} accepted`,
      open: (n: number) => `${number(n)} open in all`,
      unseen: (n: number) => `${number(n)} not visible`,
    },
    new: '🔴 New',
    regressed: '🟠 Regressed: was fixed, fails again',
    over: '🟠 No longer accepted: the exception is over',
    runningOut: '🤝 Exceptions that run out within two weeks',
    fixed: '✅ Fixed',
    still: '🟡 Still open',
    unseen: '⚪ Not visible, so not judged',
    noReason: 'no reason was given',
    more: (n: number) => `and ${count(n, 'more', 'more')}; /trail posture lists them all`,
    scanned: 'Scanned ',
    since: 'compared with ',
    firstScan: 'the first scan, so everything is new',
  },
  ko: {
    title: '트레일 요약',
    none: [
      '아직 점검 기록이 없어 비교할 것이 없습니다. ',
      { quote: '/trail posture' },
      ' 명령으로 첫 점검을 해 주세요.',
    ] as Line,
    blind: '⚪ 어떤 계정도 볼 수 없어 무엇이 바뀌었는지 말할 수 없습니다',
    counts: {
      new: (n: number) => `신규 ${number(n)}`,
      regressed: (n: number) => `재발 ${number(n)}`,
      over: (n: number) => `예외 종료 ${number(n)}`,
      fixed: (n: number) => `해결 ${number(n)}`,
      putOff: (n: number) => `그중 보류 ${number(n)}`,
      accepted: (n: number) => `수용 ${number(n)}`,
      open: (n: number) => `미해결 합계 ${number(n)}`,
      unseen: (n: number) => `보이지 않음 ${number(n)}`,
    },
    new: '🔴 신규',
    regressed: '🟠 재발: 고쳐졌다가 다시 실패',
    over: '🟠 예외가 끝나 다시 고쳐야 함',
    runningOut: '🤝 2주 안에 끝나는 예외',
    fixed: '✅ 해결됨',
    still: '🟡 아직 열려 있음',
    unseen: '⚪ 보이지 않아 판단하지 못함',
    noReason: '이유를 알 수 없음',
    more: (n: number) => `그 외 ${number(n)}건. 전체는 /trail posture`,
    scanned: '점검 ',
    since: '비교 기준 ',
    firstScan: '첫 점검이므로 모두 신규입니다',
  },
};
