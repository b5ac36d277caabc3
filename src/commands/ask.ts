import { readConfig } from '../config.ts';
import { eventsCsv } from '../core/evidence/events-csv.ts';
import { followUp } from '../core/questions/follow-up.ts';
import { exactForm, parseExactForm, understand } from '../core/questions/index.ts';
import type { Understanding } from '../core/questions/plan.ts';
import { type Language, languageOf, type Reader } from '../core/reader.ts';
import { progressBar } from '../terminal/progress.ts';
import { openLogs, type Trailwarden } from '../wire.ts';
import { askMany, exitCodeOfAnswer } from './ask-many.ts';
import { auditedAsking } from './audited-asking.ts';
import { inTrailwarden, print } from './stage.ts';
import { type ExitCode, moment, timeZone, UsageError } from './usage.ts';

export type AskOptions = {
  logs?: string[];
  now?: string;
  tz?: string;
  json?: boolean;
  jsonl?: boolean;
  csv?: boolean;
  exact?: boolean;
  after?: string;
  sandbox?: boolean;
};

/** Rows of one CSV file; a spreadsheet holds about ten times as many. */
const MOST_ROWS = 100_000;

/** Whoever answers: over AWS, or over log files. */
type Answering = Pick<Trailwarden, 'answer' | 'ask' | 'vocabulary'>;

/** One question from the command line, or many from stdin, over AWS or over log files. */
export async function ask(question: string | undefined, options: AskOptions): Promise<ExitCode> {
  refuseContradictions(question, options);
  const now = options.now === undefined ? undefined : moment(options.now, '--now');
  const zone = options.tz === undefined ? undefined : timeZone(options.tz, '--tz');

  const answerAll = async (
    answering: Answering,
    defaults: { language: Language; timeZone: string },
  ): Promise<ExitCode> => {
    const reader = { language: defaults.language, timeZone: zone ?? defaults.timeZone };
    if (options.jsonl) return askMany(answering.ask, reader, now);
    return askOne(question ?? '', options, reader, answering, now);
  };

  if (options.logs) {
    const { language, timeZone: zoneOfConfig } = readConfig();
    const logs = openLogs(options.logs);
    try {
      return await answerAll(logs, { language, timeZone: zoneOfConfig });
    } finally {
      await logs.close();
    }
  }
  return inTrailwarden(options, async (trailwarden) => {
    const asking = auditedAsking(trailwarden, options.jsonl === true);
    try {
      return await answerAll({ ...trailwarden, ...asking }, trailwarden.config);
    } finally {
      await asking.written();
    }
  });
}

async function askOne(
  words: string,
  options: AskOptions,
  reader: Reader,
  { ask: askWords, answer, vocabulary }: Answering,
  now: Date | undefined,
): Promise<ExitCode> {
  const context = {
    now: (now ?? new Date()).toISOString(),
    timeZone: reader.timeZone,
    vocabulary: options.exact || options.after ? await vocabulary() : { accounts: [], people: [] },
  };
  const { understood, csv } = afterThat(words, options, context);
  if (options.exact) return printExact(understood ?? understand(words, context));
  const wanted = options.csv || csv;
  const bar = progressBar('searches');
  const about = {
    progress: bar.show,
    // Whoever reads a file of answers wants only answers in it.
    ...(process.stderr.isTTY && { expect: announce }),
    ...(now && { now: () => now }),
    ...(wanted && { listed: MOST_ROWS }),
  };
  const asked = understood
    ? answer(understood, words, { ...reader, language: languageOf(words) }, about)
    : askWords(words, reader, about);
  const one = await asked.finally(bar.stop);
  if (wanted && one.understood.plan) {
    for (const row of eventsCsv(one.events, reader.timeZone)) process.stdout.write(row);
    // What a file cannot say: how complete it is.
    process.stderr.write(`${one.text}\n`);
  } else print(options.json ? JSON.stringify(one) : one.text);
  return exitCodeOfAnswer(one);
}

function announce(seconds: number): void {
  process.stderr.write(`Searching: about ${Math.max(1, Math.round(seconds))} s.\n`);
}

type Context = Parameters<typeof understand>[1];

/** With --after, words may change the question that stands there, as they do in a thread of Slack. */
function afterThat(
  words: string,
  { after }: AskOptions,
  context: Context,
): { understood?: Understanding; csv?: boolean } {
  if (after === undefined) return {};
  const before = parseExactForm(after, context);
  if ('odd' in before) {
    const allowed = before.allowed?.length ? `, possible: ${before.allowed.join(', ')}` : '';
    throw new UsageError(`--after: cannot read ${before.odd}${allowed}`);
  }
  const { plan } = before;
  const previous = { plan, callers: [], resources: plan.resources, askedAt: context.now };
  const heard = followUp(words, previous, context);
  if (heard === null) return {};
  if (!('act' in heard)) return { understood: heard };
  return { understood: { plan }, csv: true };
}

/** The question as it can be asked again, without asking it. */
function printExact(understood: Understanding): ExitCode {
  if ('plan' in understood) {
    print(exactForm(understood.plan));
    return 0;
  }
  if ('notUnderstood' in understood) {
    process.stderr.write(`${understood.notUnderstood}\n`);
    return 1;
  }
  process.stderr.write(`${understood.unclear.question}\n`);
  for (const { plan } of understood.unclear.readings) print(exactForm(plan));
  return 1;
}

function refuseContradictions(question: string | undefined, options: AskOptions): void {
  if (options.jsonl && question !== undefined)
    throw new UsageError(
      'With --jsonl the questions come from stdin: give no question on the command line.',
    );
  if (!options.jsonl && !question?.trim())
    throw new UsageError('There is no question. Such as: trailwarden ask "who deleted i-0abc?"');
  const shapes = (['json', 'jsonl', 'csv', 'exact'] as const).filter((shape) => options[shape]);
  if (shapes.length > 1)
    throw new UsageError(`Choose one of ${shapes.map((shape) => `--${shape}`).join(', ')}.`);
  if (options.after !== undefined && options.jsonl)
    throw new UsageError('--after belongs to one question, and --jsonl has many.');
}
