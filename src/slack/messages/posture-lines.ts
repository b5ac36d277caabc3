/** The single lines of the posture message: how much is recorded, what could not be seen, and at what price. */
import type { Scan } from '../../core/posture/finding.ts';
import { type Line, type Prose, withInstants } from '../../core/prose.ts';
import type { Reader } from '../../core/reader.ts';
import type { Report } from '../../core/report/report.ts';
import { mapWords, subjectCalled, textsOf } from '../../core/report/said.ts';
import { type Blind, isExample } from '../../core/report/unseen.ts';
import { sentence } from '../render.ts';
import { number } from '../words.ts';
import { WORDS } from './posture-words.ts';

/** Accounts, checks or things that one line names; the rest is counted. */
const NAMED = 3;

/** `998 of 1,000 accounts fully recorded; 2 gaps: acquired-labs (only eu-west-1), …`. */
export function coverageLine({ recorded, map, called }: Report, reader: Reader): Line | null {
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

/** Who or what could not be seen, why, and what it would take: the sentence of the first of them. */
export function blindLine(one: Blind, report: Report, reader: Reader): Line {
  const { accounts, findings, reason } = one;
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
  const example = isExample(one) ? words.forExample : '';
  if (accounts.length > 0)
    return [...names(accounts.map(({ id }) => report.called(id))), checks, example, ...why];
  return [
    ...names(findings.map(({ check }) => check)),
    ' · ',
    ...names(findings.map((finding) => subjectCalled(finding, report.called))),
    checks,
    ...(first?.status === 'ERROR' ? [words.broke] : []),
    example,
    ...why,
  ];
}

/** How far Config's aggregator, by which things were found, can be trusted. */
export function mapLines(scan: Scan, reader: Reader): Prose {
  const map = mapWords(scan, reader.language);
  return map
    ? [[WORDS[reader.language].map, ...withInstants(map, (part) => sentence(part, 300))]]
    : [];
}

/** What was not read anew, and why: a scan that was cut off goes on where it was. */
export function keptLines({ kept }: Scan, reader: Reader): Prose {
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

/** How many checks there were of each outcome, when, and at what price. */
export function totalsLine(scan: Scan, reader: Reader): Line {
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
