import { AwsFault, type Call, type Handlers, type World } from '../service.ts';
import { pathTo, rootOf, type Unit, unitById } from './organization-tree.ts';
import { page } from './organizations-pages.ts';
import { policyOperations } from './organizations-policies.ts';

/** Operations that members may call as well. */
const FOR_MEMBERS = new Set(['DescribeOrganization']);

export const organizations: Handlers = Object.fromEntries(
  Object.entries({
    DescribeOrganization: (_: Call, world: World) => ({ Organization: organization(world) }),
    ListAccounts: (call: Call, world: World) =>
      page(call, world, 'Accounts', [...world.accounts.keys()], (id) => accountOf(id, world)),
    DescribeAccount: (call: Call, world: World) => ({
      Account: accountOf(known(call.input.AccountId, world), world),
    }),
    ListRoots: (call: Call, world: World) => {
      const { id, arn, name } = rootOf(world);
      return page(call, world, 'Roots', [id], () => ({
        Id: id,
        Arn: arn,
        Name: name,
        PolicyTypes: [{ Type: 'SERVICE_CONTROL_POLICY', Status: 'ENABLED' }],
      }));
    },
    ListOrganizationalUnitsForParent: (call: Call, world: World) =>
      page(call, world, 'OrganizationalUnits', parent(call, world).units, ({ id, arn, name }) => ({
        Id: id,
        Arn: arn,
        Name: name,
      })),
    ListAccountsForParent: (call: Call, world: World) =>
      page(call, world, 'Accounts', parent(call, world).accounts, (id) => accountOf(id, world)),
    ListParents: (call: Call, world: World) => ({ Parents: [parentOf(call.input.ChildId, world)] }),
    ListDelegatedAdministrators: (call: Call, world: World) =>
      page(
        call,
        world,
        'DelegatedAdministrators',
        delegates(world, call.input.ServicePrincipal),
        (id) => ({ ...accountOf(id, world), DelegationEnabledDate: JOINED }),
      ),
    ListDelegatedServicesForAccount: (call: Call, world: World) => {
      const id = known(call.input.AccountId, world);
      const services = servicesOf(id, world);
      if (services.length === 0) {
        throw new AwsFault(
          'AccountNotRegisteredException',
          'The provided account is not a registered delegated administrator for your organization.',
        );
      }
      return page(call, world, 'DelegatedServices', services, (service) => ({
        ServicePrincipal: service,
        DelegationEnabledDate: JOINED,
      }));
    },
    ListAWSServiceAccessForOrganization: (call: Call, world: World) =>
      page(
        call,
        world,
        'EnabledServicePrincipals',
        world.scenario.organization.serviceAccess,
        (service) => ({ ServicePrincipal: service, DateEnabled: JOINED }),
      ),
    ...policyOperations,
  }).map(([operation, answer]) => [
    `organizations:${operation}`,
    (call: Call, world: World) => {
      checkMembership(call, world);
      return answer(call, world);
    },
  ]),
);

/** True for the management account and for delegated administrators (of a service, when one is named). */
export function isTrusted(account: string, world: World, service?: string): boolean {
  const { managementAccount } = world.scenario.organization;
  return account === managementAccount || delegates(world, service).includes(account);
}

function checkMembership({ caller, operation }: Call, world: World): void {
  if (!world.accounts.has(caller.account)) {
    throw new AwsFault(
      'AWSOrganizationsNotInUseException',
      'Your account is not a member of an organization.',
    );
  }
  if (!FOR_MEMBERS.has(operation) && !isTrusted(caller.account, world)) {
    throw new AwsFault(
      'AccessDeniedException',
      "You don't have permissions to access this resource.",
    );
  }
}

const JOINED = new Date('2023-02-14T02:11:45.831Z');

function organization({ scenario: { organization: of }, accounts }: World) {
  const management = of.managementAccount;
  return {
    Id: of.id,
    Arn: `arn:aws:organizations::${management}:organization/${of.id}`,
    FeatureSet: 'ALL',
    MasterAccountArn: `arn:aws:organizations::${management}:account/${of.id}/${management}`,
    MasterAccountId: management,
    MasterAccountEmail: accounts.get(management)?.email,
    AvailablePolicyTypes: [{ Type: 'SERVICE_CONTROL_POLICY', Status: 'ENABLED' }],
  };
}

function accountOf(id: string, world: World) {
  const { organization: of } = world.scenario;
  const account = world.accounts.get(id);
  const path = pathTo(id, world);
  return {
    Id: id,
    Arn: `arn:aws:organizations::${of.managementAccount}:account/${of.id}/${id}`,
    Email: account?.email,
    Name: account?.name,
    // `Status` is the older field; it has no word for an account that is still being activated.
    ...(account?.status !== 'PENDING_ACTIVATION' && { Status: account?.status }),
    State: account?.status,
    ...(path !== undefined && { Paths: [path] }),
    JoinedMethod: id === of.managementAccount ? 'INVITED' : 'CREATED',
    JoinedTimestamp: JOINED,
  };
}

function known(id: string, world: World): string {
  if (world.accounts.has(id)) return id;
  throw new AwsFault('AccountNotFoundException', "You specified an account that doesn't exist.");
}

function parent({ input }: Call, world: World): Unit {
  const unit = unitById(input.ParentId, world);
  if (unit) return unit;
  throw new AwsFault('ParentNotFoundException', "You specified a parent that doesn't exist.");
}

function parentOf(child: string, world: World) {
  const above = (unit: Unit): Unit | undefined =>
    unit.accounts.includes(child) || unit.units.some(({ id }) => id === child)
      ? unit
      : unit.units.map(above).find((found) => found !== undefined);
  const found = above(rootOf(world));
  if (!found) {
    throw new AwsFault('ChildNotFoundException', "You specified a child that doesn't exist.");
  }
  return { Id: found.id, Type: found.id.startsWith('r-') ? 'ROOT' : 'ORGANIZATIONAL_UNIT' };
}

function delegates({ scenario: { organization: of } }: World, service?: string): string[] {
  const lists = Object.entries(of.delegatedAdministrators)
    .filter(([each]) => service === undefined || each === service)
    .map(([, accounts]) => accounts);
  return [...new Set(lists.flat())];
}

function servicesOf(account: string, { scenario: { organization: of } }: World): string[] {
  return Object.entries(of.delegatedAdministrators)
    .filter(([, accounts]) => accounts.includes(account))
    .map(([service]) => service);
}
