/** What the bot must not do, or cannot: exact instructions for a person, and no button that could not work. */
import type { KnownBlock } from '@slack/types';
import type { Runbook } from '../../core/fixes/runbook.ts';
import type { Finding } from '../../core/posture/finding.ts';
import type { Line, Prose } from '../../core/prose.ts';
import type { Reader } from '../../core/reader.ts';
import { fitted, type Message } from '../fit.ts';
import { bullets, heading, note, paragraph } from '../render.ts';
import { verbatims } from '../verbatim.ts';
import { titled } from './findings.ts';
import { insteadOfFix } from './instead-of-fix.ts';

export function runbookMessage(
  { runbook, finding }: { runbook: Runbook; finding?: Finding },
  reader: Reader,
): Message {
  const { language } = reader;
  const words = WORDS[language];
  const said = (text: { en: string; ko: string }): Line => [text[language]];
  const list = (id: string, intro: string, lines: Prose): KnownBlock[] =>
    lines.length > 0 ? [bullets(id, [{ strong: intro }], lines, reader)] : [];
  const title = runbook.title[language];
  return fitted(
    {
      text: [
        [`${words.title}: ${title}. `, ...said(runbook.why)],
        [words.who, ...said(runbook.who)],
        ...runbook.steps.map(({ say }, at): Line => [`${at + 1}. `, ...said(say)]),
      ],
      head: [
        heading('title', `${words.title}: ${title}`),
        paragraph(
          'why',
          [
            ...(finding
              ? [
                  [
                    words.wrong,
                    { strong: titled(finding, reader) },
                    ' · ',
                    { quote: finding.subject },
                  ],
                ]
              : []),
            [words.byHand, ...said(runbook.why)],
            [words.who, ...said(runbook.who)],
          ],
          reader,
        ),
      ],
      items: [
        ...runbook.steps.flatMap(({ say, command }, at): KnownBlock[][] => {
          const [first, ...rest] = command === undefined ? [] : verbatims(`step-${at}`, command);
          const step = paragraph(`step-${at}`, [[{ strong: `${at + 1}. ` }, ...said(say)]], reader);
          return [[step, ...(first ? [first] : [])], ...rest.map((block) => [block])];
        }),
        list('conflicts', words.conflicts, runbook.conflicts.map(said)),
        list(
          'alternatives',
          words.alternatives,
          runbook.alternatives.map(({ say, fix }) => [
            ...said(say),
            ...(fix === undefined ? [] : [' · ', { quote: fix, max: 60 }]),
          ]),
        ),
      ].filter((blocks) => blocks.length > 0),
      tail: [
        ...(finding
          ? [
              ...insteadOfFix(finding.id, reader),
              note('checked', [[words.checked, { quote: finding.id, max: 40 }]], reader),
            ]
          : [note('checked', [[words.untouched]], reader)]),
      ],
      overflow: 'thread',
    },
    reader,
  );
}

const WORDS = {
  en: {
    title: 'How to mend it',
    wrong: 'What is wrong: ',
    byHand: 'Why no button does it: ',
    who: 'Who can do it: ',
    conflicts: 'What it does not go together with',
    alternatives: 'What serves the same end',
    untouched: 'I changed nothing, and cannot.',
    checked: 'I changed nothing, and cannot. The next scan looks at it again · finding ',
  },
  ko: {
    title: '고치는 방법',
    wrong: '문제: ',
    byHand: '버튼으로 할 수 없는 이유: ',
    who: '할 수 있는 사람: ',
    conflicts: '함께 쓸 수 없는 것',
    alternatives: '같은 목적을 이루는 다른 방법',
    untouched: '저는 아무것도 바꾸지 않았고 바꿀 수도 없습니다.',
    checked:
      '저는 아무것도 바꾸지 않았고 바꿀 수도 없습니다. 다음 점검에서 다시 확인합니다 · 항목 ',
  },
};
