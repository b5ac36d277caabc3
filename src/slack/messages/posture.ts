/** Can the audit trail be trusted? What is wrong, worst first and thing by thing, and what could not be seen. */
import type { KnownBlock } from '@slack/types';
import { type Finding, type Scan, SEVERITIES } from '../../core/posture/finding.ts';
import type { Framework } from '../../core/posture/framework.ts';
import { type Line, type Prose, withInstants } from '../../core/prose.ts';
import type { Reader } from '../../core/reader.ts';
import { type Report, reportOf } from '../../core/report/report.ts';
import { mapWords, subjectCalled, textsOf } from '../../core/report/said.ts';
import type { Blind } from '../../core/report/unseen.ts';
import { fitted, type Message } from '../fit.ts';
import { bullets, heading, note, paragraph, sentence } from '../render.ts';
import { number, seenWords, severityWords, simulatedLine } from '../words.ts';
import { controlItems, mappingNote } from './controls.ts';
import { brief, titled } from './findings.ts';
import { WORDS } from './posture-words.ts';
import { wrongItems } from './wrongs.ts';

export type Posture = {
  scan: Scan;
  scope: { account?: string; ou?: string };
  /** Where somebody asked by a framework: the findings are told by its controls. */
  framework?: Framework;
};

/** How many unseen places are named in the first message; more than that follow in the thread. */
const UNSEEN_SHOWN = 5;
const NAMED = 3;

export function postureMessage({ scan, scope, framework }: Posture, reader: Reader): Message {
  const report = reportOf(scan);
  const words = WORDS[reader.language];
  const headline = headlineOf(report, reader);
  const unseen = report.blind.map((blind) => blindLine(blind, report, reader));
  const coverage = coverageLine(report, reader);
  const { visible, of, closed } = report.seen;
  const seen: Line = [seenWords(visible, of, closed, reader.language)];
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
        ...(framework
          ? controlItems(scan, framework, report.called, reader)
          : thingItems(report, reader)),
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

/** What is to mend with its buttons, then what somebody accepted, which is as wrong but waits for nobody. */
function thingItems({ toMend, accepted, called, scan }: Report, reader: Reader): KnownBlock[][] {
  const waived = accepted.flat().flatMap(({ findings }) => findings);
  const line = (finding: Finding): Line => [
    ...brief(finding, scan.accounts, reader),
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

/** `998 of 1,000 accounts fully recorded; 2 gaps: acquired-labs (only eu-west-1), …`. */
function coverageLine({ recorded, map, called }: Report, reader: Reader): Line | null {
  if (recorded.of === 0 || map.regions.length === 0) return null;
  const words = WORDS[reader.language];
  const { gaps } = recorded;
  if (gaps.length === 0) return [words.recorded(recorded.recorded, recorded.of)];
  const named = gaps
    .slice(0, NAMED)
    .flatMap(
      ({ account, unseen, missing, of }, at): Line => [
        at > 0 ? ', ' : '',
        { quote: called(account.id), max: 60 },
        ` (${unseen ? words.unseenGap : words.missing(missing.length, of)})`,
      ],
    );
  const left = gaps.length - NAMED;
  return [
    `${words.recorded(recorded.recorded, recorded.of)}${words.gaps(gaps.length)}`,
    ...named,
    ...(left > 0 ? [words.andMore(left)] : []),
  ];
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

/** Who or what could not be seen, why, and what it would take: the sentence of the first of them. */
function blindLine({ accounts, findings, reason }: Blind, report: Report, reader: Reader): Line {
  const words = WORDS[reader.language];
  const [first] = findings;
  const names = (all: string[]): Line => {
    const distinct = [...new Set(all)];
    const left = distinct.length - NAMED;
    return [
      ...distinct
        .slice(0, NAMED)
        .flatMap((name, at): Line => [at > 0 ? ', ' : '', { quote: name, max: 80 }]),
      ...(left > 0 ? [words.andMore(left)] : []),
    ];
  };
  const why: Line = first
    ? withInstants(textsOf(first, reader.language).detail, (part) => sentence(part, 400))
    : [reason ? { quote: reason, max: 200 } : words.noReason];
  const checks = findings.length > 0 ? ` · ${words.checks(findings.length)}: ` : ': ';
  if (accounts.length > 0)
    return [...names(accounts.map(({ id }) => report.called(id))), checks, ...why];
  return [
    ...names(findings.map(({ check }) => check)),
    ' · ',
    ...names(findings.map((finding) => subjectCalled(finding, report.called))),
    checks,
    ...(first?.status === 'ERROR' ? [words.broke] : []),
    ...why,
  ];
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

/** How far Config's aggregator, by which things were found, can be trusted. */
function mapLines(scan: Scan, reader: Reader): Prose {
  const map = mapWords(scan, reader.language);
  return map
    ? [[WORDS[reader.language].map, ...withInstants(map, (part) => sentence(part, 300))]]
    : [];
}

/** What was not read anew, and why: a scan that was cut off goes on where it was. */
function keptLines({ kept }: Scan, reader: Reader): Prose {
  if (!kept) return [];
  const words = WORDS[reader.language];
  const parts = [
    ...(kept.resumed > 0 ? [words.resumed(kept.resumed)] : []),
    ...(kept.unchanged > 0 ? [words.unchanged(kept.unchanged)] : []),
  ];
  return [
    [
      `${words.readAnew(kept.of - kept.resumed - kept.unchanged, kept.of)} · ${parts.join(' · ')} · ${words.keptFrom}`,
      { at: kept.from },
    ],
  ];
}

function totalsLine(scan: Scan, reader: Reader): Line {
  const { PASS, NOT_APPLICABLE, NOT_VISIBLE, ERROR } = scan.totals;
  const seconds = (scan.durationMs / 1000).toFixed(1);
  const words = WORDS[reader.language];
  return [
    words.totals(PASS, NOT_APPLICABLE, NOT_VISIBLE, ERROR),
    ...(scan.excepted > 0 ? [` · ${words.excepted(scan.excepted)}`] : []),
    ' · ',
    { at: scan.scannedAt },
    ` · ${words.effort(number(scan.apiCalls), seconds)} · `,
    { quote: scan.organization, max: 40 },
  ];
}
