import {
  DescribeOrganizationCommand,
  type OrganizationsClient,
  paginateListAccounts,
  paginateListAccountsForParent,
  paginateListAWSServiceAccessForOrganization,
  paginateListDelegatedAdministrators,
  paginateListDelegatedServicesForAccount,
  paginateListOrganizationalUnitsForParent,
  paginateListRoots,
} from '@aws-sdk/client-organizations';
import { concurrently, inLanes } from '../core/concurrently.ts';
import type {
  Organization,
  OrganizationAccount,
  Witness,
  Witnessed,
} from '../core/posture/facts.ts';
import { wasSeen } from '../core/reading.ts';
import { type Ground, witnessed } from './facts/reader.ts';
import { orNone } from './reading.ts';
import * as policies from './service-control-policies.ts';

export const needs = [
  'organizations:DescribeOrganization',
  'organizations:ListAWSServiceAccessForOrganization',
  'organizations:ListAccounts',
  'organizations:ListAccountsForParent',
  'organizations:ListDelegatedAdministrators',
  'organizations:ListDelegatedServicesForAccount',
  'organizations:ListOrganizationalUnitsForParent',
  'organizations:ListRoots',
  ...policies.needs,
];

/** Organizations allows few requests a second for the whole organization. */
const LANES = 4;

/** The organization as it is listed, and the same once it is known where each account hangs. */
export type Listing = {
  /** Without `units`, and with every account under the root. */
  listed: Organization;
  placed: Promise<Organization>;
};

/** The organization with the OUs of its accounts; see `listOrganization`. */
export async function readOrganization(ground: Ground): Promise<Organization> {
  return (await listOrganization(ground)).placed;
}

/**
 * The organization as its management account or a delegated administrator sees it, asked from the
 * bot's own account. Where Organizations refuses, the answer says so and names the own account only.
 * `heard` is told of every account as it is listed; the tree of OUs, which takes longest at the rate
 * that Organizations allows, is not waited for.
 */
export async function listOrganization(
  ground: Ground,
  heard: (account: Listed) => void = () => {},
): Promise<Listing> {
  const { aws } = ground;
  const region = aws.settings.region;
  const me = await witnessed(
    ground,
    'sts:GetCallerIdentity',
    { account: '', region },
    aws.identity,
  );
  if (!wasSeen(me))
    return known({
      ...nobody,
      accounts: me,
      administrators: me,
      serviceAccess: me,
      policies: me,
      units: me,
    });
  const { account: self, partition } = me.seen;
  const where = { account: self, region };
  const client = await aws.organizations();

  const asked = <T>(api: string, read: () => Promise<T>) =>
    witnessed(ground, `organizations:${api}`, where, read);
  const units = asked('ListOrganizationalUnitsForParent', () => listUnits(client));
  // Heard where it is awaited.
  units.catch(() => {});
  const [described, accounts, administrators, serviceAccess, guards] = await Promise.all([
    asked('DescribeOrganization', () =>
      orNone('AWSOrganizationsNotInUseException', null, () =>
        client.send(new DescribeOrganizationCommand({})),
      ),
    ),
    asked('ListAccounts', () => listAccounts(client, heard)),
    asked('ListDelegatedAdministrators', () => listAdministrators(client)),
    asked('ListAWSServiceAccessForOrganization', () => listServiceAccess(client)),
    asked('ListPolicies', () => policies.listPolicies(client)),
  ]);
  if (wasSeen(described) && described.seen === null)
    return known(alone(self, partition, described.by));
  const { Id = '', MasterAccountId = null } = wasSeen(described)
    ? (described.seen?.Organization ?? {})
    : {};
  const listed = {
    id: Id,
    managementAccount: MasterAccountId,
    accounts: wasSeen(accounts)
      ? { ...accounts, seen: accounts.seen.map((one) => ({ ...one, ou: '', ouIds: [] })) }
      : accounts,
    administrators,
    serviceAccess,
    policies: guards,
    self,
    partition,
  };
  return { listed, placed: units.then((above) => inUnits(listed, above)) };
}

/** What needs no tree, or has none. */
function known(organization: Organization): Listing {
  return { listed: organization, placed: Promise.resolve(organization) };
}

/** Where an account hangs is told for orientation: without it, its posture is judged all the same. */
function inUnits(listed: Organization, units: Witnessed<Map<string, Unit[]>>): Organization {
  if (!wasSeen(units)) return { ...listed, units };
  const { accounts } = listed;
  return {
    ...listed,
    accounts: wasSeen(accounts)
      ? { ...accounts, seen: accounts.seen.map((one) => inUnit(one, units.seen.get(one.id))) }
      : accounts,
    units: { ...units, seen: unitIds(units.seen) },
  };
}

