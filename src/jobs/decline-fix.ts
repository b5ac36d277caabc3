import { alreadyDecided, samePerson } from '../core/fixes/approval.ts';
import type { Member } from '../core/fixes/fix.ts';
import { unread } from '../core/fixes/unread.ts';
import { wasSeen } from '../core/reading.ts';
import type { ReplyTo } from '../core/request.ts';
import type { Telling } from '../core/telling.ts';
import { approversOf } from './fix-gates.ts';
import { type FixWorld, move, refuse, tellFix } from './fix-world.ts';

/** An approver says no, or the requester takes the request back; also when others have said yes already. */
export async function declineFix(
  decision: { fix: string; reason: string | null; by: Member; replyTo: ReplyTo | null },
  world: FixWorld,
): Promise<Telling> {
  const { by, replyTo } = decision;
  const asked = { what: 'decline', about: decision.fix, by, replyTo };
  const fix = await world.fix(decision.fix);
  if (!fix) return refuse({ kind: 'no-such-fix', fix: decision.fix }, asked, world);
  if (fix.state !== 'proposed') return refuse(alreadyDecided(fix), asked, world);

  if (!samePerson(fix.requestedBy, by)) {
    const who = await approversOf(fix.plan, world);
    const member = wasSeen(who) ? await world.isApprover(by, who.seen.group) : who;
    if (!wasSeen(member)) {
      return refuse({ kind: 'could-not-read', ...unread(member.unseen) }, asked, world);
    }
    if (!member.seen) {
      return refuse({ kind: 'not-an-approver', approvers: fix.approvers }, asked, world);
    }
  }
  const at = world.now().toISOString();
  const reason = decision.reason?.trim();
  const cancelled = await move(fix, { from: 'proposed', to: 'cancelled' }, world, {
    actor: by,
    change: {
      declinedBy: by,
      decidedAt: at,
      finishedAt: at,
      ...(reason && { declineReason: reason }),
    },
    details: { reason: reason ?? null },
  });
  if (!cancelled) {
    const now = (await world.fix(fix.id)) ?? fix;
    // An approval that came in between is no decision yet: the no is judged beside it.
    return now.state === 'proposed' && now.version !== fix.version
      ? declineFix(decision, world)
      : refuse(alreadyDecided(now), asked, world);
  }
  return tellFix(cancelled, world, replyTo);
}
