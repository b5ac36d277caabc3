/** Who did it: the answer first, then the evidence, then what was searched and what could not be seen. */
import type { KnownBlock } from '@slack/types';
import type { Answer } from '../../core/evidence/answer.ts';
import { tellAnswer } from '../../core/evidence/tell.ts';
import { tellCoverage } from '../../core/evidence/tell-coverage.ts';
import type { Line, Prose } from '../../core/prose.ts';
import { plain } from '../../core/prose.ts';
import type { Reader } from '../../core/reader.ts';
import { fitted, type Message } from '../fit.ts';
import { note, paragraph } from '../render.ts';

/** `user` asked; named where the answer does not stand in the thread of the question. */
export type Asker = Reader & { user?: string; threadTs?: string };

/** Characters of one block; Slack's limit for text is 3000 and escaping makes it longer. */
const BLOCK_CHARACTERS = 2_400;
/** What a part of a line costs beside its text, roughly. */
const SPAN_CHARACTERS = 25;

export function answerMessage(answer: Answer, asker: Asker): Message {
  const { headline, evidence, coverage } = chapters(answer);
  const [searched, ...unseen] = packed(coverage);
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
        ...unseen.map((lines, at): KnownBlock[] => [note(`coverage-${at + 1}`, lines, asker)]),
      ],
      tail: searched ? [note('coverage-0', searched, asker)] : [],
      overflow: 'thread',
    },
    asker,
  );
}

/** The answer's own two lines, what it rests on, and from `Searched …` on what was searched. */
function chapters(answer: Answer): { headline: Prose; evidence: Prose; coverage: Prose } {
  const told = tellAnswer(answer);
  // A question of ours is one thing with its readings, also for who hears it; there are seldom many.
  if (answer.verdict === 'unclear')
    return { headline: told.slice(0, 4), evidence: told.slice(4), coverage: [] };
  const [searched] = tellCoverage(answer, answer.lang === 'ko');
  const at = told.findIndex((line) => JSON.stringify(line) === JSON.stringify(searched));
  const end = at === -1 ? told.length : at;
  return {
    headline: told.slice(0, Math.min(2, end)),
    evidence: told.slice(2, end),
    coverage: told.slice(end),
  };
}

function questionLine({ question }: Answer, { user, threadTs }: Asker): Line {
  const asked: Line = [{ quote: question, max: 300 }];
  return user && threadTs === undefined ? [{ member: user }, ': ', ...asked] : ['💬 ', ...asked];
}

/** Lines together as far as they fit into one block; a line is never torn. */
function packed(lines: Prose): Prose[] {
  const blocks: Prose[] = [];
  let room = 0;
  for (const line of lines) {
    const length = plain([line]).length + line.length * SPAN_CHARACTERS;
    if (blocks.length === 0 || length > room) {
      blocks.push([]);
      room = BLOCK_CHARACTERS;
    }
    blocks.at(-1)?.push(line);
    room -= length;
  }
  return blocks;
}
