import type { AuditStep } from '../core/audit.ts';
import {
  type Asked,
  failedQuestionStep,
  questionStep,
  recordStep,
} from '../core/audited-question.ts';
import type { Answer } from '../core/evidence/answer.ts';
import type { Member } from '../core/fixes/fix.ts';
import { hashOf } from '../core/hash.ts';
import type { JsonObject } from '../core/json.ts';
import type { JobRequest } from '../core/request.ts';
import type { Conversing } from './conversing.ts';

export type AuditingWorld = {
  appendAudit(...steps: AuditStep[]): Promise<void>;
  /** Who asks, as the workspace knows them. */
  asker(slackId: string): Promise<Member>;
};

/** Who asked for a scan or for the digest, before either is made. */
export async function noteAsking(
  { job, replyTo }: JobRequest,
  details: JsonObject,
  at: Date,
  { appendAudit, asker }: AuditingWorld,
): Promise<void> {
  const { channel, threadTs, user } = replyTo;
  const where = { channel, ...(threadTs !== undefined && { thread: threadTs }) };
  await appendAudit({
    at: at.toISOString(),
    actor: await asker(user),
    action: 'question',
    details: { how: job, where, ...details },
  });
}

/**
 * A conversation of which every question is in the audit log before its answer is told: who asked, where,
 * what was searched, what came of it. Buttons of an answer are questions too.
 */
export function audited<W extends Conversing>(
  world: W,
  { job, replyTo }: JobRequest,
  { appendAudit, asker }: AuditingWorld,
): W {
  const { channel, threadTs, user } = replyTo;
  const asked = async (): Promise<Asked> => ({
    at: world.now().toISOString(),
    actor: await asker(user),
    where: { channel, ...(threadTs !== undefined && { thread: threadTs }) },
    how: job,
  });
  const noted = async (words: string, answering: Promise<Answer>): Promise<Answer> => {
    const answer = await answering.catch(async (error: unknown) => {
      await appendAudit(failedQuestionStep(await asked(), words));
      throw error;
    });
    await appendAudit(questionStep(await asked(), answer));
    return answer;
  };
  return {
    ...world,
    ask: (words, reader, about) => noted(words, world.ask(words, reader, about)),
    answer: (understood, words, reader, about) =>
      noted(words, world.answer(understood, words, reader, about)),
    async record(place, plan) {
      const found = await world.record(place, plan);
      const step = recordStep(await asked(), place.eventID, hashOf(plan), 'record' in found);
      await appendAudit(step);
      return found;
    },
  };
}
