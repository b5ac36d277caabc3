import { knowledge } from '../../../src/aws/evidence/knowledge.ts';
import { placesOf } from '../../../src/aws/evidence/places.ts';
import { readOrganization } from '../../../src/aws/organization.ts';
import { readRegions } from '../../../src/aws/regions.ts';
import type { Scenario } from '../../../src/sandbox/aws/scenario.ts';
import { sandbox } from '../../jobs/sandbox-scan.ts';

async function locating<T>(
  use: (
    locate: ReturnType<typeof knowledge>['locate'],
    box: Awaited<ReturnType<typeof sandbox>>,
  ) => Promise<T>,
  change: (scenario: Scenario) => void = () => {},
): Promise<T> {
  const box = await sandbox(change);
  const ground = { aws: box.aws, now: box.simulated.world.now };
  const organization = () => readOrganization(ground);
  const places = async () =>
    placesOf(await organization(), (account) => readRegions(ground, account));
  try {
    return await use(knowledge(ground, { organization, places }).locate, box);
  } finally {
    await box.close();
  }
}

const TRAIL = 'arn:aws:cloudtrail:ap-northeast-2:666677778888:trail/payments-audit';

test('a living resource: by its name, and by its ARN, with whatever else it is called', async () => {
  const [byName, byArn] = await locating((locate) =>
    Promise.all([locate('payments-audit'), locate(TRAIL)]),
  );
  const place = {
    account: '666677778888',
    region: 'ap-northeast-2',
    resourceType: 'AWS::CloudTrail::Trail',
    deleted: false,
  };
  expect(byName).toEqual({ seen: [expect.objectContaining({ ...place, aliases: [TRAIL] })] });
  expect(byArn).toEqual({
    seen: [expect.objectContaining({ ...place, aliases: ['payments-audit'] })],
  });
});

test('a deleted resource: its id tells the type, and every place is asked once', async () => {
  await locating(async (locate, box) => {
    const asked = async () => locate('i-0a1b2c3d4e5f60718');
    expect(await asked()).toEqual({
      seen: [
        expect.objectContaining({
          account: '444455556666',
          region: 'ap-northeast-2',
          resourceType: 'AWS::EC2::Instance',
          deleted: true,
        }),
      ],
    });
    const calls = () =>
      box.simulated.calls.filter(({ operation }) => operation === 'ListDiscoveredResources').length;
    const before = calls();
    expect(before).toBeGreaterThan(100);
    await asked();
    expect(calls()).toBe(before);
  });
});

test('what nobody knows is found nowhere, and a name that is a query is no name', async () => {
  await locating(async (locate, box) => {
    expect(await locate('no-such-bucket')).toEqual({ seen: [] });
    const before = box.simulated.calls.length;
    expect(await locate("x' OR '1' = '1")).toEqual({ seen: [] });
    expect(box.simulated.calls.length).toBe(before);
  });
});

test('an aggregator that refuses is said, and is asked again the next time', async () => {
  await locating(async (locate, box) => {
    box.simulated.faults.add({
      operation: 'config:SelectAggregateResourceConfig',
      effect: 'deny',
      times: 1,
    });
    expect(await locate('payments-audit')).toMatchObject({ unseen: { kind: 'denied' } });
    expect(await locate('payments-audit')).toMatchObject({ seen: [{ account: '666677778888' }] });
  });
});

test('without an aggregator only deleted or typed ids are looked for', async () => {
  await locating(
    async (locate) => {
      expect(await locate('sg-0aa11bb22cc33dd44')).toMatchObject({
        seen: [{ account: '555566667777', region: 'ap-northeast-2', deleted: false }],
      });
      expect(await locate('payments-audit')).toEqual({ seen: [] });
    },
    ({ config }) => {
      delete (config as { aggregator?: unknown }).aggregator;
    },
  );
});