/** An account of no organization is all that there is to know, and that is known. */
function alone(self: string, partition: string, by: Witness): Organization {
  const account = { id: self, name: '', ou: '', ouIds: [], state: 'ACTIVE' };
  return {
    id: '',
    managementAccount: null,
    alone: true,
    accounts: { seen: [account], by },
    administrators: { seen: [], by },
    serviceAccess: { seen: [], by },
    policies: { seen: [], by },
    units: { seen: [], by },
    self,
    partition,
  };
}

const nobody = { id: '', managementAccount: null, self: '', partition: 'aws' };

export type Listed = { id: string; name: string; state: string };
type Unit = { id: string; name: string };

async function listAccounts(
  client: OrganizationsClient,
  heard: (account: Listed) => void,
): Promise<Listed[]> {
  const listed: Listed[] = [];
  // The paginator goes on until there is no token: pages may be short, and even empty.
  // `State` is newer and finer than `Status`, which is on its way out.
  for await (const { Accounts = [] } of paginateListAccounts({ client }, {}))
    for (const { Id = '', Name = '', State, Status } of Accounts) {
      const account = { id: Id, name: Name, state: State ?? Status ?? 'ACTIVE' };
      listed.push(account);
      heard(account);
    }
  return listed;
}

/**
 * The chain of OUs above each account, from the root down. Asked by OU: there are fewer of them. The
 * accounts of a unit are asked for beside the units below it: each of the two has its own quota.
 */
async function listUnits(client: OrganizationsClient): Promise<Map<string, Unit[]>> {
  const above = new Map<string, Unit[]>();
  const lane = inLanes(LANES);
  const placing: Promise<void>[] = [];
  let level: { id: string; chain: Unit[] }[] = [];
  for await (const { Roots = [] } of paginateListRoots({ client }, {}))
    for (const { Id = '' } of Roots) level.push({ id: Id, chain: [] });
  while (level.length > 0) {
    for (const { id, chain } of level) {
      const placed = lane(async () => {
        for (const account of await listAccountsIn(client, id)) above.set(account, chain);
      });
      // Heard where all are awaited.
      placed.catch(() => {});
      placing.push(placed);
    }
    // Level by level: descending into several units at once would multiply the lanes with the depth.
    const below = await concurrently(LANES, level, async ({ id, chain }) =>
      (await listUnitsIn(client, id)).map((unit) => ({ id: unit.id, chain: [...chain, unit] })),
    );
    level = below.flat();
  }
  await Promise.all(placing);
  return above;
}

async function listAccountsIn(client: OrganizationsClient, parent: string): Promise<string[]> {
  const ids: string[] = [];
  for await (const { Accounts = [] } of paginateListAccountsForParent(
    { client },
    { ParentId: parent },
  ))
    for (const { Id = '' } of Accounts) ids.push(Id);
  return ids;
}

async function listUnitsIn(client: OrganizationsClient, parent: string): Promise<Unit[]> {
  const units: Unit[] = [];
  const pages = paginateListOrganizationalUnitsForParent({ client }, { ParentId: parent });
  for await (const { OrganizationalUnits = [] } of pages)
    for (const { Id = '', Name = '' } of OrganizationalUnits) units.push({ id: Id, name: Name });
  return units;
}

function unitIds(above: Map<string, Unit[]>): string[] {
  return [...new Set([...above.values()].flatMap((chain) => chain.map(({ id }) => id)))];
}

/** Whoever is under no OU is under the root, and was met there. */
function inUnit(account: Listed, chain: Unit[] | undefined): OrganizationAccount {
  return {
    ...account,
    ou: (chain ?? []).map(({ name }) => name).join('/'),
    ouIds: (chain ?? []).map(({ id }) => id),
    ...(!chain && { unplaced: true as const }),
  };
}

async function listAdministrators(client: OrganizationsClient) {
  const ids: string[] = [];
  for await (const page of paginateListDelegatedAdministrators({ client }, {}))
    for (const { Id } of page.DelegatedAdministrators ?? []) if (Id) ids.push(Id);
  return concurrently(LANES, ids, async (account) => {
    const services: string[] = [];
    const pages = paginateListDelegatedServicesForAccount({ client }, { AccountId: account });
    for await (const page of pages)
      for (const { ServicePrincipal } of page.DelegatedServices ?? [])
        if (ServicePrincipal) services.push(ServicePrincipal);
    return { account, services };
  });
}

async function listServiceAccess(client: OrganizationsClient): Promise<string[]> {
  const services: string[] = [];
  const pages = paginateListAWSServiceAccessForOrganization({ client }, {});
  for await (const { EnabledServicePrincipals = [] } of pages)
    for (const { ServicePrincipal } of EnabledServicePrincipals)
      if (ServicePrincipal) services.push(ServicePrincipal);
  return services;
}
