import { SEVERITIES, type Severity } from '../../core/posture/finding.ts';
import type { Framework } from '../../core/posture/framework.ts';
import { harmless } from '../../core/prose.ts';
import type { Language } from '../../core/reader.ts';
import type { Report } from '../../core/report/report.ts';
import { type Ink, type InkLine, type Sheet, within } from '../ink.ts';
import { blocks, everythingElse } from './blocks.ts';
import { closingWords } from './closing.ts';
import { controlLines } from './controls.ts';
import { coverageLines } from './coverage.ts';
import { notVisibleLines } from './unseen.ts';
import { WORDS, type Words } from './words.ts';

/** How a report is wanted: for whom, by which framework (else by thing), and with all that passes. */
export type Wanted = {
  language: Language;
  timeZone: string;
  framework: Framework | null;
  all: boolean;
};

/** Everything that draws a part of the table. */
export type Table = Report & Wanted & { words: Words; width: number };

/**
 * A scan for a person at a terminal who has ten seconds: how it stands, what is wrong, worst first and
 * thing by thing, where management events are recorded, and what could not be seen. What is sound is
 * counted, not listed.
 */
export function postureTable(report: Report, wanted: Wanted, sheet: Sheet): InkLine[] {
  const words = WORDS[wanted.language];
  const table: Table = { ...report, ...wanted, words, width: sheet.width };
  const wrong = report.toMend.length + report.accepted.length > 0;
  const chapters: InkLine[][] = [
    opening(table),
    ...(wanted.framework ? [controlLines(table, wanted.framework)] : []),
    // A control names its findings; what to do about them stands with the thing that is wrong.
    ...(wanted.framework && !wanted.all
      ? []
      : [...blocks(table, report.toMend), ...acceptedBlocks(table)]),
    coverageLines(table),
    notVisibleLines(table),
    ...(wanted.all ? [everythingElse(table)] : []),
    [...closingWords(table), ...(wanted.all || !wrong ? [] : [words.more])].map((line) => [line]),
  ];
  return chapters
    .filter((lines) => lines.length > 0)
    .flatMap((lines, at) => [...(at > 0 ? [['']] : []), ...lines])
    .flatMap((line) => within(sheet.width, line));
}

function opening({ scan, words, seen, health, open, accepted, toMend }: Table): InkLine[] {
  const waived = accepted.flat().reduce((sum, { findings }) => sum + findings.length, 0);
  const counts = SEVERITIES.map((severity): [Severity, number] => [
    severity,
    toMend
      .flat()
      .flatMap(({ findings }) => findings)
      .filter((finding) => finding.severity === severity).length,
  ]).filter(([, count]) => count > 0);
  const state: InkLine =
    health === 'failing'
      ? [
          { text: words.toMend(open.findings, open.things), tone: 'strong' },
          ': ',
          ...joined(
            counts.map(
              ([severity, count]): Ink => ({
                text: words.graded(count, words.severity[severity]),
                tone: severity,
              }),
            ),
          ),
        ]
      : [{ text: STATE[health](words), tone: health === 'sound' ? 'good' : 'unsure' }];
  const asked = [
    words.seen(seen.visible, seen.of),
    ...(seen.closed > 0 ? [words.closed(seen.closed)] : []),
    ...(seen.unlisted ? [words.unlisted] : []),
  ];
  return [
    ...(scan.simulated ? [[{ text: words.simulated, tone: 'unsure' as const }]] : []),
    [...state, ...(waived > 0 ? [` · ${words.accepted(waived)}`] : [])],
    [
      [
        ...asked,
        ...(scan.organization ? [`${words.organization} ${harmless(scan.organization)}`] : []),
      ].join(' · '),
    ],
  ];
}

const STATE = {
  blind: (words: Words) => words.nothingSeen,
  failing: (words: Words) => words.nothingSeen,
  unsure: (words: Words) => words.nothingFails,
  accepted: (words: Words) => words.nothingElse,
  sound: (words: Words) => words.sound,
};

function joined(inks: Ink[]): InkLine {
  return inks.flatMap((ink, at) => (at > 0 ? [' · ', ink] : [ink]));
}

function acceptedBlocks(table: Table): InkLine[][] {
  const told = blocks(table, table.accepted);
  if (told.length === 0) return [];
  return [[[{ text: table.words.acceptedTitle, tone: 'strong' }]], ...told];
}
