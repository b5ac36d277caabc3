import type { Organization } from '../../../src/core/posture/facts.ts';
import { isIn, scopeOf } from '../../../src/core/posture/scope.ts';

const account = (id: string, name: string, ou: string, ouIds: string[]) => ({
  id,
  name,
  ou,
  ouIds,
  state: 'ACTIVE',
});
const organization = {
  accounts: {
    seen: [
      account('111122223333', 'management', '', []),
      account('444455556666', 'shop-prod', 'Workloads/Production', ['ou-1', 'ou-2']),
      account('555566667777', 'Production', 'Workloads/Staging', ['ou-1', 'ou-3']),
    ],
  },
} as unknown as Organization;

test.each([
  ['nothing means everything', {}, { scope: {} }],
  [
    'an account by its id',
    { accounts: ['444455556666'] },
    { scope: { accounts: ['444455556666'] } },
  ],
  [
    'an account by its name, in any case',
    { accounts: ['Shop-Prod'] },
    { scope: { accounts: ['444455556666'] } },
  ],
  [
    'a name that an account and an OU bear is the account',
    { accounts: ['production'] },
    { scope: { accounts: ['555566667777'] } },
  ],
  [
    'a name that only an OU bears is the OU',
    { accounts: ['Staging'] },
    { scope: { ou: 'Staging' } },
  ],
  ['an OU by its id', { ou: 'ou-2' }, { scope: { ou: 'ou-2' } }],
  ['an OU by its path', { ou: 'workloads/production' }, { scope: { ou: 'workloads/production' } }],
  ['a name that nothing bears', { accounts: ['shop-prd'] }, { unknown: 'shop-prd' }],
  [
    'one of several that nothing bears',
    { accounts: ['shop-prod', 'nosuch'] },
    { unknown: 'nosuch' },
  ],
  ['an id of another organization', { accounts: ['999999999999'] }, { unknown: '999999999999' }],
  ['an OU that is not there', { ou: 'nope' }, { unknown: 'nope' }],
])('%s', (_, said, expected) => {
  const found = scopeOf(said, organization);
  // What there is instead has a test of its own.
  expect('unknown' in found ? { unknown: found.unknown } : found).toEqual(expected);
});

test('for a name that nothing bears, what there is, the most alike first', () => {
  expect(scopeOf({ accounts: ['shop-prd'] }, organization)).toMatchObject({
    instead: {
      accounts: ['shop-prod', 'Production', 'management'],
      ofAccounts: 3,
      units: ['Workloads/Production', 'Workloads/Staging'],
      ofUnits: 2,
    },
  });
});

describe('where the accounts cannot be listed', () => {
  const blind = {
    accounts: { unseen: { kind: 'denied', reason: 'AccessDenied' } },
  } as unknown as Organization;

  test('an id stands: asking it will tell', () => {
    const scope = { accounts: ['999999999999'] };
    expect(scopeOf(scope, blind)).toEqual({ scope });
  });

  test.each([[{ ou: 'Production' }], [{ accounts: ['shop-prod'] }]])(
    '%j means nothing, and the reason is told',
    (said) => {
      expect(scopeOf(said, blind)).toEqual({ unseen: 'AccessDenied' });
    },
  );
});

test('part of an OU name is not the OU', () => {
  expect(isIn('Work', { ou: 'Workloads/Production', ouIds: [] })).toBe(false);
  expect(isIn('Workloads', { ou: 'Workloads/Production', ouIds: [] })).toBe(true);
});
