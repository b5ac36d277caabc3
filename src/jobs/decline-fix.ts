import { alreadyDecided, samePerson } from '../core/fixes/approval.ts';
import type { Member } from '../core/fixes/fix.ts';
import { wasSeen } from '../core/reading.ts';
import type { ReplyTo } from '../core/request.ts';
import type { Telling } from '../core/telling.ts';
import { type FixWorld, move, refuse, tellFix } from './fix-world.ts';

/** An approver says no, or the requester takes the request back. */
export async function declineFix(
  decision: { fix: string; by: Member; replyTo: ReplyTo | null },
  world: FixWorld,
): Promise<Telling> {
  const { by, replyTo } = decision;
  const asked = { what: 'decline', about: decision.fix, by, replyTo };
  const fix = await world.fix(decision.fix);
  if (!fix) return refuse({ kind: 'no-such-fix', fix: decision.fix }, asked, world);
  if (fix.state !== 'proposed') return refuse(alreadyDecided(fix), asked, world);

  if (!samePerson(fix.requestedBy, by)) {
    const member = await world.isApprover(by);
    if (!wasSeen(member)) {
      return refuse({ kind: 'could-not-read', reason: member.unseen.reason }, asked, world);
    }
    if (!member.seen) {
      return refuse({ kind: 'not-an-approver', approvers: world.approvers }, asked, world);
    }
  }
  const at = world.now().toISOString();
  const cancelled = await move(fix, { from: 'proposed', to: 'cancelled' }, world, {
    actor: by,
    change: { declinedBy: by, decidedAt: at, finishedAt: at },
  });
  if (!cancelled) return refuse(alreadyDecided((await world.fix(fix.id)) ?? fix), asked, world);
  return tellFix(cancelled, world, replyTo);
}
