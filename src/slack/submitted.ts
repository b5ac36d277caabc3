/** What a window that was sent asks for, and where its answer goes. Pure. */
import { z } from 'zod';
import type { Member } from '../core/fixes/fix.ts';
import type { JobRequest, ReplyTo } from '../core/request.ts';
import { type Asked, knownZone } from './asked.ts';
import { AcceptanceCarried, DecisionCarried, INPUTS, WINDOWS } from './decision-view.ts';

/** A submission, with what we use of it. */
export const Submission = z.object({
  user: z.object({ id: z.string() }),
  view: z.object({
    callback_id: z.string(),
    private_metadata: z.string(),
    state: z.object({
      values: z.record(
        z.string(),
        z.record(
          z.string(),
          z.object({ value: z.string().nullish(), selected_date: z.string().nullish() }),
        ),
      ),
    }),
  }),
});
export type Submission = z.infer<typeof Submission>;

type Place = { channel: string; ts?: string | undefined; threadTs?: string | undefined };

/** Where the message stands that the window came from; null for a window that is none of ours. */
export function submittedFrom(submission: Submission): Asked | null {
  const carried = carriedBy(submission);
  if (!carried) return null;
  const { channel, ts, threadTs }: Place = carried;
  return { channel, user: submission.user.id, messageTs: ts, threadTs };
}

/** null for what no window of ours sends. */
export function submittedJob(
  submission: Submission,
  by: Member,
  replyTo: ReplyTo,
): JobRequest | null {
  const carried = carriedBy(submission);
  const reason = textOf(submission, 'reason');
  if (!carried) return null;
  if ('fix' in carried) {
    const { fix, planHash, reader } = carried;
    const messageReader = { language: reader.language, timeZone: knownZone(reader.timeZone) };
    const rewriting = { ...replyTo, messageReader };
    return submission.view.callback_id === WINDOWS.approve
      ? { job: 'approve-fix', fix, planHash, reason, by, replyTo: rewriting }
      : { job: 'decline-fix', fix, reason, by, replyTo: rewriting };
  }
  const [owner, expires] = [textOf(submission, 'owner'), dayOf(submission)];
  if (reason === null || owner === null || expires === null) return null;
  // It becomes a request of its own; the message that asked for the window stays as it is.
  const { messageTs: _, ...anew } = replyTo;
  return {
    job: 'accept-risk',
    finding: carried.finding,
    reason,
    owner,
    expires,
    by,
    replyTo: anew,
  };
}

function carriedBy({ view }: Submission) {
  const shape = view.callback_id === WINDOWS.accept ? AcceptanceCarried : DecisionCarried;
  try {
    const parsed = shape.safeParse(JSON.parse(view.private_metadata));
    return parsed.success ? parsed.data : null;
  } catch {
    // Not JSON: a window of somebody else's making, which is what null says.
    return null;
  }
}

/** What was typed; null where nothing but blanks was. */
function textOf({ view }: Submission, input: 'reason' | 'owner'): string | null {
  const words = view.state.values[INPUTS[input]]?.[INPUTS[input]]?.value?.trim();
  return words ? words.slice(0, 500) : null;
}

/** `2027-03-31`. */
function dayOf({ view }: Submission): string | null {
  const day = view.state.values[INPUTS.expires]?.[INPUTS.expires]?.selected_date;
  return day && /^\d{4}-\d\d-\d\d$/.test(day) ? day : null;
}
