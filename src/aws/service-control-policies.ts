import {
  DescribePolicyCommand,
  type OrganizationsClient,
  paginateListPolicies,
  paginateListPoliciesForTarget,
  paginateListTargetsForPolicy,
} from '@aws-sdk/client-organizations';
import { concurrently } from '../core/concurrently.ts';
import type { ServiceControlPolicy } from '../core/posture/facts.ts';
import { policyIn } from './facts/policy-text.ts';

export const needs = [
  'organizations:DescribePolicy',
  'organizations:ListPolicies',
  'organizations:ListPoliciesForTarget',
  'organizations:ListTargetsForPolicy',
];

/** Organizations allows few requests a second for the whole organization. */
const LANES = 4;

/** Attached to everything by AWS, it allows all: it guards nothing, and its targets are legion. */
const ALLOWS_ALL = 'p-FullAWSAccess';
/** The same of resource control policies, from which nobody can take it away. */
const ALLOWS_ALL_RESOURCES = 'p-RCPFullAWSAccess';

/**
 * Two calls for each policy, whatever the number of accounts: the policies tell their targets. Policies of
 * a type that is not in use are attached to nothing.
 */
export async function listPolicies(
  client: OrganizationsClient,
  Filter: 'SERVICE_CONTROL_POLICY' | 'RESOURCE_CONTROL_POLICY' = 'SERVICE_CONTROL_POLICY',
): Promise<ServiceControlPolicy[]> {
  const found: { id: string; name: string }[] = [];
  const pages = paginateListPolicies({ client }, { Filter });
  for await (const { Policies = [] } of pages)
    for (const { Id = '', Name = '' } of Policies)
      if (Id !== ALLOWS_ALL && Id !== ALLOWS_ALL_RESOURCES) found.push({ id: Id, name: Name });
  return concurrently(LANES, found, async ({ id, name }) => {
    const [{ Policy }, targets] = await Promise.all([
      client.send(new DescribePolicyCommand({ PolicyId: id })),
      listTargets(client, id),
    ]);
    return { id, name, document: policyIn(Policy?.Content ?? ''), targets };
  });
}

/**
 * Where FullAWSAccess was taken away, so that only what other policies allow is allowed (an allow list).
 * Something has to allow, so only targets with a policy that allows by itself are asked: mostly none.
 */
export async function withoutFullAccess(
  client: OrganizationsClient,
  policies: ServiceControlPolicy[],
): Promise<string[]> {
  const allowing = policies.filter(({ document }) =>
    document.Statement.some(({ Effect }) => Effect === 'Allow'),
  );
  const targets = [...new Set(allowing.flatMap((policy) => policy.targets))];
  const asked = await concurrently(LANES, targets, async (target) => ({
    target,
    full: await hasFullAccess(client, target),
  }));
  return asked.flatMap(({ target, full }) => (full ? [] : [target]));
}

async function hasFullAccess(client: OrganizationsClient, target: string): Promise<boolean> {
  const pages = paginateListPoliciesForTarget(
    { client },
    { TargetId: target, Filter: 'SERVICE_CONTROL_POLICY' },
  );
  for await (const { Policies = [] } of pages)
    if (Policies.some(({ Id }) => Id === ALLOWS_ALL)) return true;
  return false;
}

async function listTargets(client: OrganizationsClient, policy: string): Promise<string[]> {
  const ids: string[] = [];
  for await (const { Targets = [] } of paginateListTargetsForPolicy(
    { client },
    { PolicyId: policy },
  ))
    for (const { TargetId } of Targets) if (TargetId) ids.push(TargetId);
  return ids;
}
