import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openLogFiles } from '../src/archive/log-files.ts';
import type { Answer } from '../src/core/evidence/answer.ts';
import { answerQuestion } from '../src/jobs/answer-question.ts';

/**
 * The 24 questions that engineers typed, over real records: right means exactly the events that the
 * records hold and every fact in the text; wrong means to claim other events, or none, in earnest.
 */
const data = join(__dirname, '../../shared/data');
const present = existsSync(join(data, 'questions-sample.jsonl'));
if (!present) console.log('skipped: ../shared/data is not here');

type Question = {
  id: string;
  now: string;
  question: string;
  expect: { count: number; event_ids: string[]; answer_must_contain: string[][]; type: string };
};

(present ? test : test.skip)(
  'the sample questions are answered or asked back, none wrongly',
  async () => {
    const questions = readFileSync(join(data, 'questions-sample.jsonl'), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Question);
    const logs = openLogFiles([join(data, 'cloudtrail')]);
    const began = Date.now();
    const judged: { asked: Question; answer: Answer; judgement: string }[] = [];
    for (const asked of questions) {
      const answer = await answerQuestion(
        asked.question,
        { language: 'en', timeZone: 'UTC' },
        {
          now: () => new Date(asked.now),
          vocabulary: async () => ({ accounts: [], people: [] }),
          sources: [logs],
        },
      );
      judged.push({ asked, answer, judgement: judge(asked, answer) });
    }
    const took = Date.now() - began;
    logs.close();
    const count = (judgement: string) => judged.filter((one) => one.judgement === judgement).length;
    console.log(
      [
        `${count('right')} right, ${count('wrong')} wrong, ${count('asked back')} asked back (${took} ms)`,
        ...judged
          .filter(({ judgement }) => judgement !== 'right')
          .map(
            ({ asked, answer, judgement }) =>
              `${judgement}: ${asked.id} ${asked.question} -> ${answer.verdict} ${answer.total}/${asked.expect.count} ${answer.understood.echo}${answer.reason ?? ''} missing ${JSON.stringify(missing(asked, answer))}`,
          ),
      ].join('\n'),
    );
    expect(count('wrong')).toBe(0);
    expect(count('right')).toBeGreaterThanOrEqual(21);
    expect(took).toBeLessThan(5_000);
  },
);

function judge(
  { expect: wanted, ...asked }: Question,
  answer: Answer,
): 'right' | 'wrong' | 'asked back' {
  if (['unclear', 'not-understood'].includes(answer.verdict)) return 'asked back';
  const found = new Set(answer.events.map(({ eventID }) => eventID));
  const same =
    answer.total === wanted.count &&
    [...found].length === Math.min(wanted.count, 30) &&
    (wanted.count > 30 || wanted.event_ids.every((id) => found.has(id)));
  if (same && missing({ expect: wanted, ...asked }, answer).length === 0) return 'right';
  return 'wrong';
}

function missing({ expect: { answer_must_contain } }: Question, { text }: Answer): string[][] {
  return answer_must_contain.filter((words) => !words.some((word) => text.includes(word)));
}
