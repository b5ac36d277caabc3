import type { Finding } from '../posture/finding.ts';
import type { FixPlan } from './fix.ts';

/** As fixes are called: a "fix" that mends nothing, because somebody answers for leaving it as it is. */
export const ACCEPT_RISK = 'accept-risk';

/**
 * An exception that was approved in Slack: this check may fail for this subject, until a day. `expires`
 * is the last day (UTC) on which it holds; `fix` is the record with the approvals.
 */
export type AcceptedRisk = {
  check: string;
  subject: string;
  reason: string;
  owner: string;
  expires: string;
  fix: string;
};

/** What somebody asks for who accepts a risk. */
export type Acceptance = Pick<AcceptedRisk, 'reason' | 'owner' | 'expires'>;

/**
 * The plan that accepts the risk of a finding: no call, and one field of ours. What is critical takes
 * two people, as what is irreversible does. `before` is one that has run out and is replaced.
 */
export function planAcceptance(
  finding: Pick<Finding, 'id' | 'check' | 'subject' | 'owner' | 'covers' | 'severity'>,
  { reason, owner, expires }: Acceptance,
  before?: Acceptance,
): FixPlan {
  const exceptionOf = (of: Acceptance) => ({
    reason: of.reason,
    owner: of.owner,
    expires: of.expires,
  });
  return {
    fix: ACCEPT_RISK,
    family: 'none',
    direction: 'forward',
    finding: finding.id,
    account: finding.owner,
    region: 'global',
    resource: riskOf(finding),
    calls: [],
    before: { exception: before ? exceptionOf(before) : null },
    after: { exception: exceptionOf({ reason, owner, expires }) },
    wayBack: [],
    riskClass: finding.severity === 'critical' ? 'C' : 'B',
    blast: {
      accounts: finding.covers.length > 0 ? finding.covers : [finding.owner],
      feels: {
        en: `The finding stays wrong, and is not reported as open until ${expires}.`,
        ko: `발견 사항은 그대로 남고, ${expires}까지 미해결로 보고되지 않습니다.`,
      },
      keeps: [{ en: 'Nothing is changed in AWS.', ko: 'AWS에서는 아무것도 바뀌지 않습니다.' }],
    },
  };
}

/** The name of what is accepted: one check of one subject. */
export const riskOf = ({ check, subject }: Pick<Finding, 'check' | 'subject'>) =>
  `${check} ${subject}`;

/** The risk that an applied plan accepts, out of its own words. */
export function riskIn(plan: FixPlan, fix: string): AcceptedRisk {
  const [check = '', ...subject] = plan.resource.split(' ');
  const accepted = plan.direction === 'forward' ? plan.after.exception : plan.before.exception;
  if (accepted === null || typeof accepted !== 'object' || Array.isArray(accepted))
    throw new Error('a plan that accepts a risk names none');
  const { reason, owner, expires } = accepted ?? {};
  if (typeof reason !== 'string' || typeof owner !== 'string' || typeof expires !== 'string')
    throw new Error('a plan that accepts a risk does not say why, who and until when');
  return { check, subject: subject.join(' '), reason, owner, expires, fix };
}
