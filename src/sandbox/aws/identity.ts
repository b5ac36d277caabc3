import { createHash } from 'node:crypto';
import type { CallerIdentity } from './caller-identity.ts';
import { faultOf } from './fault-codes.ts';
import type { Scenario } from './scenario.ts';
import type { World } from './service.ts';

/** The callers that hold long-lived keys from the start, by access key id. */
export function keyHolders(scenario: Scenario, now: Date): Map<string, CallerIdentity> {
  return new Map(
    scenario.keys.map(({ accessKeyId, principal }) => [
      accessKeyId,
      holderOf(accessKeyId, principal, now),
    ]),
  );
}

/**
 * Who signed a request: the holder of its access key, if the key exists, has not expired and came with its
 * session's own token. Signatures themselves are not verified. Throws what the service would answer.
 */
export function identify(
  world: World,
  request: { service: string; accessKeyId: string; sessionToken: string | undefined },
): CallerIdentity {
  const { service, accessKeyId, sessionToken } = request;
  const caller = world.identities.get(accessKeyId);
  if (!caller) throw faultOf(service, 'unknown-key');
  const inactive = world.scenario.iam.users.some(({ keys }) =>
    keys.some(({ id, status }) => id === accessKeyId && status === 'Inactive'),
  );
  if (inactive) throw faultOf(service, 'unknown-key');
  const temporary = accessKeyId.startsWith('ASIA');
  if (sessionToken !== (temporary ? sessionTokenOf(accessKeyId) : undefined)) {
    throw faultOf(service, 'wrong-token');
  }
  if (caller.expires && caller.expires <= world.now()) throw faultOf(service, 'expired');
  return caller;
}

/** The token that belongs to a temporary key; it follows from the key, so nothing need remember it. */
export function sessionTokenOf(accessKeyId: string): string {
  const digest = createHash('sha512').update(`session of ${accessKeyId}`).digest('base64');
  return `FwoGZXIvYXdzE${digest}`;
}

/** The unique id of a role or user, as IAM makes them (`AROA…`, `AIDA…`); the same ARN keeps its id. */
export function uniqueId(arn: string): string {
  const prefix = arn.includes(':user/') ? 'AIDA' : 'AROA';
  const digest = createHash('sha256').update(arn).digest('hex').toUpperCase();
  return prefix + digest.slice(0, 17);
}

/** `arn:aws:iam::111122223333:role/path/name` taken apart; undefined for anything else. */
export function parseRoleArn(arn: string) {
  const [, account, path] = /^arn:aws:iam::(\d{12}):role\/(.+)$/.exec(arn) ?? [];
  if (!account || !path) return undefined;
  return { account, path, name: path.split('/').at(-1) ?? path };
}

/** The ARN of a session of a role; a role's path is no part of it. */
export function sessionArn(account: string, roleName: string, sessionName: string): string {
  return `arn:aws:sts::${account}:assumed-role/${roleName}/${sessionName}`;
}

/** A role as principal stands for the machine that it is attached to: it has a session already. */
function holderOf(accessKeyId: string, principal: string, now: Date): CallerIdentity {
  const role = parseRoleArn(principal);
  if (role) {
    const sessionName = role.name;
    return {
      account: role.account,
      arn: sessionArn(role.account, role.name, sessionName),
      accessKeyId,
      role: { arn: principal, name: role.name, sessionName, createdAt: now },
    };
  }
  const account = /^arn:aws:iam::(\d{12}):(user\/.+|root)$/.exec(principal)?.[1];
  if (!account) throw new Error(`${principal} is no ARN of a user or role`);
  return { account, arn: principal, accessKeyId };
}
