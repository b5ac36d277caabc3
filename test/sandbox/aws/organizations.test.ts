import {
  DescribeAccountCommand,
  DescribeOrganizationCommand,
  ListAccountsCommand,
  ListAccountsForParentCommand,
  ListAWSServiceAccessForOrganizationCommand,
  ListDelegatedAdministratorsCommand,
  ListDelegatedServicesForAccountCommand,
  ListOrganizationalUnitsForParentCommand,
  ListParentsCommand,
  ListRootsCommand,
  type OrganizationsClient,
  paginateListAccounts,
} from '@aws-sdk/client-organizations';
import type { ScenarioFile } from '../../../src/sandbox/aws/scenario.ts';
import {
  AUDIT,
  assume,
  clients,
  closeAll,
  failureOf,
  MANAGEMENT,
  PAYMENTS,
  ROLELESS,
  SHOP,
  SUSPENDED,
  soundAws,
  soundScenario,
} from './soundness.ts';

afterAll(closeAll);

async function organizationsWhere(difference: Partial<ScenarioFile['organization']> = {}) {
  const aws = await soundAws({ organization: { ...soundScenario().organization, ...difference } });
  return { aws, organizations: clients(aws).organizations };
}

test('every account is listed, with its state beside its status', async () => {
  const { organizations } = await organizationsWhere();
  const { Accounts = [], NextToken } = await organizations.send(new ListAccountsCommand({}));
  expect(NextToken).toBeUndefined();
  expect(Accounts.map(({ Id, State, Status }) => [Id, State, Status])).toEqual([
    [MANAGEMENT, 'ACTIVE', 'ACTIVE'],
    [AUDIT, 'ACTIVE', 'ACTIVE'],
    [SHOP, 'ACTIVE', 'ACTIVE'],
    [PAYMENTS, 'ACTIVE', 'ACTIVE'],
    [ROLELESS, 'ACTIVE', 'ACTIVE'],
    [SUSPENDED, 'SUSPENDED', 'SUSPENDED'],
  ]);
  expect(Accounts[2]).toMatchObject({
    Name: 'shop-prod',
    Arn: `arn:aws:organizations::${MANAGEMENT}:account/o-bora12345/${SHOP}`,
    JoinedTimestamp: expect.any(Date),
  });
});

test('pages are short, and some are empty with a token', async () => {
  const { organizations } = await organizationsWhere({ pageSize: 4, emptyPages: true });
  const sizes: number[] = [];
  for await (const { Accounts } of paginateListAccounts({ client: organizations }, {})) {
    sizes.push(Accounts?.length ?? -1);
  }
  expect(sizes).toEqual([4, 0, 2]);
});

test('a token is good only for the query that it came from', async () => {
  const { organizations } = await organizationsWhere({ pageSize: 2 });
  const { NextToken } = await organizations.send(new ListAccountsCommand({}));
  const page = await organizations.send(new ListAccountsCommand({ NextToken, MaxResults: 1 }));
  expect(page.Accounts?.map(({ Id }) => Id)).toEqual([SHOP]);
  const refused = { name: 'InvalidInputException', status: 400 };
  expect(
    await failureOf(organizations.send(new ListDelegatedAdministratorsCommand({ NextToken }))),
  ).toMatchObject(refused);
  for (const forged of ['nonsense', Buffer.from('[1,2]').toString('base64')]) {
    const asked = organizations.send(new ListAccountsCommand({ NextToken: forged }));
    expect(await failureOf(asked)).toMatchObject(refused);
  }
});

test('a page of more than twenty cannot be asked for', async () => {
  const { organizations } = await organizationsWhere();
  expect(
    await failureOf(organizations.send(new ListAccountsCommand({ MaxResults: 21 }))),
  ).toMatchObject({ name: 'InvalidInputException' });
});

test('the tree can be walked from the root down and from an account up', async () => {
  const { organizations } = await organizationsWhere();
  const { Roots } = await organizations.send(new ListRootsCommand({}));
  const root = Roots?.[0]?.Id ?? '';
  expect(root).toMatch(/^r-[0-9a-z]{4,32}$/);
  expect(await accountsUnder(organizations, root)).toEqual({
    '': [MANAGEMENT],
    Security: [AUDIT],
    Workloads: [],
    'Workloads/Production': [SHOP, PAYMENTS],
    Sandbox: [ROLELESS],
    Suspended: [SUSPENDED],
  });
  expect(await pathOf(organizations, SHOP)).toEqual([
    'ORGANIZATIONAL_UNIT',
    'ORGANIZATIONAL_UNIT',
    'ROOT',
  ]);
  expect(
    await failureOf(
      organizations.send(new ListAccountsForParentCommand({ ParentId: 'ou-none-00000000' })),
    ),
  ).toMatchObject({ name: 'ParentNotFoundException' });
  expect(
    await failureOf(organizations.send(new ListParentsCommand({ ChildId: '999999999999' }))),
  ).toMatchObject({ name: 'ChildNotFoundException' });
});

