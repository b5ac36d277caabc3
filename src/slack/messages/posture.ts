/** Can the audit trail be trusted? What fails, worst first, and what could not be seen. */
import type { KnownBlock } from '@slack/types';
import type { Finding, Scan } from '../../core/posture/finding.ts';
import type { Line, Prose } from '../../core/prose.ts';
import type { Reader } from '../../core/reader.ts';
import { fitted, type Message } from '../fit.ts';
import { bullets, heading, note, paragraph } from '../render.ts';
import { count, number, seenWords, simulatedLine } from '../words.ts';
import { accountWords, failure, titled, unjudged, worstFirst } from './findings.ts';

export type Posture = { scan: Scan; scope: { account?: string; ou?: string } };

/** How many unseen places are named in the first message; more than that follow in the thread. */
const UNSEEN_SHOWN = 5;

export function postureMessage({ scan, scope }: Posture, reader: Reader): Message {
  const failing = worstFirst(scan.findings.filter(({ status }) => status === 'FAIL'));
  const unseen = unseenLines(scan, reader);
  const words = WORDS[reader.language];
  const seen = scan.accounts.filter(({ visible }) => visible).length;
  const headline = headlineOf(scan, failing, reader);
  const all = scan.accounts.length;
  const closed = scan.accounts.filter((account) => account.closed).length;
  const coverage: Line = [seenWords(seen, all, closed, reader.language)];
  return fitted(
    {
      text: summary(headline, coverage, failing, unseen.length, reader),
      head: [
        heading('title', words.title),
        paragraph(
          'headline',
          [[{ strong: headline }], coverage, ...scopeLine(scope, reader)],
          reader,
        ),
        ...(scan.simulated ? [note('simulated', [simulatedLine(reader.language)], reader)] : []),
      ],
      items: [
        ...failing.map((finding, at) => failure(finding, scan.accounts, `fail-${at}`, reader)),
        ...unseen
          .slice(UNSEEN_SHOWN)
          .map((line, at): KnownBlock[] => [bullets(`unseen-${at}`, null, [line], reader)]),
      ],
      tail: [
        ...unseenBlocks(unseen.slice(0, UNSEEN_SHOWN), unseen.length, reader),
        note('totals', [totalsLine(scan, reader)], reader),
      ],
      overflow: 'thread',
      more: (left, inThread) => [words.more(left, inThread)],
    },
    reader,
  );
}

/** Red only for what fails, and green only when everything was seen: blindness is not health. */
function headlineOf(scan: Scan, failing: Finding[], reader: Reader): string {
  const words = WORDS[reader.language];
  const asked = scan.accounts.filter(({ closed }) => !closed);
  const unseen = asked.filter(({ visible }) => !visible).length;
  if (unseen === asked.length) return words.blind;
  if (failing.length > 0) return words.failing(failing.length);
  const gaps = scan.totals.NOT_VISIBLE + scan.totals.ERROR > 0 || unseen > 0;
  return gaps ? words.nothingSeenFails : words.sound;
}

function summary(
  headline: string,
  coverage: Line,
  failing: Finding[],
  unseen: number,
  reader: Reader,
): Prose {
  const words = WORDS[reader.language];
  const worst = failing[0];
  const story: Line = [`${headline}. `, ...coverage, '.'];
  if (worst) story.push(` ${words.worst}`, titled(worst, reader), '.');
  if (unseen > 0) story.push(` ${words.unseenCount(unseen)}.`);
  return [story];
}

function unseenLines(scan: Scan, reader: Reader): Prose {
  const words = WORDS[reader.language];
  const accounts = scan.accounts
    .filter(({ visible, closed }) => !visible && !closed)
    .map(
      ({ id, reason }): Line => [
        ...accountWords(id, scan.accounts),
        ': ',
        reason ? { quote: reason, max: 200 } : words.noReason,
      ],
    );
  const unseen = new Set(scan.accounts.filter(({ visible }) => !visible).map(({ id }) => id));
  // An account that could not be read says so once, not once for each check.
  const findings = worstFirst(scan.findings)
    .filter(({ status }) => status === 'NOT_VISIBLE' || status === 'ERROR')
    .filter(({ owner }) => !unseen.has(owner))
    .map((finding) => unjudged(finding, scan.accounts, reader));
  return [...accounts, ...findings];
}

