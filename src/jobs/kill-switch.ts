import type { AuditStep } from '../core/audit.ts';
import { NOBODY } from '../core/fixes/approvers.ts';
import type { Member } from '../core/fixes/fix.ts';
import { unread } from '../core/fixes/unread.ts';
import { type Reading, wasSeen } from '../core/reading.ts';
import type { ReplyTo } from '../core/request.ts';
import type { Refusal, Telling } from '../core/telling.ts';

export type Stopped = { by: Member; at: string; reason: string | null };

/** What the kill switch needs of the world. */
export type SwitchWorld = {
  now(): Date;
  setting(key: string): Promise<string | undefined>;
  /** Keeps the setting and the step in one transaction. */
  putSetting(key: string, value: string, step: AuditStep): Promise<void>;
  appendAudit(step: AuditStep): Promise<void>;
  /** Whose members may approve a fix of class C, and so stop all of them: `@security-approvers`. */
  stoppers: string;
  isApprover(member: Member, group: string): Promise<Reading<boolean>>;
  tell(telling: Telling, to: ReplyTo | null): Promise<unknown>;
};

type Asked = { reason: string | null; by: Member; replyTo: ReplyTo | null };

/** Nothing is proposed, approved or applied from now on. Answers what it told. */
export function stopFixes(asked: Asked, world: SwitchWorld): Promise<Telling> {
  return turned('stop', asked, world);
}

/** Fixes go on. What was about to be applied meanwhile has failed, and has to be asked for anew. */
export function startFixes(asked: Asked, world: SwitchWorld): Promise<Telling> {
  return turned('start', asked, world);
}

/** Who pulled the kill switch, where somebody did. */
export async function stoppedBy(world: Pick<SwitchWorld, 'setting'>): Promise<Stopped | null> {
  const kept = await world.setting(SWITCH);
  return kept === undefined ? null : (JSON.parse(kept) as Stopped | null);
}

async function turned(
  to: 'stop' | 'start',
  { reason, by, replyTo }: Asked,
  world: SwitchWorld,
): Promise<Telling> {
  const at = world.now().toISOString();
  const refusal = await refusalOf(by, world);
  if (refusal) {
    const details = { why: refusal.kind, reason };
    await world.appendAudit({ at, actor: by, action: `${to}-fixes-refused`, details });
    const telling: Telling = { kind: 'refused', why: refusal };
    await world.tell(telling, replyTo);
    return telling;
  }
  const stopped: Stopped | null = to === 'stop' ? { by, at, reason } : null;
  const action = to === 'stop' ? 'fixes-stopped' : 'fixes-started';
  await world.putSetting(SWITCH, JSON.stringify(stopped), {
    at,
    actor: by,
    action,
    details: { reason },
  });
  const telling: Telling = { kind: action, by, at, reason };
  await world.tell(telling, replyTo);
  return telling;
}

async function refusalOf(by: Member, world: SwitchWorld): Promise<Refusal | undefined> {
  if (world.stoppers === NOBODY) return { kind: 'not-an-approver', approvers: NOBODY };
  const may = await world.isApprover(by, world.stoppers);
  if (!wasSeen(may)) return { kind: 'could-not-read', ...unread(may.unseen) };
  return may.seen ? undefined : { kind: 'not-an-approver', approvers: world.stoppers };
}

const SWITCH = 'fixes-stopped';
