import { samePerson } from '../core/fixes/approval.ts';
import type { FixRecord, Member } from '../core/fixes/fix.ts';
import { OPEN } from '../core/fixes/state.ts';
import { wasSeen } from '../core/reading.ts';
import type { ReplyTo } from '../core/request.ts';
import type { Telling } from '../core/telling.ts';
import { approversOf } from './fix-gates.ts';
import type { FixWorld } from './fix-world.ts';

/** So far back a list reaches, and so many of each kind it shows. */
const LOOKED_AT = 500;
const SHOWN = 20;

/** What waits for this person's yes, what they asked for, and what was done; newest first. */
export async function listFixes(
  { by, replyTo }: { by: Member; replyTo: ReplyTo | null },
  world: FixWorld,
): Promise<Telling> {
  const now = world.now().toISOString();
  const kept: FixRecord[] = await world.lastFixes(LOOKED_AT);
  const proposed = kept.filter(({ state, expiresAt }) => state === 'proposed' && expiresAt > now);
  const mine = (fix: FixRecord) => samePerson(fix.requestedBy, by);
  const undecided = proposed.filter(
    (fix) => !mine(fix) && !fix.approvals.some((one) => samePerson(one.by, by)),
  );
  const waiting: FixRecord[] = [];
  // Groups are few and asked once each: who belongs to one may decide on all that is before it.
  const belongs = new Map<string, boolean>();
  for (const fix of undecided) {
    const who = await approversOf(fix.plan, world);
    const group = wasSeen(who) ? who.seen.group : fix.approvers;
    const known = belongs.get(group) ?? (await isIn(group, by, world));
    belongs.set(group, known);
    if (known) waiting.push(fix);
  }
  const open = kept.filter(({ state }) => OPEN.some((open) => open === state));
  const done = kept.filter(({ state }) => !OPEN.some((open) => open === state));
  const telling: Telling = {
    kind: 'fixes',
    waiting: waiting.slice(0, SHOWN),
    asked: open.filter(mine).slice(0, SHOWN),
    done: done.slice(0, SHOWN),
  };
  await world.tell(telling, replyTo);
  return telling;
}

/** Where the group cannot be asked the request is listed: pressing its button asks again, and decides. */
async function isIn(group: string, by: Member, world: FixWorld): Promise<boolean> {
  const member = await world.isApprover(by, group);
  return wasSeen(member) ? member.seen : true;
}
