import { DescribeUserCommand, ListUsersCommand } from '@aws-sdk/client-identitystore';
import { ListInstancesCommand } from '@aws-sdk/client-sso-admin';
import { AUDIT, closeAll, failureOf, MANAGEMENT, SHOP, soundScenario } from './soundness.ts';
import { stageWhere } from './stage.ts';

afterAll(closeAll);

const STORE = 'd-9067642ac7';
const people = Array.from({ length: 130 }, (_, n) => ({
  userName: `person-${n}@bora.example`,
  email: `person-${n}@bora.example`,
}));

const stage = () =>
  stageWhere({
    identityCenter: {
      region: 'ap-northeast-2',
      instance: 'ssoins-7223b3a6f4c1d200',
      store: STORE,
      people: [
        { userName: 'alice', displayName: 'Alice Han', id: 'u-alice' },
        { userName: 'karl', id: 'u-karl', deleted: true },
        ...people,
      ],
    },
  });

test('the instance is seen in its own region, from its own account', async () => {
  const { as } = await stage();
  const instances = async (account: string, region?: string) =>
    (await as(account, region).sso.send(new ListInstancesCommand({}))).Instances;
  expect(await instances(MANAGEMENT)).toMatchObject([
    { IdentityStoreId: STORE, OwnerAccountId: MANAGEMENT, Status: 'ACTIVE' },
  ]);
  expect(await instances(MANAGEMENT, 'eu-west-1')).toEqual([]);
  expect(await instances(SHOP)).toEqual([]);
});

test('users come in pages, without those who left', async () => {
  const { as } = await stage();
  const { identitystore } = as(MANAGEMENT);
  const first = await identitystore.send(new ListUsersCommand({ IdentityStoreId: STORE }));
  expect(first.Users).toHaveLength(100);
  const { NextToken } = first;
  const rest = await identitystore.send(
    new ListUsersCommand({ IdentityStoreId: STORE, NextToken }),
  );
  expect(rest.Users).toHaveLength(31);
  expect(rest.NextToken).toBeUndefined();
  const names = [...(first.Users ?? []), ...(rest.Users ?? [])].map(({ UserName }) => UserName);
  expect(names).toContain('alice');
  expect(names).not.toContain('karl');
});

test('a user is described by id; who left, and who may not ask, is refused', async () => {
  const { as } = await stage();
  const describe = (UserId: string, account = MANAGEMENT, IdentityStoreId = STORE) =>
    as(account).identitystore.send(new DescribeUserCommand({ IdentityStoreId, UserId }));
  expect(await describe('u-alice')).toMatchObject({ UserName: 'alice', DisplayName: 'Alice Han' });
  expect((await failureOf(describe('u-karl'))).name).toBe('ResourceNotFoundException');
  expect((await failureOf(describe('u-alice', AUDIT))).name).toBe('AccessDeniedException');
  expect((await failureOf(describe('u-alice', MANAGEMENT, 'd-0000000000'))).name).toBe(
    'ResourceNotFoundException',
  );
});

test('a delegated administrator of Identity Center may read it, too', async () => {
  const { organization } = soundScenario();
  const { as } = await stageWhere({
    organization: { ...organization, delegatedAdministrators: { 'sso.amazonaws.com': [AUDIT] } },
    identityCenter: {
      region: 'ap-northeast-2',
      instance: 'ssoins-7223b3a6f4c1d200',
      store: STORE,
      people: [],
    },
  });
  const { Instances } = await as(AUDIT).sso.send(new ListInstancesCommand({}));
  expect(Instances).toMatchObject([{ IdentityStoreId: STORE, OwnerAccountId: MANAGEMENT }]);
});