function unseenBlocks(shown: Prose, all: number, reader: Reader): KnownBlock[] {
  if (shown.length === 0) return [];
  const intro: Line = [{ strong: WORDS[reader.language].unseen(all) }];
  return [bullets('unseen', intro, shown, reader)];
}

function scopeLine({ account, ou }: Posture['scope'], reader: Reader): Prose {
  if (account !== undefined) return [[WORDS[reader.language].only, { quote: account, max: 60 }]];
  if (ou !== undefined) return [[WORDS[reader.language].only, { quote: ou, max: 100 }]];
  return [];
}

function totalsLine(scan: Scan, reader: Reader): Line {
  const { PASS, NOT_APPLICABLE, NOT_VISIBLE, ERROR } = scan.totals;
  const seconds = (scan.durationMs / 1000).toFixed(1);
  return [
    WORDS[reader.language].totals(PASS, NOT_APPLICABLE, NOT_VISIBLE, ERROR),
    ' · ',
    { at: scan.scannedAt },
    ` · ${WORDS[reader.language].effort(number(scan.apiCalls), seconds)} · `,
    { quote: scan.organization, max: 40 },
  ];
}

const WORDS = {
  en: {
    title: 'Audit trail posture',
    failing: (n: number) => `🔴 ${count(n, 'finding')} to mend`,
    sound: '✅ Nothing fails: the audit trail is sound',
    nothingSeenFails: '🟡 Nothing fails in what I could see, but I could not see everything',
    blind: '⚪ I could see no account at all, so I cannot say whether anything is wrong',
    worst: 'The worst: ',
    unseenCount: (n: number) => `${count(n, 'place')} could not be judged`,
    unseen: (n: number) => `⚪ Not visible: ${count(n, 'place')} could not be judged`,
    noReason: 'no reason was given',
    only: 'Only ',
    more: (n: number, inThread: boolean) => `and ${n} more${inThread ? ', in the thread' : ''}`,
    totals: (pass: number, na: number, hidden: number, broke: number) =>
      `Checks: ${number(pass)} passed · ${number(na)} not applicable · ${number(hidden)} not visible · ${number(broke)} errors`,
    effort: (calls: string, seconds: string) => `${calls} API calls in ${seconds} s`,
  },
  ko: {
    title: '트레일 점검',
    failing: (n: number) => `🔴 고쳐야 할 항목 ${number(n)}건`,
    sound: '✅ 문제 없음: 트레일을 믿을 수 있습니다',
    nothingSeenFails: '🟡 볼 수 있었던 범위에서는 문제가 없지만, 보지 못한 곳이 있습니다',
    blind: '⚪ 어떤 계정도 볼 수 없어 문제가 있는지 말할 수 없습니다',
    worst: '가장 심각한 항목: ',
    unseenCount: (n: number) => `판단하지 못한 곳 ${number(n)}건`,
    unseen: (n: number) => `⚪ 보이지 않음: 판단하지 못한 곳 ${number(n)}건`,
    noReason: '이유를 알 수 없음',
    only: '범위: ',
    more: (n: number, inThread: boolean) =>
      inThread ? `그 외 ${n}건은 스레드에 이어집니다` : `그 외 ${n}건이 더 있습니다`,
    totals: (pass: number, na: number, hidden: number, broke: number) =>
      `점검 결과: 통과 ${number(pass)} · 해당 없음 ${number(na)} · 보이지 않음 ${number(hidden)} · 오류 ${number(broke)}`,
    effort: (calls: string, seconds: string) => `API 호출 ${calls}회, ${seconds}초`,
  },
};
