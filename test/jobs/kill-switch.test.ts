import { NOBODY } from '../../src/core/fixes/approvers.ts';
import type { Telling } from '../../src/core/telling.ts';
import { type SwitchWorld, startFixes, stopFixes, stoppedBy } from '../../src/jobs/kill-switch.ts';
import { openStore } from '../../src/store/sqlite.ts';

const mina = { slackId: 'U03MINA', name: 'mina', email: 'mina@bora.example' };
const at = '2026-11-22T10:00:00.000Z';

function stageWhere(different: Partial<SwitchWorld> = {}) {
  const store = openStore(':memory:');
  const told: Telling[] = [];
  const world: SwitchWorld = {
    ...store,
    now: () => new Date(at),
    stoppers: '@security-approvers',
    isApprover: async ({ slackId }, group) => ({
      seen: slackId === mina.slackId && group === '@security-approvers',
    }),
    tell: async (telling) => told.push(telling),
    ...different,
  };
  return { store, told, world };
}

test('who may approve class C stops all fixes, and starts them again; both are in the audit', async () => {
  const { store, told, world } = stageWhere();
  expect(await stoppedBy(store)).toBeNull();
  await stopFixes({ reason: 'odd calls', by: mina, replyTo: null }, world);
  expect(await stoppedBy(store)).toEqual({ by: mina, at, reason: 'odd calls' });
  await startFixes({ reason: 'explained', by: mina, replyTo: null }, world);
  expect(await stoppedBy(store)).toBeNull();
  expect(told).toEqual([
    { kind: 'fixes-stopped', by: mina, at, reason: 'odd calls' },
    { kind: 'fixes-started', by: mina, at, reason: 'explained' },
  ]);
  expect(
    (await store.audit()).map(({ action, actor, details }) => [action, actor, details]),
  ).toEqual([
    ['fixes-stopped', mina, { reason: 'odd calls' }],
    ['fixes-started', mina, { reason: 'explained' }],
  ]);
});

test.each(['stop', 'start'] as const)(
  'nobody else can %s them, and that they tried is kept',
  async (to) => {
    const { store, world } = stageWhere();
    await stopFixes({ reason: null, by: mina, replyTo: null }, world);
    const before = await stoppedBy(store);
    const bob = { slackId: 'U02BOB', name: 'bob', email: 'bob@bora.example' };
    const turn = to === 'stop' ? stopFixes : startFixes;
    expect(await turn({ reason: 'why not', by: bob, replyTo: null }, world)).toEqual({
      kind: 'refused',
      why: { kind: 'not-an-approver', approvers: '@security-approvers' },
    });
    expect(await stoppedBy(store)).toEqual(before);
    expect((await store.audit()).at(-1)).toMatchObject({
      action: `${to}-fixes-refused`,
      actor: bob,
    });
  },
);

test('where Slack does not say who may, nothing is turned', async () => {
  const { store, world } = stageWhere({
    isApprover: async () => ({ unseen: { kind: 'failed', reason: 'slack is down' } }),
  });
  const told = await stopFixes({ reason: null, by: mina, replyTo: null }, world);
  expect(told).toMatchObject({ why: { kind: 'could-not-read', reason: 'slack is down' } });
  expect(await stoppedBy(store)).toBeNull();
});

test('where no group is configured nobody may, and Slack is not asked', async () => {
  const { world } = stageWhere({
    stoppers: NOBODY,
    isApprover: async () => {
      throw new Error('asked');
    },
  });
  const told = await stopFixes({ reason: null, by: mina, replyTo: null }, world);
  expect(told).toMatchObject({ why: { kind: 'not-an-approver', approvers: NOBODY } });
});
