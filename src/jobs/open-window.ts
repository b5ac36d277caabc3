import { alreadyDecided, refusalOf, samePerson } from '../core/fixes/approval.ts';
import type { Member } from '../core/fixes/fix.ts';
import { unread } from '../core/fixes/unread.ts';
import { wasSeen } from '../core/reading.ts';
import type { ReplyTo } from '../core/request.ts';
import type { Refusal, Telling } from '../core/telling.ts';
import { approversOf, heldBack } from './fix-gates.ts';
import { type FixWorld, findingOf, refuse } from './fix-world.ts';

type Wanted = {
  decision: 'approve' | 'decline';
  fix: string;
  planHash: string;
  by: Member;
  replyTo: ReplyTo | null;
};

/**
 * The window in which somebody says why: shown to whoever may decide now, and to nobody else. The decision
 * itself asks everything again.
 */
export async function openDecision(wanted: Wanted, world: FixWorld): Promise<Telling> {
  const { by, replyTo } = wanted;
  const asked = { what: wanted.decision === 'approve' ? 'approval' : 'decline', about: wanted.fix };
  const fix = await world.fix(wanted.fix);
  if (!fix)
    return refuse({ kind: 'no-such-fix', fix: wanted.fix }, { ...asked, by, replyTo }, world);
  const why =
    fix.state === 'proposed'
      ? await refusalFor(wanted, fix, world)
      : (alreadyDecided(fix) satisfies Refusal);
  if (why) return refuse(why, { ...asked, by, replyTo }, world);
  const finding = await findingOf(fix, world);
  const telling: Telling = {
    kind: 'decision',
    decision: wanted.decision,
    fix,
    ...(finding && { finding }),
  };
  await world.tell(telling, replyTo);
  return telling;
}

async function refusalFor(
  { decision, planHash, by }: Wanted,
  fix: NonNullable<Awaited<ReturnType<FixWorld['fix']>>>,
  world: FixWorld,
): Promise<Refusal | undefined> {
  if (decision === 'decline' && samePerson(fix.requestedBy, by)) return undefined;
  const who = await approversOf(fix.plan, world);
  const member = wasSeen(who) ? await world.isApprover(by, who.seen.group) : who;
  if (!wasSeen(member)) return { kind: 'could-not-read', ...unread(member.unseen) };
  if (decision === 'decline')
    return member.seen ? undefined : { kind: 'not-an-approver', approvers: fix.approvers };
  const given = { by, planHash, reason: 'to be said in the window' };
  const now = { approver: member.seen, group: fix.approvers, at: world.now() };
  return refusalOf(fix, { ...given, ...now }) ?? (await heldBack(fix.plan, world));
}

/** The window in which somebody asks to accept the risk of a finding. */
export async function openAcceptance(
  { finding: id, by, replyTo }: { finding: string; by: Member; replyTo: ReplyTo | null },
  world: FixWorld,
): Promise<Telling> {
  const asked = { what: 'risk-acceptance', about: id, by, replyTo };
  const [scan] = await world.lastScans(1);
  const finding = scan?.findings.find((one) => one.id === id);
  if (!finding) return refuse({ kind: 'no-such-finding', finding: id }, asked, world);
  const { status } = finding;
  if (status !== 'FAIL')
    return refuse({ kind: 'finding-not-open', finding: id, status }, asked, world);
  const telling: Telling = { kind: 'acceptance', finding };
  await world.tell(telling, replyTo);
  return telling;
}
