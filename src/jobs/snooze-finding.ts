import { minutesAfter } from '../core/fixes/approval.ts';
import type { Member } from '../core/fixes/fix.ts';
import type { ReplyTo } from '../core/request.ts';
import type { Telling } from '../core/telling.ts';
import { type FixWorld, refuse } from './fix-world.ts';

/** Longer than this is no snooze: then somebody has to answer for the risk. */
const LONGEST_DAYS = 30;

/** Nobody is reminded of a finding for some days. It stays open, and whoever put it off is written down. */
export async function snoozeFinding(
  request: { finding: string; days: number; by: Member; replyTo: ReplyTo | null },
  world: Pick<FixWorld, 'lastScans' | 'snooze' | 'now' | 'appendAudit' | 'tell'>,
): Promise<Telling> {
  const { finding: id, by, replyTo } = request;
  const asked = { what: 'snooze', about: id, by, replyTo };
  const [scan] = await world.lastScans(1);
  const finding = scan?.findings.find((one) => one.id === id);
  if (!finding) return refuse({ kind: 'no-such-finding', finding: id }, asked, world);
  const { status } = finding;
  if (status !== 'FAIL')
    return refuse({ kind: 'finding-not-open', finding: id, status }, asked, world);
  const days = Math.min(Math.max(Math.round(request.days) || 1, 1), LONGEST_DAYS);
  const until = minutesAfter(world.now(), days * 24 * 60);
  await world.snooze(id, until, by, {
    at: world.now().toISOString(),
    actor: by,
    action: 'finding-snoozed',
    details: { finding: id, until },
  });
  const telling: Telling = { kind: 'snoozed', finding: id, until, by };
  await world.tell(telling, replyTo);
  return telling;
}
