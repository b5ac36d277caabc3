import { openPeople, type PeopleSettings } from '../../../src/aws/evidence/people.ts';
import { readRegions } from '../../../src/aws/regions.ts';
import type { Scenario } from '../../../src/sandbox/aws/scenario.ts';
import { sandbox } from '../../jobs/sandbox-scan.ts';

const STORE = 'arn:aws:identitystore::111122223333:identitystore/d-9b67aa0001';
const BOB = '9b67aa0001-5f1c-4a7e-8d20-000000000b0b';
const KARL = '9b67aa0001-5f1c-4a7e-8d20-00000000ca21';

/** The people of the simulated company, over the wire, with a clock that the test winds. */
async function stage(
  change: (scenario: Scenario) => void = () => {},
  settings: Partial<PeopleSettings> = {},
) {
  const { aws, world, simulated, close } = await sandbox(change);
  const clock = { ahead: 0 };
  const now = () => new Date(simulated.world.now().getTime() + clock.ahead);
  const organization = await world.organization();
  const people = openPeople(
    { aws, now },
    {
      organization: async () => organization,
      regionsOf: (account) => readRegions({ aws, now }, account),
      ...settings,
    },
  );
  const asked = (operation: string) =>
    simulated.calls.filter((call) => call.operation === operation).length;
  return { people, clock, asked, simulated, close };
}

test('everybody in the store is listed, and told once an hour', async () => {
  const { people, clock, asked, close } = await stage();
  const listed = await people.list();
  expect(listed).toMatchObject({
    seen: {
      cut: false,
      people: [
        { name: 'alice@bora.example', displayName: 'Alice Han', email: 'alice@bora.example' },
        { name: 'bob@bora.example' },
        { name: 'mina@bora.example', displayName: '김미나' },
        { name: 'jun@bora.example' },
      ],
    },
  });
  await people.list();
  expect([asked('ListInstances'), asked('ListUsers')]).toEqual([1, 1]);
  clock.ahead = 3_700_000;
  await people.list();
  expect(asked('ListUsers')).toBe(2);
  expect(await people.home()).toEqual({ account: '111122223333', region: 'ap-northeast-2' });
  await close();
});

test('a user is named by id; one who left is known to be gone, another store is not ours', async () => {
  const { people, asked, close } = await stage();
  expect(await people.describe(BOB, STORE)).toMatchObject({
    seen: { userId: BOB, name: 'bob@bora.example', readAt: expect.stringMatching(/Z$/) },
  });
  await people.describe(BOB, STORE);
  expect(asked('DescribeUser')).toBe(1);
  expect(await people.describe(KARL, STORE)).toEqual({ seen: null });
  expect(await people.describe(BOB, STORE.replace('d-9b67aa0001', 'd-0000000000'))).toMatchObject({
    unseen: { reason: expect.stringContaining("is not the organization's identity store") },
  });
  await close();
});

test('wherever the instance lives, it is found', async () => {
  const { people, close } = await stage((scenario) => {
    if (scenario.identityCenter) scenario.identityCenter.region = 'eu-west-1';
  });
  expect(await people.home()).toEqual({ account: '111122223333', region: 'eu-west-1' });
  await close();
});

test('where the management account lets nobody in, a delegated administrator is asked', async () => {
  const { people, close } = await stage((scenario) => {
    scenario.organization.delegatedAdministrators['sso.amazonaws.com'] = ['333344445555'];
    for (const role of scenario.roles)
      if (role.name === 'trailwarden-read') role.except = ['111122223333'];
  });
  expect(await people.describe(BOB, STORE)).toMatchObject({ seen: { name: 'bob@bora.example' } });
  // What it records is still in the account that owns it.
  expect(await people.home()).toEqual({ account: '111122223333', region: 'ap-northeast-2' });
  await close();
});

test('without Identity Center there is nobody, which is no refusal', async () => {
  const { people, close } = await stage((scenario) => {
    delete scenario.identityCenter;
  });
  expect(await people.list()).toEqual({ seen: { people: [], cut: false } });
  expect(await people.home()).toBeNull();
  await close();
});

test('a refusal is a refusal, and is asked about again after a minute', async () => {
  const { people, clock, simulated, close } = await stage((scenario) => {
    scenario.faults.push({ operation: 'identitystore:*', effect: 'deny' });
  });
  expect(await people.describe(BOB, STORE)).toMatchObject({ unseen: { kind: 'denied' } });
  expect(await people.list()).toMatchObject({ unseen: { kind: 'denied' } });
  simulated.faults.clear();
  expect(await people.list()).toMatchObject({ unseen: { kind: 'denied' } });
  clock.ahead = 61_000;
  expect(await people.list()).toMatchObject({ seen: { cut: false } });
  await close();
});

test('a store of very many people is cut, and says so', async () => {
  const { people, close } = await stage(
    ({ identityCenter }) => {
      const [first] = identityCenter?.people ?? [];
      if (identityCenter && first)
        identityCenter.people = Array.from({ length: 130 }, (_, n) => ({
          ...first,
          id: `u-${n}`,
          userName: `person-${n}`,
        }));
    },
    { pageLimit: 1 },
  );
  const listed = await people.list();
  expect('seen' in listed && [listed.seen.people.length, listed.seen.cut]).toEqual([100, true]);
  await close();
});
