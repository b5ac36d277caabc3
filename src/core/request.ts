import type { Member } from './fixes/fix.ts';
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
  language: Language;
  timeZone: string;
};

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
  | { job: 'show-digest'; replyTo: ReplyTo }
  | { job: 'request-fix'; finding: string; by: Member; replyTo: ReplyTo }
  | { job: 'request-way-back'; fix: string; by: Member; replyTo: ReplyTo }
  | { job: 'approve-fix'; fix: string; planHash: string; by: Member; replyTo: ReplyTo }
  | { job: 'decline-fix'; fix: string; by: Member; replyTo: ReplyTo };
