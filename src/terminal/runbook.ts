import type { Runbook } from '../core/fixes/runbook.ts';
import { harmless } from '../core/prose.ts';
import type { Language } from '../core/reader.ts';

/** Commands are to be copied whole: nobody's terminal breaks one in the middle. */
const LONGEST_LINE = 4_000;

/** A runbook as it is followed in a terminal: every step with its command, ready to be copied. */
export function runbookText(runbook: Runbook, language: Language): string {
  const words = WORDS[language];
  const list = (intro: string, lines: string[]) =>
    lines.length === 0 ? [] : ['', intro, ...lines.map((line) => `  - ${line}`)];
  return [
    `${words.title}: ${shown(runbook.title[language])}`,
    shown(runbook.why[language]),
    `${words.who}: ${shown(runbook.who[language])}`,
    ...runbook.steps.flatMap(({ say, command }, index) => [
      '',
      `${index + 1}. ${shown(say[language])}`,
      ...(command === undefined ? [] : command.split('\n').map((line) => `   ${shown(line)}`)),
    ]),
    ...list(
      words.conflicts,
      runbook.conflicts.map((text) => shown(text[language])),
    ),
    ...list(
      words.alternatives,
      runbook.alternatives.map(
        ({ say, fix }) => `${shown(say[language])}${fix === undefined ? '' : ` (${fix})`}`,
      ),
    ),
  ].join('\n');
}

const shown = (text: string) => harmless(text, LONGEST_LINE);

const WORDS = {
  en: {
    title: 'How to mend it',
    who: 'Who can do it',
    conflicts: 'What it does not go together with',
    alternatives: 'What serves the same end',
  },
  ko: {
    title: '직접 고치는 방법',
    who: '할 수 있는 사람',
    conflicts: '함께 쓸 수 없는 것',
    alternatives: '같은 목적의 다른 방법',
  },
};
