import { isAccepted } from '../../core/posture/exceptions.ts';
import type { Finding } from '../../core/posture/finding.ts';
import { byControl, type Framework, type JudgedControl } from '../../core/posture/framework.ts';
import { harmless } from '../../core/prose.ts';
import { subjectCalled } from '../../core/report/said.ts';
import { cut, padded, wrapped } from '../columns.ts';
import type { InkLine } from '../ink.ts';
import type { Table } from './table.ts';

const NAMED = 6;
const INDENT = 12;

/** The same findings for an auditor: by control, in the order of the framework; what passes as a list of ids. */
export function controlLines(table: Table, framework: Framework): InkLine[] {
  const { words, language, scan } = table;
  const judged = byControl(scan, framework);
  const open = judged.filter(({ worst }) => worst !== null && OPEN.includes(worst));
  const mappers = Object.values(framework.mappedBy).map((name) => harmless(name[language]));
  const note = framework.note?.[language];
  const quiet = (text: string) =>
    wrapped(text, table.width).map((line): InkLine => [{ text: line, tone: 'quiet' }]);
  const rest = (title: string, worst: JudgedControl['worst']): InkLine[] => {
    const ids = judged
      .filter((one) => one.worst === worst)
      .map(({ control }) => harmless(control.id, 40));
    return ids.length === 0
      ? []
      : wrapped(`${title}: ${ids.join(', ')}`, table.width).map((line) => [line]);
  };
  return [
    [{ text: harmless(framework.title[language]), tone: 'strong' }],
    ...quiet(words.mappedBy(mappers.join(', '))),
    ...(note ? quiet(harmless(note, 600)) : []),
    ...open.flatMap((one) => [[''], ...controlBlock(one, table)]),
    [''],
    ...rest(words.passingControls, 'PASS'),
    ...rest(words.notApplicable, 'NOT_APPLICABLE'),
    ...rest(words.notJudged, null),
  ];
}

const OPEN: JudgedControl['worst'][] = ['FAIL', 'ERROR', 'NOT_VISIBLE'];

function controlBlock({ control, findings, worst }: JudgedControl, table: Table): InkLine[] {
  const { words, language } = table;
  const wrong = findings.filter(({ status }) => status === 'FAIL');
  const shown = wrong.length > 0 ? wrong : findings.filter(({ status }) => OPEN.includes(status));
  const tone = worst === 'FAIL' ? 'bad' : 'unsure';
  const left = shown.length - NAMED;
  return [
    [
      { text: padded(worst ? words.status[worst] : '', INDENT), tone },
      { text: `${harmless(control.id, 40)}  ${harmless(control.title[language])}`, tone: 'strong' },
    ],
    ...shown.slice(0, NAMED).map((finding) => oneLine(finding, table)),
    ...(left > 0 ? [[' '.repeat(INDENT) + words.andMore(left)]] : []),
  ];
}

function oneLine(finding: Finding, table: Table): InkLine {
  const { words, called } = table;
  const accepted = isAccepted(finding) ? ` · ${words.accepted(1)}` : '';
  const where = `${harmless(finding.check, 60)} · ${harmless(subjectCalled(finding, called), 100)}${accepted}`;
  const grave = padded(words.severity[finding.severity], 9);
  return [
    ' '.repeat(INDENT),
    { text: grave, tone: finding.severity },
    cut(where, table.width - INDENT - 9),
  ];
}
