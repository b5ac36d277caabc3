import type { Finding } from '../../core/posture/finding.ts';
import { harmless } from '../../core/prose.ts';
import { type Remark, remarksOn } from '../../core/report/remarks.ts';
import { subjectCalled, textsOf } from '../../core/report/said.ts';
import { kindWord, thingOf } from '../../core/report/thing.ts';
import { type Alike, explained, mendable, type Wrong } from '../../core/report/wrongs.ts';
import { columns, cut, padded, wrapped } from '../columns.ts';
import { type InkLine, widthOf } from '../ink.ts';
import { inZone } from './in-zone.ts';
import type { Table } from './table.ts';
import type { Words } from './words.ts';

/** Columns of the severity, which is also the indent of everything under it. */
const INDENT = 9;
/** Names of things alike that are told; the rest is counted. */
const NAMED = 3;
/** Lines of one sentence for who has ten seconds; `--all` tells it to its end. */
const LINES = 4;

/** One block for each thing that is wrong: where it is mended, what it fails, since when, and what Config says. */
export function blocks(table: Table, wrongs: Alike[]): InkLine[][] {
  return wrongs.map((alike) => [...headOf(alike, table), ...bodyOf(alike, table)]);
}

/** How grave, what, and in which account it is mended; on two lines where one is too narrow. */
function headOf(alike: Alike, table: Table): InkLine[] {
  const { words, width } = table;
  const [{ severity }] = alike;
  const { what, where } = alike.length > 1 ? manyIn(alike, table) : oneIn(alike[0], table);
  const word = { text: padded(words.severity[severity], INDENT), tone: severity };
  const line: InkLine = [word, { text: what, tone: 'strong' }, where];
  if (widthOf(line) <= width) return [line];
  const rest = wrapped(where.replace(/^\s*[·:]\s*/, ''), width - INDENT);
  return [
    [word, { text: what, tone: 'strong' }],
    ...rest.map((text) => [' '.repeat(INDENT) + text]),
  ];
}

function oneIn({ subject, owner }: Wrong, { words, called, language }: Table) {
  const thing = thingOf(subject);
  const kind = kindWord(thing, language);
  if (thing.kind === 'account' && thing.name === owner)
    return { what: `${kind} ${harmless(called(owner), 80)}`, where: '' };
  const place = thing.region ? ` (${harmless(thing.region)})` : '';
  return {
    what: `${kind} ${harmless(thing.name, 100)}`.trim(),
    where: `${place} · ${words.mendIn} ${owner ? harmless(called(owner), 80) : words.ownerUnknown}`,
  };
}

function manyIn(alike: Alike, { words, called, language }: Table) {
  const names = alike.slice(0, NAMED).map((wrong) => harmless(nameOf(wrong, called), 60));
  const more = alike.length > NAMED ? ` ${words.andMore(alike.length - NAMED)}` : '';
  return {
    what: words.alike(alike.length, kindWord(thingOf(alike[0].subject), language)),
    where: `: ${names.join(', ')}${more}`,
  };
}

function nameOf({ findings: [first] }: Wrong, called: Table['called']): string {
  return first ? subjectCalled(first, called) : '';
}

/** Of things alike the first speaks for all: they fail the same checks. A history that all share is told once. */
function bodyOf([{ findings }, ...others]: Alike, table: Table): InkLine[] {
  const shared = others.length === 0 ? sharedHistory(findings, table) : null;
  const untold = shared !== null || others.length > 0;
  return [
    ...findings.flatMap((finding) => findingLines(finding, table, untold)),
    ...(shared ? remark(table.words.ofAll, inZone(shared, table.timeZone), table) : []),
  ];
}

function findingLines(finding: Finding, table: Table, historyIsTold: boolean): InkLine[] {
  const { words, language, all } = table;
  const { title, detail, remedy } = textsOf(finding, language);
  const expired = finding.exception?.expired === true;
  const remarks = remarksOn(finding, language)
    .filter(({ about }) => about !== 'since' || !historyIsTold)
    .filter(({ about }) => all || TOLD_AT_ONCE[about](finding));
  return [
    // That an exception is over is told by the detail.
    ...columned(finding, all || expired ? detail : title, table),
    ...remarks.flatMap(({ about, text, brief }) =>
      remark(LABEL[about](words), inZone(all ? text : brief, table.timeZone), table),
    ),
    ...(all && remedy ? remark(words.todo, harmless(remedy, REMEDY), table) : []),
    ...(mendable(finding) ? remark(words.fix, `/trail fix ${harmless(finding.id)}`, table) : []),
    ...(explained(finding)
      ? remark(words.byHand, `/trail fix ${harmless(finding.id)}`, table)
      : []),
  ];
}

