import type { Account, ListAccountsResponse } from '@aws-sdk/client-organizations';
import { readOrganization } from '../../src/aws/organization.ts';
import { readRegions } from '../../src/aws/regions.ts';
import type { Scenario } from '../../src/sandbox/aws/scenario.ts';
import { sandbox } from '../jobs/sandbox-scan.ts';
import { answering } from './facts/over.ts';

async function organizationOf(
  change: (scenario: Scenario) => void,
  faults: Parameters<Awaited<ReturnType<typeof sandbox>>['simulated']['faults']['add']>[0][] = [],
  meanwhile: (scenario: Scenario) => void = () => {},
) {
  const box = await sandbox(change);
  meanwhile(box.simulated.world.scenario);
  for (const fault of faults) box.simulated.faults.add(fault);
  try {
    return await readOrganization({ aws: box.aws, now: box.world.now });
  } finally {
    await box.close();
  }
}

test('every account is listed with its state and its OUs, from the root down', async () => {
  const { id, managementAccount, self, partition, accounts } = await organizationOf(() => {});
  expect({ id, managementAccount, self, partition }).toEqual({
    id: 'o-bora12345',
    managementAccount: '111122223333',
    self: '333344445555',
    partition: 'aws',
  });
  const seen = 'seen' in accounts ? accounts.seen : [];
  expect(seen).toHaveLength(14);
  expect(seen.find((account) => account.id === '666677778888')).toMatchObject({
    name: 'payments-prod',
    ou: 'Workloads/Production',
    ouIds: [expect.stringMatching(/^ou-/), expect.stringMatching(/^ou-/)],
    state: 'ACTIVE',
  });
  expect(seen.find((account) => account.id === '161616161616')?.state).toBe('SUSPENDED');
});

test('short pages, and empty ones with a token, hide no account', async () => {
  const { accounts } = await organizationOf(({ organization }) => {
    organization.pageSize = 2;
    organization.emptyPages = true;
  });
  expect('seen' in accounts && accounts.seen.map(({ id }) => id).sort()).toHaveLength(14);
  expect('seen' in accounts && accounts.seen.filter(({ ou }) => ou === '')).toHaveLength(1);
});

test('the delegated administrator is known with its services', async () => {
  const { administrators } = await organizationOf(() => {});
  expect(administrators).toMatchObject({
    seen: [
      { account: '333344445555', services: expect.arrayContaining(['cloudtrail.amazonaws.com']) },
    ],
  });
});

test('a refusal is told with its permission, and the own account is still known', async () => {
  const { accounts, self } = await organizationOf(() => {}, [
    { operation: 'organizations:ListAccounts', effect: 'deny' },
  ]);
  expect(self).toBe('333344445555');
  expect(accounts).toMatchObject({
    unseen: { kind: 'denied', wouldNeed: expect.stringContaining('organizations:ListAccounts') },
  });
});

test('an account that is made while the OUs are read is not taken for one of the root', async () => {
  const box = await sandbox(({ organization }) => {
    organization.pageSize = 20;
  });
  try {
    answering<ListAccountsResponse>(await box.aws.organizations(), ({ Accounts = [] }) => {
      if (Accounts.length === 14) Accounts.push({ Id: '998877665544', State: 'ACTIVE' });
    });
    const { accounts } = await readOrganization({ aws: box.aws, now: box.world.now });
    const seen = 'seen' in accounts ? accounts.seen : [];
    expect(seen.filter(({ unplaced }) => unplaced).map(({ id }) => id)).toEqual(['998877665544']);
  } finally {
    await box.close();
  }
});

test('without the OUs the accounts are known all the same', async () => {
  const { accounts } = await organizationOf(() => {}, [
    { operation: 'organizations:ListOrganizationalUnitsForParent', effect: 'deny' },
  ]);
  expect('seen' in accounts && accounts.seen.map(({ ou }) => ou)).toEqual(Array(14).fill(''));
});

