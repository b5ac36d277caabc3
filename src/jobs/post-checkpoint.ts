import type { AuditStep, ChainVerdict, Checkpoint } from '../core/audit.ts';
import { dayOf } from '../core/digest/compose.ts';
import type { Telling } from '../core/telling.ts';

export type CheckpointWorld = {
  now(): Date;
  auditHead(): Promise<{ head: Checkpoint | undefined; entries: number }>;
  verifyAudit(checkpoint?: Checkpoint): Promise<ChainVerdict>;
  appendAudit(step: AuditStep): Promise<void>;
  /** True for exactly one caller per channel and day. */
  claimDigest(channel: string, date: string): Promise<boolean>;
  releaseDigest(channel: string, date: string): Promise<void>;
  setting(key: string): Promise<string | undefined>;
  putSetting(key: string, value: string, step?: AuditStep): Promise<void>;
  post(telling: Telling): Promise<void>;
};

/**
 * claim the day -> prove the chain, and that it still is the one of the checkpoint before -> post its
 * head where whoever writes the log cannot change it. Posted once a day, whichever process is first; a
 * broken chain is posted in its place. Null: posted already today, or nothing is in the log yet.
 */
export async function postCheckpoint(
  { channel, timeZone }: { channel: string; timeZone: string },
  world: CheckpointWorld,
): Promise<Telling | null> {
  const { head } = await world.auditHead();
  if (!head) return null;
  const at = world.now();
  const date = dayOf(at, timeZone);
  const claim = `checkpoint ${channel}`;
  if (!(await world.claimDigest(claim, date))) return null;
  try {
    const telling = await checkpointOf(head, at.toISOString(), world);
    await world.post(telling);
    const posted = telling.kind === 'checkpoint';
    const step: AuditStep = {
      at: at.toISOString(),
      actor: 'trailwarden',
      action: posted ? 'checkpoint-posted' : 'audit-broken',
      details: { channel, ...head, ...(!posted && { brokenAt: telling.brokenAt }) },
    };
    if (posted) await world.putSetting(LAST, JSON.stringify(head), step);
    else await world.appendAudit(step);
    return telling;
  } catch (error) {
    await world.releaseDigest(claim, date);
    throw new Error(`posting the checkpoint of ${date} to ${channel}`, { cause: error });
  }
}

async function checkpointOf(
  head: Checkpoint,
  at: string,
  world: CheckpointWorld,
): Promise<Extract<Telling, { kind: 'checkpoint' | 'audit-broken' }>> {
  const before = await world.setting(LAST);
  const verdict = await world.verifyAudit(
    before === undefined ? undefined : (JSON.parse(before) as Checkpoint),
  );
  if (!verdict.ok)
    return { kind: 'audit-broken', brokenAt: verdict.brokenAt, why: verdict.why, at };
  return { kind: 'checkpoint', ...head, entries: head.seq, at };
}

/** The checkpoint that was posted last, under which the log is looked up when it is proved again. */
const LAST = 'audit-checkpoint';
