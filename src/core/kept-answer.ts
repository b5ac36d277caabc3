import { z } from 'zod';
import type { Answer, AnswerCoverage } from './evidence/answer.ts';
import { hashOf } from './hash.ts';
import { Actor, Plan } from './questions/plan.ts';

/**
 * An answer as far as its buttons, and what is asked next in its thread, need it. Records are not in
 * it: what a button shows is looked up again, for whoever presses it.
 */
export const KeptAnswer = z.strictObject({
  planHash: z.string(),
  plan: Plan,
  question: z.string(),
  lang: z.enum(['en', 'ko']),
  /** ISO 8601 UTC. */
  askedAt: z.string(),
  /** The events that were shown, and where and when each was recorded. */
  events: z.array(
    z.strictObject({
      eventID: z.string(),
      account: z.string(),
      region: z.string(),
      at: z.string().nullable(),
    }),
  ),
  /** The callers that were named, for “who else?”. */
  callers: z.array(Actor),
  /** What was touched, for “who created it?”. */
  resources: z.array(z.string()),
  /** What was searched, for “what did you search?”. */
  coverage: z.custom<AnswerCoverage>((value) => typeof value === 'object' && value !== null),
  /** Distinct events in all, and how many of them have been listed so far. */
  total: z.number(),
  listed: z.number(),
});
export type KeptAnswer = z.infer<typeof KeptAnswer>;

/** A plan by its name: 128 bits of its hash, which is as good as unique and half as long. */
export const shortHash = (planHash: string) => planHash.slice(0, 32);

/** How long buttons and threads are remembered. */
export const KEPT_DAYS = 7;

/** How many events an answer lists by itself; “show more” goes on from there. */
export const LISTED = 10;

/** What is to be kept of an answer; of one without a plan there is nothing. */
export function keptOf(answer: Answer, askedAt: string): KeptAnswer | null {
  const { plan } = answer.understood;
  if (!plan) return null;
  const callers = new Map<string, KeptAnswer['callers'][number]>();
  for (const { actor } of answer.events) {
    const caller = callerOf(actor);
    if (caller) callers.set(JSON.stringify(caller), caller);
  }
  return {
    planHash: answer.planHash ?? hashOf(plan),
    plan,
    question: answer.question.slice(0, 2_000),
    lang: answer.lang,
    askedAt,
    events: answer.events.map(({ eventID, account, region, eventTime }) => ({
      eventID,
      account,
      region,
      at: eventTime,
    })),
    callers: [...callers.values()],
    resources: [...new Set(answer.events.flatMap(({ resources }) => resources.slice(0, 1)))],
    coverage: someOf(answer.coverage),
    total: answer.total,
    listed: Math.min(LISTED, answer.events.length),
  };
}

/** A reading that may be chosen: a plan that nobody has answered yet. */
export function keptReading(plan: Plan, answer: Answer, askedAt: string): KeptAnswer {
  const nothing = { events: [], callers: [], resources: [], total: 0, listed: 0 };
  const { question, lang, coverage } = answer;
  return {
    planHash: hashOf(plan),
    plan,
    question: question.slice(0, 2_000),
    lang,
    askedAt,
    coverage: someOf(coverage),
    ...nothing,
  };
}

/** Of an organization that refuses us everywhere there are thousands of gaps; the rest is counted. */
function someOf(coverage: AnswerCoverage): AnswerCoverage {
  const left = coverage.gaps.length - MOST_GAPS;
  if (left <= 0) return coverage;
  const more = {
    account: '',
    region: '',
    reason: `and ${left} more places that could not be searched`,
    ko: `그 밖에 검색하지 못한 곳 ${left}곳`,
  };
  return { ...coverage, gaps: [...coverage.gaps.slice(0, MOST_GAPS), more] };
}

const MOST_GAPS = 100;

function callerOf({ arn, type, name }: Answer['events'][number]['actor']): Actor | null {
  if (type === 'Root') return { kind: 'root', value: 'root' };
  if (arn) return { kind: 'arn', value: arn };
  return name.endsWith('.amazonaws.com') ? { kind: 'service', value: name } : null;
}
