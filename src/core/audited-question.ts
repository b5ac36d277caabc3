import type { AuditStep } from './audit.ts';
import type { Answer } from './evidence/answer.ts';
import { REDACTED, redactedText } from './evidence/redact.ts';
import type { JsonObject } from './json.ts';

/** Who asked, when (ISO 8601 UTC), where, and how: in words, by a button, from the terminal. */
export type Asked = {
  at: string;
  actor: AuditStep['actor'];
  /** A channel and maybe its thread, or the terminal. */
  where: JsonObject;
  how: string;
};

/** How much of the words is kept; the plan's hash says exactly what was searched. */
const WORDS = 1_000;

/** A question and what became of it, as the audit log keeps it: its words without secrets, no events. */
export function questionStep(
  asked: Asked,
  answer: Pick<Answer, 'question' | 'verdict' | 'planHash' | 'total' | 'coverage'>,
): AuditStep {
  const { question, verdict, planHash = null, total, coverage } = answer;
  return step(asked, {
    words: withoutSecrets(question),
    planHash,
    verdict,
    total,
    notSearched: coverage.gaps.length,
  });
}

/** A question that nothing became of. */
export function failedQuestionStep(asked: Asked, words: string): AuditStep {
  return step(asked, { words: withoutSecrets(words), verdict: 'failed' });
}

/** One event that was looked at as it was recorded. */
export function recordStep(asked: Asked, eventID: string, planHash: string, found: boolean) {
  return step(asked, { eventID, planHash, found });
}

function step({ at, actor, where, how }: Asked, details: JsonObject): AuditStep {
  return { at, actor, action: 'question', details: { how, where, ...details } };
}

/** What people type: also “the password is hunter2”, and a secret key that stands by itself. */
export function withoutSecrets(words: string): string {
  return redactedText(words.slice(0, WORDS * 2))
    .replace(SAID, `$1${REDACTED}`)
    .replace(SECRET_KEY, (found) => (isRandom(found) ? REDACTED : found))
    .slice(0, WORDS);
}

const SAID =
  /((?:password|passwd|passcode|secret|token|api[ _-]?key|비밀번호|암호|토큰)(?: key)?\s*(?::|=|\bis\b|은|는)\s*)(?=\S*[\d!@#$%^&*])\S+/giu;
/** AWS secret access keys have 40 characters, and no sign of their own. */
const SECRET_KEY = /(?<![A-Za-z0-9/+=_-])[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+=_-])/g;
const isRandom = (text: string) => /[a-z]/.test(text) && /[A-Z]/.test(text) && /\d/.test(text);
