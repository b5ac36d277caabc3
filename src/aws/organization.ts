import {
  DescribeOrganizationCommand,
  type DescribeOrganizationCommandOutput,
  type OrganizationsClient,
  paginateListAccounts,
  paginateListAWSServiceAccessForOrganization,
  paginateListDelegatedAdministrators,
  paginateListDelegatedServicesForAccount,
} from '@aws-sdk/client-organizations';
import { concurrently } from '../core/concurrently.ts';
import type {
  Organization,
  OrganizationAccount,
  Witness,
  Witnessed,
} from '../core/posture/facts.ts';
import { wasSeen } from '../core/reading.ts';
import { type Ground, witnessed } from './facts/reader.ts';
import { type Placed, placing, needs as toPlace, type Unit } from './organization-units.ts';
import { orNone } from './reading.ts';
import * as policies from './service-control-policies.ts';

export const needs = [
  'organizations:DescribeOrganization',
  'organizations:ListAWSServiceAccessForOrganization',
  'organizations:ListAccounts',
  'organizations:ListDelegatedAdministrators',
  'organizations:ListDelegatedServicesForAccount',
  ...toPlace,
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

/** What is known of an organization before its accounts are listed, or will be soon. */
export type About = {
  self: string;
  managementAccount: Promise<string | null>;
  administrators: Promise<Organization['administrators']>;
};

/** Who is told what comes in, while the rest is still on its way. */
export type Hearing = {
  /** Every account as it is listed, a page at a time: thousands take a minute at the rate allowed. */
  account(account: Listed): void;
  about(about: About): void;
};

/** The organization with the OUs of its accounts; see `listOrganization`. */
export async function readOrganization(ground: Ground): Promise<Organization> {
  return (await listOrganization(ground)).placed;
}

/**
 * The organization as its management account or a delegated administrator sees it, asked from the
 * bot's own account. Where Organizations refuses, the answer says so and names the own account only.
 */
export async function listOrganization(ground: Ground, hearing?: Hearing): Promise<Listing> {
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
  const places = placing(client);
  const listing = asked('ListAccounts', () =>
    listAccounts(client, (account, paths) => {
      places.heard(account.id, paths);
      hearing?.account(account);
    }),
  );
  // Heard where it is awaited; beside it, everything that does not depend on it.
  listing.catch(() => {});
  const describing = asked('DescribeOrganization', () =>
    orNone('AWSOrganizationsNotInUseException', null, () =>
      client.send(new DescribeOrganizationCommand({})),
    ),
  );
  const deputies = asked('ListDelegatedAdministrators', () => listAdministrators(client));
  hearing?.about({
    self,
    managementAccount: describing.then(managementAccountIn),
    administrators: deputies,
  });
  const guarding = asked('ListPolicies', () => policies.listPolicies(client));
  const bare = guarding.then((read) =>
    wasSeen(read)
      ? asked('ListPoliciesForTarget', () => policies.withoutFullAccess(client, read.seen))
      : read,
  );
  const [described, administrators, serviceAccess, guards, withoutFullAccess, resourcePolicies] =
    await Promise.all([
      describing,
      deputies,
      asked('ListAWSServiceAccessForOrganization', () => listServiceAccess(client)),
      guarding,
      bare,
      asked('ListPolicies', () => policies.listPolicies(client, 'RESOURCE_CONTROL_POLICY')),
    ]);
  if (wasSeen(described) && described.seen === null)
    return known(alone(self, partition, described.by));
  const accounts = await listing;
  const listed = {
    id: (wasSeen(described) && described.seen?.Organization?.Id) || '',
    managementAccount: managementAccountIn(described),
    accounts: wasSeen(accounts)
      ? { ...accounts, seen: accounts.seen.map((one) => ({ ...one, ou: '', ouIds: [] })) }
      : accounts,
    administrators,
    serviceAccess,
    policies: guards,
    withoutFullAccess,
    resourcePolicies,
    self,
    partition,
  };
  const units = asked('ListOrganizationalUnitsForParent', () => places.above(wasSeen(accounts)));
  return { listed, placed: units.then((above) => inUnits(listed, above)) };
}

function managementAccountIn(
  described: Witnessed<DescribeOrganizationCommandOutput | null>,
): string | null {
  return (wasSeen(described) && described.seen?.Organization?.MasterAccountId) || null;
}

/** What needs no tree, or has none. */
function known(organization: Organization): Listing {
  return { listed: organization, placed: Promise.resolve(organization) };
}

/** Where an account hangs is told for orientation: without it, its posture is judged all the same. */
function inUnits(listed: Organization, units: Witnessed<Placed>): Organization {
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

async function listAccounts(
  client: OrganizationsClient,
  heard: (account: Listed, paths: string[] | undefined) => void,
): Promise<Listed[]> {
  const listed: Listed[] = [];
  // The paginator goes on until there is no token: pages may be short, and even empty.
  // `State` is newer and finer than `Status`, which is on its way out.
  for await (const { Accounts = [] } of paginateListAccounts({ client }, {}))
    for (const { Id = '', Name = '', State, Status, Paths } of Accounts) {
      const account = { id: Id, name: Name, state: State ?? Status ?? 'ACTIVE' };
      listed.push(account);
      heard(account, Paths);
    }
  return listed;
}

function unitIds(above: Placed): string[] {
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
