import type { Broken } from './audit.ts';
import type { Digest } from './digest/digest.ts';
import type { Answer, AnswerEvent } from './evidence/answer.ts';
import type { FixRecord, Member } from './fixes/fix.ts';
import type { Obstacle, Snippet } from './fixes/obstacle.ts';
import type { Runbook } from './fixes/runbook.ts';
import type { Finding, Scan } from './posture/finding.ts';
import type { Framework } from './posture/framework.ts';
import type { Instead } from './posture/scope.ts';
import type { Bilingual } from './reader.ts';

/**
 * What a job has to tell. A job returns or tells one of these; Slack and the terminal each know how to
 * show it. Jobs never compose messages, and messages never decide anything.
 */
export type Telling =
  /** `notUnderstood`: the words that were no command and no question, to be said back. */
  | { kind: 'help'; notUnderstood?: string }
  /** `of` 0: nobody has counted yet. `secondsLeft` where it is expected, or can be told from how it went so far. */
  | {
      kind: 'progress';
      doing: 'scanning' | 'searching';
      done: number;
      of: number;
      secondsLeft?: number;
    }
  /** With a framework the findings are told by its controls. */
  | {
      kind: 'posture';
      scan: Scan;
      scope: { account?: string; ou?: string };
      framework?: Framework;
    }
  | { kind: 'answer'; answer: Answer }
  /** Events `from` (0 is the first) to the last of `events`, of `answer.total` in all. */
  | { kind: 'events'; answer: Answer; events: AnswerEvent[]; from: number }
  /** The events of an answer as a file; `rows` of `answer.total` stand in it. */
  | { kind: 'file'; name: string; content: string; rows: number; answer: Answer; form: string }
  /** One event as recorded, without its secrets, in pieces of JSON text. */
  | { kind: 'record'; eventID: string; origin: string; json: string }
  /** How the question is written so that it can be asked again. */
  | { kind: 'plan'; echo: string; form: string; planHash: string }
  | { kind: 'digest'; digest: Digest | null }
  /** The request with its plan and buttons; also every later state of the same message. */
  | {
      kind: 'fix';
      fix: FixRecord;
      approvers: string;
      /** What is wrong, where the job still knows it: its title and detail open the request. */
      finding?: Finding;
      /** Why that matters, as the rule says, and how people call the account. */
      means?: Bilingual;
      account?: string;
      /** True for a simulated organization: the message says so. */
      simulated?: boolean;
    }
  /** What an approver or a decliner sees before they say why, in a window of their own. */
  | {
      kind: 'decision';
      decision: 'approve' | 'decline';
      fix: FixRecord;
      finding?: Finding;
      means?: Bilingual;
      account?: string;
    }
  /** The window in which somebody asks to accept a risk instead of mending it. */
  | { kind: 'acceptance'; finding: Finding }
  /** What waits for the asker's yes, what they asked for, and what was done; newest first. */
  | { kind: 'fixes'; waiting: FixRecord[]; asked: FixRecord[]; done: FixRecord[] }
  /** How a person mends what the bot must not touch; without a finding where it was asked for by its name. */
  | { kind: 'runbook'; runbook: Runbook; finding?: Finding }
  /** `until`: ISO 8601 UTC. */
  | { kind: 'snoozed'; finding: string; until: string; by: Member }
  | { kind: 'fixes-stopped'; by: Member; at: string; reason: string | null }
  | { kind: 'fixes-started'; by: Member; at: string; reason: string | null }
  /** The head of the audit log, so that anybody can prove later that nothing before it was changed. */
  | { kind: 'checkpoint'; seq: number; hash: string; entries: number; at: string }
  /** The audit log does not hold, from this entry on. */
  | { kind: 'audit-broken'; brokenAt: number; why: Broken['why']; at: string }
  | { kind: 'refused'; why: Refusal }
  /** `changed: 'unknown'` where the job may have touched AWS before it broke; absent: nothing was changed. */
  | { kind: 'trouble'; what: string; correlation: string; changed?: 'unknown' };

/** Why nothing was done; each has its own sentence in both languages. */
export type Refusal =
  | { kind: 'no-such-place'; said: string; instead: Instead & { frameworks: string[] } }
  | { kind: 'no-such-finding'; finding: string }
  | { kind: 'no-such-fix'; fix: string }
  | { kind: 'no-fix-for-this'; finding: string; check: string }
  /** `asCode`: what to change instead, where code owns the thing. */
  | { kind: 'cannot-fix'; finding: string; obstacle: Obstacle; asCode?: Snippet[] }
  | { kind: 'finding-not-open'; finding: string; status: string }
  | { kind: 'finding-accepted'; finding: string; owner: string; reason: string; expires: string }
  | { kind: 'not-an-approver'; approvers: string }
  | { kind: 'own-request' }
  | { kind: 'already-decided'; by: Member; at: string; state: string }
  | { kind: 'already-requested'; fix: string; by: Member }
  | { kind: 'expired'; at: string }
  | { kind: 'plan-changed' }
  /** An earlier version made the plan, and this one does not carry it out. */
  | { kind: 'plan-outdated' }
  /** `ko`: the reason in Korean, where it is in our own words. */
  | { kind: 'could-not-read'; reason: string; ko?: string }
  | { kind: 'cannot-undo'; state: string }
  /** A change freeze of the configuration; `until`: ISO 8601 UTC, null where no end is in sight. */
  | { kind: 'frozen'; reason: string; until: string | null }
  /** Somebody pulled the kill switch. */
  | { kind: 'fixes-stopped'; by: Member; at: string; reason: string | null }
  /**
   * `asked`: how many things the plan changes, `left`: how many may be approved now; `next`: when all of
   * them may, ISO 8601 UTC, null where no hour has room for so many.
   */
  | { kind: 'too-many-fixes'; perHour: number; asked: number; left: number; next: string | null }
  | { kind: 'reason-required' }
  /** The yes counts once the organization's own sign-in has confirmed it behind this link. */
  | { kind: 'confirm-outside'; url: string; expiresAt: string }
  | { kind: 'no-way-back'; why: Bilingual }
  /** The same person, a second time. */
  | { kind: 'approved-already' }
  /** The answer that a button belongs to is no longer remembered. */
  | { kind: 'answer-gone' }
  /** “show more”, and no answer before it in this conversation. */
  | { kind: 'no-answer-before' }
  | { kind: 'nothing-more'; total: number }
  | { kind: 'nothing-wider' }
  | { kind: 'event-not-found'; eventID: string; reasons: string[] };
