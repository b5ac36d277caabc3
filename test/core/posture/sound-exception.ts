import { StandingException } from '../../../src/core/posture/exceptions.ts';
import type { OrganizationAccount } from '../../../src/core/posture/facts.ts';

/** Two accounts of an organization, and the exceptions that its people wrote. */
export const PAYMENTS = '111111111111';
export const SHOP = '222222222222';
export const BUCKET = 'arn:aws:s3:::audit-logs';

function account(id: string, ou: string, ouIds: string[]): OrganizationAccount {
  return { id, name: `name-${id}`, ou, ouIds, state: 'ACTIVE' };
}

export const GROUND = {
  accounts: [
    account(PAYMENTS, 'Workloads/Payments', ['ou-w', 'ou-p']),
    account(SHOP, 'Workloads/Shop', ['ou-w', 'ou-s']),
  ],
  today: '2026-11-22',
};

/** An exception for an account; tests state what differs. */
export function exception(differs: object = {}): StandingException {
  return StandingException.parse({
    check: 'check',
    account: PAYMENTS,
    reason: 'a contract',
    owner: 'payments',
    expires: '2027-03-31',
    ...differs,
  });
}

/** An exception that names an OU or a subject instead of the account. */
export function of(where: { subject?: string; ou?: string }): StandingException {
  const { account: _, ...rest } = exception();
  return StandingException.parse({ ...rest, ...where });
}
