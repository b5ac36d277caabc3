/** Which piece of work a command or a pressed button asks for. */
import type { Member } from '../core/fixes/fix.ts';
import type { JobRequest, ReplyTo } from '../core/request.ts';
import { type ACTIONS, readDecision, readSnooze } from './actions.ts';
import { knownZone } from './asked.ts';
import type { Command } from './commands.ts';

/** Who asks, as Slack says at this moment. */
type Who = (slackId: string) => Promise<Member>;
type Action = (typeof ACTIONS)[keyof typeof ACTIONS];

export async function commandJob(
  command: Command,
  replyTo: ReplyTo,
  who: Who,
): Promise<JobRequest> {
  const by = () => who(replyTo.user);
  switch (command.kind) {
    case 'help': {
      const { notUnderstood } = command;
      return { job: 'help', ...(notUnderstood === undefined ? {} : { notUnderstood }), replyTo };
    }
    case 'posture': {
      const { scope, framework } = command;
      return {
        job: 'scan-posture',
        scope,
        ...(framework !== undefined && { framework }),
        replyTo,
      };
    }
    case 'digest':
      return { job: 'show-digest', replyTo };
    case 'question':
      return { job: 'answer-question', words: command.words, replyTo };
    case 'fix': {
      const { kind: _, ...wanted } = command;
      return { job: 'request-fix', ...wanted, by: await by(), replyTo };
    }
    case 'way-back':
      return { job: 'request-way-back', fix: command.fix, by: await by(), replyTo };
    case 'fixes':
      return { job: 'list-fixes', by: await by(), replyTo };
    case 'stop-fixes':
    case 'start-fixes':
      return { job: command.kind, reason: command.reason, by: await by(), replyTo };
    case 'snooze': {
      const { finding, days } = command;
      return { job: 'snooze-finding', finding, days, by: await by(), replyTo };
    }
    case 'accept':
      return { job: 'open-acceptance', finding: command.finding, by: await by(), replyTo };
  }
}

/** null for a value that no button of ours carries. */
export async function pressedJob(
  action: Action,
  value: string | undefined,
  pressedAt: ReplyTo,
  who: Who,
): Promise<JobRequest | null> {
  if (value === undefined || value === '') return null;
  const by = await who(pressedAt.user);
  // Only a decision rewrites the message that carried the button; the others ask for something new.
  const { messageTs, ...replyTo } = pressedAt;
  switch (action) {
    case 'request-fix':
      return { job: action, ...findingsIn(value), by, replyTo };
    case 'request-way-back':
      return { job: action, fix: value, by, replyTo };
    case 'approve-fix':
    case 'decline-fix': {
      const read = readDecision(value);
      if (!read) return null;
      const { fix, planHash, reader } = read;
      const messageReader = { language: reader.language, timeZone: knownZone(reader.timeZone) };
      const decision = action === 'approve-fix' ? 'approve' : 'decline';
      const rewriting = { ...pressedAt, messageReader };
      return { job: 'open-decision', decision, fix, planHash, by, replyTo: rewriting };
    }
    case 'accept-risk':
      return { job: 'open-acceptance', finding: value, by, replyTo };
    case 'snooze-finding': {
      const read = readSnooze(value);
      // Said beneath the message that speaks of the finding.
      const threadTs = replyTo.threadTs ?? messageTs;
      const beneath = { ...replyTo, ...(threadTs === undefined ? {} : { threadTs }) };
      return read && { job: action, ...read, by, replyTo: beneath };
    }
  }
}

/** A button may stand for several findings that one plan covers. */
export function findingsIn(value: string): { finding: string; findings?: string[] } {
  const findings = value.split(',');
  const [finding = ''] = findings;
  return findings.length > 1 ? { finding, findings } : { finding };
}

/** What only the presser sees, and answers, comes in a window. */
export function opensDecision({ job }: JobRequest): boolean {
  return job === 'open-decision' || job === 'open-acceptance';
}
