import { createInterface } from 'node:readline';
import { z } from 'zod';
import { readConfig } from '../config.ts';
import type { Answer } from '../core/evidence/answer.ts';
import type { Language, Reader } from '../core/reader.ts';
import { progressBar } from '../terminal/progress.ts';
import { type Asking, openLogs } from '../wire.ts';
import { inTrailwarden, print } from './stage.ts';
import { type ExitCode, moment, timeZone, UsageError } from './usage.ts';

export type AskOptions = {
  logs?: string[];
  now?: string;
  tz?: string;
  json?: boolean;
  jsonl?: boolean;
  sandbox?: boolean;
};

/** One question from the command line, or many from stdin, over AWS or over log files. */
export async function ask(question: string | undefined, options: AskOptions): Promise<ExitCode> {
  if (options.jsonl ? question !== undefined : !question?.trim()) {
    throw new UsageError(
      options.jsonl
        ? 'With --jsonl the questions come from stdin: give no question on the command line.'
        : 'There is no question. Such as: trailwarden ask "who deleted i-0abc?"',
    );
  }
  const now = options.now === undefined ? undefined : moment(options.now, '--now');
  const zone = options.tz === undefined ? undefined : timeZone(options.tz, '--tz');

  const answerAll = async (
    answer: (words: string, reader: Reader, about: Asking) => Promise<Answer>,
    defaults: { language: Language; timeZone: string },
  ): Promise<ExitCode> => {
    const reader = { language: defaults.language, timeZone: zone ?? defaults.timeZone };
    if (options.jsonl) return askMany(answer, reader, now);
    const bar = progressBar('searches');
    const about = { progress: bar.show, ...(now && { now: () => now }) };
    const one = await answer(question ?? '', reader, about).finally(bar.stop);
    print(options.json ? JSON.stringify(one) : one.text);
    return exitCodeOfAnswer(one);
  };

  if (options.logs) {
    const { language, timeZone: zoneOfConfig } = readConfig();
    const logs = openLogs(options.logs);
    try {
      return await answerAll(logs.ask, { language, timeZone: zoneOfConfig });
    } finally {
      await logs.close();
    }
  }
  return inTrailwarden(options, (trailwarden) => answerAll(trailwarden.ask, trailwarden.config));
}

const Question = z.strictObject({
  id: z.union([z.string(), z.number()]).transform(String).optional(),
  question: z.string(),
  now: z.string().optional(),
  tz: z.string().optional(),
});

/** One answer a line, in the order of the questions; a line that is no question ends the run with its number. */
async function askMany(
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

function exitCodeOfAnswer({ verdict, coverage }: Answer): ExitCode {
  if (verdict === 'unclear' || verdict === 'not-understood' || verdict === 'unknowable') return 1;
  return coverage.gaps.length > 0 ? 3 : 0;
}
