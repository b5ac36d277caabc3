import type { Approval, Member } from './fixes/fix.ts';
import type { Language, Reader } from './reader.ts';

/** Where an answer goes: the place it was asked in. */
export type ReplyTo = {
  channel: string;
  /** Who asked. */
  user: string;
  /** Answer in this thread where there is one. */
  threadTs?: string;
  /** Slash commands: the place to answer to even where the bot is no member (5 uses, 30 minutes). */
  responseUrl?: string;
  /** The message that carried the button, to be rewritten. */
  messageTs?: string;
  /** In whose words that message stands; it is rewritten in them, whoever pressed the button. */
  messageReader?: Reader;
  /** The modal that was opened for this, to be filled; only the presser sees it. */
  view?: string;
  language: Language;
  timeZone: string;
};

/** What a button of an answer changes of its plan; 'reading' takes it as it is. */
export const PLAN_CHANGES = [
  'again',
  'wider',
  'all-accounts',
  'all-regions',
  'any-outcome',
  'reading',
] as const;
export type PlanChange = (typeof PLAN_CHANGES)[number];

/**
 * A piece of work as plain JSON: what a listener hands over. In the long-lived process it runs behind
 * the hand-over; on Lambda it will travel through a queue. No listener and no job knows which.
 */
export type JobRequest =
  | { job: 'help'; notUnderstood?: string; replyTo: ReplyTo }
  /** `account` may turn out to be the name of an OU or of a framework, which only the job can tell. */
  | {
      job: 'scan-posture';
      scope: { account?: string; ou?: string };
      framework?: string;
      replyTo: ReplyTo;
    }
  | { job: 'answer-question'; words: string; replyTo: ReplyTo }
  /** A button of an answer: its plan once more, with one thing changed. */
  | { job: 'answer-plan'; planHash: string; change: PlanChange; replyTo: ReplyTo }
  /** More of the list, from this event on. */
  | { job: 'list-events'; planHash: string; from: number; replyTo: ReplyTo }
  | { job: 'export-events'; planHash: string; replyTo: ReplyTo }
  /** One event as it was recorded, or the exact form of the plan, in the modal that waits for it. */
  | { job: 'show-event'; planHash: string; eventID: string; replyTo: ReplyTo }
  | { job: 'show-plan'; planHash: string; replyTo: ReplyTo }
  | { job: 'show-digest'; replyTo: ReplyTo }
  /**
   * With a `subject`, `finding` is the id of a fix that needs no finding; with `findings` one plan covers
   * them all, and `finding` is the first of them.
   */
  | {
      job: 'request-fix';
      finding: string;
      subject?: string;
      findings?: string[];
      by: Member;
      replyTo: ReplyTo;
    }
  | { job: 'request-way-back'; fix: string; by: Member; replyTo: ReplyTo }
  /** The window that shows what is decided on and asks why, filled for whoever may decide. */
  | {
      job: 'open-decision';
      decision: 'approve' | 'decline';
      fix: string;
      planHash: string;
      by: Member;
      replyTo: ReplyTo;
    }
  | {
      job: 'approve-fix';
      fix: string;
      planHash: string;
      reason: string | null;
      by: Member;
      /** Whom the organization's own sign-in saw; never from Slack. */
      confirmed?: NonNullable<Approval['confirmed']>;
      replyTo: ReplyTo;
    }
  | { job: 'decline-fix'; fix: string; reason: string | null; by: Member; replyTo: ReplyTo }
  | { job: 'list-fixes'; by: Member; replyTo: ReplyTo }
  | { job: 'snooze-finding'; finding: string; days: number; by: Member; replyTo: ReplyTo }
  | { job: 'open-acceptance'; finding: string; by: Member; replyTo: ReplyTo }
  /** `expires`: a day, `2027-03-31`. */
  | {
      job: 'accept-risk';
      finding: string;
      reason: string;
      owner: string;
      expires: string;
      by: Member;
      replyTo: ReplyTo;
    }
  /** The kill switch. */
  | { job: 'stop-fixes'; reason: string | null; by: Member; replyTo: ReplyTo }
  | { job: 'start-fixes'; reason: string | null; by: Member; replyTo: ReplyTo };
