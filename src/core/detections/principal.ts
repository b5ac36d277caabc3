import { actorName } from '../evidence/actor-name.ts';
import { roleNameOf } from '../evidence/caller.ts';
import type { CloudTrailEvent } from '../evidence/event.ts';

/**
 * Whose habit a call is: the account with the user or the role, since sessions of a role come and go.
 * `nobody@` where the record names no caller.
 */
export function principalOf(event: CloudTrailEvent): string {
  return `${event.account}/${roleNameOf(event.caller) ?? actorName(event)}`;
}

/** The same of a group's `actor`, which is `role/session` for a role. */
export function principalNamed(account: string, actor: string): string {
  return `${account}/${actor.split('/')[0] ?? ''}`;
}

/** Roles that AWS's services keep for themselves: what they do is no person's habit. */
export function isServiceLinked(actor: string): boolean {
  return /^AWSServiceRoleFor/.test(actor) || /\.amazonaws\.com$/.test(actor);
}
