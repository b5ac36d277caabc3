import { wasSeen } from '../reading.ts';
import { roleNameOf } from './caller.ts';
import type { CloudTrailEvent } from './event.ts';
import type { Hop } from './hops.ts';
import { member, text } from './parse-event.ts';
import { type Users, userKey } from './users.ts';

/** What Identity Center records when somebody takes a role: in the command line, and in the portal. */
export const SIGN_IN_EVENTS = ['GetRoleCredentials', 'Federate'];

/** How long before a session's birth the sign-in that asked for it may have been. */
export const SIGN_IN_WINDOW = 5 * 60_000;

/**
 * The sign-in at Identity Center that fits a session of one of its roles: same account, same permission
 * set, same user, just before. No key links the two, so it corroborates the name and proves no more.
 */
export function signInFor(
  used: CloudTrailEvent,
  name: string,
  candidates: CloudTrailEvent[],
  users: Users,
): Hop | null {
  const born = Date.parse(used.caller.sessionCreatedAt ?? '');
  const set = permissionSetOf(used);
  if (Number.isNaN(born) || set === null) return null;
  const fitting = candidates
    .filter((event) => event.eventSource === 'sso.amazonaws.com')
    .filter(({ eventName, outcome }) => SIGN_IN_EVENTS.includes(eventName) && outcome === 'ok')
    .filter((event) => {
      const at = Date.parse(event.eventTime ?? '');
      return at <= born + 60_000 && at >= born - SIGN_IN_WINDOW;
    })
    .filter((event) => {
      const { account, role } = askedFor(event);
      return account === used.caller.accountId && role === set;
    })
    .filter((event) => userIn(event, users) === name.toLowerCase())
    .toSorted((a, b) => (b.eventTime ?? '').localeCompare(a.eventTime ?? ''))[0];
  if (!fitting) return null;
  const what = `${fitting.eventName} (event ${fitting.eventID}, ${fitting.account})`;
  return {
    en: `${what} fits: the same user asked for ${set} in that account at ${fitting.eventTime}; no key links the two`,
    ko: `${fitting.eventName} (이벤트 ${fitting.eventID}, ${fitting.account})와 맞음: 같은 사용자가 ${fitting.eventTime}에 그 계정의 ${set} 역할을 요청; 둘을 잇는 키는 없음`,
  };
}

/** `AWSReservedSSO_PlatformAdmin_1c2d…` -> `PlatformAdmin`. */
function permissionSetOf({ caller }: CloudTrailEvent): string | null {
  return /^AWSReservedSSO_(.+)_[0-9a-f]{16}$/.exec(roleNameOf(caller) ?? '')?.[1] ?? null;
}

function askedFor({ record }: CloudTrailEvent): { account: string | null; role: string | null } {
  const details = member(record.serviceEventDetails) ?? member(record.requestParameters) ?? {};
  return { account: text(details.account_id), role: text(details.role_name) };
}

/** The user name of a sign-in, which since 14 July 2025 only the identity store knows. */
function userIn({ caller }: CloudTrailEvent, users: Users): string | null {
  if (caller.userName) return caller.userName.toLowerCase();
  if (!caller.onBehalfOf) return null;
  const user = users.get(userKey(caller.onBehalfOf));
  return user && wasSeen(user) ? (user.seen?.name.toLowerCase() ?? null) : null;
}
