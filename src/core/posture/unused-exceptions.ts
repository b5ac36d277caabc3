import {
  type AcceptedBy,
  type Ground,
  groundOf,
  isWithin,
  type StandingException,
  speaksOf,
} from './exceptions.ts';
import type { Finding, UnusedException } from './finding.ts';

/**
 * The exceptions that nothing in a scan of the whole organization needs: what they accept is mended, or
 * gone. Where it may only be out of sight, in an account that is dark or behind a finding that could not
 * be judged, nothing is said.
 */
export function unusedExceptions(
  findings: Finding[],
  exceptions: StandingException[],
  by: AcceptedBy & { dark: string[] },
): UnusedException[] {
  const ground = groundOf(by);
  const open = findings.filter(({ status }) => status !== 'PASS' && status !== 'NOT_APPLICABLE');
  return exceptions
    .filter((exception) => !by.dark.some((account) => mayBeOf(exception, [account], ground)))
    .filter((exception) => !open.some((finding) => mayNeed(exception, finding, ground)))
    .map(({ check, subject, account, ou, owner, expires }) => ({
      checks: check,
      of: subject ?? account ?? ou ?? '',
      owner,
      expires,
    }));
}

/** True for the fault that the exception accepts, and for what was not seen and may be it. */
function mayNeed(exception: StandingException, finding: Finding, ground: Ground): boolean {
  if (!exception.check.includes(finding.check)) return false;
  if (finding.status === 'FAIL') return speaksOf(exception, finding, ground);
  if (exception.subject === finding.subject) return true;
  return mayBeOf(exception, [finding.owner, ...finding.covers], ground);
}

/** Whether what the exception accepts may belong to one of these accounts. */
function mayBeOf(exception: StandingException, accounts: string[], { accountBy }: Ground): boolean {
  const { subject, account, ou } = exception;
  const named = account !== undefined || ou !== undefined;
  if (named && accounts.some((id) => isWithin(exception, id, accountBy))) return true;
  if (subject === undefined) return false;
  // The account in an ARN is its fifth part, and empty for a bucket: that may be anybody's.
  const whose = subject.startsWith('arn:') ? subject.split(':')[4] : subject;
  return !whose || accounts.includes(whose);
}
