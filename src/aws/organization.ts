import {
  DescribeOrganizationCommand,
  ListParentsCommand,
  type OrganizationsClient,
  paginateListAccounts,
  paginateListDelegatedAdministrators,
  paginateListDelegatedServicesForAccount,
  paginateListOrganizationalUnitsForParent,
  paginateListRoots,
} from '@aws-sdk/client-organizations';
import { concurrently } from '../core/concurrently.ts';
import type { Organization, OrganizationAccount } from '../core/posture/facts.ts';
import { wasSeen } from '../core/reading.ts';
import { type Ground, witnessed } from './facts/reader.ts';

export const needs = [
  'organizations:DescribeOrganization',
  'organizations:ListAccounts',
  'organizations:ListDelegatedAdministrators',
  'organizations:ListDelegatedServicesForAccount',
  'organizations:ListOrganizationalUnitsForParent',
  'organizations:ListParents',
  'organizations:ListRoots',
];

/** Organizations allows few requests a second for the whole organization. */
const LANES = 4;

/**
 * The organization as its management account or a delegated administrator sees it, asked from the
 * bot's own account. Where Organizations refuses, the answer says so and names the own account only.
 */
export async function readOrganization(ground: Ground): Promise<Organization> {
  const { aws } = ground;
  const region = aws.settings.region;
  const me = await witnessed(
    ground,
    'sts:GetCallerIdentity',
    { account: '', region },
    aws.identity,
  );
  if (!wasSeen(me)) return { ...nobody, accounts: me, administrators: me };
  const { account: self, partition } = me.seen;
  const where = { account: self, region };
  const client = await aws.organizations();

  const described = await witnessed(ground, 'organizations:DescribeOrganization', where, async () =>
    client.send(new DescribeOrganizationCommand({})),
  );
  const [accounts, administrators] = await Promise.all([
    witnessed(ground, 'organizations:ListAccounts', where, () => listAccounts(client)),
    witnessed(ground, 'organizations:ListDelegatedAdministrators', where, () =>
      listAdministrators(client),
    ),
  ]);
  const { Id = '', MasterAccountId = null } = wasSeen(described)
    ? (described.seen.Organization ?? {})
    : {};
  return { id: Id, managementAccount: MasterAccountId, accounts, administrators, self, partition };
}

const nobody = { id: '', managementAccount: null, self: '', partition: 'aws' };

async function listAccounts(client: OrganizationsClient): Promise<OrganizationAccount[]> {
  const units = await listUnits(client);
  const listed: { id: string; name: string; state: string; paths: string[] }[] = [];
  // The paginator goes on until there is no token: pages may be short, and even empty.
  for await (const { Accounts = [] } of paginateListAccounts({ client }, {}))
    for (const { Id = '', Name = '', State, Status, Paths = [] } of Accounts)
      listed.push({ id: Id, name: Name, state: State ?? Status ?? 'ACTIVE', paths: Paths });

  return concurrently(LANES, listed, async ({ id, name, state, paths }) => {
    const parent = paths[0]?.split('/').filter(Boolean).at(-2) ?? (await parentOf(client, id));
    const chain = units.get(parent) ?? [];
    return {
      id,
      name,
      state,
      ou: chain.map((unit) => unit.name).join('/'),
      ouIds: chain.map((unit) => unit.id),
    };
  });
}

async function parentOf(client: OrganizationsClient, account: string): Promise<string> {
  const { Parents = [] } = await client.send(new ListParentsCommand({ ChildId: account }));
  return Parents[0]?.Id ?? '';
}

type Unit = { id: string; name: string };

/** Every OU by its id, with the chain of OUs that leads to it. The root is no OU: its chain is empty. */
async function listUnits(client: OrganizationsClient): Promise<Map<string, Unit[]>> {
  const chains = new Map<string, Unit[]>();
  const descend = async (parent: string, chain: Unit[]): Promise<void> => {
    chains.set(parent, chain);
    const pages = paginateListOrganizationalUnitsForParent({ client }, { ParentId: parent });
    for await (const { OrganizationalUnits = [] } of pages)
      for (const { Id = '', Name = '' } of OrganizationalUnits)
        await descend(Id, [...chain, { id: Id, name: Name }]);
  };
  for await (const { Roots = [] } of paginateListRoots({ client }, {}))
    for (const { Id = '' } of Roots) await descend(Id, []);
  return chains;
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