describe('where accounts hang', () => {
  /** The organization as it is told with other paths, and what was asked for it. */
  async function pathed(change: (account: Account) => void) {
    const box = await sandbox();
    try {
      answering<ListAccountsResponse>(await box.aws.organizations(), ({ Accounts = [] }) => {
        for (const account of Accounts) change(account);
      });
      const read = await readOrganization({ aws: box.aws, now: box.world.now });
      const asked = box.simulated.calls.map(({ operation }) => operation);
      return { read, times: (name: string) => asked.filter((one) => one === name).length };
    } finally {
      await box.close();
    }
  }

  test('is told by the paths of the accounts: only names are asked, and only of units with units', async () => {
    const { times } = await pathed(() => {});
    expect(times('ListAccountsForParent') + times('ListRoots')).toBe(0);
    // Of the root, in two pages, and of Workloads: no other unit has units in it.
    expect(times('ListOrganizationalUnitsForParent')).toBe(3);
  });

  test.each<[string, (account: Account) => void]>([
    ['without paths', (account) => void delete account.Paths],
    ['with paths of another form', (account) => Object.assign(account, { Paths: ['/Workloads/'] })],
    [
      'in two places',
      (account) => Object.assign(account, { Paths: [...(account.Paths ?? []), 'o-x/r-x/'] }),
    ],
  ])('is read from the tree where accounts come %s, and is the same', async (_, change) => {
    const told = await pathed(() => {});
    const { read, times } = await pathed(change);
    const seen = ({ accounts, units }: typeof read) => ({
      accounts: 'seen' in accounts && accounts.seen,
      units: units && 'seen' in units && [...units.seen].sort(),
    });
    expect(seen(read)).toEqual(seen(told.read));
    expect(times('ListAccountsForParent')).toBeGreaterThan(5);
  });

  test('is told of every account where one of them has no path', async () => {
    const { read } = await pathed((account) => {
      if (account.Id === '444455556666') delete account.Paths;
    });
    const seen = 'seen' in read.accounts ? read.accounts.seen : [];
    expect(seen.filter(({ unplaced }) => unplaced)).toEqual([]);
    expect(seen.find(({ id }) => id === '444455556666')?.ou).toBe('Workloads/Production');
  });
});

test('an account of no organization is alone, and nothing of it is unseen', async () => {
  const box = await sandbox();
  try {
    const client = await box.aws.organizations();
    client.middlewareStack.add(
      () => async () => {
        const message = 'Your account is not a member of an organization.';
        throw Object.assign(new Error(message), { name: 'AWSOrganizationsNotInUseException' });
      },
      { step: 'initialize' },
    );
    const read = await readOrganization({ aws: box.aws, now: box.world.now });
    expect(read).toMatchObject({
      id: '',
      alone: true,
      accounts: { seen: [{ id: '333344445555', state: 'ACTIVE' }] },
      administrators: { seen: [] },
    });
  } finally {
    await box.close();
  }
});

test('an account tells its own regions: opt-in ones are there where they are enabled', async () => {
  const box = await sandbox(({ organization }) => {
    const units = organization.units.flatMap((unit) => [unit, ...unit.units]);
    const payments = units
      .flatMap(({ accounts }) => accounts)
      .find(({ id }) => id === '666677778888');
    payments?.optedInRegions.push('ap-east-1');
  });
  try {
    const ground = { aws: box.aws, now: box.world.now };
    const [opted, others] = [
      await readRegions(ground, '666677778888'),
      await readRegions(ground, '444455556666'),
    ];
    expect('seen' in opted && opted.seen).toContain('ap-east-1');
    expect('seen' in others && others.seen).toHaveLength(17);
    expect('seen' in others && others.seen).not.toContain('ap-east-1');
  } finally {
    await box.close();
  }
});

