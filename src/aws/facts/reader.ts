import type { Witnessed } from '../../core/posture/facts.ts';
import { wasSeen } from '../../core/reading.ts';
import { reading } from '../reading.ts';
import type { Aws, Where } from '../session.ts';

/** What every reader of facts is given. `now` is the clock of the evidence. */
export type Ground = { aws: Aws; now: () => Date };

/**
 * Asks AWS one thing and keeps where and when it was asked, so that a finding can show what it rests
 * on. `api` is written as IAM writes the action that the call needs.
 */
export async function witnessed<T>(
  { aws, now }: Ground,
  api: string,
  where: Where,
  read: () => Promise<T>,
): Promise<Witnessed<T>> {
  const wouldNeed = `${api} for role ${aws.settings.readRole} in account ${where.account}`;
  const answer = await reading(wouldNeed, read);
  const by = { api, ...where, at: now().toISOString() };
  if (wasSeen(answer)) return { ...answer, by };
  const role = `계정 ${where.account}의 역할 ${aws.settings.readRole}`;
  if (/ sts:(AssumeRole|SetSourceIdentity) /.test(answer.unseen.reason)) {
    const missing = `role ${aws.settings.readRole} in account ${where.account}, trusting the bot`;
    const ko = { wouldNeed: `봇을 신뢰하는 ${role}` };
    return { unseen: { ...answer.unseen, wouldNeed: missing, ko }, by };
  }
  // Who the bot itself is, is asked with its own credentials, in an account that nobody knows yet.
  if (where.account === '') {
    const ko = { wouldNeed: `AWS가 받아들이는 봇의 자격 증명(${api})` };
    const own = `credentials of the bot that AWS accepts for ${api}`;
    return { unseen: { ...answer.unseen, wouldNeed: own, ko }, by };
  }
  // No permission of the role helps against a policy above it, so that is said, too.
  if (/explicit deny in a service control policy/i.test(answer.unseen.reason)) {
    const ko = { wouldNeed: `${role}에 ${api} 권한(서비스 제어 정책이 거부함)` };
    const above = `${wouldNeed}, which a service control policy denies`;
    return { unseen: { ...answer.unseen, wouldNeed: above, ko }, by };
  }
  return { unseen: { ...answer.unseen, ko: { wouldNeed: `${role}에 ${api} 권한` } }, by };
}
