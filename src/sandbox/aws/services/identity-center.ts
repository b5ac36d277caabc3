import type { IdentityCenterSetup, PersonSetup } from '../scenario-people.ts';
import { AwsFault, type Call, type Handlers, type World } from '../service.ts';
import { pageOf } from './config-pages.ts';
import { isTrusted } from './organizations.ts';

/** The simulated IAM Identity Center and its identity store: who there is, without groups and assignments. */
export const identityCenter: Handlers = {
  'sso:ListInstances': listInstances,
  'identitystore:DescribeUser': describeUser,
  'identitystore:ListUsers': listUsers,
};

/**
 * `ListInstances`: the organization's instance, in its own region, seen from its own account and from the
 * delegated administrators of Identity Center; elsewhere an empty list.
 * https://docs.aws.amazon.com/singlesignon/latest/APIReference/API_ListInstances.html
 */
function listInstances(call: Call, world: World) {
  const { MaxResults = 10, NextToken } = call.input;
  const center = world.scenario.identityCenter;
  const here = center !== undefined && center.region === call.region && mayRead(call, world);
  const all = here
    ? [
        {
          InstanceArn: `arn:aws:sso:::instance/${center.instance}`,
          IdentityStoreId: center.store,
          OwnerAccountId: ownerOf(world),
          Status: 'ACTIVE',
        },
      ]
    : [];
  const { page, next } = pageOf(all, ['instances'], {
    size: MaxResults,
    token: NextToken,
    most: 100,
  });
  return { Instances: page, NextToken: next };
}

/** https://docs.aws.amazon.com/singlesignon/latest/IdentityStoreAPIReference/API_DescribeUser.html */
function describeUser(call: Call, world: World) {
  const { IdentityStoreId, UserId } = call.input;
  const center = storeOf(IdentityStoreId, call, world);
  const person = center.people.find((one) => !one.deleted && idOf(one, center) === UserId);
  if (!person) throw new AwsFault('ResourceNotFoundException', 'USER not found.');
  return userOf(person, center);
}

/** https://docs.aws.amazon.com/singlesignon/latest/IdentityStoreAPIReference/API_ListUsers.html */
function listUsers(call: Call, world: World) {
  const { IdentityStoreId, MaxResults = 100, NextToken } = call.input;
  const center = storeOf(IdentityStoreId, call, world);
  const { page, next } = pageOf(
    center.people.filter(({ deleted }) => !deleted),
    [IdentityStoreId],
    { size: MaxResults, token: NextToken, most: 100 },
  );
  return { Users: page.map((one) => userOf(one, center)), NextToken: next };
}

/** The ids of users, as an identity store of an organization's instance makes them. */
export function idOf({ id, userName }: PersonSetup, { store }: IdentityCenterSetup): string {
  if (id !== undefined) return id;
  const letters = Buffer.from(userName.padEnd(16, '.')).toString('hex');
  const of = (from: number, length: number) => letters.slice(from, from + length);
  return `${store.slice(2)}-${of(0, 8)}-${of(8, 4)}-${of(12, 4)}-${of(16, 4)}-${of(20, 12)}`;
}

function userOf(person: PersonSetup, center: IdentityCenterSetup) {
  const { userName, displayName, email } = person;
  return {
    IdentityStoreId: center.store,
    UserId: idOf(person, center),
    UserName: userName,
    DisplayName: displayName,
    ...(email !== undefined && { Emails: [{ Value: email, Type: 'work', Primary: true }] }),
  };
}

/** The store, where it is asked for in its region by an account that may know it. */
function storeOf(id: unknown, call: Call, world: World): IdentityCenterSetup {
  const center = world.scenario.identityCenter;
  if (center === undefined || center.store !== id || center.region !== call.region)
    throw new AwsFault('ResourceNotFoundException', 'IDENTITY_STORE not found.');
  if (!mayRead(call, world))
    throw new AwsFault(
      'AccessDeniedException',
      `User: ${call.caller.arn} is not authorized to perform: identitystore:${call.operation} on resource: arn:aws:identitystore::${ownerOf(world)}:identitystore/${center.store}`,
    );
  return center;
}

function mayRead({ caller }: Call, world: World): boolean {
  return caller.account === ownerOf(world) || isTrusted(caller.account, world, 'sso.amazonaws.com');
}

function ownerOf({ scenario }: World): string {
  return scenario.identityCenter?.account ?? scenario.organization.managementAccount;
}
