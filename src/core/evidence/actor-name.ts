import { roleNameOf, sessionNameOf } from './caller.ts';
import type { CloudTrailEvent } from './event.ts';
import { invokingService } from './via.ts';

/** Who called, in one word of the record: a user, `role/session`, a service. */
export function actorName(event: CloudTrailEvent): string {
  const { caller } = event;
  const role = roleNameOf(caller);
  const session = sessionNameOf(caller);
  if (caller.type === 'Root') return 'root';
  if (role) return session ? `${role}/${session}` : role;
  return (
    caller.userName ??
    session ??
    (caller.arn?.includes('/') ? (caller.arn.split('/').at(-1) ?? null) : caller.arn) ??
    invokingService(event) ??
    caller.principalId ??
    caller.accountId ??
    caller.type ??
    'unknown'
  );
}
