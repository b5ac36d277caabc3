import { harmless } from '../../core/prose.ts';
import { subjectCalled, textsOf } from '../../core/report/said.ts';
import { type Blind, isExample } from '../../core/report/unseen.ts';
import { wrapped } from '../columns.ts';
import type { InkLine } from '../ink.ts';
import type { Table } from './table.ts';

const NAMES = 3;
/** Reasons that are told in full; the rest is counted. */
const REASONS = 20;

/** What could not be seen, by reason, each with what it would take: an account that is dark is one line. */
export function notVisibleLines(table: Table): InkLine[] {
  const { blind, words } = table;
  if (blind.length === 0) return [];
  const left = blind.length - REASONS;
  return [
    [{ text: words.notVisible, tone: 'strong' }],
    ...blind
      .slice(0, REASONS)
      .flatMap((one) => [whereLine(one, table), ...reasonLines(one, table)]),
    ...(left > 0 ? [[`  ${words.andMore(left)}`]] : []),
  ];
}

function whereLine({ accounts, findings }: Blind, { words, called }: Table): InkLine {
  const names = (all: string[]) => {
    const distinct = [...new Set(all)];
    const more = distinct.length > NAMES ? ` ${words.andMore(distinct.length - NAMES)}` : '';
    return `${distinct
      .slice(0, NAMES)
      .map((name) => harmless(name, 80))
      .join(', ')}${more}`;
  };
  const checks = words.checks(findings.length);
  if (accounts.length > 0) {
    const who = names(accounts.map(({ id }) => called(id)));
    return [
      '  ',
      { text: `${words.accounts(accounts.length)}: ${who}`, tone: 'unsure' },
      findings.length > 0 ? ` · ${checks}` : '',
    ];
  }
  const what = names(findings.map(({ check }) => check));
  const where = names(findings.map((finding) => subjectCalled(finding, called)));
  return ['  ', { text: `${checks}: ${what}`, tone: 'unsure' }, ` · ${where}`];
}

/** The sentence of a finding says what it would take; an account alone has only the reason. */
function reasonLines(one: Blind, table: Table): InkLine[] {
  const [first] = one.findings;
  const text = first ? textsOf(first, table.language).detail : (one.reason ?? table.words.noReason);
  const whole = `${isExample(one) ? table.words.forExample : ''}${harmless(text, 500)}`;
  return wrapped(whole, table.width - 4).map((line): InkLine => [`    ${line}`]);
}
