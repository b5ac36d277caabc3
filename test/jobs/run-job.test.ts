import { type JobsWorld, runJob } from '../../src/jobs/index.ts';
import { inChannel, stageWhere } from './fix-world.ts';

/** A world in which nothing is expected to be asked, but for what differs. */
async function worldWhere(differs: Partial<JobsWorld>): Promise<JobsWorld> {
  const { world: fixes } = await stageWhere();
  return {
    find: unused,
    scan: unused,
    ask: unused,
    digest: unused,
    fixes,
    tell: unused,
    report: () => {},
    remember: () => 'c0ffee00',
    ...differs,
  };
}

const unused = async (): Promise<never> => {
  throw new Error('not asked for here');
};

test('a Slack that is down when trouble is told is written down and ends nothing', async () => {
  const troubles: Error[] = [];
  const world = await worldWhere({
    tell: async () => {
      throw new Error('Slack is down');
    },
    report: (trouble) => troubles.push(trouble),
  });
  await runJob({ job: 'show-digest', replyTo: inChannel }, world);
  expect(troubles).toMatchObject([
    { message: 'telling of trouble c0ffee00', cause: { message: 'Slack is down' } },
  ]);
});

test('a place that the organization does not have is refused, and nothing is scanned', async () => {
  const told: unknown[] = [];
  const world = await worldWhere({
    find: async () => ({ unknown: 'shop-prd' }),
    tell: async (_, telling) => told.push(telling),
  });
  const scope = { account: 'shop-prd' };
  await runJob({ job: 'scan-posture', scope, replyTo: inChannel }, world);
  expect(told).toEqual([{ kind: 'refused', why: { kind: 'no-such-place', said: 'shop-prd' } }]);
});

test('what a person called an account may be an OU, and is scanned as one', async () => {
  const scanned: unknown[] = [];
  const world = await worldWhere({
    find: async () => ({ scope: { ou: 'Production' } }),
    scan: async (scope) => {
      scanned.push(scope);
      throw new Error('enough');
    },
    tell: async () => {},
  });
  const scope = { account: 'Production' };
  await runJob({ job: 'scan-posture', scope, replyTo: inChannel }, world);
  expect(scanned).toEqual([{ ou: 'Production' }]);
});
