import { createInterface } from 'node:readline';
import { z } from 'zod';
import type { Answer } from '../core/evidence/answer.ts';
import type { Reader } from '../core/reader.ts';
import type { Asking } from '../wire.ts';
import { print } from './stage.ts';
import { type ExitCode, moment, timeZone, UsageError } from './usage.ts';

/** One answer a line, in the order of the questions; a line that is no question ends the run with its number. */
export async function askMany(
  answer: (words: string, reader: Reader, about: Asking) => Promise<Answer>,
  reader: Reader,
  now: Date | undefined,
): Promise<ExitCode> {
  let worst: ExitCode = 0;
  let number = 0;
  for await (const line of createInterface({
    input: process.stdin,
    crlfDelay: Number.POSITIVE_INFINITY,
  })) {
    number += 1;
    if (line.trim() === '') continue;
    const { id, question, now: at, tz } = questionIn(line, number);
    const asked = at === undefined ? now : moment(at, `line ${number}: now`);
    const zone = tz === undefined ? reader.timeZone : timeZone(tz, `line ${number}: tz`);
    const one = await answer(
      question,
      { ...reader, timeZone: zone },
      { id: id ?? String(number), ...(asked && { now: () => asked }) },
    );
    print(JSON.stringify(one));
    worst = worse(worst, exitCodeOfAnswer(one));
  }
  return worst;
}

const Question = z.strictObject({
  id: z.union([z.string(), z.number()]).transform(String).optional(),
  question: z.string(),
  now: z.string().optional(),
  tz: z.string().optional(),
});

function questionIn(line: string, number: number): z.infer<typeof Question> {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    throw new UsageError(
      `line ${number} is not JSON: expected {"id": "q1", "question": "who deleted i-0abc?"}`,
    );
  }
  // Files of questions carry more than the question; only these members are ours.
  const known = z.object(Question.shape).safeParse(value);
  if (!known.success) {
    throw new UsageError(
      `line ${number} is no question: expected {"id": "q1", "question": "who deleted i-0abc?", "now"?: "2026-11-22T09:00:00Z", "tz"?: "Asia/Seoul"}`,
    );
  }
  return known.data;
}

/** Not being able to see is worse than not understanding. */
function worse(a: ExitCode, b: ExitCode): ExitCode {
  return a > b ? a : b;
}

/** What could not be seen or checked is told by the exit code, too. */
export function exitCodeOfAnswer({ verdict, coverage, detections = [] }: Answer): ExitCode {
  if (verdict === 'unclear' || verdict === 'not-understood' || verdict === 'unknowable') return 1;
  const unchecked = detections.some(({ status }) => status === 'not-checkable');
  return coverage.gaps.length > 0 || unchecked ? 3 : 0;
}
