/** Who did it: the answer first, then the evidence, then what was searched and what could not be seen. */
import type { KnownBlock } from '@slack/types';
import type { Answer, AnswerEvent } from '../../core/evidence/answer.ts';
import type { Line, Prose } from '../../core/prose.ts';
import type { Reader } from '../../core/reader.ts';
import { fitted, type Message } from '../fit.ts';
import { bullets, note, paragraph, sentence } from '../render.ts';
import { number, simulatedLine } from '../words.ts';

export function answerMessage(answer: Answer, reader: Reader): Message {
  const told = tellAnswer(answer, reader);
  return fitted(
    {
      text: [...told.headline, ...told.coverage.slice(0, 1)],
      head: [
        paragraph('question', [['> ', { quote: answer.question, max: 200 }]], reader),
        paragraph('answer', told.headline, reader),
        ...(answer.simulated ? [note('simulated', [simulatedLine(reader.language)], reader)] : []),
      ],
      items: told.evidence.map((line, at): KnownBlock[] => [
        bullets(`evidence-${at}`, null, [line], reader),
      ]),
      tail: told.coverage.length > 0 ? [note('coverage', told.coverage, reader)] : [],
    },
    reader,
  );
}

function tellAnswer(answer: Answer, reader: Reader) {
  return {
    headline: headline(answer),
    evidence: answer.events.map(eventLine),
    coverage: coverage(answer, reader),
  };
}

const headline = (answer: Answer): Prose =>
  answer.text
    .split('\n')
    .slice(0, 2)
    .map((line): Line => [{ strong: sentence(line, 400) }]);

function eventLine(event: AnswerEvent): Line {
  return [
    { quote: event.person.name, max: 80 },
    ' · ',
    { quote: event.eventName, max: 60 },
    ' · ',
    ...(event.eventTime ? [{ at: event.eventTime }] : ['—']),
    ' · ',
    { quote: event.account, max: 20 },
    ' ',
    { quote: event.region, max: 30 },
    ' · ',
    { quote: event.eventID, max: 60 },
  ];
}

function coverage({ coverage: seen }: Answer, reader: Reader): Prose {
  const ko = reader.language === 'ko';
  const accounts = `${number(seen.accounts.searched)}/${number(seen.accounts.of)}`;
  const regions = `${number(seen.regions.searched)}/${number(seen.regions.of)}`;
  return [
    [
      ko
        ? `찾아본 범위: 계정 ${accounts}, 리전 ${regions}, `
        : `Searched ${accounts} accounts, ${regions} regions, `,
      { at: seen.from },
      ' – ',
      { at: seen.to },
    ],
    ...seen.gaps
      .slice(0, 5)
      .map(
        (gap): Line => [
          ko ? '볼 수 없었던 곳: ' : 'Could not see: ',
          { quote: `${gap.account} ${gap.region}`.trim() || '*', max: 60 },
          ' ',
          { quote: gap.reason, max: 160 },
        ],
      ),
    ...(seen.gaps.length > 5 ? [[`+${number(seen.gaps.length - 5)}`]] : []),
  ];
}
