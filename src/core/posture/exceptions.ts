import { z } from 'zod';
import { harmless } from '../prose.ts';
import type { OrganizationAccount } from './facts.ts';
import type { Finding } from './finding.ts';
import { isIn } from './scope.ts';

const CheckId = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/);
const Day = z.iso.date();

/**
 * One entry of `policies/exceptions.yml`: somebody accepts, until a day, that a check fails for one
 * subject, for what belongs to one account or OU alone, or for a subject as far as it concerns these.
 * There is no entry for all checks: nobody has thought about those that are yet to come.
 */
export const StandingException = z
  .strictObject({
    check: z
      .union([CheckId, z.array(CheckId).min(1)])
      .transform((check): string[] => [check].flat()),
    /** An ARN or an account id, as findings call it. */
    subject: z.string().min(1).optional(),
    account: z
      .string()
      .regex(/^\d{12}$/)
      .optional(),
    /** Id, name or path of an OU. */
    ou: z.string().min(1).optional(),
    reason: z.string().min(1).max(500),
    /** Who answers for it. */
    owner: z.string().min(1).max(200),
    /** The last day (UTC) on which it holds. */
    expires: Day,
  })
  .refine(
    ({ subject, account, ou }) =>
      (subject ?? account ?? ou) !== undefined && (account === undefined || ou === undefined),
    { error: 'a subject, an account or an ou' },
  );
export type StandingException = z.output<typeof StandingException>;

/** What exceptions are applied with: the accounts that Organizations names, and the day (UTC) of the scan. */
export type AcceptedBy = { accounts: OrganizationAccount[]; today: string };

/** The same, with the accounts by their id. */
export type Ground = { accountBy: ReadonlyMap<string, OrganizationAccount>; today: string };

/**
 * Fills in `exception` where somebody accepted a fault. The fault stays a FAIL, since it is one; while
 * the exception holds, no fix is offered for it. What could not be seen is never accepted: nobody knows
 * what it is.
 */
export function withExceptions(
  findings: Finding[],
  exceptions: StandingException[],
  by: AcceptedBy,
): Finding[] {
  if (exceptions.length === 0) return findings;
  const ground = groundOf(by);
  const ofCheck = byCheck(exceptions);
  return findings.map((finding) => {
    if (finding.status !== 'FAIL') return finding;
    const [longest] = (ofCheck.get(finding.check) ?? [])
      .filter((exception) => speaksOf(exception, finding, ground))
      .toSorted((a, b) => (a.expires < b.expires ? 1 : -1));
    return longest ? accepted(finding, longest, ground.today) : finding;
  });
}

function accepted(finding: Finding, by: StandingException, today: string): Finding {
  const { reason, owner, expires } = by;
  const expired = expires < today;
  const exception = { reason, owner, expires, expired };
  if (!expired) return { ...finding, exception, fix: null };
  const [who, why] = [harmless(owner), harmless(reason, 500)];
  return {
    ...finding,
    exception,
    detail: `${finding.detail} Its exception expired after ${expires} (owner ${who}: ${why}), so it counts again.`,
    ...(finding.ko && {
      ko: {
        ...finding.ko,
        detail: `${finding.ko.detail} ${expires}까지였던 예외가 만료되어 다시 집계됩니다(담당 ${who}: ${why}).`,
      },
    }),
  };
}

/** A fault that nobody needs to mend today: somebody accepted it, and the acceptance still holds. */
export function isAccepted({ status, exception }: Pick<Finding, 'status' | 'exception'>): boolean {
  return status === 'FAIL' && exception !== null && !exception.expired;
}

/**
 * An exception for an account or an OU ends at its border: an organization's trail is the affair of all
 * whom it records, so whoever accepts its fault must name it. One that names both a subject and an
 * account or OU holds for as long as the fault of that subject concerns nobody else.
 */
export function speaksOf(
  exception: StandingException,
  finding: Finding,
  { accountBy }: Ground,
): boolean {
  const { subject, account, ou } = exception;
  if (subject !== undefined && finding.subject !== subject) return false;
  if (account === undefined && ou === undefined) return true;
  const concerned = subject === undefined ? [finding.owner, ...finding.covers] : finding.covers;
  return concerned.length > 0 && concerned.every((id) => isWithin(exception, id, accountBy));
}

/** True for what belongs to the account, or to an account under the OU, that an exception names. */
export function isWithin(
  { account, ou }: StandingException,
  id: string,
  accountBy: Ground['accountBy'],
): boolean {
  if (ou === undefined) return id === account;
  const found = accountBy.get(id);
  return found !== undefined && isIn(ou, found);
}

export function groundOf({ accounts, today }: AcceptedBy): Ground {
  return { accountBy: new Map(accounts.map((account) => [account.id, account])), today };
}

function byCheck(exceptions: StandingException[]): Map<string, StandingException[]> {
  const map = new Map<string, StandingException[]>();
  for (const exception of exceptions)
    for (const check of exception.check) map.set(check, [...(map.get(check) ?? []), exception]);
  return map;
}
