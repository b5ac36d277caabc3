import { hashOf } from '../hash.ts';
import type { Json, JsonObject } from '../json.ts';
import type { ApiCall } from './fix.ts';
import { partitionOf } from './partition.ts';

/** Roles that fixes make for services stand under this path, and only there may fixes touch roles. */
const PATH = '/trailwarden/';

/** A role that a service works with on our behalf: who may take it, and its one inline policy. */
export type OwnRole = { name: string; policyName: string; trust: JsonObject; policy: JsonObject };

/** The role as it is found: null where there is none of its name. */
export type FoundRole = { path: string; trust: Json; policy: Json } | null;

/** What makes the role, and what takes it away. */
export function roleCalls({ name, policyName, trust, policy }: OwnRole): {
  make: ApiCall[];
  remove: ApiCall[];
} {
  const parameters = { RoleName: name };
  return {
    make: [
      {
        api: 'iam:CreateRole',
        parameters: {
          ...parameters,
          Path: PATH,
          AssumeRolePolicyDocument: JSON.stringify(trust),
          Description: 'Made by an approved fix of Trailwarden.',
        },
      },
      {
        api: 'iam:PutRolePolicy',
        parameters: {
          ...parameters,
          PolicyName: policyName,
          PolicyDocument: JSON.stringify(policy),
        },
      },
    ],
    remove: [
      { api: 'iam:DeleteRolePolicy', parameters: { ...parameters, PolicyName: policyName } },
      { api: 'iam:DeleteRole', parameters },
    ],
  };
}

export function ownRoleArn(account: string, region: string, name: string): string {
  return `arn:${partitionOf(region)}:iam::${account}:role${PATH}${name}`;
}

/** The role as it will be found once it is made. */
export function madeRole({ trust, policy }: OwnRole): FoundRole {
  return { path: PATH, trust, policy };
}

/** True for a role that was made as we make it: it is used as it stands. */
export function isOwn(found: FoundRole, role: OwnRole): boolean {
  return hashOf(found) === hashOf(madeRole(role));
}

/** Whom a service's role trusts: the service, and nobody else. */
export function trustOf(service: string): JsonObject {
  return {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' }],
  };
}

/** A name that fits: IAM takes 64 characters. */
export function shortName(prefix: string, name: string): string {
  const whole = `${prefix}${name}`;
  return whole.length <= 64 ? whole : `${whole.slice(0, 55)}-${hashOf(name).slice(0, 8)}`;
}