test('one account can be described, an unknown one cannot', async () => {
  const { organizations } = await organizationsWhere();
  const describe = (AccountId: string) =>
    organizations.send(new DescribeAccountCommand({ AccountId }));
  expect((await describe(SUSPENDED)).Account).toMatchObject({ State: 'SUSPENDED' });
  expect(await failureOf(describe('999999999999'))).toMatchObject({
    name: 'AccountNotFoundException',
  });
});

test('delegated administrators and their services are told', async () => {
  const { organizations } = await organizationsWhere();
  const administrators = async (ServicePrincipal?: string) => {
    const input = ServicePrincipal === undefined ? {} : { ServicePrincipal };
    const answer = await organizations.send(new ListDelegatedAdministratorsCommand(input));
    return answer.DelegatedAdministrators?.map(({ Id }) => Id);
  };
  expect(await administrators()).toEqual([AUDIT]);
  expect(await administrators('cloudtrail.amazonaws.com')).toEqual([AUDIT]);
  expect(await administrators('config.amazonaws.com')).toEqual([]);
  const services = (AccountId: string) =>
    organizations.send(new ListDelegatedServicesForAccountCommand({ AccountId }));
  expect((await services(AUDIT)).DelegatedServices).toMatchObject([
    { ServicePrincipal: 'cloudtrail.amazonaws.com' },
  ]);
  expect(await failureOf(services(SHOP))).toMatchObject({ name: 'AccountNotRegisteredException' });
  const access = await organizations.send(new ListAWSServiceAccessForOrganizationCommand({}));
  expect(access.EnabledServicePrincipals?.map((each) => each.ServicePrincipal)).toEqual([
    'cloudtrail.amazonaws.com',
    'config.amazonaws.com',
  ]);
});

test('a member account may know its organization but not its accounts', async () => {
  const { aws } = await organizationsWhere();
  const { organizations } = clients(aws, { credentials: await assume(aws, SHOP) });
  const { Organization } = await organizations.send(new DescribeOrganizationCommand({}));
  expect(Organization).toMatchObject({ Id: 'o-bora12345', MasterAccountId: MANAGEMENT });
  expect(await failureOf(organizations.send(new ListAccountsCommand({})))).toMatchObject({
    name: 'AccessDeniedException',
    status: 400,
    message: "You don't have permissions to access this resource.",
  });
});

test('an account outside has no organization', async () => {
  const outside = 'arn:aws:iam::999999999999:user/stranger';
  const aws = await soundAws({
    keys: [{ accessKeyId: 'AKIASTRANGER00000000', principal: outside, allow: ['*'] }],
  });
  const credentials = { accessKeyId: 'AKIASTRANGER00000000', secretAccessKey: 'sandbox' };
  const { organizations } = clients(aws, { credentials });
  expect(await failureOf(organizations.send(new DescribeOrganizationCommand({})))).toMatchObject({
    name: 'AWSOrganizationsNotInUseException',
  });
});

type Tree = { [path: string]: string[] };
async function accountsUnder(
  organizations: OrganizationsClient,
  ParentId: string,
  path = '',
): Promise<Tree> {
  const { Accounts = [] } = await organizations.send(
    new ListAccountsForParentCommand({ ParentId }),
  );
  const { OrganizationalUnits = [] } = await organizations.send(
    new ListOrganizationalUnitsForParentCommand({ ParentId }),
  );
  const tree: Tree = { [path]: Accounts.map(({ Id = '' }) => Id) };
  for (const { Id = '', Name = '' } of OrganizationalUnits) {
    Object.assign(tree, await accountsUnder(organizations, Id, path ? `${path}/${Name}` : Name));
  }
  return tree;
}

async function pathOf(organizations: OrganizationsClient, ChildId: string): Promise<string[]> {
  const { Parents } = await organizations.send(new ListParentsCommand({ ChildId }));
  const [parent] = Parents ?? [];
  if (!parent?.Id || !parent.Type) throw new Error(`${ChildId} has no parent`);
  return parent.Type === 'ROOT'
    ? ['ROOT']
    : [parent.Type, ...(await pathOf(organizations, parent.Id))];
}
