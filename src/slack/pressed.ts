/** What a pressed button of an answer asks for, and where its answer goes. Pure. */
import type { JobRequest } from '../core/request.ts';
import { ANSWER_ACTIONS, READINGS, readCarried } from './actions.ts';
import type { Asked, Press } from './asked.ts';

/** Where the button stands. */
export function from({ channel, user, message, container, response_url }: Press): Asked {
  return {
    channel: channel.id,
    user: user.id,
    messageTs: message?.ts ?? container?.message_ts,
    threadTs: message?.thread_ts ?? container?.thread_ts,
    responseUrl: response_url,
  };
}

/**
 * The answer to a button stands beneath the message that carries it; in a direct message, and where only
 * the asker sees that message, it comes after it.
 */
export function beneath(press: Press): Asked {
  const { messageTs, ...asked } = from(press);
  const after = asked.channel.startsWith('D') || press.container?.is_ephemeral === true;
  return { ...asked, threadTs: asked.threadTs ?? (after ? undefined : messageTs) };
}

/** A job of these that does not know yet where its answer goes. */
type Unplaced<Job> = Job extends { job: AnswerJobs } ? Omit<Job, 'replyTo'> : never;
type AnswerJobs = 'answer-plan' | 'list-events' | 'export-events' | 'show-event' | 'show-plan';
export type UnplacedJob = Unplaced<JobRequest>;

/** null for a value that no button of ours carries. */
export function answerJob(action: string, press: Press): UnplacedJob | null {
  const [{ value, selected_option }] = press.actions;
  const carried = readCarried(selected_option?.value ?? value ?? '');
  if (!carried) return null;
  const { planHash, rest } = carried;
  switch (action) {
    case ANSWER_ACTIONS.again:
      return { job: 'answer-plan', planHash, change: 'again' };
    case ANSWER_ACTIONS.wider:
      return { job: 'answer-plan', planHash, change: 'wider' };
    case ANSWER_ACTIONS['all-accounts']:
    case ANSWER_ACTIONS['all-regions']:
      return { job: 'answer-plan', planHash, change: action };
    case ANSWER_ACTIONS['any-outcome']:
      return { job: 'answer-plan', planHash, change: 'any-outcome' };
    case ANSWER_ACTIONS.exportEvents:
      return { job: 'export-events', planHash };
    case ANSWER_ACTIONS.showPlan:
      return { job: 'show-plan', planHash };
    case ANSWER_ACTIONS.showEvent:
    case ANSWER_ACTIONS.chooseEvent:
      return rest === '' ? null : { job: 'show-event', planHash, eventID: rest };
    case ANSWER_ACTIONS.listEvents:
      return /^\d{1,6}$/.test(rest) ? { job: 'list-events', planHash, from: Number(rest) } : null;
    default:
      return READINGS.includes(action) ? { job: 'answer-plan', planHash, change: 'reading' } : null;
  }
}

/** What only the presser sees comes in a window. */
export function opensWindow({ job }: UnplacedJob): boolean {
  return job === 'show-event' || job === 'show-plan';
}
