import { isBy } from '../evidence/caller.ts';
import type { CloudTrailEvent } from '../evidence/event.ts';
import { member, text } from '../evidence/parse-event.ts';
import { bursts } from './bursts.ts';
import type { ByName } from './detector.ts';

/** Anything that the root user did; what services do as root is no use of root. */
export const ROOT_USE: ByName = {
  id: 'root-use',
  kind: 'by-name',
  threshold: [],
  names: null,
  find: (events) => events.filter((event) => isBy({ kind: 'root', value: 'root' }, event)),
};

/**
 * Users of AWS's own, and root, who signed in with a password alone. Federated people bring the factor
 * of their own provider, of which AWS knows nothing.
 */
export const SIGN_IN_WITHOUT_MFA: ByName = {
  id: 'sign-in-without-mfa',
  kind: 'by-name',
  threshold: [],
  names: ['ConsoleLogin'],
  find: (events) =>
    events.filter(
      (event) =>
        isConsoleLogin(event) &&
        event.outcome === 'ok' &&
        ['IAMUser', 'Root'].includes(event.caller.type ?? '') &&
        text(member(event.record.additionalEventData)?.MFAUsed)?.toLowerCase() === 'no',
    ),
};

/** Many failed sign-ins of one user, or from one address, within minutes. */
export const FAILED_SIGN_IN_BURST: ByName = {
  id: 'failed-sign-in-burst',
  kind: 'by-name',
  threshold: ['failures', 'minutes'],
  names: ['ConsoleLogin'],
  find(events, { failures = 0, minutes = 0 }) {
    const failed = events.filter((event) => isConsoleLogin(event) && event.outcome !== 'ok');
    const named = failed.filter(({ caller }) => caller.userName !== null);
    const placed = failed.filter(({ sourceIPAddress }) => sourceIPAddress !== null);
    return [
      ...new Set([
        ...bursts(named, { minutes, enough: failures, kindOf: userOf }),
        ...bursts(placed, {
          minutes,
          enough: failures,
          kindOf: ({ sourceIPAddress }) => sourceIPAddress ?? '',
        }),
      ]),
    ];
  },
};

function userOf({ account, caller }: CloudTrailEvent): string {
  return `${account}/${caller.userName}`;
}

function isConsoleLogin({ eventName, eventSource }: CloudTrailEvent): boolean {
  return eventName === 'ConsoleLogin' && eventSource === 'signin.amazonaws.com';
}
