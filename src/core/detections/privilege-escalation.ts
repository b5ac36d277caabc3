import { roleNameOf } from '../evidence/caller.ts';
import { holds } from '../evidence/content.ts';
import type { CloudTrailEvent } from '../evidence/event.ts';
import { givesEveryRight } from '../evidence/grants.ts';
import { member, text, withoutVersion } from '../evidence/parse-event.ts';
import type { ByName } from './detector.ts';

/** Calls that give the rights of one user to whoever makes them. */
const FOR_ANOTHER = [
  'CreateAccessKey',
  'CreateLoginProfile',
  'UpdateLoginProfile',
  'DeactivateMFADevice',
];

/** Calls that give rights to the user, role or group that they name. */
const TO_SOMEBODY = [
  'AttachUserPolicy',
  'PutUserPolicy',
  'AttachRolePolicy',
  'PutRolePolicy',
  'AddUserToGroup',
];

/** Calls that let go of what bounds somebody's rights, or bring older, wider rights back. */
const ALWAYS = [
  'SetDefaultPolicyVersion',
  'DeleteUserPermissionsBoundary',
  'DeleteRolePermissionsBoundary',
];

/** Calls that give rights whose document or policy tells how great they are. */
const BY_CONTENT = [
  'AttachGroupPolicy',
  'PutGroupPolicy',
  'CreatePolicy',
  'CreatePolicyVersion',
  'AttachManagedPolicyToPermissionSet',
  'PutInlinePolicyToPermissionSet',
  'AssociateAccessPolicy',
];

/** Calls that say who may take a role on. */
const TRUST = ['UpdateAssumeRolePolicy', 'CreateRole'];

/**
 * Rights that somebody gave themselves, the rights of an administrator given to anybody, credentials made
 * for another user, trust in an account outside the organization, and boundaries taken away. What was
 * refused is told by the detector of denied calls.
 */
export const PRIVILEGE_ESCALATION: ByName = {
  id: 'privilege-escalation',
  kind: 'by-name',
  threshold: [],
  names: [...FOR_ANOTHER, ...TO_SOMEBODY, ...ALWAYS, ...BY_CONTENT, ...TRUST],
  strangers: true,
  find: (events, _, known) =>
    events.filter((event) => {
      const name = withoutVersion(event.eventName);
      if (event.outcome !== 'ok' || !IDENTITY.includes(event.eventSource)) return false;
      if (ALWAYS.includes(name) || givesEveryRight(event)) return true;
      if (FOR_ANOTHER.includes(name)) return isForAnother(event);
      if (TO_SOMEBODY.includes(name)) return isToOneself(event);
      return (
        TRUST.includes(name) &&
        (holds({ kind: 'public' }, event, known) ||
          (known.accounts !== null && holds({ kind: 'shared-external' }, event, known)))
      );
    }),
};

const IDENTITY = ['iam.amazonaws.com', 'sso.amazonaws.com', 'eks.amazonaws.com'];

/** A call about one's own user names no user, or oneself. */
function isForAnother({ caller, record }: CloudTrailEvent): boolean {
  const user = text(member(record.requestParameters)?.userName);
  return user !== null && user !== caller.userName;
}

/** The user or role that gets the rights is the one that calls. */
function isToOneself({ caller, record }: CloudTrailEvent): boolean {
  const request = member(record.requestParameters);
  const user = text(request?.userName);
  const role = text(request?.roleName);
  return (
    (user !== null && caller.type === 'IAMUser' && user === caller.userName) ||
    (role !== null && role === roleNameOf(caller))
  );
}