/** What who has ten seconds is told: who did it, not that nobody knows; a sum of money, not a unit price. */
const TOLD_AT_ONCE: Record<Remark['about'], (finding: Finding) => boolean> = {
  since: ({ since }) => Boolean(since?.event),
  config: () => true,
  // Where Config agrees or is silent there is nothing to think about.
  agreement: () => false,
  silence: () => false,
  cost: ({ cost }) => cost?.monthly != null,
  exception: () => true,
  snooze: () => true,
};

/** Sentences that begin with their own word need none before them. */
const LABEL: Record<Remark['about'], (words: Words) => string> = {
  since: () => '',
  config: (words) => words.config,
  agreement: (words) => words.configAgrees,
  silence: (words) => words.configSilent,
  cost: (words) => words.cost,
  exception: () => '',
  snooze: (words) => words.snooze,
};

/** The check in a column of its own and the sentence beside it; below it where the terminal is narrow. */
function columned(finding: Finding, detail: string, table: Table): InkLine[] {
  const check = harmless(finding.check, 60);
  const indent = ' '.repeat(INDENT);
  const tone = finding.severity;
  const beside = table.width - INDENT - CHECK;
  const text = inZone(detail, table.timeZone);
  if (beside < 40) {
    const below = shortly(wrapped(text, table.width - INDENT - 2), table).map((line) => [
      `${indent}  ${line}`,
    ]);
    return [[indent, { text: check, tone }], ...below];
  }
  const [first = '', ...rest] = shortly(wrapped(text, beside), table);
  return [
    [indent, { text: padded(cut(check, CHECK - 2), CHECK), tone }, first],
    ...rest.map((line): InkLine => [indent + ' '.repeat(CHECK) + line]),
  ];
}

/** The longest id of a check, `alarms-for-sensitive-calls` and its like, and two blanks. */
const CHECK = 28;

function shortly(lines: string[], { all }: Table): string[] {
  const last = lines[LINES - 1];
  if (all || last === undefined || lines.length <= LINES) return lines;
  return [...lines.slice(0, LINES - 1), `${cut(last, columns(last) - 1)}`];
}

/** The longest remedy of our own rules is half of it. */
const REMEDY = 1500;

/** A line under a finding, quieter than it, with its label: `since …`, `cost: …`. */
function remark(label: string, text: string, table: Table): InkLine[] {
  const beside = table.width - INDENT - CHECK >= 40;
  const indent = ' '.repeat(beside ? INDENT + CHECK : INDENT + 4);
  const whole = label === '' ? text : `${label}: ${text}`;
  return shortly(wrapped(whole, table.width - columns(indent)), table).map(
    (line): InkLine => [indent, { text: line, tone: 'quiet' }],
  );
}

/** What is known of since when, where it is the same for all that a thing fails; in short, only who it was. */
function sharedHistory(findings: Finding[], { language, all }: Table): string | null {
  if (!all && findings.some(({ since }) => !since?.event)) return null;
  const histories = findings.map((finding) => {
    const since = remarksOn(finding, language).find(({ about }) => about === 'since');
    return since && (all ? since.text : since.brief);
  });
  const [first] = histories;
  return first && histories.length > 1 && histories.every((one) => one === first) ? first : null;
}

/** What does not fail, one line each: what `--all` adds. */
export function everythingElse(table: Table): InkLine[] {
  const { scan, words, called } = table;
  const rest = scan.findings.filter(({ status }) => status !== 'FAIL');
  return [
    [{ text: words.passing, tone: 'strong' }],
    ...rest.map((finding): InkLine => {
      const good = finding.status === 'PASS';
      return [
        { text: padded(words.status[finding.status], 15), tone: good ? 'good' : 'quiet' },
        padded(cut(harmless(finding.check, 60), CHECK - 2), CHECK),
        cut(harmless(subjectCalled(finding, called), 120), Math.max(10, table.width - 15 - CHECK)),
      ];
    }),
  ];
}
