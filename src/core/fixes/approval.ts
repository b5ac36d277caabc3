import { hashOf } from '../hash.ts';
import type { Refusal } from '../telling.ts';
import type { FixRecord, Member } from './fix.ts';

/** How long a proposal can be approved. */
export const EXPIRES_AFTER_MINUTES = 60;

/**
 * Longer than a worker can take: its calls end after 20 seconds each and are tried a few times. Past
 * this a claim is resolved by reading the world again.
 */
export const LEASE_MINUTES = 5;

/** How long a request may be on its way: a worker sends none so late that it could outlive its claim. */
export const IN_FLIGHT_MINUTES = 1;

/** ISO 8601 UTC, so many minutes after a moment. */
export function minutesAfter(moment: Date, minutes: number): string {
  return new Date(moment.getTime() + minutes * 60_000).toISOString();
}

/** Why this person may not decide on this fix now; undefined when they may. `approver` is the group's word. */
export function refusalOf(
  fix: FixRecord,
  decision: { planHash: string; by: Member; approver: boolean; approvers: string; at: Date },
): Refusal | undefined {
  if (fix.state !== 'proposed') return alreadyDecided(fix);
  if (decision.at.toISOString() >= fix.expiresAt) return { kind: 'expired', at: fix.expiresAt };
  if (!decision.approver) return { kind: 'not-an-approver', approvers: decision.approvers };
  if (samePerson(fix.requestedBy, decision.by)) return { kind: 'own-request' };
  const nameless = [fix.requestedBy, decision.by].find((member) => addressOf(member) === '');
  if (nameless) return { kind: 'could-not-read', reason: notTold(nameless) };
  if (decision.planHash !== fix.planHash || hashOf(fix.plan) !== fix.planHash) {
    return { kind: 'plan-changed' };
  }
  return undefined;
}

/** What a second decision is told: who was first, and when. */
export function alreadyDecided(fix: FixRecord): Refusal {
  if (fix.state === 'expired') return { kind: 'expired', at: fix.expiresAt };
  return {
    kind: 'already-decided',
    by: fix.approvedBy ?? fix.declinedBy ?? fix.requestedBy,
    at: fix.decidedAt ?? fix.requestedAt,
    state: fix.state,
  };
}

/** One human with two Slack accounts is one human: the e-mail address tells. */
export function samePerson(a: Member, b: Member): boolean {
  if (a.slackId === b.slackId) return true;
  return addressOf(a) !== '' && addressOf(a) === addressOf(b);
}

const addressOf = ({ email }: Member) => (email ?? '').trim().toLowerCase();

/** Without an address two accounts may well be one human; then nobody has approved but the requester. */
const notTold = ({ name }: Member) =>
  `the e-mail address of ${name}, which tells the requester from the approver (Slack scope users:read.email)`;
