import type { Reading } from '../reading.ts';
import { wasSeen } from '../reading.ts';
import type { FixOutcome, FixPlan } from './fix.ts';
import { agree, changedFields, type State } from './plan.ts';
import { unread } from './unread.ts';
import { type Why, whyInEnglish } from './why.ts';

/**
 * What became of the calls of a plan. `refused`: AWS said no, or nothing was sent; `held`: the next one
 * was not sent, and why; `unsure`: no answer, so that only reading the world again can tell.
 */
export type Sent =
  | { requestIds: string[] }
  | { refused: string; accepted?: Accepted }
  | { held: Why; accepted?: Accepted }
  | { unsure: string; accepted?: Accepted };

/** Asked right before each sending: why nothing is sent any more, null where nothing speaks against it. */
export type WhyNot = () => Promise<Why | null>;

/** The calls that AWS took before one that it did not, in order. */
type Accepted = { api: string; requestId: string }[];

/** The end of an application, as truthfully as the world lets us see it. */
export type Ending = { to: 'applied' | 'failed'; outcome: FixOutcome };

/** `sent` is null when the process that sent the calls is gone and nobody knows how far it came. */
export function endingOf(plan: FixPlan, sent: Sent | null, now: Reading<State>): Ending {
  if (sent && 'refused' in sent) return stopped(sent.refused, sent.accepted, now);
  if (sent && 'held' in sent) return stopped(sent.held, sent.accepted, now);
  const requestIds = sent && 'requestIds' in sent ? sent.requestIds : undefined;
  const because = sent && 'unsure' in sent ? sent.unsure : undefined;
  const failed = failedWith(sent && 'unsure' in sent ? sent.accepted : undefined);

  if (!wasSeen(now)) {
    const why = because ?? ({ kind: 'state-unread', ...unread(now.unseen) } as const);
    return failed(why, requestIds ? 'applied-unverified' : 'unknown');
  }
  const fields = changedFields(plan);
  if (agree(now.seen, plan.after, fields)) {
    const verified = Object.fromEntries(fields.map((field) => [field, now.seen[field] ?? null]));
    return {
      to: 'applied',
      outcome: {
        kind: 'applied',
        verified,
        requestIds: requestIds ?? [],
        recovered: sent === null,
      },
    };
  }
  if (!agree(now.seen, plan.before, fields)) {
    // Every field is the old or the planned one: the worker stopped between two calls of its own.
    const ours = (field: string) =>
      agree(now.seen, plan.before, [field]) || agree(now.seen, plan.after, [field]);
    if (sent === null && fields.every(ours))
      return failed({ kind: 'gone-between-calls' }, 'partly');
    return failed(because ?? { kind: 'neither-state' }, 'unknown');
  }
  // Only where the sender is gone does the old state prove that nothing happened: a call without an
  // answer may still be on its way, and one that was accepted was undone by somebody.
  if (sent === null) return failed({ kind: 'gone-before-change' }, 'nothing');
  return failed(because ?? { kind: 'accepted-unchanged' }, 'unknown');
}

/** What a re-check before the call means: undefined when the plan still fits the world. */
export function staleness(plan: FixPlan, now: State): FixOutcome | undefined {
  if (agree(now, plan.before)) return undefined;
  if (agree(now, plan.after, changedFields(plan))) return { kind: 'already-sound' };
  return { kind: 'stale', found: now };
}

const failedWith =
  (accepted: Accepted | undefined) =>
  (because: string | Why, changed: Failed['changed']): Ending => ({
    to: 'failed',
    outcome: { ...failedBecause(because), changed, ...(accepted && { accepted }) },
  });

/** Nothing is on its way: what was taken is done, and nothing else. */
function stopped(
  because: string | Why,
  accepted: Accepted | undefined,
  now: Reading<State>,
): Ending {
  const failed = failedWith(accepted)(because, accepted ? 'partly' : 'nothing');
  if (failed.outcome.kind === 'failed' && accepted && wasSeen(now)) failed.outcome.left = now.seen;
  return failed;
}

type Failed = Extract<FixOutcome, { kind: 'failed' }>;

/** Why something failed: in AWS's words, or as a value that everybody reads in their own language. */
export function failedBecause(because: string | Why): Pick<Failed, 'kind' | 'reason' | 'why'> {
  return typeof because === 'string'
    ? { kind: 'failed', reason: because }
    : { kind: 'failed', reason: whyInEnglish(because), why: because };
}

/** What ended before anything was sent. */
export function unsent(because: string | Why): Failed {
  return { ...failedBecause(because), changed: 'nothing' };
}
