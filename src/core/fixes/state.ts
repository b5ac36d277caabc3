import type { AuditStep } from '../audit.ts';
import type { AcceptedRisk } from './accept-risk.ts';
import type { FixPlan, FixRecord, FixState } from './fix.ts';

/**
 * Where a fix can go from each state. What is not here cannot happen: the store takes an `Edge`, and
 * moves a record only when it still stands where the edge begins.
 */
export const EDGES = {
  // Onto itself: one more of several approvals.
  proposed: ['proposed', 'approved', 'cancelled', 'expired'],
  approved: ['claimed', 'failed'],
  // Nothing has been sent up to here: whatever ends a fix before it is being applied changed nothing.
  claimed: ['applying', 'stale', 'failed'],
  // Written before the call, so that a crash behind it is never mistaken for "nothing was sent".
  // Onto itself: the next part of several begins, and the claim is held longer.
  applying: ['applying', 'applied', 'failed'],
  applied: ['rolled-back'],
  'rolled-back': [],
  // What AWS took of one that ended partly can be taken back.
  failed: ['rolled-back'],
  stale: [],
  expired: [],
  cancelled: [],
} as const satisfies { [From in FixState]: readonly FixState[] };

/** One legal step, such as `{ from: 'claimed', to: 'applying' }`. */
export type Edge = {
  [From in FixState]: { from: From; to: (typeof EDGES)[From][number] };
}[FixState];

/** A record as the store keeps it: `version` counts its moves, so that an old copy can move nothing. */
export type KeptFix = FixRecord & { version: number };

/** What a move may change besides the state. Plan, hash and requester never change. */
export type FixChange = Partial<
  Pick<
    FixRecord,
    | 'needed'
    | 'approvers'
    | 'approvals'
    | 'declinedBy'
    | 'declineReason'
    | 'decidedAt'
    | 'claim'
    | 'fence'
    | 'begun'
    | 'finishedAt'
    | 'outcome'
  >
>;

/** A move along a legal edge, with the audit entry that is written in the same transaction. */
export type Move = {
  fix: KeptFix;
  edge: Edge;
  change: FixChange;
  step: AuditStep;
  /** Moves only where this many fixes that call AWS and those approved after a moment are not too many. */
  limit?: HourlyLimit;
  /** A risk that is accepted with this move, or no longer is. */
  risk?: { accept: AcceptedRisk } | { withdraw: AcceptedRisk };
};

/** A plan over several counts by its things (`usedBy`). `since` is ISO 8601 UTC. */
export type HourlyLimit = { perHour: number; since: string };

/** The states in which somebody or something is still expected to act. */
export const OPEN = ['proposed', 'approved', 'claimed', 'applying'] as const;

/** What can be mended by one hand at a time: two open fixes of one thing would make each other stale. */
export function locksOf(plan: FixPlan): string[] {
  return [...new Set((plan.parts ?? [plan]).map(lockOf))];
}

/** Where one plan works, and in a plan over several the name of a part. */
export function lockOf({
  account,
  region,
  resource,
}: Pick<FixPlan, 'account' | 'region' | 'resource'>): string {
  return `${account}/${region}/${resource}`;
}
