/** Can the audit trail be trusted? What is wrong, worst first and thing by thing, and what could not be seen. */
import type { KnownBlock } from '@slack/types';
import { type Finding, type Scan, SEVERITIES } from '../../core/posture/finding.ts';
import type { Framework } from '../../core/posture/framework.ts';
import type { Line, Prose } from '../../core/prose.ts';
import type { Reader } from '../../core/reader.ts';
import { type Report, reportOf } from '../../core/report/report.ts';
import { fitted, type Message } from '../fit.ts';
import { bullets, heading, note, paragraph } from '../render.ts';
import { number, seenWords, severityWords, simulatedLine } from '../words.ts';
import { controlItems, mappingNote } from './controls.ts';
import { brief, titled } from './findings.ts';
import { blindLine, coverageLine, keptLines, mapLines, totalsLine } from './posture-lines.ts';
import { WORDS } from './posture-words.ts';
import { briefItems, wrongItems } from './wrongs.ts';

export type Posture = {
  scan: Scan;
  scope: { account?: string; ou?: string };
  /** Where somebody asked by a framework: the findings are told by its controls. */
  framework?: Framework;
};

/** How many unseen places are named in the first message; more than that follow in the thread. */
const UNSEEN_SHOWN = 5;

export function postureMessage(posture: Posture, reader: Reader): Message {
  const report = reportOf(posture.scan);
  const { framework, scan } = posture;
  if (framework)
    return drawn(posture, report, controlItems(scan, framework, report.called, reader), reader);
  const whole = drawn(posture, report, thingItems(report, reader), reader);
  if (whole.thread.length === 0) return whole;
  const brief = drawn(posture, report, briefItems(report, reader), reader);
  // Where not even the names of all things fit, the first message may as well tell the worst in full.
  if (brief.thread.length > 0) return whole;
  return { ...brief, thread: detailPages(report, reader) };
}

function drawn(
  { scan, scope, framework }: Posture,
  report: Report,
  items: KnownBlock[][],
  reader: Reader,
): Message {
  const words = WORDS[reader.language];
  const headline = headlineOf(report, reader);
  const unseen = report.blind.map((blind) => blindLine(blind, report, reader));
  const coverage = coverageLine(report, reader);
  const { visible, of, closed, unlisted } = report.seen;
  const known = seenWords(visible, of, closed, reader.language);
  const seen: Line = [`${known}${unlisted ? words.unlisted : ''}`];
  return fitted(
    {
      text: summary(headline, seen, coverage, report, reader),
      head: [
        heading('title', framework ? `${words.title}: ${framework.key}` : words.title),
        paragraph(
          'headline',
          [
            [{ strong: headline }, ...gravity(report, reader)],
            seen,
            ...(coverage ? [coverage] : []),
            ...scopeLine(scope, reader),
          ],
          reader,
        ),
        ...(framework ? [note('mapping', mappingNote(framework, reader), reader)] : []),
        ...(scan.simulated ? [note('simulated', [simulatedLine(reader.language)], reader)] : []),
      ],
      items: [
        ...items,
        ...unseen
          .slice(UNSEEN_SHOWN)
          .map((line, at): KnownBlock[] => [bullets(`unseen-${at}`, null, [line], reader)]),
      ],
      tail: [
        ...unseenBlocks(unseen.slice(0, UNSEEN_SHOWN), report, reader),
        note(
          'totals',
          [...mapLines(scan, reader), ...keptLines(scan, reader), totalsLine(scan, reader)],
          reader,
        ),
      ],
      overflow: 'thread',
      more: (left, inThread) => [words.more(left, inThread)],
    },
    reader,
  );
}

/** Each thing in full, in the thread of a message that only names them. */
function detailPages(report: Report, reader: Reader): Message[] {
  const title: Line = [{ strong: WORDS[reader.language].inFull }];
  const { thread, ...first } = fitted(
    {
      text: [title],
      head: [paragraph('in-full', [title], reader)],
      items: thingItems(report, reader),
      overflow: 'thread',
      more: (left, inThread) => [WORDS[reader.language].more(left, inThread)],
    },
    reader,
  );
  return [{ ...first, thread: [] }, ...thread];
}

/** What is to mend with its buttons, then what somebody accepted, which is as wrong but waits for nobody. */
function thingItems({ toMend, accepted, called, scan }: Report, reader: Reader): KnownBlock[][] {
  const waived = accepted.flat().flatMap(({ findings }) => findings);
  const line = (finding: Finding): Line => [
    ...brief(finding, [...scan.accounts, ...(scan.others ?? [])], reader),
    ': ',
    { quote: finding.exception?.reason ?? '', max: 200 },
  ];
  const title = WORDS[reader.language].accepted;
  return [
    ...toMend.flatMap((alike, at) => wrongItems(alike, called, `fail-${at}`, reader)),
    ...(waived.length > 0
      ? [[bullets('accepted', [{ strong: title }], waived.slice(0, 10).map(line), reader)]]
      : []),
  ];
}

/** Red only for what fails, and green only when everything was seen: blindness is not health. */
function headlineOf({ health, open }: Report, reader: Reader): string {
  const words = WORDS[reader.language];
  switch (health) {
    case 'blind':
      return words.blind;
    case 'failing':
      return words.failing(open.findings, open.things);
    case 'unsure':
      return words.nothingSeenFails;
    case 'accepted':
      return words.nothingElse;
    case 'sound':
      return words.sound;
  }
}

/** ` · 1 critical · 3 high`: the word beside the number, never a colour alone. */
function gravity({ toMend }: Report, { language }: Reader): Line {
  const findings = toMend.flat().flatMap((wrong) => wrong.findings);
  return SEVERITIES.flatMap((severity) => {
    const n = findings.filter((finding) => finding.severity === severity).length;
    return n > 0 ? [` · ${severityWords(severity, language)} ${number(n)}`] : [];
  });
}

function summary(
  headline: string,
  seen: Line,
  coverage: Line | null,
  { toMend, blind }: Report,
  reader: Reader,
): Prose {
  const words = WORDS[reader.language];
  const worst = toMend[0]?.[0].findings[0];
  const story: Line = [`${headline}. `, ...seen, '.'];
  if (coverage) story.push(' ', ...coverage, '.');
  if (worst) story.push(` ${words.worst}`, titled(worst, reader), '.');
  const unseen = blind.reduce((sum, { findings }) => sum + findings.length, 0);
  if (unseen > 0) story.push(` ${words.unseenCount(unseen)}.`);
  return [story];
}

function unseenBlocks(shown: Prose, { blind }: Report, reader: Reader): KnownBlock[] {
  if (shown.length === 0) return [];
  const checks = blind.reduce((sum, { findings }) => sum + findings.length, 0);
  const accounts = blind.reduce((sum, one) => sum + one.accounts.length, 0);
  const intro: Line = [{ strong: WORDS[reader.language].unseen(checks, accounts) }];
  return [bullets('unseen', intro, shown, reader)];
}

function scopeLine({ account, ou }: Posture['scope'], reader: Reader): Prose {
  if (account !== undefined) return [[WORDS[reader.language].only, { quote: account, max: 60 }]];
  if (ou !== undefined) return [[WORDS[reader.language].only, { quote: ou, max: 100 }]];
  return [];
}
