/** Who did it: the answer first, then the evidence, then what was searched and what could not be seen. */
import type { ContextBlock, KnownBlock } from '@slack/types';
import type { Answer } from '../../core/evidence/answer.ts';
import { chaptersOf } from '../../core/evidence/tell.ts';
import type { Line, Prose } from '../../core/prose.ts';
import { plain } from '../../core/prose.ts';
import type { Reader } from '../../core/reader.ts';
import { fitted, type Message } from '../fit.ts';
import { note, paragraph } from '../render.ts';
import { answerButtons } from './answer-buttons.ts';

/** `user` asked; named where the answer does not stand in the thread of the question. */
export type Asker = Reader & { user?: string; threadTs?: string };

/** Characters of one block; Slack's limit for text is 3000 and escaping makes it longer. */
const BLOCK_CHARACTERS = 2_400;
/** What always stands below the evidence must leave it room. */
const NOTE_CHARACTERS = 1_500;
/** What a part of a line costs beside its text, roughly. */
const SPAN_CHARACTERS = 25;

export function answerMessage(answer: Answer, asker: Asker): Message {
  const { headline, evidence, coverage, closing } = chaptersOf(answer);
  return fitted(
    {
      text: [...headline, ...coverage.slice(0, 1)],
      head: [
        note('question', [questionLine(answer, asker)], asker),
        paragraph('answer', headline, asker),
      ],
      items: [
        ...packed(evidence).map((lines, at): KnownBlock[] => [
          paragraph(`evidence-${at}`, lines, asker),
        ]),
      ],
      tail: [
        ...coverageNotes(coverage, asker),
        ...packed(closing, NOTE_CHARACTERS).map((lines, at) => note(`closing-${at}`, lines, asker)),
        ...answerButtons(answer, asker),
      ],
      // Evidence comes in blocks of lines, and nobody counts in those.
      more: (_left, inThread) => REST[asker.language][inThread ? 'inThread' : 'leftOut'],
      overflow: 'thread',
    },
    asker,
  );
}

const TERMINAL = 'trailwarden ask';

/** Not every answer can be exported, and a file holds no groups and no states: the terminal has it all. */
const REST: Record<Reader['language'], Record<'inThread' | 'leftOut', Line>> = {
  en: {
    inThread: ['The rest of the evidence is in the thread.'],
    leftOut: [
      'There is more evidence than fits into a thread. In a terminal, ',
      { quote: TERMINAL },
      ' shows all of it.',
    ],
  },
  ko: {
    inThread: ['나머지 증거는 스레드에 이어집니다.'],
    leftOut: [
      '증거가 스레드에 다 들어가지 않습니다. 터미널에서 ',
      { quote: TERMINAL },
      '로 물어보면 전부 볼 수 있습니다.',
    ],
  },
};

/** What was searched and what was not, in its order; how many reasons there may be, the telling bounds. */
export function coverageNotes(coverage: Prose, reader: Reader): ContextBlock[] {
  return packed(coverage, NOTE_CHARACTERS).map((lines, at) =>
    note(`coverage-${at}`, lines, reader),
  );
}

/** What was asked, by whom. */
export function questionLine({ question }: Answer, { user, threadTs }: Asker): Line {
  const asked: Line = [{ quote: question, max: 300 }];
  return user && threadTs === undefined ? [{ member: user }, ': ', ...asked] : ['💬 ', ...asked];
}

/** Lines together as far as they fit into one block; a line is never torn. */
export function packed(lines: Prose, most = BLOCK_CHARACTERS): Prose[] {
  const blocks: Prose[] = [];
  let room = 0;
  for (const line of lines) {
    const length = plain([line]).length + line.length * SPAN_CHARACTERS;
    if (blocks.length === 0 || length > room) {
      blocks.push([]);
      room = most;
    }
    blocks.at(-1)?.push(line);
    room -= length;
  }
  return blocks;
}
