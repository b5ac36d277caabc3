import type { Json } from '../json.ts';

export type ApiCall = { api: string; parameters: { [name: string]: Json } };

/**
 * Exactly what a fix will do. The approval binds `hashOf(plan)`; the same plan computed again from the
 * same state has the same hash, so nothing in it may depend on the clock or on chance.
 */
export type FixPlan = {
  fix: string;
  direction: 'forward' | 'back';
  finding: string;
  account: string;
  region: string;
  resource: string;
  calls: ApiCall[];
  /** The state that the plan was made for, as read, and what it must be afterwards. */
  before: { [field: string]: Json };
  after: { [field: string]: Json };
  wayBack: ApiCall[];
  riskClass: 'A' | 'B' | 'C';
};

export type FixState =
  | 'proposed'
  | 'approved'
  | 'claimed'
  | 'applying'
  | 'applied'
  | 'failed'
  | 'stale'
  | 'expired'
  | 'cancelled'
  | 'rolled-back';

/** A person as the workspace knows them: the Slack id decides, the e-mail tells who it is. */
export type Member = { slackId: string; name: string; email: string | null };

export type FixRecord = {
  id: string;
  plan: FixPlan;
  planHash: string;
  state: FixState;
  requestedBy: Member;
  /** ISO 8601 UTC, all times. */
  requestedAt: string;
  expiresAt: string;
  approvedBy: Member | null;
  /** Who said no, where somebody did. */
  declinedBy?: Member;
  decidedAt: string | null;
  /** Who works on it and until when; past that the claim is resolved by reading the world again. */
  claim: { worker: string; until: string } | null;
  finishedAt: string | null;
  /** What happened, in one typed value. */
  outcome: FixOutcome | null;
  /** The message with the buttons, so that it can tell the story to its end. */
  message: { channel: string; ts: string } | null;
  /** For a way back: the id of the fix that it takes back. */
  undoes?: string;
};

export type FixOutcome =
  | {
      kind: 'applied';
      verified: { [field: string]: Json };
      requestIds: string[];
      recovered: boolean;
    }
  | { kind: 'already-sound' }
  | { kind: 'stale'; found: { [field: string]: Json } }
  | { kind: 'not-visible'; reason: string }
  | { kind: 'failed'; reason: string; changed: 'nothing' | 'unknown' | 'applied-unverified' };
