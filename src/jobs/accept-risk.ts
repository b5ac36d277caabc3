import { planAcceptance, riskOf } from '../core/fixes/accept-risk.ts';
import type { Member } from '../core/fixes/fix.ts';
import { isAccepted } from '../core/posture/exceptions.ts';
import type { ReplyTo } from '../core/request.ts';
import type { Telling } from '../core/telling.ts';
import { type FixWorld, refuse } from './fix-world.ts';
import { propose } from './request-fix.ts';

/** Nobody answers for longer than a year, as in the file of exceptions. */
const LONGEST_DAYS = 366;

/**
 * Asks to leave a finding as it is until a day, with a reason and somebody who answers for it: a plan
 * without calls, approved like any other.
 */
export async function acceptRisk(
  request: {
    finding: string;
    reason: string;
    owner: string;
    expires: string;
    by: Member;
    replyTo: ReplyTo | null;
  },
  world: FixWorld,
): Promise<Telling> {
  const { finding: id, by, replyTo } = request;
  const asked = { what: 'risk-acceptance', about: id, by, replyTo };
  const [scan] = await world.lastScans(1);
  const finding = scan?.findings.find((one) => one.id === id);
  if (!finding) return refuse({ kind: 'no-such-finding', finding: id }, asked, world);
  const { status, exception } = finding;
  if (status !== 'FAIL')
    return refuse({ kind: 'finding-not-open', finding: id, status }, asked, world);
  const [reason, owner] = [request.reason.trim(), request.owner.trim()];
  if (reason === '' || owner === '') return refuse({ kind: 'reason-required' }, asked, world);
  const why = unfit(request.expires, world.now());
  if (why) {
    const obstacle = { kind: 'precondition', why, instead: ANOTHER_DAY } as const;
    return refuse({ kind: 'cannot-fix', finding: id, obstacle }, asked, world);
  }
  if (exception && isAccepted(finding)) {
    const { expires } = exception;
    const accepted = { owner: exception.owner, reason: exception.reason, expires };
    return refuse({ kind: 'finding-accepted', finding: id, ...accepted }, asked, world);
  }
  // One that has run out is replaced, not renewed: the plan says what stood there before.
  const before = (await world.acceptedRisks()).find((one) => riskOf(one) === riskOf(finding));
  const plan = planAcceptance(finding, { reason, owner, expires: request.expires }, before);
  return propose(plan, asked, world);
}

/** Why a day cannot be the last one; undefined where it can. */
function unfit(expires: string, now: Date): { en: string; ko: string } | undefined {
  const today = now.toISOString().slice(0, 10);
  const day = new Date(`${expires}T00:00:00Z`);
  if (Number.isNaN(day.getTime()) || day.toISOString().slice(0, 10) !== expires)
    return { en: 'That is no day.', ko: '날짜가 아닙니다.' };
  if (expires <= today) return { en: 'That day is over.', ko: '이미 지난 날짜입니다.' };
  const last = new Date(now.getTime() + LONGEST_DAYS * 86_400_000).toISOString().slice(0, 10);
  return expires > last
    ? {
        en: 'A risk is accepted for a year at most.',
        ko: '위험은 최대 1년까지 수용할 수 있습니다.',
      }
    : undefined;
}

const ANOTHER_DAY = {
  en: 'Name a day within the coming year, such as 2027-03-31.',
  ko: '앞으로 1년 안의 날짜를 입력하세요(예: 2027-03-31).',
};
