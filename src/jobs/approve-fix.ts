import { alreadyDecided, refusalOf } from '../core/fixes/approval.ts';
import type { Member } from '../core/fixes/fix.ts';
import { wasSeen } from '../core/reading.ts';
import type { ReplyTo } from '../core/request.ts';
import type { Telling } from '../core/telling.ts';
import { carryOut } from './carry-out-fix.ts';
import { type FixWorld, move, refuse, tellFix } from './fix-world.ts';

/** decision -> may they? -> approved by exactly one -> carried out. Answers what it told last. */
export async function approveFix(
  approval: { fix: string; planHash: string; by: Member; replyTo: ReplyTo | null },
  world: FixWorld,
): Promise<Telling> {
  const { by, replyTo } = approval;
  const asked = { what: 'approval', about: approval.fix, by, replyTo };
  const fix = await world.fix(approval.fix);
  if (!fix) return refuse({ kind: 'no-such-fix', fix: approval.fix }, asked, world);

  const member = await world.isApprover(by);
  if (!wasSeen(member)) {
    return refuse({ kind: 'could-not-read', reason: member.unseen.reason }, asked, world);
  }
  const at = world.now();
  const { approvers } = world;
  const { planHash } = approval;
  const why = refusalOf(fix, { planHash, by, approver: member.seen, approvers, at });
  if (why) {
    if (why.kind === 'expired' && fix.state === 'proposed') {
      const change = { finishedAt: at.toISOString() };
      const expired = await move(fix, { from: 'proposed', to: 'expired' }, world, { change });
      if (expired) await tellFix(expired, world, replyTo);
    }
    return refuse(why, asked, world);
  }

  const approved = await move(fix, { from: 'proposed', to: 'approved' }, world, {
    actor: by,
    change: { approvedBy: by, decidedAt: at.toISOString() },
  });
  if (!approved) {
    const winner = (await world.fix(fix.id)) ?? fix;
    return refuse(alreadyDecided(winner), asked, world);
  }
  return carryOut(approved, world, replyTo);
}
