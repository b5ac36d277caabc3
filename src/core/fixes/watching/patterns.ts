import { SENSITIVE_CALLS } from '../../posture/alarms/sensitive-calls.ts';

/** CloudWatch Logs takes no longer filter pattern. */
export const LONGEST_PATTERN = 1_024;

/** Of what is more than a list of calls, as the benchmark of CIS writes it. */
const PATTERNS: { [call: string]: string } = {
  'unauthorized-calls':
    '{ ($.errorCode = "*UnauthorizedOperation") || ($.errorCode = "AccessDenied*") }',
  'sign-in-without-mfa':
    '{ ($.eventName = "ConsoleLogin") && ($.additionalEventData.MFAUsed != "Yes") && ($.userIdentity.type = "IAMUser") && ($.responseElements.ConsoleLogin = "Success") }',
  'root-use':
    '{ ($.userIdentity.type = "Root") && ($.userIdentity.invokedBy NOT EXISTS) && ($.eventType != "AwsServiceEvent") }',
  'sign-in-failures':
    '{ ($.eventName = "ConsoleLogin") && ($.errorMessage = "Failed authentication") }',
};

/**
 * The filter pattern that matches every event of a sensitive call (CIS AWS Foundations, section 4 up to 5.0,
 * section 5 since 6.0), and no event of another service. Throws for a call that nobody knows.
 */
export function patternFor(call: string): string {
  const written = PATTERNS[call];
  if (written) return written;
  const { events } = sensitive(call);
  const sources = [...new Set(events.map(({ eventSource }) => String(eventSource)))];
  const names = [...new Set(events.map(({ eventName }) => String(eventName)))];
  const any = (field: string, values: string[]) => {
    const parts = values.map((value) => `($.${field} = "${value}")`);
    return parts.length === 1 ? parts[0] : `(${parts.join(' || ')})`;
  };
  return `{ ${any('eventSource', sources)} && ${any('eventName', names)} }`;
}

/** Events of a sensitive call as CloudTrail writes them, to try a pattern on: fifty at most. */
export function samplesOf(call: string): string[] {
  return sensitive(call).events.map((event) => JSON.stringify(event));
}

function sensitive(call: string) {
  const found = SENSITIVE_CALLS.find((one) => one.call === call);
  if (!found) throw new Error(`nobody knows the sensitive call ${call}`);
  return found;
}
