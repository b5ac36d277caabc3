import { type JobsWorld, runJob } from '../../src/jobs/index.ts';
import { inChannel, stageWhere } from './fix-world.ts';

const unused = async (): Promise<never> => {
  throw new Error('not asked for here');
};

test('a Slack that is down when trouble is told is written down and ends nothing', async () => {
  const { world: fixes } = await stageWhere();
  const troubles: Error[] = [];
  const world: JobsWorld = {
    scan: unused,
    ask: unused,
    digest: unused,
    fixes,
    tell: async () => {
      throw new Error('Slack is down');
    },
    report: (trouble) => troubles.push(trouble),
    remember: () => 'c0ffee00',
  };
  await runJob({ job: 'show-digest', replyTo: inChannel }, world);
  expect(troubles).toMatchObject([
    { message: 'telling of trouble c0ffee00', cause: { message: 'Slack is down' } },
  ]);
});
