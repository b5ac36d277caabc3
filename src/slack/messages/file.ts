/** The events of an answer as a file: what stands in it, what could not be seen, and what to do where no file could be sent. */
import { chaptersOf } from '../../core/evidence/tell.ts';
import type { Line } from '../../core/prose.ts';
import type { Telling } from '../../core/telling.ts';
import { fitted, type Message } from '../fit.ts';
import { note, paragraph } from '../render.ts';
import { inPieces, verbatim } from '../verbatim.ts';
import { number } from '../words.ts';
import { type Asker, coverageNotes, questionLine } from './answer.ts';

type File = Extract<Telling, { kind: 'file' }>;

/** `where` it went: beside this message, to the asker alone, or nowhere, because Slack took no file (`reason`). */
export function fileMessage(
  { name, rows, content, form, answer }: File,
  reader: Asker,
  where: 'here' | 'direct' | { refused: string } = 'here',
): Message {
  const words = WORDS[reader.language];
  const question = note('question', [questionLine(answer, reader)], reader);
  const { headline, coverage } = chaptersOf(answer);
  const tail = coverageNotes(coverage, reader);
  if (rows === 0) {
    const lines = [[words.nothing], ...headline];
    return fitted(
      { text: lines, head: [question, paragraph('file', lines, reader)], tail },
      reader,
    );
  }
  const { total } = answer;
  const held: Line =
    rows < total ? [words.some(number(rows), number(total))] : [words.all(number(rows))];
  if (typeof where !== 'string') {
    const line: Line = [...words.refused, { quote: where.refused, max: 100 }, '. ', words.terminal];
    const [first = ''] = inPieces(content);
    return fitted(
      {
        text: [line],
        head: [
          question,
          paragraph(
            'file',
            [line, [{ quote: `trailwarden ask '${form}' --csv`, max: 900 }]],
            reader,
          ),
        ],
        items: [[paragraph('rows', [[words.first]], reader), verbatim('csv', first)]],
        tail,
      },
      reader,
    );
  }
  const line: Line = ['📎 ', { quote: name, max: 80 }, ' · ', ...held];
  const lines = where === 'direct' ? [line, [words.direct]] : [line];
  const text = [...lines, ...coverage.slice(0, 1)];
  return fitted({ text, head: [question, paragraph('file', lines, reader)], tail }, reader);
}

const WORDS = {
  en: {
    all: (rows: string) => (rows === '1' ? 'the one event' : `all ${rows} events, one a row`),
    some: (rows: string, total: string) =>
      `${rows} of ${total} events, one a row: narrow the time for the others, or use the terminal`,
    nothing: 'There is no event to export, so there is no file.',
    direct: 'I sent it to you in a direct message, because others read along here.',
    refused: ['Slack did not take the file: '],
    terminal: 'In the terminal you get all of it with:',
    first: 'The first rows:',
  },
  ko: {
    all: (rows: string) => `이벤트 ${rows}건 전부, 한 줄에 하나`,
    some: (rows: string, total: string) =>
      `이벤트 ${total}건 중 ${rows}건, 한 줄에 하나: 나머지는 기간을 좁히거나 터미널에서 받으세요`,
    nothing: '내보낼 이벤트가 없어서 파일을 만들지 않았습니다.',
    direct: '다른 사람도 보는 곳이라 다이렉트 메시지로 보냈습니다.',
    refused: ['Slack이 파일을 받지 않았습니다: '],
    terminal: '터미널에서는 이렇게 전부 받을 수 있습니다:',
    first: '처음 몇 줄:',
  },
};