describe('service control policies', () => {
  test('are read with their documents and targets, without the one that allows all', async () => {
    const { policies, units } = await organizationOf(() => {});
    const seen = 'seen' in policies ? policies.seen : [];
    expect(seen.map(({ name }) => name)).toEqual(['protect-audit-trail', 'quarantine']);
    expect(seen[0]).toMatchObject({
      targets: expect.arrayContaining(['ou-bora-workload', 'ou-bora-sandbox1']),
      document: {
        Statement: expect.arrayContaining([expect.objectContaining({ Effect: 'Deny' })]),
      },
    });
    expect(units && 'seen' in units && units.seen).toEqual(
      expect.arrayContaining(['ou-bora-acquired', 'ou-bora-prod0001']),
    );
  });

  test('cost two calls each, however many accounts there are', async () => {
    const box = await sandbox();
    try {
      const asked: string[] = [];
      const client = await box.aws.organizations();
      client.middlewareStack.add(
        (next, { commandName }) =>
          async (args) => {
            asked.push(commandName ?? '');
            return next(args);
          },
        { step: 'initialize' },
      );
      await readOrganization({ aws: box.aws, now: box.world.now });
      const about = asked.filter((name) => /Policy|Policies/.test(name)).sort();
      expect(about).toEqual([
        'DescribePolicyCommand',
        'DescribePolicyCommand',
        'ListPoliciesCommand',
        'ListPoliciesCommand',
        'ListTargetsForPolicyCommand',
        'ListTargetsForPolicyCommand',
      ]);
    } finally {
      await box.close();
    }
  });

  const ALLOWING = {
    id: 'p-allowlist1',
    name: 'what production may',
    description: '',
    document: {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: ['ec2:*', 's3:*'], Resource: '*' }],
    },
    targets: ['ou-bora-prod0001', 'ou-bora-acquired'],
  };

  test('over resources are read with their documents and targets, too', async () => {
    const { policies, resourcePolicies } = await organizationOf(
      () => {},
      [],
      ({ organization }) => {
        const [first] = organization.serviceControlPolicies;
        if (first)
          organization.resourceControlPolicies.push({
            ...first,
            id: 'p-resources1',
            name: 'keep-logs',
            targets: ['root'],
          });
      },
    );
    expect(resourcePolicies).toMatchObject({
      seen: [{ name: 'keep-logs', targets: [expect.stringMatching(/^r-/)] }],
    });
    expect('seen' in policies && policies.seen).toHaveLength(2);
  });

  test('that allow by themselves have their targets asked for FullAWSAccess', async () => {
    const { withoutFullAccess } = await organizationOf(
      () => {},
      [],
      ({ organization }) => {
        organization.serviceControlPolicies.push(ALLOWING);
        organization.withoutFullAccess.push('ou-bora-prod0001');
      },
    );
    expect(withoutFullAccess).toMatchObject({ seen: ['ou-bora-prod0001'] });
  });

  test('that allow by themselves leave it open what else is allowed where that is refused', async () => {
    const { withoutFullAccess } = await organizationOf(
      () => {},
      [{ operation: 'organizations:ListPoliciesForTarget', effect: 'deny' }],
      ({ organization }) => {
        organization.serviceControlPolicies.push(ALLOWING);
      },
    );
    expect(withoutFullAccess).toMatchObject({
      unseen: {
        kind: 'denied',
        wouldNeed: expect.stringContaining('organizations:ListPoliciesForTarget'),
      },
    });
  });

  test('that are refused are unseen with their permission, and the accounts are known', async () => {
    const { policies, accounts } = await organizationOf(() => {}, [
      { operation: 'organizations:ListPolicies', effect: 'deny' },
    ]);
    expect(policies).toMatchObject({
      unseen: { kind: 'denied', wouldNeed: expect.stringContaining('organizations:ListPolicies') },
    });
    expect(accounts).toHaveProperty('seen');
  });

  test('of which one cannot be understood are a failed reading, not one policy less', async () => {
    const { policies } = await organizationOf(
      () => {},
      [],
      ({ organization }) => {
        const [first] = organization.serviceControlPolicies;
        if (first) first.document = { Statement: 'none' };
      },
    );
    expect(policies).toMatchObject({
      unseen: { kind: 'failed', reason: expect.stringContaining('could not be understood') },
    });
  });

  test('cannot be joined with accounts while nobody knows which OU they are in', async () => {
    const { units } = await organizationOf(() => {}, [
      { operation: 'organizations:ListOrganizationalUnitsForParent', effect: 'deny' },
    ]);
    expect(units).toMatchObject({ unseen: { kind: 'denied' } });
  });
});

test('the services that the organization trusts are known', async () => {
  const { serviceAccess } = await organizationOf(() => {});
  expect(serviceAccess).toMatchObject({
    seen: expect.arrayContaining(['cloudtrail.amazonaws.com', 'sso.amazonaws.com']),
  });
});
