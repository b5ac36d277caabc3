import type { AuditStep } from '../core/audit.ts';
import type { AcceptedRisk } from '../core/fixes/accept-risk.ts';
import type { Aftermath, FixPlan, FixRecord, FixTarget, Member } from '../core/fixes/fix.ts';
import type { Obstacle, Snippet } from '../core/fixes/obstacle.ts';
import type { Sent, WhyNot } from '../core/fixes/outcome.ts';
import type { State } from '../core/fixes/plan.ts';
import type { Edge, FixChange, KeptFix, Move } from '../core/fixes/state.ts';
import type { JsonObject } from '../core/json.ts';
import type { Finding, Scan } from '../core/posture/finding.ts';
import type { Reading } from '../core/reading.ts';
import type { ReplyTo } from '../core/request.ts';
import type { Refusal, Telling } from '../core/telling.ts';

/** What the jobs about fixes need of the world. The store, the fixes of AWS and Slack fit by shape. */
export type FixWorld = {
  now(): Date;
  /** A new id for a fix: 2 to 60 characters of letters, digits and `-`, not to be guessed. */
  newId(): string;
  /** The name of this process, and whether another one that had this name's kind is surely gone. */
  worker: string;
  isGone(worker: string): boolean;
  pause(milliseconds: number): Promise<void>;

  lastScans(count: number): Promise<Scan[]>;
  putFix(fix: FixRecord, step: AuditStep): Promise<{ kept: KeptFix } | { already: KeptFix }>;
  fix(id: string): Promise<KeptFix | undefined>;
  openFixes(): Promise<KeptFix[]>;
  moveFix(move: Move, along?: Move): Promise<KeptFix | undefined>;
  noteMessage(fix: string, message: { channel: string; ts: string }): Promise<void>;
  noteAftermath(fix: string, aftermath: Aftermath): Promise<void>;
  /** The newest first, in whatever state. */
  lastFixes(count: number): Promise<KeptFix[]>;
  /** When fixes that call AWS were approved after a moment, once for each thing, oldest first (ISO 8601 UTC). */
  approvalsSince(since: string): Promise<string[]>;
  acceptedRisks(): Promise<AcceptedRisk[]>;
  snooze(finding: string, until: string, by: Member, step: AuditStep): Promise<void>;
  appendAudit(...steps: AuditStep[]): Promise<void>;

  /** The plan of a fix for its target, from the state as it is now. */
  plan(fix: string, target: FixTarget): Promise<Reading<Planned> | 'no-fix'>;
  /** The state that a plan is about, read anew. */
  read(plan: FixPlan): Promise<Reading<State>>;
  /**
   * Sends the plan's calls, once. `names` go into the session, so that CloudTrail tells whose they are;
   * `whyNot` is asked right before each call, and nothing is sent behind an answer.
   */
  apply(plan: FixPlan, names: FixNames, whyNot: WhyNot): Promise<Sent>;

  /** The same change for who owns the thing by code, ready to be copied. */
  asCode(plan: FixPlan): Snippet[];
  /** What would deny or undo the writes of a plan: guards of the organization, code that owns the thing. */
  obstacles(plan: FixPlan): Promise<Reading<Obstacle | null>>;

  /** Whose members may approve a plan, by its class and the OU of its account, and how many must. */
  approversFor(plan: FixPlan): Promise<Reading<{ group: string; needed: number }>>;
  /** Whether somebody is in that group now, and a full member of the workspace. */
  isApprover(member: Member, group: string): Promise<Reading<boolean>>;
  expireAfterMinutes: number;

  /** Who pulled the kill switch, where somebody did. Asked before a proposal, an approval, every part and every call. */
  stopped(): Promise<{ by: Member; at: string; reason: string | null } | null>;
  /** The freeze that holds a plan back now; `until` is ISO 8601 UTC, null where no end is in sight. */
  freeze(plan: FixPlan): { reason: string; until: string | null } | null;
  /** So many fixes that call AWS may be approved within an hour; see `usedBy`. */
  perHour: number;
  /** The confirmation outside Slack, where the configuration has one. */
  confirmation: {
    demanded(plan: FixPlan): boolean;
    /** A signed link for this person and this plan, for one use; whoever followed it calls `approveFix`. */
    link(decision: {
      fix: string;
      planHash: string;
      by: Member;
      reason: string | null;
      replyTo: ReplyTo | null;
    }): Promise<{ url: string; expiresAt: string }>;
  } | null;

  /** The events that our own session caused, as the question engine finds them. */
  eventsOf(fix: KeptFix): Promise<Reading<NonNullable<Aftermath['events']>>>;
  /** What only time shows of an applied plan: undefined while it is too early, null where nothing is to come. */
  later(
    plan: FixPlan,
    applied: { at: string; now: string },
  ): Promise<Reading<Omit<NonNullable<Aftermath['later']>, 'at'> | undefined> | null>;

  /**
   * Shows a telling where it belongs and answers where it stands. A fix is shown in its own message
   * (`fix.message`) once it has one; a refusal is for the person alone. `to` is null when nobody asked.
   */
  tell(telling: Telling, to: ReplyTo | null): Promise<{ channel: string; ts: string } | null>;
  /** A trouble that must not stop the work at hand. */
  report(trouble: Error): void;
};

