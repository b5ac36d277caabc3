import {
  DescribePolicyCommand,
  ListPoliciesCommand,
  ListPoliciesForTargetCommand,
  ListTargetsForPolicyCommand,
  paginateListTargetsForPolicy,
} from '@aws-sdk/client-organizations';
import { closeAll, failureOf, MANAGEMENT, SHOP, soundScenario } from './soundness.ts';
import { stageWhere } from './stage.ts';

afterAll(closeAll);

const document = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Deny', Action: 'cloudtrail:StopLogging', Resource: '*' }],
};
const Filter = 'SERVICE_CONTROL_POLICY' as const;

async function stage(withoutFullAccess: string[] = []) {
  const { organization } = soundScenario();
  const { as } = await stageWhere({
    organization: {
      ...organization,
      withoutFullAccess,
      units: [{ name: 'Guarded', id: 'ou-guar-ded00000', accounts: [] }, ...organization.units],
      serviceControlPolicies: [
        { id: 'p-protect01', name: 'protect', document, targets: ['ou-guar-ded00000', SHOP] },
        { id: 'p-everybody', name: 'everybody', document, targets: ['root'] },
      ],
    },
  });
  return { organizations: as(MANAGEMENT).organizations, member: as(SHOP).organizations };
}

test('FullAWSAccess is there beside our own policies', async () => {
  const { organizations } = await stage();
  const { Policies = [] } = await organizations.send(new ListPoliciesCommand({ Filter }));
  expect(Policies.map(({ Id, AwsManaged }) => [Id, AwsManaged])).toEqual([
    ['p-FullAWSAccess', true],
    ['p-protect01', false],
    ['p-everybody', false],
  ]);
  const described = await organizations.send(
    new DescribePolicyCommand({ PolicyId: 'p-protect01' }),
  );
  expect(JSON.parse(described.Policy?.Content ?? '')).toEqual(document);
});

test('what a policy is attached to is told with its kind', async () => {
  const { organizations } = await stage();
  const targetsOf = async (PolicyId: string) => {
    const { Targets = [] } = await organizations.send(
      new ListTargetsForPolicyCommand({ PolicyId }),
    );
    return Targets.map(({ TargetId, Type, Name }) => [TargetId, Type, Name]);
  };
  expect(await targetsOf('p-protect01')).toEqual([
    ['ou-guar-ded00000', 'ORGANIZATIONAL_UNIT', 'Guarded'],
    [SHOP, 'ACCOUNT', 'shop-prod'],
  ]);
  expect(await targetsOf('p-everybody')).toEqual([
    [expect.stringMatching(/^r-[0-9a-f]{4}$/), 'ROOT', 'Root'],
  ]);
});

test('FullAWSAccess is attached to the root and to every unit and account', async () => {
  const { organizations } = await stage();
  const found: string[] = [];
  const pages = paginateListTargetsForPolicy(
    { client: organizations },
    { PolicyId: 'p-FullAWSAccess' },
  );
  for await (const { Targets = [] } of pages) found.push(...Targets.map(({ Type }) => Type ?? ''));
  const count = (type: string) => found.filter((one) => one === type).length;
  expect([count('ROOT'), count('ORGANIZATIONAL_UNIT'), count('ACCOUNT')]).toEqual([1, 6, 6]);
});

test('a target tells the policies that are attached to it, not those that it inherits', async () => {
  const { organizations } = await stage();
  const policiesOf = async (TargetId: string) => {
    const { Policies = [] } = await organizations.send(
      new ListPoliciesForTargetCommand({ TargetId, Filter }),
    );
    return Policies.map(({ Name }) => Name);
  };
  expect(await policiesOf(SHOP)).toEqual(['FullAWSAccess', 'protect']);
  expect(await policiesOf(MANAGEMENT)).toEqual(['FullAWSAccess']);
});

test('FullAWSAccess is where it was not detached', async () => {
  const { organizations } = await stage([SHOP, 'root']);
  const pages = paginateListTargetsForPolicy(
    { client: organizations },
    { PolicyId: 'p-FullAWSAccess' },
  );
  const found: string[] = [];
  for await (const { Targets = [] } of pages)
    found.push(...Targets.map(({ Type, TargetId }) => `${Type} ${TargetId}`));
  expect(found).toHaveLength(11);
  expect(found).not.toContain(`ACCOUNT ${SHOP}`);
  const { Policies = [] } = await organizations.send(
    new ListPoliciesForTargetCommand({ TargetId: SHOP, Filter }),
  );
  expect(Policies.map(({ Name }) => Name)).toEqual(['protect']);
});

test('a member, an unknown policy and an unknown target are refused', async () => {
  const { organizations, member } = await stage();
  const describe = new DescribePolicyCommand({ PolicyId: 'p-nothing01' });
  expect((await failureOf(organizations.send(describe))).name).toBe('PolicyNotFoundException');
  const list = new ListPoliciesCommand({ Filter });
  expect((await failureOf(member.send(list))).name).toBe('AccessDeniedException');
  const forTarget = new ListPoliciesForTargetCommand({ TargetId: '000000000000', Filter });
  expect((await failureOf(organizations.send(forTarget))).name).toBe('TargetNotFoundException');
});
