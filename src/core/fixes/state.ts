import type { AuditStep } from '../audit.ts';
import type { FixRecord, FixState } from './fix.ts';

/**
 * Where a fix can go from each state. What is not here cannot happen: the store takes an `Edge`, and
 * moves a record only when it still stands where the edge begins.
 */
export const EDGES = {
  proposed: ['approved', 'cancelled', 'expired'],
  approved: ['claimed', 'failed'],
  // Nothing has been sent up to here: whatever ends a fix before it is being applied changed nothing.
  claimed: ['applying', 'stale', 'failed'],
  // Written before the call, so that a crash behind it is never mistaken for "nothing was sent".
  applying: ['applied', 'failed'],
  applied: ['rolled-back'],
  'rolled-back': [],
  failed: [],
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
  Pick<FixRecord, 'approvedBy' | 'declinedBy' | 'decidedAt' | 'claim' | 'finishedAt' | 'outcome'>
>;

/** A move along a legal edge, with the audit entry that is written in the same transaction. */
export type Move = { fix: KeptFix; edge: Edge; change: FixChange; step: AuditStep };

/** The states in which somebody or something is still expected to act. */
export const OPEN = ['proposed', 'approved', 'claimed', 'applying'] as const;

/** What can be mended by one hand at a time: two open fixes of one thing would make each other stale. */
export function lockOf({ plan }: Pick<FixRecord, 'plan'>): string {
  return `${plan.account}/${plan.region}/${plan.resource}`;
}
