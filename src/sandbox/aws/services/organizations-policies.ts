import type { ServiceControlPolicySetup } from '../scenario.ts';
import { AwsFault, type Call, type World } from '../service.ts';
import { rootOf, type Unit, unitById } from './organization-tree.ts';
import { page } from './organizations-pages.ts';

/** Service and resource control policies, and what they are attached to. */
export const policyOperations = {
  ListPolicies: (call: Call, world: World) => {
    const all = policiesOf(world, typeIn(call));
    return page(call, world, 'Policies', all, (policy) => summary(policy, world));
  },
  DescribePolicy: (call: Call, world: World) => {
    const policy = policyOf(call, world);
    return {
      Policy: { PolicySummary: summary(policy, world), Content: JSON.stringify(policy.document) },
    };
  },
  ListTargetsForPolicy: (call: Call, world: World) =>
    page(call, world, 'Targets', targetsOf(policyOf(call, world), world), (id) =>
      target(id, world),
    ),
  ListPoliciesForTarget: (call: Call, world: World) => {
    const type = typeIn(call);
    const id: string = call.input.TargetId ?? '';
    if (!unitById(id, world) && !world.accounts.has(id)) {
      throw new AwsFault('TargetNotFoundException', "You specified a target that doesn't exist.");
    }
    const attached = policiesOf(world, type).filter((policy) => isAttached(policy, id, world));
    return page(call, world, 'Policies', attached, (policy) => summary(policy, world));
  },
};

/** What AWS attaches to every root, unit and account, so that anything is allowed at all. */
const FULL_ACCESS: ServiceControlPolicySetup = {
  id: 'p-FullAWSAccess',
  name: 'FullAWSAccess',
  description: 'Allows access to every operation',
  document: {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
  },
  targets: [],
};

/** The same of resource control policies, from which it cannot be detached. */
const RESOURCES_FULL_ACCESS: ServiceControlPolicySetup = {
  ...FULL_ACCESS,
  id: 'p-RCPFullAWSAccess',
  name: 'RCPFullAWSAccess',
  description: 'Allows access to every resource',
};

type PolicyType = 'SERVICE_CONTROL_POLICY' | 'RESOURCE_CONTROL_POLICY';

function policiesOf(
  { scenario: { organization } }: World,
  type: PolicyType,
): ServiceControlPolicySetup[] {
  return type === 'SERVICE_CONTROL_POLICY'
    ? [FULL_ACCESS, ...organization.serviceControlPolicies]
    : [RESOURCES_FULL_ACCESS, ...organization.resourceControlPolicies];
}

function typeOf(policy: ServiceControlPolicySetup, world: World): PolicyType {
  return policiesOf(world, 'RESOURCE_CONTROL_POLICY').includes(policy)
    ? 'RESOURCE_CONTROL_POLICY'
    : 'SERVICE_CONTROL_POLICY';
}

function policyOf({ input }: Call, world: World): ServiceControlPolicySetup {
  const all = [
    ...policiesOf(world, 'SERVICE_CONTROL_POLICY'),
    ...policiesOf(world, 'RESOURCE_CONTROL_POLICY'),
  ];
  const policy = all.find(({ id }) => id === input.PolicyId);
  if (policy) return policy;
  throw new AwsFault('PolicyNotFoundException', "You specified a policy that doesn't exist.");
}

function summary(policy: ServiceControlPolicySetup, world: World) {
  const of = world.scenario.organization;
  const byAws = policy === FULL_ACCESS || policy === RESOURCES_FULL_ACCESS;
  const Type = typeOf(policy, world);
  const owner = byAws
    ? 'arn:aws:organizations::aws:policy'
    : `arn:aws:organizations::${of.managementAccount}:policy/${of.id}`;
  return {
    Id: policy.id,
    Arn: `${owner}/${Type.toLowerCase()}/${policy.id}`,
    Name: policy.name,
    Description: policy.description,
    Type,
    AwsManaged: byAws,
  };
}

/** Ids of what a policy is attached to: `root` in a scenario is the root, whatever its id. */
function targetsOf(policy: ServiceControlPolicySetup, world: World): string[] {
  const root = rootOf(world);
  if (policy !== FULL_ACCESS && policy !== RESOURCES_FULL_ACCESS) {
    return policy.targets.map((target) => (target === 'root' ? root.id : target));
  }
  const below = ({ id, units, accounts }: Unit): string[] => [
    id,
    ...units.flatMap(below),
    ...accounts,
  ];
  return below(root).filter((id) => isAttached(policy, id, world));
}

function isAttached(policy: ServiceControlPolicySetup, id: string, world: World): boolean {
  if (policy === RESOURCES_FULL_ACCESS) return true;
  if (policy !== FULL_ACCESS) return targetsOf(policy, world).includes(id);
  const { withoutFullAccess } = world.scenario.organization;
  return !withoutFullAccess.includes(id === rootOf(world).id ? 'root' : id);
}

function target(id: string, world: World) {
  const account = world.accounts.get(id);
  const { organization: of } = world.scenario;
  if (account) {
    const Arn = `arn:aws:organizations::${of.managementAccount}:account/${of.id}/${id}`;
    return { TargetId: id, Arn, Name: account.name, Type: 'ACCOUNT' };
  }
  const unit = unitById(id, world);
  if (!unit) throw new Error(`a service control policy is attached to ${id}, which is nothing`);
  const Type = unit.id.startsWith('r-') ? 'ROOT' : 'ORGANIZATIONAL_UNIT';
  return { TargetId: id, Arn: unit.arn, Name: unit.name, Type };
}

/** Only these two types are enabled in this organization's root. */
function typeIn({ input }: Call): PolicyType {
  const { Filter } = input;
  if (Filter === 'SERVICE_CONTROL_POLICY' || Filter === 'RESOURCE_CONTROL_POLICY') return Filter;
  throw new AwsFault(
    'InvalidInputException',
    `You specified a policy type that is not simulated or not enabled: ${input.Filter}.`,
  );
}
