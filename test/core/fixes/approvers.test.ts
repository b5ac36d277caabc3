import {
  type ApproverRules,
  approversOfPlan,
  NOBODY,
  unknownUnits,
} from '../../../src/core/fixes/approvers.ts';
import type { Organization, OrganizationAccount } from '../../../src/core/posture/facts.ts';

const by = { api: 'organizations:ListAccounts', account: '1', region: 'us-east-1', at: '' };

const account = (id: string, ou: string, more: Partial<OrganizationAccount> = {}) => ({
  id,
  name: id,
  ou,
  ouIds: ou === '' ? [] : ou.split('/').map((name) => `ou-${name.toLowerCase()}`),
  state: 'ACTIVE',
  ...more,
});

const accounts = [
  account('111111111111', ''),
  account('222222222222', 'Workloads'),
  account('333333333333', 'Workloads/Production'),
  account('444444444444', 'Workloads/Production/Payments'),
  account('555555555555', 'Workloads/Productionlike'),
  account('666666666666', '', { unplaced: true }),
];

const organization =
  (different: Partial<Organization> = {}) =>
  async () =>
    ({
      id: 'o-1',
      managementAccount: '111111111111',
      accounts: { seen: accounts, by },
      units: { seen: [], by },
      ...different,
    }) as Organization;

const rules: ApproverRules = {
  everywhere: { A: 'cloud', B: 'cloud', C: 'security' },
  units: {
    'workloads/production': { B: 'production', C: 'production' },
    'ou-payments': { B: 'payments' },
  },
};

test.each([
  ['111111111111', 'B', '@cloud', 1],
  ['222222222222', 'B', '@cloud', 1],
  ['333333333333', 'A', '@cloud', 1],
  ['333333333333', 'B', '@production', 1],
  ['333333333333', 'C', '@production', 2],
  ['444444444444', 'B', '@payments', 1],
  // Payments names nobody for class C: the OU around it does.
  ['444444444444', 'C', '@production', 2],
  ['555555555555', 'C', '@security', 2],
] as const)(
  'a fix in %s of class %s is for %s, %i of them',
  async (id, riskClass, group, needed) => {
    const found = await approversOfPlan({ account: id, riskClass }, rules, organization());
    expect(found).toEqual({ seen: { group, needed } });
  },
);

test.each([
  ['the accounts cannot be listed', { accounts: { unseen: denied() } }, '333333333333'],
  ['the OUs cannot be listed', { units: { unseen: denied() } }, '333333333333'],
  ['the account is not listed', {}, '999999999999'],
  ['the account was met under no OU', {}, '666666666666'],
])('where %s nobody knows who may approve', async (_, different, id) => {
  const plan = { account: id, riskClass: 'B' as const };
  const found = await approversOfPlan(
    plan,
    rules,
    organization(different as Partial<Organization>),
  );
  expect(found).toMatchObject({ unseen: { reason: expect.stringContaining(id) } });
});

test('where no OU has approvers of its own, the organization is not asked', async () => {
  const never = async () => {
    throw new Error('asked');
  };
  const plan = { account: '333333333333', riskClass: 'C' as const };
  expect(await approversOfPlan(plan, { ...rules, units: {} }, never)).toEqual({
    seen: { group: '@security', needed: 2 },
  });
});

test('where no group is named nobody may approve', async () => {
  const plan = { account: '111111111111', riskClass: 'A' as const };
  expect(await approversOfPlan(plan, { everywhere: {}, units: {} }, organization())).toEqual({
    seen: { group: NOBODY, needed: 1 },
  });
});

test('an OU that no account hangs under is told', () => {
  const units = { Workloads: {}, 'ou-payments': {}, 'Workload/Production': { B: 'x' } };
  expect(unknownUnits({ units }, accounts)).toEqual(['Workload/Production']);
});

function denied() {
  return { kind: 'denied', reason: 'AccessDenied', by };
}
