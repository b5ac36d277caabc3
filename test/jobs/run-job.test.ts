import type { AuditStep } from '../../src/core/audit.ts';
import type { Framework } from '../../src/core/posture/framework.ts';
import { type JobsWorld, runJob } from '../../src/jobs/index.ts';
import { inChannel, scanWith, stageWhere } from './fix-world.ts';

/** No conversation so far, and nothing to keep. */
const converses = {
  now: () => new Date('2026-11-22T09:00:00Z'),
  vocabulary: async () => ({ accounts: [], people: [] }),
  ask: () => unused(),
  answer: () => unused(),
  record: () => unused(),
  keepAnswer: () => unused(),
  keptAnswer: () => unused(),
  lastAnswer: () => unused(),
};

const noted: AuditStep[] = [];
beforeEach(() => {
  noted.length = 0;
});

/** A world in which nothing is expected to be asked, but for what differs. */
async function worldWhere(differs: Partial<JobsWorld>): Promise<JobsWorld> {
  const { world } = await stageWhere();
  const appendAudit = async (...steps: AuditStep[]) => void noted.push(...steps);
  const fixes = { ...world, appendAudit };
  return {
    find: unused,
    frameworks: [],
    scan: unused,
    ...converses,
    digest: unused,
    fixes,
    killSwitch: { ...fixes, setting: unused, putSetting: unused, stoppers: '@security' },
    asker: async (slackId) => ({ slackId, name: slackId, email: null }),
    tell: unused,
    report: () => {},
    remember: () => 'c0ffee00',
    ...differs,
  };
}

const pci: Framework = {
  id: 'pci-dss-4',
  key: 'PCI DSS 4.0.1',
  aliases: ['pci'],
  title: { en: 'PCI DSS', ko: 'PCI DSS' },
  note: null,
  mappedBy: {},
  controls: [],
};

const instead = { accounts: ['shop-prod'], ofAccounts: 14, units: ['Workloads'], ofUnits: 4 };

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
    find: async () => ({ unknown: 'shop-prd', instead }),
    frameworks: [pci],
    tell: async (_, telling) => {
      told.push(telling);
      return undefined;
    },
  });
  const scope = { account: 'shop-prd' };
  await runJob({ job: 'scan-posture', scope, replyTo: inChannel }, world);
  const why = {
    kind: 'no-such-place',
    said: 'shop-prd',
    instead: { ...instead, frameworks: ['PCI DSS 4.0.1'] },
  };
  expect(told).toEqual([{ kind: 'refused', why }]);
});

test('what is no place may be a framework, and the findings are told by its controls', async () => {
  const told: unknown[] = [];
  const scan = scanWith([]);
  const world = await worldWhere({
    find: async () => ({ unknown: 'pci', instead }),
    frameworks: [pci],
    scan: async () => scan,
    tell: async (_, telling) => {
      told.push(telling);
      return undefined;
    },
  });
  await runJob({ job: 'scan-posture', scope: { account: 'pci' }, replyTo: inChannel }, world);
  expect(told).toEqual([{ kind: 'posture', scan, scope: {}, framework: pci }]);
});

test('a framework that there is not is refused with those that there are, and nothing is scanned', async () => {
  const told: unknown[] = [];
  const world = await worldWhere({
    find: async () => ({ scope: {} }),
    frameworks: [pci],
    tell: async (_, telling) => {
      told.push(telling);
      return undefined;
    },
  });
  const request = { job: 'scan-posture', scope: {}, framework: 'sox', replyTo: inChannel } as const;
  await runJob(request, world);
  expect(told).toMatchObject([
    { kind: 'refused', why: { said: 'sox', instead: { frameworks: ['PCI DSS 4.0.1'] } } },
  ]);
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
  expect(noted).toEqual([
    expect.objectContaining({
      actor: { slackId: inChannel.user, name: inChannel.user, email: null },
      action: 'question',
      details: { how: 'scan-posture', where: { channel: inChannel.channel }, ...scope },
    }),
  ]);
});

test('a search that will take long says so before its first step, in the language of its question', async () => {
  const told: unknown[] = [];
  const replyTo = { channel: 'C1', user: 'U1', language: 'en', timeZone: 'UTC' } as const;
  const slow = await worldWhere({
    lastAnswer: async () => undefined,
    ask: async (_words, _reader, { expect: announce, progress }) => {
      announce?.(11.2);
      // Where AWS answers none of a hundred places yet, nothing more can be told.
      await new Promise(setImmediate);
      progress?.(60, 100);
      throw new Error('enough');
    },
    tell: async (to, telling) => void told.push([to.language, telling]),
  });
  await runJob({ job: 'answer-question', words: 'who deleted i-0abc?', replyTo }, slow);
  const progress = { kind: 'progress', doing: 'searching' };
  expect(told.slice(0, 2)).toEqual([
    ['en', { ...progress, done: 0, of: 0, secondsLeft: 12 }],
    ['en', { ...progress, done: 60, of: 100, secondsLeft: 12 }],
  ]);
});

test('what goes on after a search has failed shows no line that nobody would take away', async () => {
  const told: unknown[] = [];
  const replyTo = { channel: 'C1', user: 'U1', language: 'en', timeZone: 'UTC' } as const;
  let goOn = () => {};
  const world = await worldWhere({
    lastAnswer: async () => undefined,
    ask: async (_words, _reader, { progress }) => {
      goOn = () => progress?.(61, 100);
      throw new Error('one lane failed');
    },
    tell: async (_, { kind }) => void told.push(kind),
  });
  await runJob({ job: 'answer-question', words: 'who deleted i-0abc?', replyTo }, world);
  goOn();
  await new Promise(setImmediate);
  expect(told).toEqual(['trouble']);
});
