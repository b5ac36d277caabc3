import { userInfo } from 'node:os';
import type { AuditStep } from '../core/audit.ts';
import { failedQuestionStep, questionStep } from '../core/audited-question.ts';
import type { Answer } from '../core/evidence/answer.ts';
import type { Trailwarden } from '../wire.ts';

/** So many questions of a run share one write: each costs a wait for the disk. */
const TOGETHER = 25;

/**
 * Asking from the terminal, every question of which gets into the audit log: at once, or, in a run of
 * many, some at a time, and the rest with `written`.
 */
export function auditedAsking(
  { ask, answer, store, now }: Pick<Trailwarden, 'ask' | 'answer' | 'store' | 'now'>,
  many: boolean,
) {
  const waiting: AuditStep[] = [];
  const actor = { terminal: terminalUser() };
  async function noted(words: string, answering: Promise<Answer>): Promise<Answer> {
    const asked = () => ({
      at: now().toISOString(),
      actor,
      where: { terminal: true },
      how: many ? 'ask --jsonl' : 'ask',
    });
    try {
      const one = await answering;
      waiting.push(questionStep(asked(), one));
      return one;
    } catch (error) {
      waiting.push(failedQuestionStep(asked(), words));
      throw error;
    } finally {
      if (!many || waiting.length >= TOGETHER) await written();
    }
  }
  async function written(): Promise<void> {
    await store.appendAudit(...waiting.splice(0));
  }
  return {
    ask: (...asked: Parameters<typeof ask>) => noted(asked[0], ask(...asked)),
    answer: (...asked: Parameters<typeof answer>) => noted(asked[1], answer(...asked)),
    written,
  };
}

/** Who sits at the terminal, as the machine calls them; some machines do not say. */
export function terminalUser(): string {
  try {
    return userInfo().username;
  } catch {
    // A process without an entry of its own in the machine's list of users.
    return 'unknown';
  }
}