/** Who stands behind an application. */
export type FixNames = {
  fix: string;
  planHash: string;
  requestedBy: Member;
  approvedBy: Member[];
  fence: number;
};

/** What a fix answers that is asked for its plan. */
export type Planned = { plan: FixPlan } | 'already-sound' | { cannot: Obstacle };

/** Moves a fix along one edge and writes it into the audit; undefined when somebody else was first. */
export function move(
  fix: KeptFix,
  edge: Edge,
  world: FixWorld,
  about: { change?: FixChange; actor?: Member; details?: JsonObject; along?: Move } & Pick<
    Move,
    'limit' | 'risk'
  > = {},
): Promise<KeptFix | undefined> {
  const { change = {}, actor = 'trailwarden', details = {}, along, ...conditions } = about;
  const step: AuditStep = {
    at: world.now().toISOString(),
    actor,
    action: actionOf(edge),
    details: { fix: fix.id, planHash: fix.planHash, ...details },
  };
  return world.moveFix({ fix, edge, change, step, ...conditions }, along);
}

/** As the audit calls it. The edges that lead back to their beginning are one step of several. */
function actionOf({ from, to }: Edge): string {
  if (from !== to) return `fix-${to}`;
  return to === 'proposed' ? 'fix-approval' : 'fix-part-begun';
}

/** Tells the state of a fix in its message. Whatever happens to the message, the work goes on. */
export async function tellFix(fix: KeptFix, world: FixWorld, to: ReplyTo | null): Promise<Telling> {
  const clicked = to?.messageTs ? { channel: to.channel, ts: to.messageTs } : null;
  const shown = { ...fix, message: fix.message ?? clicked };
  const telling: Telling = { kind: 'fix', fix: shown, approvers: fix.approvers };
  try {
    const finding = await findingOf(fix, world);
    const message = await world.tell({ ...telling, ...(finding && { finding }) }, to);
    if (message && !fix.message) await world.noteMessage(fix.id, message);
    return message ? { ...telling, fix: { ...shown, message } } : telling;
  } catch (error) {
    world.report(new Error(`telling the state of fix ${fix.id}`, { cause: error }));
    return telling;
  }
}

/** What a fix mends, as the last scan knows it; a way back mends nothing. */
export async function findingOf({ plan }: KeptFix, world: FixWorld): Promise<Finding | undefined> {
  if (plan.direction === 'back') return undefined;
  const [scan] = await world.lastScans(1);
  return scan?.findings.find(({ id }) => id === plan.finding);
}

/** Tells why nothing was done, to the person alone, and writes it into the audit. */
export async function refuse(
  why: Refusal,
  asked: { what: string; about: string; by: Member; replyTo: ReplyTo | null },
  world: Pick<FixWorld, 'now' | 'appendAudit' | 'tell'>,
): Promise<Telling> {
  await world.appendAudit({
    at: world.now().toISOString(),
    actor: asked.by,
    action: `${asked.what}-refused`,
    details: { about: asked.about, why: why.kind },
  });
  const telling: Telling = { kind: 'refused', why };
  await world.tell(telling, asked.replyTo);
  return telling;
}
