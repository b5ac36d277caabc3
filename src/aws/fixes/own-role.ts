import { GetRoleCommand, GetRolePolicyCommand } from '@aws-sdk/client-iam';
import type { FoundRole, OwnRole } from '../../core/fixes/own-role.ts';
import type { Json } from '../../core/json.ts';
import type { Reading } from '../../core/reading.ts';
import { orNone, reading } from '../reading.ts';
import type { Aws, Where } from '../session.ts';

/** IAM actions of the read role. */
export const needs = ['iam:GetRole', 'iam:GetRolePolicy'];

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
      return { path: Role?.Path ?? '/', trust: document(Role?.AssumeRolePolicyDocument), policy };
    }),
  );
}

/** A policy document as IAM writes it: in the escapes of a URL. */
export function document(text: string | undefined): Json {
  if (text === undefined) throw new Error('IAM answered without a policy document');
  return JSON.parse(decodeURIComponent(text)) as Json;
}
