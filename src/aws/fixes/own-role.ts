import { GetPolicyCommand, GetRoleCommand, GetRolePolicyCommand } from '@aws-sdk/client-iam';
import {
  boundaryArn,
  type FoundRole,
  noBoundary,
  type OwnRole,
} from '../../core/fixes/own-role.ts';
import type { Planned } from '../../core/fixes/planned.ts';
import type { Json } from '../../core/json.ts';
import { type Reading, wasSeen } from '../../core/reading.ts';
import { orNone, reading } from '../reading.ts';
import type { Aws, Where } from '../session.ts';

/** IAM actions of the read role. */
export const needs = ['iam:GetPolicy', 'iam:GetRole', 'iam:GetRolePolicy'];

/** The role of this name, with the one inline policy of it that is ours; null where there is no role. */
export function readOwnRole(
  where: Where,
  { name, policyName }: Pick<OwnRole, 'name' | 'policyName'>,
  aws: Aws,
): Promise<Reading<FoundRole>> {
  const client = aws.iam(where);
  return reading(`iam:GetRole in ${where.account}`, () =>
    orNone('NoSuchEntityException', null, async () => {
      const { Role } = await client.send(new GetRoleCommand({ RoleName: name }));
      const policy = await orNone('NoSuchEntityException', null, async () => {
        const asked = { RoleName: name, PolicyName: policyName };
        return document((await client.send(new GetRolePolicyCommand(asked))).PolicyDocument);
      });
      const boundary = Role?.PermissionsBoundary?.PermissionsBoundaryArn;
      return {
        path: Role?.Path ?? '/',
        trust: document(Role?.AssumeRolePolicyDocument),
        policy,
        ...(boundary !== undefined && { boundary }),
      };
    }),
  );
}

/** What was planned; where it makes a role, only if the policy that bounds such roles is there. */
export async function onlyBounded(
  planned: Planned,
  where: Where,
  aws: Aws,
): Promise<Reading<Planned>> {
  if (planned === 'already-sound' || 'cannot' in planned) return { seen: planned };
  if (!planned.plan.calls.some(({ api }) => api === 'iam:CreateRole')) return { seen: planned };
  const found = await reading(`iam:GetPolicy in ${where.account}`, () =>
    orNone('NoSuchEntityException', false, async () => {
      await aws.iam(where).send(new GetPolicyCommand({ PolicyArn: boundaryArn(where) }));
      return true;
    }),
  );
  if (!wasSeen(found)) return found;
  return { seen: found.seen ? planned : noBoundary(where) };
}

/** A policy document as IAM writes it: in the escapes of a URL. */
export function document(text: string | undefined): Json {
  if (text === undefined) throw new Error('IAM answered without a policy document');
  return JSON.parse(decodeURIComponent(text)) as Json;
}
