import type { AuditStep } from '../core/audit.ts';
import type { FixPlan, FixRecord, FixTarget, Member } from '../core/fixes/fix.ts';
import type { Obstacle } from '../core/fixes/obstacle.ts';
import type { Sent } from '../core/fixes/outcome.ts';
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
  appendAudit(step: AuditStep): Promise<void>;

  /** The plan of a fix for its target, from the state as it is now. */
  plan(fix: string, target: FixTarget): Promise<Reading<Planned> | 'no-fix'>;
  /** The state that a plan is about, read anew. */
  read(plan: FixPlan): Promise<Reading<State>>;
  /**
   * Sends the plan's calls, once. `names` go into the session, so that CloudTrail tells whose they are;
   * `maySend` is asked right before each call, and nothing is sent behind a no.
   */
  apply(plan: FixPlan, names: FixNames, maySend: () => boolean): Promise<Sent>;

  /** How the group of approvers is called, and whether somebody is in it now. */
  approvers: string;
  isApprover(member: Member): Promise<Reading<boolean>>;

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
  about: { change?: FixChange; actor?: Member; details?: JsonObject; along?: Move } = {},
): Promise<KeptFix | undefined> {
  const { change = {}, actor = 'trailwarden', details = {}, along } = about;
  const step: AuditStep = {
    at: world.now().toISOString(),
    actor,
    action: `fix-${edge.to}`,
    details: { fix: fix.id, planHash: fix.planHash, ...details },
  };
  return world.moveFix({ fix, edge, change, step }, along);
}

/** Tells the state of a fix in its message. Whatever happens to the message, the work goes on. */
export async function tellFix(fix: KeptFix, world: FixWorld, to: ReplyTo | null): Promise<Telling> {
  const clicked = to?.messageTs ? { channel: to.channel, ts: to.messageTs } : null;
  const shown = { ...fix, message: fix.message ?? clicked };
  const telling: Telling = { kind: 'fix', fix: shown, approvers: world.approvers };
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
async function findingOf({ plan }: KeptFix, world: FixWorld): Promise<Finding | undefined> {
  if (plan.direction === 'back') return undefined;
  const [scan] = await world.lastScans(1);
  return scan?.findings.find(({ id }) => id === plan.finding);
}

/** Tells why nothing was done, to the person alone, and writes it into the audit. */
export async function refuse(
  why: Refusal,
  asked: { what: string; about: string; by: Member; replyTo: ReplyTo | null },
  world: FixWorld,
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
