import type { Answer } from '../core/evidence/answer.ts';
import {
  type Asked,
  conclude,
  type Evidence,
  matching,
  shown,
  unanswered,
} from '../core/evidence/conclude.ts';
import type { EventSource, Search } from '../core/evidence/source.ts';
import { tellAnswer } from '../core/evidence/tell.ts';
import { hashOf } from '../core/hash.ts';
import { plain } from '../core/prose.ts';
import { echo, understand } from '../core/questions/index.ts';
import type { Plan, Vocabulary } from '../core/questions/plan.ts';
import { languageOf, type Reader } from '../core/reader.ts';
import { issuers } from './issuers.ts';

/** What answering needs of the world. */
export type World = {
  now(): Date;
  vocabulary(): Promise<Vocabulary>;
  sources: EventSource[];
  progress?: (done: number, of: number) => void;
  /** The bot's own principals (ARNs, or names of roles), whose calls are told apart from people's. */
  self?(): Promise<string[]>;
  /** True where the sources tell of a simulated organization. */
  simulated?: boolean;
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
  const asked = { id: id ?? idOf(words, world), question: words, language, echo: '' };
  if ('notUnderstood' in understood)
    return told(unanswered(asked, 'not-understood', understood.notUnderstood), reader, world);
  if ('unclear' in understood) {
    const { question, readings } = understood.unclear;
    return told(unanswered(asked, 'unclear', question, readings), reader, world);
  }
  return answerPlan(understood.plan, words, { ...reader, language }, world, asked.id);
}

/** The same from a plan: what a button, a permalink or a replay asks. */
export async function answerPlan(
  plan: Plan,
  question: string,
  reader: Reader,
  world: World,
  id?: string,
): Promise<Answer> {
  const { language } = reader;
  const asked: Asked = {
    id: id ?? idOf(question, world),
    question,
    language,
    echo: echo(plan, language),
    plan,
  };
  const self = (await world.self?.()) ?? [];
  const evidence = await search(plan, world);
  const events = shown(plan, matching(plan, evidence).events, self);
  const issued = await issuers(events, world.sources);
  return told(conclude(asked, evidence, issued, self), reader, world);
}

function told(answer: Answer, reader: Reader, world: World): Answer {
  const whole = { ...answer, ...(world.simulated && { simulated: true }) };
  return { ...whole, text: plain(tellAnswer(whole), reader.timeZone) };
}

async function search(plan: Plan, world: World): Promise<Evidence[]> {
  const wanted = searchFor(plan);
  return Promise.all(
    world.sources.map(async (source) => ({
      source: source.name,
      found: await source.find(wanted, world.progress),
    })),
  );
}

/** What to look for, said so that a source can pre-select without knowing plans. */
function searchFor(plan: Plan): Search {
  const { actor } = plan;
  const byId = plan.shape === 'event';
  return {
    from: plan.time.from,
    to: plan.time.to,
    accounts: plan.accounts,
    regions: plan.regions,
    resources: byId ? [] : plan.resources,
    eventNames: plan.eventNames,
    accessKeyIds: actor?.kind === 'access-key' ? [actor.value] : [],
    eventIds: byId ? plan.resources : [],
    actors: actor && ['name', 'email', 'arn', 'role'].includes(actor.kind) ? [actor.value] : [],
    readOnly: plan.readOnly,
  };
}

function idOf(question: string, world: World): string {
  return hashOf({ question, at: world.now().toISOString() }).slice(0, 12);
}
