import type { Json } from '../json.ts';
import type { Cost, Finding } from '../posture/finding.ts';
import type { Bilingual } from '../reader.ts';
import type { Unread } from './unread.ts';
import type { Why } from './why.ts';

/** Where a call is made. */
export type Place = { account: string; region: string };

/** A: additive and reversible. B: delivery or cost. C: irreversible, or in the management or log-archive account. */
export type RiskClass = 'A' | 'B' | 'C';

/**
 * One request to AWS: the SDK command's input under the API's name, such as `cloudtrail:UpdateTrail`.
 * `at` and `family` stand only where they differ from the plan's own.
 */
export type ApiCall = {
  api: string;
  parameters: { [name: string]: Json };
  at?: Place;
  family?: string;
};

/**
 * Exactly what a fix will do. The approval binds `hashOf(plan)`; the same plan computed again from the
 * same state has the same hash, so nothing in it may depend on the clock or on chance.
 */
export type FixPlan = {
  fix: string;
  /** Of the role that it needs: `policies/iam/fix-<family>.json`. */
  family: string;
  direction: 'forward' | 'back';
  finding: string;
  account: string;
  region: string;
  resource: string;
  calls: ApiCall[];
  /** The state that the plan was made for, as read, and what it must be afterwards. */
  before: { [field: string]: Json };
  after: { [field: string]: Json };
  /** Empty where there is none; then `blast.irreversible` says so. */
  wayBack: ApiCall[];
  riskClass: RiskClass;
  blast: Blast;
  /** What it will cost, where it costs. */
  cost?: Cost;
  /** One plan that covers several things: these, in this order, the first of them as the canary. */
  parts?: FixPlan[];
};

/** Who and what feels a fix. */
export type Blast = {
  /** The accounts whose trail, bucket or key it is; one, or those that an organization trail covers. */
  accounts: string[];
  /** What changes for them, in one sentence. */
  feels: Bilingual;
  /** What a person might fear for and what is not touched. */
  keeps: Bilingual[];
  /** Why there is no full way back. */
  irreversible?: Bilingual;
};

/**
 * What is to be mended: a failing finding, or a thing that somebody names to a fix that needs no finding
 * (`contain-identity arn:…`); `check` is then ''.
 */
export type FixTarget = Pick<Finding, 'id' | 'check' | 'subject' | 'owner' | 'covers'>;

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

/** One yes. It counts for the plan with this hash, and for no other. */
export type Approval = {
  by: Member;
  /** ISO 8601 UTC. */
  at: string;
  planHash: string;
  /** Why, in the approver's words; required for the classes B and C. Hostile text until rendered. */
  reason: string | null;
  /** The group in whose name it was given, such as `@cloud-approvers`. */
  group: string;
  /** Whom the organization's own sign-in saw, where the class demands it. */
  confirmed?: { issuer: string; subject: string; email: string; at: string };
};

export type FixRecord = {
  id: string;
  plan: FixPlan;
  planHash: string;
  state: FixState;
  requestedBy: Member;
  /** ISO 8601 UTC, all times. */
  requestedAt: string;
  expiresAt: string;
  /** The group whose members may approve, how many distinct ones of them must, and who did. */
  approvers: string;
  needed: number;
  approvals: Approval[];
  /** Who said no, where somebody did, and why. */
  declinedBy?: Member;
  declineReason?: string;
  decidedAt: string | null;
  /**
   * Who works on it and until when; past that the claim is resolved by reading the world again. `fence`
   * grows with every claim and stands in the session's name.
   */
  claim: { worker: string; until: string; fence: number } | null;
  /** The claim's number once there was one: under it our calls are found in CloudTrail. */
  fence?: number;
  /** How many parts of a plan over several were begun. */
  begun?: number;
  finishedAt: string | null;
  /** What happened, in one typed value. */
  outcome: FixOutcome | null;
  /** The message with the buttons, so that it can tell the story to its end. */
  message: { channel: string; ts: string } | null;
  /** For a way back: the id of the fix that it takes back. */
  undoes?: string;
  /** What was seen later: the events that our session caused, and what takes a while to show. */
  aftermath?: Aftermath;
};

export type Aftermath = {
  /** Event ids of our own calls, as the question engine found them; null while it looks. */
  events: { eventID: string; eventName: string; eventTime: string }[] | null;
  /** What only time shows, such as a delivery; absent where a fix has nothing of the kind. */
  later?: { at: string; holds: boolean; told: Bilingual };
};

export type FixOutcome =
  | {
      kind: 'applied';
      verified: { [field: string]: Json };
      requestIds: string[];
      recovered: boolean;
      parts?: PartEnd[];
    }
  | { kind: 'already-sound' }
  | { kind: 'stale'; found: { [field: string]: Json } }
  | ({ kind: 'not-visible' } & Unread)
  | {
      kind: 'failed';
      /** What AWS answered, or `why` in English. */
      reason: string;
      /** Where it was not AWS that said no: what the worker ran into. */
      why?: Why;
      changed: 'nothing' | 'unknown' | 'applied-unverified' | 'partly';
      /** Which calls were accepted, in order, where some were and some were not. */
      accepted?: { api: string; requestId: string }[];
      /**
       * Where some were: the state of the thing as it was read behind them, by which it is known later
       * whether somebody has changed it since. Of a plan over several that of the thing that was stopped.
       */
      left?: { [field: string]: Json };
      parts?: PartEnd[];
    };

/** How one thing of a plan over several ended, in the order of the plan; the first is the canary. */
export type PartEnd = {
  account: string;
  region: string;
  resource: string;
  became: 'applied' | 'already-sound' | 'stale' | 'failed' | 'unknown' | 'not-begun';
  /** How many of its calls AWS took, where it was stopped behind some of them. */
  accepted?: number;
};
