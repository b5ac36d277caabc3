import type { Answer } from '../core/evidence/answer.ts';
import { type Asked, unanswered } from '../core/evidence/conclude.ts';
import { redactedChange } from '../core/evidence/redact.ts';
import { tellAnswer } from '../core/evidence/tell.ts';
import { hashOf } from '../core/hash.ts';
import { plain } from '../core/prose.ts';
import { echo, understand } from '../core/questions/index.ts';
import type { Plan, Slip, Understanding } from '../core/questions/plan.ts';
import { languageOf, type Reader } from '../core/reader.ts';
import { answerCause } from './answers/cause.ts';
import { answerCoverage } from './answers/coverage.ts';
import { answerDetect } from './answers/detect.ts';
import { answerSearch } from './answers/search.ts';
import { answerState } from './answers/state.ts';
import type { Answerer, World } from './answers/world.ts';

export type { World } from './answers/world.ts';

/** Who answers which shape of plan. */
const ANSWERERS: Record<Plan['shape'], Answerer> = {
  search: answerSearch,
  count: answerSearch,
  event: answerSearch,
  coverage: answerCoverage,
  detect: answerDetect,
  state: answerState,
  cause: answerCause,
};

/**
 * Words -> plan -> events -> the people behind them -> answer with its coverage. The reader's language
 * is a default: a question in Korean is answered in Korean. Times are told in the reader's zone.
 */
export async function answerQuestion(
  words: string,
  reader: Reader,
  world: World,
  id?: string,
): Promise<Answer> {
  const language = words.trim() === '' ? reader.language : languageOf(words);
  const understood = understand(words, {
    now: world.now().toISOString(),
    timeZone: reader.timeZone,
    vocabulary: await world.vocabulary(),
  });
  return answerUnderstood(understood, words, { ...reader, language }, world, id);
}

/** The same once the words are understood: of a question, of a follow-up to one, of a chosen reading. */
export async function answerUnderstood(
  understood: Understanding,
  words: string,
  reader: Reader,
  world: World,
  id?: string,
): Promise<Answer> {
  const { language } = reader;
  const asked = { id: id ?? idOf(words, world), question: words, language, echo: '' };
  if ('notUnderstood' in understood)
    return told(unanswered(asked, 'not-understood', understood.notUnderstood), reader, world);
  if ('unclear' in understood) {
    const { question, readings } = understood.unclear;
    return told(unanswered(asked, 'unclear', question, readings), reader, world);
  }
  return answerPlan(understood.plan, words, reader, world, asked.id, understood.assumed);
}

/** The same from a plan: what a button, a permalink or a replay asks. */
export async function answerPlan(
  plan: Plan,
  question: string,
  reader: Reader,
  world: World,
  id?: string,
  assumed: Slip[] = [],
): Promise<Answer> {
  const { language } = reader;
  const asked: Asked = {
    id: id ?? idOf(question, world),
    question,
    language,
    echo: [echo(plan, language), ...assumed.map(READ_AS[language])].join(' · '),
    plan,
  };
  const answer = await ANSWERERS[plan.shape](asked, reader, world);
  return told({ ...answer, planHash: hashOf(plan) }, reader, world);
}

/** What was typed wrongly is told with what it was read as, and what was left aside as it stands. */
const READ_AS: Record<Reader['language'], (slip: Slip) => string> = {
  en: ({ typed, meant }) =>
    meant === null ? `left aside: “${typed}”` : `“${typed}” read as “${meant}”`,
  ko: ({ typed, meant }) =>
    meant === null ? `빼고 들은 말: “${typed}”` : `“${typed}” → “${meant}”(으)로 읽음`,
};

function told(answer: Answer, reader: Reader, world: World): Answer {
  const changes = answer.changes?.map(redactedChange);
  const whole = {
    ...answer,
    ...(changes && { changes }),
    ...(world.simulated && { simulated: true }),
  };
  return { ...whole, text: plain(tellAnswer(whole), reader.timeZone) };
}

function idOf(question: string, world: World): string {
  return hashOf({ question, at: world.now().toISOString() }).slice(0, 12);
}
