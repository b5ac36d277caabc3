import type { ServiceControlPolicySetup } from '../scenario.ts';
import { AwsFault, type Call, type World } from '../service.ts';
import { rootOf, type Unit, unitById } from './organization-tree.ts';
import { page } from './organizations-pages.ts';

/** Service control policies, and what they are attached to. */
export const policyOperations = {
  ListPolicies: (call: Call, world: World) => {
    checkFilter(call);
    return page(call, world, 'Policies', policiesOf(world), (policy) => summary(policy, world));
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
    checkFilter(call);
    const id: string = call.input.TargetId ?? '';
    if (!unitById(id, world) && !world.accounts.has(id)) {
      throw new AwsFault('TargetNotFoundException', "You specified a target that doesn't exist.");
    }
    const attached = policiesOf(world).filter((policy) => isAttached(policy, id, world));
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

function policiesOf({ scenario: { organization } }: World): ServiceControlPolicySetup[] {
  return [FULL_ACCESS, ...organization.serviceControlPolicies];
}

function policyOf({ input }: Call, world: World): ServiceControlPolicySetup {
  const policy = policiesOf(world).find(({ id }) => id === input.PolicyId);
  if (policy) return policy;
  throw new AwsFault('PolicyNotFoundException', "You specified a policy that doesn't exist.");
}

function summary(policy: ServiceControlPolicySetup, { scenario: { organization: of } }: World) {
  const byAws = policy === FULL_ACCESS;
  const owner = byAws
    ? 'arn:aws:organizations::aws:policy'
    : `arn:aws:organizations::${of.managementAccount}:policy/${of.id}`;
  return {
    Id: policy.id,
    Arn: `${owner}/service_control_policy/${policy.id}`,
    Name: policy.name,
    Description: policy.description,
    Type: 'SERVICE_CONTROL_POLICY',
    AwsManaged: byAws,
  };
}

/** Ids of what a policy is attached to: `root` in a scenario is the root, whatever its id. */
function targetsOf(policy: ServiceControlPolicySetup, world: World): string[] {
  const root = rootOf(world);
  if (policy !== FULL_ACCESS) {
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

/** Only service control policies are enabled in this organization's root. */
function checkFilter({ input }: Call): void {
  if (input.Filter === 'SERVICE_CONTROL_POLICY') return;
  throw new AwsFault(
    'InvalidInputException',
    `You specified a policy type that is not simulated or not enabled: ${input.Filter}.`,
  );
}
