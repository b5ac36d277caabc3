import { hashOf } from '../hash.ts';
import type { Json, JsonObject } from '../json.ts';
import type { ApiCall, FixPlan, Place } from './fix.ts';
import type { Obstacle } from './obstacle.ts';
import { partitionOf } from './partition.ts';
import { first } from './planned.ts';

/** Roles that fixes make for services stand under this path, and only there may fixes touch roles. */
const PATH = '/trailwarden/';

/**
 * The managed policy that bounds every role that fixes make (`policies/iam/boundary-made-role.json`, under
 * this name in each account). The fix roles can make and write no role without it, so that whoever takes
 * over the bot's process can give nobody more than it allows.
 */
const BOUNDARY = 'trailwarden-boundary-made-role';

/** A role that a service works with on our behalf: who may take it, and its one inline policy. */
export type OwnRole = { name: string; policyName: string; trust: JsonObject; policy: JsonObject };

/** The role as it is found: null where there is none of its name. `boundary` stands only where it has one. */
export type FoundRole = { path: string; trust: Json; policy: Json; boundary?: string } | null;

/** What makes the role, and what takes it away. */
export function roleCalls(
  { name, policyName, trust, policy }: OwnRole,
  where: Place,
): { make: ApiCall[]; remove: ApiCall[] } {
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
          PermissionsBoundary: boundaryArn(where),
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

/**
 * True for a plan of an earlier version, whose roles were bounded by nothing: it can only be looked at, and
 * is refused before anything of it is sent.
 */
export function makesUnboundedRole({ calls }: Pick<FixPlan, 'calls'>): boolean {
  return calls.some(
    ({ api, parameters }) => api === 'iam:CreateRole' && !parameters.PermissionsBoundary,
  );
}

/** What bounds the roles that are made in an account. */
export function boundaryArn({ account, region }: Place): string {
  return `arn:${partitionOf(region)}:iam::${account}:policy/${BOUNDARY}`;
}

/** Why no role is made in an account, and what to do first. */
export function noBoundary({ account }: Place): { cannot: Obstacle } {
  return first(
    {
      en: `Account ${account} has no policy ${BOUNDARY}, which bounds the role that this fix makes.`,
      ko: `계정 ${account}에 이 수정이 만드는 역할의 권한 경계 정책 ${BOUNDARY}이(가) 없습니다.`,
    },
    {
      en: 'Deploy policies/iam/boundary-made-role.json there under this name.',
      ko: 'policies/iam/boundary-made-role.json을 그 계정에 이 이름으로 배포하세요.',
    },
  );
}

export function ownRoleArn(account: string, region: string, name: string): string {
  return `arn:${partitionOf(region)}:iam::${account}:role${PATH}${name}`;
}

/** The role as it will be found once it is made. */
export function madeRole({ trust, policy }: OwnRole, where: Place): FoundRole {
  return { path: PATH, trust, policy, boundary: boundaryArn(where) };
}

/** True for a role that was made as we make it: it is used as it stands. */
export function isOwn(found: FoundRole, role: OwnRole, where: Place): boolean {
  return hashOf(found) === hashOf(madeRole(role, where));
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
