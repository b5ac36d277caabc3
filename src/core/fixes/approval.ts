import { hashOf } from '../hash.ts';
import type { Refusal } from '../telling.ts';
import type { Approval, FixRecord, Member, RiskClass } from './fix.ts';
import { makesUnboundedRole } from './own-role.ts';
import type { Unread } from './unread.ts';

/** How long a proposal can be approved, unless configured. */
export const EXPIRES_AFTER_MINUTES = 60;

/**
 * Longer than a worker can take for one thing: its calls end after 20 seconds each and are tried a few
 * times. Past this a claim is resolved by reading the world again.
 */
export const LEASE_MINUTES = 5;

/** How long a request may be on its way: a worker sends none so late that it could outlive its claim. */
export const IN_FLIGHT_MINUTES = 1;

/** How many distinct people must approve, neither of them the requester. */
export const NEEDED = { A: 1, B: 1, C: 2 } as const satisfies { [Class in RiskClass]: number };

/** What a person decides: yes to the plan with this hash. */
export type Decision = {
  by: Member;
  planHash: string;
  reason: string | null;
  /** Whom the organization's own sign-in saw behind the link that it was sent to. */
  confirmed?: NonNullable<Approval['confirmed']>;
};

/** ISO 8601 UTC, so many minutes after a moment. */
export function minutesAfter(moment: Date, minutes: number): string {
  return new Date(moment.getTime() + minutes * 60_000).toISOString();
}

/**
 * Why this person may not decide on this fix now; undefined when they may. `approver` is the group's
 * word, `group` how it is called.
 */
export function refusalOf(
  fix: FixRecord,
  decision: Decision & { approver: boolean; group: string; at: Date },
): Refusal | undefined {
  const { by, planHash, reason, confirmed } = decision;
  if (fix.state !== 'proposed') return alreadyDecided(fix);
  if (decision.at.toISOString() >= fix.expiresAt) return { kind: 'expired', at: fix.expiresAt };
  if (!decision.approver) return { kind: 'not-an-approver', approvers: decision.group };
  if (samePerson(fix.requestedBy, by)) return { kind: 'own-request' };
  const nameless = [fix.requestedBy, by].find((member) => addressOf(member) === '');
  if (nameless) return { kind: 'could-not-read', ...notTold(nameless) };
  if (planHash !== fix.planHash || hashOf(fix.plan) !== fix.planHash)
    return { kind: 'plan-changed' };
  if (makesUnboundedRole(fix.plan)) return { kind: 'plan-outdated' };
  if (fix.approvals.some((one) => samePerson(one.by, by))) return { kind: 'approved-already' };
  if (fix.plan.riskClass !== 'A' && !reason?.trim()) return { kind: 'reason-required' };
  if (confirmed && !isAddressOf(confirmed.email, by))
    return { kind: 'could-not-read', ...notThem(by) };
  return undefined;
}

/** What a second decision is told: who was first, and when. */
export function alreadyDecided(fix: FixRecord): Refusal {
  if (fix.state === 'expired') return { kind: 'expired', at: fix.expiresAt };
  return {
    kind: 'already-decided',
    by: fix.declinedBy ?? fix.approvals.at(-1)?.by ?? fix.requestedBy,
    at: fix.decidedAt ?? fix.requestedAt,
    state: fix.state,
  };
}

/** The approvals that count: of this very plan, of distinct people, none of them the requester. */
export function valid({ approvals, requestedBy, planHash }: FixRecord): Approval[] {
  return approvals.filter(
    (one, index) =>
      one.planHash === planHash &&
      !samePerson(one.by, requestedBy) &&
      addressOf(one.by) !== '' &&
      !approvals.slice(0, index).some((before) => samePerson(before.by, one.by)),
  );
}

/** One human with two Slack accounts is one human: the e-mail address tells. */
export function samePerson(a: Member, b: Member): boolean {
  if (a.slackId === b.slackId) return true;
  return addressOf(a) !== '' && addressOf(a) === addressOf(b);
}

/**
 * True for the very address of somebody. Stricter than `samePerson`, which finds one human behind two
 * mailboxes to refuse them; here a match lets somebody through.
 */
export function isAddressOf(email: string, { email: theirs }: Member): boolean {
  const spelled = (address: string) => address.trim().toLowerCase();
  return spelled(email) !== '' && spelled(email) === spelled(theirs ?? '');
}

const addressOf = ({ email }: Member) => addressIn(email ?? '');

/** `alice+test@bora.example` is a second mailbox of alice, and no second human. */
const addressIn = (email: string) =>
  email
    .trim()
    .toLowerCase()
    .replace(/\+[^@]*(?=@)/, '');

/** Without an address two accounts may well be one human; then nobody has approved but the requester. */
const notTold = ({ name }: Member): Unread => ({
  reason: `the e-mail address of ${name}, which tells the requester from the approver (Slack scope users:read.email)`,
  ko: `${name} 님의 이메일 주소. 요청자와 승인자를 구별하는 데 필요합니다(Slack 범위 users:read.email)`,
});

const notThem = ({ name }: Member): Unread => ({
  reason: `the sign-in of ${name}: it was confirmed by somebody with another e-mail address`,
  ko: `${name} 님의 로그인. 이메일 주소가 다른 사람이 확인했습니다`,
});
